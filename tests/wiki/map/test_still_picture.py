"""The still picture of the map: everything lies inside, and it stays small."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tropes_map.svg import map_svg as svg
from sphinxcontrib_tropes.wiki import Wiki
from sphinxcontrib_tropes.wiki.map.atlas import atlas_of
from sphinxcontrib_tropes.wiki.map.still_picture import labelled, picture
from sphinxcontrib_tropes.wiki.text.text_width import text_width

from ..documents import document, wiki


def rings(count: int, size: int = 5) -> Wiki:
    """Groups of pages that all link to each other, each group to the one after it."""
    documents = []
    for ring in range(count):
        names = [f"Ring{ring}Page{at}" for at in range(size)]
        for name in names:
            others = " ".join(f"[{other}]" for other in names if other != name)
            documents.append(document(name, f"{others} [Ring{(ring + 1) % count}Page0]"))
    return wiki(*documents)


def test_every_community_and_page_lies_inside() -> None:
    found = picture(atlas_of(rings(6)))
    assert len(found.discs) == 6
    for disc in found.discs:
        assert disc.radius <= disc.x <= found.width - disc.radius
        assert disc.radius <= disc.y <= found.height - disc.radius
    assert len(found.specks) == 30
    assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y, _ in found.specks)


def test_communities_that_are_tied_have_a_line_between_them() -> None:
    found = picture(atlas_of(rings(4)))
    assert found.bridges
    assert all(one < other and 1 <= strength <= 3 for one, other, strength in found.bridges)


def test_the_strongest_ties_of_each_community_come_first() -> None:
    bridges = atlas_of(rings(5)).bridges
    assert {end for bridge in bridges for end in bridge[:2]} == set(range(5))
    assert [bridge.ties for bridge in bridges] == sorted(
        (bridge.ties for bridge in bridges), reverse=True
    )


def test_of_a_large_wiki_the_picture_shows_no_single_pages() -> None:
    found = picture(atlas_of(rings(260)))
    assert found.specks == ()
    assert len(found.discs) <= 150


@pytest.mark.parametrize("rings_", [230, 400])
def test_a_picture_weighs_little_however_large_the_wiki(rings_: int) -> None:
    found = picture(atlas_of(rings(rings_)))
    titles = ["A Title of Some Length, as Tropes Have"] * rings_
    drawn = svg(found, "The wiki", titles, [f"community-{at}" for at in range(rings_)])
    assert len(drawn) < 60_000


def test_an_empty_wiki_has_an_empty_picture() -> None:
    assert picture(atlas_of(wiki())).discs == ()


@pytest.mark.parametrize(
    "title",
    ["Short", "A Title of Several Words", "Donaudampfschifffahrtsgesellschaft", "長い題名です"],
)
@pytest.mark.parametrize("radius", [5, 20, 40, 200])
def test_a_name_fits_into_its_disc(title: str, radius: int) -> None:
    letter = 10
    lines = labelled(title, radius, letter)
    assert len(lines) <= 3
    assert all(text_width(line) * letter <= 2 * radius for line in lines)
    assert len(lines) * letter <= 2 * radius
    if radius == 200:
        assert " ".join(lines) == title
