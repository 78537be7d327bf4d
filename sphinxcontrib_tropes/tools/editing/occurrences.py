"""Finds where source text names pages: in constructs of trope markup, and in roles and directives
of other markup.

An occurrence is a guess. Callers read the text before and after a change, and compare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ...markup.dialect import DIALECT
from ...markup.escapes import MARK, Escapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...markup import MarkupSettings
    from ...names import PageName

__all__ = [
    "Occurrence",
    "occurrences_by_letters",
    "occurrences_in_markdown",
    "occurrences_in_rst",
    "occurrences_in_trope",
]


class Occurrence(NamedTuple):
    """Where a text spells the name of a page."""

    start: int
    end: int
    context: str
    """Which spellings are possible here: see :meth:`.Spellings.table`."""


_PATTERNS = {c.name: re.compile(c.pattern) for c in DIALECT.inline if "NAMESPACES" not in c.pattern}
_TARGETS = {"link_target": "target", "labelled_target": "target"} | dict.fromkeys(
    ("piped_target", "arrow_target", "barred_target", "category_name"), "words"
)
_STYLED = frozenset(["style_text", "style_first", "style_plain"])
"""Groups of text that is read by itself."""
_IN_BRACKETS = re.compile(r"[ \t]*\[\[(?:[^\[\]|]*->)?(?P<name>[^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_SECTION = re.compile(r"(?<!&)#")  # not of an entity
_SEPARATOR = re.compile(r"[/.]")
_LINE = re.compile(r"[^\r\n]+")
_PROPERTY = re.compile(r"\(:(?P<name>[A-Za-z][\w-]*)[ \t:]*(?P<value>.{0,2000}?):\)")
_IN_LIST = re.compile(r"(?:\{\{[^{}]*\}\}|[^,])+")
_NO_REFERENCES = frozenset(
    ["alias", "aliases", "comment", "description", "keywords", "laconic", "namespace", "title"]
)
"""Properties that do not name other pages."""
_DEEPEST = 8
"""Maximum nesting of blocks within one line."""


def occurrences_in_trope(text: str, settings: MarkupSettings) -> list[Occurrence]:
    """The occurrences in trope markup, in order; some may overlap."""
    escapes = Escapes(text)
    source = escapes.text
    found = {*_links(source, 0, len(source), settings), *_in_blocks(source, settings)}
    return _unescaped(text, escapes, sorted(found)) if escapes else sorted(found)


def _in_blocks(source: str, settings: MarkupSettings) -> Iterator[Occurrence]:
    """The same, line by line and paragraph by paragraph, as the parser reads."""
    begin = end = 0
    for line in _LINE.finditer(source):
        body = line[0].rstrip()
        is_next = begin < end and "\n" not in source[end : line.start()].replace("\n", "", 1)
        match = DIALECT.block_of(body)[0]
        if begin < end and (match is not None or not body or not is_next):
            yield from _links(source, begin, end, settings)
            begin = end = 0
        if match is not None:
            yield from _in_block(source, *line.span(), settings)
        elif body:
            begin, end = (begin if begin < end else line.start()), line.end()
    yield from _links(source, begin, end, settings)


def _in_block(source: str, start: int, end: int, settings: MarkupSettings) -> Iterator[Occurrence]:
    """The same in the parts of a line that starts a block; its rest may start another."""
    for _ in range(_DEEPEST):
        body = source[start:end].rstrip()
        match, block = DIALECT.block_of(body)
        if match is None or block is None:
            return
        if body.startswith("(:") and block.name != "table_directive":
            yield from _properties(source, start, end)
            return
        groups = match.re.groupindex
        for name in groups:
            first, last = (start + at for at in match.span(name))
            if first < last and match.start(name) >= 0:
                yield from _links(source, first, last, settings)
                if name in ("target", "uri"):
                    yield _stripped(source, first, last, "words")
        if "rest" not in groups or not match["rest"].strip():
            return
        start += match.end("rest") - len(match["rest"].lstrip())


def _links(source: str, start: int, end: int, settings: MarkupSettings) -> Iterator[Occurrence]:
    return _shifted(_links_in(source[start:end], settings), start)


def _links_in(source: str, settings: MarkupSettings) -> Iterator[Occurrence]:
    tokens = DIALECT.scanner(wikiwords=settings.wikiwords).tokens(source)
    for start, _, name, _is_mark in tokens:
        pattern = _PATTERNS.get(name)
        match = pattern.match(source, start) if pattern else None
        if match is None:
            continue
        groups = match.groupdict()
        if name in ("wikiword", "wikiword_qualified"):
            yield Occurrence(*match.span(), "link")
            if separator := _SEPARATOR.search(match[0]):  # or each part is a separate link
                middle = start + separator.start()
                yield Occurrence(start, middle, "link")
                yield Occurrence(middle + 1, match.end(), "link")
        elif name in ("braces", "qualified"):
            yield Occurrence(start, match.end() - len(groups[f"{name}_suffix"]), "link")
        elif name == "link" and not groups["link_label"] and "#" not in groups["link_target"]:
            yield Occurrence(start, match.end() - len(groups["link_suffix"]), "link")
        else:
            for group, context in _TARGETS.items():
                if groups.get(group):
                    yield _stripped(source, *match.span(group), context)
            for group in _STYLED.intersection(groups):
                yield from _links(source, *match.span(group), settings)


def _stripped(source: str, start: int, end: int, context: str) -> Occurrence:
    """The occurrence of a name, without spaces and brackets around it and without its section."""
    if brackets := _IN_BRACKETS.match(source, start, end):
        start, end = brackets.span("name")
    behind_braces = 1 + max(start - 1, *(source.rfind(brace, start, end) for brace in "{}"))
    if section := _SECTION.search(source, behind_braces, end):
        end = section.start()
    text = source[start:end]
    start += len(text) - len(text.lstrip())
    return Occurrence(start, start + len(text.strip()), context)


def _properties(source: str, start: int, end: int) -> Iterator[Occurrence]:
    """The names in the properties of a line. A value is one or more names, maybe after a word."""
    for match in _PROPERTY.finditer(source, start, end):
        if match["name"].lower() in _NO_REFERENCES:
            continue
        first, last = match.span("value")
        after_word = first + len(match["value"].partition(" ")[0])
        for begin in dict.fromkeys((first, after_word)):
            for part in _IN_LIST.finditer(source, begin, last):
                yield _stripped(source, *part.span(), "words")


def _unescaped(text: str, escapes: Escapes, occurrences: list[Occurrence]) -> list[Occurrence]:
    """Converts occurrences in the text with marks instead of escapes to positions in *text* itself;
    none of them contains an escape.
    """
    source = escapes.text
    found = []
    shift = 0
    marks = list(MARK.finditer(source))
    at = 0
    for occurrence in occurrences:
        while at < len(marks) and marks[at].end() <= occurrence.start:
            shift += len(escapes.source(marks[at])) - len(marks[at][0])
            at += 1
        if MARK.search(source, occurrence.start, occurrence.end) is None:
            start, end = occurrence.start + shift, occurrence.end + shift
            found.append(Occurrence(start, end, occurrence.context))
    return found


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
_OPTION = re.compile(r"^[ \t]*:?(?:index|indexes):(?P<value>[^\n]*)$", re.MULTILINE)
_WITH_NAME = ("trope", "trope-backlinks", "trope-examples", "trope-graph", "trope-include")
_WITH_BODY = ("trope", "trope-markup")


def occurrences_in_rst(text: str, settings: MarkupSettings) -> list[Occurrence]:
    """The occurrences in reStructuredText, in order."""
    found = [*_roles(_RST_ROLE, text, settings)]
    end = 0
    for match in _RST_DIRECTIVE.finditer(text):
        if match.start() < end:
            continue  # in the body of another directive, which is trope markup
        end = _end_of_indented(text, match.end(), len(match["indent"].expandtabs()))
        found += _directive(match, text, end, settings)
    return _without_overlaps(found)


def occurrences_in_markdown(text: str, settings: MarkupSettings) -> list[Occurrence]:
    """The occurrences in MyST Markdown, in order."""
    found = [*_roles(_MYST_ROLE, text, settings)]
    found += (_stripped(text, *match.span("target"), "words") for match in _MD_LINK.finditer(text))
    end = 0
    for match in _MYST_DIRECTIVE.finditer(text):
        if match.start() < end:
            continue  # in the body of another directive, which is trope markup
        fence = match["fence"]
        closing = re.compile(rf"^[ \t]*{fence}{fence[0]}*[ \t]*\r?$", re.MULTILINE)
        close = closing.search(text, match.end())
        end = close.start() if close else len(text)
        found += _directive(match, text, end, settings)
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
            yield from _shifted(occurrences_in_trope(body, settings), start)
        elif explicit := _EXPLICIT.search(body):
            yield _stripped(
                text, start + explicit.start("target"), start + explicit.end("target"), "words"
            )
        else:
            yield _stripped(text, start + (body[0] == "!"), end, "words")


def _directive(
    match: re.Match[str], text: str, end: int, settings: MarkupSettings
) -> Iterator[Occurrence]:
    name = match["name"]
    if name in _WITH_NAME and match["argument"].strip():
        yield _stripped(text, *match.span("argument"), "words")
    for option in _OPTION.finditer(text, match.end(), end):
        for part in _IN_LIST.finditer(text, *option.span("value")):
            yield _stripped(text, *part.span(), "words")
    if name in _WITH_BODY:
        yield from _shifted(occurrences_in_trope(text[match.end() : end], settings), match.end())


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


def _shifted(occurrences: Iterable[Occurrence], by: int) -> Iterator[Occurrence]:
    return (Occurrence(o.start + by, o.end + by, o.context) for o in occurrences)
