"""All links, found by their target.

A wiki of ten thousand pages has four hundred thousand links. One pass over their targets finds the
documents that link to each page; links are unpacked only when that page is needed.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of
from ..facts.document import Flag, Link, Place
from .link_strength import tie

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts
    from .records import Resolution

__all__ = ["InboundLink", "InboundLinks", "WantedLink"]


class InboundLink(NamedTuple):
    """A link, found by its target."""

    docname: str
    link: Link
    via: str
    """Canonical name of the alias or redirect that it uses, or empty."""
    anchor: str = ""
    """Id of a reference; the id of a link follows from the link."""


class WantedLink(NamedTuple):
    """The facts of a link to an unwritten page that are needed to count it."""

    docname: str
    page: int
    """As :attr:`.facts.Link.page`."""
    target: str
    is_prose: bool


class InboundLinks:
    """The links to each key, without a page's links to itself and without those of redirects.

    :param facts: docname -> facts, in the order in which links are to be found.
    :param resolve: canonical name -> what it resolves to.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        resolve: Callable[[str], Resolution],
    ) -> None:
        self._facts = facts
        self._resolve = resolve
        self._targets = _TargetKeys(resolve)
        self._flagged: dict[str, int] | None = None
        self._outside: dict[str, None] = {}  # a set that keeps its order
        self._found: dict[str, list[InboundLink]] = {}
        self._by_target: dict[str, dict[str, list[int]]] = {}
        self._ties: dict[str, list[dict[str, int]]] = {}

    @cached_property
    def sources(self) -> Mapping[str, Sequence[str]]:
        """Key -> the documents with a link to it."""
        sources: dict[str, list[str]] = defaultdict(list)
        target_keys = self._targets
        self._flagged = {}
        for docname, facts in self._facts.items():
            targets, flags, pages, *_ = facts.pointers
            if not targets:
                continue
            self._flagged[docname] = reduce(or_, map(_with_place_bit, frozenset(flags)))
            own = _own(facts)
            if not pages:  # one page, as in most documents
                found = (
                    {target_keys[target] for target in targets} if own[0] != _REDIRECT else set()
                )
                found.discard(own[0])
            else:
                if min(pages) < 0:
                    self._outside[docname] = None
                found = {
                    key
                    for key, page in zip(map(target_keys.__getitem__, targets), pages, strict=True)
                    if page < 0 or (own[page] not in (key, _REDIRECT))
                }
            for key in found:
                sources[key].append(docname)
        return dict(sources)

    def documents_with(self, flag: int) -> Iterator[str]:
        """The documents with a link that has this :class:`.facts.Flag`, in order."""
        if self._flagged is None:
            _ = self.sources
        assert self._flagged is not None
        return (docname for docname, flags in self._flagged.items() if flags & flag)

    @property
    def documents_outside(self) -> Iterable[str]:
        """The documents with a link outside their pages, in order."""
        _ = self.sources
        return self._outside

    def documents_at(self, place: str) -> Iterator[str]:
        """The documents with a link in this :class:`.facts.Place`, in order."""
        return self.documents_with(1 << Flag.BITS + Place.ORDER.index(place))

    def __getitem__(self, key: str) -> list[InboundLink]:
        """The links to this key, in order of documents; none for an unknown key."""
        found = self._found.get(key)
        if found is None:
            found = []
            for docname in self.sources.get(key, ()):
                links = self._facts[docname].links
                for at in self._by_target_key(docname)[key]:
                    link = links[at]
                    found.append(InboundLink(docname, link, self._resolve(link.target).via))
            self._found[key] = found
        return found

    def _by_target_key(self, docname: str) -> Mapping[str, list[int]]:
        """Key -> numbers of the document's links to it."""
        found = self._by_target.get(docname)
        if found is None:
            facts = self._facts[docname]
            targets, _flags, pages, *_ = facts.pointers
            own, target_keys = _own(facts), self._targets
            found = defaultdict(list)
            for at, target in enumerate(targets):
                page = pages[at] if pages else 0
                key = target_keys[target]
                if page < 0 or own[page] not in (key, _REDIRECT):
                    found[key].append(at)
            self._by_target[docname] = found
        return found

    def target_keys(self, docname: str) -> list[str]:
        """The key of each link's target; empty for a link that does not count."""
        found = [""] * len(self._facts[docname].pointers.targets)
        for key, numbers in self._by_target_key(docname).items():
            for at in numbers:
                found[at] = key
        return found

    def wanted(self, keys: Iterable[str]) -> Mapping[str, list[WantedLink]]:
        """The links to each of *keys*, in order of documents."""
        wanted = frozenset(keys)
        docnames = {docname for key in wanted for docname in self.sources.get(key, ())}
        found: dict[str, list[WantedLink]] = defaultdict(list)
        for docname in sorted(docnames):
            targets, flags, pages, *_ = self._facts[docname].pointers
            by_target = self._by_target_key(docname)
            for key in wanted & by_target.keys():
                for at in by_target[key]:
                    is_prose = flags[at] >> Flag.BITS == _PROSE
                    found[key].append(
                        WantedLink(docname, pages[at] if pages else 0, targets[at], is_prose)
                    )
        return found

    def examples(self, docname: str) -> Iterator[tuple[int, str]]:
        """For each example of the document, an item that begins with a link: the number of its page,
        and the key of the link's target.
        """
        targets, flags, pages, *_ = self._facts[docname].pointers
        for at, flag in enumerate(flags):
            if flag & Flag.BEGINS_ITEM and flag >> Flag.BITS == _EXAMPLE:
                page = pages[at] if pages else 0
                if page >= 0:
                    yield page, self._targets[targets[at]]

    def ties(self, docname: str) -> Sequence[Mapping[str, int]]:
        """For each page of the document: key -> :func:`~.link_strength.tie` of its strongest link
        to that page outside spoilers.
        """
        found = self._ties.get(docname)
        if found is None:
            facts = self._facts[docname]
            pointers = facts.pointers
            flags, pages, depths = pointers.flags, pointers.pages, pointers.depths
            found = [{} for _ in facts.pages]
            for key, numbers in self._by_target_key(docname).items():
                for at in numbers:
                    page = pages[at] if pages else 0
                    if page < 0 or flags[at] & Flag.IN_SPOILER:
                        continue
                    strength = tie(flags[at] >> Flag.BITS, depths[at], at)
                    if strength < found[page].get(key, strength + 1):
                        found[page][key] = strength
            self._ties[docname] = found
        return found

    def pages_linking_to(self, keys: AbstractSet[str]) -> set[str]:
        """The keys of the pages that link to any of *keys*."""
        return {
            key_of(self._facts[docname].pages[page].name)
            for docname in {docname for key in keys for docname in self.sources.get(key, ())}
            for page in self._page_numbers(docname, keys)
        }

    def _page_numbers(self, docname: str, keys: AbstractSet[str]) -> set[int]:
        by_target = self._by_target_key(docname)
        pages = self._facts[docname].pointers.pages
        if not pages:
            return {0}
        found = {pages[at] for key in keys & by_target.keys() for at in by_target[key]}
        return found - {-1}


_REDIRECT = ""
_PROSE = Place.ORDER.index(Place.PROSE)
_EXAMPLE = Place.ORDER.index(Place.EXAMPLE)


def _with_place_bit(flag: int) -> int:
    """A flag with one bit for each place, so that the flags of many links can be combined."""
    return flag & (1 << Flag.BITS) - 1 | 1 << Flag.BITS + (flag >> Flag.BITS)


def _own(facts: DocumentFacts | PackedFacts) -> list[str]:
    """The key of each page of a document; empty for a redirect."""
    return [_REDIRECT if page.redirect else key_of(page.name) for page in facts.pages]


class _TargetKeys(dict[str, str]):
    """Canonical name -> key of the page that it resolves to."""

    def __init__(self, resolve: Callable[[str], Resolution]) -> None:
        super().__init__()
        self._resolve = resolve

    def __missing__(self, name: str) -> str:
        key = self[name] = self._resolve(name).key
        return key
