"""Cells that span rows and columns -> a table in which every place is filled.

Writers need each row to have the same width, so that a cell that spans rows ends within its table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Cell", "fill_table", "unnest_tables", "without_spans"]

_MOST_COLUMNS = 1000  # when writing a table, docutils searches all columns for each
_MOST_EMPTY = 20
_MOST_SPANNED, _MOST_SPANNED_BY_EACH = 1000, 20
"""Maximum places that cells span besides their own: in a table, and for each cell in it."""


class Cell(NamedTuple):
    """A cell, as written."""

    entry: nodes.entry
    starts_row: bool
    is_header: bool
    columns: int
    rows: int


class _Span(NamedTuple):
    """The columns in which a cell of a row above goes on."""

    start: int
    end: int
    rows: int
    """How many rows more, with this one."""


class _Row(NamedTuple):
    """A row with its cells, before its gaps are filled."""

    row: nodes.row
    end: int
    """The column after the last cell."""
    spans: Sequence[_Span]
    """Those behind the last cell."""


def fill_table(table: nodes.table, cells: Sequence[Cell]) -> bool:
    """Adds *cells* to *table*, which is empty, in rows of one width.

    :returns: whether something is cut, because the table is too wide, or cells span too much.
    """
    rows, was_cut = _rows(cells)
    headers = 0
    while headers < len(rows) and all(cell.is_header for cell in rows[headers]):
        headers += 1
    if headers == len(rows):
        headers = 0  # a table must have a body
    head, body = _placed(rows[:headers]), _placed(rows[headers:])
    width = max(max([row.end, *(span.end for span in row.spans)]) for row in [*head, *body])
    group = nodes.tgroup(cols=width)
    group += [nodes.colspec(colwidth=100 // width or 1) for _ in range(width)]
    if head:
        group += nodes.thead("", *(_filled(row, width) for row in head))
    group += nodes.tbody("", *(_filled(row, width) for row in body))
    table += group
    return was_cut


def _rows(cells: Sequence[Cell]) -> tuple[list[list[Cell]], bool]:
    rows: list[list[Cell]] = []
    width = 0
    was_cut = False
    left = _MOST_SPANNED + _MOST_SPANNED_BY_EACH * len(cells)
    for cell in cells:
        columns, spanned = min(cell.columns, _MOST_COLUMNS), cell.rows
        if columns * spanned - 1 > left:
            columns = spanned = 1
        left -= columns * spanned - 1
        was_cut |= (columns, spanned) != (cell.columns, cell.rows)
        is_full = bool(rows) and width + columns > _MOST_COLUMNS
        was_cut |= is_full and not cell.starts_row
        if not rows or cell.starts_row or is_full:
            rows.append([])
            width = 0
        width += columns
        rows[-1].append(cell._replace(columns=columns, rows=spanned))
    return rows, was_cut


def _placed(rows: Sequence[Sequence[Cell]]) -> list[_Row]:
    """*rows* with what cells span; a cell ends with the last row."""
    placed = []
    above: list[_Span] = []
    for number, cells in enumerate(rows):
        row = nodes.row()
        spans: list[_Span] = []
        column = at = 0
        for cell in cells:
            while at < len(above) and above[at].start <= column:
                column = above[at].end
                at += 1
            columns = cell.columns
            if at < len(above):
                columns = min(columns, above[at].start - column)
            spanned = min(cell.rows, len(rows) - number)
            if column + columns > _MOST_COLUMNS:
                spanned = 1
            if columns > 1:
                cell.entry["morecols"] = columns - 1
            if spanned > 1:
                cell.entry["morerows"] = spanned - 1
                spans.append(_Span(column, column + columns, spanned - 1))
            row += cell.entry
            column += columns
        placed.append(_Row(row, column, above[at:]))
        going_on = (span._replace(rows=span.rows - 1) for span in above if span.rows > 1)
        above = sorted([*spans, *going_on])
    return placed


def _filled(row: _Row, width: int) -> nodes.row:
    column = row.end
    for start, end, _ in [*row.spans, _Span(width, width, 0)]:
        row.row.extend(_empty(start - column))
        column = max(column, end)
    return row.row


def without_spans(root: nodes.Element) -> None:
    """Gives each cell in the tables of *root* one place, and each place that it spanned an empty
    cell: for writers that would put the next cells there.
    """
    for part in root.findall(lambda node: isinstance(node, nodes.thead | nodes.tbody)):
        assert isinstance(part, nodes.Element)
        above: list[_Span] = []
        for row in part.children:
            assert isinstance(row, nodes.row)
            above = _spread(row, above)


def _spread(row: nodes.row, above: Sequence[_Span]) -> list[_Span]:
    """Fills *row* with empty cells; returns what its cells, and those *above*, span below it."""
    spans = [span._replace(rows=span.rows - 1) for span in above if span.rows > 1]
    entries: list[nodes.Node] = []
    column = at = 0
    for entry in [*row.children, None]:
        while at < len(above) and (entry is None or above[at].start <= column):
            entries += [nodes.entry() for _ in range(*above[at][:2])]
            column = above[at].end
            at += 1
        if entry is None:
            break
        assert isinstance(entry, nodes.entry)
        end = column + entry.attributes.pop("morecols", 0) + 1
        rows = entry.attributes.pop("morerows", 0)
        entries.append(entry)
        if rows:
            spans.append(_Span(column, end, rows))
        if entry.children:  # else it only fills the row
            entries += [nodes.entry() for _ in range(column + 1, end)]
        column = end
    row.children = []
    row.extend(entries)
    return sorted(spans)


def unnest_tables(root: nodes.Element) -> None:
    """Replaces each table in a cell of another one with its rows, as text: writers of text do not
    support it.
    """
    waiting = [(root, False)]
    while waiting:
        parent, is_in_cell = waiting.pop()
        is_in_cell |= isinstance(parent, nodes.entry)
        if is_in_cell and any(map(_is_ours, parent.children)):
            children: list[nodes.Node] = []
            for child in parent.children:
                children += _rows_as_text(child) if _is_ours(child) else [child]  # type: ignore[arg-type]
            parent.children = []
            parent.extend(children)
        waiting += [
            (child, is_in_cell) for child in parent.children if isinstance(child, nodes.Element)
        ]


def _is_ours(node: nodes.Node) -> bool:
    return isinstance(node, nodes.table) and "trope-table" in node["classes"]


def _rows_as_text(table: nodes.Element) -> list[nodes.Node]:
    """The title and the rows of *table*, each a paragraph; blocks of cells one below the other."""
    made: list[nodes.Node] = []
    for part in table.findall(lambda node: isinstance(node, nodes.row | nodes.title)):
        assert isinstance(part, nodes.Element)
        cells = [list(part.children)] if isinstance(part, nodes.title) else []
        for entry in part.children if isinstance(part, nodes.row) else []:
            blocks = entry.children
            if [type(block) for block in blocks] == [nodes.paragraph]:
                cells.append(list(blocks[0].children))
            elif blocks:
                made += blocks
        texts = [cell for cell in cells if cell]
        separated = [node for text in texts for node in (*text, nodes.Text(" | "))]
        if separated:
            made.append(nodes.paragraph("", "", *separated[:-1]))
    return made


def _empty(columns: int) -> Iterator[nodes.entry]:
    if columns > _MOST_EMPTY:
        yield nodes.entry(morecols=columns - 1)  # otherwise one wide row would widen all others
    else:
        for _ in range(columns):
            yield nodes.entry()
