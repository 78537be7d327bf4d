"""Boxes without a title of their own: the words that Sphinx has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from ..markup.lower import elements
from ..messages import _

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["add_words"]

# Called late: the language is known only then.
_WORDS: dict[str, Callable[[], str]] = {
    "abstract": lambda: _("Abstract"),
    "bug": lambda: _("Bug"),
    "example": lambda: _("Example"),
    "failure": lambda: _("Failure"),
    "info": lambda: _("Info"),
    "question": lambda: _("Question"),
    "quote": lambda: _("Quote"),
    "success": lambda: _("Success"),
    "todo": lambda: _("To do"),
}


def add_words(root: nodes.Element) -> None:
    """Gives the boxes below *root* their titles in the language of the project."""
    for box in elements(root):
        if not isinstance(box, nodes.admonition) or "kind" not in box:
            continue
        kind = box.attributes.pop("kind")
        if kind == "seealso":
            see_also = addnodes.seealso("", *box.children[1:])
            see_also.line = box.line
            box.parent.replace(box, see_also)  # not with its classes
        else:
            words = _WORDS[kind]()
            box.replace(box.children[0], nodes.title(words, words))
