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
        return tuple(found)[:most]


def _shortened(key: str) -> Iterator[str]:
    """*key*, then *key* without each one of its name's letters; nothing for a short name."""
    start = key.index("/") + 1
    if len(key) - start < 5:
        return
    yield key
    for position in range(start, len(key)):
        yield key[:position] + key[position + 1 :]
