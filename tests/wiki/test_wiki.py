"""The wiki as a whole: the same from any order of facts, packed or not."""

from __future__ import annotations

import pickle
from itertools import permutations

from sphinxcontrib_tropes.names import Namespaces
from sphinxcontrib_tropes.wiki import DocumentFacts, Wiki
from sphinxcontrib_tropes.wiki.facts.packed import PackedFacts

from .documents import document, page, wiki


def test_the_aliases_of_a_page_are_its_own_and_the_redirects_to_it() -> None:
    found = wiki(
        document(page("RedHerring", aliases=("FalseLead",))),
        document(page("FalseClue", redirect="RedHerring")),
    )
    assert found.aliases["main/redherring"] == ("Main/FalseClue", "Main/FalseLead")


def small() -> dict[str, DocumentFacts]:
    return {
        "a": document(
            page("A", aliases=("Xx",)), "To [B], [Ghost], [GHOST] and [Zz].", "To [Twin]."
        ),
        "b": document(page("B", redirect="Twin", aliases=("Xx",)), "→ [Twin]"),
        "c": document("Twin", "To [Xx]."),
        "d": document("twin", "To [ghost]."),
    }


def everything(found: Wiki) -> object:
    return (
        found.problems,
        found.wanted,
        [found.backlinks(key) for key in found.targets],
        dict(found.pages),
        dict(found.aliases),
    )


def test_the_order_of_documents_changes_nothing() -> None:
    answers = [everything(Wiki(dict(order))) for order in permutations(small().items())]
    assert all(answer == answers[0] for answer in answers)


def test_a_wiki_of_packed_facts_is_the_same() -> None:
    packed = {name: PackedFacts(facts.pack()) for name, facts in small().items()}
    assert everything(Wiki(packed)) == everything(Wiki(small()))


def test_packed_facts_are_plain_values() -> None:
    # the name of a class in a pickle would discard environments when it moves
    packed = pickle.dumps([facts.pack() for facts in small().values()])
    assert b"sphinxcontrib_tropes" not in packed


def test_a_wiki_of_nothing_is_a_wiki() -> None:
    assert everything(Wiki({}, Namespaces())) == ((), (), [], {}, {})
