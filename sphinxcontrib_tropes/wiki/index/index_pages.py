"""Index pages, and the pages that they list."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of
from ..facts.document import Place
from .tables import Part, kept_with, lasting, patched

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts
    from .edits import Edit
    from .links import InboundLinks
    from .names import PageNames

__all__ = ["IndexPages"]


class _Naming(NamedTuple):
    """A page that names an index in a property."""

    to: str
    """Key of the index."""
    name: str
    """Canonical name of the index."""
    page: str
    """Key of the page."""


class IndexPages(Part):
    """All indexes, written or not, and their members."""

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        names: PageNames,
        links: InboundLinks,
    ) -> None:
        self._facts = facts
        self._names = names
        self._links = links

    @lasting
    def _namings(self) -> Sequence[_Naming]:
        """By title of the page."""
        pages = self._names.pages.values()
        return [
            _Naming(index.key, index.name, page.key)
            for page in sorted(pages, key=lambda page: (page.title.casefold(), page.key))
            for index in map(self._names.resolve, page.facts.indexes)
        ]

    @lasting
    def _index_names(self) -> Mapping[str, str]:
        return {naming.to: naming.name for naming in reversed(self._namings)}

    @patched
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """Key of each index, sorted -> keys of its members: first those that it lists, in its
        order, then those that name it in a property, by title.
        """
        members: dict[str, dict[str, None]] = defaultdict(dict)
        pages = self._names.pages
        for docname in self._links.documents_at(Place.INDEX):
            facts = self._facts[docname]
            for link in facts.links:
                if link.page < 0 or link.place != Place.INDEX or not link.opens_item:
                    continue
                index = key_of(facts.pages[link.page].name)
                member = self._names.resolve(link.target)
                if member.kind == "page" and pages[index].docname == docname:
                    members[index][member.key] = None
        for naming in self._namings:
            members[naming.to][naming.page] = None
        for index, listed in members.items():
            listed.pop(index, None)
        return {index: tuple(listed) for index, listed in sorted(members.items()) if listed}

    @members.rule
    def _lists_same(self, _members: object, edit: Edit) -> bool:
        return all(
            list(before.listed()) == list(after.listed())
            for _docname, before, after in edit.changes
        )

    @kept_with(members)
    def by_member(self) -> Mapping[str, tuple[str, ...]]:
        """Key of a page -> keys of the indexes that it is a member of, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for index, members in self.members.items():
            for member in members:
                found[member].append(index)
        return {key: tuple(indexes) for key, indexes in found.items()}

    def name(self, key: str) -> str:
        """The canonical name of an index in :attr:`members`."""
        page = self._names.pages.get(key)
        return page.name if page else self._index_names[key]

    @kept_with(members)
    def positions(self) -> Mapping[tuple[str, str], int]:
        """Key of an index and key of a member -> the member's position there, from 0."""
        return {
            (index, member): at
            for index, members in self.members.items()
            for at, member in enumerate(members)
        }
