"""Discs and dots that do not overlap."""

from __future__ import annotations

import random
from itertools import combinations
from math import hypot

import pytest

from sphinxcontrib_tropes.wiki.map.circle_packing import packed, sunflower


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
