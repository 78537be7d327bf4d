"""Splits a page of trope markup into chunks that keep their meaning on their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ...markup.dialect import DIALECT
from ...markup.escapes import Escapes
from ...markup.redaction import is_hidden_at_end
from ...markup.taken_lines import TakenLines

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Chunk", "Property", "split_page"]

_WITHOUT_TEXT = ("property", "redirect", "comment_line")
"""Blocks that are treated as properties here."""
_OPENS = re.compile(
    r"\[\[(?:folder:|index\]\]|note\]\]|labelnote:|WMG:|box:)|^\[\[[ \t]*spoiler[ \t]*:[ \t]*$"
    r"|^\(:(?:table|div[0-9]{0,3})(?=[ \t:])",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\[\[/(?:folder|index|note|labelnote|WMG|box)\]\]|^\]\]$|^\(:(?:table|div[0-9]{0,3})end[ \t]*:\)",
    re.MULTILINE | re.IGNORECASE,
)


class Chunk(NamedTuple):
    """A heading, a rule, or some blocks."""

    source: str
    level: int = 0
    """Level of a heading; 0 for other blocks."""
    is_rule: bool = False


class Property(NamedTuple):
    """A property, a redirect or a comment line."""

    source: str
    name: str
    """The name, in lower case."""
    value: str


def split_page(text: str) -> tuple[list[Chunk], list[Property]]:
    """The chunks of a page, and its properties.

    Splits at blank lines and headings, but never inside a construct that spans them.
    """
    escapes = Escapes(text)
    splitter = _Splitter(escapes)
    for at, line in enumerate(splitter.source_lines):
        splitter.read(at, line)
    splitter.end()
    chunks = splitter.chunks
    shown = [chunk for at, chunk in enumerate(chunks) if not chunk.is_rule or _is_shown(chunks, at)]
    return shown, splitter.properties


class _Splitter:
    def __init__(self, escapes: Escapes) -> None:
        self._escapes = escapes
        self.source_lines = escapes.text.split("\n")
        self.chunks: list[Chunk] = []
        self.properties: list[Property] = []
        self._lines: list[str] = []  # of the chunk
        self._depth = 0
        self._levels: list[int] = []
        self._end_mark = ""
        self._taken = TakenLines(self.source_lines)
        # whether a blank line, or nothing, is above the chunk, and above the line
        self._is_alone = self._was_blank = True

    def read(self, at: int, line: str) -> None:
        """Reads the line with the number *at*."""
        if not self._lines:
            self._is_alone = self._was_blank
        was_blank, self._was_blank = self._was_blank, not line.strip()
        if self._end_mark:
            self._lines.append(line)
            self._end_mark = "" if self._end_mark in line else self._end_mark
            return
        match, block = DIALECT.block_of(line.rstrip())
        if self._depth == 0 and match is not None and block is not None:
            if block.name in _WITHOUT_TEXT:
                self.properties += _properties(line, self._escapes)
                self._was_blank = was_blank
                return
            if block.name == "heading":
                self._add_heading(line, len(match[0]) - len(match[0].lstrip("!")))
                return
            if block.name == "underline" and self._is_alone and _is_text(self._lines):
                self._add_heading(f"!{self._lines.pop()}", 1)
                return
            if block.name == "rule":
                self.end()
                self.chunks.append(Chunk(line, is_rule=True))
                return
        self._end_mark = self._taken.end_of(block, at)
        self._depth = max(0, self._depth + len(_OPENS.findall(line)) - len(_CLOSES.findall(line)))
        if line.strip() or self._depth:
            self._lines.append(line)
        else:
            self.end()

    def end(self) -> None:
        """Ends the chunk."""
        if self._lines:
            self.chunks.append(Chunk(self._escapes.restore("\n".join(self._lines))))
            self._lines.clear()

    def _add_heading(self, source: str, level: int) -> None:
        self.end()
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        self.chunks.append(Chunk(self._escapes.restore(source), len(self._levels)))


def _is_text(lines: list[str]) -> bool:
    """Whether *lines* are a single one, of text, and no spoiler goes on below it."""
    if len(lines) != 1 or is_hidden_at_end(lines[0]):
        return False
    return DIALECT.block_of(lines[0].rstrip())[1] is None


def _properties(line: str, escapes: Escapes) -> Iterator[Property]:
    """All properties on *line*."""
    rest: str | None = line.rstrip()
    while rest:
        match, block = DIALECT.block_of(rest)
        if match is None or block is None or block.name != "property":
            if block is not None and block.name in _WITHOUT_TEXT:
                yield Property(escapes.restore(rest), block.name, escapes.restore(rest))
            return
        name, value, behind = match.group("name", "value", "rest")
        source = rest.removesuffix(behind or "").rstrip()
        typed = escapes.restore(value or "").strip()
        yield Property(escapes.restore(source), name.lower(), typed)
        rest = behind


def _is_shown(chunks: list[Chunk], at: int) -> bool:
    """Whether a rule is between two blocks of a section; of adjacent rules, only the last is."""
    before = next((chunk for chunk in reversed(chunks[:at]) if not chunk.is_rule), None)
    after = next(iter(chunks[at + 1 :]), None)
    return all(chunk is not None and not chunk.level for chunk in (before, after)) and not (
        after is not None and after.is_rule
    )
