"""Tables: of wikitext (``{|``) and of tags (``<table>``), and rows that templates make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from ...tree import Cell, Paragraph, Picture, Table, Text
from .nodes import Element, Raw, Template, behind_tag, is_blank, lines_of, merged, stripped
from .stripping import attributes_of
from .template_names import template_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...tree import Block
    from .nodes import Node, Nodes
    from .pieces import Context

__all__ = ["element_table", "wiki_table"]

_MOST_COLUMNS = 100
_MOST_ROWS = 1000
_ALIGN = re.compile(r"(?:text-)?align\s*[:=]?\s*(left|center|right)", re.IGNORECASE)
_LOOK = re.compile(r".*style|v?align|(?:bg|background)[ _-]?colou?r", re.IGNORECASE)
"""Arguments that say how a row looks. A class, a width or a height may be that of what it is about."""
_PARTS = frozenset(["thead", "tbody", "tfoot", "colgroup"])


class _Cell(NamedTuple):
    nodes: Nodes
    attributes: Mapping[str, str]
    is_header: bool = False


class _Parts(NamedTuple):
    rows: list[list[_Cell]]
    caption: Nodes


def wiki_table(children: Nodes, context: Context) -> tuple[Block, ...]:
    """The table that is typed in these lines."""
    parts = _Parts([[]], [])
    current: Nodes | None = None
    in_caption = False
    for number, line in enumerate(lines_of(children)):
        first = line[0].lstrip(" \t:") if line and isinstance(line[0], str) else ""
        if not number:
            current = (
                _loose(line, parts, context)
                if not isinstance(line[0] if line else "", str)
                else None
            )
        elif first.startswith("|+"):
            current = parts.caption
            current.extend(_content(_without(line, first, 2)).nodes)
            in_caption = True
        elif first.startswith("|-"):
            parts.rows.append([])
            current, in_caption = None, False
        elif first[:1] in ("|", "!"):
            in_caption = False
            for cell in _cells(_without(line, first, 1), is_header=first[0] == "!"):
                parts.rows[-1].append(cell)
            current = parts.rows[-1][-1].nodes
        elif current is not None and not _is_row(line, current):
            current.extend(["\n", *line])
        else:
            current = _loose(line, parts, context)
    if in_caption:
        parts.caption[:] = stripped(parts.caption)
    return _table(parts, context)


def _loose(line: Nodes, parts: _Parts, context: Context) -> Nodes | None:
    """Takes what is in no cell: rows that templates make, or text that was mistyped."""
    rest: Nodes = []
    for node in line:
        if isinstance(node, Template):
            parts.rows.extend([_row(node, context), []])
        else:
            rest.append(node)
    if is_blank(rest):
        return None
    parts.rows[-1].append(_Cell(rest, {}))
    return parts.rows[-1][-1].nodes


def _is_row(line: Nodes, current: Nodes) -> bool:
    """Whether a template alone on its line makes a row, and does not go on with a cell."""
    templates = [node for node in line if not isinstance(node, str)]
    return (
        len(templates) == 1
        and isinstance(templates[0], Template)
        and len(templates[0].arguments) > 1
        and is_blank([node for node in line if isinstance(node, str)])
        and not is_blank(current)
    )


def _row(template: Template, context: Context) -> list[_Cell]:
    """The row that a template makes, as far as can be told: its arguments."""
    name = template_name(template, context)
    if not template.arguments or name.lower() in context.rules or name.startswith("#"):
        return [_Cell([template], {})]
    context.remarks.template(name, "")
    context.remarks.changed(
        f"template {{{{{name}}}}} in a table: its arguments are a row", template.source
    )
    return [
        _Cell(argument.value, {})
        for argument in template.arguments
        if not (argument.is_named and _LOOK.fullmatch(argument.name))
    ]


def _without(line: Nodes, first: str, marks: int) -> Nodes:
    return [first[marks:], *line[1:]]


def _cells(line: Nodes, *, is_header: bool) -> Iterator[_Cell]:
    """The cells of a line that begins with ``|`` or ``!``, whose mark is gone."""
    cell: Nodes = []
    parting = re.compile(r"\|\||!!" if is_header else r"\|\|")
    for node in line:
        if not isinstance(node, str):
            cell.append(node)
            continue
        first, *more = parting.split(node)
        cell.append(first)
        for text in more:
            yield _content(cell, is_header=is_header)
            cell = [text]
    yield _content(cell, is_header=is_header)


def _content(cell: Nodes, *, is_header: bool = False) -> _Cell:
    """A cell without its attributes, which end with ``|``."""
    for at, node in enumerate(cell):
        if isinstance(node, str) and "|" in node:
            before, _, after = node.partition("|")
            words = "".join(part for part in [*cell[:at], before] if isinstance(part, str))
            return _Cell([after, *cell[at + 1 :]], attributes_of(words), is_header)
        if not isinstance(node, str | Template | Raw):
            break
    return _Cell(list(cell), {}, is_header)


def element_table(element: Element, context: Context) -> tuple[Block, ...]:
    """The table that is made of tags."""
    parts = _Parts([[]], [])
    _take(element.children, parts, context)
    return _table(parts, context)


def _take(nodes: Nodes, parts: _Parts, context: Context) -> None:
    loose: Nodes = []
    for node in nodes:
        if isinstance(node, Element):
            if node.name in _PARTS:
                _take(node.children, parts, context)
            elif node.name == "tr":
                parts.rows.append([])
                _take(node.children, parts, context)
                parts.rows.append([])
            elif node.name in ("td", "th"):
                parts.rows[-1].append(_Cell(node.children, node.attributes, node.name == "th"))
            elif node.name == "caption":
                parts.caption.extend(node.children)
            else:
                loose.append(node)
        elif not isinstance(node, str) or node.strip():
            loose.append(node)
    if loose:
        _loose(loose, parts, context)


def _table(parts: _Parts, context: Context) -> tuple[Block, ...]:
    rows = tuple(
        made
        for row in parts.rows
        if (made := tuple(_made(cell, context) for cell in row))
        and any(cell.blocks for cell in made)
    )
    caption = context.inlines(parts.caption)
    if not rows:
        return (Paragraph(caption),) if caption else ()
    if len(rows) == 1 and len(rows[0]) == 1 and not caption:
        return rows[0][0].blocks  # a frame
    return (Table(rows, caption),)


def _made(cell: _Cell, context: Context) -> Cell:
    said = cell.attributes
    aligned = _ALIGN.search(f"{said.get('style', '')};align={said.get('align', '')}")
    nodes = stripped(behind_tag(merged(cell.nodes)))
    return Cell(
        _blocks(nodes, context),
        cell.is_header,
        _span(said.get("colspan", ""), _MOST_COLUMNS),
        _span(said.get("rowspan", ""), _MOST_ROWS),
        cast('Literal["", "left", "center", "right"]', aligned[1].lower() if aligned else ""),
    )


def _blocks(nodes: list[Node], context: Context) -> tuple[Block, ...]:
    if len(nodes) == 1 and isinstance(nodes[0], str) and nodes[0] in ("-", "+", "*", "#", ";", ":"):
        return (Paragraph((Text(nodes[0]),)),)
    return tuple(
        Paragraph((block,)) if isinstance(block, Picture) and not block.caption else block
        for block in context.blocks(nodes)
    )


def _span(text: str, most: int) -> int:
    digits = re.match(r"\s*([0-9]{1,6})", text)
    return min(max(int(digits[1]), 1), most) if digits else 1
