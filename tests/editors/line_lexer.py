"""What a line alone shows of the markup: all that a grammar for editors can colour.

The parser knows more: markup that goes on in the next line, and marks that are text.
"""

from __future__ import annotations

import re
from itertools import cycle
from typing import TYPE_CHECKING

from pygments.token import Keyword, Name, Operator, String, Text

from sphinxcontrib_tropes.markup.dialect import DIALECT
from sphinxcontrib_tropes.markup.escapes import MARK, Escapes
from sphinxcontrib_tropes.markup.pygments_lexer import (
    BLOCK_KINDS,
    INLINE_KINDS,
    INLINE_LINES,
    STYLES,
    TEXTS,
)
from sphinxcontrib_tropes.markup.taken_lines import TakenLines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pygments.token import _TokenType


_Found = tuple[int, int, str, bool]  # start, end, name of the construct, whether it pairs

_BARS = re.compile(r"(\|\|)")
_BRACKETS = re.compile(r"(?P<odd>\]?)(?P<mark>(?:\]\])+)(?P<suffix>[^\]]*)\Z")


class LineLexer:
    """Highlights each line by itself; only escapes, programs and equations have several."""

    def tokens(self, text: str) -> Iterator[tuple[_TokenType, str]]:
        """Kind and text of each token."""
        escapes = Escapes(text)
        for kind, piece in self._lines(re.findall(r"[^\n]*\n|[^\n]+", escapes.text)):
            yield from _restored(kind, piece, escapes)

    def _lines(self, lines: list[str]) -> Iterator[tuple[_TokenType, str]]:
        tokens = DIALECT.scanner(wikiwords=True).tokens
        taken = TakenLines(lines)
        end = ""
        for at, line in enumerate(lines):
            if not end:
                yield from self._line(line, tokens)
                end = taken.end_of(DIALECT.block_of(line.rstrip())[1], at)
                continue
            before, mark, behind = line.partition(end)
            yield String, before
            if mark:
                end = ""
                rest = behind.lstrip(" \t")
                yield Keyword, f"{mark}{behind[: len(behind) - len(rest)]}"
                yield from self._line(rest, tokens)

    def _line(
        self, line: str, tokens: Callable[[str], Iterator[_Found]]
    ) -> Iterator[tuple[_TokenType, str]]:
        body = line.rstrip("\n")
        match, block = DIALECT.block_of(body)
        if block is None or match is None or block.name in INLINE_LINES:
            yield from self._inline(body, tokens)
        elif block.name in BLOCK_KINDS:
            yield BLOCK_KINDS[block.name], body
        else:
            yield from self._block(match, body, tokens)
        yield Text, line[len(body) :]

    def _block(
        self, match: re.Match[str], body: str, tokens: Callable[[str], Iterator[_Found]]
    ) -> Iterator[tuple[_TokenType, str]]:
        position = 0
        groups = match.re.groupindex
        for start, end in sorted(match.span(name) for name in TEXTS if name in groups):
            if start < position:
                continue  # a group that did not match
            yield Keyword, body[position:start]
            yield from self._inline(body[start:end], tokens)
            position = end
        yield Keyword, body[position:]

    def _inline(
        self, text: str, tokens: Callable[[str], Iterator[_Found]]
    ) -> Iterator[tuple[_TokenType, str]]:
        position = 0
        for start, end, name, is_mark in tokens(text):
            yield from _with_bars(text[position:start])
            kind = Operator if is_mark else INLINE_KINDS.get(name, Name.Tag)
            position = end
            if is_mark and (brackets := _BRACKETS.match(text[start:end])):
                # of an odd number, the first is text; so are letters that follow
                yield Text, brackets["odd"]
                yield Operator, brackets["mark"]
                yield Text, brackets["suffix"]
            elif name in STYLES:
                yield from self._styled(kind, text[start:end], tokens)
            else:
                yield kind, text[start:end]
        yield from _with_bars(text[position:])

    def _styled(
        self, kind: _TokenType, text: str, tokens: Callable[[str], Iterator[_Found]]
    ) -> Iterator[tuple[_TokenType, str]]:
        """A style, and the inline markup in the text that it is for."""
        begin = text.index("%", 1) + 1
        end = len(text) - 2 if text.endswith("%%") and len(text) > begin + 1 else len(text)
        yield kind, text[:begin]
        yield from self._inline(text[begin:end], tokens)
        yield kind, text[end:]


def _with_bars(text: str) -> Iterator[tuple[_TokenType, str]]:
    return zip(cycle([Text, Keyword]), _BARS.split(text), strict=False)


def _restored(kind: _TokenType, piece: str, escapes: Escapes) -> Iterator[tuple[_TokenType, str]]:
    position = 0
    for mark in MARK.finditer(piece):
        yield kind, piece[position : mark.start()]
        yield String.Escape, escapes.source(mark)
        position = mark.end()
    if position < len(piece):
        yield kind, piece[position:]
