"""Text that stays text on a terminal: what names and pages hold must not steer it."""

from __future__ import annotations

import re

__all__ = ["escaped", "one_line", "printable"]

# C0 but tab and line end, DEL, C1; separators of lines; embeddings, overrides, isolates
_STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""*text* with each character that is for the terminal and not for its reader as an escape,
    ``\x1b``; likewise what is no character (a disk may hold any bytes as a name).
    """
    if text.isascii() and text.isprintable():
        return text
    shown = _STEERING.sub(lambda found: ascii(found[0])[1:-1], text)
    return shown.encode("utf-8", "backslashreplace").decode()


def one_line(text: str) -> str:
    """The same without ends of lines: no name can look like a line of a report."""
    return printable(text).replace("\n", "\\n")


def escaped(json: str) -> str:
    """The same for a text of JSON, which means what it meant."""
    shown = _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", json)
    return shown.encode("utf-8", "backslashreplace").decode()
