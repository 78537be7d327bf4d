"""Tags of wikitext: what they enclose becomes, and what was set aside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...tree import (
    Break,
    Code,
    CodeBlock,
    DefinitionList,
    Heading,
    List,
    Math,
    MathBlock,
    Paragraph,
    Picture,
    Quotation,
    Rule,
    Spoiler,
    Styled,
    Text,
    WebLink,
)
from .frames import BLOCKS
from .links import file
from .names import file_name, parted
from .nodes import Element, Link, Raw, WikiTable, behind_tag, decoded, is_blank, lines_of, word_set
from .pieces import Blocks, in_line, trimmed
from .tables import element_table

if TYPE_CHECKING:
    from ...tree import Block, Inline, Style
    from .nodes import Nodes
    from .pieces import Context, Piece

__all__ = ["element", "flow", "raw"]

_STYLES: dict[str, Style] = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("s", "strike", "del"), "strike"),
    **dict.fromkeys(("u", "ins"), "insert"),
    "sup": "superscript",
    "sub": "subscript",
    "small": "small",
    "big": "big",
}
_CODE = frozenset(["code", "tt", "kbd", "samp"])
_KEPT = word_set(
    "font span abbr acronym bdi bdo mark time data ruby rb rt rp rtc nobr a section a tr "
    "td th caption thead tbody tfoot col colgroup li dt dd noinclude onlyinclude summary"
)
_BLOCK_LINE = re.compile(r"\n[ \t]*(?:\n|[*#:;=]|\Z)|\A\s*\n?[*#;:]|\n *----")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CLEAR_LINES = re.compile(r"\A[ \t]*\n|\n[ \t]*\Z")
_PRE = re.compile(r"</?nowiki\s*/?>", re.IGNORECASE)
_PAGES_OF_TABS = re.compile(r"\|-\|")
_VIDEO = re.compile(r"[\w-]{5,20}")


def flow(nodes: Nodes, context: Context) -> list[Piece]:
    """*nodes* as pieces of a line, or as blocks where that is what they are."""
    if any(
        isinstance(node, WikiTable)
        or (isinstance(node, Element) and node.name in BLOCKS)
        or (isinstance(node, str) and _BLOCK_LINE.search(node.rstrip(" \t")))
        for node in nodes
    ):
        return [Blocks(context.blocks(nodes))]
    return context.pieces(nodes)


def element(node: Element, context: Context) -> list[Piece]:
    """What a tag becomes, with what it encloses."""
    name = node.name
    if _HIDDEN.search(node.attributes.get("style", "")):
        if not is_blank(node.children):
            context.remarks.left_out("hidden text", context.words(node.children))
        return []
    if name == "br":
        return [Break()]
    if name in _STYLES:
        return _styled(_STYLES[name], flow(node.children, context))
    if name in _CODE:
        return _code(node.children, context)
    if name == "ref":
        return context.note(node.attributes, node.children)
    if name in ("references", "wbr", "hr"):
        return [Blocks((Rule(),))] if name == "hr" else []
    if name in ("spoiler", "q"):
        pieces = tuple(_inline(flow(node.children, context)))
        if name == "q":
            return [Text("“"), *pieces, Text("”")]
        return [Spoiler(trimmed(pieces))] if trimmed(pieces) else []
    if name in BLOCKS:
        return [Blocks(_blocks(node, context))]
    if name not in _KEPT:
        context.remarks.changed(f"<{name}>: what it holds is kept, without the tag", name)
    return flow(node.children, context)


def _inline(pieces: list[Piece]) -> list[Inline]:
    found: list[Inline] = []
    for piece in pieces:
        if isinstance(piece, Blocks):
            found.extend(in_line(piece.blocks))
        else:
            found.append(piece)
    return found


def _styled(style: Style, pieces: list[Piece]) -> list[Piece]:
    """*pieces* in a style; blocks among them keep their own."""
    found: list[Piece] = []
    run: list[Inline] = []
    for piece in [*pieces, None]:
        if piece is not None and not isinstance(piece, Blocks):
            run.append(piece)
            continue
        if run:
            has_words = any(not isinstance(part, Text) or part.text.strip() for part in run)
            found.extend([Styled(style, tuple(run))] if has_words else run)
            run = []
        if piece is not None:
            found.append(piece)
    return found


def _code(nodes: Nodes, context: Context) -> list[Piece]:
    if any(isinstance(node, Element) and node.name in BLOCKS for node in nodes):
        return flow(nodes, context)
    words = context.words(nodes)
    if "\n" in words.strip():
        return [Blocks((CodeBlock(_CLEAR_LINES.sub("", words)),))]
    return [Code(words.strip())] if words.strip() else []


def _blocks(node: Element, context: Context) -> tuple[Block, ...]:
    name = node.name
    if name == "table":
        return element_table(node, context)
    if name in ("ul", "ol"):
        items = tuple(item for item in _items(node, context) if item)
        return (List(items, is_ordered=name == "ol"),) if items else ()
    if name == "dl":
        return _definitions(node, context)
    if name == "blockquote":
        blocks = context.blocks(behind_tag(node.children))
        return (Quotation(blocks),) if blocks else ()
    if name == "poem":
        return _poem(node.children, context)
    if len(name) == 2 and name[1] in "123456":
        words = context.inlines(node.children)
        return (Heading(int(name[1]), words),) if words else ()
    return context.blocks(behind_tag(node.children))


def _items(node: Element, context: Context) -> list[tuple[Block, ...]]:
    items: list[tuple[Block, ...]] = []
    loose: Nodes = []
    for child in [*node.children, None]:
        if child is not None and not (isinstance(child, Element) and child.name == "li"):
            loose.append(child)
            continue
        if not is_blank(loose):
            if items:
                items[-1] += context.blocks(loose)
            else:
                items.append(context.blocks(loose))
        loose = []
        if child is not None:
            items.append(context.blocks(behind_tag(child.children)))
    return items


def _definitions(node: Element, context: Context) -> tuple[Block, ...]:
    found: list[tuple[tuple[Inline, ...], tuple[Block, ...]]] = []
    for child in node.children:
        if isinstance(child, Element) and child.name == "dt":
            found.append((context.inlines(child.children), ()))
        elif not (isinstance(child, str) and not child.strip()):
            nodes: Nodes = child.children if isinstance(child, Element) else [child]
            term, blocks = found.pop() if found else ((), ())
            found.append((term, blocks + context.blocks(nodes)))
    return (DefinitionList(tuple(found)),) if found else ()


def _poem(nodes: Nodes, context: Context) -> tuple[Block, ...]:
    blocks: list[Block] = []
    verse: list[Inline] = []
    for line in [*lines_of(nodes), []]:
        words = context.inlines(_without_indent(line))
        if words:
            verse += [Break(), *words] if verse else words
        elif verse:
            blocks.append(Paragraph(tuple(verse)))
            verse = []
    return (Quotation(tuple(blocks)),) if blocks else ()


def _without_indent(line: Nodes) -> Nodes:
    """A verse without the colons that indent it."""
    first = line[0] if line and isinstance(line[0], str) else ""
    return [first.lstrip(":"), *line[1:]] if first.startswith(":") else line


def raw(node: Raw, context: Context, *, is_alone: bool) -> list[Piece]:
    """What becomes of a tag whose content is no wikitext."""
    name, content = node.name, node.content
    if name in ("nowiki", "verbatim"):
        return [Text(decoded(content))] if content else []
    if name == "pre":
        text = _CLEAR_LINES.sub("", decoded(_PRE.sub("", content)))
        return [Blocks((CodeBlock(text),))] if text.strip() else []
    if name in ("syntaxhighlight", "source"):
        text = _CLEAR_LINES.sub("", content)
        if not text.strip():
            return []
        if "inline" in node.attributes or node.attributes.get("enclose") == "none":
            return [Code(text.strip())]
        return [Blocks((CodeBlock(text, node.attributes.get("lang", "").lower()),))]
    if name in ("math", "chem", "ce"):
        tex = " ".join(content.split())
        tex = tex if name == "math" else rf"\ce{{{tex}}}"
        is_block = is_alone or node.attributes.get("display") == "block"
        if not content.strip():
            return []
        return [Blocks((MathBlock(tex),))] if is_block else [Math(tex)]
    if name in ("gallery", "slideshow"):
        return [Blocks(tuple(_gallery(node, context)))]
    if name == "imagemap":
        context.remarks.changed("<imagemap>: the picture, without its links", content)
        return [Blocks(tuple(_gallery(Raw(name, {}, content.strip().partition("\n")[0]), context)))]
    if name == "tabber":
        return [Blocks(tuple(_tabs(content, context)))]
    if name == "youtube" and _VIDEO.fullmatch(content.strip().partition("|")[0]):
        video = content.strip().partition("|")[0]
        return [WebLink(f"https://www.youtube.com/watch?v={video}")]
    if name not in ("templatestyles", "style", "script", "languages", "templatedata"):
        context.remarks.left_out(f"<{name}>: left out", content)
    return []


def _gallery(node: Raw, context: Context) -> list[Block]:
    found: list[Block] = []
    if caption := context.inlines(context.parsed(node.attributes.get("caption", ""))):
        found.append(Paragraph((Styled("strong", caption),)))
    for line in node.content.split("\n"):
        target, _, rest = line.strip().partition("|")
        if not target.strip():
            continue
        if parted(target)[1] == 0:
            target = f"File:{target.strip()}"
        # the last part is the caption, unless it is an option; a link may have bars
        parsed = context.parsed(f"[[File:x|thumb|{rest}]]") if rest.strip() else []
        parts = parsed[0].parts if parsed and isinstance(parsed[0], Link) else ()
        made = file(target, parts, context, line) if parts else [Picture(file_name(target))]
        for piece in made:
            blocks = piece.blocks if isinstance(piece, Blocks) else None
            if blocks and isinstance(blocks[0], Picture):
                picture = blocks[0]
                found.append(Picture(picture.target, picture.alt, 0, "", picture.caption))
            elif isinstance(piece, Picture):
                found.append(piece)
            elif not isinstance(piece, Blocks):
                found.append(Paragraph((piece,)))
    return found


def _tabs(content: str, context: Context) -> list[Block]:
    found: list[Block] = []
    for tab in _PAGES_OF_TABS.split(content):
        title, parted, body = tab.partition("=")
        words = context.inlines(context.parsed(title.strip())) if parted else ()
        if words:
            found.append(Paragraph((Styled("strong", words),)))
        found.extend(context.blocks(context.parsed(body if parted else tab)))
    return found
