"""What a preview shows of a page, written or wanted."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki import COVER, Wiki
from sphinxcontrib_tropes.wiki.text.excerpts import LONGEST_OPENING
from sphinxcontrib_tropes.wiki.views.previews import Card, cards

from ..documents import document, page, wiki


def card(of: Wiki, name: str) -> Card:
    return next(found for found in cards(of) if found.name == name)


def test_a_card_of_a_page_says_what_it_is() -> None:
    alien = page("Film/Alien", title="The Alien", laconic="In space.")._replace(lead="A ship.")
    found = card(wiki(document(alien)), "Film/Alien")
    assert found == Card(
        "page", "Film/Alien", "Film/Alien", "", "The Alien", "Films", "In space.", "A ship."
    )


def test_a_card_of_the_main_namespace_names_none() -> None:
    assert card(wiki(document("RedHerring")), "Main/RedHerring").namespace == ""


def test_laconic_and_lead_are_together_no_longer_than_a_preview() -> None:
    long = page("RedHerring", laconic="short " * 20)._replace(lead="word " * 100)
    found = card(wiki(document(long)), "Main/RedHerring")
    assert len(found.laconic + found.lead.removesuffix(" …")) <= LONGEST_OPENING
    assert found.lead.endswith(" …")


def test_a_card_keeps_what_spoilers_hide_covered() -> None:
    hidden = page("RedHerring")._replace(lead=f"He {COVER}.")
    assert card(wiki(document(hidden)), "Main/RedHerring").lead == f"He {COVER}."


def test_a_redirect_has_no_card() -> None:
    found = wiki(document(page("Old", redirect="New")), document("New"))
    assert [card.name for card in cards(found)] == ["Main/New"]


def test_a_card_of_a_wanted_name_says_who_wants_it() -> None:
    names = [f"Page{letter}" for letter in "GFEDCBA"]
    found = card(wiki(*(document(name, "A [Ghost].") for name in names)), "Main/Ghost")
    assert (found.kind, found.title, found.wants) == ("wanted", "Ghost", 7)
    assert found.wanted_by == ("Page A", "Page B", "Page C", "Page D", "Page E")


def test_a_card_of_a_wanted_name_offers_the_nearest_pages() -> None:
    found = wiki(document("RedHerring"), document("Film/Alien"), document("One", "A [RedHering]."))
    assert [choice.title for choice in card(found, "Main/RedHering").candidates] == ["Red Herring"]
    assert card(found, "Main/RedHering").choices == ()


def test_a_card_of_an_ambiguous_name_offers_what_it_may_mean() -> None:
    found = wiki(
        document("Film/Dracula"),
        document("Literature/Dracula"),
        document("Vampire", "A [Dracula]."),
    )
    ambiguous = card(found, "Main/Dracula")
    assert ambiguous.kind == "ambiguous"
    assert [(choice.title, choice.namespace) for choice in ambiguous.choices] == [
        ("Dracula", "Films"),
        ("Dracula", "Literature"),
    ]
