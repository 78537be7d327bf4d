"""A text of reStructuredText or Markdown, read without Sphinx: the pages that its directives define,
and its links to pages.

Sphinx itself takes a tenth of a second for a document, and needs ``conf.py``. So comments and code are
left out here, roles and directives of the wiki are found, and trope markup in directives is read as
on a page of its own. Text that other files or extensions add is not seen.
"""

from __future__ import annotations

import re
from collections import Counter
from textwrap import dedent
from typing import TYPE_CHECKING

from ...names import key_of, slug
from ...names.exclusions import INDEX
from ...wiki import COVER, DocumentFacts, Link, Page, Place
from ..editing.occurrences import (
    DirectiveSpan,
    directives_in,
    occurrences_in_markdown,
    occurrences_in_rst,
)
from ..editing.rename_links import name_spelled
from .reading import NamedPlace, Reading, facts_of_trope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...wiki.facts.document import Naming
    from ..editing.occurrences import Occurrence
    from .configuration import Configuration

__all__ = ["read_other", "without_code"]

_FINDERS = {"rst": occurrences_in_rst, "markdown": occurrences_in_markdown}
_RST_COMMENT = re.compile(r"(?P<indent>[ \t]*)\.\.(?:[ \t]+(?![\[_|])(?![\w:+.\-]+::)|[ \t]*\Z)")
_RST_CODE = re.compile(
    r"(?P<indent>[ \t]*)(?:\.\.[ \t]+(?:code|code-block|sourcecode|highlight|parsed-literal|raw|math|"
    r"prompt|ipython|doctest|testcode|testsetup|testoutput|productionlist|graphviz|mermaid)::"
    r"|(?!\.\.[ \t])\S?.*::[ \t]*\Z)"
)
_FENCE = re.compile(r"[ \t]*(?P<fence>```+|~~~+|:::+)[ \t]*(?P<info>[^\n]*)")
_CODE_DIRECTIVES = frozenset(
    ["{code}", "{code-block}", "{code-cell}", "{sourcecode}", "{raw}", "{math}", "{eval-rst}"]
)
_TITLE = re.compile(
    r"^(?:#[ \t]+(?P<md>\S.*)|(?P<rst>\S.*)\n[=\-~^\"'#*+]{3,}[ \t]*)$", re.MULTILINE
)
_OPTION = re.compile(r"[ \t]*:(?P<name>[a-z-]+):[ \t]*(?P<value>.*)")
_ROLE = re.compile(r"(?::[\w:+.\-]+:|\{[\w:+.\-]+\})`(?P<body>[^`]*)`", re.DOTALL)
_EXPLICIT = re.compile(r"\s*<[^<>]*>\Z")
_SECTION = re.compile(r"#(?P<section>[^\s`<>|\]]+)")
_LITERALS = {
    "rst": re.compile(r"(?<![\w`:])``(?=\S)(?:[^`\n]|`(?!`)|\n(?!\s*\n))*+``"),
    "markdown": re.compile(r"(?<![`}])``(?!`)(?:[^`\n]|`(?!`)|\n(?!\s*\n))*+``(?!`)"),
}
_PROPERTIES = {
    "title": "title",
    "aliases": "alias",
    "laconic": "laconic",
    "namespace": "namespace",
    "exclude": "exclude",
}
_LONGEST_PARAGRAPH = 4000
_LONGEST_ROLE = 300


def read_other(path: str, text: str, configuration: Configuration) -> Reading:
    """What *text* says as the content of *path*, a file of reStructuredText or Markdown."""
    kind = configuration.kind(path)
    masked = without_code(text, kind)
    directives = list(directives_in(masked, kind))
    bodies = [(d.body_start, d.end) for d in directives]
    found = _Found(path, text, _without_literals(masked, bodies, kind), kind, configuration)
    for directive in directives:
        found.add_directive(directive)
    found.add_links()
    return found.reading()


class _Found:
    """What is found in a text."""

    def __init__(
        self, path: str, text: str, masked: str, kind: str, configuration: Configuration
    ) -> None:
        self._path = path
        self._text = text
        self._masked = masked
        self._kind = kind
        self._configuration = configuration
        self._pages: list[Page] = []
        self._links: list[Link] = []
        self._texts: list[str] = []
        self._namings: list[Naming] = []
        self._bodies: list[tuple[int, int]] = []
        self._places: list[NamedPlace] = []
        self._mentions: dict[str, None] = {}
        self._definitions: set[int] = set()
        """Where the names of pages begin that directives define."""
        self._document_page = -1
        self._waiting: dict[tuple[str, int], list[int]] = {}

    def add_directive(self, directive: DirectiveSpan) -> None:
        """Adds the page that *directive* defines, and the links in its body."""
        if directive.name not in ("trope", "trope-markup"):
            return
        self._bodies.append((directive.body_start, directive.end))
        first = self._text.count("\n", 0, directive.body_start)
        options, body, skipped = _options(self._text[directive.body_start : directive.end])
        if "no-index-entry" in options:
            options["exclude"] = f"{options.get('exclude', '')} {INDEX}"
        argument = self._text[directive.argument_start : directive.body_start].strip()
        name = self._configuration.settings.namespaces.page_name(argument)
        is_page = directive.name == "trope" and name is not None
        head = [f"(:{_PROPERTIES[o]} {v}:)" for o, v in options.items() if o in _PROPERTIES and v]
        path = f"{name.namespace}/{name.name}.trope" if name else "Main/Untitled.trope"
        source = "\n".join([*head, body])
        facts = facts_of_trope(path, source, self._configuration)
        shift = first + 1 + skipped - len(head)
        page = -1
        if is_page:
            page = len(self._pages)
            blank = self._text[directive.argument_start :].lstrip(" \t")
            self._definitions.add(len(self._text) - len(blank))
            line = self._text.count("\n", 0, directive.argument_start) + 1
            is_document = "document" in options
            own = facts.pages[0]
            anchor = "" if is_document else f"trope-{slug(own.name)}"
            lines = tuple(max(line, at + shift) for at in own.alias_lines)
            self._pages.append(own._replace(anchor=anchor, line=line, alias_lines=lines))
            self._document_page = page if is_document else self._document_page
        self._take(facts, page, shift)

    def _take(self, facts: DocumentFacts, page: int, shift: int) -> None:
        """Adds the links and names of a body that starts *shift* lines down."""
        blocks = len(self._texts)
        self._texts += facts.texts
        for link in facts.links:
            line = link.line + shift
            waiting = self._waiting.setdefault((key_of(link.target), line), [])
            waiting.append(len(self._links))
            self._links.append(link._replace(page=page, block=link.block + blocks, line=line))
        self._namings += (
            n._replace(page=page, line=n.line + shift) for n in facts.namings if page >= 0
        )

    def add_links(self) -> None:
        """Adds the links outside bodies, and the places of all."""
        find = _FINDERS[self._kind]
        bodies = iter(self._bodies)
        body = next(bodies, None)
        namespaces = self._configuration.settings.namespaces
        line, position = 1, 0
        for occurrence in find(self._masked, self._configuration.settings):
            name = name_spelled(self._text, occurrence, namespaces)
            if name is None or (self._kind == "markdown" and self._is_path(occurrence)):
                continue
            line += self._text.count("\n", position, occurrence.start)
            position = occurrence.start
            while body is not None and body[1] <= occurrence.start:
                body = next(bodies, None)
            if body is not None and body[0] <= occurrence.start:
                waiting = self._waiting.get((name.key, line))
                at = waiting.pop(0) if waiting else -1
                self._places.append(NamedPlace(*occurrence, str(name), at))
                continue
            if occurrence.start in self._definitions:
                self._places.append(NamedPlace(*occurrence, str(name), -1, "alias"))
                continue
            if self._is_argument(occurrence):
                self._places.append(NamedPlace(*occurrence, str(name), -1))
                continue
            if self._is_mention(occurrence):
                self._mentions[str(name)] = None
                self._places.append(NamedPlace(*occurrence, str(name), -1))
                continue
            start, end, words = self._sentence(occurrence)
            section = _SECTION.match(self._text, occurrence.end)
            self._places.append(NamedPlace(*occurrence, str(name), len(self._links)))
            self._links.append(
                Link(
                    str(name), slug(section["section"]) if section else "", 1, self._document_page,
                    len(self._texts), start, end, Place.PROSE, False, False, line,
                )
            )  # fmt: skip
            self._texts.append(words)

    def _is_path(self, occurrence: Occurrence) -> bool:
        """Whether it is the address of a Markdown link that is no page's name."""
        if self._text[occurrence.start - 1 : occurrence.start] not in ("(", "<"):
            return False
        spelling = self._text[occurrence.start : occurrence.end]
        return (
            any(mark in spelling for mark in (":", "\\", "?"))
            or spelling.count("/") > 1
            or ("." in spelling.rpartition("/")[2])
        )

    def _is_mention(self, occurrence: Occurrence) -> bool:
        """Whether it may refer to something else than a page: in a Markdown link, or the role any."""
        start = occurrence.start
        before = self._text[max(start - _LONGEST_ROLE, 0) : start]
        if self._kind == "markdown" and before.rstrip("<").endswith("]("):
            return True
        return before.rpartition("`")[0].rstrip("`").endswith((":any:", "{any}"))

    def _is_argument(self, occurrence: Occurrence) -> bool:
        """Whether it is in the line of a directive or an option."""
        start = self._text.rfind("\n", 0, occurrence.start) + 1
        before = self._text[start : occurrence.start].strip()
        return before.endswith((":", "}")) and before.startswith(
            (".. ", ":", "```", "- ..", "* ..")
        )

    def _sentence(self, occurrence: Occurrence) -> tuple[int, int, str]:
        """The paragraph around it in plain words, and where the words of the link are in it."""
        text = self._masked
        begin = max(
            text.rfind("\n\n", 0, occurrence.start) + 2, occurrence.start - _LONGEST_PARAGRAPH
        )
        begin = max(begin, 0)
        end = text.find("\n\n", occurrence.end)
        end = min(len(text) if end < 0 else end, occurrence.end + _LONGEST_PARAGRAPH)
        pieces: list[str] = []
        length, position = 0, begin
        span = 0, 0
        for role in _ROLE.finditer(text, begin, end):
            words = _EXPLICIT.sub("", role["body"]).lstrip("!~")
            words = COVER if "[[spoiler" in words else words
            pieces += (text[position : role.start()], words)
            length += role.start() - position
            if role.start() <= occurrence.start < role.end():
                span = length, length + len(words)
            length += len(words)
            position = role.end()
        if span == (0, 0) and position <= occurrence.start:
            at = length + occurrence.start - position
            span = at, at + occurrence.end - occurrence.start
        return *span, "".join([*pieces, text[position:end]])

    def reading(self) -> Reading:
        """All of it; links in the order of the text."""
        order = sorted(range(len(self._links)), key=lambda at: (self._links[at].line, at))
        moved = {was: now for now, was in enumerate(order)}
        numbers: Counter[str] = Counter()
        links = []
        for at in order:
            link = self._links[at]
            numbers[link.target] += 1
            links.append(link._replace(nth=numbers[link.target]))
        title = _TITLE.search(self._text)
        shown = (title["md"] or title["rst"]).strip() if title else ""
        facts = DocumentFacts(
            shown or self._configuration.docname(self._path),
            tuple(
                page._replace(title=shown or page.title) if not page.anchor else page
                for page in self._pages
            ),
            tuple(links),
            tuple(self._texts),
            (),
            tuple(self._mentions),
            namings=tuple(self._namings),
        )
        places = (p._replace(link=moved.get(p.link, -1)) for p in sorted(self._places))
        return Reading(facts, tuple(places))


def _options(body: str) -> tuple[dict[str, str], str, int]:
    """The options at the start of a directive's body, the rest, and how many lines were before it."""
    lines = body.split("\n")
    options: dict[str, str] = {}
    at = 1  # behind the line of the directive
    while at < len(lines) and (match := _OPTION.fullmatch(lines[at].rstrip("\r"))):
        options[match["name"]] = match["value"].strip()
        at += 1
    return options, dedent("\n".join(lines[at:])), at - 1


def without_code(text: str, kind: str) -> str:
    """*text* with blanks instead of comments and code, at the same length."""
    lines = text.splitlines(keepends=True)
    hidden = _hidden_in_rst(lines) if kind == "rst" else _hidden_in_markdown(lines)
    return "".join(
        _blank(line) if is_hidden else line for line, is_hidden in zip(lines, hidden, strict=True)
    )


def _without_literals(text: str, bodies: Iterable[tuple[int, int]], kind: str) -> str:
    """*text* with blanks instead of code in its lines, except in *bodies*, which are trope markup."""
    pieces: list[str] = []
    position = 0
    for start, end in (*bodies, (len(text), len(text))):
        pieces.append(_LITERALS[kind].sub(_blanked, text[position:start]))
        pieces.append(text[start:end])
        position = end
    return "".join(pieces)


def _blanked(match: re.Match[str]) -> str:
    return "".join(" " if c not in "\r\n" else c for c in match[0])


def _blank(line: str) -> str:
    body = line.rstrip("\r\n")
    return " " * len(body) + line[len(body) :]


def _hidden_in_rst(lines: list[str]) -> Iterator[bool]:
    deeper_than = -1
    for line in lines:
        body = line.rstrip()
        indent = len(line.expandtabs()) - len(line.expandtabs().lstrip())
        if deeper_than >= 0 and (not body or indent > deeper_than):
            yield bool(body)
            continue
        deeper_than = -1
        comment = _RST_COMMENT.match(body)
        code = None if comment else _RST_CODE.match(body)
        if match := comment or code:
            deeper_than = len(match["indent"].expandtabs())
        yield comment is not None


def _hidden_in_markdown(lines: list[str]) -> Iterator[bool]:
    opened: list[str] = []  # fences of directives around the line, the innermost last
    code = ""
    for line in lines:
        match = _FENCE.match(line)
        fence, info = (match["fence"], match["info"].strip()) if match else ("", "")
        if code:
            is_end = fence.startswith(code) and not info
            code = "" if is_end else code
            yield not is_end
            continue
        if fence and not info and opened and fence.startswith(opened[-1]):
            opened.pop()
        elif fence and info.startswith("{") and info.split()[0] not in _CODE_DIRECTIVES:
            opened.append(fence)
        else:
            code = fence
        yield line.startswith("%")
