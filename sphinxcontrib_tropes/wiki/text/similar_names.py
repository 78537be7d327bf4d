"""Names that are near one another: "did you mean"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["NearNames"]

_SHORTEST = 5
"""Letters of a name: of "cat", "bat" is no slip."""
_LONGEST = 100
"""Letters of a name: it is stored once without each of them."""
_MOST_ALIKE = 20
"""Of more names that differ in one letter from each other, as those of a glossary of signs, the
first are candidates: hundreds of them would each be compared with all."""


class NearNames:
    """Finds, among *keys*, those that differ from a key by a letter or two.

    Two names are near if they are the same after at most one letter is taken out of each (a slip,
    a plural, two letters swapped), or differ in their namespace alone. What is stored, and the
    time of one look-up, have a bound for each name, whatever names there are.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_name: dict[str, tuple[str, ...]] = {}
        self._by_shortened: dict[str, tuple[str, ...]] = {}
        for key in sorted(keys):
            alone = (key,)  # one for all: most are alone
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
    """*key*, then *key* without each one of its name's letters; nothing for a short name, and
    nothing for a long one.
    """
    start = key.index("/") + 1
    if not _SHORTEST <= len(key) - start <= _LONGEST:
        return
    yield key
    for position in range(start, len(key)):
        yield key[:position] + key[position + 1 :]


def _slips(one: str, other: str) -> int:
    """How many letters must be put in, taken out, replaced or swapped with the next: one or two
    for names that are the same without a letter of each.
    """
    start = _alike(one, other)
    one, other = one[start:], other[start:]
    end = _alike(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    is_swap = len(one) == 2 and one == other[::-1]
    return 1 if is_swap or max(len(one), len(other)) <= 1 else 2


def _alike(one: str, other: str) -> int:
    """How many letters both begin with."""
    places = range(min(len(one), len(other)))
    return next((at for at in places if one[at] != other[at]), len(places))
