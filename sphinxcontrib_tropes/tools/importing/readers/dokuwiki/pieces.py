"""Sets aside the pieces of a page that have other rules than the text around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PIECE", "Piece", "restored", "set_aside"]

PIECE: Final = re.compile("\x00([0-9]+)\x01")
"""Stands for a piece in the text: its number."""

_OPENING = re.compile(r"<(code|file|nowiki|html|php)(?:\s([^>]*))?>|%%|\(\(", re.IGNORECASE)
_OURS = str.maketrans("", "", "\x00\x01")
NOTE: Final = "(("


class Piece(NamedTuple):
    """A piece of a page."""

    kind: str
    """``code``, ``file``, ``nowiki``, ``html``, ``php`` or ``((``."""
    options: str
    text: str
    source: str


def set_aside(source: str, *, with_notes: bool = True) -> tuple[str, list[Piece]]:
    """*source* with marks in place of its pieces, and the pieces.

    :param with_notes: whether footnotes are pieces: there is none in a footnote.
    """
    text = source.translate(_OURS)
    pieces: list[Piece] = []
    parts: list[str] = []
    unclosed: set[str] = set()
    lower = text.lower() if len(text.lower()) == len(text) else text
    at = start = 0
    while found := _OPENING.search(text, at):
        tag = (found[1] or "").lower()
        closing = f"</{tag}>" if tag else {"%%": "%%", NOTE: "))"}[found[0]]
        at = found.end()
        if closing in unclosed or (found[0] == NOTE and not with_notes):
            continue
        end = lower.find(closing, at)
        if end < 0:
            unclosed.add(closing)
            continue
        if found[0] == NOTE and text[end + 2 : end + 3] == ")" and "(" in text[at:end]:
            end += 1
        parts += [text[start : found.start()], f"\x00{len(pieces)}\x01"]
        at, start = end + len(closing), end + len(closing)
        kind = tag or ("nowiki" if found[0] == "%%" else NOTE)
        whole = text[found.start() : start]
        pieces.append(Piece(kind, found[2] or "", text[found.end() : end], whole))
    return "".join([*parts, text[start:]]), pieces


def restored(text: str, pieces: Sequence[Piece]) -> str:
    """*text* with its pieces as typed."""
    return PIECE.sub(lambda found: pieces[int(found[1])].source, text)
