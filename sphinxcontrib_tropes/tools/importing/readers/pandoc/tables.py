"""Makes tables of a tree from Pandoc's, of all its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from ...tree import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ...tree import Block, Inline
    from .nodes import Node

    Align = Literal["", "left", "center", "right"]
    Read = Callable[[Any], tuple[Block, ...]]

__all__ = ["table"]

_ALIGNS: Final[dict[str, Align]] = {
    "AlignLeft": "left",
    "AlignRight": "right",
    "AlignCenter": "center",
}
_MOST: Final = 1000
"""Columns or rows that a cell may span."""


def table(content: Node, read: Read, words: Callable[[Any], tuple[Inline, ...]]) -> Table:
    """The table in *content*.

    :param read: gives the blocks of a cell.
    :param words: gives the blocks of a caption, as a line.
    """
    if len(content) == 5:  # before 2.10
        caption, aligns, _, header, rows = content
        found = [(True, [(cell, 1, 1, "") for cell in header])] if any(header) else []
        found += [(False, [(cell, 1, 1, "") for cell in row]) for row in rows]
        line = words([{"t": "Plain", "c": caption}])
        return Table(tuple(_rows(found, [_align(align) for align in aligns], read)), line)
    _, caption, columns, head, bodies, foot = content
    rows_in_order = [(True, row) for row in head[1]]
    for _, _, heads, rows in bodies:
        rows_in_order += [(True, row) for row in heads] + [(False, row) for row in rows]
    rows_in_order += [(False, row) for row in foot[1]]
    found = [(is_head, [_cell(cell) for cell in row[1]]) for is_head, row in rows_in_order]
    found = [
        row for row in found if row[1] and not (row[0] and not any(cell[0] for cell in row[1]))
    ]
    aligns = [_align(column[0]) for column in columns]
    return Table(tuple(_rows(found, aligns, read)), words(caption[1]))


def _align(node: Node) -> Align:
    return _ALIGNS.get(node["t"], "")


def _cell(cell: Node) -> tuple[Node, int, int, Align]:
    """Blocks, rows, columns and side of *cell*."""
    _, align, rows, columns, blocks = cell
    return blocks, min(max(int(rows), 1), _MOST), min(max(int(columns), 1), _MOST), _align(align)


def _rows(
    rows: Iterable[tuple[bool, Sequence[tuple[Node, int, int, Any]]]],
    aligns: Sequence[Align],
    read: Read,
) -> Iterator[tuple[Cell, ...]]:
    reaching: dict[int, int] = {}  # column -> rows for which a cell above still reaches into it
    for is_head, row in rows:
        cells: list[Cell] = []
        column = 0
        for blocks, spans_rows, spans_columns, align in row:
            while reaching.get(column, 0) > 0:
                reaching[column] -= 1
                column += 1
            side = align or (aligns[column] if column < len(aligns) else "")
            cells.append(Cell(read(blocks), is_head, spans_columns, spans_rows, side))
            for spanned in range(column, column + spans_columns):
                reaching[spanned] = spans_rows - 1
            column += spans_columns
        for later in [at for at in reaching if at >= column and reaching[at] > 0]:
            reaching[later] -= 1
        yield tuple(cells)
