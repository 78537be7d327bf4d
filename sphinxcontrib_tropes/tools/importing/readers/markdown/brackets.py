"""Which brackets of a text can be links: keeps markdown-it linear where a text is all openings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_inline import StateInline

    Rule = Callable[[StateInline, bool], bool]

__all__ = ["guarded"]

_FEW = 60
_DEEPEST = 8
_STORED = "tropes_closed_brackets"


def guarded(rule: Rule, opening: str) -> Rule:
    """*rule*, which begins with *opening*, tried only at brackets that close.

    markdown-it looks for the end of each bracket to the end of the text, 20 to 60 times over.
    """
    length = len(opening) - 1

    def tried(state: StateInline, silent: bool) -> bool:
        if not state.src.startswith(opening, state.pos):
            return False
        closed = _closed(state)
        return (closed is None or state.pos + length in closed) and rule(state, silent)

    return tried


def _closed(state: StateInline) -> frozenset[int] | None:
    """The places of brackets that close and have few others in one another inside; None: any may.

    It ignores code, so it may miss a link in a text of many brackets that has a bracket in code.
    """
    stored: dict[str, frozenset[int] | None] = state.env.setdefault(_STORED, {})
    if state.src not in stored:
        is_long = len(state.src) > 5000 or state.src.count("[") > _FEW
        stored[state.src] = frozenset(_pairs(state.src)) if is_long else None
    return stored[state.src]


def _pairs(source: str) -> list[int]:
    found, opened = [], []
    heights = []
    at = 0
    while at < len(source):
        letter = source[at]
        if letter == "\\":
            at += 1
        elif letter == "[":
            opened.append(at)
            heights.append(0)
        elif letter == "]" and opened:
            height = heights.pop()
            start = opened.pop()
            if heights:
                heights[-1] = max(heights[-1], height + 1)
            if height <= _DEEPEST:
                found.append(start)
        at += 1
    return found
