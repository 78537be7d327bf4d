"""Several wikis: what is understood of another one's data, and what is refused."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_tropes.wiki import COVER, DocumentFacts, Federation, Wiki
from sphinxcontrib_tropes.wiki.exchange.foreign_reader import MalformedError, read_foreign, reduced
from sphinxcontrib_tropes.wiki.exchange.tropes_json import as_data
from sphinxcontrib_tropes.wiki.index.foreign import ForeignWiki

from ..documents import document, page, wiki

FILMS: dict[str, Any] = {
    "version": 1,
    "project": "Films",
    "pages": [
        {
            "name": "Film/Alien",
            "title": "Alien",
            "url": "Film/Alien.html",
            "namespace": "Film",
            "laconic": "",
            "aliases": ["Film/TheEighthPassenger"],
        }
    ],
    "wanted": [],
    "documents": [{"name": "guide", "title": "The guide", "url": "guide.html"}],
    "links": [
        {
            "source": "Film/Alien",
            "target": "Main/RedHerring",
            "url": "Film/Alien.html#link-main-redherring",
            "context": "The cat is a red herring.",
            "words": [13, 24],
        },
        {
            "source": "guide",
            "target": "Film/Alien",
            "url": "guide.html#link-film-alien",
            "context": "See Alien.",
            "words": [4, 9],
        },
    ],
}


def films(**changes: object) -> dict[str, Any]:
    return deepcopy(FILMS) | changes


def link(**changes: object) -> dict[str, Any]:
    return deepcopy(FILMS["links"][0]) | changes


def read(data: object, base: str = "https://films.example/") -> ForeignWiki:
    return read_foreign(data, name="films", base=base, here="Tropes")


def federated(*facts: DocumentFacts, data: Any = None) -> Wiki:
    found = Federation([read(data or FILMS)])
    documents = {entry.pages[0].name.removeprefix("Main/"): entry for entry in facts}
    return Wiki(documents, external=found.pages(), federation=found)


# -- who refers here


def test_a_link_to_a_page_that_the_other_wiki_lacks_is_a_backlink() -> None:
    (group,) = federated(document("RedHerring")).foreign_backlinks("main/redherring")
    assert (group.wiki, group.total) == ("films", 1)


def test_a_backlink_from_another_wiki_leads_to_its_page_there() -> None:
    (group,) = federated(document("RedHerring")).foreign_backlinks("main/redherring")
    assert group.backlinks[0].title == "Alien"
    assert group.backlinks[0].uri == "https://films.example/Film/Alien.html"


def test_a_backlink_from_another_wiki_tells_the_sentence_and_its_place() -> None:
    (group,) = federated(document("RedHerring")).foreign_backlinks("main/redherring")
    (mention,) = group.backlinks[0].mentions
    assert mention.excerpt == ("The cat is a ", "red herring", ".")
    assert mention.uri == "https://films.example/Film/Alien.html#link-main-redherring"


def test_a_link_of_another_wiki_to_its_own_page_is_no_backlink() -> None:
    found = federated(document("Film/Alien"))
    assert found.foreign_backlinks("film/alien") == ()


def test_a_link_of_another_wiki_to_its_own_alias_is_no_backlink() -> None:
    data = films(links=[link(target="Film/TheEighthPassenger")])
    found = federated(document("Film/TheEighthPassenger"), data=data)
    assert found.foreign_backlinks("film/theeighthpassenger") == ()


def test_a_link_that_leads_to_a_third_project_is_no_backlink() -> None:
    data = films(links=[link(project="Books")])
    assert federated(document("RedHerring"), data=data).foreign_backlinks("main/redherring") == ()


def test_a_link_that_is_known_to_lead_here_is_a_backlink() -> None:
    data = films(links=[link(project="Tropes")])
    assert federated(document("RedHerring"), data=data).foreign_backlinks("main/redherring")


def test_a_link_by_an_alias_of_this_wiki_is_a_backlink_of_its_page() -> None:
    found = federated(document(page("Decoy", aliases=("RedHerring",))))
    (group,) = found.foreign_backlinks("main/decoy")
    assert group.backlinks[0].mentions[0].via == "Main/RedHerring"


def test_a_document_of_another_wiki_that_is_no_page_can_refer() -> None:
    entry = link(source="guide", url="guide.html#link-main-redherring")
    found = federated(document("RedHerring"), data=films(links=[entry]))
    (group,) = found.foreign_backlinks("main/redherring")
    assert group.backlinks[0].title == "The guide"


def test_a_link_in_no_listed_page_or_document_is_left_out() -> None:
    data = films(links=[link(source="Film/OldName", url="Film/OldName.html#link")])
    assert read(data).links == ()


def test_links_of_one_page_are_mentions_of_one_backlink() -> None:
    entry = link(url="Film/Alien.html#link-main-redherring-2", context="Again.", words=[0, 5])
    data = films(links=[link(), entry])
    found = federated(document("RedHerring"), data=data)
    (group,) = found.foreign_backlinks("main/redherring")
    assert len(group.backlinks[0].mentions) == 2


def test_a_wanted_name_is_wanted_in_another_wiki_too() -> None:
    found = federated(document("Other", "A [RedHerring]."))
    assert found.foreign_backlinks("main/redherring")


def test_what_another_wiki_wants_does_not_count_as_wanted_here() -> None:
    found = federated(document("Other", "A [RedHerring]."))
    assert [(wanted.name, wanted.wants) for wanted in found.wanted] == [("Main/RedHerring", 1)]


def test_a_page_that_only_another_wiki_refers_to_has_backlinks() -> None:
    assert list(federated(document("RedHerring")).targets) == ["main/redherring"]


def test_a_name_that_only_another_wiki_wants_has_none_here() -> None:
    assert list(federated(document("Other")).targets) == []


# -- links to there


def test_a_name_that_only_another_wiki_has_leads_there() -> None:
    to = federated(document("A", "An [Film/Alien].")).resolve("Film/alien")
    assert (to.kind, to.uri, to.title, to.project) == (
        "external",
        "https://films.example/Film/Alien.html",
        "Alien",
        "Films",
    )


def test_an_alias_of_another_wiki_leads_to_its_page_and_keeps_its_words() -> None:
    to = federated(document("A")).resolve("Film/TheEighthPassenger")
    assert (to.uri, to.title) == ("https://films.example/Film/Alien.html", "The Eighth Passenger")


def test_a_page_of_this_wiki_counts_more_than_one_of_another() -> None:
    assert federated(document("Film/Alien")).resolve("Film/Alien").kind == "page"


def test_the_first_wiki_that_has_a_name_counts() -> None:
    one = read_foreign(FILMS, name="one", base="https://one.example/", here="")
    two = read_foreign(FILMS, name="two", base="https://two.example/", here="")
    assert Federation([one, two]).pages()["film/alien"].uri.startswith("https://one.example/")


def test_the_data_say_to_which_project_a_link_leads() -> None:
    found = as_data(federated(document("A", "An [Film/Alien].")), lambda doc, _: doc)
    assert [entry["project"] for entry in found["links"]] == ["Films"]


# -- what is refused


WRONG: list[object] = [
    None,
    [],
    "text",
    {},
    {"version": 1},
    films(version=2),
    films(version=True),
    films(pages={}),
    films(pages=[None]),
    films(pages=[{"name": "Film/Alien"}]),
    films(pages=[FILMS["pages"][0] | {"title": 3}]),
    films(pages=[FILMS["pages"][0] | {"name": "Alien"}]),
    films(pages=[FILMS["pages"][0] | {"name": "Film/<b>"}]),
    films(pages=[FILMS["pages"][0] | {"aliases": "Film/Xy"}]),
    films(pages=[FILMS["pages"][0] | {"aliases": [1]}]),
    films(links=None),
    films(links=[link(context=None)]),
    films(links=[link(words=[1])]),
    films(links=[link(words=[0, True])]),
    films(links=[link(words=[0, 1000])]),
    films(links=[link(words=[-1, 3])]),
    films(links=[link(project=7)]),
    films(documents=[{"name": "guide"}]),
    films(project=["Films"]),
]


@pytest.mark.parametrize("data", WRONG, ids=range(len(WRONG)))
def test_data_of_the_wrong_form_are_refused_as_a_whole(data: object) -> None:
    with pytest.raises(MalformedError):
        read(data)


def test_a_refusal_tells_the_place() -> None:
    with pytest.raises(MalformedError, match=r"links\[0\].context is no text"):
        read(films(links=[link(context=1)]))


def test_data_of_the_first_schema_are_understood() -> None:
    data = films(links=[{k: v for k, v in link().items() if k != "words"}])
    del data["documents"]
    del data["project"]
    (found,) = read(data).links
    assert found.context[found.start : found.end] == found.context


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "/etc/passwd",
        "\\\\evil.example\\x",
        "../../elsewhere.html",
        "%2e%2e/elsewhere.html",
        "a/..%2f../b.html",
        "ftp://films.example/x",
        "https:///x",
        "vbscript:x",
    ],
)
def test_a_page_may_only_be_inside_its_wiki_or_at_an_http_address(url: str) -> None:
    found = read(films(pages=[FILMS["pages"][0] | {"url": url}]))
    assert found.pages == ()
    assert found.left_out


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("Film/Alien.html#x", "https://films.example/Film/Alien.html#x"),
        ("", "https://films.example/"),
        ("#trope-x", "https://films.example/#trope-x"),
        ("My Page/", "https://films.example/My%20Page/"),
        ("Ёлка.html", "https://films.example/%D0%81%D0%BB%D0%BA%D0%B0.html"),
        ('a".html', "https://films.example/a%22.html"),
        ("https://other.example/x", "https://other.example/x"),
        ("a%20b.html", "https://films.example/a%20b.html"),
    ],
)
def test_an_address_is_one_from_the_root_of_its_wiki(url: str, uri: str) -> None:
    (found,) = read(films(pages=[FILMS["pages"][0] | {"url": url}])).pages
    assert found.uri == uri


def test_control_characters_and_halves_of_characters_are_shown_as_replaced() -> None:
    (found,) = read(films(pages=[FILMS["pages"][0] | {"title": "A\x00\ud800\n  B\ufdd2"}])).pages
    assert found.title == "A\ufffd\ufffd B\ufffd"


def test_a_cover_in_another_wiki_is_a_cover_here() -> None:
    entry = link(context="A [spoiler] is [spoiler] here.", words=[15, 24])
    (found,) = read(films(links=[entry])).links
    assert found.context == f"A {COVER} is {COVER} here."
    assert found.context[found.start : found.end] == COVER


def test_a_title_that_never_ends_is_cut() -> None:
    (found,) = read(films(pages=[FILMS["pages"][0] | {"title": "x" * 10**6}])).pages
    assert len(found.title) == 300


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """The data with something else somewhere in it."""
    data: Any = films()
    place = data
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or draw(st.booleans()):
            place[key] = draw(JSON)
            return data
        place = inner


@given(damaged())
def test_damaged_data_are_understood_or_refused(data: Any) -> None:
    with suppress(MalformedError):
        read(data)


# -- what is kept


def test_what_is_kept_of_the_data_says_the_same() -> None:
    data = films(links=[link(), link(target="Film/Alien"), link(project="Books")])
    kept = json.loads(json.dumps(reduced(data)))
    assert read(kept) == read(data)
    assert len(kept["links"]) == 2


def test_what_a_wiki_says_of_itself_is_understood_by_another() -> None:
    data = as_data(
        wiki(
            document("RedHerring", "To [Ghost|a ghost]."),
            document(page("Old", redirect="Ghost"), "→ [Ghost]"),
            guide=document("", "Of [RedHerring] and [Ghost].", title="The guide"),
        ),
        lambda docname, anchor: f"{docname}.html#{anchor}",
        "Tropes",
    )
    found = read(data)
    assert [(entry.title, entry.target) for entry in found.links] == [
        ("Red Herring", "Main/Ghost"),
        ("The guide", "Main/Ghost"),
    ]
