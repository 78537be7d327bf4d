"""The lines that a block takes as they are, up to a mark: those of a program or an equation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .dialect import DIALECT
from .escapes import MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .declaration import Block

__all__ = ["TakenLines"]

_MARKS = frozenset(block.takes_to for block in DIALECT.blocks if block.takes_to)


class TakenLines:
    """Tells which of *lines* are taken, for who reads a text without the parser.

    :param lines: those of a text whose escapes are replaced by marks.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._last = {
            mark: max((at for at, line in enumerate(lines) if mark in line), default=-1)
            for mark in _MARKS
        }

    def end_of(self, block: Block | None, at: int) -> str:
        """The mark up to which *block*, which starts on the line with the number *at*, takes the
        lines below; empty if it takes none.
        """
        mark = block.takes_to if block is not None else ""
        if not mark or mark in self._lines[at] or self._last[mark] <= at:
            return ""
        return "" if block is not None and block.may_be_escaped and self._is_escaped(at) else mark

    def _is_escaped(self, at: int) -> bool:
        """Whether an escape, ``[@ ... @]``, is on the line or on the next that is not blank."""
        if MARK.search(self._lines[at]):
            return True
        numbers = range(at + 1, len(self._lines))
        below = next((self._lines[n] for n in numbers if self._lines[n].strip()), "")
        return MARK.match(below) is not None
