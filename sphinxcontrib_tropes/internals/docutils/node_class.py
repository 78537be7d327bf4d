"""A node that becomes one of another class, in place.

Touches: ``__class__`` of a node.
Why: whoever made a document or a paragraph holds it, so a copy would not do; docutils makes
documents of one class only.
Seen in: docutils 0.20 to 0.22.
Remove when: a reader can name the class of its documents, and a node can be replaced for all who
hold it.
Upstream: none known.
Without it: documents are walked slower; other extensions read what is in spoilers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes

__all__ = ["change_class"]


def change_class(node: nodes.Element, kind: type[nodes.Element]) -> None:
    """Makes *node* one of *kind*, which has the same attributes."""
    node.__class__ = kind
