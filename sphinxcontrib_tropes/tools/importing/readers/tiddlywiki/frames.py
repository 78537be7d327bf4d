"""What is open around the blocks of a tiddler: quotations, and tags of HTML that have a meaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ...tree import Callout, Cell, Heading, List, Paragraph, Quotation, Table, Text

if TYPE_CHECKING:
    from ...tree import Block, Inline

__all__ = ["DEEPEST", "KNOWN", "Frame", "Frames"]

DEEPEST: Final = 30
KNOWN: Final = frozenset(
    [
        "blockquote",
        "details",
        "summary",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ]
)
"""Tags that become blocks of their own kind; of others, the content stays."""


@dataclass(slots=True)
class Frame:
    """What is open."""

    name: str
    """The tag, or the mark."""
    blocks: list[Block] = field(default_factory=list)
    items: list[tuple[Block, ...]] = field(default_factory=list)
    """Of a list."""
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    """Of a table."""
    cells: list[Cell] = field(default_factory=list)
    """Of a row."""
    words: tuple[Inline, ...] = ()
    """Title or attribution."""
    columns: int = 1
    lines: int = 1


class Frames:
    """The frames that are open, the page itself first."""

    def __init__(self) -> None:
        self._open = [Frame("")]

    def add(self, *blocks: Block) -> None:
        """Adds *blocks* to the innermost frame."""
        self._open[-1].blocks.extend(blocks)

    def has(self, name: str) -> bool:
        """Whether a frame with that *name* is open."""
        return any(frame.name == name for frame in self._open)

    def open(self, frame: Frame) -> bool:
        """Opens *frame*, unless there are too many."""
        if len(self._open) > DEEPEST:
            return False
        self._open.append(frame)
        return True

    def close(self, name: str, words: tuple[Inline, ...] = ()) -> bool:
        """Closes the innermost frame with that *name*, and those in it; whether there is one."""
        if not self.has(name):
            return False
        while self._open[-1].name != name:
            self._close()
        self._open[-1].words = words or self._open[-1].words
        self._close()
        return True

    def finished(self) -> tuple[Block, ...]:
        """All blocks."""
        while len(self._open) > 1:
            self._close()
        return tuple(self._open[0].blocks)

    def _close(self) -> None:
        frame = self._open.pop()
        outer = self._open[-1]
        blocks = tuple(frame.blocks)
        if frame.name == "li" and outer.name in ("ul", "ol"):
            outer.items.append(blocks)
        elif frame.name in ("td", "th") and outer.name == "tr":
            is_header = frame.name == "th"
            outer.cells.append(Cell(blocks, is_header, frame.columns, frame.lines))
        elif frame.name == "tr" and outer.name == "table":
            outer.rows.append(tuple(frame.cells))
            outer.blocks.extend(blocks)
        elif frame.name == "summary" and outer.name == "details":
            outer.words = _line(blocks)
            outer.blocks.extend(_others(blocks))
        else:
            outer.blocks.extend(_whole(frame, blocks))


def _whole(frame: Frame, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What a frame is that needs no other around it; text between rows or items stands before it."""
    if frame.name in ("ul", "ol") and frame.items:
        return (*blocks, List(tuple(frame.items), frame.name == "ol"))
    if frame.name == "table":
        return (*blocks, Table(tuple(frame.rows))) if frame.rows else blocks
    if frame.name == "tr":
        return (*blocks, Table((tuple(frame.cells),))) if frame.cells else blocks
    if frame.name == "details":
        return (Callout("", frame.words or (Text("Details"),), blocks, is_folded=True),)
    if frame.name == "blockquote" or frame.name.startswith("<<<"):
        return (Quotation(blocks, frame.words),)
    if frame.name[:1] == "h" and frame.name[1:].isdigit() and (words := _line(blocks)):
        return (Heading(int(frame.name[1:]), words), *_others(blocks))
    return blocks


def _line(blocks: tuple[Block, ...]) -> tuple[Inline, ...]:
    """The words of paragraphs, in one line."""
    found: list[Inline] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            found += [Text(" "), *block.children] if found else block.children
    return tuple(found)


def _others(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks that :func:`_line` leaves out."""
    return tuple(block for block in blocks if not isinstance(block, Paragraph | Heading))
