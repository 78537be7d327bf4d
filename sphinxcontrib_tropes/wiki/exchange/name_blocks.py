"""Names in blocks, so that a reader who types a name loads a few of them, however large the wiki is.

A name is found by the beginning of any of its words: *The Matrix* is in the blocks for ``thematrix``
and ``matrix``. These keys are sorted and cut into blocks. Where so many begin alike that they are
in several blocks, one more block has the best of them.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, groupby, takewhile
from typing import TYPE_CHECKING, NamedTuple

from ...names import spelled_words, split_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..wiki import Wiki

__all__ = [
    "ALIAS",
    "DOCUMENT",
    "LONGEST_KEY",
    "PAGE",
    "WANTED",
    "Blocks",
    "Name",
    "blocks_of",
    "names_of",
]

PAGE, ALIAS, WANTED, DOCUMENT = range(4)
"""Kinds of names."""

_MOST_ROWS = 256
"""Maximum names in a block: some 15 kB."""
_BEST = 48
"""How many of the best are in the block of a beginning; and as many as this of each namespace:"""
_BEST_OF_NAMESPACE = 6
_COMMON = 50
"""A word in one of so many names is common, such as *the*. Names are not found by one inside."""
LONGEST_KEY = 40
"""Maximum characters of a key."""
_MOST_WORDS = 12
"""Maximum words of a name that it is found by."""


class Name(NamedTuple):
    """A name that a reader may look for."""

    name: str
    """As it is shown, without its namespace."""
    namespace: str
    """The namespace of this name; empty for documents that are no pages."""
    kind: int
    weight: int
    """How much links to its page: 1 more for each doubling."""
    docname: str
    anchor: str
    title: str = ""
    """Title of the page, if that is another one."""


def names_of(wiki: Wiki, backlinks: Callable[[str], str]) -> Iterator[Name]:
    """The names of all pages that search finds, written or wanted, and the titles of other documents.

    :param backlinks: canonical name of a wanted page -> document with its backlinks, or empty.
    """
    whole = set()
    for page in wiki.pages.values():
        facts = page.facts
        if not facts.anchor:
            whole.add(page.docname)
        if not facts.is_searched or wiki.resolve(page.name).key != page.key:
            continue
        weight = _weight(wiki, page.key)
        at = weight, page.docname, facts.anchor
        yield Name(page.title, page.namespace, PAGE, *at)
        own = spelled_words(page.title)
        for name in (page.name, *wiki.aliases.get(page.key, ())):
            namespace, title = _split(name)
            is_same = "".join(spelled_words(title)) == "".join(own)
            if not is_same or namespace != page.namespace:
                yield Name(title, namespace, ALIAS, *at, page.title)
    for wanted in wiki.wanted:
        if docname := backlinks(wanted.name):
            namespace = wanted.name.partition("/")[0]
            yield Name(wanted.title, namespace, WANTED, _weight(wiki, wanted.key), docname, "")
    for docname, document in wiki.documents.items():
        if docname not in whole and document.title:
            yield Name(document.title, "", DOCUMENT, 0, docname, "")


def _weight(wiki: Wiki, key: str) -> int:
    return len(wiki.sources(key)).bit_length()


class Blocks(NamedTuple):
    """Names, cut into blocks."""

    blocks: dict[str, list[Name]]
    """The least key that may be in a block -> its names. Sorted, in the order of JavaScript."""
    best: dict[str, list[Name]]
    """A beginning -> the best of the many names that have it. Sorted in the same way."""


def blocks_of(names: Iterable[Name]) -> Blocks:
    """Cuts *names* into blocks."""
    ordered = sorted({name: spelled_words(name.name)[:_MOST_WORDS] for name in names}.items())
    ordered.sort(key=_goodness)
    inside = Counter(word for _name, words in ordered for word in {*words[1:]})
    limit = max(_MOST_ROWS, len(ordered) // _COMMON)
    common = {word for word, count in inside.items() if count > limit}
    # a name found by its beginning is better than one found by a word inside
    worse = len(ordered)
    entries = [
        ("".join(words[at:])[:LONGEST_KEY], number + worse * (at > 0))
        for number, (_name, words) in enumerate(ordered)
        for at, word in enumerate(words)
        if at == 0 or word not in common
    ]
    if all(key.isascii() for key, _rank in entries):
        entries.sort()
    else:  # as JavaScript compares: by UTF-16
        entries.sort(key=lambda entry: (entry[0].encode("utf-16-be"), entry[1]))
    cutter = _Cutter([name for name, _words in ordered])
    cutter.cut(entries, 0)
    return cutter.found


def _goodness(item: tuple[Name, tuple[str, ...]]) -> tuple[object, ...]:
    """Orders names, each with its words: the best first."""
    name, words = item
    return name.kind == WANTED, -name.weight, name.kind, sum(map(len, words))


_Entry = tuple[str, int]
"""A key of a name, and the rank of the name among those with this key."""


class _Cutter:
    """Cuts sorted keys into blocks.

    :param names: the best first.
    """

    def __init__(self, names: Sequence[Name]) -> None:
        self.found = Blocks({}, {})
        self._names = names
        self._namespaces = len({name.namespace for name in names})

    def cut(self, entries: Sequence[_Entry], depth: int) -> None:
        """Cuts *entries* whose keys have their first *depth* characters in common."""
        if len(entries) <= _MOST_ROWS:
            self._add(entries[0][0][:depth] if entries else "", entries)
            return
        depth = _common_length(entries[0][0], entries[-1][0])
        prefix = entries[0][0][:depth]
        self.found.best[prefix] = self._best_of(entries, prefix)
        pack: list[_Entry] = []
        start = ""
        for letter, alike in groupby(entries, lambda entry: entry[0][depth : depth + 1]):
            group = list(alike)
            if not letter:  # all the same: the best will do, the others are found by other words
                group = group[:_MOST_ROWS]
            if pack and len(pack) + len(group) > _MOST_ROWS:
                self._add(start, pack)
                pack = []
            if len(group) > _MOST_ROWS:
                self.cut(group, depth + 1)
                continue
            start = start if pack else group[0][0][: depth + len(letter)]
            pack += group
        if pack:
            self._add(start, pack)

    def _add(self, start: str, entries: Sequence[_Entry]) -> None:
        # a name may have two words in a block
        numbers = dict.fromkeys(rank % len(self._names) for _key, rank in entries)
        self.found.blocks[start] = [self._names[number] for number in numbers]

    def _best_of(self, entries: Sequence[_Entry], prefix: str) -> list[Name]:
        """The best, of all and of each namespace: first what is called *prefix* itself."""
        names, count = self._names, len(self._names)
        itself = [
            rank for key, rank in takewhile(lambda e: e[0] == prefix, entries) if rank < count
        ]
        ranks = sorted(rank for _key, rank in entries)
        found: dict[Name, None] = {}
        of_namespace: Counter[str] = Counter()
        missing = self._namespaces
        for rank in chain(itself, ranks):
            name = names[rank % count]
            of_one = of_namespace[name.namespace]
            if (len(found) < _BEST or of_one < _BEST_OF_NAMESPACE) and name not in found:
                found[name] = None
                of_namespace[name.namespace] += 1
                missing -= of_one + 1 == _BEST_OF_NAMESPACE
            elif not missing and len(found) >= _BEST:
                break
        return list(found)


def _common_length(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    length = min(len(one), len(other))
    return next((at for at in range(length) if one[at] != other[at]), length)


def _split(name: str) -> tuple[str, str]:
    """The namespace of a canonical name, and its title."""
    namespace, _, bare = name.partition("/")
    return namespace, split_words(bare)
