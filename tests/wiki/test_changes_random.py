"""No view changes that is not named: random edits of facts, and all that is shown of them compared."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

from sphinxcontrib_tropes.wiki import DocumentFacts, Place, Wiki
from sphinxcontrib_tropes.wiki.cards import cards
from sphinxcontrib_tropes.wiki.changes import Affected, Change, affected_by
from sphinxcontrib_tropes.wiki.export import links_data, page_data, pages_by_name
from sphinxcontrib_tropes.wiki.views import (
    atlas_view,
    backlinks_parts,
    backlinks_view,
    document_view,
    health_view,
    index_view,
    wanted_view,
)

from .documents import document, page

EDITS = int(os.environ.get("TROPES_RANDOM_FACTS", "150"))
NAMES = ["Ape", "Bat", "CatFish", "Dog", "Film/Eel", "Film/Fly", "Film/Ape"]
TARGETS = [*NAMES, "GhostShip", "Ghostship", "Film/LostReel"]


def address(docname: str, anchor: str) -> str:
    return f"{docname}#{anchor}"


class RandomFacts:
    """Documents that are edited at random."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.facts = {name: self.document(name) for name in NAMES} | {"free": self.document("")}

    def text(self) -> str | tuple[str, str]:
        one, other, third = (f"[{self.random.choice(TARGETS)}]" for _ in range(3))
        text = self.random.choice(
            [
                f"Of {one}.",
                f"{one}: an example.",
                f"Foo. {one}: bar.",
                f"{one} or {other}. And {third}.",
            ]
        )
        return (self.random.choice(Place.ORDER[:-1]), text) if self.random.random() < 0.6 else text

    def document(self, name: str) -> DocumentFacts:
        texts = [self.text() for _ in range(self.random.randint(0, 3))]
        return document(page(name), *texts) if name else document(*texts)

    def edit(self) -> dict[str, Change]:
        """Docname -> facts before and after of one to three documents."""
        names = self.random.sample(sorted(self.facts), self.random.choice([1, 1, 2, 3]))
        changes = {}
        for name in names:
            before, after = self.facts[name], self.document("" if name == "free" else name)
            changes[name] = Change(before, after)
            self.facts[name] = after
        return changes


def shown(wiki: Wiki) -> Iterator[tuple[str, str, object]]:
    """Everything that is made of the facts: which list of :class:`Affected` it belongs to, its name in
    it, and a value.
    """
    for docname in wiki.documents:
        yield "documents", docname, document_view(wiki, docname, panels=True, graphs=True)
        yield "documents", docname, list(links_data(wiki, address, docname))
    for key in wiki.targets:
        for part in range(1, backlinks_parts(wiki, key) + 1):
            yield "keys", key, backlinks_view(wiki, key, part)
    for found in pages_by_name(wiki):
        yield "pages", found.key, page_data(wiki, address, found)
        yield "pages", found.key, list(cards(wiki, {found.key}))
    for wanted in wiki.wanted:
        yield "pages", wanted.key, list(cards(wiki, {wanted.key}))
    yield "whole", "index", index_view(wiki)
    yield "whole", "wanted", wanted_view(wiki)
    yield "whole", "health", health_view(wiki)
    yield "whole", "graph", atlas_view(wiki)


def by_name(wiki: Wiki) -> dict[tuple[str, str], list[object]]:
    found: dict[tuple[str, str], list[object]] = {}
    for kind, name, value in shown(wiki):
        found.setdefault((kind, name), []).append(value)
    return found


def test_nothing_changes_that_is_not_named() -> None:
    edited = RandomFacts(int(os.environ.get("TROPES_RANDOM_SEED", "2026")))
    before, followed = by_name(Wiki(edited.facts)), 0
    for step in range(EDITS):
        changes = edited.edit()
        wiki = Wiki(edited.facts)
        after, affected = by_name(wiki), affected_by(wiki, changes, has_drawings=True)
        if isinstance(affected, Affected):
            followed += 1
            for kind, name in before.keys() | after.keys():
                is_same = before.get((kind, name)) == after.get((kind, name))
                assert is_same or name in getattr(affected, kind), (step, kind, name)
        before = after
    assert followed > EDITS / 2
