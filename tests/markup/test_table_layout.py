"""Tables in which every place is filled, whatever cells say that they span."""

from __future__ import annotations

from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_tropes.markup.table_layout import Cell, fill_table, without_spans

from .test_properties import tries

CELLS = st.lists(
    st.builds(
        lambda *given: Cell(nodes.entry("", nodes.paragraph()), *given),
        st.booleans(),
        st.booleans(),
        st.sampled_from([1, 1, 1, 2, 3, 25, 99999]),
        st.sampled_from([1, 1, 1, 2, 3, 25, 99999]),
    ),
    min_size=1,
)


def places(table: nodes.table) -> list[list[int]]:
    """For each row of each part of *table*, how many cells are in each place."""
    width = table[0]["cols"]
    found = []
    for part in table.findall(lambda node: isinstance(node, nodes.thead | nodes.tbody)):
        rows = [[0] * width for _ in part.children]
        for number, row in enumerate(part.children):
            column = 0
            for entry in row.children:
                while rows[number][column]:
                    column += 1
                columns = entry.get("morecols", 0) + 1
                for below in rows[number : number + entry.get("morerows", 0) + 1]:
                    for place in range(column, column + columns):
                        below[place] += 1
                column += columns
                assert number + entry.get("morerows", 0) < len(rows)
        found += rows
    return found


@tries(200)
@given(CELLS)
def test_each_place_of_a_table_holds_one_cell(cells: list[Cell]) -> None:
    table = nodes.table()
    fill_table(table, cells)
    assert all(number == 1 for row in places(table) for number in row)
    shown = [entry for entry in table.findall(nodes.entry) if entry.children]
    assert [id(entry) for entry in shown] == [id(cell.entry) for cell in cells]
    assert len(list(table.findall(nodes.tbody))) == 1


@tries(100)
@given(CELLS)
def test_a_table_without_spans_has_a_cell_in_each_place(cells: list[Cell]) -> None:
    table = nodes.table()
    fill_table(table, cells)
    without_spans(table)
    assert not [e for e in table.findall(nodes.entry) if e.get("morecols") or e.get("morerows")]
    shown = [id(entry) for entry in table.findall(nodes.entry) if entry.children]
    assert shown == [id(cell.entry) for cell in cells]


def test_a_table_that_spans_too_much_is_cut() -> None:
    entries = [nodes.entry() for _ in range(2)]
    assert fill_table(nodes.table(), [Cell(entries[0], True, False, 5000, 1)])
    assert fill_table(nodes.table(), [Cell(entries[1], True, False, 500, 500)])
    assert not fill_table(nodes.table(), [Cell(nodes.entry(), True, False, 2, 2)])
