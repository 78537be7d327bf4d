"""Lists from the lines of wikitext: ``*``, ``#``, ``:`` and ``;``, mixed and nested."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...tree import DefinitionList, List, Paragraph, Quotation

if TYPE_CHECKING:
    from ...tree import Block, Inline

__all__ = ["MOST_MARKS", "Item", "lists"]

MOST_MARKS = 12
"""How deep lists are nested at most."""

_Definitions = tuple[tuple[tuple["Inline", ...], tuple["Block", ...]], ...]


class Item(NamedTuple):
    """A line of a list."""

    marks: str
    """Such as ``*#``."""
    blocks: tuple[Block, ...]
    """What is behind the marks."""
    term: tuple[Inline, ...] = ()
    """Of ``; term : definition``, whose definition is in the blocks."""


def lists(items: list[Item], depth: int = 0) -> list[Block]:
    """The lists that *items* are, all of which share the first *depth* marks."""
    found: list[Block] = []
    at = 0
    while at < len(items):
        mark = _kind(items[at].marks[depth])
        end = at
        while end < len(items) and _kind(items[end].marks[depth]) == mark:
            end += 1
        group, at = items[at:end], end
        if mark == ":" and any(item.marks[depth] == ";" for item in group):
            found.extend(_definitions(group, depth))
        elif mark == ":":
            found.extend(_indented(_children(group, depth)))
        else:
            items_of_list = tuple(tuple(blocks) for blocks in _parts(group, depth))
            found.append(List(items_of_list, is_ordered=mark == "#"))
    return found


def _kind(mark: str) -> str:
    return ":" if mark == ";" else mark


def _parts(group: list[Item], depth: int) -> list[list[Block]]:
    """The items of a list, each with the lists below it."""
    parts: list[list[Block]] = []
    deeper: list[Item] = []
    for item in [*group, None]:
        if item is not None and len(item.marks) > depth + 1:
            deeper.append(item)
            continue
        if deeper:
            below = _below(deeper, depth + 1)
            if parts:
                parts[-1].extend(below)
            else:
                parts.append(below)
            deeper = []
        if item is not None:
            parts.append(list(item.blocks))
    return parts


def _below(items: list[Item], depth: int) -> list[Block]:
    """What is nested in an item: a line of ``*:`` goes on with it."""
    found: list[Block] = []
    for block in lists(items, depth):
        found.extend(block.blocks if isinstance(block, Quotation) else (block,))
    return found


def _children(group: list[Item], depth: int) -> list[Block]:
    found: list[Block] = []
    deeper: list[Item] = []
    for item in group:
        if len(item.marks) > depth + 1:
            deeper.append(item)
            continue
        if deeper:
            found.extend(lists(deeper, depth + 1))
            deeper = []
        found.extend(item.blocks)
    if deeper:
        found.extend(lists(deeper, depth + 1))
    return found


def _indented(blocks: list[Block]) -> list[Block]:
    """*blocks* as a quotation, if there is text to quote: a list or a formula is only set apart."""
    if any(isinstance(block, Paragraph | Quotation) for block in blocks):
        return [Quotation(tuple(blocks))]
    return blocks


def _definitions(group: list[Item], depth: int) -> list[Block]:
    """Terms with their definitions; what stands before the first term is indented."""
    before: list[Item] = []
    found: list[tuple[tuple[Inline, ...], list[Block]]] = []
    deeper: list[Item] = []

    def flush() -> None:
        if deeper and found:
            found[-1][1].extend(_below(list(deeper), depth + 1))
        else:
            before.extend(deeper)
        deeper.clear()

    for item in group:
        if len(item.marks) > depth + 1:
            deeper.append(item)
            continue
        flush()
        if item.marks[depth] == ";":
            found.append((item.term, list(item.blocks)))
        elif found:
            found[-1][1].extend(item.blocks)
        else:
            before.append(item)
    flush()
    made: _Definitions = tuple((term, tuple(blocks)) for term, blocks in found if term or blocks)
    blocks = _indented(_children(before, depth)) if before else []
    return [*blocks, DefinitionList(made)] if made else blocks
