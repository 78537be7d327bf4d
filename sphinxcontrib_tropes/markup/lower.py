"""Nodes of trope markup -> docutils' own, for writers that don't know ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from .nodes import (
    trope_colored,
    trope_embedding,
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
    """Replaces every node of trope markup below *root*.

    Text that HTML hides is shown in brackets, after a word that says what it is.
    """

    def made(make: Callable[[nodes.Element, Words], list[nodes.Node]]) -> _Maker:
        return lambda node: make(node, words)

    replace(root, {kind: made(make) for kind, make in _LOWERED.items()})


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
        if made == [child]:
            children.append(child)
            continue
        for node in made:
            node.parent = parent  # the next function may need it
        waiting += reversed(made)
    return children


def _drop(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return []


def _contents(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return list(node.children)


def _container(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return [nodes.container("", *node.children, classes=list(node["classes"]))]


def _folder(node: nodes.Element, words: Words) -> list[nodes.Node]:
    title = node.children[0]
    assert isinstance(title, nodes.Element)
    if not title.children:  # Texinfo warns about an empty heading
        return [nodes.target("", "", ids=list(node["ids"])), *node.children[1:]]
    title["ids"] += node["ids"]
    return [_heading(title, node.parent), *node.children[1:]]


def _rubric(node: nodes.Element, words: Words) -> list[nodes.Node]:
    return [_heading(node, node.parent) if "heading-level" in node else node]


def _heading(rubric: nodes.Element, parent: nodes.Element | None) -> nodes.Element:
    """*rubric*, or a paragraph in bold type where books have no headings: in cells, items, boxes."""
    while type(parent) is nodes.container:
        parent = parent.parent
    if isinstance(parent, nodes.document | nodes.section):
        return rubric
    bold = nodes.strong("", "", *rubric.children)
    return nodes.paragraph("", "", bold, ids=rubric["ids"], classes=rubric["classes"])


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
    nodes.rubric: _rubric,
    trope_colored: _plain_inline,
    trope_embedding: _container,
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
