"""Emphasis by quotes: ``''`` and ``'''``, closed at the end of each line, as MediaWiki does it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, cast

from ...tree import Break, Styled, Text, joined
from .pieces import Blocks

if TYPE_CHECKING:
    from ...tree import Inline, Style
    from .pieces import Piece

__all__ = ["Quotes", "quotes_in", "styled"]

_RUN = re.compile(r"('{2,})")
_ITALIC, _BOLD, _BOTH = 2, 3, 5
_STYLES: tuple[Style, Style] = ("emphasis", "strong")


class Quotes(NamedTuple):
    """A run of quotes: 2, 3 or 5."""

    size: int


def quotes_in(text: str) -> list[str | Quotes]:
    """*text* with its runs of quotes apart."""
    found: list[str | Quotes] = []
    for number, part in enumerate(_RUN.split(text)):
        if not number % 2:
            found.append(part)
            continue
        size = len(part)
        if size == 4:
            size = _BOLD
        size = min(size, _BOTH)
        found += [part[size:], Quotes(size)]
    return found


def styled(line: list[Piece | Quotes]) -> list[Piece]:
    """The pieces of one line, with what is between quotes in its style."""
    if not any(isinstance(piece, Quotes) for piece in line):
        return cast("list[Piece]", line)
    line = _balanced(line)
    writing = _Writing()
    for at, piece in enumerate(line):
        if not isinstance(piece, Quotes):
            writing.add(piece)
        elif piece.size == _ITALIC:
            writing.toggle("emphasis")
        elif piece.size == _BOLD:
            writing.toggle("strong")
        elif writing.is_open:
            for style in writing.open_styles():
                writing.toggle(style)
            for other in _STYLES:
                if other not in writing.closed:
                    writing.toggle(other)
        else:
            following = (later.size for later in line[at + 1 :] if isinstance(later, Quotes))
            is_bold_first = next(following, _BOTH) == _BOLD
            for style in _STYLES if is_bold_first else _STYLES[::-1]:
                writing.toggle(style)
    return writing.end()


def _balanced(line: list[Piece | Quotes]) -> list[Piece | Quotes]:
    """One bold mark is an apostrophe and an italic one, where both kinds are odd in number."""
    sizes = [piece.size for piece in line if isinstance(piece, Quotes)]
    bolds = sum(size in (_BOLD, _BOTH) for size in sizes)
    italics = sum(size in (_ITALIC, _BOTH) for size in sizes)
    if not bolds % 2 or not italics % 2:
        return line
    choice, best = -1, 0
    for at, piece in enumerate(line):
        if not isinstance(piece, Quotes) or piece.size != _BOLD:
            continue
        before = line[at - 1] if at else Text("")
        text = f"x{before.text}" if isinstance(before, Text) else "x"
        # behind a word of one letter, else behind a longer one, else behind a blank
        score = 1 if text[-1] == " " else 3 if text[-2:-1] == " " else 2
        if score > best:
            choice, best = at, score
    if choice < 0:
        return line
    return [*line[:choice], Text("'"), Quotes(_ITALIC), *line[choice + 1 :]]


class _Writing:
    def __init__(self) -> None:
        self._stack: list[tuple[Style | None, list[Piece]]] = [(None, [])]
        self.closed: list[Style] = []

    @property
    def is_open(self) -> bool:
        return len(self._stack) > 1

    def open_styles(self) -> list[Style]:
        self.closed = [style for style, _ in reversed(self._stack) if style]
        return list(self.closed)

    def add(self, piece: Piece) -> None:
        if not isinstance(piece, Blocks):
            self._stack[-1][1].append(piece)
            return
        styles = [style for style, _ in self._stack[1:] if style]
        while self.is_open:
            self._close()
        self._stack[-1][1].append(piece)
        for style in styles:
            self._stack.append((style, []))

    def toggle(self, style: Style) -> None:
        reopened: list[Style] = []
        if all(style != open_style for open_style, _ in self._stack):
            self._stack.append((style, []))
            return
        while self.is_open:
            closed = self._close()
            if closed == style:
                break
            reopened.append(closed)
        for again in reversed(reopened):
            self._stack.append((again, []))

    def _close(self) -> Style:
        style, pieces = self._stack.pop()
        assert style is not None
        inner = cast("list[Inline]", pieces)
        if any(not isinstance(piece, Break | Text) or _has_words(piece) for piece in inner):
            self._stack[-1][1].append(Styled(style, joined(inner)))
        else:
            self._stack[-1][1].extend(inner)
        return style

    def end(self) -> list[Piece]:
        while self.is_open:
            self._close()
        return self._stack[0][1]


def _has_words(piece: Break | Text) -> bool:
    return isinstance(piece, Text) and bool(piece.text.strip())
