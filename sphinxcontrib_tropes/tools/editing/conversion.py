"""Pages of trope markup as reStructuredText or Markdown, and back.

What is written is read again and must say the same; a block that does not, or that has no
equivalent, stays what it is in the directive ``trope-markup``.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from docutils.utils import new_document

from ...markup.blocks import BlockReader
from ...markup.constructs.properties import property_line
from ...markup.dialect import DIALECT
from ...markup.escapes import Escapes
from ...markup.nodes import trope_page
from ...markup.page import clean, page_section
from ...names import MAIN, PageName, split_list
from ..refusal import Refusal
from .document_comparison import OWN, Reader, check_facts, facts_of, first_difference, told
from .markup_writers import MarkdownWriter, NoEquivalent, RstWriter, TropeWriter, Writer

if TYPE_CHECKING:
    from ...markup import MarkupSettings
    from .document_comparison import Fact

__all__ = ["Converted", "between", "from_trope", "to_trope"]

_NO_TEXT = ("property", "redirect", "comment_line")
_LACONIC = frozenset(["description", "laconic", "summary"])
_PLAIN_OPTION = re.compile(r"[^\W_](?:(?![ \t]#|:[ \t]).)*(?<!:)")
"""A value that YAML, as MyST reads options, has no other meaning for."""
_OPENS = re.compile(
    r"\[\[(?:folder:|index\]\]|note\]\]|labelnote:|WMG:)|^\[\[[ \t]*spoiler[ \t]*:[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\[\[/(?:folder|index|note|labelnote|WMG)\]\]|^\]\]$", re.MULTILINE | re.IGNORECASE
)


class Converted(NamedTuple):
    """A document in another markup."""

    text: str
    kept: int
    """How many blocks stay trope markup, in a directive."""


# -- from trope markup


class _Chunk(NamedTuple):
    source: str
    level: int = 0
    """Of a heading; 0 for other blocks."""
    is_rule: bool = False


class _Property(NamedTuple):
    source: str
    name: str
    """In small letters."""
    value: str


def from_trope(
    text: str, name: PageName, settings: MarkupSettings, kind: str, read: Reader
) -> Converted:
    """The page *name* as ``rst`` or ``markdown``.

    :raises Refusal: if that can't say the same.
    """
    section = page_section(text, name, settings, lambda line, sentence: None)
    page = next(section.findall(trope_page))
    if page["redirect"]:
        raise Refusal(f"{name} only redirects: there is nothing to convert")
    writer = (RstWriter if kind == "rst" else MarkdownWriter)(settings)
    title = next(iter(section.findall(nodes.title))).astext()
    # a wiki is walked by its links, as it was
    orphan = ":orphan:" if kind == "rst" else "---\norphan: true\n---"
    chunks, properties = _chunks(clean(text))
    directive = _page_directive(page, properties, settings, kind)
    head = [orphan, writer.titled(writer.text(title, ""), 0), directive]
    written = [_written(chunk, writer, settings) for chunk in chunks]
    for _ in range(2):
        body = _assembled(chunks, written, kind)
        found = "\n\n".join([*head, *body]) + "\n"
        there = read(kind, found)
        difference = first_difference(section, there)
        if difference is None:
            facts = _facts_of_page(text, name, settings, read.language)
            found_facts = facts_of(there, settings.namespaces, read.language)
            check_facts(facts, found_facts, name, kind)
            kept = sum(text is None for text in written)
            return Converted(found, kept)
        written = [
            text if text is not None and _says_the_same(chunk, text, settings, kind, read) else None
            for chunk, text in zip(chunks, written, strict=True)
        ]
    line, what = difference or (0, "")
    raise Refusal(f"{name} can't be said in {kind}: {what} has no equivalent where it stands", line)


def _facts_of_page(
    text: str, name: PageName, settings: MarkupSettings, language: str
) -> list[Fact]:
    document = new_document("x.trope")
    document += page_section(text, name, settings, lambda line, sentence: None)
    return facts_of(document, settings.namespaces, language)


def _chunks(text: str) -> tuple[list[_Chunk], list[_Property]]:
    """The blocks of a page, each of which means alone what it means there; and its properties.

    Begins with what blank lines and headings set apart, and puts together what means something
    else so.
    """
    escapes = Escapes(text)
    chunks: list[_Chunk] = []
    properties: list[_Property] = []
    lines: list[str] = []
    depth = 0
    levels: list[int] = []

    def end() -> None:
        if lines:
            chunks.append(_Chunk(escapes.restore("\n".join(lines))))
            lines.clear()

    for line in escapes.text.split("\n"):
        match, block = DIALECT.block_of(line.rstrip())
        if depth == 0 and block is not None and block.name in _NO_TEXT:
            properties += _properties(line, escapes)
            continue
        if depth == 0 and match is not None and block is not None and block.name == "heading":
            end()
            level = len(match[0]) - len(match[0].lstrip("!"))
            while levels and levels[-1] >= level:
                levels.pop()
            levels.append(level)
            chunks.append(_Chunk(escapes.restore(line), len(levels)))
            continue
        if depth == 0 and block is not None and block.name == "rule":
            end()
            chunks.append(_Chunk(line, is_rule=True))
            continue
        depth = max(0, depth + len(_OPENS.findall(line)) - len(_CLOSES.findall(line)))
        if line.strip() or depth:
            lines.append(line)
        else:
            end()
    end()
    shown = [chunk for at, chunk in enumerate(chunks) if not chunk.is_rule or _is_shown(chunks, at)]
    return shown, properties


def _properties(line: str, escapes: Escapes) -> Iterator[_Property]:
    """The properties on *line*, one behind the other."""
    rest: str | None = line.rstrip()
    while rest:
        match, block = DIALECT.block_of(rest)
        if match is None or block is None or block.name != "property":
            if block is not None and block.name in _NO_TEXT:
                yield _Property(escapes.restore(rest), block.name, escapes.restore(rest))
            return
        name, value, behind = match.group("name", "value", "rest")
        source = rest.removesuffix(behind or "").rstrip()
        typed = escapes.restore(value or "").strip()
        yield _Property(escapes.restore(source), name.lower(), typed)
        rest = behind


def _is_shown(chunks: list[_Chunk], at: int) -> bool:
    """Whether a rule is between two blocks of a section, and the last of those that are there."""
    before = next((chunk for chunk in reversed(chunks[:at]) if not chunk.is_rule), None)
    after = next(iter(chunks[at + 1 :]), None)
    return all(chunk is not None and not chunk.level for chunk in (before, after)) and not (
        after is not None and after.is_rule
    )


def _nodes(source: str, settings: MarkupSettings) -> list[nodes.Node]:
    root = nodes.container()
    reader = BlockReader(
        root, DIALECT, settings, lambda line, sentence: None, with_sections=False, used_ids=set()
    )
    reader.read(source)
    return list(root.children)


def _written(chunk: _Chunk, writer: RstWriter, settings: MarkupSettings) -> str | None:
    """*chunk* in another markup; None if that has no equivalent."""
    if chunk.is_rule:
        return writer.rule
    if not chunk.level and _has_comment(chunk.source, settings):
        return None
    children = _nodes(chunk.source, settings)
    try:
        if chunk.level:
            (heading,) = children
            assert isinstance(heading, nodes.Element)
            return _heading(heading, chunk, writer)
        return writer.blocks(children)
    except (NoEquivalent, ValueError):
        return None


def _has_comment(source: str, settings: MarkupSettings) -> bool:
    """Whether a comment stands at the end of one of the lines."""
    if "%%" not in source:
        return False
    tokens = DIALECT.scanner(wikiwords=settings.wikiwords).tokens(Escapes(source).text)
    return any(name == "comment" for _start, _end, name, _ in tokens)


def _heading(heading: nodes.Element, chunk: _Chunk, writer: RstWriter) -> str:
    """A heading: what has no equivalent in it is left to the role, which reads trope markup."""
    level = min(chunk.level, 6)
    try:
        return writer.titled(writer.inline(heading.children), level)
    except NoEquivalent:
        source = chunk.source.lstrip("!").strip()
        if "`" in source or "\\" in source:
            raise
        return writer.titled(writer.role_of("trope", source), level)


def _assembled(chunks: list[_Chunk], written: list[str | None], kind: str) -> Iterator[str]:
    was_list = False
    apart = ".." if kind == "rst" else "% -"
    for chunk, text in zip(chunks, written, strict=True):
        is_list = text is not None and chunk.source.lstrip()[:1] in ("*", "#")
        if is_list and was_list:
            yield apart  # two lists would be one
        yield _directive("trope-markup", chunk.source, kind) if text is None else text
        was_list = is_list


def _says_the_same(
    chunk: _Chunk, text: str, settings: MarkupSettings, kind: str, read: Reader
) -> bool:
    if chunk.level or chunk.is_rule:
        return True
    aim = nodes.container("", *_nodes(chunk.source, settings))
    return told(read(kind, text)) == told(aim)


def _directive(
    name: str, body: str, kind: str, argument: str = "", options: tuple[str, ...] = ()
) -> str:
    lines = (
        [*options, *([""] if body and options else []), *body.split("\n")] if body else [*options]
    )
    if kind == "rst":
        head = f".. {name}::{f' {argument}' if argument else ''}"
        inner = "\n".join(lines if options or not body else ["", *lines])
        return head + ("\n" + textwrap.indent(inner, "   ") if inner else "")
    fence = "```"
    while fence in body:
        fence += "`"
    inner = "".join(f"{line}\n" for line in lines)
    return f"{fence}{{{name}}}{f' {argument}' if argument else ''}\n{inner}{fence}"


def _page_directive(
    page: trope_page, properties: list[_Property], settings: MarkupSettings, kind: str
) -> str:
    """The directive that says which page the document is.

    Its option for the summary holds what can stand there as it was typed. With markup, a spoiler or a
    note in it, the property stays one, in the body, as all do that nothing else says.
    """
    laconic: str = page["laconic"]
    if not any(p.name in _LACONIC and p.value == laconic for p in properties):
        laconic = ""
    if kind == "markdown" and not _PLAIN_OPTION.fullmatch(laconic):
        laconic = ""
    values = {
        "aliases": ", ".join(_short(alias) for alias in page["aliases"]),
        "laconic": laconic,
    }
    options = (":document:", *(f":{option}: {value}" for option, value in values.items() if value))
    title = next((p for p in reversed(properties) if p.name == "title" and p.value), None)
    is_page = settings.namespaces.page_name

    def is_said(p: _Property) -> bool:
        if p.name in _LACONIC:
            return p.value == laconic
        if p.name in ("alias", "aliases"):
            return all(map(is_page, split_list(p.value)))
        if p.name == "namespace":
            return settings.namespaces.find(p.value) is not None
        return p is title or not p.value

    body = "\n".join(p.source for p in properties if not is_said(p))
    return _directive("trope", body, kind, _short(page["name"]), options)


def _short(canonical: str) -> str:
    return canonical.removeprefix(f"{MAIN}/")


# -- to trope markup

_RST_MARKUP = re.compile(
    r"^\.\. (?P<name>trope|trope-markup)::[ \t]*(?P<argument>[^\n]*)\n"
    r"(?P<body>(?:[ \t]+[^\n]*\n|[ \t]*\n(?=(?:[ \t]*\n)*[ \t]+\S))*)",
    re.MULTILINE,
)
_MARKDOWN_MARKUP = re.compile(
    r"^(?P<fence>```+)\{(?P<name>trope|trope-markup)\}[ \t]*(?P<argument>[^\n]*)\n"
    r"(?P<body>(?:(?!(?P=fence)[ \t]*$)[^\n]*\n)*)(?P=fence)[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
_OPTION = re.compile(r":(?P<name>[a-z-]+):[ \t]*(?P<value>.*)")
_PROPERTIES = {"title": "title", "aliases": "alias", "laconic": "laconic", "namespace": "namespace"}
_PLACE = "TropeMarkupKept{}Here"


def to_trope(
    text: str, name: PageName, settings: MarkupSettings, kind: str, read: Reader
) -> Converted:
    """The document as a page *name* of trope markup.

    :raises Refusal: if that can't say the same.
    """
    text = clean(text) + ("" if text.endswith("\n") else "\n")
    properties: list[str] = []
    kept: list[str] = []
    placed = _directives(kind).sub(lambda match: _taken(match, properties, kept), text)
    writer = TropeWriter(settings)
    blocks: list[str] = []
    title = ""
    for level, node in _flat(read(kind, placed), 0):
        if isinstance(node, nodes.title) and level == 1 and not title:
            title = node.astext()
            continue
        if isinstance(node, nodes.comment):
            blocks += ["\n".join(f"(:comment {line}:)" for line in _lines_of(node))]
            continue
        place = re.fullmatch(_PLACE.format(r"(\d+)"), node.astext().strip())
        blocks.append(kept[int(place[1])] if place else _block(writer, node, level, "trope markup"))
    given = any(line.startswith("(:title ") for line in properties)
    if title and title != name.title and not given:
        properties.insert(0, property_line("title", title))
    head = ["\n".join(properties)] if properties else []
    found = "\n\n".join([*head, *blocks]) + "\n"
    section = page_section(found, name, settings, lambda line, sentence: None)
    here = read(kind, text)
    if difference := first_difference(here, section, with_title=False):
        line, what = difference
        raise Refusal(f"{name} can't be said in trope markup: {what} would be another", line)
    if any(page.get("is_document") for page in here.findall(trope_page)):
        facts = facts_of(here, settings.namespaces, read.language)
        there = _facts_of_page(found, name, settings, read.language)
        check_facts(facts, there, name, "trope markup")
    return Converted(found, 0)


def _directives(kind: str) -> re.Pattern[str]:
    return _RST_MARKUP if kind == "rst" else _MARKDOWN_MARKUP


def _taken(match: re.Match[str], properties: list[str], kept: list[str]) -> str:
    """What stands in the place of a directive whose body is trope markup already."""
    options, body = _options_and_body(match)
    if match["name"] == "trope":
        if any(name == "no-index-entry" for name, _ in options):
            line = match.string.count("\n", 0, match.start()) + 1
            raise Refusal("the option no-index-entry has no equivalent in trope markup", line)
        properties += (
            property_line(_PROPERTIES[name], value)
            for name, value in options
            if name in _PROPERTIES
        )
    return _held(body, match, kept) if body else "\n"


def _options_and_body(match: re.Match[str]) -> tuple[list[tuple[str, str]], str]:
    lines = textwrap.dedent(match["body"]).split("\n")
    options = []
    if match["name"] == "trope":
        while lines and (option := _OPTION.fullmatch(lines[0])):
            lines.pop(0)
            options.append((option["name"], option["value"]))
    return options, "\n".join(lines).strip("\n")


def _held(what: str, match: re.Match[str], kept: list[str]) -> str:
    """A place for *what*, as many lines high as what stood there, so that lines stay lines."""
    kept.append(what)
    is_apart = match.string[: match.start()].endswith("\n\n") or not match.start()
    height = max(2, match[0].count("\n") - (not is_apart))
    return ("" if is_apart else "\n") + _PLACE.format(len(kept) - 1) + "\n" * height


def _flat(node: nodes.Element, level: int) -> Iterator[tuple[int, nodes.Element]]:
    """Titles and blocks, with the depth of the section that they stand in."""
    for child in node.children:
        if isinstance(child, nodes.section):
            yield from _flat(child, level + 1)
        elif isinstance(child, nodes.comment):
            if _lines_of(child):
                yield level, child
        elif isinstance(child, nodes.Element) and child.tagname not in (*OWN, "target"):
            yield level, child


def _lines_of(comment: nodes.comment) -> list[str]:
    """What a comment says; nothing, if it is there to part two lists."""
    lines = [line.strip() for line in comment.astext().split("\n")]
    return [] if lines == ["-"] else [line for line in lines if line]


def _block(writer: Writer, node: nodes.Element, level: int, markup: str) -> str:
    try:
        if isinstance(node, nodes.title):
            return writer.titled(writer.inline(node.children), level - 1)
        return writer.block(node)
    except NoEquivalent as what:
        raise Refusal(f"{what} has no equivalent in {markup}", node.line or 0) from None


# -- between the two others

_FRONT = {
    "rst": re.compile(r"\A\s*(?P<fields>(?::[\w-]+:[^\n]*\n)+)(?=\s*\n)"),
    "markdown": re.compile(r"\A---\n(?P<fields>(?:[\w-]+:[^\n]*\n)*)---\n"),
}
_FIELD = re.compile(r":?(?P<name>[\w-]+):[ \t]*(?P<value>[^\n]*)\n")


def between(
    text: str, name: PageName, settings: MarkupSettings, kind: str, to: str, read: Reader
) -> Converted:
    """The document in the other one of ``rst`` and ``markdown``, a page or not; with its roles, which
    both know.

    :raises Refusal: if that can't say the same.
    """
    text = clean(text) + ("" if text.endswith("\n") else "\n")
    kept: list[str] = []
    front = _FRONT[kind].match(text)
    bare = "\n" * front[0].count("\n") + text[front.end() :] if front else text
    placed = _directives(kind).sub(lambda match: _held(_translated(match, to), match, kept), bare)
    writer = (RstWriter if to == "rst" else MarkdownWriter)(settings)
    blocks = [_front_matter(front["fields"], to)] if front and front["fields"] else []
    for level, node in _flat(read(kind, placed), 0):
        place = re.fullmatch(_PLACE.format(r"(\d+)"), node.astext().strip())
        if isinstance(node, nodes.comment):
            mark = "..\n   {}" if to == "rst" else "% {}"
            between_lines = "\n   " if to == "rst" else "\n% "
            blocks.append(mark.format(between_lines.join(_lines_of(node))))
            continue
        blocks.append(kept[int(place[1])] if place else _block(writer, node, level, to))
    found = "\n\n".join(blocks) + "\n"
    here, there = read(kind, text), read(to, found)
    if difference := first_difference(here, there):
        line, what = difference
        raise Refusal(f"{name} can't be said in {to}: {what} would be another", line)
    facts = facts_of(here, settings.namespaces, read.language)
    check_facts(facts, facts_of(there, settings.namespaces, read.language), name, to)
    return Converted(found, 0)


def _translated(match: re.Match[str], to: str) -> str:
    options, body = _options_and_body(match)
    told = tuple(f":{name}: {value}".rstrip() for name, value in options)
    return _directive(match["name"], body, to, match["argument"].strip(), told)


def _front_matter(fields: str, to: str) -> str:
    """What stands at the head of a document for Sphinx."""
    told = [(match["name"], match["value"].strip()) for match in _FIELD.finditer(fields)]
    if to == "rst":
        return "\n".join(f":{n}: {'' if v == 'true' else v}".rstrip() for n, v in told)
    return "\n".join(["---", *(f"{n}: {v or 'true'}" for n, v in told), "---"])
