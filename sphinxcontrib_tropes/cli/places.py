"""Where texts name pages: in trope markup by the declarations of its constructs, in other markup
by roles and directives.

A place found here is a guess, for a text is more than its parts: whoever changes it reads the
text before and after, and compares.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..markup.constructs import BLOCKS, INLINE
from ..markup.escapes import MARK, Escapes
from ..markup.scanner import scanner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..markup import MarkupSettings

__all__ = ["Place", "places_in_markdown", "places_in_rst", "places_in_trope"]


class Place(NamedTuple):
    """A place in a text where the name of a page is spelled."""

    start: int
    end: int
    context: str
    """Which spellings it may hold: see :class:`.spelling.Spellings`."""


_PATTERNS = {c.name: re.compile(c.pattern) for c in INLINE if "NAMESPACES" not in c.pattern}
_BLOCK_PATTERNS = {
    c.name: re.compile(c.pattern) for c in BLOCKS if c.name in ("property", "redirect")
}
_TARGETS = {"link_target": "target", "labelled_target": "target"} | dict.fromkeys(
    ("piped_target", "arrow_target", "barred_target", "category_name"), "words"
)
_SECTION = re.compile(r"#[^{}]*\Z")


def places_in_trope(text: str, settings: MarkupSettings) -> list[Place]:
    """Where trope markup names a page, in the order of the text."""
    escapes = Escapes(text)
    source = escapes.text
    found = [*_links(source, settings), *_properties(source)]
    return _in_typed(text, escapes, sorted(found)) if escapes else sorted(found)


def _links(source: str, settings: MarkupSettings) -> Iterator[Place]:
    tokens = scanner(wikiwords=settings.wikiwords).tokens(source)
    for start, _, name, _is_mark in tokens:
        pattern = _PATTERNS.get(name)
        match = pattern.match(source, start) if pattern else None
        if match is None:
            continue
        groups = match.groupdict()
        if name in ("wikiword", "wikiword_qualified"):
            yield Place(*match.span(), "link")
        elif name in ("braces", "qualified"):
            yield Place(start, match.end() - len(groups[f"{name}_suffix"]), "link")
        elif name == "link" and not groups["link_label"] and "#" not in groups["link_target"]:
            yield Place(start, match.end() - len(groups["link_suffix"]), "link")
        else:
            for group, context in _TARGETS.items():
                if groups.get(group):
                    yield _stripped(source, *match.span(group), context)


def _stripped(source: str, start: int, end: int, context: str) -> Place:
    """The place of a name, without blanks around it and without a section behind it."""
    if section := _SECTION.search(source, start, end):
        end = section.start()
    text = source[start:end]
    start += len(text) - len(text.lstrip())
    return Place(start, start + len(text.strip()), context)


def _properties(source: str) -> Iterator[Place]:
    position = 0
    for line in source.splitlines(keepends=True):
        body = line.rstrip()
        if body.startswith("(:") and (match := _BLOCK_PATTERNS["property"].match(body)):
            if match["name"].lower() == "redirect" and match["value"]:
                start, end = match.span("value")
                yield _stripped(source, position + start, position + end, "words")
        elif body.startswith("[[") and (match := _BLOCK_PATTERNS["redirect"].match(body)):
            start, end = match.span("target")
            yield _stripped(source, position + start, position + end, "words")
        position += len(line)


def _in_typed(text: str, escapes: Escapes, places: list[Place]) -> list[Place]:
    """*places*, found where marks stand for escapes, as places in *text*; none holds an escape."""
    source = escapes.text
    found = []
    shift = position = 0
    marks = list(MARK.finditer(source))
    at = 0
    for place in places:
        while at < len(marks) and marks[at].end() <= place.start:
            shift += len(escapes.source(marks[at])) - len(marks[at][0])
            at += 1
        if MARK.search(source, place.start, place.end) is None and place.start >= position:
            found.append(Place(place.start + shift, place.end + shift, place.context))
            position = place.end
    return found


# -- other markup

_RST_ROLE = re.compile(r":(?:trope(?::ref)?|any):`(?P<body>(?:[^`\\]|\\[\s\S])+)`")
_MYST_ROLE = re.compile(
    r"(?<!`)\{(?:trope(?::ref)?|any)\}(?P<fence>`+)(?P<body>[\s\S]+?)(?P=fence)(?!`)"
)
_EXPLICIT = re.compile(r"<(?P<target>[^<>]*)>\Z", re.DOTALL)
_MARKUP = ("[[", "{{", "''")
_RST_DIRECTIVE = re.compile(
    r"^(?P<indent>[ \t]*)(?:\.\.|- \.\.|\* \.\.)[ \t]+(?P<name>trope[a-z-]*)::(?P<argument>[^\n]*)$",
    re.MULTILINE,
)
_MYST_DIRECTIVE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<fence>```+|:::+)\{(?P<name>trope[a-z-]*)\}(?P<argument>[^\n]*)$",
    re.MULTILINE,
)
_OPTION = re.compile(r"^[ \t]*:?(?:index|indexes):(?P<value>[^\n]*)$", re.MULTILINE)
_WITH_NAME = ("trope", "trope-backlinks", "trope-examples", "trope-graph")
_WITH_BODY = ("trope", "trope-markup")


def places_in_rst(text: str, settings: MarkupSettings) -> list[Place]:
    """Where reStructuredText names a page."""
    found = [*_roles(_RST_ROLE, text, settings)]
    for match in _RST_DIRECTIVE.finditer(text):
        end = _end_of_indented(text, match.end(), len(match["indent"].expandtabs()))
        found += _directive(match, text, end, settings)
    return _once(found)


def places_in_markdown(text: str, settings: MarkupSettings) -> list[Place]:
    """Where MyST's Markdown names a page."""
    found = [*_roles(_MYST_ROLE, text, settings)]
    for match in _MYST_DIRECTIVE.finditer(text):
        closing = re.compile(rf"^[ \t]*{re.escape(match['fence'])}[ \t]*\r?$", re.MULTILINE)
        close = closing.search(text, match.end())
        found += _directive(match, text, close.start() if close else len(text), settings)
    return _once(found)


def _once(places: list[Place]) -> list[Place]:
    """*places* in their order; of those that overlap, what a directive takes as a name."""
    found: list[Place] = []
    for place in sorted(places, key=lambda place: (place.start, place.context != "words")):
        if not found or place.start >= found[-1].end:
            found.append(place)
    return found


def _roles(pattern: re.Pattern[str], text: str, settings: MarkupSettings) -> Iterator[Place]:
    for match in pattern.finditer(text):
        start, end = match.span("body")
        body = match["body"]
        if any(mark in body for mark in _MARKUP):
            yield from _shifted(places_in_trope(body, settings), start)
        elif explicit := _EXPLICIT.search(body):
            yield _stripped(
                text, start + explicit.start("target"), start + explicit.end("target"), "words"
            )
        else:
            yield _stripped(text, start + (body[0] == "!"), end, "words")


def _directive(
    match: re.Match[str], text: str, end: int, settings: MarkupSettings
) -> Iterator[Place]:
    name = match["name"]
    if name in _WITH_NAME and match["argument"].strip():
        yield _stripped(text, *match.span("argument"), "words")
    for option in _OPTION.finditer(text, match.end(), end):
        start = option.start("value")
        for part in option["value"].split(","):
            yield _stripped(text, start, start + len(part), "words")
            start += len(part) + 1
    if name in _WITH_BODY:
        yield from _shifted(places_in_trope(text[match.end() : end], settings), match.end())


def _end_of_indented(text: str, start: int, indent: int) -> int:
    """Where the lines end that are blank or deeper than *indent*."""
    position = start
    for line in text[start:].splitlines(keepends=True):
        body = line.rstrip()
        if (
            body
            and position > start
            and len(line.expandtabs()) - len(line.expandtabs().lstrip()) <= indent
        ):
            break
        position += len(line)
    return position


def _shifted(places: list[Place], by: int) -> Iterator[Place]:
    return (Place(place.start + by, place.end + by, place.context) for place in places)
