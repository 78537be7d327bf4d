"""Documents that are edited at random, with awkward names: folded alike, one letter apart, in other
scripts, split by a link; with aliases, redirects, indexes, relations, spoilers, namespaces,
references, passages, and names that two documents claim.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinxcontrib_tropes.names import PageName, key_of
from sphinxcontrib_tropes.names.exclusions import EXCLUDABLE
from sphinxcontrib_tropes.wiki import (
    COVER,
    Destination,
    DocumentFacts,
    External,
    Federation,
    Link,
    Listing,
    PackedFacts,
    Page,
    Passage,
    Place,
    Reference,
)
from sphinxcontrib_tropes.wiki.facts.document import Naming, Notice
from sphinxcontrib_tropes.wiki.facts.packed import Names, pack_links
from sphinxcontrib_tropes.wiki.index.foreign import ForeignLink, ForeignPage, ForeignWiki
from sphinxcontrib_tropes.wiki.text.relation_cues import KINDS
from sphinxcontrib_tropes.wiki.text.unlinked_mentions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITTEN = ["Humans", "Human", "HumanZoo", "ABd", "Abc", "2Fast", "ЁлкаНовая", "鋼", "Chekhovs"]
WRITTEN += [
    "ChekhovsGun",
    "Film/HumanZoo",
    "Film/12OClock",
    "Film/Abc",
    "Series/HumanZoo",
    "Film/Ring",
    "Series/Ring",
]
UNWRITTEN = ["Humanz", "GhostShip", "Ghostship", "Film/LostReel9", "ElkaNovaja", "鋼鉄", "Ab"]
UNWRITTEN += ["A" * 120, "Ring", "GHOSTship", "Far", "Elsewhere"]
NAMES = [*WRITTEN, *UNWRITTEN]
TITLES = ["", "", "Abc", "aa", "Human Zoo", "10 Things", "鋼", "ёлка"]
DOCUMENTS = [*WRITTEN, "free", "guide/start", "Zz"]
WORDS = [
    "Foo.",
    "bar",
    "A human zoo.",
    "abc",
    "Human Zoo",
    "10 things,",
    "鋼鉄",
    COVER,
    "Gun",
    "O!",
]
ANCHORS = ["", "one", "two"]
SECTIONS = ["in-film", "see-also", ""]

EXTERNAL = {
    key_of(f"Main/{name}"): External(f"Main/{name}", "1", "far") for name in ("Far", "Humanz")
}


def canonical(name: str) -> str:
    return name if "/" in name else f"Main/{name}"


def _foreign() -> ForeignWiki:
    pages = (ForeignPage("Main/Elsewhere", "Elsewhere", "https://e.org/e", ("Main/Ghostship",)),)
    links = tuple(
        ForeignLink("e", canonical(name), "T", "https://e.org/t", f"https://e.org/t#{at}", f"To {name}", 3, 5)
        for at, name in enumerate(["humanzoo", "Ab", "GhostShip", "2Fast", "Chekhovs"])
    )  # fmt: skip
    return ForeignWiki("e", "The e", pages, links, 0)


class Around(NamedTuple):
    """What a wiki is made from besides documents."""

    external: dict[str, External]
    federation: Federation
    refused: Refused
    has_passages: bool
    has_references: bool
    is_packed: bool


AROUND = [
    Around({}, Federation(), Refused(frozenset(), frozenset()), False, False, True),
    Around(EXTERNAL, Federation([_foreign()]), Refused(frozenset({"abc"}), frozenset()), True, True, False),
    Around({}, Federation([_foreign()]), Refused(frozenset(), frozenset()), True, False, True),
    Around(EXTERNAL, Federation(), Refused(frozenset(), frozenset()), False, True, True),
]  # fmt: skip


class _Piece(NamedTuple):
    """A link, a reference, or words."""

    words: str
    target: str = ""
    section: str = ""
    relation: str = ""
    played: str = ""
    is_reference: bool = False


class _Block(NamedTuple):
    pieces: list[_Piece]
    place: str
    page: int
    in_spoiler: bool


class _Source(NamedTuple):
    """What a document is made from."""

    title: str
    pages: tuple[Page, ...]
    blocks: list[_Block]
    more: dict[str, Any]


class RandomDocuments:
    """All documents, and edits of them."""

    def __init__(self, seed: int, around: Around) -> None:
        self.random = random.Random(seed)
        self.around = around
        self._names = Names([])
        self._sources = {
            name: self._source(name) for name in DOCUMENTS if self.random.random() < 0.8
        }
        self.facts = {name: self._facts(source) for name, source in self._sources.items()}

    # -- made at random

    def _some(self, chance: float) -> bool:
        return self.random.random() < chance

    def _page(self, name: str, anchor: str = "") -> Page:
        choice, some = self.random.choice, self._some
        name = canonical(name)
        return Page(
            name=name,
            title=PageName(*name.split("/", 1)).title,
            anchor=anchor,
            line=choice([1, 1, 3]),
            laconic=choice(["", "Short.", "It's 2."]),
            redirect=canonical(choice(NAMES)) if some(0.1) else "",
            aliases=(canonical(choice(NAMES)),) if some(0.15) else (),
            indexes=(canonical(choice(NAMES)),) if some(0.2) else (),
            sections=tuple((slug, choice(["", slug])) for slug in SECTIONS if slug and some(0.4)),
            relations=((choice(KINDS), canonical(choice(NAMES))),) if some(0.15) else (),
            lead=choice(["", "A lead."]),
            excluded=tuple(word for word in EXCLUDABLE if some(0.05)),
        )

    def _piece(self) -> _Piece:
        choice, some = self.random.choice, self._some
        if some(0.3):
            return _Piece(choice(WORDS))
        if self.around.has_references and some(0.3):
            to = choice(DOCUMENTS) + "#" + choice(ANCHORS)
            return _Piece(choice(["", "words"]), to, is_reference=True)
        target = canonical(choice(NAMES))
        words = choice([PageName(*target.split("/", 1)).title, "its name", "Gun", "human zoo"])
        relation = choice(KINDS) if some(0.1) else ""
        played = choice(["subverted", "averted", "inverted straight"]) if some(0.2) else ""
        return _Piece(words, target, choice(SECTIONS) if some(0.2) else "", relation, played)

    def _block(self, pages: int) -> _Block:
        most = 30 if self._some(0.02) else 4
        pieces = [self._piece() for _ in range(self.random.randint(1, most))]
        place = self.random.choice(Place.ORDER)
        page = self.random.randrange(pages) if pages and self._some(0.9) else -1
        return _Block(pieces, place, page, self._some(0.1))

    def _source(self, name: str) -> _Source:
        pages: tuple[Page, ...] = ()
        if name in NAMES or self._some(0.1):
            pages = (self._page(name if name in NAMES else self.random.choice(NAMES)),)
        if self._some(0.1):
            pages += (self._page(self.random.choice(NAMES), "one"),)
        blocks = [self._block(len(pages)) for _ in range(self.random.randint(0, 3))]
        return _Source(pages[0].title if pages else "A document", pages, blocks, self._more(pages))

    def _more(self, pages: tuple[Page, ...]) -> dict[str, Any]:
        choice, some = self.random.choice, self._some
        namings = [
            Naming(how, canonical(name), "", choice([-1, *range(len(pages))]), choice([1, 2]))
            for how, name in [("relation", choice(NAMES)), ("listing", choice(NAMES))]
            if some(0.25)
        ]
        if pages and some(0.1):
            namings.append(Naming("anchor", "", "nowhere", 0, 4))
        listing = Listing(
            choice(["index", "backlinks", "graph", "wanted", "examples"]),
            canonical(choice(NAMES)),
            "",
        )
        return {
            "namings": tuple(namings),
            "listings": (listing,) if some(0.15) else (),
            "mentions": (choice(NAMES),) if some(0.1) else (),
            "notices": (Notice("markup", "It is wrong.", 1),) if some(0.1) else (),
            "objects": (("one", "uno"), ("obj",)) if some(0.2) else (),
        }  # fmt: skip

    # -- edits

    def edit(self) -> dict[str, DocumentFacts | PackedFacts | None]:
        """Edits one document, sometimes more. Docname -> its facts now, None if it is removed."""
        count = self.random.choice([1] * 8 + [2, 4])
        changed = {}
        for name in self.random.sample(DOCUMENTS, count):
            source = self._sources.get(name)
            if source is None or self._some(0.03):
                self._sources[name] = self._source(name)
            elif self._some(0.04):
                del self._sources[name]
            else:
                self._sources[name] = self._edited(source)
            changed[name] = name
        found: dict[str, DocumentFacts | PackedFacts | None] = {}
        for name in changed:
            if name in self._sources:
                found[name] = self.facts[name] = self._facts(self._sources[name])
            else:
                found[name] = None
                self.facts.pop(name, None)
        return found

    def _edited(self, source: _Source) -> _Source:
        if self._some(0.1):
            return self._renamed(source)
        if self._some(0.1):
            return source._replace(more=self._more(source.pages))
        if source.pages and self._some(0.1):
            return source._replace(pages=tuple(map(self._retold, source.pages)))
        if not source.pages and self._some(0.1):
            return source._replace(title=self.random.choice(["", "Else", "aa"]))
        blocks = [block._replace(pieces=list(block.pieces)) for block in source.blocks]
        self._edit_blocks(blocks, len(source.pages))
        return source._replace(blocks=blocks)

    def _renamed(self, source: _Source) -> _Source:
        """Something that names depend on."""
        choice = self.random.choice
        if not source.pages:
            return source._replace(title=choice(TITLES))
        page, *others = source.pages
        changes: list[dict[str, Any]] = [
            {"title": choice(TITLES) or page.title},
            {"aliases": (canonical(choice(NAMES)),)},
            {"aliases": ()},
            {"redirect": canonical(choice(NAMES)), "redirect_section": choice(SECTIONS)},
            {"redirect": "", "redirect_section": ""},
            {"indexes": (canonical(choice(NAMES)),)},
            {"excluded": () if page.excluded else (choice(EXCLUDABLE),)},
            {"relations": ((choice(KINDS), canonical(choice(NAMES))),)},
            {"anchor": choice(ANCHORS)},
            {"name": canonical(choice(NAMES))},
        ]
        return source._replace(pages=(page._replace(**choice(changes)), *others))

    def _retold(self, page: Page) -> Page:
        """What no name depends on."""
        other = self._page(page.name)
        return page._replace(
            line=other.line, laconic=other.laconic, sections=other.sections, lead=other.lead
        )

    def _edit_blocks(self, blocks: list[_Block], pages: int) -> None:
        choice, kind = self.random.choice, self.random.random()
        if not blocks or kind < 0.1:
            blocks.insert(self.random.randint(0, len(blocks)), self._block(pages))
        elif kind < 0.2:
            blocks.remove(choice(blocks))
        elif kind < 0.3:
            self.random.shuffle(blocks)
        elif kind < 0.4:
            at = self.random.randrange(len(blocks))
            changes: list[dict[str, Any]] = [
                {"place": choice(Place.ORDER)},
                {"in_spoiler": not blocks[at].in_spoiler},
                {"page": choice([-1, *range(pages)])},
            ]
            blocks[at] = blocks[at]._replace(**choice(changes))
        else:
            self._edit_pieces(choice(blocks).pieces)

    def _edit_pieces(self, pieces: list[_Piece]) -> None:
        kind, at = self.random.random(), self.random.randrange(len(pieces) or 1)
        if not pieces or kind < 0.3:
            pieces.insert(at, self._piece())
        elif kind < 0.5:
            del pieces[at]
        elif kind < 0.7:
            pieces[at] = self._piece()
        elif kind < 0.9:
            pieces.insert(at, _Piece(self.random.choice(WORDS)))
        else:
            self.random.shuffle(pieces)

    # -- facts

    def _facts(self, source: _Source) -> DocumentFacts | PackedFacts:
        links: list[Link] = []
        references: list[Reference] = []
        texts: list[str] = []
        nth: Counter[str] = Counter()
        for number, block in enumerate(source.blocks):
            text, is_first = "", True
            for piece in block.pieces:
                start, end = len(text), len(text) + len(piece.words)
                text += piece.words + " "
                if piece.is_reference:
                    nth[piece.target] += 1
                    references.append(
                        Reference(
                            "std", "ref", piece.target, (), nth[piece.target], block.page, number,
                            start, end, block.place, block.in_spoiler, number,
                        )
                    )  # fmt: skip
                elif piece.target:
                    nth[key_of(piece.target)] += 1
                    links.append(
                        Link(
                            piece.target, piece.section, nth[key_of(piece.target)], block.page,
                            number, start, end, block.place, block.in_spoiler, is_first,
                            2 * number, piece.relation if block.page >= 0 else "",
                            "", piece.played if block.page >= 0 else "",
                        )
                    )  # fmt: skip
                    is_first = False
            texts.append(text)
        passages = tuple(
            Passage(number, block.page, "", number) for number, block in enumerate(source.blocks)
        )
        found = DocumentFacts(
            title=source.title,
            pages=source.pages,
            links=tuple(links),
            texts=tuple(texts),
            passages=passages if self.around.has_passages else (),
            references=tuple(references),
            **source.more,
        )
        return self._packed(found) if self.around.is_packed else found

    def _packed(self, facts: DocumentFacts) -> PackedFacts:
        title, pages, _links, *rest = facts.pack()
        links = pack_links(facts.links, facts.texts, self._names)
        return PackedFacts((title, pages, links, *rest), self._names.names)

    def destinations(self) -> dict[str, tuple[Destination | None, ...]]:
        """Of the references of all documents, as they are now."""
        return {
            name: tuple(map(self._destination, facts.references))
            for name, facts in self.facts.items()
            if facts.references
        }

    def _destination(self, reference: Reference) -> Destination | None:
        docname, _, anchor = reference.target.partition("#")
        to = self.facts.get(docname)
        if to is None:
            return None
        ids = {page.anchor for page in to.pages} | {id_ for ids in to.objects for id_ in ids}
        if anchor and anchor not in ids:
            return None
        has_words = reference.start < reference.end
        return Destination(docname, anchor, "" if has_words else to.title, f"{to.title}!")

    def documents(self) -> Iterator[str]:
        """All docnames there may be."""
        return iter(DOCUMENTS)
