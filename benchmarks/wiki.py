"""A synthetic wiki: pages of sentences and links, the same for the same size and seed.

Pages have about 390 words and 39 links; the popularity of a page goes by Zipf's law, so that some
are hubs; three links of a hundred lead to a page that nobody has written. Names are no nicer than
those of real wikis.
"""

from __future__ import annotations

import random
from bisect import bisect
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from .vocabulary import ADJECTIVES, CLAUSES, CONNECTIVES, NOUNS, OPENINGS, PLURALS, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Block",
    "Emphasis",
    "Link",
    "Name",
    "Note",
    "Page",
    "Piece",
    "Spoiler",
    "Strong",
    "Wiki",
]

_WORKS = ("Film", "Literature", "Series", "VideoGame")
_WANTED = 0.03
_LATE = ("trial", "twin", "uncle", "villain", "wolf", "youth")  # later in the alphabet than an s
_MEMBERS = 60  # of an index
_PAGES_FOR_EACH_INDEX = 250


class Name(NamedTuple):
    """The name of a page."""

    namespace: str
    """Empty for the main one."""
    words: tuple[str, ...]
    """In lower case."""

    @property
    def title(self) -> str:
        return " ".join(map(str.capitalize, self.words))

    @property
    def wikiword(self) -> str:
        return "".join(map(str.capitalize, self.words))

    @property
    def path(self) -> str:
        """Of its file, without a suffix."""
        folder = f"{self.namespace.lower()}/" if self.namespace else ""
        return folder + self.wikiword


class Link(NamedTuple):
    """A link to a page."""

    to: Name
    label: str
    """Empty for the title of the page."""
    suffix: str
    is_wanted: bool
    is_bare: bool
    """Whether the name stands in the text as it is, for markup that can do so."""


class Emphasis(NamedTuple):
    text: str


class Strong(NamedTuple):
    text: str


class Spoiler(NamedTuple):
    pieces: tuple[Piece, ...]


class Note(NamedTuple):
    pieces: tuple[Piece, ...]


Piece = str | Link | Emphasis | Strong | Spoiler | Note


class Block(NamedTuple):
    """A block of a page."""

    kind: str
    """``paragraph``, ``heading``, ``quote``, ``item``, ``deeper`` (an item within the last),
    ``folder``, ``end`` (of the folder), ``index`` (an item of an index)."""
    pieces: tuple[Piece, ...]


class Page(NamedTuple):
    name: Name
    laconic: str
    blocks: tuple[Block, ...]


class Wiki:
    """The pages of a synthetic wiki.

    :param size: how many.
    """

    def __init__(self, size: int, seed: int = 1) -> None:
        self._seed = seed
        names = _names(int(size * 1.1) + 20, random.Random(f"{seed} {size}"))
        self.names = names[:size]
        """The most popular first."""
        self._unwritten = names[size:]
        self._popularity = list(accumulate(1 / (rank + 10) for rank in range(size)))

    def __iter__(self) -> Iterator[Page]:
        for rank, name in enumerate(self.names):
            yield _Writer(self, rank, random.Random(f"{self._seed} {name}")).page(name)

    def target(self, rng: random.Random) -> tuple[Name, bool]:
        """The name that a link leads to, and whether nobody has written that."""
        if rng.random() < _WANTED:
            return rng.choice(self._unwritten), True
        rank = bisect(self._popularity, rng.random() * self._popularity[-1])
        return self.names[min(rank, len(self.names) - 1)], False


def _names(count: int, rng: random.Random) -> list[Name]:
    """Some of them are one letter apart, end with a digit, or sort otherwise where case is ignored:
    ``WildHorseTrial`` comes before ``WildHorses``, but ``wildhorsetrial`` after ``wildhorses``.
    """
    found: dict[str, Name] = {}
    while len(found) < count:
        words = [rng.choice(ADJECTIVES), rng.choice(NOUNS)]
        if rng.random() < 0.4:
            words.append(rng.choice(NOUNS))
        if rng.random() < 0.1:
            words.insert(0, rng.choice(ADJECTIVES))
        namespace = rng.choice(_WORKS) if rng.random() < 0.25 else ""
        words = list(dict.fromkeys(words))
        if len(words) < 2:
            continue
        family = [words]
        if rng.random() < 0.04:
            family += [[*words[:-1], f"{words[-1]}s"], [*words, rng.choice(_LATE)]]
        elif rng.random() < 0.04:
            family.append([*words, rng.choice("23456789")])
        for member in family:
            name = Name(namespace, tuple(member))
            found.setdefault(name.path, name)
    return list(found.values())


class _Writer:
    """Writes one page."""

    def __init__(self, wiki: Wiki, rank: int, rng: random.Random) -> None:
        self._wiki = wiki
        self._rank = rank
        self._rng = rng

    def page(self, name: Name) -> Page:
        rng = self._rng
        blocks: list[Block] = []
        if rng.random() < 0.3:
            blocks.append(Block("quote", (_capitalised(self._clause()) + ".",)))
        blocks += [self._paragraph(5), self._paragraph(4), self._paragraph(3)]
        if rng.random() < 0.5:
            blocks.append(Block("paragraph", (*self._sentence(1), Spoiler(self._sentence(1)))))
        blocks.append(self._see_also())
        blocks.append(Block("heading", (rng.choice(("Examples", "Known cases", "In this work")),)))
        for folder in rng.sample(("Anime and manga", "Film", "Literature", "Live action"), 2):
            blocks.append(Block("folder", (folder,)))
            blocks += self._items(5)
            blocks.append(Block("end", ()))
        if self._rank % _PAGES_FOR_EACH_INDEX == _PAGES_FOR_EACH_INDEX - 1:
            blocks.append(Block("heading", ("Members",)))
            blocks += [Block("index", (self._link(),)) for _ in range(_MEMBERS)]
        blocks.append(Block("heading", ("Elsewhere",)))
        blocks.append(self._paragraph(2))
        return Page(name, _capitalised(self._clause()) + ".", tuple(blocks))

    def _paragraph(self, sentences: int) -> Block:
        rng = self._rng
        pieces: list[Piece] = []
        for number in range(sentences):
            pieces += [" "] if number else []
            pieces += self._sentence(rng.choice((0, 1, 1, 1, 2, 2)))
        if rng.random() < 0.1:
            pieces.append(Note((_capitalised(self._clause()) + ".",)))
        return Block("paragraph", tuple(pieces))

    def _items(self, count: int) -> list[Block]:
        found = []
        for number in range(count):
            pieces = [self._link(), ": ", *self._sentence(self._rng.choice((0, 1, 1)))]
            is_deeper = number and self._rng.random() < 0.2
            found.append(Block("deeper" if is_deeper else "item", tuple(pieces)))
        return found

    def _see_also(self) -> Block:
        pieces: list[Piece] = ["Compare ", self._link(), ", ", self._link(), " and "]
        pieces += [self._link(), "; contrast ", self._link(), ". See also ", self._link(), "."]
        return Block("paragraph", tuple(pieces))

    def _sentence(self, links: int) -> tuple[Piece, ...]:
        rng = self._rng
        pieces: list[Piece] = [rng.choice(OPENINGS) + " "] if rng.random() < 0.4 else []
        if pieces:
            pieces.append("the ")
        else:
            pieces.append("The ")
        pieces += [self._subject(), f" {rng.choice(VERBS)} "]
        for number in range(links):
            pieces += [f" {rng.choice(CONNECTIVES)} "] if number else []
            pieces.append(self._link())
        if not links:
            pieces.append(self._noun_phrase())
        if rng.random() < 0.7:
            pieces.append(f" {rng.choice(CLAUSES)}")
        pieces.append(rng.choice((".", ".", ".", ".", "!")))
        return tuple(_joined(pieces))

    def _subject(self) -> Piece:
        kind = self._rng.random()
        if kind < 0.08:
            return Emphasis(self._rng.choice(PLURALS))
        if kind < 0.1:
            return Strong(self._rng.choice(NOUNS))
        return f"{self._rng.choice(ADJECTIVES)} {self._rng.choice(NOUNS)}"

    def _noun_phrase(self) -> str:
        rng = self._rng
        return f"{rng.choice(ADJECTIVES)} {rng.choice(PLURALS)} of the {rng.choice(NOUNS)}"

    def _clause(self) -> str:
        rng = self._rng
        subject = f"{rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}"
        return f"every {subject} {rng.choice(VERBS)} {self._noun_phrase()}"

    def _link(self) -> Link:
        rng = self._rng
        to, is_wanted = self._wiki.target(rng)
        kind = rng.random()
        label = suffix = ""
        if kind < 0.25:
            label = f"{rng.choice(ADJECTIVES)} {rng.choice(PLURALS)}"
        elif kind < 0.31 and not to.namespace:
            suffix = "s"
        return Link(to, label, suffix, is_wanted, is_bare=kind > 0.5)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """*pieces* with neighbouring texts as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
