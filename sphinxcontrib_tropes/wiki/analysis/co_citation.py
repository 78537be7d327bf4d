"""Co-citation: pages are related if other pages name them in one sentence.

A sentence that names many pages says little of each pair, and so does a page that names hundreds:
both count less. Lists of an index name everything and don't count, so that a hub does not relate
strangers.

The numbers of links on a page and to a page are rounded up to powers of two. So an edit changes the
related pages of the pages it names, and hardly ever those of others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import islice
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from ...names import path_of
from ..facts.document import Place, link_anchor
from ..index.tables import ByDocument, Lasting, Part, patched
from ..text.excerpts import Excerpt, excerpt, fold_blanks, sentence_ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..facts.document import DocumentFacts, Link
    from ..facts.packed import PackedFacts
    from ..index.edits import Edit
    from ..index.links import InboundLinks
    from ..index.names import PageNames

__all__ = ["CoCitation", "Related", "damping", "is_hub", "link_count"]

_MOST_IN_SENTENCE = 24
"""A sentence that names more pages is a list."""
_MOST_IN_DOCUMENT = 400
"""A document with more links is a hub."""
_MOST_CITED = 100
"""How many sentences that name a page count: more would add nothing new."""


class Related(NamedTuple):
    """A page that is named together with another."""

    key: str
    score: int
    """How close they are, up to 1000. The maximum is for two pages named by only one page, in one
    sentence that names no others.
    """
    docname: str
    """The document with the sentence that names both."""
    anchor: str
    """Id of the link to the related page in it."""
    name: str
    """Canonical name that this link uses."""
    excerpt: Excerpt
    """The sentence; its words are those of this link."""


class _Sentence(NamedTuple):
    """A sentence that names several pages."""

    docname: str
    links: Mapping[str, int]
    """Key of each page that it links to -> number of the first link, in the document, to that page."""
    weight: float
    """The weight of the sentence for each pair of pages."""


class CoCitation(Part):
    """Which pages are named together.

    :param facts: docname -> facts of each document.
    :param context_length: characters of text around a link.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        links: InboundLinks,
        names: PageNames,
        context_length: int,
    ) -> None:
        self._facts = facts
        self._links = links
        self._names = names
        self._context_length = context_length
        self._sentences: ByDocument[dict[str, list[_Sentence]]] = ByDocument()
        self._link_counts = _LinkCounts(links)

    @patched
    def _found(self) -> dict[str, dict[int, tuple[Related, ...]]]:
        return defaultdict(dict)

    @_found.rule
    def _forget(self, found: dict[str, object], edit: Edit) -> bool:
        """Drops what is related to the pages that are linked to now or before, and to those named
        with a page whose link count changed.
        """
        changed = set(edit.keys)
        for key in self._link_counts.count_again(edit.keys):
            changed |= self.named_with(key)
        for key in changed:
            found.pop(key, None)
        return True

    def related(self, key: str, most: int) -> tuple[Related, ...]:
        """The pages that are most often named with a page, the closest first.

        :param most: maximum number of pages.
        """
        known = self._found[key]
        found = known.get(most)
        if found is None:
            found = known[most] = self._related(key, most)
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
        counts = self._link_counts
        count = counts[key]
        ranked = sorted(
            [
                (-round(1000 * score / sqrt(count * counts[other])), other)
                for other, score in scores.items()
            ]
        )
        return tuple(
            self._reason(key, other, min(-score, 1000), best[other])
            for score, other in ranked[:most]
        )

    def named_with(self, key: str) -> set[str]:
        """The keys of the pages that any sentence names together with a page."""
        return {other for sentence in self._naming(key) for other in sentence.links}

    def _naming(self, key: str) -> Iterator[_Sentence]:
        """The sentences that name a page and others."""
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
        pages = self._names.pages
        keys = [key if key in pages else "" for key in self._links.target_keys(docname)]
        for sentence in _sentences(docname, facts, keys):
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
            _link_anchor(to_other),
            to_other.target,
            _naming_both(facts.texts[to_other.block], to_key, to_other, self._context_length),
        )


def is_hub(links: int) -> bool:
    """Whether a document has so many links that they say nothing about one another."""
    return links > _MOST_IN_DOCUMENT


def damping(links: int) -> float:
    """The weight of a sentence in a document with that many links."""
    return 1 / max(1, links.bit_length() - 1)


def link_count(documents: int) -> int:
    """The number of documents that link to a page, rounded up to a power of two."""
    return 1 << max(0, documents - 1).bit_length()


class _LinkCounts(Lasting[str, int]):
    """Key of a page -> :func:`link_count`."""

    def __init__(self, links: InboundLinks) -> None:
        super().__init__()
        self._links = links

    def count_again(self, keys: Iterable[str]) -> Iterator[str]:
        """Those of *keys* that have another count now than they were last seen with."""
        for key in keys:
            was = self.pop(key, None)
            if was is not None and was != self[key]:
                yield key

    def __missing__(self, key: str) -> int:
        found = self[key] = link_count(len(self._links.sources.get(key, ())))
        return found


def _link_anchor(link: Link) -> str:
    return link_anchor(path_of(link.target), link.nth)


def _sentences(
    docname: str, facts: DocumentFacts | PackedFacts, keys: Sequence[str]
) -> Iterator[_Sentence]:
    all_links = facts.links
    weight = damping(len(all_links))
    for block, links in _blocks(all_links, keys).items():
        if len(links) == 1:
            continue
        text = facts.texts[block]
        borders = list(sentence_ends(text, 0, len(text)))
        by_sentence: dict[int, dict[str, int]] = defaultdict(dict)
        for at in links:
            by_sentence[bisect_right(borders, all_links[at].start)].setdefault(keys[at], at)
        for together in by_sentence.values():
            if 1 < len(together) <= _MOST_IN_SENTENCE:
                yield _Sentence(docname, together, weight / (len(together) - 1))


def _blocks(links: Sequence[Link], keys: Sequence[str]) -> Mapping[int, list[int]]:
    """Number of a block of text -> numbers of the links in it that count."""
    blocks: dict[int, list[int]] = defaultdict(list)
    for at, (link, key) in enumerate(zip(links, keys, strict=True)):
        if key and link.place != Place.INDEX and not link.in_spoiler:
            blocks[link.block].append(at)
    return blocks


def _naming_both(text: str, one: Link, other: Link, length: int) -> Excerpt:
    """The sentence with both links and the words of *other* marked; a long one is shortened between
    them.
    """
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
