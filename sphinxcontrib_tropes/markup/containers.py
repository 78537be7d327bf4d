"""What is open while blocks are read: containers such as folders, and lists and quotations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docutils import nodes

from ..internals.docutils.fast_nodes import adopt

if TYPE_CHECKING:
    from collections.abc import Callable

    Finish = Callable[[], object]

__all__ = ["ENDS", "Container", "Nested", "contents"]

ENDS = (("[[/folder]]", "folder"), ("[[/index]]", "index"), ("[[/box]]", "callout"))
"""Marks that end a container anywhere in a line, and the kind that each ends."""


def contents(node: nodes.Element) -> list[nodes.Node]:
    """What stays of a container that would be too deep: its children, with a title as a rubric."""
    return [
        nodes.rubric("", "", *child.children) if isinstance(child, nodes.title) else child
        for child in node.children
    ]


@dataclass(slots=True)
class Nested:
    """An open list or quotation, at the depth given by the number of its marks."""

    kind: str
    depth: int
    holder: nodes.Element
    """The list, or the quotation itself."""
    last: nodes.Element
    """The last item, which takes whatever is nested deeper."""
    column: int = 0
    """The column where the text of the last item starts."""


@dataclass(slots=True)
class Container:
    """An open container, such as a folder. The outermost one is the page itself."""

    node: nodes.Element
    kind: str
    opening: str
    """The markup that opened it, for messages."""
    line: int
    sections: list[tuple[int, nodes.section]] = field(default_factory=list)
    """Open sections with their levels, outermost first."""
    nested: list[Nested] = field(default_factory=list)
    """Open lists and quotations, outermost first."""
    pending_rule: nodes.Element | None = None
    """A rule that is added only when something follows it."""
    finish: Finish | None = None
    """Called when it is closed, however it is."""

    @property
    def innermost(self) -> nodes.Element:
        """The innermost open section, or the container."""
        return self.sections[-1][1] if self.sections else self.node

    def append(self, node: nodes.Node) -> None:
        """Adds *node* at the end."""
        if self.pending_rule is not None:
            adopt(self.innermost, self.pending_rule)
            self.pending_rule = None
        adopt(self.innermost, node)
