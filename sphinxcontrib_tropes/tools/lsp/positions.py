"""Offsets in a text <-> lines and columns as an editor counts them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol.types import Position, Range

if TYPE_CHECKING:
    from ...markup.span_types import Context

__all__ = ["ENCODINGS", "Columns", "Positions"]

ENCODINGS = ("utf-16", "utf-8", "utf-32")
"""How an editor may count columns: in units of one of these encodings."""

_CODECS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_BYTES = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
_LINE_END = re.compile(r"\r\n|\r|\n")


class Columns(NamedTuple):
    """A place in one line, as an editor counts."""

    line: int
    start: int
    end: int
    context: Context = "link"
    """As :attr:`.Occurrence.context`."""

    @property
    def range(self) -> Range:
        """The same for the client."""
        return Range(Position(self.line, self.start), Position(self.line, self.end))


class Positions:
    """Where the lines of a text begin; made once for each version of the text.

    :param encoding: one of :data:`ENCODINGS`.
    """

    __slots__ = ("_encoding", "_ends", "_is_ascii", "_starts", "_text")

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self._text = text
        self._encoding = encoding
        self._is_ascii = text.isascii()
        self._starts, self._ends = [0], []
        for match in _LINE_END.finditer(text):
            self._ends.append(match.start())
            self._starts.append(match.end())
        self._ends.append(len(text))

    @property
    def lines(self) -> int:
        """How many lines the text has: at least one."""
        return len(self._starts)

    def line_of(self, offset: int) -> int:
        """The line, from 0, of *offset*."""
        return bisect_right(self._starts, offset) - 1

    def columns_of(self, offset: int) -> tuple[int, int]:
        """Line and column of *offset*."""
        line = self.line_of(offset)
        start = self._starts[line]
        if self._is_ascii or self._encoding == "utf-32":
            return line, offset - start
        return line, _units(self._text[start:offset], self._encoding)

    def position(self, offset: int) -> Position:
        """The position of *offset*."""
        return Position(*self.columns_of(offset))

    def range(self, start: int, end: int) -> Range:
        """The range between two offsets."""
        return Range(self.position(start), self.position(end))

    def span_of_line(self, line: int) -> tuple[int, int]:
        """Where *line*, from 0, begins and ends; a line after the last one is the last one."""
        line = max(0, min(line, len(self._starts) - 1))
        return self._starts[line], self._ends[line]

    def words_of_line(self, line: int) -> tuple[int, int]:
        """The same, without blanks around the text of the line."""
        start, end = self.span_of_line(line)
        text = self._text[start:end]
        if not text.strip():
            return start, end
        return start + len(text) - len(text.lstrip()), start + len(text.rstrip())

    def offset(self, position: Position) -> int:
        """The offset of *position*; inside a character, that of the character; behind a line, its
        end; behind the text, the end of the text.
        """
        if position.line >= len(self._starts):
            return len(self._text)
        start, end = self.span_of_line(position.line)
        if self._is_ascii or self._encoding == "utf-32":
            return min(start + position.character, end)
        codec = _CODECS[self._encoding]
        units = self._text[start:end].encode(codec, "surrogatepass")
        units = units[: _BYTES[self._encoding] * position.character]
        if self._encoding == "utf-16" and len(units) >= 2 and 0xD8 <= units[-1] <= 0xDB:
            units = units[:-2]  # half a pair
        return min(start + len(units.decode(codec, "ignore")), end)

    def offsets(self, range_: Range) -> tuple[int, int]:
        """Start and end of a range, in order."""
        start, end = self.offset(range_.start), self.offset(range_.end)
        return min(start, end), max(start, end)


def _units(text: str, encoding: str) -> int:
    if text.isascii():
        return len(text)
    return len(text.encode(_CODECS[encoding], "surrogatepass")) // _BYTES[encoding]
