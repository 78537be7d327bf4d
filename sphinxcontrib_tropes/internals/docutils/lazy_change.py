"""A document that changes when its children are first read.

Touches: ``__class__``, ``__dict__`` and ``children`` of a document.
Why: other extensions may read a doctree after its page is written, and must find no spoilers in it.
Hardly any extension does so, and covering spoilers in every page would mean walking through each.
Seen in: docutils 0.20 to 0.22.
Remove when: Sphinx has an event for what other extensions read of a page.
Upstream: none known.
Without it: other extensions read the text in spoilers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["change_when_read"]

_PENDING = "_pending_change"


class _document(nodes.document):
    """A document whose change is pending."""

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


# visitors use the name of the class
_document.__name__ = "document"


def change_when_read(document: nodes.document, change: Callable[[nodes.document], None]) -> None:
    """Calls *change* with *document* when its children are first read.

    :param change: a module-level function, because the document may be pickled.
    """
    document.__dict__[_PENDING] = document.__class__, change
    document.__class__ = _document
