"""Facts in files: they say the same when they are read, and merging is a union."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_tropes.wiki import COVER, DocumentFacts, Listing, Place
from sphinxcontrib_tropes.wiki.exchange.fact_files import (
    Collection,
    ConflictError,
    NotFactsError,
    Origin,
    collected,
    merged,
    read,
    written,
)
from sphinxcontrib_tropes.wiki.facts.document import Passage
from sphinxcontrib_tropes.wiki.facts.packed import PackedFacts

from ..documents import document, page

FULL = document(
    page("Film/Alien", aliases=("Xy",), indexes=("Films",), sections=(("a", "b"),))._replace(
        relations=(("subtrope-of", "Main/Whole"),), lead=f"One.\n{COVER}"
    ),
    f"A [RedHerring] of {COVER}, an [Film/Xy|\u2028 odd \x85 word].",
    listings=(Listing("graph", "Main/Xy", "Film", 3), Listing("index", "", "")),
    mentions=("Main/Xy",),
)._replace(passages=(Passage(0, 0, "sec", 3),))
TREES = {
    "films/": {"index": document("", "[Film/Alien]"), "Alien": FULL},
    "books/": {"index": document("", "[Ghost]"), "Emma": document("Literature/Emma", "[Ghost]")},
    "": {"RedHerring": document("RedHerring", "[Film/Alien] and [Ghost]")},
}


def tree(root: str) -> Collection:
    return collected(Origin(root, root.strip("/").title()), TREES[root])


def text(collection: Collection) -> str:
    return "".join(written(collection))


def again(collection: Collection) -> Collection:
    return read(text(collection).split("\n")[:-1])


def test_facts_that_are_read_say_the_same() -> None:
    whole = merged(map(tree, TREES))
    assert again(whole) == whole


def test_the_same_facts_are_the_same_bytes() -> None:
    whole = merged(map(tree, TREES))
    assert text(again(whole)) == text(whole)


def test_packed_facts_are_written_as_others() -> None:
    packed = {docname: PackedFacts(facts.pack()) for docname, facts in TREES["films/"].items()}
    assert collected(Origin("films/", "Films"), packed) == tree("films/")


def test_a_document_is_called_by_its_root_and_name() -> None:
    assert list(tree("films/").documents) == ["films/Alien", "films/index"]


def test_the_merged_facts_are_one_wiki() -> None:
    wiki = merged(map(tree, TREES)).wiki()
    assert ("Main/Ghost", 3) in [(wanted.name, wanted.wants) for wanted in wiki.wanted]
    assert [b.docname for b in wiki.backlinks("film/alien")] == ["RedHerring", "films/index"]


@pytest.mark.parametrize("order", list(permutations(TREES)))
def test_the_order_of_merging_does_not_count(order: tuple[str, ...]) -> None:
    assert text(merged(map(tree, order))) == text(merged(map(tree, TREES)))


# Documents of a few names, so that trees share some; facts that may differ between them.
NAMES = st.sampled_from(["a", "b", "c/d"])
FACTS = st.sampled_from([FULL, document("Xy", "[Ab]"), document("", "[Xy]")])
ORIGINS = st.builds(
    Origin,
    st.sampled_from(["", "x/", "y/"]),
    st.sampled_from(["One", "Two"]),
    st.just((("Film", "Films"),)),
    st.sampled_from([100, 200]),
)
COLLECTIONS = st.builds(collected, ORIGINS, st.dictionaries(NAMES, FACTS, max_size=3))


def union(*collections: Collection) -> Collection | None:
    """The merged facts; None for those that do not agree."""
    try:
        return merged(collections)
    except ConflictError:
        return None


def joined(one: Collection | None, other: Collection | None) -> Collection | None:
    return None if one is None or other is None else union(one, other)


@given(COLLECTIONS, COLLECTIONS)
def test_merging_is_commutative(one: Collection, two: Collection) -> None:
    assert union(one, two) == union(two, one)


@given(COLLECTIONS, COLLECTIONS, COLLECTIONS)
def test_merging_is_associative(one: Collection, two: Collection, three: Collection) -> None:
    left = joined(union(one, two), three)
    assert left == joined(one, union(two, three)) == union(one, two, three)


@given(COLLECTIONS)
def test_merging_is_idempotent(one: Collection) -> None:
    assert union(one, one) == one == union(one)


@given(COLLECTIONS)
def test_any_facts_that_are_read_say_the_same(one: Collection) -> None:
    assert again(one) == one


def test_two_files_that_do_not_agree_are_refused() -> None:
    one = collected(Origin("", "One"), {"a": document("Xy", "[Ab]")})
    two = collected(Origin("", "One"), {"a": document("Xy", "[Cd]")})
    with pytest.raises(ConflictError, match="document 'a'"):
        merged([one, two])


def test_two_projects_of_one_root_are_refused() -> None:
    with pytest.raises(ConflictError, match="without a root"):
        merged([collected(Origin("", "One"), {}), collected(Origin("", "Two"), {})])


# -- other versions


def lines_with(change: dict[str, list[str]], documents: list[object]) -> list[str]:
    """The file of a version that knows other fields."""
    head, origin, *_ = text(tree("films/")).splitlines()
    found = json.loads(head)
    found["fields"] |= change
    found["documents"] = len(documents)
    return [json.dumps(found), origin, *map(json.dumps, documents)]


def test_a_field_that_a_later_version_knows_is_left_out() -> None:
    fields = ["new", *DocumentFacts._fields]
    nothing: list[object] = [[]] * (len(DocumentFacts._fields) - 1)
    lines = lines_with({"document": fields}, [["a", [42, "T", *nothing]]])
    assert read(lines).documents["a"] == document("", title="T")


def test_a_field_that_an_earlier_version_does_not_know_has_its_default() -> None:
    fields = list(DocumentFacts._fields[:6])
    lines = lines_with({"document": fields}, [["a", ["T", [], [], [], [], []]]])
    assert read(lines).documents["a"].passages == ()


def test_a_field_that_must_be_known_is_missed() -> None:
    fields = list(DocumentFacts._fields[1:])
    with pytest.raises(NotFactsError, match=r"it has no field document\.title"):
        read(lines_with({"document": fields}, []))


# -- what is no file of facts


def damaged(old: str, new: str) -> list[str]:
    whole = text(tree("films/"))
    assert old in whole
    return whole.replace(old, new, 1).splitlines(keepends=True)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [""],
        ["[]"],
        ["{}"],
        ["null"],
        ['{"tropes-facts":2}'],
        ['{"tropes-facts":1,"documents":0,"fields":{}}'],
        ["[" * 200_000],
        text(tree("films/")).splitlines()[:-1],
        damaged('"Film/Alien"', '"../x"'),
        damaged('"Film/Alien"', "7"),
        damaged("false", "0"),
        damaged('"prose"', '"nowhere"'),
        damaged('"subtrope-of"', '"below"'),
        damaged('[0,0,"sec",3]', '[9,0,"sec",3]'),
        damaged('[0,0,"sec",3]', '[0,1,"sec",3]'),
        damaged('["films/index",', '["films/index",1,'),
        damaged('"root":"films/"', '"root":1'),
        damaged('"context_length":200', '"context_length":true'),
        damaged('"context_length"', '"length"'),
    ],
    ids=range(20),
)
def test_what_is_no_file_of_facts_is_refused(lines: list[str]) -> None:
    with pytest.raises(NotFactsError):
        read(lines)


@given(st.data())
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    raw = text(tree("films/"))
    at = data.draw(st.integers(0, len(raw) - 1))
    new = raw[:at] + data.draw(st.text(max_size=3)) + raw[at + data.draw(st.integers(0, 5)) :]
    try:
        found = read(new.split("\n")[:-1])
    except NotFactsError:
        return
    wiki = found.wiki()
    for key in wiki.targets:
        assert wiki.backlinks(key) is not None


def test_a_way_to_play_a_trope_that_nobody_knows_is_refused() -> None:
    facts = document("Film/Xy", (Place.EXAMPLE, "[Ab]: Subverted."))
    file = text(collected(Origin("", "One"), {"a": facts}))
    assert again(collected(Origin("", "One"), {"a": facts})).documents["a"] == facts
    with pytest.raises(NotFactsError, match="sunverted"):
        read(file.replace('"subverted"', '"sunverted"').split("\n")[:-1])
