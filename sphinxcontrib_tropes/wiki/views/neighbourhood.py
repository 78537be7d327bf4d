"""The neighbourhood of a page: the pages nearest to it, and the links between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...names import MAIN, PageName
from ..analysis.played import played_examples

if TYPE_CHECKING:
    from ..wiki import Wiki

__all__ = ["DEEPEST", "SIDES", "Neighbour", "Neighbourhood", "Side", "neighbourhood"]

_MOST = (12, 3, 2)
"""Maximum neighbours of the page, of each of these, and so on."""
DEEPEST = len(_MOST)


class Side:
    """Which side of the page a neighbour is drawn on."""

    ABOVE = "above"
    BELOW = "below"
    BESIDE = "beside"
    AROUND = "around"


SIDES = {
    "subtrope-of": Side.ABOVE,
    "supertrope-of": Side.BELOW,
    "sister-of": Side.BESIDE,
}
"""Where the pages with a relation to a page are drawn, linked or not."""
_ROOM = {Side.ABOVE: 3, Side.BELOW: 6, Side.BESIDE: 4}


class Neighbour(NamedTuple):
    """A page near another."""

    name: str
    """Canonical name."""
    title: str
    docname: str
    """Empty if it is not written."""
    anchor: str
    kind: str
    """``trope``, ``work``, ``other`` or ``wanted``."""
    side: str
    """One of :class:`Side`."""
    parent: int
    """Number of the neighbour that it is a neighbour of, from 0; -1 for the page in the middle."""
    is_mutual: bool
    """Whether they link to each other."""
    played: tuple[str, ...] = ()
    """How either page says that the trope is played which both are about."""


class Neighbourhood(NamedTuple):
    """A page, and the pages nearest to it."""

    name: str
    title: str
    docname: str
    anchor: str
    kind: str
    """This and the fields above are as in :class:`Neighbour`."""
    neighbours: tuple[Neighbour, ...]
    """The neighbours, nearest first, each after its parent."""
    ties: tuple[tuple[int, int], ...]
    """Which of the page's own neighbours are linked, the smaller number first."""

    def __bool__(self) -> bool:
        return bool(self.neighbours)


def neighbourhood(wiki: Wiki, key: str, *, depth: int = 1) -> Neighbourhood:
    """The neighbourhood of the page with this *key*, written or wanted.

    Walks end at indexes, hubs and unwritten pages. So everything found is near, even if a few pages
    tie the whole wiki together.

    :param depth: how many steps to walk.
    """
    network = wiki.network
    sides = _related(wiki, key)
    nearest = network.nearest(key, _MOST[0] + len(sides))
    first = [*sides, *(other for other in nearest if other not in sides)][: _MOST[0]]
    found = {other: (sides.get(other, Side.AROUND), -1) for other in first}
    frontier, level = first, 1
    while level < min(depth, DEEPEST):
        order = {other: at for at, other in enumerate(found)}
        after = []
        for parent in frontier:
            if network.is_end(parent) or parent not in wiki.pages:
                continue
            steps = network.nearest(parent, _MOST[level] + len(found))
            fresh = [other for other in steps if other not in found and other != key]
            for other in fresh[: _MOST[level]]:
                found[other] = Side.AROUND, order[parent]
                after.append(other)
        frontier, level = after, level + 1
    middle = _neighbour(wiki, key, Side.AROUND, -1, is_mutual=False)
    return Neighbourhood(
        middle.name,
        middle.title,
        middle.docname,
        middle.anchor,
        middle.kind,
        tuple(
            _neighbour(wiki, other, side, parent, is_mutual=_is_mutual(wiki, key, other))._replace(
                played=_played(wiki, key, other) if parent < 0 else ()
            )
            for other, (side, parent) in found.items()
        ),
        tuple(_ties(wiki, first)),
    )


def _related(wiki: Wiki, key: str) -> dict[str, str]:
    """Key -> side, for the pages whose relation has a place in the drawing."""
    sides: dict[str, str] = {}
    pages = wiki.pages
    if key in pages and not pages[key].facts.is_drawn:
        return sides
    for kind, side in SIDES.items():
        ends = wiki.trope_relations.ends(key, kind)
        drawn = [other for other in ends if pages[other].facts.is_drawn]
        for other in drawn[: _ROOM[side]]:
            sides.setdefault(other, side)
    return sides


def _is_mutual(wiki: Wiki, key: str, other: str) -> bool:
    return other in wiki.network.outgoing(key) and other in wiki.network.incoming(key)


def _played(wiki: Wiki, key: str, other: str) -> tuple[str, ...]:
    played = played_examples(wiki)
    return tuple(dict.fromkeys((*played.labels(key, other), *played.labels(other, key))))


def _ties(wiki: Wiki, keys: list[str]) -> list[tuple[int, int]]:
    network = wiki.network
    at = {key: number for number, key in enumerate(keys) if not network.is_end(key)}
    found = {
        (min(number, at[other]), max(number, at[other]))
        for key, number in at.items()
        for other in at.keys() & network.outgoing(key).keys()
    }
    return sorted(found)


def _neighbour(wiki: Wiki, key: str, side: str, parent: int, *, is_mutual: bool) -> Neighbour:
    page = wiki.pages.get(key)
    if page is None:
        name = wiki.wanted_name(key) or key
        title = PageName(*name.split("/", 1)).title
        return Neighbour(name, title, "", "", "wanted", side, parent, is_mutual)
    kind = "trope" if page.namespace == MAIN else "work" if page.is_work else "other"
    return Neighbour(
        page.name, page.title, page.docname, page.facts.anchor, kind, side, parent, is_mutual
    )
