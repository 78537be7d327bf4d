"""A document that is walked fast.

Sphinx runs some fifty transforms over each document, and most of them do nothing but look whether it
holds what they are there for. Docutils looks with a generator for each node, through which all that
is found below is handed up level by level; that is an eighth of a build. Here one stack does it, in
the same order, and with the same freedom to change what was just given out.
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
    """A document as docutils has it."""

    def findall(  # type: ignore[override]
        self,
        condition: _Condition = None,
        include_self: bool = True,  # noqa: FBT002 - as docutils has it
        descend: bool = True,  # noqa: FBT002
        siblings: bool = False,  # noqa: FBT002
        ascend: bool = False,  # noqa: FBT002
    ) -> Iterator[Any]:
        """The nodes of the document that meet *condition*, in order."""
        if not (include_self and descend) or siblings or ascend:
            return super().findall(condition, include_self, descend, siblings, ascend)
        if isinstance(condition, type):
            return _of_kind(self, condition)
        return _below(self) if condition is None else filter(condition, _below(self))

    def walk(self, visitor: NodeVisitor) -> bool:
        """Has *visitor* visit all nodes.

        :returns: whether it said to stop.
        """
        if visitor.document.reporter.debug_flag:  # docutils tells each step
            return super().walk(visitor)
        return _walk(self, visitor)

    def walkabout(self, visitor: NodeVisitor) -> bool:
        """Has *visitor* visit and leave all nodes.

        :returns: whether it said to stop.
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
    # nearly always there is none, and that can be seen in any order
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
                    raise  # whoever walks what *root* is part of knows its siblings
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
    """What ``root.walkabout(visitor)`` does, docutils' recursion included.

    :returns: whether the visitor said to stop.
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
        except nodes.SkipSiblings:  # a child says so: of itself, or when it is left
            pass
    except nodes.SkipChildren:
        pass
    except nodes.StopTraversal:
        stops = True
    if is_left and leave is not None:
        leave(node)
    return stops


class _Methods(dict["type[Node]", "_Step | None"]):
    """Class of nodes -> what a visitor does with such a node, if anything.

    :param dispatch: what finds it for docutils, anew for each node.
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
    """Whether *method* is a ``pass``, as most that leave a node are."""
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
"""Dispatch -> the classes whose names are tried, for those that are known."""


def dispatches_by_bases(visitor: type[NodeVisitor]) -> None:
    """Says of a class of visitors that its ``dispatch_visit`` and ``dispatch_departure`` try the
    names of all base classes of a node.
    """
    for dispatch in (visitor.dispatch_visit, visitor.dispatch_departure):
        _BASES_OF[dispatch] = type.mro
