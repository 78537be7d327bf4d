"""The links of a document in a few bytes each.

A wiki of ten thousand pages has four hundred thousand links, and every build loads and stores
them. So names are numbered, once for the whole wiki, and a document keeps columns of small numbers,
compressed.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING
from zlib import compress, decompress

from .facts import Link, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Names", "pack_links", "unpack_links"]

_COLUMNS = 12
_RAW = -15  # of zlib: without a head and a check of its own


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


def pack_links(links: Sequence[Link], names: Names) -> bytes:
    """The *links* of a document. Most numbers are differences to the link before."""
    rows = []
    block = line = end = page = 0
    for link in links:
        rows.append(
            (
                names.number(link.target),
                Place.ORDER.index(link.place) << 2 | link.in_spoiler << 1 | link.opens_item,
                link.nth - 1,
                _folded(link.page - page),
                _folded(link.block - block),
                _folded(link.start - (end if link.block == block else 0)),
                _folded(link.end - link.start),
                _folded(link.line - line),
                names.number(link.section),
                names.number(link.relation),
                names.number(link.file),
                names.number(link.manner),
            )
        )
        page, block, line, end = link.page, link.block, link.line, link.end
    return compress(bytes(_varints(chain.from_iterable(zip(*rows, strict=True)))), 9, _RAW)


def unpack_links(packed: bytes, names: Sequence[str]) -> tuple[Link, ...]:
    """The links that :func:`pack_links` packed, with the same names."""
    numbers = list(_numbers(decompress(packed, _RAW)))
    count = len(numbers) // _COLUMNS
    columns = (numbers[at * count : (at + 1) * count] for at in range(_COLUMNS))
    words = _Words(names)
    links = []
    block = line = end = page = 0
    for (
        target, flags, nth, pages, blocks, starts, length, lines, section, relation, file, manner,
    ) in zip(*columns, strict=True):  # fmt: skip
        page += _unfolded(pages)
        step = _unfolded(blocks)
        start = _unfolded(starts) + (0 if step else end)
        block += step
        line += _unfolded(lines)
        end = start + _unfolded(length)
        links.append(
            Link(
                words[target], words[section], nth + 1, page, block, start, end,
                Place.ORDER[flags >> 2], bool(flags & 2), bool(flags & 1), line, words[relation],
                words[file], words[manner],
            )
        )  # fmt: skip
    return tuple(links)


class _Words:
    """Names by their numbers, of which 0 is none."""

    __slots__ = ("_names",)

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def __getitem__(self, number: int) -> str:
        return self._names[number - 1] if number else ""


def _folded(number: int) -> int:
    """A small number for a small one, whichever its sign."""
    return number << 1 if number >= 0 else (-number << 1) - 1


def _unfolded(number: int) -> int:
    return -((number + 1) >> 1) if number & 1 else number >> 1


def _varints(numbers: Iterable[int]) -> bytearray:
    """Seven bits of a number in each byte; the eighth says that more follow."""
    packed = bytearray()
    for number in numbers:
        rest = number
        while rest > 127:
            packed.append(rest & 127 | 128)
            rest >>= 7
        packed.append(rest)
    return packed


def _numbers(packed: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in packed:
        number |= (byte & 127) << shift
        if byte & 128:
            shift += 7
        else:
            yield number
            number = shift = 0
