"""The approximate width of a text in em, when drawn.

No font is known here. Widths are estimates, more often too wide than too narrow.
"""

from __future__ import annotations

import unicodedata

__all__ = ["shorten", "text_width", "wrapped"]

_NARROW = frozenset("fijlrtI.,:;'’|!()[] -")
_WIDE = frozenset("mwMW@—…")


def text_width(text: str) -> float:
    """The width of *text* in em."""
    return sum(map(_width, text))


def shorten(title: str, room: float) -> str:
    """*title*, cut to a width of *room* em; an ellipsis marks the cut."""
    widths = [_width(character) for character in title]
    if sum(widths) <= room:
        return title
    room -= _width("…")
    kept = 0
    for width in widths:
        room -= width
        if room < 0:
            break
        kept += 1
    return title[:kept].rstrip() + "…"


def wrapped(title: str, room: float, most: int) -> tuple[str, ...]:
    """*title* in lines of at most *room* em. What does not fit into *most* lines is cut."""
    lines: list[str] = []
    rest = title.strip()
    while rest and len(lines) < most - 1 and text_width(rest) > room:
        end = max(1, len(shorten(rest, room)) - 1)  # without the ellipsis
        space = rest.rfind(" ", 0, end + 1)
        # A word that is longer than a line is parted. Scripts without spaces are parted anywhere.
        if space > 0:
            end = space
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return (*lines, shorten(rest, room))


def _width(character: str) -> float:
    if character in _NARROW:
        return 0.36
    if character in _WIDE:
        return 0.95
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    return 0.74 if character.isupper() else 0.6
