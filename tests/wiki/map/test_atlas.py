"""The map of a wiki: communities are found, named and laid out, the same in every build."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki import Place, Wiki
from sphinxcontrib_tropes.wiki.map.atlas import atlas_of

from ..documents import document, page, wiki


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
    found = atlas_of(two_rings()).communities
    named = {community.name for community in found if community.name}
    assert named == {"main/redindex", "main/bluea"}


def test_each_page_is_once_on_the_map_and_no_redirect_is() -> None:
    atlas = atlas_of(two_rings())
    members = [number for community in atlas.communities for number in community.members]
    assert sorted(members) == list(range(len(atlas.keys)))
    assert "main/old" not in atlas.keys
    assert "main/alone" in atlas.keys


def test_hubs_and_indexes_join_nothing() -> None:
    atlas = atlas_of(two_rings())
    at = {key: number for number, key in enumerate(atlas.keys)}
    ends = {at["main/everywhere"], at["main/redindex"]}
    assert not any(ends & set(pair) for pair in atlas.pairs)


def test_pages_that_one_page_alone_wants_are_not_on_the_map() -> None:
    found = wiki(document("One", "[Ghost] [Other]"), document("Two", "[Ghost]"))
    assert atlas_of(found).keys == ("main/one", "main/two", "main/ghost")
    assert atlas_of(found).written == 2


def test_links_tell_in_which_direction_a_tie_goes() -> None:
    found = wiki(document("One", "[Two] [Three]"), document("Two", "[One]"), document("Three"))
    atlas = atlas_of(found)
    at = {key: number for number, key in enumerate(atlas.keys)}
    assert atlas.links[at["main/one"]] == (at["main/three"], at["main/two"])
    assert atlas.links[at["main/two"]] == (at["main/one"],)
    assert atlas.links[at["main/three"]] == ()


def test_the_map_is_the_same_in_every_build() -> None:
    first, second = atlas_of(two_rings()), atlas_of(two_rings())
    assert (first.nodes, first.communities) == (second.nodes, second.communities)


def test_no_two_pages_lie_on_the_same_place() -> None:
    places = [(node.x, node.y) for node in atlas_of(two_rings()).nodes]
    assert len(set(places)) == len(places)
