"""The groups of the wiki, and those around one page."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.wiki import DocumentFacts, Place, Wiki
from sphinxcontrib_tropes.wiki.views.invalidation import Change, invalidated_by
from sphinxcontrib_tropes.wiki.views.sidebar import groups_around, groups_view

from ..documents import document, page


def wiki_of(**documents: DocumentFacts) -> Wiki:
    return Wiki(documents)


def index(name: str, *members: str) -> DocumentFacts:
    return document(name, *((Place.INDEX, f"[{member}]") for member in members))


def titles(wiki: Wiki, docname: str) -> list[list[str]]:
    return [
        [link.title for link in (*group.before, *group.after)]
        for group in groups_around(wiki, docname)
    ]


def test_namespaces_sort_without_accents_and_articles() -> None:
    names = ["zebra", "Éclair", "TheHumanZoo", "2Fast", "abE"]
    wiki = wiki_of(**{name: document(name) for name in names})
    assert titles(wiki, "TheHumanZoo") == [["2 Fast", "Ab E", "Éclair", "Zebra"]]


def test_redirects_and_hidden_pages_stand_nowhere() -> None:
    pages = {
        "A": document("A"),
        "B": document(page("B", redirect="A")),
        "C": document(page("C", excluded=("index",))),
    }
    wiki = wiki_of(**pages)
    assert [titles(wiki, name) for name in "ABC"] == [[[]], [], []]


def test_a_document_of_several_pages_stands_nowhere() -> None:
    several = document("", pages=(page("A", anchor="a"), page("B", anchor="b")))
    wiki = wiki_of(X=several, C=document("C"))
    assert groups_around(wiki, "X") == groups_around(wiki, "nothing") == ()


def test_an_edit_in_place_is_seen() -> None:
    wiki = wiki_of(A=document("A"), B=document("B"))
    assert titles(wiki, "A") == [["B"]]
    wiki.replace("B", document(page("B", title="0 first")))
    wiki.replace("C", document("Film/C"))
    assert titles(wiki, "A") == [["0 first"]]
    assert [name for _label, name in groups_view(wiki).namespaces] == ["", "Films"]


def test_an_unwritten_index_is_named_and_has_no_page() -> None:
    wiki = wiki_of(A=document(page("A", indexes=("Lost Index",))))
    [group] = groups_around(wiki, "A")
    assert (group.title, group.page, groups_view(wiki).indexes) == ("Lost Index", None, ())


BEFORE = {"A": document("A"), "B": document("B"), "I": index("I", "B")}
EDITS: list[dict[str, DocumentFacts | None]] = [
    {"C": document("C")},
    {"A": None},
    {"A": document(page("A", title="Zz"))},
    {"A": document(page("A", redirect="B"))},
    {"A": document(page("A", excluded=("index",)))},
    {"A": document(page("A", indexes=("I",)))},
    {"A": document(page("Film/A"))},
    {"A": index("A", "B")},
    {"I": index("I", "A", "B")},
    {"I": document("I", "[A]")},
    {"I": document(page("I", title="Ii"), (Place.INDEX, "[B]"))},
]


@pytest.mark.parametrize("edit", EDITS, ids=str)
def test_no_rule_leaves_out_a_view_that_an_edit_of_the_groups_changes(
    edit: dict[str, DocumentFacts | None],
) -> None:
    after = {name: facts for name, facts in {**BEFORE, **edit}.items() if facts is not None}
    old, new = Wiki(BEFORE), Wiki(after)
    kept = BEFORE.keys() & after.keys()
    assert groups_view(old) != groups_view(new) or any(
        groups_around(old, name) != groups_around(new, name) for name in kept
    )
    changes = {name: Change(BEFORE.get(name), facts) for name, facts in edit.items()}
    assert invalidated_by(new, changes, has_drawings=True) is None
