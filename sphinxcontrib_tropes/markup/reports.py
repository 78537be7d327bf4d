"""What the writer of a page should know, in the order of its lines."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Reports", "nearest"]

_LONGEST = 30  # letters of a word that is a slip for another
_ALIKE = 0.75


def nearest(word: str, known: Iterable[str], alike: float = _ALIKE) -> str:
    """Which of the *known* words *word* is a slip for; empty if none is near.

    :param alike: how near that is, from 0 to 1.
    """
    if len(word) > _LONGEST:
        return ""
    by_folded = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), by_folded, 1, alike)
    return by_folded[found[0]] if found else ""


class Reports:
    """Keeps what is reported until all of a page is read: an item, or what is never closed, is
    known to be wrong only after what stands below it.

    :param report: takes the line and the sentence of each.
    """

    def __init__(self, report: Callable[[int, str], object]) -> None:
        self._report = report
        self._kept: list[tuple[int, str]] = []

    def __call__(self, line: int, sentence: str) -> None:
        self._kept.append((line, sentence))

    def flush(self) -> None:
        """Reports what was kept, line by line; of one line, what was found first."""
        kept, self._kept = self._kept, []
        for line, sentence in sorted(kept, key=lambda report: report[0]):
            self._report(line, sentence)
