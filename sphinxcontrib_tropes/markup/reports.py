"""What the writer of a page should know, in the order of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Reports"]


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

    def tell(self) -> None:
        """Reports what was kept, line by line; of one line, what was found first."""
        kept, self._kept = self._kept, []
        for line, sentence in sorted(kept, key=lambda report: report[0]):
            self._report(line, sentence)
