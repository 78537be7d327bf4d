"""How tropes are played, seen from the tropes and from the works."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki import DocumentFacts, Place, Wiki
from sphinxcontrib_tropes.wiki.analysis.played import played_examples
from sphinxcontrib_tropes.wiki.views.audit import audit, faults_of
from sphinxcontrib_tropes.wiki.views.document import document_view

from ..documents import document, page, wiki


def examples(first: str, *texts: str) -> DocumentFacts:
    return document(first, *((Place.EXAMPLE, text) for text in texts))


def contradictions(found: Wiki) -> list[tuple[str, str]]:
    return [(f.name, f.other) for f in audit(found) if f.kind == "played-contradiction"]


def test_each_work_counts_once_whichever_side_says_it() -> None:
    found = wiki(
        examples("Twist", "[Film/One]: Subverted.", "[Film/Two]: Averted and lampshaded."),
        examples("Film/One", "[Twist]: Subverted here."),
        examples("Film/Three", "[Twist]: Subverted."),
        document("Film/Two", "Words."),
    )
    counts = played_examples(found).counts("main/twist")
    assert counts == (("subverted", 2), ("averted", 1), ("lampshaded", 1))
    assert played_examples(found).counts("film/one") == (("subverted", 1),)


def test_the_panel_of_a_page_has_the_counts() -> None:
    found = wiki(document("Twist", "Words."), examples("Film/One", "[Twist]: Subverted."))
    view = document_view(found, "Twist", panels=True, neighbourhoods=False)
    assert view is not None
    assert '"subverted", 1' in repr(view).replace("'", '"')


def test_an_alias_is_followed_and_an_unwritten_page_is_left_out() -> None:
    found = wiki(
        document(page("Twist", aliases=("Turn",)), "Words."),
        examples("Film/One", "[Turn]: Inverted.", "[Ghost]: Averted."),
    )
    assert played_examples(found).counts("main/twist") == (("inverted", 1),)
    assert not played_examples(found).counts("main/ghost")


def test_an_example_in_a_spoiler_says_nothing() -> None:
    hidden = document("Film/One", (Place.EXAMPLE, "[Twist]: Subverted."), hidden=True)
    assert not played_examples(wiki(document("Twist"), hidden)).counts("main/twist")


def test_a_work_and_a_trope_that_disagree_are_found_on_the_page_of_the_trope() -> None:
    found = wiki(
        examples("Twist", "[Film/One]: Inverted."), examples("Film/One", "[Twist]: Subverted.")
    )
    assert contradictions(found) == [("Main/Twist", "Film/One")]
    here = [f for f in audit(found) if f.docname == "Twist"]
    assert faults_of(found, "Twist") == here
    assert not [f for f in faults_of(found, "Film/One") if f.kind == "played-contradiction"]


def test_what_goes_together_is_no_contradiction() -> None:
    for here, there in (
        ("Subverted", "Lampshaded"),
        ("Subverted, then played straight", "Subverted"),
        ("Zig-zagged", "Averted"),
        ("It is there", "Averted"),
    ):
        found = wiki(
            examples("Twist", f"[Film/One]: {here}."), examples("Film/One", f"[Twist]: {there}.")
        )
        assert not contradictions(found), (here, there)


def test_an_edit_is_followed() -> None:
    found = wiki(document("Twist"), examples("Film/One", "[Twist]: Subverted."))
    assert played_examples(found).counts("main/twist") == (("subverted", 1),)
    found.replace("Film/One", examples("Film/One", "[Twist]: Averted."))
    assert played_examples(found).counts("main/twist") == (("averted", 1),)
    found.replace("Film/One", examples("Film/One", "[Twist]: It is there."))
    assert not played_examples(found).counts("main/twist")
