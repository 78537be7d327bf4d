"""Communities of a graph: found, and the same every time."""

from __future__ import annotations

import random
from itertools import combinations

from sphinxcontrib_tropes.wiki.map.communities import communities


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
