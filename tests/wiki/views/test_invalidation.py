"""Which views an edit invalidates: none too few, and few too many."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki import DocumentFacts, Place, Wiki
from sphinxcontrib_tropes.wiki.facts.document import Naming, Notice
from sphinxcontrib_tropes.wiki.views.invalidation import Change, Invalidated, invalidated_by

from ..documents import document, page


def named(*documents: DocumentFacts) -> dict[str, DocumentFacts]:
    return {facts.pages[0].name.removeprefix("Main/"): facts for facts in documents}


def change(before: list[DocumentFacts], docname: str, *texts: str) -> Invalidated | None:
    """What may be another when a document of a wiki says something else."""
    facts, after = named(*before), named(document(docname, *texts))
    changes = {docname: Change(facts[docname], after[docname])}
    return invalidated_by(Wiki(facts | after), changes, has_drawings=True)


PAGES = [document(name) for name in ("A", "B", "C", "D")]


def test_words_without_a_link_change_nothing_elsewhere() -> None:
    found = change(
        [*PAGES, document("X", "Of [A] and more.", "Some words.")], "X", "Of [A] and more."
    )
    assert found is not None
    assert found.documents == {"X"}
    assert not found.keys
    assert not found.whole


def test_a_sentence_changes_the_backlinks_of_its_targets() -> None:
    found = change([*PAGES, document("X", "Of [A].", "By [B].")], "X", "All of [A].", "By [B].")
    assert found is not None
    assert found.keys == {"main/a"}
    assert found.documents == {"X", "A"}
    assert "health" not in found.whole


def test_a_new_link_changes_its_target_and_the_map() -> None:
    found = change([*PAGES, document("X", "Of [A].")], "X", "Of [A].", "And [B].")
    assert found is not None
    assert found.keys == {"main/b"}
    assert {"X", "B"} <= found.documents
    assert "C" not in found.documents
    assert found.whole == {"graph", "health"}  # B was an orphan


def test_a_new_tie_changes_the_drawings_of_pages_near_both() -> None:
    pages = [
        document("A", "[Y]"),
        document("B", "[X] and [Y]"),
        document("Y"),
        document("C", "[Y]"),
    ]
    found = change([*pages, document("X", "Nothing.")], "X", "Of [Y].")
    assert found is not None
    assert {"X", "Y", "B"} <= found.documents
    assert not {"A", "C"} & found.documents


def test_a_link_to_an_unwritten_page_changes_the_wanted_pages() -> None:
    other = document("W", "[Ghost]")
    found = change([*PAGES, other, document("X", "Of [A].")], "X", "Of [A].", "A [Ghost].")
    assert found is not None
    assert "wanted" in found.whole
    assert "W" in found.documents  # how most spell it, it shows
    assert "main/ghost" in found.keys


def test_pages_named_in_a_changed_sentence_have_other_related_pages() -> None:
    found = change([*PAGES, document("X", "[A] and [B].", "[C].")], "X", "[A] or [B].", "[C].")
    assert found is not None
    assert {"main/a", "main/b"} <= found.pages
    assert "main/c" not in found.pages


def test_a_link_to_another_section_of_a_page_changes_that_page() -> None:
    target = document(page("HumanZoo2", sections=(("one", "one"), ("two", "two"))))
    found = change([target, document("X", "[HumanZoo2#one|It].")], "X", "[HumanZoo2#two|It].")
    assert found is not None
    assert found.documents == {"X", "HumanZoo2"}


def test_an_end_of_a_sentence_far_from_two_links_changes_the_backlinks_of_their_page() -> None:
    far = "word " * 60
    found = change(
        [*PAGES, document("X", f"Of [A] {far}. Then {far} of [A].")],
        "X",
        f"Of [A] {far}, then {far} of [A].",
    )
    assert found is not None
    assert found.keys == {"main/a"}
    assert "A" in found.documents


def test_another_way_to_play_a_trope_changes_the_other_page_and_health_alone() -> None:
    before = document("Film/X", (Place.EXAMPLE, "[A]: It was. Subverted."), "Of [B].")
    after = document("Film/X", (Place.EXAMPLE, "[A]: It was. Averted."), "Of [B].")
    wiki = Wiki(named(*PAGES) | {"Film/X": after})
    found = invalidated_by(wiki, {"Film/X": Change(before, after)}, has_drawings=True)
    assert found is not None
    assert found.documents == {"Film/X", "A"}
    assert found.keys == {"main/a"}
    assert found.whole == {"health"}


def test_a_new_page_may_change_anything() -> None:
    new = named(document("X", "[A]"))
    changes = {"X": Change(None, new["X"])}
    assert invalidated_by(Wiki(named(*PAGES) | new), changes, has_drawings=True) is None


def test_many_small_steps_that_make_a_hub_are_added_up() -> None:
    names = [f"P{n}" for n in range(40)]
    tied, others = names[:31], names[31:]
    before = named(document("Hub"), *(document(name, "[Hub]") for name in tied))
    before |= named(*(document(name, "Nothing.") for name in others))
    after = named(*(document(name, "[Hub]") for name in others))
    changes = {docname: Change(before[docname], facts) for docname, facts in after.items()}
    wiki = Wiki(before | after)
    assert invalidated_by(wiki, changes, has_drawings=True) is None
    assert invalidated_by(wiki, changes, has_drawings=False) is not None


def test_two_documents_that_are_the_first_to_link_to_a_page_make_it_no_orphan() -> None:
    before = named(*PAGES, document("X", "[A]"), document("Y", "[A]"))
    after = named(document("X", "[A]", "[B]"), document("Y", "[A]", "[B]"))
    changes = {docname: Change(before[docname], facts) for docname, facts in after.items()}
    found = invalidated_by(Wiki(before | after), changes, has_drawings=False)
    assert found is not None
    assert "health" in found.whole


def test_a_page_that_two_documents_claim_may_change_anything() -> None:
    before = named(*PAGES, document("X", "Of [A].")) | {"twice": document("A", "Words.")}
    after = named(document("X", "All of [A]."))
    changes = {"X": Change(before["X"], after["X"])}
    assert invalidated_by(Wiki(before | after), changes, has_drawings=True) is None


def test_another_spelling_of_a_wanted_name_changes_the_map() -> None:
    pages = [*PAGES, document("W", "[GhostShip]")]
    found = change([*pages, document("X", "A [GhostShip].")], "X", "A [Ghostship].")
    assert found is not None
    assert "graph" in found.whole


def test_a_page_near_both_only_by_a_relation_is_drawn_anew() -> None:
    tee = document(page("Tee")._replace(relations=(("subtrope-of", "Main/X"),)), "Of [Y].")
    found = change([tee, document("Y"), document("X", "Words.")], "X", "Of [Y].")
    assert found is not None
    assert "Tee" in found.documents


def test_an_example_that_begins_an_item_no_longer_is_followed_by_its_link() -> None:
    items = (Place.EXAMPLE, "[A]: bar one."), (Place.EXAMPLE, "[A]: baz two.")
    film = document(page("Film/X"), *items)
    moved = document(page("Film/X"), (Place.EXAMPLE, "Foo it was. [A]: bar one."), items[1])
    facts = named(*PAGES) | {"X": film}
    changes = {"X": Change(film, moved)}
    found = invalidated_by(Wiki(facts | {"X": moved}), changes, has_drawings=False)
    assert found is not None
    assert "A" in found.documents


def moved(before: DocumentFacts, after: DocumentFacts) -> Invalidated | None:
    facts = named(*PAGES, before)
    return invalidated_by(
        Wiki(named(*PAGES, after)), {"X": Change(facts["X"], after)}, has_drawings=True
    )


def test_a_name_in_a_property_changes_the_wanted_pages() -> None:
    plain = document("X", "Of [A].")
    naming = plain._replace(namings=(Naming("listing", "Main/O'Neil2", "", 0, 3),))
    found = moved(plain, naming)
    assert found is not None
    assert found.whole == {"wanted", "health"}
    lower = naming._replace(namings=(naming.namings[0]._replace(line=9),))
    found = moved(naming, lower)
    assert found is not None
    assert not found.whole


def test_a_warning_changes_the_health_page() -> None:
    plain = document("X", "Of [A].")
    warned = plain._replace(notices=(Notice("markup", "[[spoiler: is not closed", 3),))
    found = moved(warned, plain)
    assert found is not None
    assert (found.whole, found.documents) == ({"health"}, {"X"})
    lower = warned._replace(notices=(warned.notices[0]._replace(line=9),))
    found = moved(warned, lower)
    assert found is not None
    assert not found.whole
