"""Sentences of other pages as nodes: what spoilers hide, and which alias was used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from .messages import _
from .names import PageName
from .wiki import COVER

if TYPE_CHECKING:
    from .wiki.excerpts import Excerpt

__all__ = ["covered", "sentence", "via_words"]


def covered(text: str) -> list[nodes.Node]:
    """*text* with a word in the place of each thing that a spoiler hides."""
    found: list[nodes.Node] = []
    for number, piece in enumerate(text.split(COVER)):
        if number:
            word = _("spoiler")
            found.append(nodes.inline(word, word, classes=["trope-cover"]))
        if piece:
            found.append(nodes.Text(piece))
    return found


def sentence(excerpt: Excerpt, mark: nodes.Element, via: str) -> nodes.paragraph:
    """The sentence as a paragraph.

    :param mark: the link that the words of the link in it become.
    :param via: canonical name of the alias that it used, or empty.
    """
    mark += covered(excerpt.words)
    paragraph = nodes.paragraph("", "", classes=["trope-context"])
    paragraph += [*covered(excerpt.before), mark, *covered(excerpt.after)]
    if via:
        words = via_words(via)
        paragraph += [nodes.Text(" "), nodes.inline(words, words, classes=["trope-via"])]
    return paragraph


def via_words(via: str) -> str:
    """What tells that a link went by the alias with the canonical name *via*."""
    return _("via %s") % PageName(*via.split("/", 1)).title
