"""Reads the lists of TiddlyWiki: each line begins with the marks of all lists around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ...tree import DefinitionList, List, Paragraph, Quotation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ...tree import Block, Inline

__all__ = ["ITEM", "lists"]

ITEM: Final = re.compile(r"(?P<marks>[*#;:>]+)(?:\.[^\s.]{1,60})*[ \t]*(?P<text>[^\n]*)(?:\n|\Z)")
_DEEPEST: Final = 20
_KINDS: Final = {"*": "*", "#": "#", ";": ";", ":": ";", ">": ">"}
"""A mark -> the mark of its kind of list: terms and definitions are in one."""


class _Level(NamedTuple):
    """A list that is open."""

    kind: str
    items: list[list[Block]]
    terms: list[tuple[Inline, ...]]
    """Of a list of definitions: one for each item."""


def lists(items: Iterable[re.Match[str]], read: Callable[[str], tuple[Inline, ...]]) -> list[Block]:
    """The lists of *items*, found by :data:`ITEM`."""
    found: list[Block] = []
    levels: list[_Level] = []
    for item in items:
        marks = item["marks"][:_DEEPEST]
        kinds = [_KINDS[mark] for mark in marks]
        same = 0
        while same < min(len(levels), len(kinds)) and levels[same].kind == kinds[same]:
            same += 1
        while len(levels) > same:
            _close(levels, found)
        for kind in kinds[same:]:
            if levels and not levels[-1].items:
                _begin(levels[-1])
            levels.append(_Level(kind, [], []))
        _add(levels[-1], marks[-1], read(item["text"].strip()))
    while levels:
        _close(levels, found)
    return found


def _begin(level: _Level, term: tuple[Inline, ...] = ()) -> None:
    level.items.append([])
    level.terms.append(term)


def _add(level: _Level, mark: str, children: tuple[Inline, ...]) -> None:
    if mark == ";":
        _begin(level, children)
        return
    if mark != ":" or not level.items:
        _begin(level)
    if children:
        level.items[-1].append(Paragraph(children))


def _close(levels: list[_Level], found: list[Block]) -> None:
    level = levels.pop()
    items = tuple(map(tuple, level.items))
    block: Block
    if level.kind == ">":
        block = Quotation(tuple(one for item in items for one in item))
    elif level.kind == ";":
        block = DefinitionList(tuple(zip(level.terms, items, strict=True)))
    else:
        block = List(items, level.kind == "#")
    (levels[-1].items[-1] if levels else found).append(block)
