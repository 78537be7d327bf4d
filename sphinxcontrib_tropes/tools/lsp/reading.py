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
from ...messages import keep_warned, take_warned
from ...names import key_of
from ...printable import printable
from ...reading.boxes import add_words
from ...reading.collector import CollectorSettings, collect
from ...reading.doctree_reader import DoctreeContents
from ...reading.link_numbers import number_links
from ...wiki import DocumentFacts, PackedFacts
from ...wiki.facts.document import Notice
from ..editing.occurrences import occurrences_in_trope
from ..editing.rename_links import name_spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...names import PageName
    from ...wiki import Link
    from ..editing.occurrences import Occurrence
    from .configuration import Configuration

__all__ = [
    "NOTHING",
    "NamedPlace",
    "Reading",
    "facts_of_trope",
    "named_places",
    "read_trope",
    "section_of",
    "shape_of",
]

NOTHING = DocumentFacts("", (), (), (), (), ())
"""The facts of a text that says nothing."""


class NamedPlace(NamedTuple):
    """Where a text names a page."""

    start: int
    end: int
    context: str
    """As :attr:`.Occurrence.context`."""
    name: str
    """Canonical name as written."""
    link: int
    """Index in the links of the text; -1 if a property names the page."""


class Reading(NamedTuple):
    """What a text says."""

    facts: DocumentFacts
    places: tuple[NamedPlace, ...]
    """In the order of the text."""
    shape: int = 0
    """As :func:`shape_of` gives it; 0 if it is unknown."""


def read_trope(path: str, text: str, configuration: Configuration) -> Reading:
    """What *text* says as the content of *path*, a file of trope markup."""
    document = nodes.document(None, None)  # type: ignore[arg-type]
    document["source"] = path
    section, facts = _read(document, path, text, configuration)
    found = occurrences_in_trope(text, configuration.settings)
    places = tuple(named_places(text, found, facts, configuration))
    return Reading(facts, places, shape_of(section))


def facts_of_trope(path: str, text: str, configuration: Configuration) -> DocumentFacts:
    """The facts of *text* alone, with its warnings."""
    document = nodes.document(None, None)  # type: ignore[arg-type]
    document["source"] = path
    return _read(document, path, text, configuration)[1]


def section_of(path: str, text: str, configuration: Configuration) -> nodes.section:
    """The doctree of *text*, as far as :func:`shape_of` looks at it."""
    settings = configuration.settings
    name = page_name_of_file(path, settings.namespaces)
    return page_section(text, name, settings, lambda line, sentence: None, source=path)


def shape_of(section: nodes.Element) -> int:
    """A number that stays the same when only the pages change that links lead to: made from all nodes
    and words, except those that a link takes from its page.
    """
    parts: list[str] = []
    stack: list[nodes.Node] = [section]
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Text):
            parts.append(node)
        elif isinstance(node, nodes.Element):
            parts.append(f"<{node.tagname}")
            if not isinstance(node, trope_link) or node["explicit"]:
                stack += node.children[::-1]
    return crc32("".join(parts).encode("utf-8", "surrogatepass"))


def _read(
    document: nodes.document, path: str, text: str, configuration: Configuration
) -> tuple[nodes.section, DocumentFacts]:
    settings = configuration.settings
    notices: list[Notice] = []

    def report(line: int, sentence: str) -> None:
        notices.append(Notice("markup", printable(sentence), line))

    name = page_name_of_file(path, settings.namespaces)
    section = page_section(text, name, settings, report, source=path)
    document += section
    if "[[box:" in text:
        add_words(section)
    keep_warned()
    contents = DoctreeContents(document)
    number_links(contents)
    collecting = CollectorSettings(
        settings.namespaces, configuration.language, configuration.has_unlinked
    )
    facts = collect(document, configuration.docname(path), contents, collecting)
    notices += (Notice(found.subtype, found.sentence, found.line) for found in take_warned())
    suppressed = configuration.suppressed
    shown = (n for n in notices if not is_suppressed_warning("trope", n.kind, suppressed))
    return section, facts._replace(notices=tuple(shown))


def named_places(
    text: str,
    occurrences: Sequence[Occurrence],
    facts: DocumentFacts | PackedFacts,
    configuration: Configuration,
) -> Iterator[NamedPlace]:
    """The *occurrences* that the facts know: links, and names in properties.

    Occurrences are guesses. A link of the facts goes to the first guess of its name on its line;
    if there is none, to the first guess of its name that is left.
    """
    find = configuration.settings.namespaces
    named = [
        (occurrence, name)
        for occurrence in occurrences
        if (name := name_spelled(text, occurrence, find)) is not None
    ]
    waiting = _waiting(facts.links)
    namings = {(key_of(n.target), n.line) for n in facts.namings if n.target}
    found: list[NamedPlace] = []
    left: list[tuple[Occurrence, PageName]] = []
    line, position, end = 1, 0, 0
    for occurrence, name in named:
        line += text.count("\n", position, occurrence.start)
        position = occurrence.start
        if occurrence.start < end:
            continue  # inside one that is taken
        links = waiting.get((name.key, line))
        if links:
            found.append(NamedPlace(*occurrence, str(name), links.popleft()))
            end = occurrence.end
        elif (name.key, line) in namings:
            found.append(NamedPlace(*occurrence, str(name), -1))
            end = occurrence.end
        else:
            left.append((occurrence, name))
    found += _elsewhere(left, waiting, found)
    return iter(sorted(found))


def _waiting(links: Iterable[Link]) -> dict[tuple[str, int], deque[int]]:
    """Key and line -> the links that wait for their place."""
    waiting: dict[tuple[str, int], deque[int]] = defaultdict(deque)
    for at, link in enumerate(links):
        if not link.file:
            waiting[key_of(link.target), link.line].append(at)
    return waiting


def _elsewhere(
    left: Iterable[tuple[Occurrence, PageName]],
    waiting: dict[tuple[str, int], deque[int]],
    taken: Iterable[NamedPlace],
) -> Iterator[NamedPlace]:
    """Places of links that the facts give another line, such as those in a paragraph of many lines."""
    by_key: dict[str, deque[int]] = defaultdict(deque)
    for (key, _line), links in waiting.items():
        by_key[key] += links
    spans = iter(sorted((place.start, place.end) for place in taken))
    span = next(spans, None)
    end = 0
    for occurrence, name in left:
        while span is not None and span[1] <= occurrence.start:
            span = next(spans, None)
        is_taken = occurrence.start < end or (span is not None and span[0] < occurrence.end)
        if by_key[name.key] and not is_taken:
            end = occurrence.end
            yield NamedPlace(*occurrence, str(name), by_key[name.key].popleft())
