"""How tropes are related: what each page states, seen from both pages."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of
from ..facts.document import Flag
from ..index.outbound import Outbound
from ..text.relation_cues import INVERSE, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts
    from ..index.links import InboundLinks
    from ..index.names import PageNames

__all__ = ["Relation", "Statement", "TropeRelations", "statements"]

_UP = "subtrope-of"


class Statement(NamedTuple):
    """A relation as one page states it."""

    source: str
    """Key of the page."""
    kind: str
    """One of :data:`.relation_cues.KINDS`."""
    other: str
    """Key of the other page, which is written."""


class Relation(NamedTuple):
    """How a page is related to another."""

    kind: str
    """One of :data:`.relation_cues.KINDS`."""
    other: str
    """Key of the other page."""
    is_stated_here: bool
    """Whether the page itself states it."""
    is_stated_there: bool
    """Whether the other page states it."""


class TropeRelations:
    """The relations of all pages.

    :param stated: what pages state.
    """

    def __init__(self, stated: Iterable[Statement]) -> None:
        self._stated = dict.fromkeys(stated)  # a set that keeps its order
        found_ends: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._kinds: dict[str, set[str]] = defaultdict(set)
        for source, kind, other in self._stated:
            for one, how, end in (source, kind, other), (other, INVERSE[kind], source):
                found_ends[one, how].add(end)
                self._kinds[one].add(how)
        self._ends = {found: tuple(sorted(ends)) for found, ends in found_ends.items()}

    def of(self, key: str) -> tuple[Relation, ...]:
        """The relations of a page: by kind, then by the other's key."""
        return tuple(
            Relation(
                kind,
                other,
                Statement(key, kind, other) in self._stated,
                Statement(other, INVERSE[kind], key) in self._stated,
            )
            for kind in sorted(self._kinds.get(key, ()), key=KINDS.index)
            for other in self.ends(key, kind)
        )

    def ends(self, key: str, kind: str) -> tuple[str, ...]:
        """The keys of the pages that a page has this kind of relation to, sorted."""
        return self._ends.get((key, kind), ())

    def above(self, key: str, most: int) -> tuple[tuple[int, str], ...]:
        """The super-tropes of a page, their super-tropes, and so on, each once and right after its
        sub-trope: how far up, from 0, and key.

        :param most: maximum number of super-tropes.
        """
        found: list[tuple[int, str]] = []
        seen = {key}
        stack = [(0, up) for up in reversed(self.ends(key, _UP))]
        while stack and len(found) < most:
            depth, up = stack.pop()
            if up in seen:
                continue
            seen.add(up)
            found.append((depth, up))
            stack += [(depth + 1, end) for end in reversed(self.ends(up, _UP))]
        return tuple(found)

    # -- problems

    @cached_property
    def problems(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Key of a page -> kind of finding and key of the other page, for each problem."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, up in self.contradictions():
            found[key].append(("relation-contradiction", up))
        for group in self.cycles():
            for key in group:
                ups = (up for up in self.ends(key, _UP) if up in group)
                found[key].append(("relation-cycle", next(ups)))
        for stated in self.one_sided():
            found[stated.other].append(("one-sided-relation", stated.source))
        return found

    def one_sided(self) -> Iterator[Statement]:
        """Relations that one page states and the other does not."""
        for stated in self._stated:
            if Statement(stated.other, INVERSE[stated.kind], stated.source) not in self._stated:
                yield stated

    def contradictions(self) -> Iterator[tuple[str, str]]:
        """The keys of each two pages that are super-tropes of each other, sorted."""
        pairs = {(key, up) for (key, kind), ups in self._ends.items() if kind == _UP for up in ups}
        yield from sorted((key, up) for key, up in pairs if key < up and (up, key) in pairs)

    def cycles(self) -> list[tuple[str, ...]]:
        """The keys of the pages in each cycle of three or more super-tropes, sorted. Two pages are a
        contradiction instead.
        """
        return [group for group in self._strongly_connected() if len(group) > 2]

    def _strongly_connected(self) -> list[tuple[str, ...]]:
        """Groups of pages that are all above one another (Tarjan's algorithm, without recursion)."""
        groups: list[tuple[str, ...]] = []
        order: dict[str, int] = {}
        low: dict[str, int] = {}
        path: dict[str, None] = {}  # a stack that knows its members
        for root in sorted(self._kinds):
            if root in order:
                continue
            order[root] = low[root] = len(order)
            path[root] = None
            work = [(root, iter(self.ends(root, _UP)))]
            while work:
                key, ups = work[-1]
                up = next(ups, None)
                if up is None:
                    work.pop()
                    if work:
                        below = work[-1][0]
                        low[below] = min(low[below], low[key])
                    if low[key] == order[key]:
                        group = [path.popitem()[0]]
                        while group[-1] != key:
                            group.append(path.popitem()[0])
                        groups.append(tuple(sorted(group)))
                elif up not in order:
                    order[up] = low[up] = len(order)
                    path[up] = None
                    work.append((up, iter(self.ends(up, _UP))))
                elif up in path:
                    low[key] = min(low[key], order[up])
        return sorted(groups)


def statements(
    facts: Mapping[str, DocumentFacts | PackedFacts], names: PageNames, links: InboundLinks
) -> Iterator[Statement]:
    """Everything pages state: first in properties, then in their text."""
    for page in names.pages.values():
        for kind, name in page.facts.relations:
            other = names.resolve(name)
            if other.kind == "page" and other.key != page.key:
                yield Statement(page.key, kind, other.key)
    for docname in links.documents_with(Flag.HAS_RELATION):
        document = facts[docname]
        for number, kind, target in Outbound(document, {}).stated():
            source = key_of(document.pages[number].name)
            other = names.resolve(target)
            if other.kind == "page" and other.key != source:
                yield Statement(source, kind, other.key)
