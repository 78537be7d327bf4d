"""Positions in the text that is read -> positions in the source as written.

The parser reads a text without carriage returns, with composed letters, with marks instead of
escapes; then lines that are joined, cut and stripped. Each step is a list of edits.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from .escapes import MARK
from .page import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .escapes import Escapes

__all__ = ["Edit", "Place", "SourceMap", "joined", "map_of_cleaned", "map_of_escapes", "without"]


class Edit(NamedTuple):
    """A part of the source, and the length of what is read instead."""

    start: int
    end: int
    length: int


class SourceMap:
    """Positions in a text -> positions in the text that it was made of.

    :param edits: in order; the rest is the same in both texts.
    :param below: the map of the text that this one's edits were made in.
    """

    def __init__(self, edits: Iterable[Edit] = (), below: SourceMap | None = None) -> None:
        self._below = below
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._sources: list[tuple[int, int]] = []
        shift = 0
        for start, end, length in edits:
            self._starts.append(start + shift)
            self._ends.append(start + shift + length)
            self._sources.append((start, end))
            shift += length - (end - start)

    @property
    def is_same(self) -> bool:
        """Whether all positions are those in the source."""
        return not self._starts and (self._below is None or self._below.is_same)

    def start(self, at: int) -> int:
        """Where the character at *at* begins in the source."""
        number = bisect_right(self._starts, at) - 1
        if number >= 0:
            start, end = self._sources[number]
            at = end + at - self._ends[number] if at >= self._ends[number] else start
        return at if self._below is None else self._below.start(at)

    def end(self, at: int) -> int:
        """Where the character before *at* ends in the source."""
        number = bisect_left(self._starts, at) - 1
        if number >= 0:
            end = self._sources[number][1]
            at = end + max(at - self._ends[number], 0)
        return at if self._below is None else self._below.end(at)


def without(pattern: re.Pattern[str], text: str, below: SourceMap) -> tuple[str, SourceMap]:
    """*text* without the matches of *pattern*, and its map.

    :param below: the map of *text*.
    """
    edits = [Edit(*match.span(), 0) for match in pattern.finditer(text)]
    return (pattern.sub("", text), SourceMap(edits, below)) if edits else (text, below)


def map_of_escapes(escapes: Escapes, below: SourceMap) -> SourceMap:
    """The map of a text with marks instead of *escapes*.

    :param below: the map of the text with the escapes.
    """
    return SourceMap(_marks(escapes), below) if escapes else below


def _marks(escapes: Escapes) -> Iterator[Edit]:
    shift = 0
    for mark in MARK.finditer(escapes.text):
        start, length = mark.start() + shift, len(escapes.source(mark))
        yield Edit(start, start + length, len(mark[0]))
        shift += length - len(mark[0])


# -- cleaned texts

_LINE_ENDS = re.compile(r"\r\n")
_FORM_FEEDS = re.compile(r"^\f+", re.MULTILINE)
# An ASCII character is never composed with one before it.
_APART = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]++")


def map_of_cleaned(text: str) -> tuple[str, SourceMap]:
    """*text*, cleaned as the parser does it, and its map."""
    cleaned = clean(text)
    if cleaned == text:
        return text, SourceMap()
    found = SourceMap([Edit(0, 1, 0)] if text[:1] == "\ufeff" else [])
    now = text.removeprefix("\ufeff")
    if "\r\n" in now:
        ends = [Edit(*match.span(), 1) for match in _LINE_ENDS.finditer(now)]
        now, found = now.replace("\r\n", "\n"), SourceMap(ends, found)
    now = now.replace("\r", "\n")
    now, found = without(_FORM_FEEDS, now, found)
    if not now.isascii():
        composed, edits = _composed(now)
        now, found = (composed, SourceMap(edits, found)) if edits else (now, found)
    if len(now) != len(cleaned):  # marks without end on one letter
        return cleaned, SourceMap([Edit(0, len(text), len(cleaned))])
    return cleaned, found


def _composed(text: str) -> tuple[str, list[Edit]]:
    """*text* in NFC, and the edits that make it so."""
    pieces: list[str] = []
    edits: list[Edit] = []
    position = 0
    for part in _APART.finditer(text):
        if unicodedata.is_normalized("NFC", part[0]):
            continue
        for first, last in _letters(part[0]):
            letter = part[0][first:last]
            composed = unicodedata.normalize("NFC", letter)
            if composed != letter:
                start, end = first + part.start(), last + part.start()
                edits.append(Edit(start, end, len(composed)))
                pieces += text[position:start], composed
                position = end
    return "".join([*pieces, text[position:]]), edits


def _letters(part: str) -> Iterator[tuple[int, int]]:
    """The letters of *part*, with their marks; all of it where letters compose with one another."""
    starts = [at for at, c in enumerate(part) if at == 0 or unicodedata.category(c)[0] != "M"]
    bounds = list(zip(starts, [*starts[1:], len(part)], strict=True))
    composed = "".join(unicodedata.normalize("NFC", part[start:end]) for start, end in bounds)
    if composed == unicodedata.normalize("NFC", part):
        return iter(bounds)
    return iter([(0, len(part))])


# -- texts that are put together from lines


class Place:
    """Where the characters of a text are in another one, of which it has parts in order.

    :param starts: where each part starts in the text.
    :param sources: where each part starts in the other one.
    """

    __slots__ = ("_shift", "_sources", "_starts")

    def __init__(self, starts: Sequence[int], sources: Sequence[int], shift: int = 0) -> None:
        self._starts = starts
        self._sources = sources
        self._shift = shift

    def cut(self, start: int) -> Place:
        """The place of the text from *start* on."""
        return Place(self._starts, self._sources, self._shift + start) if start else self

    @property
    def offset(self) -> int | None:
        """What to add to a position in the text; None if it has several parts."""
        if len(self._starts) > 1:
            return None
        return self._sources[0] - self._starts[0] + self._shift

    def at(self, position: int) -> int:
        """Where the character at *position* is."""
        position += self._shift
        number = bisect_right(self._starts, position) - 1 if len(self._starts) > 1 else 0
        return self._sources[number] + position - self._starts[number]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from *start* to *end* are."""
        first = self.at(start)
        return first, (self.at(end - 1) + 1 if end > start else first)

    def parts(self, length: int) -> Iterator[tuple[int, int]]:
        """The starts of the parts in a text of that *length*, and where they are."""
        yield 0, self.at(0)
        for number in range(bisect_right(self._starts, self._shift), len(self._starts)):
            if (start := self._starts[number] - self._shift) >= length:
                return
            yield start, self._sources[number]


def joined(texts: Sequence[str], places: Sequence[Place | None]) -> Place | None:
    """The place of *texts*, joined by line ends; None if any of theirs is not known."""
    starts: list[int] = []
    sources: list[int] = []
    position = 0
    for text, place in zip(texts, places, strict=True):
        if place is None:
            return None
        for start, source in place.parts(len(text)):
            starts.append(position + start)
            sources.append(source)
        position += len(text) + 1
    return Place(starts, sources)
