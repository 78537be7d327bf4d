"""The ways to play a trope, as writers spell them."""

from __future__ import annotations

import re

__all__ = ["LABELS", "label_of"]

LABELS = (
    "straight",
    "subverted",
    "double-subverted",
    "averted",
    "inverted",
    "exaggerated",
    "downplayed",
    "justified",
    "lampshaded",
    "invoked",
    "defied",
    "discussed",
    "parodied",
    "deconstructed",
    "zig-zagged",
    "enforced",
    "implied",
    "played-with",
)
"""The ways to play a trope."""

_OTHER_SPELLINGS = {
    "doubly-subverted": "double-subverted",
    "played-straight": "straight",
    "zigzagged": "zig-zagged",
}


def label_of(word: str) -> str:
    """The label that a writer's *word* means, such as ``Played straight``; empty if it means none."""
    word = re.sub(r"[\s_]+", "-", word.strip().casefold())
    word = _OTHER_SPELLINGS.get(word, word)
    return word if word in LABELS else ""
