"""The links of a document in a few bytes each.

A wiki of ten thousand pages has four hundred thousand links, and every build loads and stores
them. So names are numbered, once for the whole wiki, and a document keeps columns of small numbers,
compressed: first where its links point, which every build looks at, then what is around them, which
is unpacked when it is asked for. What follows from something else is not there, and of the rest only
how far it is from what is likely.
"""

from __future__ import annotations

from array import array
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING
from zlib import DEFLATED, Z_DEFAULT_STRATEGY, Z_FIXED, compressobj, decompress

from ...names import key_of, remembered, split_words
from .document import Flag, Link, Place, Pointers, pointers_of, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Names", "pack_links", "unpack_links", "unpack_pointers"]

_RAW = -15  # of zlib: without a head and a check of its own
_make_link = partial(tuple.__new__, Link)


class Names:
    """Names and other words that many links share, each with a number.

    :param names: those that have one, in order; new ones are added to it.
    """

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self._numbers = {name: number for number, name in enumerate(names)}

    def number(self, name: str) -> int:
        """The number of *name*, a new one if it has none; 0 for none."""
        if not name:
            return 0
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self.names)
            self.names.append(name)
        return number + 1


def pack_links(links: Sequence[Link], texts: Sequence[str], names: Names) -> bytes:
    """The *links* of a document with these *texts*."""
    if not links:
        return b""
    pointers = pointers_of(links, texts)
    number = names.number
    lines = steps_of(link.line for link in links)
    nths = _nths(link.target for link in links)
    return _packed(
        len(links),
        _plain([number(link.target) - 1 for link in links]),
        _plain(pointers.flags),
        _signed(pointers.pages),
        _signed(pointers.steps),
        _plain([number(relation) for relation in pointers.told]),
        # where links point ends here, and what is around them begins
        _signed(list(_gaps(links))),
        _plain([_folded(link.end - link.start - _length(link.target)) for link in links]),
        _signed([line - step for line, step in zip(lines, pointers.steps, strict=True)]),
        _signed([link.nth - nth for link, nth in zip(links, nths, strict=True)]),
        _plain([number(link.section) for link in links if link.section]),
        _plain([number(link.file) for link in links]),
        _plain([number(link.manner) for link in links]),
    )


def unpack_pointers(packed: bytes, names: Sequence[str]) -> Pointers:
    """Where the links point that :func:`pack_links` packed, with the same names."""
    if not packed:
        return Pointers((), b"", b"", b"", ())
    return _pointers(_Columns(packed), names)


def unpack_links(packed: bytes, names: Sequence[str]) -> tuple[Link, ...]:
    """The links that :func:`pack_links` packed, with the same names."""
    if not packed:
        return ()
    columns = _Columns(packed)
    pointers = _pointers(columns, names)
    targets, flags, pages, steps, _told = pointers
    count = columns.count
    zeros, nothing = bytes(count), [""] * count
    blocks = list(accumulate(steps))
    gaps = columns.signed(count) or zeros
    unlike = map(_unfolded, columns.plain(count) or zeros)
    beside = columns.signed(count) or zeros
    nths = columns.signed(count) or zeros
    to_section = [at for at, flag in enumerate(flags) if flag & Flag.TO_SECTION]
    sections = dict(zip(to_section, _words(columns.plain(len(to_section)), names), strict=True))
    lengths = list(map(int.__add__, map(_length, targets), unlike))
    starts = list(_starts(blocks, gaps, lengths))
    unpacked = (
        targets,
        _spread(sections, count),
        map(int.__add__, _nths(targets), nths),
        pages or zeros,
        blocks,
        starts,
        map(int.__add__, starts, lengths),
        [_PLACES[flag] for flag in flags],
        [_IN_SPOILER[flag] for flag in flags],
        [_OPENS_ITEM[flag] for flag in flags],
        accumulate(map(int.__add__, steps, beside)),
        _spread(pointers.relations, count),
        _words(columns.plain(count), names) or nothing,
        _words(columns.plain(count), names) or nothing,
    )
    return tuple(map(_make_link, zip(*unpacked, strict=True)))


def _pointers(columns: _Columns, names: Sequence[str]) -> Pointers:
    """From the first columns of what was packed."""
    count = columns.count
    zeros = bytes(count)
    targets = list(map(names.__getitem__, columns.plain(count) or zeros))
    flags = bytes(columns.plain(count) or zeros)
    pages = columns.signed(count)
    steps = columns.signed(count) or zeros
    telling = len(flags.translate(None, _TELLS_NOTHING))
    told = _words(columns.plain(telling), names)
    return Pointers(targets, flags, pages, steps, told)


def _words(numbers: Sequence[int], names: Sequence[str]) -> list[str]:
    return [names[number - 1] if number else "" for number in numbers]


def _spread(words: dict[int, str], count: int) -> list[str]:
    """One word for each of *count* links: mostly none."""
    spread = [""] * count
    for at, word in words.items():
        spread[at] = word
    return spread


_FLAGS = range(256)
_PLACES = [Place.ORDER[min(flag >> Flag.BITS, len(Place.ORDER) - 1)] for flag in _FLAGS]
_TELLS_NOTHING = bytes(flag for flag in _FLAGS if not flag & Flag.TELLS_RELATION)
_IN_SPOILER = [bool(flag & Flag.IN_SPOILER) for flag in _FLAGS]
_OPENS_ITEM = [bool(flag & Flag.OPENS_ITEM) for flag in _FLAGS]


# -- what is likely


def _nths(targets: Iterable[str]) -> Iterator[int]:
    """How many links to its target each is, counted from the first."""
    counts: dict[str, int] = {}
    for key in map(key_of, targets):
        nth = counts[key] = counts.get(key, 0) + 1
        yield nth


@remembered
def _length(target: str) -> int:
    """How long the words of a link are that shows the name of its target."""
    return len(split_words(target.partition("/")[2]))


def _gaps(links: Sequence[Link]) -> Iterator[int]:
    """How far each link is from the end of the one before in its text."""
    block, end = -1, 0
    for link in links:
        yield link.start - (end if link.block == block else 0)
        block, end = link.block, link.end


def _starts(blocks: Iterable[int], gaps: Iterable[int], lengths: Iterable[int]) -> Iterator[int]:
    """Where in its text each link begins, from their :func:`_gaps`."""
    before, end = -1, 0
    for block, gap, length in zip(blocks, gaps, lengths, strict=True):
        start = gap + (end if block == before else 0)
        yield start
        before, end = block, start + length


# -- columns

_BITS = 2  # of the head for each column
_COLUMNS = 12
_HEAD = 7  # bytes: how wide each column is, then how many links there are
_TYPES = ("", "B", "H", "I")
_WIDTHS = (0, 1, 2, 4)
_BYTES = 1
_STRATEGIES = (Z_DEFAULT_STRATEGY, Z_FIXED)

_Coded = tuple[int, bytes]
"""A column: which of :data:`_TYPES` its numbers are, and their bytes."""


def _packed(count: int, *columns: _Coded) -> bytes:
    head = count << _COLUMNS * _BITS
    for at, (code, _data) in enumerate(columns):
        head |= code << at * _BITS
    data = b"".join([head.to_bytes(_HEAD, "little"), *(data for _code, data in columns)])
    # what is this short is often shorter without a table of its own
    return min((_compressed(data, strategy) for strategy in _STRATEGIES), key=len)


def _compressed(data: bytes, strategy: int) -> bytes:
    to = compressobj(9, DEFLATED, _RAW, strategy=strategy)
    return to.compress(data) + to.flush()


def _plain(column: Sequence[int]) -> _Coded:
    """Numbers from 0 on in the fewest bytes that hold all; none if all are zeros.

    Of several bytes, all first ones stand before all second ones, which are much alike.
    """
    most = max(column, default=0)
    code = 0 if not most else 1 if most < 1 << 8 else 2 if most < 1 << 16 else 3
    return code, _planes(column, code)


def _signed(column: Sequence[int]) -> _Coded:
    """The same for numbers of which few are below 0: where one is, none is in a single byte."""
    if min(column, default=0) >= 0 and max(column, default=0) < 1 << 8:
        return _plain(column)
    folded = [_folded(number) for number in column]
    code = 2 if max(folded) < 1 << 16 else 3
    return code, _planes(folded, code)


def _planes(column: Sequence[int], code: int) -> bytes:
    if not code:
        return b""
    data, width = array(_TYPES[code], column).tobytes(), _WIDTHS[code]
    return b"".join(data[at::width] for at in range(width))


def _folded(number: int) -> int:
    return number * 2 if number >= 0 else -number * 2 - 1


def _unfolded(number: int) -> int:
    return -(number + 1 >> 1) if number & 1 else number >> 1


class _Columns:
    """Reads what was packed, column by column."""

    __slots__ = ("_at", "_data", "_head", "count")

    def __init__(self, packed: bytes) -> None:
        self._data = decompress(packed, _RAW)
        head = self._head = int.from_bytes(self._data[:_HEAD], "little")
        self._at = _HEAD
        self.count = head >> _COLUMNS * _BITS

    def plain(self, count: int) -> Sequence[int]:
        """The next column, of :func:`_plain` numbers; empty if all are zeros."""
        code = self._head & _LAST
        self._head >>= _BITS
        if not code:
            return b""
        start = self._at
        if code == _BYTES:
            self._at = end = start + count
            return self._data[start:end]
        width = _WIDTHS[code]
        self._at = start + width * count
        joined = bytearray(width * count)
        for at in range(width):
            end = start + count
            joined[at::width] = self._data[start:end]
            start = end
        column = array(_TYPES[code])
        column.frombytes(joined)
        return column

    def signed(self, count: int) -> Sequence[int]:
        """The same for :func:`_signed` numbers."""
        if self._head & _LAST <= _BYTES:
            return self.plain(count)
        return [_unfolded(number) for number in self.plain(count)]


_LAST = (1 << _BITS) - 1
