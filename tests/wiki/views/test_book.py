"""Which pages a book adds to its contents, and in which order."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki import Place, Wiki
from sphinxcontrib_tropes.wiki.views.book import book_contents

from ..documents import document, page, wiki

ROOT = "index"


def listing(name: str, *members: str):
    return document(name, *((Place.INDEX, f"[{member}]") for member in members))


def test_all_pages_are_added_from_a_to_z_by_their_titles() -> None:
    found = wiki(document(page("B2", title="The apes")), document("Éclair"), document("a1"))
    contents = book_contents(found, ROOT, frozenset(), "a-z")
    assert contents == {ROOT: ("A1", "B2", "Éclair")}


def test_pages_in_a_toctree_redirects_and_excluded_pages_are_not_added() -> None:
    found = wiki(
        document("Ape"),
        document("Bee"),
        document(page("Old", redirect="Bee")),
        document(page("Template", excluded=("index",))),
        index=document("", "Of [Ape]."),
    )
    assert book_contents(found, ROOT, {"Ape"}, "a-z") == {ROOT: ("Bee",)}
    assert book_contents(found, ROOT, {"Ape", "Bee"}, "index") == {}
    assert book_contents(Wiki({}), ROOT, frozenset(), "index") == {}


def test_members_of_an_index_are_below_it_in_its_order() -> None:
    found = wiki(
        listing("Zoo Animals", "Bee", "Ape", "Film/Ape"),
        document("Ape"),
        document("Bee"),
        document("Film/Ape"),
        document("Cat"),
    )
    assert book_contents(found, ROOT, frozenset(), "index") == {
        ROOT: ("Cat", "ZooAnimals"),
        "ZooAnimals": ("Bee", "Ape", "Film/Ape"),
    }


def test_an_index_in_an_index_is_below_it_and_each_page_is_there_once() -> None:
    found = wiki(
        listing("Zoo", "Apes", "Bonobo"),
        listing("Apes", "Bonobo", "Gibbon"),
        document("Bonobo"),
        document("Gibbon"),
    )
    assert book_contents(found, ROOT, frozenset(), "index") == {
        ROOT: ("Zoo",),
        "Zoo": ("Apes", "Bonobo"),
        "Apes": ("Gibbon",),
    }


def test_indexes_that_list_one_another_are_there_once() -> None:
    found = wiki(listing("Aa", "Bb"), listing("Bb", "Aa", "Cc"), document("Cc"))
    contents = book_contents(found, ROOT, frozenset(), "index")
    assert contents == {ROOT: ("Aa",), "Aa": ("Bb",), "Bb": ("Cc",)}


def test_members_of_an_index_in_a_toctree_are_below_it() -> None:
    found = wiki(listing("Zoo", "Ape"), document("Ape"), document("Cat"))
    contents = book_contents(found, ROOT, {"Zoo"}, "index")
    assert contents == {ROOT: ("Cat",), "Zoo": ("Ape",)}


def test_members_of_an_index_that_is_not_in_the_book_are_there_from_a_to_z() -> None:
    hidden = listing("Zoo", "Ape")
    hidden = hidden._replace(pages=(hidden.pages[0]._replace(excluded=("index",)),))
    found = wiki(hidden, document("Ape"))
    assert book_contents(found, ROOT, frozenset(), "index") == {ROOT: ("Ape",)}
