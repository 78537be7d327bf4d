"""Isolates names whose text direction differs from the text around them, so that neighbouring text
keeps its place.
"""

from __future__ import annotations

import re

from docutils import nodes

from ..internals.docutils.fast_nodes import make, make_text
from ..markup.nodes import trope_element

__all__ = [
    "embedded",
    "has_other_direction",
    "isolate",
    "text_node",
    "trope_isolated",
]

# blocks of right-to-left scripts, without their noncharacters
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class trope_isolated(trope_element, nodes.Inline, nodes.TextElement):
    """A name with its own text direction: ``bdi`` in HTML."""


def has_other_direction(text: str, *, in_right_to_left: bool = False) -> bool:
    """Whether *text* has letters whose direction differs from the text around it."""
    if in_right_to_left:
        return any(c.isalpha() and not _RIGHT_TO_LEFT.match(c) for c in text)
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def text_node(text: str) -> nodes.Node:
    """A text node for *text*, isolated if any of it is written from right to left."""
    words = make_text(text)
    return make(trope_isolated, "", [words]) if has_other_direction(text) else words


def isolate(node: nodes.Element, *, in_right_to_left: bool) -> None:
    """Isolates the texts among the children of *node* whose direction differs."""
    for at, child in enumerate(node.children):
        if isinstance(child, nodes.Text) and has_other_direction(
            child, in_right_to_left=in_right_to_left
        ):
            isolated = make(trope_isolated, "", [child])
            isolated.parent = node
            node.children[at] = isolated


def embedded(text: str) -> str:
    """*text* isolated by control characters, for drawings, where no element can do so."""
    return f"\u2068{text}\u2069" if has_other_direction(text) else text
