"""What is open while blocks are read: folders and the like, and in each of them lists and quotations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..internals.docutils.fast_nodes import adopt

if TYPE_CHECKING:
    from docutils import nodes

__all__ = ["Container", "Nested"]


@dataclass(slots=True)
class Nested:
    """An open list or quotation, at the depth that the number of its marks gives."""

    kind: str
    depth: int
    holder: nodes.Element
    """The list, or the quotation itself."""
    last: nodes.Element
    """Takes what is nested deeper: the last item."""
    column: int = 0
    """Where in its line the text of the last item begins."""


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
    """A rule that is added when something follows it."""

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
