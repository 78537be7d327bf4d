"""How tropes are played, as the examples of tropes and works say it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from ...names import MAIN, key_of
from ...names.played import LABELS
from ..facts.document import Flag
from ..index.outbound import Outbound
from ..index.tables import Part, kept_with, patched

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..index.edits import Edit
    from ..wiki import Wiki

__all__ = ["PlayedExamples", "played_examples"]

_OUTCOMES = frozenset({"straight", "subverted", "double-subverted", "averted", "inverted"})
"""Labels that exclude one another; the others may hold besides."""
_OPEN = frozenset({"zig-zagged", "played-with"})
"""Labels that contradict none."""


class PlayedExamples(Part):
    """What the examples of all pages say, seen from both pages."""

    def __init__(self, wiki: Wiki) -> None:
        self._wiki = wiki

    @patched
    def by_page(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Key of a page -> key of another written page -> how the first says that the trope is played,
        each label once.
        """
        found: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        wiki = self._wiki
        for docname in wiki.documents_with(Flag.HAS_PLAYED):
            facts = wiki.documents[docname]
            keys = {name: wiki.resolve(name).key for name in facts.pointers.targets}
            for page, labels, other in Outbound(facts, keys).played():
                source = key_of(facts.pages[page].name)
                if other in wiki.pages and other != source:
                    found[source][other].update(dict.fromkeys(labels.split()))
        return {
            source: {other: tuple(labels) for other, labels in others.items()}
            for source, others in found.items()
        }

    @by_page.rule
    def _stays(self, _by_page: object, edit: Edit) -> bool:
        return all(
            list(before.played()) == list(after.played())
            for _docname, before, after in edit.changes
        )

    @kept_with(by_page)
    def by_other(self) -> Mapping[str, Sequence[str]]:
        """Key of a page -> keys of the pages that say something of it, as in :attr:`by_page`."""
        found: dict[str, list[str]] = defaultdict(list)
        for source, others in self.by_page.items():
            for other in others:
                found[other].append(source)
        return dict(found)

    def labels(self, key: str, other: str) -> tuple[str, ...]:
        """How a page says that the trope is played which it and the *other* page are about."""
        return self.by_page.get(key, {}).get(other, ())

    def _labels_there(self, key: str, other: str) -> tuple[str, ...]:
        """What the *other* page says, as far as it counts on this one."""
        return self.labels(other, key) if self._wiki.pages[other].facts.counts else ()

    def counts(self, key: str) -> tuple[tuple[str, int], ...]:
        """How many pages play the trope of a page, or of how many tropes a work plays them, in which
        way, whichever page says it; most first. Pages excluded from backlinks say nothing of others.
        """
        others = {*self.by_page.get(key, ()), *self.by_other.get(key, ())}
        counts = Counter(
            label
            for other in others
            for label in {*self.labels(key, other), *self._labels_there(key, other)}
        )
        return tuple(sorted(counts.items(), key=lambda c: (-c[1], LABELS.index(c[0]))))

    @kept_with(by_page)
    def contradictions(self) -> Mapping[str, Sequence[str]]:
        """Key of a trope's page -> keys of the works that say of it something that its page
        contradicts, sorted.
        """
        pages = self._wiki.pages
        return {
            key: sorted(contradicted)
            for key, others in self.by_page.items()
            if key in pages and pages[key].namespace == MAIN
            and (contradicted := [other for other in others if self._contradicts(key, other)])
        }  # fmt: skip

    def _contradicts(self, key: str, work: str) -> bool:
        here, there = {*self.labels(key, work)}, {*self.labels(work, key)}
        if not self._wiki.pages[work].is_work or (here | there) & _OPEN:
            return False
        here, there = here & _OUTCOMES, there & _OUTCOMES
        return bool(here and there) and here.isdisjoint(there)


def played_examples(wiki: Wiki) -> PlayedExamples:
    """How the examples of *wiki* say that tropes are played, found once."""
    return wiki.part(PlayedExamples)
