"""Which pages are wanted, how they are spelled, and what they may mean."""

from __future__ import annotations

from sphinxcontrib_tropes.wiki import External, Place, Wiki

from ..documents import document, page, wiki


def wanted(found: Wiki) -> list[tuple[str, int]]:
    return [(name.name, name.wants) for name in found.wanted]


def test_a_page_that_is_written_is_not_wanted() -> None:
    assert wanted(wiki(document("A", "To [B]."), document("B"))) == []


def test_several_links_of_one_page_want_once() -> None:
    assert wanted(wiki(document("A", "To [X] and [X]."))) == [("Main/X", 1)]


def test_the_most_wanted_comes_first() -> None:
    found = wiki(document("A", "To [Aa] and [Zz]."), document("B", "To [Zz]."))
    assert wanted(found) == [("Main/Zz", 2), ("Main/Aa", 1)]


def test_of_equals_what_prose_wants_comes_first() -> None:
    found = wiki(document("A", (Place.INDEX, "[Aa]"), "To [Zz]."))
    assert wanted(found) == [("Main/Zz", 1), ("Main/Aa", 1)]


def test_a_wanted_name_is_spelled_as_most_links_spell_it() -> None:
    found = wiki(
        document("A", "[Redherring]"), document("B", "[RedHerring]"), document("C", "[RedHerring]")
    )
    assert wanted(found) == [("Main/RedHerring", 3)]


def test_a_page_of_another_project_is_not_wanted() -> None:
    found = Wiki({"a": document("A", "[Xy]")}, external={"main/xy": External("Main/Xy")})
    assert wanted(found) == []


def test_the_end_of_a_redirect_to_nothing_is_wanted_by_who_links_to_the_redirect() -> None:
    found = wiki(document(page("Old", redirect="New"), "→ [New]"), document("A", "To [Old]."))
    assert wanted(found) == [("Main/New", 1)]


def test_candidates_for_a_wanted_name_are_written_pages() -> None:
    found = wiki(document("FunnyAnimal"), document("A", "[FunyAnimal] [FunnyAnimalz]"))
    assert [near.name for near in found.candidates("main/funyanimal")] == ["Main/FunnyAnimal"]


def test_the_page_of_a_similar_alias_is_a_candidate() -> None:
    found = wiki(document(page("RedHerring", aliases=("FalseClue",))))
    assert [near.name for near in found.candidates("main/falseclues")] == ["Main/RedHerring"]
