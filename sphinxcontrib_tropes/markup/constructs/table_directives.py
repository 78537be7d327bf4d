"""PmWiki's tables of blocks, ``(:table:)``, ``(:cell:)``, ``(:cellnr:)``, ``(:tableend:)``, and its
divisions, ``(:div:)`` ... ``(:divend:)``.

As in PmWiki, tables do not nest: a table ends where the next one starts. A division ends where
another with its number starts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes

from ..declaration import Block
from ..table_layout import Cell, fill_table
from .styles import style_classes

if TYPE_CHECKING:
    from ..blocks import BlockReader

_ATTRIBUTE = re.compile(
    r"(?<!\w)(?P<name>\w++)[ \t]*+=[ \t]*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"']++))"
)
_ALIGNMENTS = frozenset(["left", "center", "right"])


@dataclass(slots=True)
class _OpenTable:
    """The table that is being read."""

    node: nodes.table
    is_hidden: bool
    """Whether it is inside a spoiler."""
    before: nodes.container = field(default_factory=nodes.container)
    """What is before the first cell."""
    cells: list[Cell] = field(default_factory=list)


def _attributes(typed: str | None) -> dict[str, str]:
    return {
        found["name"].lower(): found["double"] or found["single"] or found["bare"] or ""
        for found in _ATTRIBUTE.finditer(typed or "")
    }


def _number(typed: str | None) -> int:
    """A number of columns or rows; 1 if it is none."""
    if typed is None or not (typed.isascii() and typed.isdigit()):
        return 1
    return max(1, int(typed[:5]))


def _read(match: re.Match[str], reader: BlockReader) -> None:
    name = match["directive"].lower()
    attributes = _attributes(reader.escapes.plain(match["attributes"] or ""))
    if name.startswith("div"):
        _division(name, attributes, reader)
    else:
        _part_of_table(name, attributes, reader)
    reader.read_again(match["rest"])


# -- tables


def _part_of_table(name: str, attributes: dict[str, str], reader: BlockReader) -> None:
    table: _OpenTable | None = reader.memory.get("table")
    if table and reader.ids.are_hidden and not table.is_hidden:
        # to end the cell would end the spoiler, too, and show the rest of it
        reader.warn(f"(:{name}:) is inside a spoiler of a cell; left out")
    elif name == "tableend":
        if not reader.close("table"):
            reader.warn("(:tableend:) closes nothing; left out")
    elif name == "table":
        if reader.close("table"):
            reader.warn("the (:table:) before this one is not closed; closed here")
        _open_table(name, attributes, reader)
    else:
        table = table or _open_table(name, {}, reader)
        reader.close("cell")
        _open_cell(name, attributes, table, reader)


def _open_table(name: str, attributes: dict[str, str], reader: BlockReader) -> _OpenTable:
    node = nodes.table(classes=["trope-table", *style_classes(attributes.get("class", ""))])
    node.line = reader.line
    if attributes.get("align") in _ALIGNMENTS:
        node["align"] = attributes["align"]
    table = reader.memory["table"] = _OpenTable(node, reader.ids.are_hidden)
    reader.closed_silently.add("cell")
    reader.open(node, "table", f"(:{name}:)", partial(_end_table, table, reader))
    reader.open(table.before, "cell", f"(:{name}:)")
    return table


def _open_cell(
    name: str, attributes: dict[str, str], table: _OpenTable, reader: BlockReader
) -> None:
    is_header = name.startswith("head")
    classes = ["trope-head"] if is_header else []
    if attributes.get("align") in _ALIGNMENTS:
        classes.append(f"trope-align-{attributes['align']}")
    entry = nodes.entry(classes=[*classes, *style_classes(attributes.get("class", ""))])
    entry.line = reader.line
    columns, rows = _number(attributes.get("colspan")), _number(attributes.get("rowspan"))
    table.cells.append(Cell(entry, name.endswith("nr"), is_header, columns, rows))
    reader.open(entry, "cell", f"(:{name}:)")


def _end_table(table: _OpenTable, reader: BlockReader) -> None:
    """Arranges the cells of *table* in rows. What is before the first cell goes before the table;
    a table without cells is none.
    """
    reader.memory.pop("table", None)
    node, parent = table.node, table.node.parent
    if parent is None:
        return  # too deep for a table: its blocks are where it would be
    cells = [cell for cell in table.cells if cell.entry.parent is node]  # others are too deep
    apart = {id(table.before), *(id(cell.entry) for cell in cells)}
    others = [child for child in node.children if id(child) not in apart]
    node.children = []
    assert parent.children[-1] is node
    parent.children.pop()
    parent.extend([*table.before.children, *others])
    if cells:
        parent.append(node)
        if fill_table(node, cells):
            reader.report(node.line or 1, "a table is too wide, or its cells span too much; cut")


# -- divisions


def _division(name: str, attributes: dict[str, str], reader: BlockReader) -> None:
    kind = name.removesuffix("end")
    was_hidden: dict[str, bool] = reader.memory.setdefault("divisions", {})
    if reader.ids.are_hidden and not was_hidden.get(kind, True):
        reader.warn(f"(:{name}:) is inside a spoiler of a division; left out")
        return
    is_closed = reader.close(kind)
    if name != kind:
        if not is_closed:
            reader.warn(f"(:{name}:) closes nothing; left out")
        return
    container = nodes.container(classes=style_classes(attributes.get("class", "")))
    was_hidden[kind] = reader.ids.are_hidden
    reader.open(container, kind, f"(:{name}:)", partial(was_hidden.pop, kind, None))


CONSTRUCTS = [
    Block(
        "table_directive",
        r"\(:(?P<directive>(?i:table(?:end)?|(?:cell|head)(?:nr)?|div[0-9]{0,3}(?:end)?))"
        r"(?:[ \t]++(?P<attributes>(?:(?!:\)).)*+))?:\)(?P<rest>.*)",
        _read,
        "(:table:)\n(:cell:)\n* a list\n(:cell:)\ntext\n(:tableend:)",
    ),
]
