"""About how wide a text is when it is drawn, in em.

No font is known here: widths are estimates, rather too wide than too narrow.
"""

from __future__ import annotations

import unicodedata

__all__ = ["shorten", "text_width"]

_NARROW = frozenset("fijlrtI.,:;'’|!()[] -")
_WIDE = frozenset("mwMW@—…")


def text_width(text: str) -> float:
    """The width of *text* in em."""
    return sum(map(_width, text))


def shorten(title: str, room: float) -> str:
    """*title*, cut to *room* em; an ellipsis marks a cut."""
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
