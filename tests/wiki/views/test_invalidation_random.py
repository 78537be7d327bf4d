"""Random edits of facts: no view changes that is not invalidated."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator

from sphinxcontrib_tropes.wiki import DocumentFacts, Place, Wiki
from sphinxcontrib_tropes.wiki.exchange.tropes_json import links_data, page_data, pages_by_name
from sphinxcontrib_tropes.wiki.views.document import document_view
from sphinxcontrib_tropes.wiki.views.invalidation import Change, Invalidated, invalidated_by
from sphinxcontrib_tropes.wiki.views.map import atlas_view
from sphinxcontrib_tropes.wiki.views.previews import cards
from sphinxcontrib_tropes.wiki.views.site_pages import (
    backlinks_parts,
    backlinks_view,
    health_view,
    index_view,
    wanted_view,
)

from ..documents import LINK, document, page

EDITS = int(os.environ.get("TROPES_RANDOM_FACTS", "200"))
# They sort otherwise by name, by key and by title, and some are one letter apart.
NAMES = ["HumanZoo", "Humans", "Human", "Abc", "ABd", "2Fast", "ЁлкаНовая"]
NAMES += ["Film/HumanZoo", "Film/12OClock", "Film/Abc"]
TARGETS = [*NAMES, "Humanz", "GhostShip", "Ghostship", "Film/LostReel9", "鋼"]
SECTIONS = (("Ab-c", "ab-c"), ("2nd", "id2"))
FAR = "word " * 60
TITLES = ["Abc", "aa", "Human Zoo", "10 Things", "鋼"]


def address(docname: str, anchor: str) -> str:
    return f"{docname}#{anchor}"


class RandomFacts:
    """Documents that are edited at random."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.pages = {name: page(name, sections=SECTIONS) for name in NAMES}
        self.texts = {name: self.some_texts() for name in [*NAMES, "free"]}
        self.facts = {name: self.document(name) for name in self.texts}

    def link(self) -> str:
        target = self.random.choice(TARGETS)
        section = self.random.choice(["", "", "#Ab-c", "#2nd", "#none"])
        return self.random.choice([f"[{target}{section}]", f"[{target}{section}|its name]"])

    def text(self) -> str | tuple[str, str]:
        one, other, third = (self.link() for _ in range(3))
        text = self.random.choice(
            [
                f"Of {one}.",
                f"{one}: an example.",
                f"Foo. {one}: bar.",
                f"{one} or {other}. And {third}.",
                f"{one}: bar. Subverted.",
                f"{one} {FAR}{self.random.choice(['. Then', ', then'])} {FAR}{one}.",
            ]
        )
        return (self.random.choice(Place.ORDER[:-1]), text) if self.random.random() < 0.6 else text

    def some_texts(self) -> list[str | tuple[str, str]]:
        return [self.text() for _ in range(self.random.randint(0, 3))]

    def document(self, name: str) -> DocumentFacts:
        return document(self.pages.get(name, ""), *self.texts[name])

    def edit(self) -> dict[str, Change]:
        """Docname -> facts before and after of one to three documents."""
        changes = {}
        for name in self.random.sample(sorted(self.facts), self.random.choice([1, 1, 1, 2, 3])):
            edits = [self.point, self.point, self.point, self.rewrite, self.play, self.part]
            edits += [self.set] if name in self.pages and self.random.random() < 0.3 else []
            self.random.choice(edits)(name)
            before, after = self.facts[name], self.document(name)
            changes[name] = Change(before, after)
            self.facts[name] = after
        return changes

    def point(self, name: str) -> None:
        """The most frequent edit: a link leads somewhere else."""
        texts = self.texts[name]
        if not texts:
            return self.rewrite(name)
        at = self.random.randrange(len(texts))
        found = texts[at]
        place, text = ("", found) if isinstance(found, str) else found
        text = LINK.sub(lambda _: self.link(), text, count=1)
        texts[at] = (place, text) if place else text
        return None

    def play(self, name: str) -> None:
        """Examples play their tropes in another way; no sentence around a link changes."""
        way = self.random.choice(["Subverted.", "Averted.", "Inverted, and justified."])
        self.texts[name] = [
            (text[0], _replayed(text[1], way)) if isinstance(text, tuple) else _replayed(text, way)
            for text in self.texts[name]
        ]

    def part(self, name: str) -> None:
        """A long sentence becomes two, or two become one; no words near its links change."""
        others = {". Then": ", then", ", then": ". Then"}
        self.texts[name] = [
            (text[0], _parted(text[1], others))
            if isinstance(text, tuple)
            else _parted(text, others)
            for text in self.texts[name]
        ]

    def rewrite(self, name: str) -> None:
        self.texts[name] = self.some_texts()

    def set(self, name: str) -> None:
        """A page is called otherwise, too, or leads somewhere else."""
        choice = self.random.choice
        self.pages[name] = page(
            name,
            title=choice(["", *TITLES]),
            sections=choice([SECTIONS, SECTIONS, SECTIONS[1:]]),
            laconic=choice(["", "Short.", "It's 2."]),
            aliases=choice([(), (), (choice(TARGETS),)]),
            redirect=choice(["", "", "", choice(TARGETS)]),
        )


def _replayed(text: str, way: str) -> str:
    return re.sub(r"(?<=: bar\. ).*", way, text)


def _parted(text: str, others: dict[str, str]) -> str:
    return re.sub(r"[.,] [Tt]hen", lambda found: others[found[0]], text)


def shown(wiki: Wiki) -> Iterator[tuple[str, str, object]]:
    """Everything that is made of the facts: which list of :class:`Invalidated` it belongs to, its name in
    it, and a value.
    """
    for docname in wiki.documents:
        yield "documents", docname, document_view(wiki, docname, panels=True, neighbourhoods=True)
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
        after, affected = by_name(wiki), invalidated_by(wiki, changes, has_drawings=True)
        if isinstance(affected, Invalidated):
            followed += 1
            for kind, name in before.keys() | after.keys():
                is_same = before.get((kind, name)) == after.get((kind, name))
                assert is_same or name in getattr(affected, kind), (step, kind, name)
        before = after
    assert followed > EDITS / 2
