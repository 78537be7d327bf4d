"""Links, found from where they lead.

A wiki of ten thousand pages has four hundred thousand links. One look at where they point says
which documents lead to a page; what a link says is unpacked when somebody asks for that page.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of
from ..analysis.network import tie
from ..facts.document import Flag, Link, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts
    from .records import Resolution

__all__ = ["Inbound", "InboundLinks", "Want"]


class Inbound(NamedTuple):
    """A link, found from its target."""

    docname: str
    link: Link
    via: str
    anchor: str = ""
    """Id of a reference; that of a link follows from it."""


class Want(NamedTuple):
    """A link to a name, and no more of it than is counted."""

    docname: str
    page: int
    """As :attr:`.facts.Link.page`."""
    target: str
    is_prose: bool


class InboundLinks:
    """The links that lead to each key. Neither a page's links to itself nor a redirect's only link
    are among them, for they say nothing.

    :param facts: docname -> facts of each document, in the order in which links are found.
    :param resolve: canonical name -> where it leads.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        resolve: Callable[[str], Resolution],
    ) -> None:
        self._facts = facts
        self._resolve = resolve
        self._ends = _Ends(resolve)
        self._flagged: dict[str, int] | None = None
        self._outside: dict[str, None] = {}  # a set that keeps its order
        self._found: dict[str, list[Inbound]] = {}
        self._by_end: dict[str, dict[str, list[int]]] = {}
        self._ties: dict[str, list[dict[str, int]]] = {}

    @cached_property
    def sources(self) -> Mapping[str, Sequence[str]]:
        """Key -> the documents with a link that leads there."""
        sources: dict[str, list[str]] = defaultdict(list)
        ends = self._ends
        self._flagged = {}
        for docname, facts in self._facts.items():
            targets, flags, pages, *_ = facts.pointers
            if not targets:
                continue
            self._flagged[docname] = reduce(or_, map(_seen, frozenset(flags)))
            own = _own(facts)
            if not pages:  # one page, as most documents are
                found = {ends[target] for target in targets} if own[0] != _REDIRECT else set()
                found.discard(own[0])
            else:
                if min(pages) < 0:
                    self._outside[docname] = None
                found = {
                    end
                    for end, page in zip(map(ends.__getitem__, targets), pages, strict=True)
                    if page < 0 or (own[page] not in (end, _REDIRECT))
                }
            for end in found:
                sources[end].append(docname)
        return dict(sources)

    def documents_with(self, flag: int) -> Iterator[str]:
        """The documents with a link that has this :class:`.facts.Flag`, in their order."""
        if self._flagged is None:
            _ = self.sources
        assert self._flagged is not None
        return (docname for docname, flags in self._flagged.items() if flags & flag)

    @property
    def documents_outside(self) -> Iterable[str]:
        """The documents with a link that stands in none of their pages, in their order."""
        _ = self.sources
        return self._outside

    def documents_at(self, place: str) -> Iterator[str]:
        """The documents with a link in such a :class:`.facts.Place`, in their order."""
        return self.documents_with(1 << Flag.BITS + Place.ORDER.index(place))

    def __getitem__(self, key: str) -> list[Inbound]:
        """The links that lead to this key, by document and in its order; none for an unknown one."""
        found = self._found.get(key)
        if found is None:
            found = []
            for docname in self.sources.get(key, ()):
                links = self._facts[docname].links
                for at in self._led_to(docname)[key]:
                    link = links[at]
                    found.append(Inbound(docname, link, self._resolve(link.target).via))
            self._found[key] = found
        return found

    def _led_to(self, docname: str) -> Mapping[str, list[int]]:
        """Key -> which links of the document lead there."""
        found = self._by_end.get(docname)
        if found is None:
            facts = self._facts[docname]
            targets, _flags, pages, *_ = facts.pointers
            own, ends = _own(facts), self._ends
            found = defaultdict(list)
            for at, target in enumerate(targets):
                page = pages[at] if pages else 0
                end = ends[target]
                if page < 0 or own[page] not in (end, _REDIRECT):
                    found[end].append(at)
            self._by_end[docname] = found
        return found

    def ends(self, docname: str) -> list[str]:
        """The key that each link of the document leads to; empty for one that says nothing."""
        found = [""] * len(self._facts[docname].pointers.targets)
        for key, led in self._led_to(docname).items():
            for at in led:
                found[at] = key
        return found

    def wants(self, keys: Iterable[str]) -> Mapping[str, list[Want]]:
        """What there is to count of the links to each of *keys*, by document and in its order."""
        wanted = frozenset(keys)
        docnames = {docname for key in wanted for docname in self.sources.get(key, ())}
        found: dict[str, list[Want]] = defaultdict(list)
        for docname in sorted(docnames):
            targets, flags, pages, *_ = self._facts[docname].pointers
            led_to = self._led_to(docname)
            for key in wanted & led_to.keys():
                for at in led_to[key]:
                    is_prose = flags[at] >> Flag.BITS == _PROSE
                    found[key].append(
                        Want(docname, pages[at] if pages else 0, targets[at], is_prose)
                    )
        return found

    def examples(self, docname: str) -> Iterator[tuple[int, str]]:
        """The links of the document that an item of examples begins with: in which of its pages
        each stands, and its key.
        """
        targets, flags, pages, *_ = self._facts[docname].pointers
        for at, flag in enumerate(flags):
            if flag & Flag.BEGINS_ITEM and flag >> Flag.BITS == _EXAMPLE:
                page = pages[at] if pages else 0
                if page >= 0:
                    yield page, self._ends[targets[at]]

    def ties(self, docname: str) -> Sequence[Mapping[str, int]]:
        """For each page of the document: key -> :func:`.network.tie` of the strongest link that it
        has to it and that no spoiler hides.
        """
        found = self._ties.get(docname)
        if found is None:
            facts = self._facts[docname]
            pointers = facts.pointers
            flags, pages, depths = pointers.flags, pointers.pages, pointers.depths
            found = [{} for _ in facts.pages]
            for key, led in self._led_to(docname).items():
                for at in led:
                    page = pages[at] if pages else 0
                    if page < 0 or flags[at] & Flag.IN_SPOILER:
                        continue
                    strength = tie(flags[at] >> Flag.BITS, depths[at], at)
                    if strength < found[page].get(key, strength + 1):
                        found[page][key] = strength
            self._ties[docname] = found
        return found

    def leading_to(self, keys: AbstractSet[str]) -> set[str]:
        """The keys of the pages that link to any of *keys*."""
        return {
            key_of(self._facts[docname].pages[page].name)
            for docname in {docname for key in keys for docname in self.sources.get(key, ())}
            for page in self._pages_leading_to(docname, keys)
        }

    def _pages_leading_to(self, docname: str, keys: AbstractSet[str]) -> set[int]:
        led_to = self._led_to(docname)
        pages = self._facts[docname].pointers.pages
        if not pages:
            return {0}
        found = {pages[at] for key in keys & led_to.keys() for at in led_to[key]}
        return found - {-1}


_REDIRECT = ""
_PROSE = Place.ORDER.index(Place.PROSE)
_EXAMPLE = Place.ORDER.index(Place.EXAMPLE)


def _seen(flag: int) -> int:
    """A flag with a bit for its place, so that those of many links can be put together."""
    return flag & (1 << Flag.BITS) - 1 | 1 << Flag.BITS + (flag >> Flag.BITS)


def _own(facts: DocumentFacts | PackedFacts) -> list[str]:
    """The key of each page of a document; empty for a redirect."""
    return [_REDIRECT if page.redirect else key_of(page.name) for page in facts.pages]


class _Ends(dict[str, str]):
    """Canonical name -> key that it leads to."""

    def __init__(self, resolve: Callable[[str], Resolution]) -> None:
        super().__init__()
        self._resolve = resolve

    def __missing__(self, name: str) -> str:
        end = self[name] = self._resolve(name).key
        return end
