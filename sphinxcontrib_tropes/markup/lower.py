"""Nodes of trope markup -> docutils' own, for writers that don't know ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from .nodes import (
    trope_colored,
    trope_folder,
    trope_folder_control,
    trope_index_list,
    trope_line_break,
    trope_meaning,
    trope_note,
    trope_note_block,
    trope_page,
    trope_rule,
    trope_spoiler,
    trope_spoiler_block,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    _Maker = Callable[[nodes.Element], list[nodes.Node]]

__all__ = ["Words", "elements", "lower", "replace"]


class Words(NamedTuple):
    """Words that mark hidden text, for writers that can't hide it."""

    spoiler: str = "spoiler"
    note: str = "note"


def lower(root: nodes.Element, words: Words) -> None:
    """Replaces every node of trope markup below *root*, and tables inside cells, which writers of
    text do not support.

    Text that HTML hides is shown in brackets, after a word that says what it is.
    """

    def made(make: Callable[[nodes.Element, Words], list[nodes.Node]]) -> _Maker:
        return lambda node: make(node, words)

    replace(root, {kind: made(make) for kind, make in _LOWERED.items()})
    _unnest_tables(root)


def elements(root: nodes.Element) -> list[nodes.Element]:
    """*root* and all elements in it, in the order of the document; ten times as fast as docutils'
    ``findall``, which nests generators.
    """
    found = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        found.append(element)
        waiting += [child for child in element.children[::-1] if isinstance(child, nodes.Element)]
    return found


def replace(
    root: nodes.Element,
    makers: Mapping[type[nodes.Element], _Maker],
) -> list[nodes.Element]:
    """Replaces every node below *root* whose class is in *makers* with what the function returns
    for it; also in what functions return.

    :returns: *root* and all elements in it afterwards, in any order.

    Goes parent by parent: docutils searches the siblings of each single node that it replaces.
    """
    kinds = frozenset(makers)
    found = []
    parents = [root]
    while parents:
        parent = parents.pop()
        found.append(parent)
        if not kinds.isdisjoint(map(type, parent.children)):
            parent.children = _replaced(parent, makers)
            for child in parent.children:
                child.parent = parent
        parents += [child for child in parent.children if isinstance(child, nodes.Element)]
    return found


def _replaced(
    parent: nodes.Element, makers: Mapping[type[nodes.Element], _Maker]
) -> list[nodes.Node]:
    children: list[nodes.Node] = []
    waiting = parent.children[::-1]
    while waiting:
        child = waiting.pop()
        make = makers.get(type(child))  # type: ignore[arg-type]
        if make is None:
            children.append(child)
            continue
        made = make(child)  # type: ignore[arg-type]
        for node in made:
            node.parent = parent  # the next function may need it
        waiting += reversed(made)
    return children


def _unnest_tables(root: nodes.Element) -> None:
    """Replaces each table in a cell of another one with its rows, as text."""
    waiting = [(root, False)]
    while waiting:
        parent, is_in_cell = waiting.pop()
        if is_in_cell and any(map(_is_ours, parent.children)):
            children: list[nodes.Node] = []
            for child in parent.children:
                children += _rows(child) if _is_ours(child) else [child]  # type: ignore[arg-type]
            parent.children = []
            parent.extend(children)
        is_in_cell |= isinstance(parent, nodes.entry)
        waiting += [
            (child, is_in_cell) for child in parent.children if isinstance(child, nodes.Element)
        ]


def _is_ours(node: nodes.Node) -> bool:
    return isinstance(node, nodes.table) and "trope-table" in node["classes"]


def _rows(table: nodes.Element) -> list[nodes.Node]:
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


def _drop(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return []


def _contents(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return list(node.children)


def _folder(node: nodes.Element, words: Words) -> list[nodes.Node]:
    title = node.children[0]
    assert isinstance(title, nodes.Element)
    if not title.children:  # Texinfo warns about an empty heading
        return [nodes.target("", "", ids=list(node["ids"])), *node.children[1:]]
    title["ids"] += node["ids"]
    return list(node.children)


def _plain_inline(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return [nodes.inline("", "", *node.children)]


def _classed_inline(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return [nodes.inline("", "", *node.children, classes=list(node["classes"]))]


def _rule(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return [nodes.paragraph("", "* * *", classes=list(node["classes"]))]


def _line_break(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return [nodes.Text("\n")]


def _bracketed(node: nodes.Element, word: str) -> list[nodes.Node]:
    inline = nodes.inline("", f"[{word}: ", classes=list(node["classes"]), ids=list(node["ids"]))
    inline += [*node.children, nodes.Text("]")]
    return [inline]


def _spoiler(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return _bracketed(node, words.spoiler)


def _note(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return [nodes.Text(" "), *_bracketed(node, node["label"] or words.note)]


def _boxed(node: nodes.Element, word: str) -> list[nodes.Node]:
    heading = nodes.paragraph("", "", nodes.strong(word, word))
    return [nodes.block_quote("", heading, *node.children, ids=list(node["ids"]))]


def _spoiler_block(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return _boxed(node, words.spoiler)


def _note_block(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return _boxed(node, node["label"] or words.note)


_LOWERED: dict[type[nodes.Element], Callable[[nodes.Element, Words], list[nodes.Node]]] = {
    trope_colored: _plain_inline,
    trope_folder: _folder,
    trope_folder_control: _drop,
    trope_index_list: _contents,
    trope_line_break: _line_break,
    trope_meaning: _classed_inline,
    trope_note: _note,
    trope_note_block: _note_block,
    trope_page: _drop,
    trope_rule: _rule,
    trope_spoiler: _spoiler,
    trope_spoiler_block: _spoiler_block,
}
