"""A Pygments lexer: colours what the parser found."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from pygments.lexer import Lexer
from pygments.token import Comment, Generic, Keyword, Name, Operator, String, Text

from ..names import MAIN, PageName
from .declaration import Atom
from .dialect import DIALECT
from .settings import MarkupSettings
from .spans import read_with_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.token import _TokenType

    from .span_types import Span

__all__ = ["BLOCK_KINDS", "INLINE_KINDS", "INLINE_LINES", "STYLES", "TEXTS", "TropeLexer"]

INLINE_KINDS: dict[str, _TokenType] = {
    "backticks_typed": Text,
    "braces_empty_typed": Text,
    "braces_unclosed": Text,
    "clear": Operator,
    "comment": Comment,
    "end_unclosed": Text,
    "entity": String.Escape,
    "escaped": String.Escape,
    "escaped_unclosed": Text,
    "image": Name.Constant,
    "inert": Comment.Special,
    "inline_picture": Name.Constant,
    "line_break": Operator,
    "link_unclosed": Text,
    "math": String,
    "played": Name.Decorator,
    "soft_return": Operator,
    "style": String,
    "style_dropped": String,
    "style_open": String,
    "unlinked": Text,
    "url": Name.Constant,
    "word_unclosed": Text,
}
"""Inline constructs. Those that are neither marks nor listed here are links."""

BLOCK_KINDS: dict[str, _TokenType] = {
    "comment_line": Comment,
    "heading": Generic.Heading,
    "indented": String,
    "preformatted": String,
    "property": Name.Decorator,
    "property_unclosed": Text,
    "underline": Generic.Heading,
    "redirect": Name.Decorator,
}
"""Blocks whose lines have one kind."""

INLINE_LINES = ("categories", "table")
"""Blocks whose lines are inline markup, such as bars and cells."""

STYLES = ("style", "style_open")
"""Inline constructs whose text is inline markup."""

TEXTS = ("title", "term", "text", "rest")
"""Groups of a block's match that contain inline markup."""

_BLOCKS = {block.name: block for block in DIALECT.blocks}
_ATOMS = frozenset(c.name for c in DIALECT.inline if isinstance(c, Atom))
_ESCAPED = "escaped"
_STYLED = ("style_text", "style_first", "style_plain")
"""Groups of styles that contain inline markup."""
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_BARS = re.compile(r"\|\|")
_SETTINGS = MarkupSettings()
_NAME = PageName(MAIN, "Untitled")


class TropeLexer(Lexer):
    """Highlights trope markup."""

    name = "Trope markup"
    aliases: ClassVar[list[str]] = ["trope"]
    filenames: ClassVar[list[str]] = ["*.trope"]

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        """Position, kind and text of each token, none of which goes on in the next line."""
        position = 0
        for kind, run in groupby(_kinds(text)):
            end = position + sum(1 for _ in run)
            for line in _LINE.finditer(text, position, end):
                yield line.start(), kind, line[0]
            position = end


def _kinds(text: str) -> list[_TokenType]:
    """The kind of each character of *text*."""
    kinds = _Kinds(text)
    spans = read_with_spans(text, _NAME, _SETTINGS).spans
    for span in spans:
        if span.construct in _BLOCKS and span.part != "text":
            kinds.add_block(span)
    for span in spans:
        if span.construct not in _BLOCKS and span.construct != _ESCAPED:
            kinds.add_inline(span)
    for span in spans:
        if span.construct == _ESCAPED:
            kinds.fill(span.start, span.end, String.Escape)
    return kinds.kinds


class _Kinds:
    """The kinds of the characters of a text, as its spans are added in order."""

    def __init__(self, text: str) -> None:
        self.kinds: list[_TokenType] = [Text] * len(text)
        self._text = text
        self._whole: list[tuple[int, int]] = []
        """Start and end of each block that has no inline markup, in order."""
        self._end = 0
        """The end of a whole match, in which no other markup is coloured."""

    def fill(self, start: int, end: int, kind: _TokenType) -> None:
        """Gives the characters from *start* to *end* a *kind*."""
        self.kinds[start:end] = [kind] * (end - start)

    def add_block(self, span: Span) -> None:
        """Adds a block."""
        start, end, block = span.start, span.end, _BLOCKS[span.construct]
        if block.name in INLINE_LINES:
            for bar in _BARS.finditer(self._text, start, end):
                self.fill(*bar.span(), Keyword)
            return
        self.fill(start, end, BLOCK_KINDS.get(block.name, Keyword))
        if block.name in BLOCK_KINDS or block.takes_to:
            self._whole.append((start, end))
        if block.takes_to:
            first = self._text.find("\n", start, end) + 1
            self.fill(first or end, end - len(block.takes_to), String)
        for group in TEXTS:
            if group in span.groups and block.name not in BLOCK_KINDS:
                self.fill(*span.groups[group], Text)

    def add_inline(self, span: Span) -> None:
        """Adds inline markup; all blocks are there."""
        start, end = span.start, span.end
        if start < self._end or self._is_whole(start):
            return
        if span.construct not in _ATOMS:
            self.fill(start, end, Operator)
            return
        self.fill(start, end, INLINE_KINDS.get(span.construct, Name.Tag))
        if span.construct not in STYLES:
            self._end = end
        for group in _STYLED:
            if group in span.groups:
                self.fill(*span.groups[group], Text)

    def _is_whole(self, at: int) -> bool:
        """Whether a block of one kind is at *at*."""
        number = bisect_right(self._whole, (at, len(self._text))) - 1
        return number >= 0 and at < self._whole[number][1]
