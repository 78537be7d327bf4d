"""Reads the tables of TiddlyWiki."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from ...tree import Cell, Paragraph, Picture, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ...tree import Block, Inline

    Read = Callable[[str], tuple[Inline, ...]]

__all__ = ["ROW", "table"]

ROW: Final = re.compile(r"\|(?P<cells>[^\n]*)\|(?P<kind>[fhck]?)[ \t]*(?:\n|\Z)")
_PART: Final = re.compile(
    r"\[\[[^\]\n]{0,2000}\]\]|\[(?:img|ext)[^\[\]\n]{0,200}\[[^\]\n]{0,2000}\]\]|\{\{[^}\n]{0,2000}\}\}"
    r"|<<[^>\n]{0,2000}>>|`[^`\n]{0,2000}`|\|"
)


@dataclass(slots=True)
class _Open:
    """A cell to which columns and rows may still be added."""

    blocks: tuple[Block, ...] = ()
    is_header: bool = False
    align: Literal["", "left", "center", "right"] = ""
    columns: int = 1
    rows: int = 1
    seen_in: int = 0
    """The last row that it reaches into."""


def table(rows: Iterable[re.Match[str]], read: Read) -> Table:
    """The table of *rows*, found by :data:`ROW`."""
    caption: tuple[Inline, ...] = ()
    found: list[list[_Open]] = []
    above: dict[int, _Open] = {}
    for row in rows:
        if row["kind"] == "c":
            caption = read(row["cells"].strip())
        elif row["kind"] != "k":
            found.append(_row(row, len(found), above, read))
    cells = (tuple(map(_closed, row)) for row in found if row)
    return Table(tuple(cells), caption)


def _row(row: re.Match[str], number: int, above: dict[int, _Open], read: Read) -> list[_Open]:
    cells: list[_Open] = []
    pending = 0  # columns that the next cell spans besides its own
    for column, text in enumerate(_split(row["cells"])):
        mark = text.strip()
        if mark == "~" and column in above:
            if above[column].seen_in != number:
                above[column].rows += 1
                above[column].seen_in = number
            pending = 0
        elif mark == ">":
            pending += 1
        elif mark == "<" and cells:
            cells[-1].columns += 1
            above[column] = cells[-1]
        else:
            cell = _cell(text, read, is_header=row["kind"] == "h")
            cell.seen_in = number
            cell.columns += pending
            for spanned in range(column - pending, column + 1):
                above[spanned] = cell
            pending = 0
            cells.append(cell)
    if pending and cells:
        cells[-1].columns += pending
    return cells


def _cell(text: str, read: Read, *, is_header: bool) -> _Open:
    if re.match(r"\^(?!\^)|,(?!,)", text):  # at the top or bottom of the row
        text = text[1:]
    starts, ends = text.startswith(" "), text.endswith(" ")
    text = text.strip()
    if text.startswith("!"):
        text, is_header = text[1:].lstrip(), True
    children = read(text)
    only = children[0] if len(children) == 1 else None
    block: Block | None = (
        only if isinstance(only, Picture) else Paragraph(children) if children else None
    )
    align: Literal["", "center", "right"] = "" if not starts else "center" if ends else "right"
    return _Open((block,) if block else (), is_header, align)


def _closed(cell: _Open) -> Cell:
    return Cell(cell.blocks, cell.is_header, cell.columns, cell.rows, cell.align)


def _split(cells: str) -> Iterator[str]:
    """The texts between the bars of a row; bars in links and code part no cells."""
    start = 0
    for part in _PART.finditer(cells):
        if part[0] == "|":
            yield cells[start : part.start()]
            start = part.end()
    yield cells[start:]
