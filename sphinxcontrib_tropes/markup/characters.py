"""Sets of characters for regular expressions: the inside of ``[...]``."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ..names import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["LETTERS", "UPPER_CASE"]


def _set(blocks: Iterable[range], is_member: Callable[[str], bool]) -> str:
    ranges: list[list[int]] = []
    for block in blocks:
        for code in filter(lambda code: is_member(chr(code)), block):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(
        chr(first) if first == last else f"{chr(first)}-{chr(last)}" for first, last in ranges
    )


# No script with case lies between these (Unicode 16): to look at all would cost 50 ms of import.
_WITH_CASE = [range(0x2E80), range(0xA640, 0xA800), range(0xFF21, 0xFF3B), range(0x10400, 0x10600)]

UPPER_CASE = _set(_WITH_CASE, lambda c: c.isupper() and c.isalpha())
"""The upper-case letters of all scripts."""

_MARKS = _set([range(0x300, 0x1100)], lambda c: unicodedata.category(c)[0] == "M")

# What follows a link in a script that sets no blanks is the next word.
LETTERS = rf"(?:[^\W\d_{UNSPACED}]|(?![{UNSPACED}])[{_MARKS}])*+"
"""The letters, with their marks, that follow a link at once and belong to it, in scripts that set
words apart."""
