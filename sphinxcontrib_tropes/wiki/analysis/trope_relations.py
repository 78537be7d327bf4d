"""How pages stand to one another: what each side tells, seen from both."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of
from ..facts.document import Flag
from ..text.relation_cues import INVERSE, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..wiki import Wiki

__all__ = ["Relation", "Standing", "Told", "told_in"]

_UP = "subtrope-of"


class Told(NamedTuple):
    """A relation as one page tells it."""

    teller: str
    """Key of the page."""
    kind: str
    """One of :data:`.relations.KINDS`."""
    other: str
    """Key of the other page, which is written."""


class Relation(NamedTuple):
    """How a page stands to another one."""

    kind: str
    """One of :data:`.relations.KINDS`."""
    other: str
    """Key of the other page."""
    is_told_here: bool
    """Whether the page itself tells it."""
    is_told_there: bool
    """Whether the other page tells it."""


class Standing:
    """The relations of all pages.

    :param told: what pages tell.
    """

    def __init__(self, told: Iterable[Told]) -> None:
        self._told = dict.fromkeys(told)  # a set that keeps its order
        found_ends: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._kinds: dict[str, set[str]] = defaultdict(set)
        for teller, kind, other in self._told:
            for one, how, end in (teller, kind, other), (other, INVERSE[kind], teller):
                found_ends[one, how].add(end)
                self._kinds[one].add(how)
        self._ends = {found: tuple(sorted(ends)) for found, ends in found_ends.items()}

    @property
    def told(self) -> Iterable[Told]:
        """Everything that is told, each thing once."""
        return self._told.keys()

    def of(self, key: str) -> tuple[Relation, ...]:
        """The relations of the page with this key: by kind, then by the other's key."""
        return tuple(
            Relation(
                kind,
                other,
                Told(key, kind, other) in self._told,
                Told(other, INVERSE[kind], key) in self._told,
            )
            for kind in sorted(self._kinds.get(key, ()), key=KINDS.index)
            for other in self.ends(key, kind)
        )

    def ends(self, key: str, kind: str) -> tuple[str, ...]:
        """Keys of the pages that the page with this key stands to in the way of *kind*, sorted."""
        return self._ends.get((key, kind), ())

    def above(self, key: str, most: int) -> tuple[tuple[int, str], ...]:
        """The super-tropes of a page, theirs, and so on, each once: how far up, from 0, and the
        key; a page's own super-tropes right after it.

        :param most: how many at the most.
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

    def one_sided(self) -> Iterator[Told]:
        """What one page tells of another that does not tell it back."""
        for told in self.told:
            if Told(told.other, INVERSE[told.kind], told.teller) not in self._told:
                yield told

    def contradictions(self) -> Iterator[tuple[str, str]]:
        """Keys of each two pages of which either is the other's super-trope, sorted."""
        pairs = {(key, up) for (key, kind), ups in self._ends.items() if kind == _UP for up in ups}
        yield from sorted((key, up) for key, up in pairs if key < up and (up, key) in pairs)

    def cycles(self) -> list[tuple[str, ...]]:
        """Keys of the pages that are their own super-tropes by way of others: each round once,
        beginning with the least key. Two that contradict each other are none.
        """
        return [group for group in self._strongly_connected() if len(group) > 2]

    def _strongly_connected(self) -> list[tuple[str, ...]]:
        """Groups of pages that all are above one another (Tarjan's algorithm, without recursion)."""
        groups: list[tuple[str, ...]] = []
        order: dict[str, int] = {}
        low: dict[str, int] = {}
        path: dict[str, None] = {}  # a list that knows what is in it
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


def told_in(wiki: Wiki) -> Iterator[Told]:
    """What the pages of *wiki* tell: outright first, then in their text."""
    for page in wiki.pages.values():
        for kind, name in page.facts.relations:
            other = wiki.resolve(name)
            if other.kind == "page" and other.key != page.key:
                yield Told(page.key, kind, other.key)
    for docname in wiki.documents_with(Flag.HAS_RELATION):
        facts = wiki.documents[docname]
        pointers = facts.pointers
        targets, pages = pointers.targets, pointers.pages
        for at, kind in pointers.relations.items():
            teller = key_of(facts.pages[pages[at] if pages else 0].name)
            other = wiki.resolve(targets[at])
            if other.kind == "page" and other.key != teller:
                yield Told(teller, kind, other.key)
