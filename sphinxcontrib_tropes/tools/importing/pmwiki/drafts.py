"""A text that is rewritten in several steps, and remembers the place of each remark."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ....markup.escapes import MARK, Escapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Change", "Draft"]


class Change(NamedTuple):
    """A part of a text, and what replaces it."""

    start: int
    end: int
    text: str
    """The new text."""
    remark: str = ""
    """A sentence for the report; may contain the marks of escapes. Empty: nothing is said."""


class Draft:
    """A text with its escapes set aside: ``[=as typed=]`` and ``[@code@]`` are no markup.

    Each step takes the text as the last one left it. Remarks move with the text around them, so
    that their lines are those of the final text.
    """

    def __init__(self, text: str) -> None:
        self._escapes = Escapes(text)
        self.text = self._escapes.text
        self._remarks: list[tuple[int, str]] = []

    def change(self, changes: Iterable[Change]) -> None:
        """Makes *changes*, which are in the order of the text. One that begins inside another is
        left out.
        """
        pieces: list[str] = []
        position = length = 0
        moved: list[tuple[int, str]] = []
        old = iter(sorted(self._remarks, key=lambda remark: remark[0]))
        waiting = next(old, None)
        for change in changes:
            if change.start < position:
                continue
            shift = length - position
            length += change.start - position
            while waiting and waiting[0] < change.end:
                moved.append((min(waiting[0] + shift, length), waiting[1]))
                waiting = next(old, None)
            if change.remark:
                moved.append((length, self.plain(change.remark)))
            pieces += self.text[position : change.start], change.text
            length += len(change.text)
            position = change.end
        shift = length - position
        while waiting:
            moved.append((waiting[0] + shift, waiting[1]))
            waiting = next(old, None)
        if pieces:
            self.text = "".join([*pieces, self.text[position:]])
            self._remarks = moved

    def append(self, text: str) -> None:
        """Adds *text* as the last lines."""
        self.text = f"{self.text.rstrip()}\n\n{text}\n" if self.text.strip() else f"{text}\n"

    def set_aside(self, escape: str) -> str:
        """A mark for *escape*, which later steps don't look into."""
        return self._escapes.add(escape)

    def escapes(self) -> Iterator[tuple[int, int, str]]:
        """The start and end of each mark of an escape, and the escape as typed."""
        for match in MARK.finditer(self.text):
            yield *match.span(), self._escapes.source(match)

    def plain(self, text: str) -> str:
        """*text* with the contents of its escapes."""
        return self._escapes.plain(text)

    def restored(self, text: str) -> str:
        """*text* with its escapes as typed."""
        return self._escapes.restore(text)

    def finished(self) -> tuple[str, list[tuple[int, str]]]:
        """The text with its escapes; and line and sentence of each remark."""
        told = []
        line, counted = 1, 0
        for position, sentence in sorted(self._remarks, key=lambda remark: remark[0]):
            part = self.text[counted:position]
            line += part.count("\n") + self._escapes.lines_in(part)
            counted = max(counted, position)
            told.append((line, sentence))
        return self._escapes.restore(self.text), told
