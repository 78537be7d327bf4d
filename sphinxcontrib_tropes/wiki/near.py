"""Names that are near one another: "did you mean"."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["NearNames"]


class NearNames:
    """Finds, among *keys*, those that differ from a key by a letter or two.

    Two names are near if they are the same after at most one letter is taken out of each (a slip,
    a plural, two letters swapped), or differ in their namespace alone. One look-up takes time in
    proportion to the name's length, however many names there are.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_shortened: dict[str, list[str]] = defaultdict(list)
        for key in sorted(keys):
            self._by_name[key.partition("/")[2]].append(key)
            for shortened in _shortened(key):
                self._by_shortened[shortened].append(key)

    def near(self, key: str, most: int = 3) -> tuple[str, ...]:
        """The keys near *key*, the nearest first."""
        found: dict[str, None] = dict.fromkeys(self._by_name.get(key.partition("/")[2], ()))
        for shortened in _shortened(key):
            found |= dict.fromkeys(self._by_shortened.get(shortened, ()))
        found.pop(key, None)
        same_name = set(self._by_name.get(key.partition("/")[2], ()))
        ranked = sorted(found, key=lambda near: (near not in same_name, _distance(key, near), near))
        return tuple(ranked[:most])


def _distance(one: str, other: str) -> int:
    """How many letters must be put in, taken out, replaced or swapped with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row, last = row, [i], before
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _shortened(key: str) -> Iterator[str]:
    """*key*, then *key* without each one of its name's letters; nothing for a short name."""
    start = key.index("/") + 1
    if len(key) - start < 5:
        return
    yield key
    for position in range(start, len(key)):
        yield key[:position] + key[position + 1 :]
