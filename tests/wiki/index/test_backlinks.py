"""Who links to a page, in which order and words."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki import Place, Wiki

from ..documents import document, page, wiki


def sources(found: Wiki, key: str) -> list[str]:
    return [backlink.name or backlink.docname for backlink in found.backlinks(key)]


def test_a_link_is_a_backlink_of_its_target() -> None:
    found = wiki(document("RedHerring"), document("MacGuffin", "Not a [RedHerring]."))
    assert sources(found, "main/redherring") == ["Main/MacGuffin"]


def test_a_backlink_shows_the_sentence() -> None:
    found = wiki(document("MacGuffin", "First. Not a [RedHerring|herring] at all. Last."))
    (backlink,) = found.backlinks("main/redherring")
    assert backlink.mentions[0].excerpt == ("Not a ", "herring", " at all.")


def test_several_links_of_a_page_are_one_backlink_in_their_order() -> None:
    found = wiki(document("MacGuffin", "A [RedHerring|one].", "Then [RedHerring|two]."))
    (backlink,) = found.backlinks("main/redherring")
    assert [mention.excerpt.words for mention in backlink.mentions] == ["one", "two"]


def test_several_links_of_a_page_have_ids_of_their_own() -> None:
    found = wiki(document("MacGuffin", "A [RedHerring|one].", "Then [RedHerring|two]."))
    (backlink,) = found.backlinks("main/redherring")
    anchors = [mention.anchor for mention in backlink.mentions]
    assert anchors == ["link-main-redherring", "link-main-redherring-2"]


def test_backlinks_and_their_sentences_are_found_once() -> None:
    made = wiki(A=document("Ape", "To [Bee] and [Cat]."), B=document("Bee", "A [Cat]."))
    found = made.backlinks("main/cat")
    assert [b.docname for b in found] == ["A", "B"]
    assert made.backlinks("main/cat") is found
    link = next(link for link in made.documents["B"].links if link.target == "Main/Cat")
    assert made.context("B", link) is found[1].mentions[0].excerpt


def test_a_page_that_is_wanted_has_backlinks() -> None:
    assert sources(wiki(document("A", "A [Ghost].")), "main/ghost") == ["Main/A"]


def test_a_link_by_an_alias_is_a_backlink_of_the_page() -> None:
    found = wiki(
        document(page("RedHerring", aliases=("FalseClue",))), document("A", "A [FalseClue].")
    )
    (backlink,) = found.backlinks("main/redherring")
    assert backlink.mentions[0].via == "Main/FalseClue"


def test_a_link_to_a_redirect_is_a_backlink_of_its_end() -> None:
    found = wiki(
        document("RedHerring"),
        document(page("FalseClue", redirect="RedHerring"), "→ [RedHerring]"),
        document("A", "A [FalseClue]."),
    )
    assert sources(found, "main/redherring") == ["Main/A"]


def test_a_pages_link_to_itself_is_no_backlink() -> None:
    assert sources(wiki(document("RedHerring", "A [RedHerring].")), "main/redherring") == []


def test_the_link_of_a_redirect_is_no_backlink() -> None:
    found = wiki(
        document("RedHerring"), document(page("A", redirect="RedHerring"), "→ [RedHerring]")
    )
    assert sources(found, "main/redherring") == []


def test_a_page_that_only_links_to_itself_is_not_referenced() -> None:
    assert not wiki(document("RedHerring", "A [RedHerring].")).is_referenced("main/redherring")


def test_backlinks_come_by_namespace_as_configured_and_documents_last() -> None:
    found = wiki(
        document("Music/A", "[X]"),
        document("Film/B", "[X]"),
        document("C", "[X]"),
        guide=document("", "[X]"),
    )
    assert sources(found, "main/x") == ["Main/C", "Film/B", "Music/A", "guide"]


def test_backlinks_from_prose_come_before_those_from_lists() -> None:
    found = wiki(document("A", (Place.SEE_ALSO, "See also: [X]")), document("B", "In [X]."))
    assert sources(found, "main/x") == ["Main/B", "Main/A"]


def test_equal_backlinks_come_by_title() -> None:
    found = wiki(document(page("A", title="zebra"), "[X]"), document(page("B", title="Ape"), "[X]"))
    assert sources(found, "main/x") == ["Main/B", "Main/A"]


def test_a_mention_in_a_spoiler_is_marked() -> None:
    (backlink,) = wiki(document("A", "A [X].", hidden=True)).backlinks("main/x")
    assert backlink.mentions[0].in_spoiler
