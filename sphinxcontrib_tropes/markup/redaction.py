"""Keeps hidden text out of warnings, because all readers see them on the health page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["MAY_HIDE", "SPOILER", "is_hidden_at_end", "masked", "redacted"]

_REDACTED = (
    "markup inside a spoiler is not complete, or not known; it is not quoted, for it is hidden"
)

SPOILER = re.compile(r"\[\[\s*+spoiler\s*+:", re.IGNORECASE)
"""The mark of a spoiler, however it is typed."""

MAY_HIDE = re.compile(r"\[\[\s*+(?:spoiler|\Z)", re.IGNORECASE)
"""The same within a line, where the next line may complete the mark."""

_TOKEN = re.compile(
    r"(?P<block>^\[\[[ \t]*+spoiler[ \t]*+:[ \t]*$)"
    r"|(?P<spoiler>\[\[\s*+spoiler\s*+:)"
    r"|(?P<end>^\]\][ \t]*$)"
    r"|(?P<open>\[\[(?!\[))"
    r"|\]\]",
    re.IGNORECASE | re.MULTILINE,
)
_TEXT = re.compile(r"[^\n]")
# Sentences that quote only marks, such as "'' is not closed".
_OF_MARKS = re.compile(r"(?:[\W_]{1,5}|\[\[spoiler:|\[\[note\]\]) is not closed; ")
# Where a sentence itself names the mark.
_NAMED = re.compile(r"\[\[(\s*+spoiler\s*+:)(?= is not closed|\?\)|\.\.\.)", re.IGNORECASE)


def redacted(sentence: str, *, is_hidden: bool) -> str:
    """*sentence* without the parts of the source that a spoiler hides.

    :param is_hidden: whether a spoiler hides everything that it quotes.
    """
    if is_hidden and not _OF_MARKS.match(sentence):
        return _REDACTED
    if SPOILER.search(sentence):
        parts = _NAMED.split(sentence)
        shown = (f"[[{part}" if at % 2 else _ellipses(part) for at, part in enumerate(parts))
        return "".join(shown)
    return sentence


def _ellipses(text: str) -> str:
    return _with(text, lambda hidden: "…")


def masked(text: str) -> str:
    """*text* with an ellipsis for each character that a spoiler may hide, so that length and lines
    stay the same. If in doubt, masks too much rather than too little.
    """
    if not SPOILER.search(text):
        return text
    return _with(text, lambda hidden: _TEXT.sub("…", hidden))


def is_hidden_at_end(text: str) -> bool:
    """Whether a spoiler may hide what follows *text*."""
    return any(end == len(text) for _start, end in _hidden(text))


def _with(text: str, replaced: Callable[[str], str]) -> str:
    pieces: list[str] = []
    position = 0
    for start, end in _hidden(text):
        pieces += text[position:start], replaced(text[start:end])
        position = end
    return "".join([*pieces, text[position:]])


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each part of *text* that may be hidden."""
    waiting: list[str] = []  # names of the open tokens
    spoilers = blocks = start = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup or "close"
        if kind in ("block", "spoiler", "open"):
            if kind != "open" and not spoilers:
                start = token.end()
            spoilers += kind != "open"
            blocks += kind == "block"
            waiting.append(kind)
            continue
        ends_block = kind == "end" and blocks > 0  # and what is open inside it
        was_hidden = spoilers > 0
        while waiting and (ends_block or waiting[-1] != "block"):
            closed = waiting.pop()
            spoilers -= closed != "open"
            blocks -= closed == "block"
            if not ends_block or closed == "block":
                break
        if was_hidden and not spoilers:
            yield start, token.start()
    if spoilers:
        yield start, len(text)
