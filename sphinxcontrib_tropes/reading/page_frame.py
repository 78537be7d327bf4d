"""What every page gets besides its own text: slots, and words for search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from .slots import trope_foot, trope_head

if TYPE_CHECKING:
    from ..markup.nodes import trope_page

__all__ = ["add_meta", "add_slots"]


def add_slots(around: nodes.Element, page: trope_page) -> None:
    """Adds the slots above and below the text to *around*, which contains title, *page* and text. A
    redirect gets none.
    """
    if not page["redirect"]:
        around.insert(2, trope_head(name=page["name"]))
        around += trope_foot(name=page["name"])


def add_meta(document: nodes.document, page: trope_page) -> None:
    """Adds the keywords and description of its *page* to *document*."""
    for name, content in (("keywords", "keywords"), ("description", "laconic")):
        if page[content]:
            document.insert(0, nodes.meta(name=name, content=page[content]))
