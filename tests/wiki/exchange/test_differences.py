"""What changed between two states of a wiki."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxcontrib_tropes.wiki.exchange.differences import compare

from .exports import page, wiki

if TYPE_CHECKING:
    from collections.abc import Iterable


def test_a_wiki_did_not_change_against_itself() -> None:
    one = wiki(["Main/A", "Main/B"], [("Main/A", "Main/B", "x")], ["Main/C"])
    assert not any(compare(one, one))


def test_pages_are_gained_and_lost() -> None:
    change = compare(wiki(["Main/A", "Main/B"]), wiki(["Main/A", "Main/C"]))
    assert (change.gained, change.lost) == (("Main/C",), ("Main/B",))


def test_a_page_whose_old_name_is_an_alias_was_renamed() -> None:
    change = compare(wiki(["Main/A"]), wiki([("Main/B", ["Main/A"])]))
    assert change.renamed == (("Main/A", "Main/B"),)
    assert not change.gained
    assert not change.lost


def test_a_page_that_says_what_another_said_was_renamed() -> None:
    before = wiki(["Main/A", "Main/X"], [("Main/A", "Main/X", "a long sentence")])
    after = wiki(["Main/B", "Main/X"], [("Main/B", "Main/X", "a long sentence")])
    assert compare(before, after).renamed == (("Main/A", "Main/B"),)


def test_a_page_that_says_something_else_was_not_renamed() -> None:
    before = wiki(["Main/A", "Main/X"], [("Main/A", "Main/X", "a long sentence")])
    after = wiki(["Main/B", "Main/X"], [("Main/B", "Main/X", "something else")])
    change = compare(before, after)
    assert (change.renamed, change.gained, change.lost) == ((), ("Main/B",), ("Main/A",))


def test_links_of_and_to_a_renamed_page_are_the_same_links() -> None:
    before = wiki(["Main/A", "Main/X"], [("Main/A", "Main/X", "x"), ("Main/X", "Main/A", "y")])
    after = wiki(
        [("Main/B", ["Main/A"]), "Main/X"], [("Main/B", "Main/X", "x"), ("Main/X", "Main/B", "y")]
    )
    change = compare(before, after)
    assert (change.links_made, change.links_lost) == ((), ())
    assert (change.orphans_made, change.orphans_ended) == ((), ())


def test_links_are_made_and_lost() -> None:
    before = wiki(["Main/A", "Main/B"], [("Main/A", "Main/B", "")])
    after = wiki(["Main/A", "Main/B"], [("Main/B", "Main/A", "")])
    change = compare(before, after)
    assert change.links_made == (("Main/B", "Main/A"),)
    assert change.links_lost == (("Main/A", "Main/B"),)


def test_wants_are_met_made_and_dropped() -> None:
    before = wiki(["Main/A"], wanted=["Main/B", "Main/C", "Main/Alias"])
    after = wiki(["Main/A", ("Main/B", ["Main/Alias"])], wanted=["Main/D"])
    change = compare(before, after)
    assert change.wants_met == ("Main/Alias", "Main/B")
    assert change.wants_made == ("Main/D",)
    assert change.wants_dropped == ("Main/C",)


def test_orphans_are_made_and_linked_to() -> None:
    before = wiki(["Main/A", "Main/B", "Main/C"], [("Main/A", "Main/B", "")])
    after = wiki(["Main/A", "Main/B", "Main/C"], [("Main/A", "Main/C", "")])
    change = compare(before, after)
    assert (change.orphans_made, change.orphans_ended) == (("Main/B",), ("Main/C",))


def test_a_link_to_itself_saves_no_page_from_being_an_orphan() -> None:
    before = wiki()
    after = wiki(["Main/A"], [("Main/A", "Main/A", "")])
    assert compare(before, after).orphans_made == ("Main/A",)


def related(
    name: str, indexes: Iterable[str], relations: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    entries = [{"kind": kind, "name": other} for kind, other in relations]
    return page(name) | {"indexes": list(indexes), "relations": entries}


def test_relations_and_members_of_indexes_are_gained_and_lost() -> None:
    one, two = wiki(["Main/A"]), wiki(["Main/A"])
    one["pages"] = [related("Main/A", ["Main/I"], [("subtrope-of", "Main/B")])]
    two["pages"] = [related("Main/A", ["Main/J"], [("compare", "Main/B")])]
    change = compare(one, two)
    assert change.relations_made == (("Main/A", "compare", "Main/B"),)
    assert change.relations_lost == (("Main/A", "subtrope-of", "Main/B"),)
    assert change.listings_made == (("Main/J", "Main/A"),)
    assert change.listings_lost == (("Main/I", "Main/A"),)


def test_an_export_without_relations_tells_of_no_change_in_them() -> None:
    two = wiki(["Main/A"])
    two["pages"] = [related("Main/A", ["Main/J"], [("compare", "Main/B")])]
    assert not any(compare(wiki(["Main/A"]), two))
