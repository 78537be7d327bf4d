"""Reads the tables of DokuWiki."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ...tree import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ...tree import Block

__all__ = ["table"]

_PART = re.compile(r"\[\[|\]\]|\{\{|\}\}|''|\*\*|__|(?<!:)//|</?(?:del|sub|sup)>|[|^]")
_CLOSING = {
    "[[": "]]",
    "{{": "}}",
    **{mark: mark for mark in ("''", "**", "__", "//")},
    **{f"<{name}>": f"</{name}>" for name in ("del", "sub", "sup")},
}


_AS_ABOVE = ":::"
"""A cell that goes on with the one above; empty if there is none."""


@dataclass(slots=True)
class _Open:
    """A cell to which columns and rows may still be added."""

    blocks: tuple[Block, ...] = ()
    is_header: bool = False
    align: Literal["", "center", "right"] = ""
    columns: int = 1
    rows: int = 1
    seen_in: int = -1
    """The last row that it reaches into."""


def table(lines: Iterable[str], read: Callable[[str], tuple[Block, ...]]) -> Table:
    """The table of *lines*, the text of whose cells is read by *read*."""
    rows: list[list[_Open]] = []
    above: dict[int, _Open] = {}
    for number, line in enumerate(lines):
        row: list[_Open] = []
        for column, (mark, text) in enumerate(_cells(line)):
            if not text and column:
                above[column] = above[column - 1]
                if row and above[column] is row[-1]:
                    row[-1].columns += 1
            elif text.strip() == _AS_ABOVE and column in above:
                if above[column].seen_in != number:
                    above[column].seen_in = number
                    above[column].rows += 1
            else:
                blocks = () if text.strip() == _AS_ABOVE else read(text.strip())
                cell = _Open(blocks, mark == "^", _align(text), seen_in=number)
                above[column] = cell
                row.append(cell)
        rows.append(row)
    return Table(tuple(tuple(map(_closed, row)) for row in rows))


def _closed(cell: _Open) -> Cell:
    return Cell(cell.blocks, cell.is_header, cell.columns, cell.rows, cell.align)


def _align(text: str) -> Literal["", "center", "right"]:
    """Blanks after the text alone are mostly there to make the source a table: they mean nothing."""
    if not text.strip() or not text.startswith("  "):
        return ""
    return "center" if text.endswith("  ") else "right"


def _cells(line: str) -> Iterator[tuple[str, str]]:
    """The cells of a row, each with the mark before it. Marks in links and styles part no cells."""
    line = line.strip()
    last = {closing: line.rfind(closing) for closing in _CLOSING.values()}
    mark, start, closing = line[0], 1, ""
    for part in _PART.finditer(line, 1):
        found = part[0]
        if closing:
            closing = "" if found == closing else closing
        elif found in _CLOSING:
            closing = _CLOSING[found] if last[_CLOSING[found]] > part.start() else ""
        elif found in "|^":
            yield mark, line[start : part.start()]
            mark, start = found, part.end()
    if line[start:].strip():
        yield mark, line[start:]
