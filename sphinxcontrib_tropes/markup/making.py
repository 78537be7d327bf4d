"""Nodes made without going through every constructor of docutils.

Docutils' own take half of the time of a parse: a node's constructor calls that of each class it
is of, goes through its children and asks each for its document, which a part of a tree that is
being made does not have. What is made here is the same.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Callable

    Element = TypeVar("Element", bound=nodes.Element)

__all__ = ["adopt", "make", "make_text"]

make_text: Callable[[str], nodes.Text] = partial(str.__new__, nodes.Text)
"""A text node."""

_MORE_LISTS = tuple({*nodes.Element.list_attributes} - {"ids", "classes", "names", "dupnames"})
_new = object.__new__


def make(
    kind: type[Element],
    rawsource: str,
    children: list[nodes.Node],
    attributes: dict[str, Any] | None = None,
) -> Element:
    """A node of *kind* with *children*, which have no other parent."""
    node = _new(kind)
    node.rawsource = rawsource
    node.children = children
    for child in children:
        child.parent = node
    node.attributes = {"ids": [], "classes": [], "names": [], "dupnames": []}
    for name in _MORE_LISTS:  # of docutils before 0.22
        node.attributes[name] = []
    if attributes is not None:
        node.attributes.update(attributes)
    node.tagname = kind.__name__
    return node


def adopt(parent: nodes.Element, child: nodes.Node) -> None:
    """Adds *child* as the last of *parent*, which is part of no document yet."""
    child.parent = parent
    parent.children.append(child)
