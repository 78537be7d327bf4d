"""Which braces of wikitext belong together: templates come before all else in it."""

from __future__ import annotations

import re
from typing import NamedTuple

from .nodes import BAR

__all__ = ["Braces", "braces"]

# the end of a table may touch that of the template around it
_RUN = re.compile(rf"\n[ \t]*[|{BAR}]\}}(?=\}}\}}(?!\}}))|\{{{{2,}}|\}}{{2,}}")


class Braces(NamedTuple):
    """Pairs of braces: two for a template, three for a parameter."""

    openings: dict[int, int]
    """Where one begins -> how many braces it has."""
    closings: dict[int, int]
    """Where the end of one begins -> where it begins."""


def braces(text: str) -> Braces:
    """The pairs in *text*; what has no partner is left out."""
    openings: dict[int, int] = {}
    closings: dict[int, int] = {}
    stack: list[list[int]] = []
    for found in _RUN.finditer(text):
        at, end = found.span()
        if text[at] == "{":
            stack.append([at, end - at])
            continue
        if text[at] != "}":
            continue
        while stack and end - at > 1:
            start, count = stack[-1]
            size = min(3, count, end - at)
            openings[start + count - size] = size
            closings[at] = start + count - size
            at += size
            stack[-1][1] = count - size
            if stack[-1][1] < 2:
                stack.pop()
    return Braces(openings, closings)
