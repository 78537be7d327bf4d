"""Gives nodes that markup made their words, in the language of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import boxes, played

if TYPE_CHECKING:
    from docutils import nodes

__all__ = ["add_words"]


def add_words(root: nodes.Element, text: str) -> None:
    """Adds the titles of boxes, and the words for how tropes are played.

    :param root: what was made from *text*.
    """
    if "[[box:" in text:
        boxes.add_words(root)
    if "played:" in text.lower():
        played.add_played_words([root])
