"""Text for a terminal, without control characters: names and pages must not control it."""

from __future__ import annotations

import re

__all__ = ["escaped", "one_line", "printable"]

# C0 except tab and newline, DEL, C1; line separators; bidirectional embeddings, overrides, isolates
_STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""*text* with control characters as escapes, ``\x1b``; also surrogates, which occur in file
    names with undecodable bytes.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = _STEERING.sub(lambda found: ascii(found[0])[1:-1], text)
    return shown.encode("utf-8", "backslashreplace").decode()


def one_line(text: str) -> str:
    """Like :func:`printable`, with newlines escaped: no name can look like a report line."""
    return printable(text).replace("\n", "\\n")


def escaped(json: str) -> str:
    r"""*json*, which is JSON text, with control characters as ``\u001b``: same meaning."""
    shown = _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", json)
    return shown.encode("utf-8", "backslashreplace").decode()
