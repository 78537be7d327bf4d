"""All links, found by their target.

A wiki of ten thousand pages has four hundred thousand links. One pass over their targets finds the
documents that link to each page; links are unpacked only when that page is needed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from functools import reduce
from operator import attrgetter, or_
from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of
from ..facts.document import Flag, Link, Place
from .outbound import OUTSIDE, UNCOUNTED, Outbound, own_keys, place_bit
from .tables import ByDocument, Lasting, Part, lasting, patched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts
    from .edits import Edit
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


_docname_of = attrgetter("docname")


class WantedLink(NamedTuple):
    """The facts of a link to an unwritten page that are needed to count it."""

    docname: str
    page: int
    """As :attr:`.facts.Link.page`."""
    target: str
    is_prose: bool


class _Counted(NamedTuple):
    """What one pass over all links finds."""

    sources: dict[str, list[str]]
    """Key -> the documents with a link to it, in order."""
    flags: dict[str, int]
    """Docname -> :attr:`.Outbound.flags`, in order."""


class InboundLinks(Part):
    """The links to each key, without a page's links to itself, and without those of pages whose links
    don't count: redirects, and pages excluded from backlinks.

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
        self.target_key: _TargetKeys = _TargetKeys(resolve)
        """Canonical name -> key of the page that it resolves to."""
        self._by_target: ByDocument[Mapping[str, list[int]]] = ByDocument()
        self._ties: ByDocument[Sequence[Mapping[str, int]]] = ByDocument()

    @patched
    def _counted(self) -> _Counted:
        sources: dict[str, list[str]] = defaultdict(list)
        flagged = {}
        target_keys = self.target_key
        for docname, facts in self._facts.items():
            targets, flags, pages, *_ = facts.pointers
            flagged[docname] = reduce(or_, map(place_bit, frozenset(flags)), 0)
            if not targets:
                continue
            own = own_keys(facts)
            if not pages:  # one page, as in most documents
                found = {target_keys[target] for target in targets} if own[0] else set()
                found.discard(own[0])
            else:
                if min(pages) < 0:
                    flagged[docname] |= OUTSIDE
                found = {
                    key
                    for key, page in zip(map(target_keys.__getitem__, targets), pages, strict=True)
                    if page < 0 or (own[page] not in (key, UNCOUNTED))
                }
            for key in found:
                sources[key].append(docname)
        return _Counted(dict(sources), flagged)

    @_counted.rule
    def _count_again(self, counted: _Counted, edit: Edit) -> bool:
        """Takes out what the documents said before, and puts in what they say now."""
        sources, flags = counted
        for docname, before, after in edit.changes:
            for key in before.keys - after.keys:
                of_key = sources[key]
                del of_key[bisect_left(of_key, docname)]
                if not of_key:
                    del sources[key]
            for key in after.keys - before.keys:
                insort(sources.setdefault(key, []), docname)
            flags[docname] = after.flags
        return True

    @lasting
    def sources(self) -> Mapping[str, Sequence[str]]:
        """Key -> the documents with a link to it."""
        return self._counted.sources

    def documents_with(self, flag: int) -> Iterator[str]:
        """The documents with a link that has this :class:`.facts.Flag`, in order."""
        return (docname for docname, flags in self._counted.flags.items() if flags & flag)

    @property
    def documents_outside(self) -> Iterator[str]:
        """The documents with a link outside their pages, in order."""
        return self.documents_with(OUTSIDE)

    def documents_at(self, place: str) -> Iterator[str]:
        """The documents with a link in this :class:`.facts.Place`, in order."""
        return self.documents_with(1 << Flag.BITS + Place.ORDER.index(place))

    @patched
    def _found(self) -> dict[str, list[InboundLink]]:
        return {}

    @_found.rule
    def _replace_found(self, known: dict[str, list[InboundLink]], edit: Edit) -> bool:
        """A page that half the wiki links to: most of its links stay."""
        for docname, before, after in edit.changes:
            for key in (before.keys | after.keys) & known.keys():
                links = known[key]
                start = bisect_left(links, docname, key=_docname_of)
                end = bisect_right(links, docname, key=_docname_of)
                new = self._links_in(docname, after.by_key.get(key, ()))
                known[key] = [*links[:start], *new, *links[end:]]
        return True

    def __getitem__(self, key: str) -> list[InboundLink]:
        """The links to this key, in order of documents; none for an unknown key."""
        found = self._found.get(key)
        if found is None:
            found = []
            for docname in self.sources.get(key, ()):
                found += self._links_in(docname, self._by_target_key(docname)[key])
            self._found[key] = found
        return found

    def links_from(self, docname: str, key: str) -> Iterator[InboundLink]:
        """The links of one document to this key."""
        return self._links_in(docname, self._by_target_key(docname).get(key, ()))

    def _links_in(self, docname: str, numbers: Iterable[int]) -> Iterator[InboundLink]:
        links = self._facts[docname].links
        for at in numbers:
            link = links[at]
            yield InboundLink(docname, link, self._resolve(link.target).via)

    def _by_target_key(self, docname: str) -> Mapping[str, list[int]]:
        """Key -> numbers of the document's links to it."""
        found = self._by_target.get(docname)
        if found is None:
            found = self._by_target[docname] = self._outbound(docname).by_key
        return found

    def _outbound(self, docname: str) -> Outbound:
        outbound = Outbound(self._facts[docname], self.target_key)
        if (known := self._by_target.get(docname)) is not None:
            outbound.by_key = known
        return outbound

    def linked_from(self, docname: str) -> AbstractSet[str]:
        """The keys that a document links to."""
        return self._by_target_key(docname).keys()

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
        return self._outbound(docname).examples()

    def ties(self, docname: str) -> Sequence[Mapping[str, int]]:
        """For each page of the document: key -> :func:`~.link_strength.tie` of its strongest link
        to that page outside spoilers.
        """
        found = self._ties.get(docname)
        if found is None:
            outbound = self._outbound(docname)
            outbound.by_key = self._by_target_key(docname)
            found = self._ties[docname] = outbound.ties
        return found

    def pages_linking_to(self, keys: AbstractSet[str]) -> set[str]:
        """The keys of the pages that link to any of *keys*."""
        return {
            key_of(self._facts[docname].pages[page].name)
            for docname in {docname for key in keys for docname in self.sources.get(key, ())}
            for page in self._outbound(docname).pages_linking_to(keys)
        }


_PROSE = Place.ORDER.index(Place.PROSE)


class _TargetKeys(Lasting[str, str]):
    """Canonical name -> key of the page that it resolves to."""

    def __init__(self, resolve: Callable[[str], Resolution]) -> None:
        super().__init__()
        self._resolve = resolve

    def __missing__(self, name: str) -> str:
        key = self[name] = self._resolve(name).key
        return key
