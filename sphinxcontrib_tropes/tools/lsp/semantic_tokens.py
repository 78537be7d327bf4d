"""Semantic tokens: the colours of the lexer, and links by whether their page is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import SemanticTokens, SemanticTokensLegend
from pygments.token import Comment, Generic, Keyword, Name, Operator, String

from ...markup.pygments_lexer import TropeLexer
from ...names import key_of

if TYPE_CHECKING:
    from lsprotocol.types import Range
    from pygments.token import _TokenType

    from .open_wiki import Document

__all__ = ["LEGEND", "semantic_tokens"]

_TYPES = ["class", "keyword", "comment", "string", "decorator", "operator", "property", "namespace"]
_MODIFIERS = ["unresolved", "readonly"]
LEGEND = SemanticTokensLegend(_TYPES, _MODIFIERS)
"""The kinds of tokens; ``unresolved`` marks links to pages that nobody has written."""

_UNRESOLVED = 1
_OF_LEXER: dict[_TokenType, str] = {
    Name.Tag: "class",
    Name.Decorator: "decorator",
    Name.Constant: "property",
    Keyword: "keyword",
    Operator: "operator",
    Comment: "comment",
    Comment.Special: "comment",
    String: "string",
    String.Escape: "string",
    Generic.Heading: "namespace",
}
_LARGEST = 1 << 20
"""Maximum characters of a page with colours."""


def semantic_tokens(document: Document, range_: Range | None = None) -> SemanticTokens:
    """The tokens of a page of trope markup, or of a range of it."""
    text = document.text
    if document.kind != "trope" or len(text) > _LARGEST:
        return SemanticTokens([])
    start, end = document.positions.offsets(range_) if range_ else (0, len(text))
    wanted = _wanted_spans(document)
    data: list[int] = []
    last_line = last_column = 0
    for at, kind, piece in TropeLexer().get_tokens_unprocessed(text):
        name = _OF_LEXER.get(kind)
        if name is None or at >= end or at + len(piece) <= start:
            continue
        modifiers = _UNRESOLVED if name == "class" and any(
            at <= place < at + len(piece) for place in wanted.get(at // _STEP, ())
        ) else 0  # fmt: skip
        position = at
        for line in piece.splitlines(keepends=True):
            body = line.rstrip("\r\n")
            if body.strip():
                row, column = document.positions.columns_of(position)
                width = document.positions.columns_of(position + len(body))[1] - column
                is_same = row == last_line
                data += (
                    row - last_line, column - last_column if is_same else column, width,
                    _TYPES.index(name), modifiers,
                )  # fmt: skip
                last_line, last_column = row, column
            position += len(line)
    return SemanticTokens(data)


_STEP = 256


def _wanted_spans(document: Document) -> dict[int, list[int]]:
    """Where links to unwritten pages begin, in pieces of the text."""
    found: dict[int, list[int]] = {}
    written: dict[str, bool] = {}
    for place in document.reading.places:
        key = key_of(place.name)
        if key not in written:
            written[key] = document.wiki.resolve(place.name).kind in ("page", "external")
        if not written[key]:
            for piece in {place.start // _STEP, max(place.start - 2, 0) // _STEP}:
                found.setdefault(piece, []).append(place.start)
    return found
