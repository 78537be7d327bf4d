"""A text of trope markup, read without Sphinx: its facts, and where it names pages."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from docutils import nodes
from sphinx.util.logging import is_suppressed_warning

from ...markup.nodes import trope_link
from ...markup.page import page_section
from ...markup.parser import page_name_of_file
from ...markup.spans import read_with_spans
from ...messages import keep_warned, take_warned
from ...printable import printable
from ...reading.collector import CollectorSettings, collect
from ...reading.doctree_reader import DoctreeContents
from ...reading.link_numbers import number_links
from ...reading.words import add_words
from ...wiki import DocumentFacts
from ...wiki.facts.document import Notice
from ..finding_places import SpansOfFindings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...markup.span_types import Context, NamedPage, Role, Span
    from ...wiki import Link
    from .configuration import Configuration

__all__ = [
    "NOTHING",
    "NamedPlace",
    "OwnSection",
    "Reading",
    "facts_of_trope",
    "read_trope",
    "section_of",
    "shape_and_targets",
]

NOTHING = DocumentFacts("", (), (), (), (), ())
"""The facts of a text that says nothing."""


class NamedPlace(NamedTuple):
    """Where a text names a page."""

    start: int
    end: int
    context: Context
    """As :attr:`.Occurrence.context`."""
    name: str
    """Canonical name as written."""
    link: int
    """Index in the links of the text; -1 if a property names the page."""
    role: Role = "link"
    """What the page is named for."""
    section: str = ""
    """Slug of the section, or empty."""
    section_at: tuple[int, int] | None = None
    """Where that is spelled."""


class OwnSection(NamedTuple):
    """Where a text names a section of its own page, after ``[[#``."""

    start: int
    end: int
    is_anchor: bool
    """Whether that is the anchor itself, and no link to it."""


class Reading(NamedTuple):
    """What a text says."""

    facts: DocumentFacts
    places: tuple[NamedPlace, ...]
    """In the order of the text."""
    shape: int = 0
    """As :func:`shape_and_targets` gives it; 0 if it is unknown."""
    spans: SpansOfFindings | None = None
    """What its findings are about; None if only their lines are known."""
    own_sections: tuple[OwnSection, ...] = ()
    """In the order of the text."""


def read_trope(path: str, text: str, configuration: Configuration) -> Reading:
    """What *text* says as the content of *path*, a file of trope markup."""
    name = page_name_of_file(path, configuration.settings.namespaces)
    read = read_with_spans(text, name, configuration.settings, source=path)
    warned = [Notice("markup", printable(r.sentence), r.line) for r in read.reports]
    facts = _facts(path, text, read.section, warned, configuration)
    places = tuple(_places(read.names, facts.links))
    own = tuple(_own_sections(text, read.spans))
    return Reading(facts, places, shape_and_targets(read.section)[0], SpansOfFindings(read), own)


def _own_sections(text: str, spans: Iterable[Span]) -> Iterator[OwnSection]:
    for span in spans:
        if span.part == "text":
            continue
        for name, (start, end) in span.groups.items():
            typed = text[start:end].strip()
            if name.endswith("_target") and typed.startswith("#"):
                begin = text.index("#", start) + 1
                is_anchor = span.construct == "link" and "link_label" not in span.groups
                yield OwnSection(begin, begin + len(typed) - 1, is_anchor)


def facts_of_trope(path: str, text: str, configuration: Configuration) -> DocumentFacts:
    """The facts of *text* alone, with its warnings."""
    settings = configuration.settings
    warned: list[Notice] = []
    name = page_name_of_file(path, settings.namespaces)

    def report(line: int, sentence: str) -> None:
        warned.append(Notice("markup", printable(sentence), line))

    section = page_section(text, name, settings, report, source=path)
    return _facts(path, text, section, warned, configuration)


def section_of(path: str, text: str, configuration: Configuration) -> nodes.section:
    """The doctree of *text*, as far as :func:`shape_and_targets` looks at it."""
    settings = configuration.settings
    name = page_name_of_file(path, settings.namespaces)
    return page_section(text, name, settings, lambda line, sentence: None, source=path)


def shape_and_targets(section: nodes.Element) -> tuple[int, list[str]]:
    """A number that stays the same when only the pages change that links lead to, and these pages.

    The number is made from all nodes and words, except those that a link takes from its page.
    """
    parts: list[str] = []
    targets: list[str] = []
    stack: list[nodes.Node] = [section]
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Text):
            parts.append(node)
        elif isinstance(node, nodes.Element):
            parts.append(f"<{node.tagname}")
            is_link = isinstance(node, trope_link)
            if is_link:
                targets.append(node["target"])
            if not is_link or node["explicit"]:
                stack += node.children[::-1]
    return crc32("".join(parts).encode("utf-8", "surrogatepass")), targets


def _facts(
    path: str,
    text: str,
    section: nodes.section,
    warned: list[Notice],
    configuration: Configuration,
) -> DocumentFacts:
    """The facts of a page.

    :param warned: what its parser warned of.
    """
    settings = configuration.settings
    document = nodes.document(None, None)  # type: ignore[arg-type]
    document["source"] = path
    document += section
    add_words(section, text)
    keep_warned()
    contents = DoctreeContents(document)
    number_links(contents)
    collecting = CollectorSettings(
        settings.namespaces, configuration.language, configuration.has_unlinked
    )
    facts = collect(document, configuration.docname(path), contents, collecting)
    warned += (Notice(w.subtype, w.sentence, w.line) for w in take_warned())
    suppressed = configuration.suppressed
    shown = (n for n in warned if not is_suppressed_warning("trope", n.kind, suppressed))
    return facts._replace(notices=tuple(shown))


def _places(names: Iterable[NamedPage], links: Iterable[Link]) -> Iterator[NamedPlace]:
    """The places of *names*, each with its link: of those of a name on a line, in order."""
    waiting: dict[tuple[str, int], deque[int]] = defaultdict(deque)
    for at, link in enumerate(links):
        waiting[link.target, link.line].append(at)
    for named in names:
        found = (
            waiting.get((named.page, named.line)) if named.role in ("link", "redirect") else None
        )
        at = found.popleft() if found else -1
        yield NamedPlace(
            named.start, named.end, named.context, named.page, at, named.role, named.section,
            named.section_at,
        )  # fmt: skip
