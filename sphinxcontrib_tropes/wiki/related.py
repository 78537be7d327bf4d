"""Related pages: those that other pages name in the same sentence, most often and most tellingly.

Two pages that are named together are about the same thing; that is co-citation. A sentence that
names many says little of each pair, and so does a page that names hundreds: both count for less.
Lists of an index name everything and are left out; so a hub never brings strangers together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from math import log2, sqrt
from typing import TYPE_CHECKING, NamedTuple

from ..names import path_of
from .excerpts import Excerpt, excerpt, fold_blanks, sentence_ends
from .facts import Place, link_anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .facts import DocumentFacts, Link, PackedFacts

__all__ = ["CoCitation", "Related"]

_MOST_IN_SENTENCE = 24
"""A sentence that names more is a list."""
_MOST_IN_DOCUMENT = 400
"""A document that links more often is a hub."""
_MOST_CITED = 300
"""Of how many sentences that name a page are looked at: more tell nothing new."""


class Related(NamedTuple):
    """A page that is named together with another one."""

    key: str
    score: int
    """In thousandths: 1000 for two that are only ever named together, and nothing beside them."""
    docname: str
    """The document with the sentence that names both."""
    anchor: str
    """Id of the link to the related page there."""
    name: str
    """Canonical name by which that links to it."""
    excerpt: Excerpt
    """The sentence; its words are those of the link to the related page."""


class _Sentence(NamedTuple):
    """A sentence that names several pages."""

    docname: str
    links: tuple[int, ...]
    """Which of the document's links stand in it."""
    weight: float
    """What it counts for each pair in it."""


class CoCitation:
    """Which pages are named together.

    :param facts: docname -> facts of each document.
    :param ends: for each document, key of the written page that each of its links leads to; empty
        for a link that counts for nothing.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        ends: Mapping[str, Sequence[str]],
        context_length: int,
    ) -> None:
        self._facts = facts
        self._ends = ends
        self._context_length = context_length
        self._by_key: dict[str, list[_Sentence]] = defaultdict(list)
        self._cited: dict[str, float] = defaultdict(float)
        for docname, found in facts.items():
            if len(found.links) > _MOST_IN_DOCUMENT:
                continue
            for sentence in _sentences(docname, found, ends[docname]):
                for key in dict.fromkeys(ends[docname][at] for at in sentence.links):
                    self._by_key[key].append(sentence)
                    self._cited[key] += sentence.weight

    def related(self, key: str, most: int) -> tuple[Related, ...]:
        """The pages that are most often named with the page of this key, the closest first.

        :param most: how many at the most.
        """
        scores: dict[str, float] = defaultdict(float)
        best: dict[str, _Sentence] = {}
        for sentence in self._by_key.get(key, ())[:_MOST_CITED]:
            for other in dict.fromkeys(self._ends[sentence.docname][at] for at in sentence.links):
                if other != key:
                    scores[other] += sentence.weight
                    found = best.setdefault(other, sentence)
                    if sentence.weight > found.weight:
                        best[other] = sentence
        ranked = sorted(
            (
                (-round(1000 * score / sqrt(self._cited[key] * self._cited[other])), other)
                for other, score in scores.items()
            ),
        )
        return tuple(
            self._reason(key, other, -score, best[other]) for score, other in ranked[:most]
        )

    def _reason(self, key: str, other: str, score: int, sentence: _Sentence) -> Related:
        facts, ends = self._facts[sentence.docname], self._ends[sentence.docname]
        links = [(at, facts.links[at]) for at in sentence.links]
        to_key = next(link for at, link in links if ends[at] == key)
        to_other = next(link for at, link in links if ends[at] == other)
        return Related(
            other,
            score,
            sentence.docname,
            link_anchor_of(to_other),
            to_other.target,
            _naming_both(facts.texts[to_other.block], to_key, to_other, self._context_length),
        )


def link_anchor_of(link: Link) -> str:
    """The id of *link* in its document."""
    return link_anchor(path_of(link.target), link.nth)


def _sentences(
    docname: str, facts: DocumentFacts | PackedFacts, ends: Sequence[str]
) -> Iterator[_Sentence]:
    damping = 1 / log2(2 + len(facts.links))
    for links in _blocks(facts.links, ends):
        text = facts.texts[facts.links[links[0]].block]
        borders = list(sentence_ends(text, 0, len(text))) if len(links) > 1 else []
        by_sentence: dict[int, list[int]] = defaultdict(list)
        for at in links:
            by_sentence[bisect_right(borders, facts.links[at].start)].append(at)
        for together in by_sentence.values():
            keys = {ends[at] for at in together}
            if 1 < len(keys) <= _MOST_IN_SENTENCE:
                yield _Sentence(docname, tuple(together), damping / (len(keys) - 1))


def _blocks(links: Sequence[Link], ends: Sequence[str]) -> Iterable[list[int]]:
    """Which links stand in the same block of text, of those that count."""
    blocks: dict[int, list[int]] = defaultdict(list)
    for at, (link, end) in enumerate(zip(links, ends, strict=True)):
        if end and link.place != Place.INDEX and not link.in_spoiler:
            blocks[link.block].append(at)
    return blocks.values()


def _naming_both(text: str, one: Link, other: Link, length: int) -> Excerpt:
    """The sentence with both, the words of *other* marked; shortened between them if it is long."""
    start, end = min(one.start, other.start), max(one.end, other.end)
    if end - start <= length:
        whole = excerpt(text, start, end, length)
        return Excerpt(
            whole.before + fold_blanks(text[start : other.start]),
            fold_blanks(text[other.start : other.end]),
            fold_blanks(text[other.end : end]) + whole.after,
        )
    half = excerpt(text, one.start, one.end, length // 2)
    marked = excerpt(text, other.start, other.end, length // 2)
    if one.start < other.start:
        before = f"{half.before}{half.words}{half.after}".rstrip(" …")
        return marked._replace(before=f"{before} … {marked.before.lstrip(' …')}")
    after = f"{half.before}{half.words}{half.after}".lstrip(" …")
    return marked._replace(after=f"{marked.after.rstrip(' …')} … {after}")
