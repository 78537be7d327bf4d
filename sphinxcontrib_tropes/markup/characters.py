"""Sets of characters for regular expressions, and a test for visible characters."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ..names import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "ALPHANUMERIC",
    "BALANCED",
    "IN_BRACKETS",
    "LETTERS",
    "LOWER_CASE",
    "NOT_BEFORE",
    "NOT_UPPER_CASE",
    "UPPER_CASE",
    "ascii_only",
    "has_visible_characters",
]


_UNSEEN = frozenset(["Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"])
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters that print nothing


def has_visible_characters(text: str) -> bool:
    """Whether *text* has a character that readers can see: not only whitespace, marks without a
    letter, and characters without width.
    """
    if text.isascii():
        return not text.isspace() and text != ""
    return any(unicodedata.category(c) not in _UNSEEN and c not in _FILLERS for c in text)


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


# Contain all scripts with case (Unicode 16); all of Unicode would add 50 ms to the import.
_WITH_CASE = [range(0x2E80), range(0xA640, 0xA800), range(0xFF21, 0xFF3B), range(0x10400, 0x10600)]

UPPER_CASE = _set(_WITH_CASE, lambda c: c.isupper() and c.isalpha())
"""The upper-case letters of all scripts."""

_MARKS = _set([range(0x300, 0x1100)], lambda c: unicodedata.category(c)[0] == "M")

# In a script without spaces, the next word directly follows a link.
LETTERS = rf"(?:[^\W\d_{UNSPACED}]|(?![{UNSPACED}])[{_MARKS}])*+"
"""Letters, with their marks, that directly follow a link and belong to it. Only of scripts with
spaces between words.
"""


# A WikiWord has no letters of scripts without spaces: it begins and ends between their words.
ALPHANUMERIC = rf"[^\W_{UNSPACED}]"
"""A letter or digit, of a script with spaces between words."""

LOWER_CASE = rf"[^\W\d_{UPPER_CASE}{UNSPACED}]"
"""A letter that is not upper-case, of such a script."""

NOT_UPPER_CASE = rf"[^\W_{UPPER_CASE}{UNSPACED}]"
"""A letter or digit that is not upper-case, of such a script."""

NOT_BEFORE = rf"(?![{UNSPACED}])[\w@#]"
"""What must not come right before a WikiWord."""

IN_BRACKETS = r"(?:[^\[\]]|\[[^\[\]]*+\])*+"
"""Text in which single brackets are closed, and no two open."""

BALANCED = rf"(?:[^\[\]]|\[[^\[\]]*+\]|\[\[{IN_BRACKETS}\]\])*+"
"""Text in which all brackets are closed, such as that of a link."""

# Longer ones, which contain others, come first.
_IN_ASCII = {
    LETTERS: "[A-Za-z]*+",
    LOWER_CASE: "[a-z]",
    NOT_UPPER_CASE: "[a-z0-9]",
    ALPHANUMERIC: "[A-Za-z0-9]",
    rf"[\d{UPPER_CASE}]": "[0-9A-Z]",
    UPPER_CASE: "A-Z",
    r"[\w@]": "[A-Za-z0-9_@]",
    NOT_BEFORE: "[A-Za-z0-9_@#]",
    r"[^\s": r"[^\t-\r\x1c- ",
}


def ascii_only(pattern: str) -> str:
    """*pattern* for ASCII texts, with the same matches: small sets of characters are several times
    as fast as Unicode's.
    """
    for whole, ascii_ in _IN_ASCII.items():
        pattern = pattern.replace(whole, ascii_)
    return pattern
