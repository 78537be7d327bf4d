"""Builds the blocks of a page from containers that open and close."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ...tree import (
    Callout,
    Cell,
    DefinitionList,
    List,
    Markup,
    Paragraph,
    Picture,
    Quotation,
    Table,
    Text,
)

if TYPE_CHECKING:
    from ...tree import Block, Inline

__all__ = ["Frame", "Frames", "Kind", "anchor"]

Kind = Literal[
    "page",
    "quotation",
    "callout",
    "details",
    "list",
    "item",
    "table",
    "row",
    "cell",
    "definitions",
    "definition",
]
Align = Literal["", "left", "center", "right"]
_ALIGNS: dict[str, Align] = {"left": "left", "center": "center", "right": "right"}


def anchor(block_id: str) -> Markup:
    """The place that links to the block *block_id* lead to."""
    return Markup(f"[[#{block_id}]]")


@dataclass
class Frame:
    """A container that is open."""

    kind: Kind
    is_html: bool = False
    """Whether a tag of HTML opened it: it ends with what is around it at the latest."""
    word: str = ""
    """The kind of a callout, the box of a task, the alignment of a cell."""
    is_marked: bool = False
    """A numbered list, a folded callout, a cell of a header."""
    spans: tuple[int, int] = (1, 1)
    """How many columns and rows a cell has."""
    title: tuple[Inline, ...] = ()
    """Of a callout; the caption of a table."""
    blocks: list[Block] = field(default_factory=list)
    items: list[tuple[Block, ...]] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    terms: list[tuple[tuple[Inline, ...], list[Block]]] = field(default_factory=list)


class Frames:
    """The containers that are open, each inside the one before."""

    def __init__(self) -> None:
        self.opened = [Frame("page")]

    @property
    def top(self) -> Frame:
        """The innermost container."""
        return self.opened[-1]

    def open(self, frame: Frame) -> None:
        """Opens a container."""
        self.opened.append(frame)

    def close(self, *kinds: Kind, is_html: bool = False) -> None:
        """Closes the innermost container of one of the *kinds*, and all inside it.

        A tag of HTML closes none that Markdown opened, nor anything around such a one.
        """
        for frame in reversed(self.opened[1:]):
            if frame.kind in kinds and frame.is_html == is_html:
                while self._close_one() is not frame:
                    pass
                return
            if is_html and not frame.is_html:
                return

    def nearest(self, *kinds: Kind) -> Frame | None:
        """The innermost container of HTML of one of the *kinds* that a tag may close."""
        for frame in reversed(self.opened):
            if frame.kind in kinds:
                return frame
            if not frame.is_html:
                return None
        return None

    def add(self, block: Block) -> None:
        """Adds a block to the innermost container."""
        self.top.blocks.append(block)

    def add_text(self, pieces: tuple[Inline, ...], block_id: str = "") -> None:
        """Adds a paragraph, or a picture that stands alone, with the place of *block_id*."""
        mark = (anchor(block_id),) if block_id else ()
        blocks = self.top.blocks
        if mark and not pieces and blocks:  # it names the block before it
            blocks.insert(len(blocks) - 1, Paragraph(mark))
            return
        if self.top.kind == "item" and self.top.word and not blocks:
            pieces = (Text(f"{self.top.word} "), *pieces)
        if len(pieces) == 1 and isinstance(pieces[0], Picture) and not mark:
            blocks.append(pieces[0])
        elif mark or pieces:
            blocks.append(Paragraph((*mark, *pieces)))

    def finished(self) -> tuple[Block, ...]:
        """All blocks; what is still open ends here."""
        while len(self.opened) > 1:
            self._close_one()
        return tuple(self.opened[0].blocks)

    def _close_one(self) -> Frame:
        frame = self.opened.pop()
        blocks = tuple(frame.blocks)
        above = self.top
        match frame.kind:
            case "quotation":
                above.blocks.append(Quotation(blocks))
            case "callout" | "details":
                above.blocks.append(Callout(frame.word, frame.title, blocks, frame.is_marked))
            case "item":
                if not blocks and frame.word:
                    blocks = (Paragraph((Text(frame.word),)),)
                above.items.append(blocks)
            case "list":
                items = (*frame.items, *([blocks] if blocks else []))
                if items:
                    above.blocks.append(List(items, frame.is_marked))
            case "cell":
                self._add_cell(frame, above, blocks)
            case "row":
                if cells := (*frame.cells, *([Cell(blocks)] if blocks else [])):
                    above.rows.append(cells)
            case "table":
                above.blocks.extend(blocks)
                if frame.rows:
                    above.blocks.append(Table(tuple(frame.rows), frame.title))
            case "definition":
                if not above.terms:
                    above.terms.append(((), []))
                above.terms[-1][1].extend(blocks)
            case "definitions":
                above.blocks.extend(blocks)
                items_ = tuple((term, tuple(found)) for term, found in frame.terms)
                if items_:
                    above.blocks.append(DefinitionList(items_))
        return frame

    def _add_cell(self, frame: Frame, above: Frame, blocks: tuple[Block, ...]) -> None:
        above.cells.append(Cell(blocks, frame.is_marked, *frame.spans, _ALIGNS.get(frame.word, "")))
