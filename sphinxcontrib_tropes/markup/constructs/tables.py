"""Tables: ``||a||b||``; ``||~ head ~||`` and ``||! head||`` are header cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ..declaration import Block

if TYPE_CHECKING:
    from ..blocks import BlockReader

_ATTRIBUTE = re.compile(r"(?P<name>\w+)=(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\"|]+))")
_HEADER = re.compile(r"(?:!\s*|~\s*)(?P<text>.*?)(?:\s*!|\s*~)?\Z", re.DOTALL)
_MOST_EMPTY = 20
_MOST_COLUMNS = 1000  # when writing a table, docutils searches all columns for each
_ALIGNMENTS = frozenset(["left", "center", "right"])


class _Cell(NamedTuple):
    text: str
    is_header: bool
    more_columns: int
    line: int


def _row(line: str, reader: BlockReader) -> list[_Cell]:
    cells: list[_Cell] = []
    body = line[2:].removesuffix("||")
    texts = body.split("||", _MOST_COLUMNS - 1)
    if "||" in texts[-1]:
        reader.warn(
            f"a row of more than {_MOST_COLUMNS} columns; what is beyond them is text in the last"
        )
    for text in texts:
        if not text and cells:
            # ||a||||b||: the cell before an empty one spans it
            cells[-1] = cells[-1]._replace(more_columns=cells[-1].more_columns + 1)
            continue
        stripped = text.strip()
        header = _HEADER.match(stripped) if stripped[:1] in ("~", "!") else None
        shown = header["text"] if header else stripped
        cells.append(_Cell(shown, header is not None, 0, reader.line))
    return cells


def _table(match: re.Match[str], reader: BlockReader) -> None:
    attributes: dict[str, str] = {}
    rows: list[list[_Cell]] = []
    line: str | None = match[0]
    while line is not None:
        found = {
            m["name"].lower(): m["quoted"] or m["bare"] or "" for m in _ATTRIBUTE.finditer(line)
        }
        # ||border=1 belongs to the table; ||x=1||y is a row, though not closed
        if not rows and not attributes and found and "||" not in line[2:]:
            attributes = found
        else:
            rows.append(_row(line, reader))
        following = reader.peek()
        line = reader.next_line() if following is not None and following[:2] == "||" else None
    if rows:
        reader.add(_build(rows, attributes, reader))


def _build(rows: list[list[_Cell]], attributes: dict[str, str], reader: BlockReader) -> nodes.table:
    width = max(sum(1 + cell.more_columns for cell in row) for row in rows)
    table = nodes.table(classes=["trope-table"])
    table.line = rows[0][0].line
    if attributes.get("align") in _ALIGNMENTS:
        table["align"] = attributes["align"]
    if caption := attributes.get("caption"):
        table += nodes.title(caption, "", *reader.inline(caption))
    group = nodes.tgroup(cols=width)
    group += [nodes.colspec(colwidth=100 // width or 1) for _ in range(width)]
    headers = 0
    while headers < len(rows) and all(cell.is_header for cell in rows[headers]):
        headers += 1
    if headers == len(rows):
        headers = 0  # a table must have a body
    if headers:
        group += nodes.thead("", *(_build_row(row, width, reader) for row in rows[:headers]))
    group += nodes.tbody("", *(_build_row(row, width, reader) for row in rows[headers:]))
    table += group
    return table


def _build_row(cells: list[_Cell], width: int, reader: BlockReader) -> nodes.row:
    row = nodes.row()
    for cell in cells:
        entry = nodes.entry()
        if cell.more_columns:
            entry["morecols"] = cell.more_columns
        if cell.is_header:
            entry["classes"].append("trope-head")
        if cell.text:
            entry += reader.text_block(nodes.paragraph, cell.text, cell.line)
        row += entry
    missing = width - sum(1 + cell.more_columns for cell in cells)
    if missing > _MOST_EMPTY:
        row += nodes.entry(morecols=missing - 1)  # otherwise one wide row would widen all others
    else:
        row += [nodes.entry() for _ in range(missing)]
    return row


CONSTRUCTS = [
    Block("table", r"\|\|.+", _table, "||~ Work ~||~ Year ~||\n||Dracula||1897||"),
]
