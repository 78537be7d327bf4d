"""The panel of a page."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki.views.document import document_view
from sphinxcontrib_tropes.wiki.views.parts import PANEL_LENGTH, digest, panel

from ..documents import document, page, wiki


def test_a_panel_groups_by_namespace() -> None:
    found = wiki(
        document("X"), document("A", "[X]"), document("Film/F", "[X]"), g=document("", "[X]")
    )
    assert [group.label for group in panel(found, "Main/X").groups] == ["Tropes", "Films", ""]


def test_a_panel_of_a_hub_is_cut_and_shows_the_total() -> None:
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
