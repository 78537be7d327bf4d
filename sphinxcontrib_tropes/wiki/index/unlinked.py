"""Unlinked mentions: which pages name another page without linking to it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from ...names import PageName
from ..facts.document import Place
from ..text.unlinked_mentions import Unlinked, find_unlinked
from .records import Backlink, Mention
from .tables import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts
    from ..text.unlinked_mentions import Refused
    from .backlinks import Backlinks
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

    @cached_property
    def phrases(self) -> tuple[Unlinked, ...]:
        """Every phrase that could be a link to a page, in order of documents."""
        if not any(facts.passages for facts in self._facts.values()):
            return ()
        targets = {docname: self._targets(facts) for docname, facts in self._facts.items()}
        return tuple(find_unlinked(self._facts, targets, self._titles(), self._refused))

    def _targets(self, facts: DocumentFacts | PackedFacts) -> list[str]:
        """For each link of a document the key of its target; empty if that is unwritten."""
        resolved = (self._names.resolve(link.target) for link in facts.links)
        return [to.key if to.kind == "page" else "" for to in resolved]

    def _titles(self) -> Iterator[tuple[str, str]]:
        """Each title and alias, and the key of its page."""
        for page in self._names.pages.values():
            if page.key not in self._names.final_keys:
                yield page.title, page.key
                for name in self._names.aliases.get(page.key, ()):
                    yield PageName(*name.split("/", 1)).title, page.key

    @cached_property
    def by_key(self) -> Mapping[str, tuple[Backlink, ...]]:
        """Key of a page -> the pages that mention it, in the order of backlinks. The anchor of a
        mention is that of its section.
        """
        found: dict[str, list[Backlink]] = defaultdict(list)
        for phrase in self.phrases:
            passage = phrase.passage
            source = self._backlinks.source(phrase.docname, passage.page)
            place = phrase.docname, passage.block, phrase.start, phrase.end
            words = self._backlinks.sentence(*place)
            mention = Mention(passage.section or source.anchor, words, Place.PROSE, False, "")
            found[phrase.key].append(source._replace(mentions=(mention,)))
        return {key: self._backlinks.in_order(backlinks) for key, backlinks in found.items()}
