"""The links of one document, found by their target."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING

from ...names import key_of
from ...names.exclusions import BACKLINKS
from ..facts.document import Flag, Place
from .link_strength import tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from ..facts.document import DocumentFacts, Pointers
    from ..facts.packed import PackedFacts

__all__ = ["OUTSIDE", "UNCOUNTED", "Outbound", "own_keys", "place_bit"]

UNCOUNTED = ""
"""Instead of the key of a page whose links don't count: a redirect, or excluded from backlinks."""
OUTSIDE = 1 << Flag.BITS + len(Place.ORDER)
"""Bit of :attr:`Outbound.flags`: a link is outside the document's pages."""

_EXAMPLE = Place.ORDER.index(Place.EXAMPLE)
_INDEX = Place.ORDER.index(Place.INDEX)


class Outbound:
    """Where the links of a document lead. A page's links to itself, and those of pages whose links
    don't count, are left out, except where noted.

    :param target_keys: canonical name -> key of the page that it resolves to.
    """

    def __init__(self, facts: DocumentFacts | PackedFacts, target_keys: Mapping[str, str]) -> None:
        self.facts = facts
        self._target_keys = target_keys

    @cached_property
    def pointers(self) -> Pointers:
        """Where its links point."""
        return self.facts.pointers

    @cached_property
    def by_key(self) -> Mapping[str, list[int]]:
        """Key -> numbers of the links to it."""
        targets, _flags, pages, *_ = self.pointers
        own, target_keys = own_keys(self.facts), self._target_keys
        found: dict[str, list[int]] = defaultdict(list)
        for at, target in enumerate(targets):
            page = pages[at] if pages else 0
            key = target_keys[target]
            if page < 0 or own[page] not in (key, UNCOUNTED):
                found[key].append(at)
        return found

    @property
    def keys(self) -> AbstractSet[str]:
        """The keys that it links to."""
        return self.by_key.keys()

    @property
    def flags(self) -> int:
        """The :class:`.facts.Flag` bits of all its links, a bit for each place, and :data:`OUTSIDE`."""
        pages = self.pointers.pages
        outside = OUTSIDE if pages and min(pages) < 0 else 0
        return reduce(or_, map(place_bit, frozenset(self.pointers.flags)), outside)

    def examples(self) -> Iterator[tuple[int, str]]:
        """For each example, an item that begins with a link: the number of its page, and the key of
        the link's target. Includes all links.
        """
        targets, flags, pages, *_ = self.pointers
        for at, flag in enumerate(flags):
            if flag & Flag.BEGINS_ITEM and flag >> Flag.BITS == _EXAMPLE:
                page = pages[at] if pages else 0
                if page >= 0:
                    yield page, self._target_keys[targets[at]]

    def listed(self) -> Iterator[tuple[int, str]]:
        """For each item of an index: the number of its page, and the canonical name it lists.
        Includes all links.
        """
        targets, flags, pages, *_ = self.pointers
        for at, flag in enumerate(flags):
            if flag & Flag.OPENS_ITEM and flag >> Flag.BITS == _INDEX:
                page = pages[at] if pages else 0
                if page >= 0:
                    yield page, targets[at]

    def stated(self) -> Iterator[tuple[int, str, str]]:
        """For each relation in its text: number of its page, kind, canonical name of the other page.
        Includes a page's links to itself, and those of redirects.
        """
        targets, _flags, pages, *_ = self.pointers
        for at, kind in self.pointers.relations.items():
            page = pages[at] if pages else 0
            if BACKLINKS not in self.facts.pages[page].excluded:
                yield page, kind, targets[at]

    def played(self) -> Iterator[tuple[int, str, str]]:
        """For each example that says how it is played: number of its page, labels, key of the other
        page. Includes all links.
        """
        targets, _flags, pages, *_ = self.pointers
        for at, labels in self.pointers.played.items():
            yield pages[at] if pages else 0, labels, self._target_keys[targets[at]]

    @cached_property
    def ties(self) -> list[dict[str, int]]:
        """For each page: key -> :func:`~.link_strength.tie` of its strongest link to that page
        outside spoilers. None for a page that is not in the graph.
        """
        flags, pages, depths = self.pointers.flags, self.pointers.pages, self.pointers.depths
        found: list[dict[str, int]] = [{} for _ in self.facts.pages]
        is_drawn = [page.is_drawn for page in self.facts.pages]
        for key, numbers in self.by_key.items():
            for at in numbers:
                page = pages[at] if pages else 0
                if page < 0 or flags[at] & Flag.IN_SPOILER or not is_drawn[page]:
                    continue
                strength = tie(flags[at] >> Flag.BITS, depths[at], at)
                if strength < found[page].get(key, strength + 1):
                    found[page][key] = strength
        return found

    def pages_linking_to(self, keys: AbstractSet[str]) -> set[int]:
        """The numbers of the pages that link to any of *keys*."""
        pages = self.pointers.pages
        linked = self.keys & keys
        if not pages:
            return {0} if linked else set()
        return {pages[at] for key in linked for at in self.by_key[key]} - {-1}


def place_bit(flag: int) -> int:
    """A flag with one bit for each place, so that the flags of many links can be combined."""
    return flag & (1 << Flag.BITS) - 1 | 1 << Flag.BITS + (flag >> Flag.BITS)


def own_keys(facts: DocumentFacts | PackedFacts) -> Sequence[str]:
    """The key of each page of a document; :data:`UNCOUNTED` if its links don't count."""
    return [key_of(page.name) if page.counts else UNCOUNTED for page in facts.pages]
