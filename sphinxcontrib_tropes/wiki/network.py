"""The network of pages: which links to which, and how strongly.

What a spoiler hides is no tie: to draw it would tell it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from heapq import nsmallest
from math import isqrt
from typing import TYPE_CHECKING

from .facts import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .facts import Link
    from .graph import Wiki

__all__ = ["Network", "rank"]

_STRENGTH = {place: strength for strength, place in enumerate(Place.ORDER)}
_SMALLEST_HUB = 32
_NOTHING: Mapping[str, int] = {}

_START_BITS, _BLOCK_BITS = 12, 16
_LAST_START, _LAST_BLOCK = (1 << _START_BITS) - 1, (1 << _BLOCK_BITS) - 1
_IN_ONLY = 1 << _START_BITS + _BLOCK_BITS
_ONE_WAY, _WANTED, _END = _IN_ONLY << 4, _IN_ONLY << 5, _IN_ONLY << 6


def rank(link: Link) -> int:
    """How near a link brings two pages, as a number: the smaller the nearer. First counts where it
    stands, then how far down its page.

    One number, for there are hundreds of thousands to be sorted.
    """
    block = min(link.block, _LAST_BLOCK)
    start = min(link.start, _LAST_START)
    return _STRENGTH[link.place] << _START_BITS + _BLOCK_BITS + 1 | block << _START_BITS | start


class Network:
    """Who links to whom, by keys.

    :param incoming: key -> key of each page that links to it, and the :func:`rank` of that.
    """

    def __init__(self, wiki: Wiki, incoming: Mapping[str, dict[str, int]]) -> None:
        self._wiki = wiki
        outgoing: dict[str, dict[str, int]] = defaultdict(dict)
        for target, sources in incoming.items():
            for source, near in sources.items():
                outgoing[source][target] = near
        self._outgoing, self._incoming = dict(outgoing), incoming

    def outgoing(self, key: str) -> Mapping[str, int]:
        """Key of each page that this one links to -> rank of the link."""
        return self._outgoing.get(key, _NOTHING)

    def incoming(self, key: str) -> Mapping[str, int]:
        """Key of each page that links to this one -> rank of the link."""
        return self._incoming.get(key, _NOTHING)

    @cached_property
    def ends(self) -> frozenset[str]:
        """Keys of the pages where every walk ends: indexes, and hubs that half the wiki links to.
        What they have in common with a page says nothing of it.
        """
        most = self.hub_size
        hubs = (key for key, sources in self._incoming.items() if len(sources) > most)
        return frozenset((*self._wiki.indexes, *hubs))

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
        pages, ends = self._wiki.pages, self.ends
        ranked = []
        for other, rank in out.items():
            if other not in into:
                rank |= _ONE_WAY if other in pages else _ONE_WAY | _WANTED  # noqa: PLW2901
            ranked.append((rank | _END if other in ends else rank, other))
        for other, rank in into.items():
            if other not in out:
                rank |= _ONE_WAY | _IN_ONLY  # noqa: PLW2901
                ranked.append((rank | _END if other in ends else rank, other))
        return [other for _, other in nsmallest(most, ranked)]
