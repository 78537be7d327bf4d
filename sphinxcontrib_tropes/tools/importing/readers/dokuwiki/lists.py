"""Reads the lists, definitions and quotations of DokuWiki: lines whose beginnings say how deep they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ...tree import DefinitionList, List, Quotation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ...tree import Block, Inline

    Read = Callable[[str], tuple[Block, ...]]

__all__ = ["DEEPEST", "DEFINITION", "ITEM", "definitions", "lists", "quotation"]

ITEM: Final = re.compile(r"(?P<indent>(?: {2}|\t)[ \t]*)(?P<mark>[*\-])(?P<text>.*)", re.DOTALL)
DEFINITION: Final = re.compile(r"(?: {2}|\t)[ \t]*(?P<mark>[;:])[ \t]+(?P<text>.*)", re.DOTALL)
DEEPEST: Final = 20
"""Levels of lists and quotations; what is deeper stands at the deepest."""


class _Level(NamedTuple):
    """A list that is open."""

    indent: int
    is_ordered: bool
    items: list[list[Block]]


def lists(items: Iterable[re.Match[str]], read: Read) -> list[Block]:
    """The lists of *items*, found by :data:`ITEM`."""
    found: list[Block] = []
    levels: list[_Level] = []
    for item in items:
        indent = len(item["indent"].replace("\t", "  "))
        is_ordered = item["mark"] == "-"
        while levels and indent < levels[-1].indent and (len(levels) > 1):
            _close(levels, found)
        top = levels[-1] if levels else None
        if top and indent <= top.indent and is_ordered != top.is_ordered:
            _close(levels, found)
            top = None
        if top is None or (indent > top.indent and len(levels) < DEEPEST):
            levels.append(_Level(indent, is_ordered, []))
        levels[-1].items.append(list(read(item["text"].strip())))
    while levels:
        _close(levels, found)
    return found


def _close(levels: list[_Level], found: list[Block]) -> None:
    level = levels.pop()
    block = List(tuple(map(tuple, level.items)), level.is_ordered)
    (levels[-1].items[-1] if levels else found).append(block)


def definitions(
    items: Iterable[re.Match[str]], read: Read, term: Callable[[str], tuple[Inline, ...]]
) -> Block:
    """The definitions of *items*, found by :data:`DEFINITION`."""
    found: list[tuple[tuple[Inline, ...], list[Block]]] = []
    for item in items:
        text = item["text"].strip()
        if item["mark"] == ";":
            words, colon, rest = text.partition(" : ")
            found.append((term(words.strip()), list(read(rest.strip())) if colon else []))
        else:
            found[-1][1].extend(read(text))
    return DefinitionList(tuple((words, tuple(blocks)) for words, blocks in found))


def quotation(lines: Iterable[str], read: Callable[[list[str]], tuple[Block, ...]]) -> Block:
    """The quotation of *lines*, each with its marks. A line of the source is a line."""
    levels: list[list[Block]] = [[]]
    texts: list[str] = []

    def give() -> None:
        levels[-1].extend(read(texts))
        texts.clear()

    for line in lines:
        text = line.lstrip(">")
        depth = min(len(line) - len(text), DEEPEST)
        if depth != len(levels) - 1:
            give()
            while len(levels) - 1 > depth:
                blocks = levels.pop()
                levels[-1].append(Quotation(tuple(blocks)))
            while len(levels) - 1 < depth:
                levels.append([])
        texts.append(text.strip())
    give()
    while len(levels) > 1:
        blocks = levels.pop()
        levels[-1].append(Quotation(tuple(blocks)))
    return levels[0][0]
