"""Nodes made without docutils' constructors.

Touches: the attributes that ``Element.__init__``, ``Text.__new__`` and ``setup_child`` set; the names of
those that are lists, ``Element.list_attributes``.
Why: a constructor calls those of all its base classes, checks for a document at each child, though
only a complete tree has one, and makes four lists, most of which stay empty. This is nearly a third
of the parser's time.
Seen in: docutils 0.20.1, 0.21.2 and 0.22.4.
Remove when: the constructors of docutils take less than 10 % of the time of a parse.
Upstream: none known; https://github.com/sphinx-doc/sphinx/issues/2426 is about the memory of nodes.
Without it: the same nodes, made more slowly, in larger pickles.
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
    """The attributes of a node. The lists that all nodes have are made on access.

    Making them, and collecting garbage among them, takes a tenth of the time of a parse, and of a
    pickle.
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
        """Like :meth:`dict.get`, including the lists that all nodes have."""
        value = _get(self, name, _nothing)
        if value is not _nothing:
            return value
        return self[name] if name in _LISTS else default

    def items(self) -> dict_items[str, Any]:
        """Like :meth:`dict.items`, with all lists: docutils and Sphinx copy nodes by items."""
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
    """A node of the class *kind* with *children*, which have no other parent."""
    node = _new(kind)
    node.rawsource = rawsource
    node.children = children
    for child in children:
        child.parent = node
    node.attributes = Attributes() if attributes is None else Attributes(attributes)
    node.tagname = kind.__name__
    return node


def listed(node: nodes.Element, name: str) -> Sequence[str]:
    """The list *name* of a node: like ``node[name]``, without creating an empty list."""
    found: Sequence[str] = _get(node.attributes, name, ())
    return found


def fill(parent: nodes.Element, children: list[nodes.Node]) -> None:
    """Gives *parent* its *children*, which have no other parent."""
    parent.children = children
    for child in children:
        child.parent = parent


def adopt(parent: nodes.Element, child: nodes.Node) -> None:
    """Adds *child* at the end of *parent*, which is not yet in a document."""
    child.parent = parent
    parent.children.append(child)
