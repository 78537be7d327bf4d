"""Names that are written in the other direction than the text around them: each is kept apart, so
that what stands beside it stays where it is.
"""

from __future__ import annotations

import re

from docutils import nodes

from ..internals.docutils.fast_nodes import make, make_text
from ..markup.nodes import trope_element

__all__ = ["embedded", "is_foreign", "is_right_to_left", "isolate", "shown", "trope_isolated"]

# blocks of scripts written from right to left; the noncharacters among them are no letters
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LANGUAGES = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "syr", "ug", "ur", "yi"]
)


class trope_isolated(trope_element, nodes.Inline, nodes.TextElement):
    """A name whose direction is its own: ``bdi`` in HTML."""


def is_right_to_left(language: str) -> bool:
    """Whether a project in this language reads from right to left."""
    return re.split("[_-]", language.lower())[0] in _LANGUAGES


def is_foreign(text: str, *, in_right_to_left: bool = False) -> bool:
    """Whether *text* has letters of the other direction than the text around it."""
    if in_right_to_left:
        return any(c.isalpha() and not _RIGHT_TO_LEFT.match(c) for c in text)
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def shown(text: str) -> nodes.Node:
    """*text* as a node, kept apart if it may be written from right to left."""
    words = make_text(text)
    return make(trope_isolated, "", [words]) if is_foreign(text) else words


def isolate(node: nodes.Element, *, in_right_to_left: bool) -> None:
    """Keeps apart the texts right below *node* that are foreign."""
    for at, child in enumerate(node.children):
        if isinstance(child, nodes.Text) and is_foreign(child, in_right_to_left=in_right_to_left):
            apart = make(trope_isolated, "", [child])
            apart.parent = node
            node.children[at] = apart


def embedded(text: str) -> str:
    """*text* kept apart by characters, where there are no elements: in a drawing."""
    return f"\u2068{text}\u2069" if is_foreign(text) else text
