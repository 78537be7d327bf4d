"""Related pages: those that other pages name in the same sentence, most often and most tellingly.

Two pages that are named together are about the same thing; that is co-citation. A sentence that
names many says little of each pair, and so does a page that names hundreds: both count for less.
Lists of an index name everything and are left out; so a hub never brings strangers together.

How many links a page has, and how many lead to it, counts by powers of two: so an edit changes what
is related to the pages that it names, and hardly ever anything else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import islice
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from ...names import path_of
from ..facts.document import Place, link_anchor
from ..text.excerpts import Excerpt, excerpt, fold_blanks, sentence_ends

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..facts.document import DocumentFacts, Link
    from ..facts.packed import PackedFacts
    from ..index.links import InboundLinks

__all__ = ["CoCitation", "Related", "damping", "fame", "is_hub"]

_MOST_IN_SENTENCE = 24
"""A sentence that names more is a list."""
_MOST_IN_DOCUMENT = 400
"""A document that links more often is a hub."""
_MOST_CITED = 100
"""Of how many sentences that name a page are looked at: more tell nothing new."""


class Related(NamedTuple):
    """A page that is named together with another one."""

    key: str
    score: int
    """How close they are: 1000 at the most, as two that only one page names, in one sentence and with
    nothing beside them."""
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
    links: Mapping[str, int]
    """The keys that links in it lead to, and for each the first of the document's links that does."""
    weight: float
    """What it counts for each pair in it."""


class CoCitation:
    """Which pages are named together.

    :param facts: docname -> facts of each document.
    :param links: those of all documents.
    :param is_written: whether the page with a key is.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        links: InboundLinks,
        is_written: Callable[[str], bool],
        context_length: int,
    ) -> None:
        self._facts = facts
        self._links = links
        self._is_written = is_written
        self._context_length = context_length
        self._sentences: dict[str, dict[str, list[_Sentence]]] = {}
        self._found: dict[tuple[str, int], tuple[Related, ...]] = {}
        self._fames = _Fames(links)

    def related(self, key: str, most: int) -> tuple[Related, ...]:
        """The pages that are most often named with the page of this key, the closest first.

        :param most: how many at the most.
        """
        found = self._found.get((key, most))
        if found is None:
            found = self._found[key, most] = self._related(key, most)
        return found

    def _related(self, key: str, most: int) -> tuple[Related, ...]:
        scores: dict[str, float] = defaultdict(float)
        best: dict[str, _Sentence] = {}
        for sentence in islice(self._naming(key), _MOST_CITED):
            weight = sentence.weight
            for other in sentence.links:
                scores[other] += weight
                if other not in best or weight > best[other].weight:
                    best[other] = sentence
        scores.pop(key, None)
        fames = self._fames
        fame = fames[key]
        ranked = sorted(
            [
                (-round(1000 * score / sqrt(fame * fames[other])), other)
                for other, score in scores.items()
            ]
        )
        return tuple(
            self._reason(key, other, min(-score, 1000), best[other])
            for score, other in ranked[:most]
        )

    def named_with(self, key: str) -> set[str]:
        """Keys of the pages that are named with the page of this key in any sentence."""
        return {end for sentence in self._naming(key) for end in sentence.links}

    def fame(self, key: str) -> int:
        """How many documents link to a page: the next power of two."""
        return self._fames[key]

    def _naming(self, key: str) -> Iterator[_Sentence]:
        """The sentences that name the page of this key and others."""
        for docname in self._links.sources.get(key, ()):
            found = self._sentences.get(docname)
            if found is None:
                found = self._sentences[docname] = self._by_key(docname)
            yield from found.get(key, ())

    def _by_key(self, docname: str) -> dict[str, list[_Sentence]]:
        found: dict[str, list[_Sentence]] = defaultdict(list)
        facts = self._facts[docname]
        if is_hub(len(facts.links)):
            return found
        ends = [end if self._is_written(end) else "" for end in self._links.ends(docname)]
        for sentence in _sentences(docname, facts, ends):
            for key in sentence.links:
                found[key].append(sentence)
        return found

    def _reason(self, key: str, other: str, score: int, sentence: _Sentence) -> Related:
        facts = self._facts[sentence.docname]
        to_key, to_other = facts.links[sentence.links[key]], facts.links[sentence.links[other]]
        return Related(
            other,
            score,
            sentence.docname,
            link_anchor_of(to_other),
            to_other.target,
            _naming_both(facts.texts[to_other.block], to_key, to_other, self._context_length),
        )


def is_hub(links: int) -> bool:
    """Whether a document has so many links that they say nothing of one another."""
    return links > _MOST_IN_DOCUMENT


def damping(links: int) -> float:
    """What a sentence of a document with that many links counts."""
    return 1 / max(1, links.bit_length() - 1)


def fame(documents: int) -> int:
    """The next power of two for how many documents link to a page."""
    return 1 << max(0, documents - 1).bit_length()


class _Fames(dict[str, int]):
    """Key -> :func:`fame` of a page."""

    def __init__(self, links: InboundLinks) -> None:
        super().__init__()
        self._links = links

    def __missing__(self, key: str) -> int:
        found = self[key] = fame(len(self._links.sources.get(key, ())))
        return found


def link_anchor_of(link: Link) -> str:
    """The id of *link* in its document."""
    return link_anchor(path_of(link.target), link.nth)


def _sentences(
    docname: str, facts: DocumentFacts | PackedFacts, ends: Sequence[str]
) -> Iterator[_Sentence]:
    all_links = facts.links
    weight = damping(len(all_links))
    for block, links in _blocks(all_links, ends).items():
        if len(links) == 1:
            continue
        text = facts.texts[block]
        borders = list(sentence_ends(text, 0, len(text)))
        by_sentence: dict[int, dict[str, int]] = defaultdict(dict)
        for at in links:
            by_sentence[bisect_right(borders, all_links[at].start)].setdefault(ends[at], at)
        for together in by_sentence.values():
            if 1 < len(together) <= _MOST_IN_SENTENCE:
                yield _Sentence(docname, together, weight / (len(together) - 1))


def _blocks(links: Sequence[Link], ends: Sequence[str]) -> Mapping[int, list[int]]:
    """Which links stand in the same block of text, of those that count."""
    blocks: dict[int, list[int]] = defaultdict(list)
    for at, (link, end) in enumerate(zip(links, ends, strict=True)):
        if end and link.place != Place.INDEX and not link.in_spoiler:
            blocks[link.block].append(at)
    return blocks


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
