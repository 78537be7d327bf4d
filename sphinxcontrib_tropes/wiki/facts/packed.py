"""Facts as they are stored in the environment.

A wiki of ten thousand pages has four hundred thousand links, and every build loads and stores
them. So each name is stored once for the whole wiki, and each document keeps columns of numbers,
compressed. They are in two parts: where links point, which every build needs, and the rest, which
is unpacked only for the documents that a page shows.
"""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING, Any
from zlib import compress, crc32, decompress

from .document import (
    DocumentFacts,
    Flag,
    Link,
    Listing,
    Naming,
    Notice,
    Passage,
    Place,
    Pointers,
    Reference,
    pointers_of,
)
from .page import Opening, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    PackedLinks: TypeAlias = tuple[bytes, ...]

__all__ = [
    "Names",
    "PackedFacts",
    "facts_version",
    "pack_links",
    "unpack_links",
    "unpack_pointers",
]

_PACKING = 7
"""Raise this when links are packed in another way."""


def facts_version() -> int:
    """The version of packed facts: facts stored with another one can't be unpacked."""
    shapes: list[Any] = [_PACKING]
    kinds = (DocumentFacts, Page, Opening, Link, Listing, Passage, Reference, Naming, Notice)
    shapes += [kind._fields for kind in kinds]
    return crc32(repr(shapes).encode())


def _unpacked_page(packed: tuple[Any, ...]) -> Page:
    page = Page._make(packed)
    return page._replace(openings=tuple(map(Opening._make, page.openings)))


class PackedFacts:
    """Facts packed by :meth:`.DocumentFacts.pack`, with the attributes of :class:`.DocumentFacts`.

    Links are most of a wiki: they are unpacked when they are first used.

    :param names: the names that :func:`pack_links` packed the links with; None if they are not
        packed.
    """

    __slots__ = (
        "_links",
        "_names",
        "_packed_links",
        "_packed_references",
        "listings",
        "mentions",
        "namings",
        "notices",
        "objects",
        "pages",
        "passages",
        "texts",
        "title",
    )

    def __init__(self, packed: tuple[Any, ...], names: Sequence[str] | None = None) -> None:
        (
            title, pages, links, texts, listings, mentions, passages, references, objects,
            namings, notices,
        ) = packed  # fmt: skip
        self.title: str = title
        self.pages: tuple[Page, ...] = tuple(map(_unpacked_page, pages))
        self.texts: tuple[str, ...] = texts
        self.listings: tuple[Listing, ...] = tuple(map(Listing._make, listings))
        self.mentions: tuple[str, ...] = mentions
        self.passages: tuple[Passage, ...] = tuple(map(Passage._make, passages))
        self.objects: tuple[tuple[str, ...], ...] = objects
        self.namings: tuple[Naming, ...] = tuple(map(Naming._make, namings))
        self.notices: tuple[Notice, ...] = tuple(map(Notice._make, notices))
        self._packed_references = references
        self._names = names
        self._packed_links = links
        self._links: tuple[Link, ...] | None = None

    @property
    def links(self) -> tuple[Link, ...]:
        """As :attr:`.DocumentFacts.links`."""
        if self._links is None:
            if self._names is None:
                self._links = tuple(map(Link._make, self._packed_links))
            else:
                self._links = unpack_links(self._packed_links, self._names)
        return self._links

    @property
    def pointers(self) -> Pointers:
        """As :attr:`.DocumentFacts.pointers`. Not kept: they take memory, and unpack quickly."""
        if self._names is None:
            return pointers_of(self.links, self.texts)
        return unpack_pointers(self._packed_links, self._names)

    @property
    def references(self) -> tuple[Reference, ...]:
        """As :attr:`.DocumentFacts.references`."""
        return tuple(map(Reference._make, self._packed_references))


class Names:
    """A number for each name and other word that many links share.

    :param names: the names that have a number, in order; new ones are added to this list. The
        first is the empty one.
    """

    def __init__(self, names: list[str]) -> None:
        if not names:
            names.append("")
        self.names = names
        self._numbers = {name: number for number, name in enumerate(names)}

    def number(self, name: str) -> int:
        """The number of *name*, a new one if it has none."""
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self.names)
            self.names.append(name)
        return number


def pack_links(links: Sequence[Link], texts: Sequence[str], names: Names) -> PackedLinks:
    """The *links* of a document with these *texts*, in a few bytes each."""
    if not links:
        return ()
    number = names.number
    pointers = pointers_of(links, texts)
    return (
        _pack(
            [
                [number(target) for target in pointers.targets],
                pointers.flags,
                pointers.pages,
                pointers.blocks,
                [number(link.relation) for link in links],
                [number(link.played) for link in links],
            ]
        ),
        _pack(
            [
                [number(link.section) for link in links],
                [link.nth for link in links],
                [link.start for link in links],
                [link.end - link.start for link in links],
                [link.line for link in links],
                [number(link.file) for link in links],
            ]
        ),
    )


def unpack_pointers(packed: PackedLinks, names: Sequence[str]) -> Pointers:
    """The pointers of links that :func:`pack_links` packed with these *names*."""
    if not packed:
        return Pointers((), (), (), (), {}, {})
    targets, flags, pages, blocks, relations, played = _unpack(packed[0], 6)
    return Pointers(
        [names[number] for number in targets],
        flags,
        pages if any(pages) else (),
        blocks,
        _filled(relations, names),
        _filled(played, names),
    )


def _filled(column: Sequence[int], names: Sequence[str]) -> dict[int, str]:
    """Index -> name, for a column of mostly no names."""
    return {at: names[number] for at, number in enumerate(column) if number} if any(column) else {}


def unpack_links(packed: PackedLinks, names: Sequence[str]) -> tuple[Link, ...]:
    """The links that :func:`pack_links` packed with these *names*."""
    if not packed:
        return ()
    targets, flags, pages, blocks, relations, played = _unpack(packed[0], 6)
    sections, nths, starts, lengths, lines, files = _unpack(packed[1], 6)
    named = names.__getitem__
    columns = (
        map(named, targets),
        map(named, sections),
        nths,
        pages,
        blocks,
        starts,
        map(int.__add__, starts, lengths),
        map(_PLACES.__getitem__, flags),
        map(_IN_SPOILER.__getitem__, flags),
        map(_OPENS_ITEM.__getitem__, flags),
        lines,
        map(named, relations),
        map(named, files),
        map(named, played),
    )
    return tuple(map(_make_link, zip(*columns, strict=True)))


_make_link = partial(tuple.__new__, Link)
_FLAGS = range(len(Place.ORDER) << Flag.BITS)
_PLACES = [Place.ORDER[flag >> Flag.BITS] for flag in _FLAGS]
_IN_SPOILER = [bool(flag & Flag.IN_SPOILER) for flag in _FLAGS]
_OPENS_ITEM = [bool(flag & Flag.OPENS_ITEM) for flag in _FLAGS]


_SIZES = {"0": 0} | {code: array(code).itemsize for code in "BbHhiq"}
"""Type of a column -> bytes of each number; ``0`` for a column of zeros, which is not stored."""


def _pack(columns: Sequence[Sequence[int]]) -> bytes:
    """*columns* of the same length: their types, then the numbers of each that is not all zeros."""
    types, data = "", b""
    for column in columns:
        if any(column):
            smallest = _smallest(column)
            types += smallest.typecode
            data += smallest.tobytes()
        else:
            types += "0"
    return compress(types.encode() + data)


def _smallest(column: Sequence[int]) -> array[int]:
    """*column* as an array of the smallest possible type."""
    for code in "BbHhi":
        try:
            return array(code, column)
        except OverflowError:
            continue
    return array("q", column)


def _unpack(packed: bytes, count: int) -> Iterator[Sequence[int]]:
    """The *count* columns that :func:`_pack` packed."""
    data = decompress(packed)
    types = data[:count].decode()
    length = (len(data) - count) // sum(map(_SIZES.__getitem__, types))
    start = count
    for code in types:
        if code == "0":
            yield bytes(length)
        else:
            end = start + length * _SIZES[code]
            yield array(code, data[start:end])
            start = end
