"""A Pygments lexer, made from the declarations of the constructs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from pygments.lexer import Lexer
from pygments.token import Comment, Generic, Keyword, Name, Operator, String, Text

from .dialect import DIALECT
from .escapes import MARK, Escapes
from .taken_lines import TakenLines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pygments.token import _TokenType

__all__ = ["TropeLexer"]

_Token = tuple[int, "_TokenType", str]
_Found = tuple[int, int, str, bool]  # start, end, name of the construct, whether it pairs

# Constructs that are neither marks nor listed here are links.
_INLINE: dict[str, _TokenType] = {
    "braces_unclosed": Text,
    "clear": Operator,
    "comment": Comment,
    "entity": String.Escape,
    "escaped": String.Escape,
    "escaped_unclosed": Text,
    "image": Name.Constant,
    "inert": Comment.Special,
    "line_break": Operator,
    "link_unclosed": Text,
    "math": String,
    "soft_return": Operator,
    "style": String,
    "style_dropped": String,
    "style_open": String,
    "unlinked": Text,
    "url": Name.Constant,
}
_BLOCKS: dict[str, _TokenType] = {
    "comment_line": Comment,
    "heading": Generic.Heading,
    "indented": String,
    "preformatted": String,
    "property": Name.Decorator,
    "property_unclosed": Text,
    "underline": Generic.Heading,
    "redirect": Name.Decorator,
}
_STYLES = ("style", "style_open")
# Groups of a block's match that contain inline markup.
_TEXTS = ("title", "term", "text", "rest")


class TropeLexer(Lexer):
    """Highlights trope markup."""

    name = "Trope markup"
    aliases: ClassVar[list[str]] = ["trope"]
    filenames: ClassVar[list[str]] = ["*.trope"]

    def get_tokens_unprocessed(self, text: str) -> Iterator[_Token]:
        """Position, kind and text of each token."""
        escapes = Escapes(text)
        position = 0
        for kind, piece in self._lines(escapes.text.splitlines(keepends=True)):
            for kind_of_part, part in _restored(kind, piece, escapes):
                yield position, kind_of_part, part
                position += len(part)

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
        if block is None or match is None:
            yield from self._inline(body, tokens)
        elif block.name in _BLOCKS:
            yield _BLOCKS[block.name], body
        else:
            yield from self._block(match, body, tokens)
        yield Text, line[len(body) :]

    def _block(
        self, match: re.Match[str], body: str, tokens: Callable[[str], Iterator[_Found]]
    ) -> Iterator[tuple[_TokenType, str]]:
        position = 0
        groups = match.re.groupindex
        for start, end in sorted(match.span(name) for name in _TEXTS if name in groups):
            if start < position:
                continue  # a group that did not match
            yield Keyword, body[position:start]
            yield from self._inline(body[start:end], tokens)
            position = end
        rest = body[position:]
        if position:
            yield Keyword, rest
        else:
            yield from self._inline(rest, tokens) if "||" in rest else iter([(Keyword, rest)])

    def _inline(
        self, text: str, tokens: Callable[[str], Iterator[_Found]]
    ) -> Iterator[tuple[_TokenType, str]]:
        position = 0
        for start, end, name, is_mark in tokens(text):
            yield Text, text[position:start]
            kind = Operator if is_mark else _INLINE.get(name, Name.Tag)
            position = end
            if name in _STYLES:
                yield from self._styled(kind, text[start:end], tokens)
            else:
                yield kind, text[start:end]
        yield Text, text[position:]

    def _styled(
        self, kind: _TokenType, text: str, tokens: Callable[[str], Iterator[_Found]]
    ) -> Iterator[tuple[_TokenType, str]]:
        """A style, and the inline markup in the text that it is for."""
        begin = text.index("%", 1) + 1
        end = len(text) - 2 if text.endswith("%%") and len(text) > begin + 1 else len(text)
        yield kind, text[:begin]
        yield from self._inline(text[begin:end], tokens)
        yield kind, text[end:]


def _restored(kind: _TokenType, piece: str, escapes: Escapes) -> Iterator[tuple[_TokenType, str]]:
    position = 0
    for mark in MARK.finditer(piece):
        yield kind, piece[position : mark.start()]
        yield String.Escape, escapes.source(mark)
        position = mark.end()
    if position < len(piece):
        yield kind, piece[position:]
