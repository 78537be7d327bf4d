"""Names that differ by a letter or two, for "did you mean"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["NearNames"]

_SHORTEST = 5
"""Minimum letters of a name: "bat" is no misspelling of "cat"."""
_LONGEST = 100
"""Maximum letters of a name: a name is stored again without each of its letters."""
_MOST_ALIKE = 20
"""Maximum candidates for one name. If more names differ in one letter, as in a glossary of signs,
each would be compared with hundreds of others.
"""


class NearNames:
    """Finds, among *keys*, those that differ from a key by a letter or two.

    Two names are near if removing at most one letter from each makes them equal (a misspelling, a
    plural, two letters swapped), or if only their namespaces differ. The memory for a name and the
    time of a look-up are bounded, whatever names there are.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_name: dict[str, tuple[str, ...]] = {}
        self._by_shortened: dict[str, tuple[str, ...]] = {}
        for key in sorted(keys):
            alone = (key,)  # one tuple for all entries: most have no other key
            _add(self._by_name, key.partition("/")[2], alone)
            for shortened in _shortened(key):
                _add(self._by_shortened, shortened, alone)

    def near(self, key: str, most: int = 3) -> tuple[str, ...]:
        """The keys near *key*, the nearest first."""
        same_name = self._by_name.get(key.partition("/")[2], ())
        found: dict[str, None] = {}
        for shortened in _shortened(key):
            found |= dict.fromkeys(self._by_shortened.get(shortened, ()))
        others = sorted(found.keys() - same_name, key=lambda near: (_slips(key, near), near))
        return tuple(near for near in (*same_name, *others) if near != key)[:most]


def _add(index: dict[str, tuple[str, ...]], shared: str, alone: tuple[str]) -> None:
    before = index.get(shared, ())
    if len(before) < _MOST_ALIKE:
        index[shared] = (*before, *alone) if before else alone


def _shortened(key: str) -> Iterator[str]:
    """*key*, then *key* without each letter of its name; nothing if the name is short or long."""
    start = key.index("/") + 1
    if not _SHORTEST <= len(key) - start <= _LONGEST:
        return
    yield key
    for position in range(start, len(key)):
        yield key[:position] + key[position + 1 :]


def _slips(one: str, other: str) -> int:
    """How many letters must be added, removed, replaced or swapped: 1 or 2 for names that are equal
    without one letter of each.
    """
    start = _alike(one, other)
    one, other = one[start:], other[start:]
    end = _alike(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    is_swap = len(one) == 2 and one == other[::-1]
    return 1 if is_swap or max(len(one), len(other)) <= 1 else 2


def _alike(one: str, other: str) -> int:
    """The length of the common beginning."""
    places = range(min(len(one), len(other)))
    return next((at for at in places if one[at] != other[at]), len(places))
