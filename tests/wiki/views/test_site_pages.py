"""The pages about the whole wiki: backlinks, index, wanted pages."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki import DocumentFacts
from sphinxcontrib_tropes.wiki.views.parts import PANEL_LENGTH
from sphinxcontrib_tropes.wiki.views.site_pages import (
    IndexView,
    backlinks_view,
    index_view,
    wanted_view,
)

from ..documents import document, page, wiki

# -- backlinks pages


def test_a_backlinks_page_shows_its_page() -> None:
    found = wiki(
        document(page("X", title="Ex", laconic="Short.", aliases=("Yy",))), document("A", "[X]")
    )
    view = backlinks_view(found, "main/x", 1)
    assert (view.title, view.laconic, view.aliases, view.total) == ("Ex", "Short.", ("Yy",), 1)


def test_a_backlinks_page_of_a_wanted_name_has_no_page() -> None:
    assert backlinks_view(wiki(document("A", "[Ghost]")), "main/ghost", 1).page is None


def test_a_backlinks_page_of_a_wanted_name_shows_its_candidates() -> None:
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


def test_the_index_lists_aliases_with_their_pages() -> None:
    found = index(document(page("RedHerring", aliases=("FalseClue",))))
    entries = [(entry.title, entry.alias_of) for _, group in found.letters for entry in group]
    assert entries == [("False Clue", "Red Herring"), ("Red Herring", "")]


def test_the_index_lists_a_redirect_as_an_alias() -> None:
    found = index(document("RedHerring"), document(page("FalseClue", redirect="RedHerring")))
    entries = [(entry.title, entry.alias_of) for _, group in found.letters for entry in group]
    assert entries == [("False Clue", "Red Herring"), ("Red Herring", "")]


def test_the_index_counts_pages_not_aliases() -> None:
    assert index(document(page("RedHerring", aliases=("FalseClue",)))).pages == 1


def test_the_index_leaves_out_unlisted_pages() -> None:
    assert titles(index(document(page("A", excluded=("index",))), document("B"))) == ["B"]


def test_the_index_shows_namespaces_except_main() -> None:
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


def test_the_list_of_wanted_pages_shows_candidates() -> None:
    found = wiki(document("FunnyAnimal"), document("A", "[FunyAnimal]"))
    (entry,) = wanted_view(found).entries
    assert [near.docname for near in entry.candidates] == ["FunnyAnimal"]


def test_the_list_of_wanted_pages_shows_namespaces() -> None:
    (entry,) = wanted_view(wiki(document("A", "[Film/Ghost]"))).entries
    assert entry.namespace == "Films"
