"""The lines of a text, one after the other: joined by backslashes, cut where a container ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from .escapes import Escapes

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MAX_PARTS", "LineReader"]

MAX_PARTS = 100
"""Maximum blocks on one line: for each, the rest of the line is copied."""


class LineReader:
    """Reads a text line by line.

    :param first_line: number of the first line in its file.
    :param begins_block: whether a block construct begins at the start of a line.
    """

    def __init__(self, first_line: int, begins_block: Callable[[str], bool]) -> None:
        self._begins_block = begins_block
        self.line = first_line - 1
        """Number of the current line."""
        self.escapes = Escapes("")
        self._has_escapes = False
        self._lines: list[str] = []
        self._next = 0  # index of the line after the current one
        self._extra = 0  # line ends inside the current line
        self._rests: list[str] = []  # of the current line, the next one last
        self._parts = 0  # of the current line
        self._starts: list[int] = []
        self._marks: dict[str, list[int]] = {}

    def begin(self, text: str) -> None:
        """Starts reading *text*."""
        self.escapes = Escapes(text)
        self._has_escapes = bool(self.escapes)
        self._lines = self.escapes.text.split("\n")

    def next_line(self) -> str | None:
        """The next line, without trailing whitespace, and joined with those after it by a backslash
        at its end; None at the end of the text. :attr:`line` becomes its number.
        """
        if self._rests:
            return self._rests.pop()
        try:
            line = self._lines[self._next]
        except IndexError:
            return None
        self._parts = 0
        self._next += 1
        self.line += 1 + self._extra
        if self._has_escapes:
            self._extra = self.escapes.lines_in(line)
        elif self._extra:
            self._extra = 0
        line = line.rstrip()
        return self._join(line) if line[-1:] == "\\" else line

    def read_again(self, rest: str) -> bool:
        """Makes *rest*, the end of the current line, be read next as a separate line.

        :returns: False if the line already has too many parts; then *rest* is not read.
        """
        self._parts += 1
        if self._parts > MAX_PARTS:
            return False
        self._rests.append(rest)
        return True

    def _join(self, line: str) -> str:
        """*line* and those after it, as long as each ends with a backslash. Two backslashes leave a
        line break, and end the line if the next one starts a block.
        """
        pieces: list[str] = []
        while line.endswith("\\") and (following := self.peek()) is not None:
            is_break = line.endswith("\\\\")
            if not following or (is_break and self._begins_block(following)):
                break
            pieces.append(f"{line}\n" if is_break else line[:-1])
            self._next += 1
            self._extra += 1
            line = following
        return "".join([*pieces, line])

    def peek(self) -> str | None:
        """The next line, without moving on; None at the end of the text."""
        if self._rests:
            return self._rests[-1]
        return self._lines[self._next].rstrip() if self._next < len(self._lines) else None

    def take_to(self, mark: str, rest: str = "") -> str | None:
        """The text as typed between the current line and *mark*; what is behind it is read next.
        Where *mark* does not follow, None, and nothing is taken.

        :param rest: the end of the current line, which belongs to the text.
        """
        before, found, behind = rest.partition(mark)
        taken = [before] if rest else []
        if not found and self._find(re.escape(mark)) >= len(self.escapes.text):
            return None
        while not found:
            line = self._rests.pop() if self._rests else self._raw_line()
            before, found, behind = line.partition(mark)
            taken.append(before)
        if behind.strip():
            self.read_again(behind.strip())
        return self.escapes.restore("\n".join(taken))

    def _raw_line(self) -> str:
        """The next line as it is: a backslash at its end joins nothing."""
        line = self._lines[self._next]
        self._parts = 0
        self._next += 1
        self.line += 1 + self._extra
        self._extra = self.escapes.lines_in(line) if self._has_escapes else 0
        return line

    # -- marks further down

    def is_below(self, mark: str, more_than: int) -> bool:
        """Whether more than *more_than* lines further down consist only of *mark*, or *mark* is not
        in the rest of the paragraph.
        """
        alone = self._places(rf"^{re.escape(mark)}[ \t]*$")
        if len(alone) - bisect_left(alone, self._position) > more_than:
            return True
        return self._find(re.escape(mark)) > self._find(r"^[ \t]*$")

    @property
    def _position(self) -> int:
        """The position where the line after the current one starts."""
        if not self._starts:
            lengths = (len(line) + 1 for line in self._lines)
            self._starts = list(accumulate(lengths, initial=0))
        return self._starts[self._next]

    def _places(self, pattern: str) -> list[int]:
        """The positions of *pattern* in the text; searched for only once."""
        if pattern not in self._marks:
            found = re.finditer(pattern, self.escapes.text, re.MULTILINE)
            self._marks[pattern] = [match.start() for match in found]
        return self._marks[pattern]

    def _find(self, pattern: str) -> int:
        """The next position of *pattern* after the current line; past the text's end if none."""
        places = self._places(pattern)
        at = bisect_left(places, self._position)
        return places[at] if at < len(places) else len(self.escapes.text) + (pattern[0] != "^")
