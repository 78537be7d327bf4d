"""Changes the class of a node, in place.

Touches: ``__class__`` of a node.
Why: the code that made a document or paragraph keeps a reference to it, so a copy would not do.
Docutils makes documents of one class only.
Seen in: docutils 0.20 to 0.22.
Remove when: a reader can name the class of its documents, and a node can be replaced wherever it is
referenced.
Upstream: none known.
Without it: documents are walked more slowly; other extensions read the text in spoilers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes

__all__ = ["change_class"]


def change_class(node: nodes.Element, kind: type[nodes.Element]) -> None:
    """Changes the class of *node* to *kind*, which has the same attributes."""
    node.__class__ = kind
