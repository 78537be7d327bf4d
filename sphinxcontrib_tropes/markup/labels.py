"""Texts of links and titles: whether they are visible, and how they look without links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from .characters import has_visible_characters
from .nodes import trope_link, trope_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["is_visible", "without_links"]


def is_visible(children: Sequence[nodes.Node]) -> bool:
    """Whether readers see anything in *children*: a character or a picture."""
    waiting = list(children)
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.image):
            return True
        if isinstance(node, nodes.Text):
            if has_visible_characters(str(node)):
                return True
        elif not isinstance(node, trope_note):
            waiting += node.children
    return False


def without_links(children: Iterable[nodes.Node]) -> list[nodes.Node]:
    """*children* with each link replaced by its text: a link contains no other link."""
    flat: list[nodes.Node] = []
    for child in children:
        if isinstance(child, trope_link | nodes.reference):
            typed = child.rawsource
            flat += [nodes.Text(typed)] if typed else without_links(child.children)
            continue
        if isinstance(child, nodes.Element) and child.children:
            child[:] = without_links(child.children)
        flat.append(child)
    return flat
