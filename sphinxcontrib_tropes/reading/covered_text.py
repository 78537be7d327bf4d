"""The text of a node, without what spoilers hide."""

from __future__ import annotations

from docutils import nodes

from ..markup.nodes import trope_note, trope_spoiler
from ..wiki import COVER

__all__ = ["covered_text", "picture_words", "title_text"]


def covered_text(node: nodes.Node) -> str:
    """The text of *node*, with :data:`COVER` for each spoiler and without notes."""
    pieces: list[str] = []
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.Text):
            pieces.append(str(node))
        elif isinstance(node, nodes.image):
            pieces.append(picture_words(node))
        elif isinstance(node, trope_spoiler):
            pieces.append(COVER)
        elif not isinstance(node, trope_note):
            stack += node.children[::-1]
    return "".join(pieces)


def picture_words(image: nodes.image) -> str:
    """The words that stand for a picture in a sentence; none if they are only the file's name."""
    words: str = image.get("alt") or ""
    return "" if words == image["uri"].partition("?")[0].rpartition("/")[2] else words


def title_text(node: nodes.Node) -> str:
    """The text of a title, with an ellipsis for each spoiler."""
    return covered_text(node).replace(COVER, "…")
