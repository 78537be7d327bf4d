"""Makes the blocks of a tree from Pandoc's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ...tree import (
    Break,
    Callout,
    CodeBlock,
    DefinitionList,
    Heading,
    List,
    Markup,
    MathBlock,
    Paragraph,
    Picture,
    Quotation,
    Rule,
    Text,
)
from ..inline_stack import trimmed
from .inlines import Inlines, picture
from .nodes import DEEPEST, attributes, survey, text_of
from .tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...remarks import Remarks
    from ...tree import Block, Inline
    from .inlines import Spelled
    from .nodes import Node

__all__ = ["Blocks"]

_CALLOUTS: Final = frozenset(
    (
        "note",
        "tip",
        "hint",
        "info",
        "important",
        "warning",
        "caution",
        "danger",
        "error",
        "attention",
    )
)
_ID: Final = re.compile(r"[\w\-]+\Z")
_TAGS: Final = re.compile(r"<[^<>]*>")
_FIGURE: Final = "fig:"
"""With this before a 3.0, Pandoc's title of a picture says that its words are a caption."""


class Blocks:
    """Reads one page."""

    def __init__(
        self, document: Node, remarks: Remarks, spelled: Spelled, suffixes: Iterable[str] = ()
    ) -> None:
        self._document = document
        self._remarks = remarks
        self._known = survey(document)
        self._inlines = Inlines(remarks, self._known, spelled, suffixes, self._read)

    def title(self) -> str:
        """The title in the page's properties."""
        return " ".join(text_of(self._document.get("meta", {}).get("title", [])).split())

    def read(self) -> tuple[Block, ...]:
        """The blocks of the page."""
        return self._read(self._document["blocks"], 0)

    def _read(self, nodes: Iterable[Node], depth: int) -> tuple[Block, ...]:
        if depth > DEEPEST:
            self._remarks.changed("what is nested too deeply: its words stay")
            words = text_of(list(nodes), with_notes=True)
            return (Paragraph((Text(words),)),) if words else ()
        found: list[Block] = []
        for node in nodes:
            found.extend(self._block(node["t"], node.get("c"), depth))
        return tuple(found)

    def _block(self, kind: str, content: Node, depth: int) -> Sequence[Block]:
        if kind in ("Para", "Plain"):
            return self._paragraph(content, depth)
        if kind == "Header":
            return self._heading(content, depth)
        if kind == "Div":
            return self._div(content, depth)
        if kind == "CodeBlock":
            language = next(iter(attributes(content[0]).classes), "")
            return [CodeBlock(str(content[1]).rstrip("\n"), language)]
        if kind == "RawBlock":
            return self._raw(str(content[0]), str(content[1]))
        if kind == "HorizontalRule":
            return [Rule()]
        if kind == "Null":
            return []
        return self._of_blocks(kind, content, depth)

    def _of_blocks(self, kind: str, content: Node, depth: int) -> Sequence[Block]:
        if kind in ("BulletList", "OrderedList"):
            items = content if kind == "BulletList" else content[1]
            blocks = tuple(self._read(item, depth + 1) for item in items)
            return [List(blocks, is_ordered=kind == "OrderedList")]
        if kind == "DefinitionList":
            return [DefinitionList(tuple(self._definition(item, depth) for item in content))]
        if kind == "BlockQuote":
            return [Quotation(self._read(content, depth + 1))]
        if kind == "LineBlock":
            return self._lines(content, depth)
        if kind == "Figure":
            return self._figure(content, depth)
        if kind == "Table":
            return [
                table(
                    content,
                    lambda cell: self._read(cell, depth + 1),
                    lambda caption: self._line(caption, depth),
                )
            ]
        self._remarks.not_read(f"Pandoc's {kind}: its words stay", text_of(content))
        return [Paragraph((Text(text_of(content)),))]

    def _paragraph(self, nodes: Sequence[Node], depth: int) -> list[Block]:
        if len(nodes) == 1 and nodes[0]["t"] == "Image":
            return [self._shown(nodes[0]["c"], depth)]
        found: list[Block] = []
        run: list[Inline] = []
        for part in [*self._inlines.with_blocks(nodes, depth), None]:
            if part is not None and not isinstance(part, MathBlock):
                run.append(part)
                continue
            children = trimmed(run)
            run = []
            if len(children) == 1 and isinstance(children[0], Picture):
                found.append(children[0])
            elif children:
                found.append(Paragraph(children))
            found += [part] if part else []
        return found

    def _shown(self, content: Node, depth: int) -> Picture:
        """A picture of its own, whose words are a caption if its title says so."""
        found = picture(content)
        if not str(content[-1][1]).startswith(_FIGURE):
            return found
        caption = self._inlines.read(content[-2], depth)
        return Picture(found.target, "", found.width, caption=caption)

    def _heading(self, content: Node, depth: int) -> list[Block]:
        level, _, nodes = content
        children = trimmed(self._inlines.read(nodes, depth))
        return [Heading(int(level), children)] if children else []

    def _definition(self, item: Node, depth: int) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
        term, definitions = item
        blocks = [block for blocks in definitions for block in self._read(blocks, depth + 1)]
        return trimmed(self._inlines.read(term, depth)), tuple(blocks)

    def _lines(self, lines: Sequence[Sequence[Node]], depth: int) -> list[Block]:
        children: list[Inline] = []
        for line in lines:
            children += [Break()] if children else []
            children += self._inlines.read(line, depth)
        return [Paragraph(trimmed(children))] if children else []

    def _figure(self, content: Node, depth: int) -> list[Block]:
        _, caption, nodes = content
        blocks = self._read(nodes, depth + 1)
        words = self._line(caption[1], depth)
        if len(blocks) == 1 and isinstance(blocks[0], Picture):
            shown = blocks[0]
            return [Picture(shown.target, shown.alt, shown.width, caption=words)]
        return [*blocks, *([Paragraph(words)] if words else [])]

    def _line(self, nodes: Iterable[Node], depth: int) -> tuple[Inline, ...]:
        """The paragraphs in *nodes* as one line."""
        found: list[Inline] = []
        for node in nodes:
            found += [Text(" ")] if found else []
            if node["t"] in ("Para", "Plain"):
                found += self._inlines.read(node["c"], depth)
            else:
                found.append(Text(text_of(node)))
        return trimmed(found)

    def _div(self, content: Node, depth: int) -> Sequence[Block]:
        about = attributes(content[0])
        kinds = [name.lower() for name in about.classes if name.lower() in _CALLOUTS]
        anchor = []
        if about.id in self._known.targets and _ID.match(about.id):
            anchor = [Markup(f"[[#{about.id}]]")]
        if not kinds:
            return [*anchor, *self._read(content[1], depth + 1)]
        title, nodes = self._title(content[1], kinds[0], depth)
        return [*anchor, Callout(kinds[0], title, self._read(nodes, depth + 1))]

    def _title(
        self, nodes: list[Node], kind: str, depth: int
    ) -> tuple[tuple[Inline, ...], list[Node]]:
        """The title of a box, empty if it is the word for its kind, and what follows it."""
        first = nodes[0] if nodes else {"t": ""}
        if first["t"] != "Div" or "title" not in attributes(first["c"][0]).classes:
            return (), nodes
        title = self._line(first["c"][1], depth)
        return () if text_of(first["c"][1]).lower() == kind else title, nodes[1:]

    def _raw(self, form: str, text: str) -> list[Block]:
        if form in ("tex", "latex") and text.strip().startswith("\\begin{"):
            return [MathBlock(text.strip())]
        if form == "html" and not _TAGS.sub("", text).strip():
            self._remarks.changed("tags of HTML: left out", text)
        elif text.strip() and not text.startswith("#+"):
            self._remarks.left_out(f"markup of {form}: left out", text)
        return []
