"""Pages of trope markup as reStructuredText or Markdown, and back.

What is written is read again and must say the same; a block that does not, or that has no
equivalent, stays what it is in the directive ``trope-markup``.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from docutils.utils import new_document

from ..collect import Collecting, collect
from ..markup.blocks import BlockReader
from ..markup.escapes import Escapes
from ..markup.lines import block_of
from ..markup.nodes import trope_page
from ..markup.page import clean, page_section
from ..names import MAIN, PageName
from .refusal import Refusal
from .writers import MarkdownWriter, NoEquivalent, RstWriter, TropeWriter

if TYPE_CHECKING:
    from ..markup import MarkupSettings

__all__ = ["Converted", "from_trope", "to_trope", "told"]

_Fact = tuple[str, str]

Read = Callable[[str, str], nodes.document]
"""``rst`` or ``markdown``, and text -> doctree."""

_LEFT_OUT = frozenset(
    # of places and messages; of how a list or a program is shown
    [
        "ids",
        "names",
        "dupnames",
        "backrefs",
        "source",
        "nth",
        "line",
        "name",
        "internal",
        "bullet",
        "prefix",
        "language",
        "force",
        "linenos",
        "highlight_args",
        "xml:space",
        "translatable",
        "candidates",
    ]
)
_OWN = ("trope_page", "trope_head", "trope_foot", "comment", "meta", "docinfo", "field_list")
_STAYS = re.compile(r"\(:(?:relation|keywords)[ \t]", re.IGNORECASE)
"""Properties that the directive has no option for: they stand in its body."""
_OPENS = re.compile(
    r"\[\[(?:folder:|index\]\]|note\]\]|labelnote:|WMG:)|^\[\[spoiler:$",
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


def told(root: nodes.Node) -> list[Any]:
    """What *root* says to a reader, markup and page apart."""
    out: list[Any] = []
    _tell(root, out)
    return out


def _tell(node: nodes.Node, out: list[Any]) -> None:
    if isinstance(node, nodes.Text):
        text = node.astext()
        if not text:
            return
        if out and isinstance(out[-1], str):
            out[-1] += text
        else:
            out.append(text)
        return
    assert isinstance(node, nodes.Element)
    if node.tagname in _OWN or "trope-page" in node.get("classes", ()):
        return
    if isinstance(node, nodes.document | nodes.container) and not node.get("classes"):
        for child in node.children:
            _tell(child, out)
        return
    is_list = isinstance(node, nodes.bullet_list | nodes.enumerated_list)
    attributes = tuple(
        (name, repr(value))
        for name, value in sorted(node.attributes.items())
        if name not in _LEFT_OUT
        and not (is_list and name == "suffix")
        and not (name == "classes" and isinstance(node, nodes.literal_block))
        and (value or name != "classes")
    )
    if isinstance(node, nodes.literal_block):
        # colours that a default gives are none of the writer's
        language = node.get("language", "none").replace("default", "none")
        attributes += (("language", language),)
    out.append((node.tagname, attributes))
    for child in node.children:
        _tell(child, out)
    out.append((f"/{node.tagname}",))


# -- from trope markup


class _Chunk(NamedTuple):
    source: str
    level: int = 0
    """Of a heading; 0 for other blocks."""


def from_trope(
    text: str, name: PageName, settings: MarkupSettings, kind: str, read: Read
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
    head = [orphan, writer.heading(title, 0), _page_directive(page, text, kind)]
    aim = told(section)
    facts = _facts_of_page(text, name, settings)
    chunks = _chunks(clean(text))
    written = [_written(chunk, writer, settings) for chunk in chunks]
    for _ in range(2):
        body = _assembled(chunks, written, kind)
        found = "\n\n".join([*head, *body]) + "\n"
        there = read(kind, found)
        if told(there) == aim:
            if lost := _lost(facts, _facts(there, settings)):
                raise Refusal(f"{name} would lose what the wiki knows of it in {kind}: {lost}")
            kept = sum(text is None for text in written)
            return Converted(found, kept)
        written = [
            text if text is not None and _says_the_same(chunk, text, settings, kind, read) else None
            for chunk, text in zip(chunks, written, strict=True)
        ]
    raise Refusal(f"{name} can't be said in {kind}: something stands where it has no equivalent")


def _facts_of_page(text: str, name: PageName, settings: MarkupSettings) -> list[_Fact]:
    document = new_document("x.trope")
    document += page_section(text, name, settings, lambda line, sentence: None)
    return _facts(document, settings)


def _facts(document: nodes.document, settings: MarkupSettings) -> list[_Fact]:
    """What the wiki knows by *document*: kind, and what it says."""
    found = collect(document, "x", Collecting(settings.namespaces))
    told: list[_Fact] = []
    for page in found.pages:
        told += (("alias", alias) for alias in sorted(page.aliases))
        told += (("index", index) for index in page.indexes)
        told += (("relation", f"{kind} {name}") for kind, name in sorted(page.relations))
        told.append(("page", f"{page.name}: {page.laconic}"))
    told += (
        ("keywords", node["keywords"]) for node in document.findall(trope_page) if node["keywords"]
    )
    for link in found.links:
        page_of = found.pages[link.page].name if link.page >= 0 else "no page"
        stands = f"{link.relation} {link.place}".strip()
        more = ", hidden" if link.in_spoiler else ""
        opens = ", first of its item" if link.opens_item else ""
        told.append(("link", f"of {page_of} to {link.target} ({stands}{opens}{more})"))
    return told


def _lost(before: list[_Fact], after: list[_Fact]) -> str:
    """The first thing that only one of the two tells, or nothing."""
    gone = Counter(before) - Counter(after) or Counter(after) - Counter(before)
    return next((f"{kind} {what}" for kind, what in gone), "")


def _chunks(text: str) -> list[_Chunk]:
    """The blocks of a page, each of which means alone what it means there.

    Begins with what blank lines and headings set apart, and puts together what means something
    else so.
    """
    escapes = Escapes(text)
    chunks: list[_Chunk] = []
    lines: list[str] = []
    depth = 0
    levels: list[int] = []

    def end() -> None:
        if lines:
            chunks.append(_Chunk(escapes.restore("\n".join(lines))))
            lines.clear()

    for line in escapes.text.split("\n"):
        match, block = block_of(line.rstrip()) if line.strip() else (None, None)
        if depth == 0 and block is not None and block.name in ("property", "redirect"):
            continue
        if depth == 0 and match is not None and block is not None and block.name == "heading":
            end()
            level = len(match[0]) - len(match[0].lstrip("!"))
            while levels and levels[-1] >= level:
                levels.pop()
            levels.append(level)
            chunks.append(_Chunk(escapes.restore(line), len(levels)))
            continue
        depth = max(0, depth + len(_OPENS.findall(line)) - len(_CLOSES.findall(line)))
        if line.strip() or depth:
            lines.append(line)
        else:
            end()
    end()
    return chunks


def _nodes(source: str, settings: MarkupSettings) -> list[nodes.Node]:
    root = nodes.container()
    reader = BlockReader(
        root, settings, lambda line, sentence: None, with_sections=False, used_ids=set()
    )
    reader.read(source)
    return list(root.children)


def _written(chunk: _Chunk, writer: RstWriter, settings: MarkupSettings) -> str | None:
    """*chunk* in another markup; None if that has no equivalent."""
    children = _nodes(chunk.source, settings)
    try:
        if chunk.level:
            (heading,) = children
            assert isinstance(heading, nodes.Element)
            return writer.heading(heading.astext(), min(chunk.level, 6))
        return writer.blocks(children)
    except (NoEquivalent, ValueError):
        return None


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
    chunk: _Chunk, text: str, settings: MarkupSettings, kind: str, read: Read
) -> bool:
    if chunk.level:
        return True
    aim: list[Any] = []
    for node in _nodes(chunk.source, settings):
        _tell(node, aim)
    return told(read(kind, text)) == aim


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


def _page_directive(page: trope_page, text: str, kind: str) -> str:
    """The directive that says which page the document is."""
    values = {
        "aliases": ", ".join(_short(alias) for alias in page["aliases"]),
        "laconic": page["laconic"],
    }
    options = (":document:", *(f":{option}: {value}" for option, value in values.items() if value))
    body = "\n".join(line.strip() for line in clean(text).split("\n") if _STAYS.match(line))
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
    text: str, name: PageName, settings: MarkupSettings, kind: str, read: Read
) -> Converted:
    """The document as a page *name* of trope markup.

    :raises Refusal: if that can't say the same.
    """
    text = clean(text) + ("" if text.endswith("\n") else "\n")
    properties: list[str] = []
    kept: list[str] = []
    placed = (_RST_MARKUP if kind == "rst" else _MARKDOWN_MARKUP).sub(
        lambda match: _taken(match, kind, properties, kept), text
    )
    writer = TropeWriter(settings)
    blocks: list[str] = []
    title = ""
    for level, node in _flat(read(kind, placed), 0):
        if isinstance(node, nodes.title) and level == 1 and not title:
            title = node.astext()
            continue
        place = re.fullmatch(_PLACE.format(r"(\d+)"), node.astext().strip())
        blocks.append(kept[int(place[1])] if place else _block(writer, node, level))
    given = any(line.startswith("(:title ") for line in properties)
    if title and title != name.title and not given:
        properties.insert(0, f"(:title {title}:)")
    head = ["\n".join(properties)] if properties else []
    found = "\n\n".join([*head, *blocks]) + "\n"
    section = page_section(found, name, settings, lambda line, sentence: None)
    here = read(kind, text)
    if _without_title(told(section)) != _without_title(told(here)):
        raise Refusal(f"{name} can't be said in trope markup: it would not say the same")
    if any(page.get("is_document") for page in here.findall(trope_page)):
        lost = _lost(_facts(here, settings), _facts_of_page(found, name, settings))
        if lost:
            raise Refusal(f"{name} would lose what the wiki knows of it in trope markup: {lost}")
    return Converted(found, 0)


def _taken(match: re.Match[str], kind: str, properties: list[str], kept: list[str]) -> str:
    """What stands in the place of a directive whose body is trope markup already."""
    lines = textwrap.dedent(match["body"]).split("\n")
    if match["name"] == "trope":
        while lines and (option := _OPTION.fullmatch(lines[0])):
            lines.pop(0)
            if option["name"] in _PROPERTIES:
                properties.append(f"(:{_PROPERTIES[option['name']]} {option['value']}:)")
    body = "\n".join(lines).strip("\n")
    if not body:
        return "\n"
    kept.append(body)
    return f"\n{_PLACE.format(len(kept) - 1)}\n\n"


def _flat(node: nodes.Element, level: int) -> Iterator[tuple[int, nodes.Element]]:
    """Titles and blocks, with the depth of the section that they stand in."""
    for child in node.children:
        if isinstance(child, nodes.section):
            yield from _flat(child, level + 1)
        elif isinstance(child, nodes.Element) and child.tagname not in (*_OWN, "target"):
            yield level, child


def _block(writer: TropeWriter, node: nodes.Element, level: int) -> str:
    try:
        if isinstance(node, nodes.title):
            return writer.heading(node.astext(), level - 1)
        return writer.block(node)
    except NoEquivalent as what:
        line = f"line {node.line}: " if node.line else ""
        raise Refusal(f"{line}{what} has no equivalent in trope markup") from None


def _without_title(said: list[Any]) -> list[Any]:
    """*said* without the title of the document, which its name may say."""
    for at, item in enumerate(said):
        if item == ("/title",):
            return said[at:]
    return said
