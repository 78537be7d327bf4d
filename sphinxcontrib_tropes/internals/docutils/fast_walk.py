"""A document with faster searches and walks.

Touches: ``findall``, ``walk`` and ``walkabout`` of a document; what ``dispatch_visit`` and
``dispatch_departure`` of docutils' visitors do; the byte code of visitors' methods, to see which do
nothing. A visitor with its own dispatch is called as docutils does.
Why: Sphinx runs some fifty transforms over each document, and most of them only search it for nodes
of a class. Docutils uses a generator for each node and hands every result up level by level: an
eighth of a build. Here a single stack does it, in the same order, and the tree may still change
meanwhile. Docutils also looks up a visitor's methods for each node; here this is done once per
class: 4 % of a build.
Seen in: docutils 0.20.1, 0.21.2 and 0.22.4.
Remove when: docutils searches without nested generators, and caches the methods of visitors by class.
Upstream: none known; https://sourceforge.net/p/docutils/patches/160/ made ``findall`` a generator.
Without it: the same pages, more slowly.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from docutils.nodes import Node, NodeVisitor

    _Condition = type[Any] | Callable[[Any], bool] | None
    _Step = Callable[[Node], object]

__all__ = ["dispatches_by_bases", "document", "walkabout"]


class document(nodes.document):
    """A docutils document with faster searches and walks."""

    def findall(  # type: ignore[override]
        self,
        condition: _Condition = None,
        include_self: bool = True,  # noqa: FBT002 - docutils' signature
        descend: bool = True,  # noqa: FBT002
        siblings: bool = False,  # noqa: FBT002
        ascend: bool = False,  # noqa: FBT002
    ) -> Iterator[Any]:
        """The nodes of the document that match *condition*, in order."""
        if not (include_self and descend) or siblings or ascend:
            return super().findall(condition, include_self, descend, siblings, ascend)
        if isinstance(condition, type):
            return _of_kind(self, condition)
        return _below(self) if condition is None else filter(condition, _below(self))

    def walk(self, visitor: NodeVisitor) -> bool:
        """Makes *visitor* visit all nodes.

        :returns: whether the visitor stopped the walk.
        """
        if visitor.document.reporter.debug_flag:  # docutils logs each step
            return super().walk(visitor)
        return _walk(self, visitor)

    def walkabout(self, visitor: NodeVisitor) -> bool:
        """Makes *visitor* visit and depart all nodes.

        :returns: whether the visitor stopped the walk.
        """
        return walkabout(self, visitor)


def _below(root: Node) -> Iterator[Node]:
    yield root
    stack = [iter(root.children)]
    while stack:
        for node in stack[-1]:
            yield node
            if node.children:
                stack.append(iter(node.children))
                break
        else:
            stack.pop()


def _of_kind(root: Node, kind: type[Any]) -> Iterator[Node]:
    # nearly always there is none, so the order of the search does not matter
    if _has(root, kind):
        for node in _below(root):
            if isinstance(node, kind):
                yield node


def _has(root: Node, kind: type[Any]) -> bool:
    every: list[Node] = [root]
    for node in every:
        every += node.children
    return any(issubclass(found, kind) for found in set(map(type, every)))


def _walk(root: Node, visitor: NodeVisitor) -> bool:
    visits = _Methods(visitor, "visit_", type(visitor).dispatch_visit)
    stack = [iter([root])]
    while stack:
        for node in stack[-1]:
            visit = visits[node.__class__]
            try:
                if visit is not None:
                    visit(node)
            except (nodes.SkipChildren, nodes.SkipNode):
                continue
            except nodes.SkipDeparture:
                pass
            except nodes.SkipSiblings:
                if len(stack) == 1:
                    raise  # the siblings of *root* are up to the caller
                stack.pop()
                break
            except nodes.StopTraversal:
                return True
            if node.children:
                stack.append(iter(node.children[:]))
                break
        else:
            stack.pop()
    return False


def walkabout(root: Node, visitor: NodeVisitor) -> bool:
    """Does what ``root.walkabout(visitor)`` does, recursively, as in docutils.

    :returns: whether the visitor stopped the walk.
    """
    if visitor.document.reporter.debug_flag:
        return nodes.Node.walkabout(root, visitor)
    kind = type(visitor)
    visits = _Methods(visitor, "visit_", kind.dispatch_visit)
    leaves = _Methods(visitor, "depart_", kind.dispatch_departure)
    return _enter(root, visits, leaves)


def _enter(node: Node, visits: _Methods, leaves: _Methods) -> bool:
    is_left, stops = True, False
    visit, leave = visits[node.__class__], leaves[node.__class__]
    try:
        try:
            if visit is not None:
                visit(node)
        except nodes.SkipNode:
            return False
        except nodes.SkipDeparture:
            is_left = False
        try:
            for child in node.children[:]:
                kind = child.__class__
                if not child.children and visits[kind] is leaves[kind] is None:
                    continue
                if _enter(child, visits, leaves):
                    stops = True
                    break
        except nodes.SkipSiblings:  # raised by a child, when visited or departed
            pass
    except nodes.SkipChildren:
        pass
    except nodes.StopTraversal:
        stops = True
    if is_left and leave is not None:
        leave(node)
    return stops


class _Methods(dict["type[Node]", "_Step | None"]):
    """Class of nodes -> a visitor's method for it; None if that does nothing.

    :param dispatch: the visitor's own look-up, by which docutils finds the method of each node.
    """

    def __init__(self, visitor: NodeVisitor, prefix: str, dispatch: Callable[..., object]) -> None:
        super().__init__()
        self._visitor = visitor
        self._prefix = prefix
        self._dispatch = dispatch
        self._bases = _BASES_OF.get(dispatch)

    def __missing__(self, kind: type[Node]) -> _Step | None:
        method = self._find(kind)
        found = self[kind] = None if _does_nothing(method) else method
        return found

    def _find(self, kind: type[Node]) -> _Step:
        if self._bases is None:
            return partial(self._dispatch, self._visitor)
        for base in self._bases(kind):
            method: _Step | None = getattr(self._visitor, self._prefix + base.__name__, None)
            if method is not None:
                return method
        is_visit = self._prefix == "visit_"
        return self._visitor.unknown_visit if is_visit else self._visitor.unknown_departure


def _does_nothing(method: _Step) -> bool:
    """Whether *method* is a ``pass``, as most departures are."""
    code = getattr(method, "__code__", None)
    return (
        code is not None
        and code.co_consts == _NOTHING.co_consts
        and code.co_code == _NOTHING.co_code
    )


_NOTHING = (lambda visitor, node: None).__code__


_BASES_OF: dict[Callable[..., object], Callable[[type[Node]], Iterable[type]]] = {
    nodes.NodeVisitor.dispatch_visit: lambda kind: (kind,),
    nodes.NodeVisitor.dispatch_departure: lambda kind: (kind,),
}
"""Known dispatch -> the classes whose names it uses to look for methods."""


def dispatches_by_bases(visitor: type[NodeVisitor]) -> None:
    """Declares that a class of visitors looks for methods by the names of all base classes of a
    node, as Sphinx's translators do.
    """
    for dispatch in (visitor.dispatch_visit, visitor.dispatch_departure):
        _BASES_OF[dispatch] = type.mro
