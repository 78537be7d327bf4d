"""Unlinked mentions: which pages name another page without linking to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ...names import PageName
from ..facts.document import Place
from ..text.unlinked_mentions import (
    Found,
    MentionFinder,
    Unlinked,
    spellings,
    usable_titles,
    words_of_links,
)
from .records import Backlink, Mention
from .tables import ByDocument, Part, lasting, patched

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts
    from ..text.unlinked_mentions import Refused
    from .backlinks import Backlinks
    from .edits import Edit
    from .names import PageNames

__all__ = ["UnlinkedMentions"]


class UnlinkedMentions(Part):
    """The unlinked mentions of each page.

    :param refused: phrases and pairs that do not count as mentions.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        names: PageNames,
        backlinks: Backlinks,
        refused: Refused,
    ) -> None:
        self._facts = facts
        self._names = names
        self._backlinks = backlinks
        self._refused = refused
        self._found: _ByPhrases = _ByPhrases()
        self._mentions: ByDocument[_Mentions] = ByDocument()

    @lasting
    def _titles(self) -> Mapping[str, str]:
        """Folded phrase -> key of its page, of those that may be looked for."""
        found = []
        for page in self._names.pages.values():
            if page.key not in self._names.final_keys:
                found.append((page.title, page.key))
                names = self._names.aliases.get(page.key, ())
                found += [(PageName(*name.split("/", 1)).title, page.key) for name in names]
        return usable_titles(found, self._refused)

    @patched
    def _used(self) -> dict[str, Counter[str]]:
        """Words of links that use a title -> keys of the pages that they link to, with how often."""
        words = {word for phrase in self._titles for word in spellings(phrase)}
        used: dict[str, Counter[str]] = {word: Counter() for word in words}
        for facts in self._facts.values():
            self._count(used, facts, 1)
        return used

    @_used.rule
    def _count_again(self, used: dict[str, Counter[str]], edit: Edit) -> bool:
        for _docname, before, after in edit.changes:
            self._count(used, before.facts, -1)
            self._count(used, after.facts, 1)
        return True

    def _count(
        self, used: dict[str, Counter[str]], facts: DocumentFacts | PackedFacts, by: int
    ) -> None:
        for word, end in words_of_links(facts, self._ends(facts)):
            if (ends := used.get(word)) is not None:
                ends[end] += by
                if not ends[end]:
                    del ends[end]

    def _ends(self, facts: DocumentFacts | PackedFacts) -> list[str]:
        """For each link of a document the key of its target; empty if that is unwritten."""
        resolved = (self._names.resolve(link.target) for link in facts.links)
        return [to.key if to.kind == "page" else "" for to in resolved]

    def _phrases(self) -> dict[str, str]:
        """Folded phrase -> key of its page, if links use it for that page alone."""
        found = {}
        for phrase, key in self._titles.items():
            ends = {end for word in spellings(phrase) for end in self._used[word]}
            if ends == {key}:
                found[phrase] = key
        return found

    @cached_property
    def phrases(self) -> tuple[Unlinked, ...]:
        """Every phrase that could be a link to a page, in order of documents."""
        return tuple(mention for found in self._by_document.values() for mention in found)

    @cached_property
    def _by_document(self) -> Mapping[str, tuple[Unlinked, ...]]:
        """Docname -> its phrases that could be links, of documents that have any."""
        if not any(facts.passages for facts in self._facts.values()):
            return {}
        finder = self._found.finder(self._phrases(), self._refused)
        for docname, facts in self._facts.items():
            if docname not in self._found:
                ends = self._ends(facts) if facts.passages else ()
                self._found[docname] = finder.find(docname, facts, ends)
        ordinary_words = set[str]().union(*(found.ordinary_words for found in self._found.values()))
        first = {
            docname: tuple(self._found[docname].first_of_each(ordinary_words))
            for docname in self._facts
        }
        return {docname: found for docname, found in first.items() if found}

    @cached_property
    def by_key(self) -> Mapping[str, tuple[Backlink, ...]]:
        """Key of a page -> the pages that mention it, in the order of backlinks. The anchor of a
        mention is that of its section.
        """
        found: dict[str, list[Backlink]] = defaultdict(list)
        for docname, phrases in self._by_document.items():
            known = self._mentions.get(docname)
            if known is None or known.phrases != phrases:
                known = _Mentions(phrases, [*map(self._backlink, phrases)])
                self._mentions[docname] = known
            for phrase, backlink in zip(phrases, known.backlinks, strict=True):
                found[phrase.key].append(backlink)
        return {key: self._backlinks.in_order(backlinks) for key, backlinks in found.items()}

    def _backlink(self, phrase: Unlinked) -> Backlink:
        passage = phrase.passage
        source = self._backlinks.source(phrase.docname, passage.page)
        words = self._backlinks.sentence(phrase.docname, passage.block, phrase.start, phrase.end)
        anchor = passage.section or source.anchor
        return source._replace(mentions=(Mention(anchor, words, Place.PROSE, False, ""),))


class _Mentions(NamedTuple):
    """The phrases of a document as backlinks of the pages that they name."""

    phrases: tuple[Unlinked, ...]
    backlinks: list[Backlink]


class _ByPhrases(ByDocument[Found]):
    """Docname -> what was found of some phrases."""

    def __init__(self) -> None:
        super().__init__()
        self._finder: MentionFinder | None = None

    def finder(self, phrases: Mapping[str, str], refused: Refused) -> MentionFinder:
        """What finds these phrases. Drops everything that was found of others."""
        if self._finder is None or self._finder.phrases != phrases:
            self.clear()
            self._finder = MentionFinder(phrases, refused)
        return self._finder
