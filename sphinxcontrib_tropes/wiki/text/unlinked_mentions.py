"""Unlinked mentions: titles and aliases in the text of other pages, without a link.

An automaton (pyahocorasick) finds all titles in one pass over the text. A match counts if writers
use that phrase for links, if it can mean only one page, and if it is not an ordinary word: a single
word that is in lower case anywhere in the wiki is ordinary. (The filter is that of gwern.net's link
suggester, with the wiki itself as the dictionary.)
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from ...names import UNSPACED, key_of
from ..facts.document import COVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from ...names import Namespaces
    from ..facts.document import DocumentFacts, Passage
    from ..facts.packed import PackedFacts

__all__ = [
    "NOTHING_REFUSED",
    "Found",
    "MentionFinder",
    "Refused",
    "Unlinked",
    "has_automaton",
    "is_apart",
    "refused_in",
    "spellings",
    "usable_titles",
    "words_of_links",
]

_UNSPACED = re.compile(f"[{UNSPACED}]")
_SHORTEST = 3
"""Minimum letters of a phrase, in a script with spaces between words."""
_LONGEST = 100
"""Maximum letters of a phrase. Titles that contain one another ("aa aa", "aa aa aa") all match at
the same place: without a limit, time would be quadratic.
"""
_SUFFIXES = ("", "s", "es")
"""Endings of a link's words after the phrase: ``{{Funny Animal}}s``."""


class Unlinked(NamedTuple):
    """A phrase that could be a link."""

    key: str
    """Key of the page that it names."""
    docname: str
    passage: Passage
    start: int
    """Where it begins in the passage's text."""
    end: int


class Refused(NamedTuple):
    """Mentions that writers do not want to see."""

    phrases: frozenset[str]
    """Phrases, folded like the text."""
    pairs: frozenset[tuple[str, str]]
    """Key of a page, or docname, and key of the page not to suggest there."""


NOTHING_REFUSED = Refused(frozenset(), frozenset())


def refused_in(text: str, namespaces: Namespaces) -> Refused:
    """The refusals in a file: a line ``phrase`` applies everywhere, a line ``page -> page`` in the
    first page or document. A ``#`` begins a comment.
    """
    phrases, pairs = set(), set()
    for line in text.splitlines():
        entry = line.partition("#")[0].strip()
        source, arrow, target = entry.partition("->")
        if not arrow:
            source, arrow, target = entry.partition("→")
        to = namespaces.page_name(target) if arrow else None
        if to is not None:
            name = namespaces.page_name(source)
            pairs |= {(source.strip(), to.key), (name.key if name else "", to.key)}
        elif entry and not arrow:
            phrases.add(_fold(entry))
    return Refused(frozenset(phrases), frozenset(pairs))


def has_automaton() -> bool:
    """Whether pyahocorasick is installed, which finds the phrases."""
    return find_spec("ahocorasick") is not None


class Found(NamedTuple):
    """What one document says without a link."""

    mentions: list[tuple[Unlinked, str]]
    """Each mention and its phrase, folded, in order: of a page more than one perhaps."""
    ordinary_words: set[str]
    """Phrases of a single word that it has in lower case."""

    def first_of_each(self, ordinary_words: AbstractSet[str]) -> Iterator[Unlinked]:
        """The first mention of each page in each of its pages, without ordinary words.

        :param ordinary_words: those of all documents.
        """
        seen: set[tuple[int, str]] = set()
        for mention, phrase in self.mentions:
            place = mention.passage.page, mention.key
            if place not in seen and phrase not in ordinary_words:
                seen.add(place)
                yield mention


class MentionFinder:
    """Finds phrases that could be links, document by document.

    :param phrases: folded phrase -> key of its page.
    """

    def __init__(self, phrases: Mapping[str, str], refused: Refused) -> None:
        self.phrases = phrases
        self._refused = refused
        self._automaton = _automaton(phrases) if phrases else None

    def find(
        self, docname: str, document: DocumentFacts | PackedFacts, ends: Sequence[str]
    ) -> Found:
        """The phrases in a document.

        :param ends: the key of each link's page, or empty.
        """
        found = Found([], set())
        passages = document.passages
        if self._automaton is None or not passages:
            return found
        pages = [key_of(page.name) for page in document.pages]
        linked_spans = _link_spans(document)
        linked: dict[int, set[str]] = defaultdict(set)
        for link, target in zip(document.links, ends, strict=True):
            linked[link.page].add(target)
        for passage in passages:
            text = document.texts[passage.block]
            source = pages[passage.page] if passage.page >= 0 else docname
            already = linked[passage.page]
            for start, end in _longest(self._automaton, text, linked_spans.get(passage.block, ())):
                phrase = _fold(text[start:end])
                if " " not in phrase and text[start].islower():
                    found.ordinary_words.add(phrase)
                key = self.phrases[phrase]
                is_refused = {(source, key), (docname, key)} & self._refused.pairs
                if key not in already and key != source and not is_refused:
                    mention = Unlinked(key, docname, passage, start, end)
                    found.mentions.append((mention, phrase))
        return found


def _fold(text: str) -> str:
    """*text* in lower case, with one kind of space and apostrophe, at the same length."""
    folded = text.lower()
    if len(folded) != len(text):
        folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return folded.replace("\n", " ").replace("\u2019", "'").replace("\xa0", " ")


def words_of_links(
    document: DocumentFacts | PackedFacts, ends: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """The folded words of each link outside spoilers, and the key of its page."""
    for link, end in zip(document.links, ends, strict=True):
        if not link.in_spoiler:
            yield _fold(document.texts[link.block][link.start : link.end]), end


def usable_titles(titles: Iterable[tuple[str, str]], refused: Refused) -> dict[str, str]:
    """Folded phrase -> key of its page, if it is a title of only one page.

    :param titles: title or alias, and key of the written page that it names.
    """
    meanings: dict[str, set[str]] = defaultdict(set)
    for title, key in titles:
        meanings[_fold(title)].add(key)
    return {
        phrase: next(iter(keys))
        for phrase, keys in meanings.items()
        if len(keys) == 1
        and (len(phrase) >= _SHORTEST or _UNSPACED.search(phrase))
        and len(phrase) <= _LONGEST
        and phrase not in refused.phrases
    }


def spellings(phrase: str) -> list[str]:
    """The words of links that use a phrase."""
    return [phrase + suffix for suffix in _SUFFIXES]


def _automaton(phrases: Iterable[str]) -> Any:
    import ahocorasick  # type: ignore[import-not-found, unused-ignore]

    automaton = ahocorasick.Automaton()
    for phrase in phrases:
        automaton.add_word(phrase, len(phrase))
    automaton.make_automaton()
    return automaton


def _link_spans(document: DocumentFacts | PackedFacts) -> dict[int, list[tuple[int, int]]]:
    """Block -> start and end of its links, in order."""
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for link in document.links:
        spans[link.block].append((link.start, link.end))
    return spans


def _longest(
    automaton: Any, text: str, linked: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Start and end of the phrases in *text*, from left to right; the longest if they overlap."""
    starts, ends = [start for start, _ in linked], [end for _, end in linked]
    longest: dict[int, int] = {}  # by start: many titles share their beginning
    for last, length in automaton.iter(_fold(text)):
        start, end = last + 1 - length, last + 1
        following = bisect_right(ends, start)
        is_free = following == len(starts) or starts[following] >= end
        if is_free and is_apart(text, start, end):
            longest[start] = end
    free_from = 0
    for start, end in sorted(longest.items()):
        if start >= free_from:
            free_from = end
            yield start, end


def is_apart(text: str, start: int, end: int) -> bool:
    """Whether *text* from *start* to *end* is whole words."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return _is_edge(before, text[start]) and _is_edge(text[end - 1], after)


def _is_edge(left: str, right: str) -> bool:
    """Whether one word ends and another may begin between two characters."""
    if not left or not right or COVER in (left, right):
        return True
    if _UNSPACED.match(left) and _UNSPACED.match(right):
        return True
    return not (_is_of_word(left) and _is_of_word(right))


def _is_of_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"
