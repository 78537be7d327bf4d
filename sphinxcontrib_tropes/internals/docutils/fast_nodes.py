"""Nodes made without going through every constructor of docutils.

Docutils' own take half of the time of a parse: a node's constructor calls that of each class it
is of, goes through its children and asks each for its document, which a part of a tree that is
being made does not have; and every node gets four lists, of which hardly one is ever filled. What
is made here is the same to whoever looks at it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from docutils import nodes

if TYPE_CHECKING:
    from _collections_abc import dict_items
    from collections.abc import Callable, Sequence

    Element = TypeVar("Element", bound=nodes.Element)

__all__ = [
    "Attributes",
    "adopt",
    "fill",
    "listed",
    "make",
    "make_text",
]

make_text: Callable[[str], nodes.Text] = partial(str.__new__, nodes.Text)
"""A text node."""

_LISTS = nodes.Element.list_attributes
_has: Callable[[dict[str, Any], object], bool] = dict.__contains__
_get: Callable[..., Any] = dict.get
_nothing = object()
_new = object.__new__


class Attributes(dict[str, Any]):
    """The attributes of a node: the lists that all nodes have are made when they are asked for.

    A list costs its making, and its place among all that the garbage collector goes through:
    together a tenth of the time of a parse, and as much of that of a pickle.
    """

    __slots__ = ()

    def __missing__(self, name: str) -> list[str]:
        if name not in _LISTS:
            raise KeyError(name)
        made: list[str] = []
        self[name] = made
        return made

    def __contains__(self, name: object) -> bool:
        return _has(self, name) or name in _LISTS

    def get(self, name: str, default: Any = None, /) -> Any:
        """As for any dict; a list that all nodes have is there."""
        value = _get(self, name, _nothing)
        if value is not _nothing:
            return value
        return self[name] if name in _LISTS else default

    def items(self) -> dict_items[str, Any]:
        """As for any dict, with all the lists: docutils and Sphinx copy nodes by them."""
        for name in _LISTS:
            self[name]
        return super().items()

    def __reduce__(self) -> tuple[Any, ...]:
        return Attributes, (dict(self),)


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
    node.attributes = Attributes() if attributes is None else Attributes(attributes)
    node.tagname = kind.__name__
    return node


def listed(node: nodes.Element, name: str) -> Sequence[str]:
    """The list *name* of a node: ``node[name]``, but none is made where there is none."""
    found: Sequence[str] = _get(node.attributes, name, ())
    return found


def fill(parent: nodes.Element, children: list[nodes.Node]) -> None:
    """Gives *parent* its *children*, which have no other parent."""
    parent.children = children
    for child in children:
        child.parent = parent


def adopt(parent: nodes.Element, child: nodes.Node) -> None:
    """Adds *child* as the last of *parent*, which is part of no document yet."""
    child.parent = parent
    parent.children.append(child)
