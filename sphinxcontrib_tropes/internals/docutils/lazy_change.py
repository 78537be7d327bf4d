"""A document that changes when somebody looks into it.

Touches: ``__class__``, ``__dict__`` and ``children`` of a document.
Why: other extensions may read a doctree after its page is written, and must find no spoiler in it;
hardly any does. To cover it for each page would cost a walk through each.
Seen in: docutils 0.20 to 0.22.
Remove when: what other extensions read of a page has an event of its own.
Upstream: none known.
Without it: other extensions read what is in spoilers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["change_when_read"]

_PENDING = "_pending_change"


class _document(nodes.document):
    """A document that is still to be changed."""

    @property  # type: ignore[override]
    def children(self) -> list[nodes.Node]:
        """The children, after the change."""
        # A copy has no change pending: its children come from a document that is changed.
        kind, change = self.__dict__.pop(_PENDING, (nodes.document, None))
        self.__class__ = kind
        if change is not None:
            change(self)
        return self.children

    @children.setter
    def children(self, children: list[nodes.Node]) -> None:
        self.__dict__["children"] = children


# visitors go by the name of the class
_document.__name__ = "document"


def change_when_read(document: nodes.document, change: Callable[[nodes.document], None]) -> None:
    """Calls *change* with *document* when somebody first looks at its children.

    :param change: a function of a module, for the document may be pickled.
    """
    document.__dict__[_PENDING] = document.__class__, change
    document.__class__ = _document
