"""A wiki that is edited answers as a new one with the same facts."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any

import pytest

from sphinxcontrib_tropes.names import key_of
from sphinxcontrib_tropes.wiki import Wiki
from sphinxcontrib_tropes.wiki.analysis.trope_relations import TropeRelations
from sphinxcontrib_tropes.wiki.exchange.tropes_json import as_data
from sphinxcontrib_tropes.wiki.facts.document import Flag
from sphinxcontrib_tropes.wiki.index.references import object_key
from sphinxcontrib_tropes.wiki.index.tables import Part
from sphinxcontrib_tropes.wiki.map.atlas import atlas_of
from sphinxcontrib_tropes.wiki.text.relation_cues import KINDS
from sphinxcontrib_tropes.wiki.text.unlinked_mentions import has_automaton
from sphinxcontrib_tropes.wiki.views.audit import audit
from sphinxcontrib_tropes.wiki.views.document import document_view
from sphinxcontrib_tropes.wiki.views.map import atlas_view
from sphinxcontrib_tropes.wiki.views.neighbourhood import neighbourhood
from sphinxcontrib_tropes.wiki.views.previews import cards
from sphinxcontrib_tropes.wiki.views.site_pages import (
    backlinks_parts,
    backlinks_view,
    health_view,
    index_view,
    wanted_view,
)

from .documents import document, page
from .random_documents import (
    ANCHORS,
    AROUND,
    DOCUMENTS,
    NAMES,
    SECTIONS,
    RandomDocuments,
    canonical,
)

EDITS = int(os.environ.get("TROPES_RANDOM_FACTS", "75"))  # of each of the four wikis
ASKED = [
    float(part) for part in os.environ.get("TROPES_RANDOM_ASKED", "0,0.03,0.03,0.2").split(",")
]
SEED = int(os.environ.get("TROPES_RANDOM_SEED", "2026"))

KEYS = sorted({key_of(canonical(name)) for name in NAMES})
OBJECTS = [object_key(name, anchor) for name in DOCUMENTS for anchor in ANCHORS]
# What each public method of the door is asked, by the names of its parameters.
QUESTIONS: dict[tuple[str, ...], list[tuple[Any, ...]]] = {
    (): [()],
    ("key",): [(key,) for key in (*KEYS, *OBJECTS)],
    ("key", "slug"): [(key, slug) for key in KEYS for slug in SECTIONS if slug],
    ("key", "most"): [(key, most) for key in KEYS for most in (2, 5)],
    ("key", "kind"): [(key, kind) for key in KEYS for kind in KINDS],
    ("name",): [(canonical(name),) for name in NAMES],
    ("flag",): [(1 << bit,) for bit in range(Flag.BITS + 6)],
    ("most",): [(2,), (30,), (100,)],
    ("index", "member"): [(index, member) for index in KEYS for member in KEYS],
    ("docname",): [(name,) for name in DOCUMENTS],
}
CHANGES = {"replace", "remove", "update", "part", "waiting", "made", "follow_tables", "drop_tables"}


def settled(value: object) -> object:
    """A value that equals that of another wiki: iterators as lists, with the order of entries."""
    if isinstance(value, (Part, TropeRelations)):
        return None  # asked itself
    if isinstance(value, Mapping):
        return [(key, settled(found)) for key, found in value.items()]
    if isinstance(value, AbstractSet):
        return set(value)
    if isinstance(value, Iterator):
        return [settled(found) for found in value]
    return list(value) if isinstance(value, list) else value


def answers_of(part: object) -> Iterator[tuple[object, Callable[[], object]]]:
    """Each question that *part* answers in public, and how to ask it."""
    for name in dir(type(part)):
        if name.startswith("_") or name in CHANGES | {"follow", "context", "anchor"}:
            continue
        member = inspect.getattr_static(type(part), name)
        if not inspect.isfunction(member):
            yield (name,), partial(getattr, part, name)
            continue
        parameters = tuple(inspect.signature(member).parameters)[1:]
        for question in QUESTIONS[parameters]:
            ask = partial(getattr(part, name), *question)
            yield (name, *question), partial(unordered, ask) if name == "incoming" else ask


def unordered(ask: Callable[[], Mapping[str, int]]) -> object:
    return sorted(ask().items())


def questions(wiki: Wiki) -> Iterator[tuple[object, Callable[[], object]]]:
    """Everything that a wiki can be asked, and everything that pages are made from."""
    parts = (wiki, wiki.network, wiki.co_citation, wiki.trope_relations, wiki.parted_titles)
    for part in (*parts, atlas_of(wiki)):
        for name, ask in answers_of(part):
            yield (type(part), name), ask
    for view in (index_view, wanted_view, health_view, atlas_view, audit):
        yield view, partial(view, wiki)
    for name in map(canonical, NAMES):
        for section in SECTIONS:
            yield ("anchor", name, section), partial(anchor, wiki, name, section)
    for docname in DOCUMENTS:
        yield ("view", docname), partial(of_document, wiki, docname)
    for key in (*KEYS, *OBJECTS):
        yield ("backlinks", key), partial(all_backlinks, wiki, key)
    for key in KEYS:
        yield ("neighbourhood", key), partial(neighbourhood, wiki, key, depth=3)
        yield ("cards", key), partial(cards, wiki, {key})
        yield ("index", key), partial(index_view, wiki, index=key)
    yield "data", partial(as_data, wiki, lambda docname, anchor: f"{docname}#{anchor}")


def anchor(wiki: Wiki, name: str, section: str) -> str:
    return wiki.anchor(wiki.resolve(name), name, section)


def of_document(wiki: Wiki, docname: str) -> object:
    contexts = [wiki.context(docname, link) for link in wiki.documents[docname].links]
    return contexts, document_view(wiki, docname, panels=True, neighbourhoods=True)


def all_backlinks(wiki: Wiki, key: str) -> object:
    if not (wiki.is_target(key) and (key in wiki.pages or wiki.wanted_name(key))):
        return None
    return [backlinks_view(wiki, key, n) for n in range(1, backlinks_parts(wiki, key) + 1)]


def answer(ask: Callable[[], object]) -> object:
    try:
        return settled(ask())
    except (LookupError, ValueError) as error:
        return type(error)


@pytest.mark.parametrize("around", AROUND, ids=["links", "all", "mentions", "references"])
def test_an_edited_wiki_answers_as_a_new_one(around: Any) -> None:
    if around.has_passages and not has_automaton():
        pytest.skip("needs pyahocorasick")
    edited = RandomDocuments(SEED, around)

    def new() -> Wiki:
        return Wiki(
            edited.facts,
            None,
            around.external,
            60,
            around.refused,
            around.federation,
            edited.destinations,
        )

    live = new()
    followed = 0
    for step in range(EDITS):
        network = live.network
        live.update(edited.edit())
        followed += live.network is network
        # what was not asked for has no table; sometimes nothing is asked between edits
        asked = edited.random.choice(ASKED)
        for (question, ask), (_, ask_new) in zip(questions(live), questions(new()), strict=True):
            if edited.random.random() < asked:
                assert answer(ask) == answer(ask_new), (SEED, step, question)
    assert followed > EDITS / 4


def test_a_table_without_a_rule_is_made_anew() -> None:
    class Counting(Part):
        def __init__(self, wiki: Wiki) -> None:
            self._wiki = wiki
            self.counted: dict[str, int] = {}

        def links(self, docname: str) -> int:
            if docname not in self.counted:
                self.counted[docname] = len(self._wiki.documents[docname].links)
            return self.counted[docname]

    wiki = Wiki({"Abc": document("Abc", "[Human] and [Zoo].")})
    counting = wiki.part(Counting)
    assert counting.links("Abc") == 2
    wiki.replace("Abc", document("Abc", "[Human]."))
    assert wiki.part(Counting) is counting
    assert counting.links("Abc") == 1


def test_a_wiki_keeps_what_a_change_of_words_cannot_change() -> None:
    wiki = Wiki({"Abc": document("Abc", "To [Human]."), "Human": document("Human", "To [Abc].")})
    wanted, related = wiki.wanted, wiki.trope_relations
    backlinks = wiki.backlinks("main/abc")
    wiki.replace("Abc", document("Abc", "Now to [Human]."))
    assert wiki.wanted is wanted
    assert wiki.trope_relations is related
    assert wiki.backlinks("main/abc") is backlinks
    (backlink,) = wiki.backlinks("main/human")
    assert str(backlink.mentions[0].excerpt) == "Now to Human."


def test_a_document_comes_and_goes() -> None:
    wiki = Wiki({"Abc": document("Abc", "To [Human].")})
    wiki.replace("Human", document(page("Human", title="All of us")))
    assert wiki.resolve("Main/Human").title == "All of us"
    wiki.remove("Human")
    wiki.remove("Human")
    assert [wanted.name for wanted in wiki.wanted] == ["Main/Human"]


def test_two_documents_change_at_once() -> None:
    wiki = Wiki({"Abc": document("Abc", "To [Human]."), "Zoo": document("Zoo", "To [Human].")})
    assert wiki.count_backlinks("main/human") == 2
    wiki.update({"Abc": document("Abc", "To [Zoo]."), "Zoo": document("Zoo", "To [Abc].")})
    assert wiki.count_backlinks("main/human") == 0
    assert wiki.sources("main/abc") == ["Zoo"]


def test_a_wanted_name_follows_the_spelling_of_most_links() -> None:
    wiki = Wiki({"Abc": document("Abc", "[Ghostship] and [GhostShip] and [GhostShip].")})
    assert wiki.wanted_name("main/ghostship") == "Main/GhostShip"
    wiki.replace("Abc", document("Abc", "[Ghostship] and [Ghostship] and [GhostShip]."))
    assert wiki.wanted_name("main/ghostship") == "Main/Ghostship"


def test_an_ambiguous_name_is_found_where_it_stands_now() -> None:
    works = {"Film": document("Film/Ring"), "Series": document("Series/Ring")}
    wiki = Wiki({**works, "Abc": document("Abc", "Foo.", "The [Ring].")})
    assert [(problem.kind, problem.line) for problem in wiki.problems] == [("ambiguous", 2)]
    wiki.replace("Abc", document("Abc", "The [Ring]."))
    assert [(problem.kind, problem.line) for problem in wiki.problems] == [("ambiguous", 1)]
    wiki.replace("Abc", document("Abc", "The ring."))
    assert wiki.problems == ()
