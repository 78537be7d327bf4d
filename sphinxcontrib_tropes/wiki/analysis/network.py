"""The network of pages: which links to which, and how strongly.

What a spoiler hides is no tie: to draw it would tell it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from heapq import nsmallest
from math import isqrt
from typing import TYPE_CHECKING

from ...names import key_of
from ..facts.document import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..index.links import Inbound, InboundLinks
    from ..wiki import Wiki

__all__ = ["NO_LINK", "Network", "is_as_near", "link_of", "tie"]

_SMALLEST_HUB = 32

_LINK_BITS = 20
NO_LINK = (1 << _LINK_BITS) - 1
"""The number of what ties two pages without being a link."""
_NEAR_BITS, _PLACE_BITS = 4, 3
_IN_ONLY = 1 << _LINK_BITS + _NEAR_BITS
_ONE_WAY = _IN_ONLY << _PLACE_BITS + 1
_WANTED, _END = _ONE_WAY << 1, _ONE_WAY << 2


def tie(place: int, near: int, link: int) -> int:
    """How near a link brings two pages, as a number: the smaller the nearer. First counts where it
    stands, then whether that is near the top of its page, then which link of the page it is.

    One number, for there are hundreds of thousands to be sorted.

    :param place: number of the :class:`~.facts.Place`.
    :param near: as in :class:`~.facts.Pointers`.
    :param link: which of the document's links it is.
    """
    return place << _LINK_BITS + _NEAR_BITS + 1 | near << _LINK_BITS | min(link, NO_LINK)


def link_of(tie: int) -> int:
    """Which of the document's links a tie is, or :data:`NO_LINK`."""
    return tie & NO_LINK


def is_as_near(tie: int, other: int) -> bool:
    """Whether two ties look the same from the page that they lead to."""
    return tie >> _LINK_BITS == other >> _LINK_BITS


class Network:
    """Who links to whom, by keys.

    :param references: key -> what refers to it and is no link.
    """

    def __init__(
        self, wiki: Wiki, inbound: InboundLinks, references: Mapping[str, Iterable[Inbound]]
    ) -> None:
        self._wiki = wiki
        self._inbound = inbound
        self._places: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._keys: dict[str, list[str]] = {}
        for docname, facts in wiki.documents.items():
            keys = self._keys[docname] = [key_of(page.name) for page in facts.pages]
            for page, key in enumerate(keys):
                self._places[key].append((docname, page))
        self._references: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._referred: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for target, found in references.items():
            for docname, link, *_ in found:
                if link.page >= 0 and not link.in_spoiler:
                    strength = tie(Place.ORDER.index(link.place), link.block.bit_length(), NO_LINK)
                    source = self._keys[docname][link.page]
                    self._references[source].append((target, strength))
                    self._referred[target].append((source, strength))
        self._outgoing: dict[str, Mapping[str, int]] = {}
        self._incoming: dict[str, Mapping[str, int]] = {}

    def outgoing(self, key: str) -> Mapping[str, int]:
        """Key of each page that this one links to -> :func:`tie`."""
        found = self._outgoing.get(key)
        if found is None:
            ties = [
                self._inbound.ties(docname)[page] for docname, page in self._places.get(key, ())
            ]
            pairs = [*self._references.get(key, ()), *(t for each in ties for t in each.items())]
            found = self._outgoing[key] = _strongest(
                (end, strength) for end, strength in pairs if not self._wiki.is_elsewhere(end)
            )
        return found

    def incoming(self, key: str) -> Mapping[str, int]:
        """Key of each page that links to this one -> :func:`tie`."""
        found = self._incoming.get(key)
        if found is None:
            pairs = list(self._referred.get(key, ()))
            if not self._wiki.is_elsewhere(key):
                for docname in self._inbound.sources.get(key, ()):
                    for source, ties in zip(
                        self._keys[docname], self._inbound.ties(docname), strict=True
                    ):
                        if (strength := ties.get(key)) is not None:
                            pairs.append((source, strength))
            found = self._incoming[key] = _strongest(pairs)
        return found

    def ties(self, docname: str) -> Sequence[Mapping[str, int]]:
        """For each page of a document: the same of its links alone."""
        return self._inbound.ties(docname)

    def is_end(self, key: str) -> bool:
        """Whether every walk ends at this page: an index, or a hub that half the wiki links to.
        What they have in common with a page says nothing of it.
        """
        if key in self._wiki.indexes:
            return True
        most = self.hub_size
        sources = len(self._inbound.sources.get(key, ())) * self._most_pages
        return (sources > most or key in self._referred) and len(self.incoming(key)) > most

    @cached_property
    def _most_pages(self) -> int:
        return max(map(len, self._keys.values()), default=0)

    @cached_property
    def ends(self) -> frozenset[str]:
        """Keys of the pages where every walk ends."""
        keys = {*self._inbound.sources, *self._referred, *self._wiki.indexes}
        return frozenset(filter(self.is_end, keys))

    @cached_property
    def hub_size(self) -> int:
        """How many pages link to one that is no hub yet.

        A power of two, for it must not move with each page that is written: whoever is a hub is
        drawn otherwise on many pages.
        """
        pages = len(self._wiki.pages)
        return max(_SMALLEST_HUB, 1 << (4 * isqrt(pages)).bit_length())

    def nearest(self, key: str, most: int) -> list[str]:
        """The keys of the *most* pages nearest to this one: those that link to each other first,
        then by the place of the strongest link, pages that are not written and ends last.
        """
        out, into = self.outgoing(key), self.incoming(key)
        pages, is_end = self._wiki.pages, self.is_end
        ranked = []
        for other, strength in out.items():
            rank = strength
            if other not in into:
                rank |= _ONE_WAY if other in pages else _ONE_WAY | _WANTED
            ranked.append((rank | _END if is_end(other) else rank, other))
        for other, strength in into.items():
            if other not in out:
                # not by the word, or a sentence put in there would move what is drawn here
                rank = strength & ~NO_LINK | _ONE_WAY | _IN_ONLY
                ranked.append((rank | _END if is_end(other) else rank, other))
        return [other for _, other in nsmallest(most, ranked)]


def _strongest(ties: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, strength in ties:
        if strength < found.get(key, strength + 1):
            found[key] = strength
    return found
