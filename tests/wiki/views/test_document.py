"""What the page of a document shows of others, and which edits change it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sphinxcontrib_tropes.names import Namespaces
from sphinxcontrib_tropes.wiki import DocumentFacts, Listing, Wiki
from sphinxcontrib_tropes.wiki.views.document import LinkView, document_view, link_view
from sphinxcontrib_tropes.wiki.views.parts import digest

from ..documents import document, page, wiki


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
        "from sphinxcontrib_tropes.wiki.views.document import LinkView;"
        "from sphinxcontrib_tropes.wiki.views.parts import digest;"
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
