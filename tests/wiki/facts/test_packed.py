"""Packed facts: links take a few bytes each, and unpack to what was packed."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_tropes.wiki.facts.document import Link, Place, pointers_of
from sphinxcontrib_tropes.wiki.facts.packed import (
    Names,
    pack_links,
    unpack_links,
    unpack_pointers,
)

TEXTS = defaultdict(lambda: "• some words", {7: "– "})
NUMBERS = st.integers(0, 100_000)
WORDS = st.sampled_from(["", "a", "Main/Page", "Film/TheMatrix", "in-this-work"])
LINKS = st.builds(
    Link,
    target=st.sampled_from(["Main/A", "Main/B", "Film/C"]),
    section=WORDS,
    nth=st.integers(1, 300),
    page=st.integers(-1, 5),
    block=NUMBERS,
    start=NUMBERS,
    end=NUMBERS,
    place=st.sampled_from(Place.ORDER),
    in_spoiler=st.booleans(),
    opens_item=st.booleans(),
    line=NUMBERS,
    relation=WORDS,
    file=WORDS,
    played=st.sampled_from(["", "", "subverted", "averted inverted"]),
)


@given(st.lists(LINKS))
def test_links_are_the_same_after_they_were_packed(links: list[Link]) -> None:
    names = Names([])
    assert unpack_links(pack_links(links, TEXTS, names), names.names) == tuple(links)


@given(st.lists(LINKS))
def test_pointers_can_be_unpacked_alone(links: list[Link]) -> None:
    names = Names([])
    unpacked = unpack_pointers(pack_links(links, TEXTS, names), names.names)
    pointers = pointers_of(links, TEXTS)
    assert [*map(list, unpacked)] == [*map(list, pointers)]
    assert unpacked.relations == pointers.relations
    assert unpacked.played == pointers.played
    assert unpacked.depths == pointers.depths


@given(st.lists(LINKS), st.lists(LINKS))
def test_documents_share_their_names(first: list[Link], second: list[Link]) -> None:
    names = Names([])
    packed = [pack_links(links, TEXTS, names) for links in (first, second)]
    assert len(names.names) == len(set(names.names))
    reloaded = Names(list(names.names))
    assert pack_links(first, TEXTS, reloaded) == packed[0]
    assert unpack_links(packed[1], reloaded.names) == tuple(second)


def test_a_link_takes_a_few_bytes() -> None:
    names = Names([])
    targets = ("Main/FunnyAnimal", "Film/TheMatrix", "Main/Ape")
    links = [
        Link(targets[at % 3], "", at // 3 + 1, 0, at // 2, at % 2 * 30, at % 2 * 30 + 12, place,
             False, False, at // 2 + 1)
        for at, place in zip(range(60), (Place.PROSE, Place.EXAMPLE) * 30, strict=True)
    ]  # fmt: skip
    assert sum(map(len, pack_links(links, TEXTS, names))) < 8 * len(links)


def test_no_links_take_no_room() -> None:
    names = Names([])
    assert pack_links([], TEXTS, names) == ()
    assert unpack_links((), names.names) == ()
    assert not any(unpack_pointers((), names.names))
