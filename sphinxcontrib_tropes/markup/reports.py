"""Warnings about a page, in line order; and suggestions for misspelt words."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Report", "Reports", "nearest"]

_LONGEST = 30  # maximum letters of a word that may be misspelt
_ALIKE = 0.75


def nearest(word: str, known: Iterable[str], alike: float = _ALIKE) -> str:
    """The *known* word that *word* probably misspells; empty if none is similar.

    :param alike: minimum similarity, from 0 to 1.
    """
    if len(word) > _LONGEST:
        return ""
    by_folded = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), by_folded, 1, alike)
    return by_folded[found[0]] if found else ""


class Report(NamedTuple):
    """A warning about a page."""

    line: int
    sentence: str
    about: tuple[int, int] | None
    """Start and end of the markup that it is about; None where nobody asked for it, or where only
    the line is known.
    """


class Reports:
    """Collects warnings until a page is read. Some, such as that a folder is never closed, are
    found only after those of later lines.

    :param report: called with the line and text of each warning.
    """

    def __init__(self, report: Callable[[int, str], object]) -> None:
        self._report = report
        self._kept: list[Report] = []
        self.flushed: list[Report] = []
        """The warnings, in the order in which they were reported."""
        self.about: tuple[int, int] | None = None
        """Start and end of what the next warning is about, for who records where markup is."""

    def __call__(self, line: int, sentence: str) -> None:
        self._kept.append(Report(line, sentence, self.about))
        self.about = None

    def flush(self) -> None:
        """Reports the collected warnings by line; within a line, in the order found."""
        kept, self._kept = self._kept, []
        self.flushed += sorted(kept, key=lambda report: report.line)
        for line, sentence, _about in self.flushed[len(self.flushed) - len(kept) :]:
            self._report(line, sentence)
