"""The wiki as data."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

from sphinxcontrib_tropes.wiki import COVER, DocumentFacts, Wiki
from sphinxcontrib_tropes.wiki.exchange.tropes_json import as_data

from ..documents import document, page, wiki


def url(docname: str, anchor: str) -> str:
    return f"{docname}.html#{anchor}" if anchor else f"{docname}.html"


def data(found: Wiki) -> dict[str, Any]:
    return as_data(found, url)


def small() -> dict[str, DocumentFacts]:
    return {
        "RedHerring": document(
            page("RedHerring", title="Red, Red", laconic="A false clue.", aliases=("FalseClue",)),
            "To [Ghost] and [Film/Alien].",
        ),
        "Film/Alien": document("Film/Alien", "A [FalseClue]. A [ghost]."),
        "Old": document(page("Old", redirect="RedHerring"), "→ [RedHerring]"),
        "guide": document("", f"Read {COVER} of [RedHerring|{COVER}] and [Old]."),
    }


def test_a_page_is_told_with_all_that_is_promised() -> None:
    found = {entry["name"]: entry for entry in data(Wiki(small()))["pages"]}
    assert found["Main/RedHerring"] == {
        "name": "Main/RedHerring",
        "title": "Red, Red",
        "url": "RedHerring.html",
        "namespace": "Main",
        "laconic": "A false clue.",
        "aliases": ["Main/FalseClue", "Main/Old"],
        "relations": [],
        "related": [],
        "indexes": [],
    }


def test_the_data_tell_their_version() -> None:
    assert data(Wiki({}))["version"] == 1


def test_the_data_have_the_fields_that_are_promised() -> None:
    assert {"version", "pages", "wanted", "links"} <= data(Wiki({})).keys()


def test_a_redirect_is_an_alias_no_page() -> None:
    assert "Main/Old" not in [entry["name"] for entry in data(Wiki(small()))["pages"]]


def test_pages_are_sorted_by_name() -> None:
    names = [entry["name"] for entry in data(Wiki(small()))["pages"]]
    assert names == sorted(names)


def test_wanted_names_are_told_with_how_many_want_them() -> None:
    assert data(Wiki(small()))["wanted"] == [{"name": "Main/Ghost", "wants": 2}]


def test_a_link_is_told_with_all_that_is_promised() -> None:
    found = [link for link in data(Wiki(small()))["links"] if link["source"] == "Film/Alien"]
    assert found[0] == {
        "source": "Film/Alien",
        "target": "Main/RedHerring",
        "url": "Film/Alien.html#link-main-falseclue",
        "context": "A FalseClue.",
        "words": [2, 11],
    }


def test_the_source_of_a_document_that_is_no_page_is_its_docname() -> None:
    assert "guide" in [link["source"] for link in data(Wiki(small()))["links"]]


def test_links_by_an_alias_or_a_redirect_tell_the_page() -> None:
    targets = {link["target"] for link in data(Wiki(small()))["links"] if link["source"] == "guide"}
    assert targets == {"Main/RedHerring"}


def test_wanted_targets_are_spelled_as_in_the_wanted_names() -> None:
    found = data(Wiki(small()))
    wanted = {entry["name"] for entry in found["wanted"]}
    pages = {entry["name"] for entry in found["pages"]}
    assert {link["target"] for link in found["links"]} <= wanted | pages


def test_a_context_has_a_word_for_what_a_spoiler_hides() -> None:
    contexts = [
        link["context"] for link in data(Wiki(small()))["links"] if link["source"] == "guide"
    ]
    assert contexts[0] == "Read [spoiler] of [spoiler] and Old."


def test_the_mark_of_a_cover_is_not_in_the_data() -> None:
    assert COVER not in json.dumps(data(Wiki(small())), ensure_ascii=False)


def test_the_url_of_a_page_in_a_document_has_its_anchor() -> None:
    (entry,) = data(wiki(guide=document(page("X", anchor="trope-main-x"))))["pages"]
    assert entry["url"] == "guide.html#trope-main-x"


def test_the_order_of_documents_changes_no_byte() -> None:
    found = {json.dumps(data(Wiki(dict(order)))) for order in permutations(small().items())}
    assert len(found) == 1


def test_the_data_are_plain_json() -> None:
    found = data(Wiki(small()))
    assert json.loads(json.dumps(found)) == found
