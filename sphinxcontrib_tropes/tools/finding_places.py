"""Where in its file a finding is: for those that show files, and underline it."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..markup.parser import page_name_of_file
from ..markup.spans import read_with_spans
from ..names import key_of
from ..printable import printable
from ..reading.encoding import decoded
from ..reading.settings import markup_settings
from ..reading.source_parser import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.environment import BuildEnvironment

    from ..markup.spans import NamedPage, SourceReading
    from ..wiki.views.audit import Finding

__all__ = ["FindingPlaces", "Region", "SpansOfFindings"]

_OF_REDIRECTS = ("redirect-loop", "broken-redirect", "double-redirect")
_Span = tuple[int, int]


class Region(NamedTuple):
    """A part of a file. Lines and columns count from 1; the last column is behind the part."""

    line: int
    column: int
    last_line: int
    last_column: int


class SpansOfFindings:
    """What findings are about in one page."""

    def __init__(self, read: SourceReading) -> None:
        self._warned = {(printable(r.sentence), r.line): r.about for r in reversed(read.reports)}
        self._redirects = _first((n.role == "redirect", n) for n in read.names)
        names = read.names[::-1]  # the first of equal ones counts
        self._aliases = {key_of(n.page): (n.start, n.end) for n in names if n.role == "alias"}
        links = [n for n in names if n.role != "alias"]
        self._links = {(n.line, key_of(n.page)): (n.start, n.end) for n in links}
        self._sections = {(n.line, n.section): n.section_at for n in links if n.section}

    def span_of(self, finding: Finding) -> _Span | None:
        """Start and end of what *finding* is about; None if only its line is known."""
        if finding.sentence:
            return self._warned.get((finding.sentence, finding.line))
        if finding.kind in _OF_REDIRECTS:
            return self._redirects
        if finding.kind == "duplicate":
            return self._aliases.get(key_of(finding.other))
        if finding.kind in ("wanted", "ambiguous"):
            return self._links.get((finding.line, key_of(finding.name)))
        if finding.kind == "missing-section":
            return self._sections.get((finding.line, finding.other.partition("#")[2]))
        return None


def _first(names: Iterable[tuple[bool, NamedPage]]) -> _Span | None:
    return next(((name.start, name.end) for is_it, name in names if is_it), None)


class _Source:
    """A source, and what findings are about in it."""

    def __init__(self, text: str, spans: SpansOfFindings) -> None:
        self.spans = spans
        lengths = map(len, text.split("\n"))
        self._starts = [0]
        for length in lengths:
            self._starts.append(self._starts[-1] + length + 1)

    def position(self, at: int) -> tuple[int, int]:
        """The line and the column of *at*."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


class FindingPlaces:
    """The places of findings in sources of trope markup; each source is read once."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._settings = markup_settings(env.config)
        self._sources: dict[str, _Source | None] = {}

    def region(self, finding: Finding) -> Region | None:
        """Where *finding* is; None if only its line is known."""
        docname = finding.docname
        if finding.file or docname not in self._env.found_docs:
            return None
        if docname not in self._sources:
            self._sources[docname] = self._source(docname)
        source = self._sources[docname]
        span = source.spans.span_of(finding) if source is not None else None
        if source is None or span is None or span[0] == span[1]:
            return None
        return Region(*source.position(span[0]), *source.position(span[1]))

    def _source(self, docname: str) -> _Source | None:
        path = Path(self._env.doc2path(docname))
        if path.suffix != SUFFIX:
            return None
        try:
            text = decoded(path.read_bytes()).text
        except OSError:
            return None
        name = page_name_of_file(docname, self._settings.namespaces)
        return _Source(text, SpansOfFindings(read_with_spans(text, name, self._settings)))
