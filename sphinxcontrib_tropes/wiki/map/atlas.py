"""The atlas: the layout of the whole wiki as one map, computed in a build.

Pages that are tied to one another form a community, drawn as a disc with the most tied pages in its
middle; tied communities are close to each other. Only the strongest links of a page count. Links to
a hub or an index never count: they tie everything to everything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from heapq import heappop, heappush
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from ..index.index_pages import IndexPages
from ..index.references import InboundReferences
from ..index.tables import ByKey, Lasting, Part, kept_with, lasting, patched
from .circle_packing import packed, sunflower
from .communities import communities

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..index.edits import Edit
    from ..wiki import Wiki

__all__ = ["Atlas", "Bridge", "Community", "Node", "atlas_of"]

_STRONGEST = 8
"""Maximum ties of a page that count."""
_LEAST_WANTS = 2
"""Minimum pages that link to a wanted page for it to be on the map."""
_LEAST_MEMBERS = 3
"""Minimum members of a community. Pages of smaller groups belong to none."""
_BRIDGES = 3
"""Maximum ties of a community that are drawn: with all of them the map would be unreadable."""
_MARGIN = 1.5
_SCALE = 10


class Node(NamedTuple):
    """A page on the map."""

    key: str
    x: int
    y: int
    community: int
    ties: int
    """How many pages it is tied to."""


class Community(NamedTuple):
    """A group of pages, the most tied ones first."""

    name: str
    """Key of the page that it is named after; empty for the pages in no community."""
    members: tuple[int, ...]
    """Numbers of nodes."""
    x: int
    y: int
    radius: int


class Bridge(NamedTuple):
    """The ties between two communities."""

    one: int
    other: int
    ties: int
    """How many ties between pages connect them."""


class _Near(ByKey[list[str]]):
    """Key of a page -> the pages nearest to it, as long as the same pages are hubs and indexes."""

    def __init__(self) -> None:
        super().__init__()
        self._ends: set[str] = set()

    def follow(self, edit: Edit) -> None:
        super().follow(edit)
        self.forget(edit.own_keys)

    def compare(self, ends: set[str]) -> None:
        """Drops everything if other pages are hubs or indexes now: these are never near."""
        if self._ends != ends:
            self.clear()
            self._ends = set(ends)


class _Labels(NamedTuple):
    """What communities were found, and from what."""

    ties: list[dict[int, float]]
    found: list[int]


class Atlas(Part):
    """The map of a wiki."""

    def __init__(self, wiki: Wiki) -> None:
        self._wiki = wiki
        self._network = wiki.network
        self._near = _Near()
        self._labels: Lasting[str, _Labels] = Lasting()
        """The communities that were found last: an edit seldom moves ties that count."""

    @patched
    def keys(self) -> tuple[str, ...]:
        """The keys of the pages on the map: written pages first, then wanted ones."""
        wiki, network = self._wiki, self._network
        pages = (page for page in wiki.pages.values() if page.facts.is_drawn)
        written = sorted(page.key for page in pages if not page.facts.redirect)
        wanted = sorted(
            wanted.key
            for wanted in wiki.wanted
            if len(network.incoming(wanted.key)) >= _LEAST_WANTS
        )
        return (*written, *wanted)

    @keys.rule
    def _has_same_ties(self, _keys: object, edit: Edit) -> bool:
        """Whether the whole map stays."""
        return edit.changed.isdisjoint([IndexPages.members, InboundReferences.by_key]) and all(
            before.ties == after.ties for _docname, before, after in edit.changes
        )

    @lasting
    def written(self) -> int:
        """How many of the keys belong to written pages."""
        return sum(key in self._wiki.pages for key in self.keys)

    @kept_with(keys)
    def _numbers(self) -> Mapping[str, int]:
        return {key: number for number, key in enumerate(self.keys)}

    @kept_with(keys)
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The ties that count, as numbers of nodes, the smaller first; sorted, each once."""
        network, numbers, ends, near = self._network, self._numbers, self._network.ends, self._near
        near.compare(ends)
        found = set()
        for key, number in numbers.items():
            if key in ends:
                continue
            if key not in near:
                near[key] = [
                    other for other in network.nearest(key, _STRONGEST) if other not in ends
                ]
            for other in near[key]:
                end = numbers.get(other)
                if end is not None and end != number:
                    found.add((number, end) if number < end else (end, number))
        return tuple(sorted(found))

    @kept_with(keys)
    def links(self) -> tuple[tuple[int, ...], ...]:
        """For each node, the nodes that it links to, among the ties that count."""
        outgoing = [self._network.outgoing(key) for key in self.keys]
        found: list[list[int]] = [[] for _ in self.keys]
        for one, other in self.pairs:
            if self.keys[other] in outgoing[one]:
                found[one].append(other)
            if self.keys[one] in outgoing[other]:
                found[other].append(one)
        return tuple(tuple(sorted(own)) for own in found)

    @kept_with(keys)
    def _ties(self) -> list[dict[int, float]]:
        ties: list[dict[int, float]] = [{} for _ in self.keys]
        outgoing = [self._network.outgoing(key) for key in self.keys]
        for one, other in self.pairs:
            is_mutual = self.keys[other] in outgoing[one] and self.keys[one] in outgoing[other]
            ties[one][other] = ties[other][one] = 2.0 if is_mutual else 1.0
        return ties

    @kept_with(keys)
    def _groups(self) -> list[list[int]]:
        """The numbers of the nodes of each community, the largest first; nodes in none come last."""
        labels = self._find_communities()
        groups: dict[int, list[int]] = defaultdict(list)
        for number, label in enumerate(labels):
            groups[label].append(number)
        self._place_ends(labels, groups)
        ranked = sorted(groups.values(), key=lambda group: (-len(group), group[0]))
        large = [group for group in ranked if len(group) >= _LEAST_MEMBERS]
        small = [number for group in ranked if len(group) < _LEAST_MEMBERS for number in group]
        for group in (*large, small):
            group.sort(key=lambda number: (-len(self._ties[number]), number))
        return [*large, small] if small else large

    def _find_communities(self) -> list[int]:
        known = self._labels.get("")
        if known is None or known.ties != self._ties:
            known = self._labels[""] = _Labels(self._ties, communities(self._ties))
        return known.found

    def _place_ends(self, labels: list[int], groups: dict[int, list[int]]) -> None:
        """Puts each hub and index in the community that it shares the most links with."""
        network = self._network
        for key in sorted(network.ends):
            number = self._numbers.get(key)
            if number is None:
                continue
            around = (*network.outgoing(key), *network.incoming(key))
            near = Counter(
                labels[self._numbers[other]]
                for other in around
                if other in self._numbers and other not in network.ends
            )
            if near:
                to = min(near, key=lambda label: (-near[label], label))
                groups[labels[number]].remove(number)
                if not groups[labels[number]]:
                    del groups[labels[number]]
                groups[to].append(number)

    @kept_with(keys)
    def communities(self) -> tuple[Community, ...]:
        """All communities, the largest first; the pages in none come last."""
        groups = self._groups
        radii = [sqrt(len(group)) + _MARGIN for group in groups]
        order = self._order()
        places = dict(zip(order, packed([radii[at] for at in order]), strict=True))
        used: set[str] = set()
        found = []
        for at, group in enumerate(groups):
            name = self._name(group, used) if self._is_community(group) else ""
            used.add(name)
            x, y = (round(part * _SCALE) for part in places[at])
            found.append(Community(name, tuple(group), x, y, round(radii[at] * _SCALE)))
        return tuple(found)

    def _is_community(self, group: list[int]) -> bool:
        return len(group) >= _LEAST_MEMBERS and bool(self._ties[group[0]])

    @kept_with(keys)
    def _between(self) -> dict[int, Counter[int]]:
        """Community -> number of its ties to each other community."""
        community = {number: at for at, group in enumerate(self._groups) for number in group}
        between: dict[int, Counter[int]] = defaultdict(Counter)
        for one, other in self.pairs:
            a, b = community[one], community[other]
            if a != b:
                between[a][b] += 1
                between[b][a] += 1
        return between

    @kept_with(keys)
    def bridges(self) -> tuple[Bridge, ...]:
        """The strongest ties of each community to others, each once; the strongest first."""
        found = set()
        for one, ties in self._between.items():
            ranked = sorted(ties, key=lambda other: (-ties[other], other))
            for other in ranked[:_BRIDGES]:
                found.add(Bridge(min(one, other), max(one, other), ties[other]))
        return tuple(sorted(found, key=lambda bridge: (-bridge.ties, bridge)))

    def _order(self) -> list[int]:
        """The communities in the order they are packed: after the largest, always the one with the
        most ties to those before it.
        """
        between = self._between
        order: dict[int, None] = {}
        tied: Counter[int] = Counter()
        waiting: list[tuple[int, int]] = []
        for start in range(len(self._groups)):
            heappush(waiting, (0, start))
            while waiting:
                _, at = heappop(waiting)
                if at in order:
                    continue
                order[at] = None
                for other, weight in sorted(between[at].items()):
                    if other not in order:
                        tied[other] += weight
                        heappush(waiting, (-tied[other], other))
        return list(order)

    def _name(self, group: list[int], used: set[str]) -> str:
        """The page that a community is named after: the index with most of its pages, if it has at
        least half of them; else its most tied page.
        """
        written = [self.keys[number] for number in group if number < self.written]
        if not written:
            return self.keys[group[0]]
        indexes = Counter(index for key in written for index in self._wiki.indexes_of.get(key, ()))
        for index in sorted(indexes, key=lambda index: (-indexes[index], index)):
            if 2 * indexes[index] < len(written):
                break
            page = self._wiki.pages.get(index)
            if index not in used and page is not None and page.facts.is_drawn:
                return index
        return next((key for key in written if key not in self._network.ends), written[0])

    @kept_with(keys)
    def nodes(self) -> tuple[Node, ...]:
        """All pages on the map, in the order of :attr:`keys`."""
        found: dict[int, Node] = {}
        for at, community in enumerate(self.communities):
            places = sunflower(len(community.members))
            for number, (x, y) in zip(community.members, places, strict=True):
                found[number] = Node(
                    self.keys[number],
                    community.x + round(x * _SCALE),
                    community.y + round(y * _SCALE),
                    at,
                    len(self._ties[number]),
                )
        return tuple(found[number] for number in range(len(self.keys)))


def atlas_of(wiki: Wiki) -> Atlas:
    """The map of *wiki*, computed once."""
    return wiki.part(Atlas)
