"""Whether the lines of a text end for want of room, as editors break them, or are lines."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["are_wrapped", "is_wrapped"]

_WIDTHS = range(50, 131)
_LEAST = 3


def are_wrapped(paragraphs: Iterable[str]) -> bool:
    """Whether the writer of *paragraphs* wraps lines: paragraphs of three lines and more tell.

    Obsidian shows each line as one, and most of its writers break none; others wrap all.
    """
    score = 0
    for paragraph in paragraphs:
        ends = paragraph.count("\n")
        if ends > 1:
            score += ends if is_wrapped(paragraph) else -ends
    return score >= _LEAST


def is_wrapped(paragraph: str) -> bool:
    """Whether no line of *paragraph* had room for the first word of the next."""
    lines = paragraph.split("\n")
    width = max(map(len, lines))
    return width in _WIDTHS and all(
        line[-2:] != "  " and len(line) + 1 + len(following.split(maxsplit=1)[0]) > width
        for line, following in pairwise(lines)
        if following.strip()
    )
