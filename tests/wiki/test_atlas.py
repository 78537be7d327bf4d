"""The map of a wiki: communities are found, named and laid out, the same in every build."""

from __future__ import annotations

import random
from itertools import combinations
from math import hypot

import pytest

from sphinxcontrib_tropes.wiki import Place, Wiki
from sphinxcontrib_tropes.wiki.map.atlas import Atlas
from sphinxcontrib_tropes.wiki.map.circle_packing import packed, sunflower
from sphinxcontrib_tropes.wiki.map.communities import communities

from .documents import document, page, wiki


def tied(count: int, pairs: list[tuple[int, int]]) -> list[dict[int, float]]:
    ties: list[dict[int, float]] = [{} for _ in range(count)]
    for one, other in pairs:
        ties[one][other] = ties[other][one] = 1.0
    return ties


def clique(*members: int) -> list[tuple[int, int]]:
    return list(combinations(members, 2))


def groups(labels: list[int]) -> set[frozenset[int]]:
    return {
        frozenset(at for at, label in enumerate(labels) if label == found) for found in set(labels)
    }


def test_two_groups_that_one_tie_joins_are_two_communities() -> None:
    ties = tied(8, [*clique(0, 1, 2, 3), *clique(4, 5, 6, 7), (3, 4)])
    assert groups(communities(ties)) == {frozenset(range(4)), frozenset(range(4, 8))}


def test_what_is_tied_to_nothing_is_a_community_of_its_own() -> None:
    assert groups(communities(tied(3, [(0, 1)]))) == {frozenset([0, 1]), frozenset([2])}
    assert communities([]) == []


def test_planted_communities_are_found_among_chance_ties() -> None:
    chance = random.Random(7)
    ties = tied(300, [])
    for one in range(300):
        for _ in range(6):
            other = one // 50 * 50 + chance.randrange(50)
            if chance.random() < 0.1:
                other = chance.randrange(300)
            if one != other:
                ties[one][other] = ties[other][one] = 1.0
    labels = communities(ties)
    sizes = sorted(map(len, groups(labels)), reverse=True)
    assert sum(sizes[:6]) > 280
    assert labels == communities(ties)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 10, 150])
def test_packed_discs_do_not_overlap(count: int) -> None:
    chance = random.Random(count)
    radii = sorted((chance.uniform(1, 20) for _ in range(count)), reverse=True)
    places = list(zip(packed(radii), radii, strict=True))
    for ((x, y), radius), ((u, v), other) in combinations(places, 2):
        assert hypot(x - u, y - v) > radius + other - 1e-3
    if count > 100:
        reach = max(hypot(x, y) + radius for (x, y), radius in places)
        assert sum(r * r for r in radii) > 0.7 * reach * reach


def test_seeds_of_a_sunflower_are_apart_and_inside() -> None:
    places = list(sunflower(200))
    assert max(hypot(*place) for place in places) < 200**0.5 + 0.5
    assert min(hypot(a - c, b - d) for (a, b), (c, d) in combinations(places, 2)) > 0.9


def two_rings() -> Wiki:
    """Two groups of pages, an index of one of them, and a hub that all link to."""
    rings = []
    for ring in ("Red", "Blue"):
        names = [f"{ring}{letter}" for letter in "ABCDE"]
        for at, name in enumerate(names):
            others = " ".join(f"[{other}]" for other in names[at + 1 :] + names[:at])
            rings.append(document(name, f"{others}, see [Everywhere]."))
    members = [(Place.INDEX, f"[Red{letter}]") for letter in "ABCDE"]
    return wiki(
        *rings,
        document("RedIndex", *members),
        document("Everywhere"),
        document("Alone"),
        document(page("Old", redirect="RedA"), "[RedA]"),
        *(document(f"Fan{number}", "[Everywhere]") for number in range(40)),
    )


def test_a_community_is_named_after_the_index_that_lists_it_else_after_its_most_tied_page() -> None:
    found = Atlas(two_rings()).communities
    named = {community.name for community in found if community.name}
    assert named == {"main/redindex", "main/bluea"}


def test_each_page_is_once_on_the_map_and_no_redirect_is() -> None:
    atlas = Atlas(two_rings())
    members = [number for community in atlas.communities for number in community.members]
    assert sorted(members) == list(range(len(atlas.keys)))
    assert "main/old" not in atlas.keys
    assert "main/alone" in atlas.keys


def test_hubs_and_indexes_join_nothing() -> None:
    atlas = Atlas(two_rings())
    at = {key: number for number, key in enumerate(atlas.keys)}
    ends = {at["main/everywhere"], at["main/redindex"]}
    assert not any(ends & set(pair) for pair in atlas.pairs)


def test_pages_that_one_page_alone_wants_are_not_on_the_map() -> None:
    found = wiki(document("One", "[Ghost] [Other]"), document("Two", "[Ghost]"))
    assert Atlas(found).keys == ("main/one", "main/two", "main/ghost")
    assert Atlas(found).written == 2


def test_links_tell_in_which_direction_a_tie_goes() -> None:
    found = wiki(document("One", "[Two] [Three]"), document("Two", "[One]"), document("Three"))
    atlas = Atlas(found)
    at = {key: number for number, key in enumerate(atlas.keys)}
    assert atlas.links[at["main/one"]] == (at["main/three"], at["main/two"])
    assert atlas.links[at["main/two"]] == (at["main/one"],)
    assert atlas.links[at["main/three"]] == ()


def test_the_map_is_the_same_in_every_build() -> None:
    first, second = Atlas(two_rings()), Atlas(two_rings())
    assert (first.nodes, first.communities) == (second.nodes, second.communities)


def test_no_two_pages_lie_on_the_same_place() -> None:
    places = [(node.x, node.y) for node in Atlas(two_rings()).nodes]
    assert len(set(places)) == len(places)
