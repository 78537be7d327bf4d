"""The links of a document in a few bytes each.

A wiki of ten thousand pages has four hundred thousand links, and every build loads and stores
them. So names are numbered, once for the whole wiki, and a document keeps columns of small numbers,
compressed: first where its links point, which every build looks at, then what is around them.
"""

from __future__ import annotations

from array import array
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING
from zlib import compress, decompressobj

from .facts import Flag, Link, Place, Pointers, pointers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Names", "pack_links", "unpack_links", "unpack_pointers"]

_RAW = -15  # of zlib: without a head and a check of its own
_make_link = partial(tuple.__new__, Link)
_ZEROS = 0
_TYPES = "BbHhIiQq"


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
    where = _packed(
        [number(link.target) for link in links],
        pointers.flags,
        pointers.pages,
        pointers.near,
        [number(link.relation) for link in links],
    )
    around = _packed(
        [link.nth - 1 for link in links],
        list(_steps(link.block for link in links)),
        [link.start for link in links],
        [link.end - link.start for link in links],
        list(_steps(link.line for link in links)),
        [number(link.section) for link in links],
        [number(link.file) for link in links],
        [number(link.manner) for link in links],
    )
    return where + around


def unpack_pointers(packed: bytes, names: Sequence[str]) -> Pointers:
    """Where the links point that :func:`pack_links` packed, with the same names."""
    if not packed:
        return Pointers((), b"", b"", b"", {})
    targets, flags, pages, near, told = _unpacked(5, decompressobj(_RAW).decompress(packed))
    zeros = bytes(len(targets))
    relations = {at: names[number - 1] for at, number in enumerate(told) if number}
    return Pointers(_words(targets, names), flags or zeros, pages, near or zeros, relations)


def unpack_links(packed: bytes, names: Sequence[str]) -> tuple[Link, ...]:
    """The links that :func:`pack_links` packed, with the same names."""
    if not packed:
        return ()
    first = decompressobj(_RAW)
    targets, flags, pages, _near, relations = _unpacked(5, first.decompress(packed))
    zeros = bytes(len(targets))
    nth, blocks, starts, lengths, lines, sections, files, manners = (
        column or zeros
        for column in _unpacked(8, decompressobj(_RAW).decompress(first.unused_data))
    )
    flags = flags or zeros
    columns = (
        _words(targets, names),
        _words(sections, names),
        [number + 1 for number in nth],
        pages or zeros,
        accumulate(blocks),
        starts,
        map(int.__add__, starts, lengths),
        [_PLACES[flag] for flag in flags],
        [_IN_SPOILER[flag] for flag in flags],
        [_OPENS_ITEM[flag] for flag in flags],
        accumulate(lines),
        _words(relations or zeros, names),
        _words(files, names),
        _words(manners, names),
    )
    return tuple(map(_make_link, zip(*columns, strict=True)))


def _words(numbers: Sequence[int], names: Sequence[str]) -> list[str]:
    return [names[number - 1] if number else "" for number in numbers]


_FLAGS = range(256)
_PLACES = [Place.ORDER[min(flag >> Flag.BITS, len(Place.ORDER) - 1)] for flag in _FLAGS]
_IN_SPOILER = [bool(flag & Flag.IN_SPOILER) for flag in _FLAGS]
_OPENS_ITEM = [bool(flag & Flag.OPENS_ITEM) for flag in _FLAGS]


def _steps(numbers: Iterable[int]) -> Iterator[int]:
    """From each number to the next, from 0."""
    before = 0
    for number in numbers:
        yield number - before
        before = number


def _packed(*columns: Sequence[int]) -> bytes:
    """Columns of one length, each in the smallest numbers that hold it; nothing of one that is all
    zeros, or missing.
    """
    head, body = bytearray(), bytearray()
    for column in columns:
        code = _code(column)
        head.append(code)
        if code:
            body += array(_TYPES[code - 1], column).tobytes()
    return compress(bytes(head) + bytes(body), 9, _RAW)


def _unpacked(count: int, packed: bytes) -> Iterator[Sequence[int]]:
    """The columns that :func:`_packed` packed, empty ones for zeros.

    :param count: how many there are.
    """
    head, at = packed[:count], count
    width = sum(_WIDTHS[code] for code in head)
    length = (len(packed) - count) // width if width else 0
    for code in head:
        if not code:
            yield b""
            continue
        column = array(_TYPES[code - 1])
        column.frombytes(packed[at : at + length * _WIDTHS[code]])
        at += length * _WIDTHS[code]
        yield column


_WIDTHS = (0, *(array(type_).itemsize for type_ in _TYPES))


def _code(column: Sequence[int]) -> int:
    least, most = (min(column), max(column)) if column else (0, 0)
    if not least and not most:
        return _ZEROS
    for code, type_ in enumerate(_TYPES, 1):
        bits = 8 * array(type_).itemsize
        low, high = (0, 1 << bits) if type_.isupper() else (-1 << bits - 1, 1 << bits - 1)
        if low <= least and most < high:
            return code
    msg = f"{least} to {most}"
    raise OverflowError(msg)
