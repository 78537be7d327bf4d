"""The network of pages: which page links to which, and how strongly.

Links inside spoilers don't count: a drawing would give them away. Pages excluded from the graph are
not in it.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import nsmallest
from math import isqrt
from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of
from ..facts.document import Place
from ..index.index_pages import IndexPages
from ..index.link_strength import LINK_BITS, NEAR_BITS, NO_LINK, tie
from ..index.references import InboundReferences
from ..index.tables import ByOwnKey, Part, kept_with, lasting, patched

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts
    from ..index.edits import Edit
    from ..index.links import InboundLinks
    from ..index.names import PageNames

__all__ = ["Network"]

_SMALLEST_HUB = 32

_PLACE_BITS = 3
_IN_ONLY = 1 << LINK_BITS + NEAR_BITS
_ONE_WAY = _IN_ONLY << _PLACE_BITS + 1
_WANTED, _END = _ONE_WAY << 1, _ONE_WAY << 2


class _References(NamedTuple):
    """References between pages: key of one page -> keys of others, each with its tie."""

    outgoing: Mapping[str, list[tuple[str, int]]]
    incoming: Mapping[str, list[tuple[str, int]]]


class Network(Part):
    """Which page links to which, by keys. References count as links.

    :param facts: docname -> facts.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        names: PageNames,
        links: InboundLinks,
        references: InboundReferences,
        index_pages: IndexPages,
    ) -> None:
        self._facts = facts
        self._names = names
        self._links = links
        self._inbound_references = references
        self._index_pages = index_pages
        self._outgoing: ByOwnKey[Mapping[str, int]] = ByOwnKey()

    @lasting
    def _keys(self) -> Mapping[str, list[str]]:
        """Docname -> keys of its pages."""
        return {
            docname: [key_of(page.name) for page in document.pages]
            for docname, document in self._facts.items()
        }

    @lasting
    def _places(self) -> Mapping[str, list[tuple[str, int]]]:
        """Key of a page -> the documents that contain it, and its number there."""
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for docname, keys in self._keys.items():
            for page, key in enumerate(keys):
                found[key].append((docname, page))
        return dict(found)

    @kept_with(InboundReferences.by_key)
    def _references(self) -> _References:
        outgoing: dict[str, list[tuple[str, int]]] = defaultdict(list)
        incoming: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for target, found in self._inbound_references.to_pages():
            if self._is_outside(target):
                continue
            for docname, link, *_ in found:
                if link.page >= 0 and not link.in_spoiler:
                    strength = tie(Place.ORDER.index(link.place), link.block.bit_length(), NO_LINK)
                    source = self._keys[docname][link.page]
                    if self._is_outside(source):
                        continue
                    outgoing[source].append((target, strength))
                    incoming[target].append((source, strength))
        return _References(dict(outgoing), dict(incoming))

    def _is_outside(self, key: str) -> bool:
        """Whether a page is never drawn: it is of another project, or excluded from the graph."""
        page = self._names.pages.get(key)
        return self._names.is_external(key) if page is None else not page.facts.is_drawn

    def outgoing(self, key: str) -> Mapping[str, int]:
        """Key of each page that this one links to -> its :func:`~.link_strength.tie`."""
        found = self._outgoing.get(key)
        if found is None:
            ties = [self._links.ties(docname)[page] for docname, page in self._places.get(key, ())]
            references = self._references.outgoing.get(key, ())
            pairs = [*references, *(t for each in ties for t in each.items())]
            found = self._outgoing[key] = _strongest(
                (end, strength) for end, strength in pairs if not self._is_outside(end)
            )
        return found

    @patched
    def _incoming(self) -> dict[str, dict[str, int]]:
        return {}

    @_incoming.rule
    def _replace_incoming(self, known: dict[str, dict[str, int]], edit: Edit) -> bool:
        """A page that half the wiki links to: most of its ties stay."""
        sources = {key for docname, *_ in edit.changes for key in self._keys[docname]}
        if any(len(self._places[source]) > 1 for source in sources):
            return False  # other documents have a share in them
        for key in edit.keys & known.keys():
            if key in self._references.incoming or InboundReferences.by_key in edit.changed:
                del known[key]
                continue
            ties = known[key]
            for source in sources & ties.keys():
                del ties[source]
            if not self._is_outside(key):
                for docname, _before, after in edit.changes:
                    for source, own in zip(self._keys[docname], after.ties, strict=True):
                        if key in own:
                            ties[source] = own[key]
        return True

    def incoming(self, key: str) -> Mapping[str, int]:
        """Key of each page that links to this one -> its :func:`~.link_strength.tie`."""
        found = self._incoming.get(key)
        if found is None:
            pairs = list(self._references.incoming.get(key, ()))
            if not self._is_outside(key):
                for docname in self._links.sources.get(key, ()):
                    for source, ties in zip(
                        self._keys[docname], self._links.ties(docname), strict=True
                    ):
                        if (strength := ties.get(key)) is not None:
                            pairs.append((source, strength))
            found = self._incoming[key] = _strongest(pairs)
        return found

    def ties(self, docname: str) -> Sequence[Mapping[str, int]]:
        """For each page of a document: :meth:`outgoing` without references."""
        return self._links.ties(docname)

    def is_end(self, key: str) -> bool:
        """Whether walks end at this page: it is an index, or a hub that half the wiki links to. A
        link to either says nothing about a page.
        """
        found = self._known_ends.get(key)
        if found is None:
            found = self._known_ends[key] = self._find_end(key)
        return found

    @patched
    def _known_ends(self) -> dict[str, bool]:
        return {}

    @_known_ends.rule
    def _forget_ends(self, known: dict[str, bool], edit: Edit) -> bool:
        for key in edit.keys & known.keys():
            del known[key]
        return IndexPages.members not in edit.changed

    def _find_end(self, key: str) -> bool:
        if key in self._index_pages.members:
            return True
        most = self.hub_size
        sources = len(self._links.sources.get(key, ())) * self._most_pages
        is_referred = key in self._references.incoming
        return (sources > most or is_referred) and len(self.incoming(key)) > most

    @lasting
    def _most_pages(self) -> int:
        return max(map(len, self._keys.values()), default=0)

    @patched
    def ends(self) -> set[str]:
        """The keys of the pages where walks end."""
        referred = self._references.incoming
        keys = {*self._links.sources, *referred, *self._index_pages.members}
        return set(filter(self.is_end, keys))

    @ends.rule
    def _find_ends(self, ends: set[str], edit: Edit) -> bool:
        if IndexPages.members in edit.changed:
            return False
        ends -= edit.keys
        ends.update(filter(self.is_end, edit.keys))
        return True

    @lasting
    def hub_size(self) -> int:
        """A page with more links than this is a hub.

        A power of two: a new hub changes the drawings of many pages, so the limit must not change
        with each new page.
        """
        pages = len(self._names.pages)
        return max(_SMALLEST_HUB, 1 << (4 * isqrt(pages)).bit_length())

    def nearest(self, key: str, most: int) -> list[str]:
        """The keys of at most *most* pages nearest to this one: those that link to each other first,
        then by the strongest link; unwritten pages and :attr:`ends` last.
        """
        out, into = self.outgoing(key), self.incoming(key)
        pages, is_end = self._names.pages, self.is_end
        ranked = []
        for other, strength in out.items():
            rank = strength
            if other not in into:
                rank |= _ONE_WAY if other in pages else _ONE_WAY | _WANTED
            ranked.append((rank | _END if is_end(other) else rank, other))
        for other, strength in into.items():
            if other not in out:
                # without the link's number: a new sentence there must not change drawings here
                rank = strength & ~NO_LINK | _ONE_WAY | _IN_ONLY
                ranked.append((rank | _END if is_end(other) else rank, other))
        return [other for _, other in nsmallest(most, ranked)]


def _strongest(ties: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, strength in ties:
        if strength < found.get(key, strength + 1):
            found[key] = strength
    return found
