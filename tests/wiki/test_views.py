"""Views: what one rendered page shows of others, and whether it must be written again."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sphinxcontrib_tropes.names import Namespaces
from sphinxcontrib_tropes.wiki import DocumentFacts, Listing, Wiki
from sphinxcontrib_tropes.wiki.views.document import (
    PANEL_LENGTH,
    IndexView,
    LinkView,
    backlinks_view,
    digest,
    document_view,
    index_view,
    link_view,
    panel,
    wanted_view,
)

from .documents import document, page, wiki


def seen(found: Wiki, docname: str) -> str:
    """The digest of what a document shows of others."""
    return digest(document_view(found, docname, panels=True))


# -- whether a page must be written again


def base() -> dict[str, DocumentFacts]:
    return {
        "A": document("A", "To [B]."),
        "B": document("B", "To [Ghost]."),
        "C": document("C"),
        "Idx": document("Idx"),
    }


def changes(edited: DocumentFacts, *, docname: str) -> list[str]:
    """The documents that show something else after *docname* was edited."""
    before, after = Wiki(base()), Wiki(base() | {docname: edited})
    return [d for d in base() if d in after.documents and seen(before, d) != seen(after, d)]


def test_an_edit_that_shows_nowhere_changes_no_view() -> None:
    assert changes(document("A", "To [B].", "More words."), docname="A") == []


def test_a_new_title_changes_the_views_of_those_who_show_it() -> None:
    # A links to B; B's own page says its title itself
    assert changes(document(page("B", title="Bee"), "To [Ghost]."), docname="B") == ["A"]


def test_a_new_sentence_around_a_link_changes_the_view_of_its_target() -> None:
    assert changes(document("A", "Also to [B]."), docname="A") == ["B"]


def test_a_new_link_changes_the_views_of_both_ends() -> None:
    assert changes(document("C", "To [A]."), docname="C") == ["A", "C"]


def test_a_page_that_appears_changes_the_views_of_those_who_want_it() -> None:
    assert "B" in changes(document("Ghost"), docname="C")


def test_an_alias_that_appears_changes_the_views_of_those_who_want_it() -> None:
    assert "B" in changes(document(page("C", aliases=("Ghost",))), docname="C")


def test_a_redirect_of_a_target_changes_the_view_of_who_links_to_it() -> None:
    assert "A" in changes(document(page("B", redirect="C"), "→ [C]"), docname="B")


def test_a_digest_is_the_same_in_another_process() -> None:
    code = (
        "from sphinxcontrib_tropes.wiki.views.document import digest, LinkView;"
        "print(digest((LinkView('page', 'Main/É', 'a', '', 'É', False), frozenset('x'))))"
    )
    found = {
        subprocess.check_output([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_equal_views_have_equal_digests() -> None:
    assert seen(Wiki(base()), "A") == seen(Wiki(dict(reversed(base().items()))), "A")


# -- links


def link(found: Wiki, target: str, section: str = "") -> LinkView:
    return link_view(found, target, section)


def test_a_link_shows_the_title_of_its_target() -> None:
    assert link(wiki(document(page("B", title="Bee"))), "Main/B").title == "Bee"


def test_a_link_to_a_section_leads_to_its_id() -> None:
    found = wiki(document(page("B", sections=(("in-this-work", "in-this-work-2"),))))
    assert link(found, "Main/B", "in-this-work").anchor == "in-this-work-2"


@pytest.mark.parametrize("section", ["in-this-work", "inthiswork", "in-thiswork"])
def test_spellings_of_a_section_differ_in_hyphens_alone(section: str) -> None:
    found = wiki(document(page("B", sections=(("in-this-work", "in-this-work"),))))
    assert link(found, "Main/B", section).anchor == "in-this-work"


def test_a_link_to_a_section_that_is_not_there_leads_to_the_page() -> None:
    found = wiki(guide=document(page("B", anchor="trope-main-b")))
    assert link(found, "Main/B", "nowhere").anchor == "trope-main-b"


def test_a_link_to_a_section_of_a_redirect_leads_to_that_of_its_end() -> None:
    found = wiki(
        document(page("B", sections=(("part", "part"),))), document(page("Old", redirect="B"))
    )
    assert (link(found, "Main/Old", "part").docname, link(found, "Main/Old", "part").anchor) == (
        "B",
        "part",
    )


def test_a_link_to_a_wanted_page_uses_the_spelling_of_most() -> None:
    found = wiki(document("A", "[Ghostly]"), document("B", "[GhostLy]"), document("C", "[GhostLy]"))
    assert link(found, "Main/Ghostly").name == "Main/GhostLy"


# -- panels


def test_a_panel_groups_by_namespace() -> None:
    found = wiki(
        document("X"), document("A", "[X]"), document("Film/F", "[X]"), g=document("", "[X]")
    )
    assert [group.label for group in panel(found, "Main/X").groups] == ["Tropes", "Films", ""]


def test_a_panel_of_a_hub_is_cut_and_tells_how_many_there_are() -> None:
    many = PANEL_LENGTH + 7
    found = wiki(document("X"), *(document(f"P{n}", "[X]") for n in range(many)))
    shown = panel(found, "Main/X")
    assert (shown.total, sum(len(group.backlinks) for group in shown.groups)) == (
        many,
        PANEL_LENGTH,
    )


def test_a_panel_of_an_alias_is_that_of_its_page() -> None:
    found = wiki(document(page("X", aliases=("Yy",))), document("A", "[X]"))
    assert panel(found, "Main/Yy") == panel(found, "Main/X")


def test_a_document_shows_no_panel_where_there_is_to_be_none() -> None:
    found = wiki(document("X"), document("A", "[X]"))
    without = [digest(document_view(found, "X", panels=shown)) for shown in (True, False)]
    assert without[0] != without[1]


# -- backlinks pages


def test_a_backlinks_page_tells_of_its_page() -> None:
    found = wiki(
        document(page("X", title="Ex", laconic="Short.", aliases=("Yy",))), document("A", "[X]")
    )
    view = backlinks_view(found, "main/x", 1)
    assert (view.title, view.laconic, view.aliases, view.total) == ("Ex", "Short.", ("Yy",), 1)


def test_a_backlinks_page_of_a_wanted_name_has_no_page() -> None:
    assert backlinks_view(wiki(document("A", "[Ghost]")), "main/ghost", 1).page is None


def test_a_backlinks_page_of_a_wanted_name_tells_what_may_be_meant() -> None:
    found = wiki(document("FunnyAnimal"), document("A", "[FunyAnimal]"))
    view = backlinks_view(found, "main/funyanimal", 1)
    assert [candidate.docname for candidate in view.candidates] == ["FunnyAnimal"]


def test_a_backlinks_page_shows_all_of_a_hub() -> None:
    many = PANEL_LENGTH + 7
    found = wiki(document("X"), *(document(f"P{n}", "[X]") for n in range(many)))
    assert sum(len(group.backlinks) for group in backlinks_view(found, "main/x", 1).groups) == many


# -- the index


def titles(view: IndexView) -> list[str]:
    return [entry.title for _, entries in view.letters for entry in entries]


def letters(view: IndexView) -> list[str]:
    return [letter for letter, _ in view.letters]


def index(*found: DocumentFacts, **options: str) -> IndexView:
    return index_view(wiki(*found), **options)


def test_the_index_is_from_a_to_z() -> None:
    assert titles(index(document("Zebra"), document("Ape"), document("Cat"))) == [
        "Ape",
        "Cat",
        "Zebra",
    ]


def test_case_counts_for_nothing_in_the_index() -> None:
    found = index(document(page("B", title="bee")), document(page("A", title="Ape")))
    assert (titles(found), letters(found)) == (["Ape", "bee"], ["A", "B"])


def test_accents_do_not_part_letters() -> None:
    found = index(document(page("Elan", title="Élan")), document("Easy"), document("Fox"))
    assert letters(found) == ["E", "F"]


def test_an_article_does_not_count_in_the_index() -> None:
    assert letters(index(document("TheMatrix"), document("AFox"))) == ["F", "M"]


def test_digits_share_a_group_before_the_letters() -> None:
    assert letters(index(document("Ape"), document(page("Catch", title="22")))) == ["0–9", "A"]


def test_every_letter_is_there_once() -> None:
    found = index(
        *(document(page(f"P{n}", title=t)) for n, t in enumerate(["Ab", "Éa", "ea", "ab"]))
    )
    assert letters(found) == sorted(set(letters(found)))


def test_the_index_lists_aliases_with_what_they_lead_to() -> None:
    found = index(document(page("RedHerring", aliases=("FalseClue",))))
    entries = [(entry.title, entry.alias_of) for _, group in found.letters for entry in group]
    assert entries == [("False Clue", "Red Herring"), ("Red Herring", "")]


def test_the_index_lists_a_redirect_as_an_alias() -> None:
    found = index(document("RedHerring"), document(page("FalseClue", redirect="RedHerring")))
    entries = [(entry.title, entry.alias_of) for _, group in found.letters for entry in group]
    assert entries == [("False Clue", "Red Herring"), ("Red Herring", "")]


def test_the_index_counts_pages_not_aliases() -> None:
    assert index(document(page("RedHerring", aliases=("FalseClue",)))).pages == 1


def test_the_index_leaves_out_what_is_not_to_be_listed() -> None:
    assert titles(index(document(page("A", is_listed=False)), document("B"))) == ["B"]


def test_the_index_tells_the_namespace_of_other_pages_than_main() -> None:
    found = index(document("Ape"), document("Film/Alien"))
    labels = [entry.namespace for _, group in found.letters for entry in group]
    assert labels == ["Films", ""]


def test_an_index_of_a_namespace_lists_its_pages_only() -> None:
    assert titles(index(document("Ape"), document("Film/Alien"), namespace="Film")) == ["Alien"]


def test_an_index_of_a_namespace_in_a_wiki_without_it_is_empty() -> None:
    assert titles(index(document("Ape"), namespace="Film")) == []


def test_an_index_lists_the_first_links_of_its_items() -> None:
    found = index(
        document("Ape"),
        document("Cat"),
        document("Dog"),
        document("Animals", ("index", "[Ape] and [Dog]"), ("index", "[Cat]")),
        index="Main/Animals",
    )
    assert titles(found) == ["Ape", "Cat"]


def test_an_index_lists_the_pages_that_say_they_are_in_it() -> None:
    found = index(
        document(page("Ape", indexes=("Animals",))), document("Cat"), index="Main/Animals"
    )
    assert titles(found) == ["Ape"]


# -- wanted pages


def test_the_list_of_wanted_pages_tells_near_names() -> None:
    found = wiki(document("FunnyAnimal"), document("A", "[FunyAnimal]"))
    (entry,) = wanted_view(found).entries
    assert [near.docname for near in entry.near] == ["FunnyAnimal"]


def test_the_list_of_wanted_pages_tells_namespaces() -> None:
    (entry,) = wanted_view(wiki(document("A", "[Film/Ghost]"))).entries
    assert entry.namespace == "Films"


# -- listings of directives


def test_a_listing_is_part_of_the_view() -> None:
    listing = Listing("wanted", "", "")
    before = Wiki({"g": document("", listings=(listing,)), "A": document("A")})
    after = Wiki({"g": document("", listings=(listing,)), "A": document("A", "[Ghost]")})
    assert seen(before, "g") != seen(after, "g")


def test_labels_of_namespaces_are_part_of_the_view() -> None:
    facts = {"X": document("X"), "F": document("Film/F", "[X]")}
    labels = [Namespaces({"Film": label}) for label in ("Films", "Movies")]
    assert len({seen(Wiki(facts, names), "X") for names in labels}) == 2
