"""Finds where source text names pages: in trope markup, as the parser reads it; in roles and
directives of other markup, as they look.

In other markup, an occurrence is a guess. Callers read the text before and after a change, and
compare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ...markup.name_places import stripped
from ...markup.source_map import SourceMap, without
from ...markup.spans import names_in_line, read_with_spans
from ...names import MAIN, PageName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...markup import MarkupSettings
    from ...markup.span_types import Context, NamedPage

__all__ = [
    "UNTITLED",
    "DirectiveSpan",
    "Occurrence",
    "directives_in",
    "occurrences_by_letters",
    "occurrences_in_markdown",
    "occurrences_in_rst",
    "occurrences_in_trope",
    "occurrences_of",
]


class Occurrence(NamedTuple):
    """Where a text spells the name of a page."""

    start: int
    end: int
    context: Context
    """Which spellings are possible here: see :meth:`.Spellings.table`."""


_IN_LIST = re.compile(r"(?:\{\{[^{}]*\}\}|[^,])+")
UNTITLED = PageName(MAIN, "Untitled")
"""A name for pages that nobody asks for theirs."""


def occurrences_in_trope(text: str, settings: MarkupSettings) -> list[Occurrence]:
    """The occurrences in trope markup, in order."""
    return occurrences_of(read_with_spans(text, UNTITLED, settings).names)


def occurrences_of(names: Iterable[NamedPage]) -> list[Occurrence]:
    """The occurrences that *names* are; aliases are none, they name the page itself."""
    return [
        Occurrence(name.start, name.end, name.context)
        for name in names
        if name.context and name.role != "alias"
    ]


# -- in any markup


def occurrences_by_letters(text: str, name: PageName) -> list[Occurrence]:
    """All places where *text* contains the letters of *name* in order, in each context."""
    letters = name.key.partition("/")[2]
    pattern = re.compile(r"[\W_]*?".join(map(re.escape, letters)), re.IGNORECASE)
    found = []
    for match in pattern.finditer(text):
        if _ESCAPE.search(match[0]):
            continue
        start, end = match.span()
        before = _BEFORE_NAME.search(text, max(0, start - _LONGEST_PREFIX), start)
        starts = [start] if before is None else [before.start(), start]
        for begin in dict.fromkeys(starts):
            found += [Occurrence(begin, end, "words"), Occurrence(begin, end, "target")]
            for opening, closing in (("{{", "}}"), ("[[", "]]")):
                inside = begin + 2 if text.startswith(opening, begin) else begin
                if text[inside - 2 : inside] == opening and text[end : end + 2] == closing:
                    found.append(Occurrence(inside - 2, end + 2, "link"))
            if "{{" in text[begin:end] and text[end : end + 2] == "}}":
                found += [Occurrence(begin, end + 2, "link"), Occurrence(begin, end + 2, "words")]
    return found


_ESCAPE = re.compile(r"\[[=@]|[=@]\]")
_LONGEST_PREFIX = 200
_BEFORE_NAME = re.compile(r"(?:\{\{)?\w+[/.][ \t]*(?:\{\{)?\Z|\{\{\Z")


# -- other markup

_RST_ROLE = re.compile(r":(?:trope(?::ref)?|any):`(?P<body>(?:[^`\\]|\\[\s\S])+)`")
_MYST_ROLE = re.compile(
    r"(?<!`)\{(?:trope(?::ref)?|any)\}(?P<fence>`+)(?P<body>[\s\S]+?)(?P=fence)(?!`)"
)
_MD_LINK = re.compile(r"(?<=\]\()<?(?P<target>[^()<>\n]+?)>?(?=\))")
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
_OPTIONS = re.compile(r"\A[ \t\r]*\n(?:[ \t]*:[\w-]++:[^\n]*\n)++")
_OPTION = re.compile(r"^[ \t]*:?(?:index|indexes):(?P<value>[^\n]*)$", re.MULTILINE)
_WITH_NAME = ("trope", "trope-backlinks", "trope-examples", "trope-graph", "trope-include")
_WITH_BODY = ("trope", "trope-markup")


class DirectiveSpan(NamedTuple):
    """Where a text has a directive of ours."""

    name: str
    argument_start: int
    body_start: int
    """The end of its line; its options and its body follow."""
    end: int
    indent: int | None
    """The indentation of its body; None if it is that of the line indented least."""


def directives_in(text: str, kind: str) -> Iterator[DirectiveSpan]:
    """The directives ``trope`` and the like, in order; none inside another one, which contains trope
    markup.

    :param kind: ``rst`` or ``markdown``.
    """
    end = 0
    for match in (_RST_DIRECTIVE if kind == "rst" else _MYST_DIRECTIVE).finditer(text):
        if match.start() < end:
            continue
        if kind == "rst":
            indent = None
            end = _end_of_indented(text, match.end(), len(match["indent"].expandtabs()))
        else:
            indent = len(match["indent"])
            end = _end_of_fenced(text, match.end(), match["fence"])
        yield DirectiveSpan(match["name"], *match.span("argument"), end, indent)


def occurrences_in_rst(text: str, settings: MarkupSettings) -> list[Occurrence]:
    """The occurrences in reStructuredText, in order."""
    found = [*_roles(_RST_ROLE, text, settings)]
    for directive in directives_in(text, "rst"):
        found += _directive(directive, text, settings)
    return _without_overlaps(found)


def occurrences_in_markdown(text: str, settings: MarkupSettings) -> list[Occurrence]:
    """The occurrences in MyST Markdown, in order."""
    found = [*_roles(_MYST_ROLE, text, settings)]
    found += (_words(text, *match.span("target")) for match in _MD_LINK.finditer(text))
    for directive in directives_in(text, "markdown"):
        found += _directive(directive, text, settings)
    return _without_overlaps(found)


def _without_overlaps(occurrences: list[Occurrence]) -> list[Occurrence]:
    """*occurrences* in order. Of those that overlap, names in arguments come first."""
    found: list[Occurrence] = []
    for occurrence in sorted(occurrences, key=lambda o: (o.start, o.context != "words")):
        if not found or occurrence.start >= found[-1].end:
            found.append(occurrence)
    return found


def _roles(pattern: re.Pattern[str], text: str, settings: MarkupSettings) -> Iterator[Occurrence]:
    for match in pattern.finditer(text):
        start, end = match.span("body")
        body = match["body"]
        if any(mark in body for mark in _MARKUP):
            yield from _shifted(occurrences_of(names_in_line(body, settings)), start)
        elif explicit := _EXPLICIT.search(body):
            yield _words(text, start + explicit.start("target"), start + explicit.end("target"))
        else:
            yield _words(text, start + (body[0] == "!"), end)


def _directive(
    directive: DirectiveSpan, text: str, settings: MarkupSettings
) -> Iterator[Occurrence]:
    name, start, begin, end, indent = directive
    if name in _WITH_NAME and text[start:begin].strip():
        yield _words(text, start, begin)
    for option in _OPTION.finditer(text, begin, end):
        for part in _IN_LIST.finditer(text, *option.span("value")):
            yield _words(text, *part.span())
    if name in _WITH_BODY:
        yield from _shifted(_in_body(text[begin:end], indent, settings), begin)


def _in_body(body: str, indent: int | None, settings: MarkupSettings) -> Iterator[Occurrence]:
    """The occurrences in the *body* of a directive: trope markup below options.

    :param indent: that of its lines; None if it is that of the line indented least.
    """
    body, positions = without(_OPTIONS, body, SourceMap())
    if indent is None:
        lines = [line for line in body.split("\n") if line.strip()]
        indent = min((len(line) - len(line.lstrip(" \t")) for line in lines), default=0)
    if indent:
        margin = re.compile(rf"^[ \t]{{1,{indent}}}", re.MULTILINE)
        body, positions = without(margin, body, positions)
    for start, end, context in occurrences_in_trope(body, settings):
        yield Occurrence(positions.start(start), positions.end(end), context)


def _end_of_fenced(text: str, start: int, fence: str) -> int:
    """The start of the line that closes *fence*."""
    closing = re.compile(rf"^[ \t]*{fence}{fence[0]}*[ \t]*\r?$", re.MULTILINE)
    close = closing.search(text, start)
    return close.start() if close else len(text)


def _end_of_indented(text: str, start: int, indent: int) -> int:
    """The end of the lines that are blank or indented by more than *indent*."""
    position = start
    while position < len(text):
        after = text.find("\n", position) + 1 or len(text)
        line = text[position:after].expandtabs()
        if line.strip() and position > start and len(line) - len(line.lstrip()) <= indent:
            break
        position = after
    return position


def _words(text: str, start: int, end: int) -> Occurrence:
    return Occurrence(*stripped(text, start, end), "words")


def _shifted(occurrences: Iterable[Occurrence], by: int) -> Iterator[Occurrence]:
    return (Occurrence(o.start + by, o.end + by, o.context) for o in occurrences)
