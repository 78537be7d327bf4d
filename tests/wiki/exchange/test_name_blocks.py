"""Names in blocks: each is found by the beginning of each of its words, and no block is large."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right

import pytest

from sphinxcontrib_tropes.names import spelled_words
from sphinxcontrib_tropes.wiki.exchange import name_blocks
from sphinxcontrib_tropes.wiki.exchange.name_blocks import (
    LONGEST_KEY,
    PAGE,
    Blocks,
    Name,
    blocks_of,
)

WORDS = [
    "the", "The", "of", "Love", "Lover", "Loves", "Éclair", "eclipse", "12", "2nd", "O’Clock", "Zoo",
    "鋼", "鋼の", "錬金術師", "Ёлка", "ёж", "𐐀deseret", "𐐁", "\ufa0e", "ﬁn", "Straße", "a", "A", 'b<b>&"',
]  # fmt: skip


def name(title: str, weight: int = 0, namespace: str = "Main") -> Name:
    return Name(title, namespace, PAGE, weight, f"doc{title}", "")


def utf_16(text: str) -> bytes:
    return text.encode("utf-16-be")


def found(cut: Blocks, beginning: str) -> list[Name]:
    """The names in the block that the script would load, by the rule of ``finding.js``."""
    text = beginning[:LONGEST_KEY]
    best = list(cut.best)
    at = bisect_left(best, utf_16(text), key=utf_16)
    if at < len(best) and best[at].startswith(text):
        return cut.best[best[at]]
    blocks = list(cut.blocks)
    return cut.blocks[blocks[max(bisect_right(blocks, utf_16(text), key=utf_16) - 1, 0)]]


@pytest.fixture(params=range(8))
def names(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[Name]:
    monkeypatch.setattr(name_blocks, "_MOST_ROWS", 6)
    monkeypatch.setattr(name_blocks, "_BEST", 4)
    monkeypatch.setattr(name_blocks, "_BEST_OF_NAMESPACE", 1)
    of = random.Random(request.param)
    titles = {
        " ".join(of.choices(WORDS, k=of.randint(1, 4))) for _ in range(of.choice([3, 60, 200]))
    }
    return [name(title, of.randint(0, 5)) for title in sorted(titles)]


def test_a_name_is_found_by_all_of_it(names: list[Name]) -> None:
    cut = blocks_of(names)
    for own in names:
        asked = "".join(spelled_words(own.name))
        alike = [other for other in names if "".join(spelled_words(other.name)).startswith(asked)]
        if len(alike) <= 4:
            assert own in found(cut, asked)


def test_what_begins_so_is_found_or_so_many_that_are_better(names: list[Name]) -> None:
    cut = blocks_of(names)
    of = random.Random(3)
    for own in names:
        joined = "".join(spelled_words(own.name))
        beginning = joined[: of.randint(1, len(joined))]
        there = found(cut, beginning)
        begins = ["".join(spelled_words(n.name)).startswith(beginning) for n in there]
        assert own in there or sum(begins) >= 4


def test_no_block_is_large(names: list[Name]) -> None:
    cut = blocks_of(names)
    assert max(map(len, cut.blocks.values())) <= 6
    assert max(map(len, cut.best.values()), default=0) <= 4 + 1


def test_keys_are_in_the_order_of_the_script(names: list[Name]) -> None:
    cut = blocks_of(names)
    for keys in (list(cut.blocks), list(cut.best)):
        assert keys == sorted(keys, key=utf_16)


def test_the_order_of_the_names_does_not_matter(names: list[Name]) -> None:
    cut = blocks_of(names)
    assert blocks_of(reversed(names)) == cut
    assert list(blocks_of(reversed(names)).blocks) == list(cut.blocks)


def test_no_name_at_all_is_one_empty_block() -> None:
    assert blocks_of([]) == Blocks({"": []}, {})


def test_a_page_of_that_very_name_is_found_however_little_links_to_it() -> None:
    names = [name(f"Love {number}", 9) for number in range(600)]
    cut = blocks_of([*names, name("Love")])
    assert found(cut, "love")[0].name == "Love"


def test_the_best_have_some_of_each_namespace() -> None:
    names = [name(f"Love {number}", 9) for number in range(600)]
    cut = blocks_of([*names, *(name(f"Love, {n}", 0, "Film") for n in range(20))])
    assert sum(n.namespace == "Film" for n in found(cut, "lov")) == 6


def test_a_name_is_not_found_by_a_common_word_inside() -> None:
    names = [name(f"Zoo{number} of Ape{number}") for number in range(600)]
    cut = blocks_of([*names, name("Of Apes")])
    assert [n.name for n in found(cut, "of")] == ["Of Apes"] or len(found(cut, "of")) <= 256
    assert all("of" not in key[:2] for key in cut.best)


def test_names_that_are_all_prefixes_of_each_other_are_cut_in_linear_time() -> None:
    names = [name("a" * length) for length in range(1, 3000)]
    cut = blocks_of(names)
    assert max(map(len, cut.blocks.values())) <= 256
