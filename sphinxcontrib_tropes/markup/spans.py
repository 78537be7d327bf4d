"""Where the markup of a text is: the one place that knows columns.

The parser itself reads the text, and a recorder beside it notes what it takes for what. So spans
are what the parser decided, whatever lines were joined, cut or taken, and however it was spelled.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from .dialect import DIALECT
from .escapes import Escapes
from .lower import elements
from .nodes import trope_link, trope_page
from .page import page_section
from .reports import Reports
from .source_map import Place, SourceMap, map_of_cleaned
from .span_reader import SpanReader
from .span_recorder import Recorder, RecordingContext
from .span_types import NamedPage, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..names import PageName
    from .reports import Report
    from .settings import MarkupSettings
    from .span_recorder import NamedBy

__all__ = ["NamedPage", "SourceReading", "Span", "names_in_line", "read_with_spans"]

_LINE_END = re.compile(r"\n")


class SourceReading(NamedTuple):
    """A page, and where its markup is. All positions are those of the text as written."""

    section: nodes.section
    """The section of the page, as :func:`.page_section` gives it."""
    spans: list[Span]
    """All markup, in order; what contains other markup comes first."""
    names: list[NamedPage]
    """Where pages are named: links that are links, and properties that count."""
    reports: list[Report]
    """The warnings, line by line; each with the span that it is about."""


def read_with_spans(
    text: str, name: PageName, settings: MarkupSettings, *, source: str | None = None
) -> SourceReading:
    """Reads *text*, the source of the page *name*.

    :param source: path of the file.
    """
    cleaned, positions = map_of_cleaned(text)
    recorder = Recorder(positions)
    section = page_section(
        cleaned,
        name,
        settings,
        lambda line, sentence: None,
        source=source,
        make_reader=partial(SpanReader, recorder=recorder),
    )
    recorder.spans.sort(key=lambda span: (span.start, -span.end))
    names = sorted(_that_count(recorder.names, section))
    return SourceReading(section, recorder.spans, names, _placed(recorder, cleaned, positions))


def names_in_line(text: str, settings: MarkupSettings) -> list[NamedPage]:
    """Where *text* names pages, which is inline markup alone, such as that of a role."""
    escapes = Escapes(text)
    reports = Reports(lambda line, sentence: None)
    recorder = Recorder(SourceMap())
    recorder.begin(escapes, reports)
    context = RecordingContext(recorder, DIALECT, settings, escapes, reports)
    context.begin(escapes)
    context.place = Place((0,), (0,))
    root = nodes.inline("", "", *context.parse(escapes.text, 1))
    links = {id(node) for node in elements(root)}
    return sorted(named for named, node in recorder.names if id(node) in links)


def _that_count(names: Iterable[NamedBy], section: nodes.section) -> Iterator[NamedPage]:
    """Those of *names* that name a page in *section*: not labels without links, nor what is left
    out.
    """
    page = next(child for child in section.children if isinstance(child, trope_page))
    links = {id(node): node for node in elements(section) if isinstance(node, trope_link)}
    others: dict[tuple[int, str], list[trope_link]] = {}
    properties = {("alias", alias) for alias in page["aliases"]}
    properties.add(("redirect", page["redirect"]))
    properties |= {("relation", name) for name in _related(page)}
    without_node: list[NamedPage] = []
    for named, node in names:
        if node is None:
            without_node.append(named)
        elif id(node) in links:
            del links[id(node)]
            yield named
    for node in reversed(links.values()):
        others.setdefault((node.line or 1, node["target"]), []).append(node)
    for named in without_node:
        if named.role == "link":
            if made := others.get((named.line, named.page)):
                yield named._replace(section=made.pop()["section"])
        elif (named.role, named.page) in properties:
            is_redirect = named.role == "redirect"
            to_section = str(page.get("redirect-section", "")) if is_redirect else ""
            yield named._replace(section=to_section)


def _related(page: trope_page) -> list[str]:
    relations: list[tuple[str, str, int]] = page.get("relations", [])
    return [name for _kind, name, _line in relations]


def _placed(recorder: Recorder, text: str, positions: SourceMap) -> list[Report]:
    """The warnings; each with what it is about: a block on its line, or else the line."""
    assert recorder.reports is not None
    starts: list[int] = []
    placed = []
    for report in recorder.reports.flushed:
        about = report.about
        if about is None and report.line in recorder.blocks:
            blocks = recorder.blocks[report.line]
            block = next((b for b in blocks if b.is_meant(report.sentence)), blocks[0])
            about = block.start, block.end
        if about is None:
            if not starts:
                starts = [0, *(end.end() for end in _LINE_END.finditer(text)), len(text)]
            at = min(max(report.line, 1), len(starts) - 1)
            line = text[starts[at - 1] : starts[at]].rstrip("\n")
            start = starts[at - 1] + len(line) - len(line.lstrip())
            about = positions.start(start), positions.end(start + len(line.strip()))
        placed.append(report._replace(about=about))
    return placed
