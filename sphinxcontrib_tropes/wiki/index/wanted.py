"""Wanted pages: names that are linked to or used, but not written."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from ...names import key_of
from ..facts.document import Place
from .links import WantedLink
from .records import Problem, Wanted
from .references import is_object
from .tables import ByKey, Part, kept_with, patched

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts
    from .backlinks import Backlinks
    from .edits import Edit
    from .links import InboundLinks
    from .names import PageNames
    from .outbound import Outbound
    from .references import InboundReferences

__all__ = ["WantedPages", "ambiguous_names", "has_same_ambiguous"]


class WantedPages(Part):
    """All wanted pages."""

    def __init__(
        self,
        names: PageNames,
        links: InboundLinks,
        references: InboundReferences,
        backlinks: Backlinks,
    ) -> None:
        self._names = names
        self._links = links
        self._references = references
        self._backlinks = backlinks
        self._found_names: ByKey[str] = ByKey()

    @patched
    def _by_key(self) -> dict[str, Wanted]:
        referenced = {key for key, _ in self._references.to_pages() if self._is_unwritten(key)}
        return {wanted.key: wanted for wanted in self._find(self.linked_keys | referenced)}

    @_by_key.rule
    def _count_again(self, known: dict[str, Wanted], edit: Edit) -> bool:
        was = {key: known.pop(key) for key in edit.keys if key in known}
        linked = filter(self._backlinks.is_linked, filter(self._is_unwritten, edit.keys))
        is_ = {found.key: found for found in self._find(set(linked), edit.keys)}
        known.update(is_)
        if was != is_:
            edit.changed.add(WantedPages._by_key)
        return True

    @kept_with(_by_key)
    def all(self) -> tuple[Wanted, ...]:
        """All wanted pages, most wanted first; if equal, most wanted in prose; then by name."""
        found = self._by_key.values()
        return tuple(sorted(found, key=lambda w: (-w.wants, -w.in_prose, w.key)))

    def _is_unwritten(self, key: str) -> bool:
        is_known = key in self._names.pages or self._names.is_external(key)
        return not is_known and not is_object(key)

    def _find(
        self, linked: AbstractSet[str], named: AbstractSet[str] | None = None
    ) -> Iterator[Wanted]:
        """The wanted pages among those that are *linked* and those that properties name.

        :param named: only these count of those that properties name.
        """
        links = self._links_to(linked)
        namings = self._backlinks.namings.keys()
        for key in links.keys() | (namings if named is None else namings & named):
            found = links.get(key, ())
            sources = {(link.docname, link.page) for link in found}
            sources |= self._backlinks.naming_sources(key)
            prose = {(link.docname, link.page) for link in found if link.is_prose}
            yield Wanted(key, self._spelling(key, found), len(sources), len(prose))

    @property
    def linked_keys(self) -> set[str]:
        """The keys of wanted pages with a link."""
        keys = {key for key in self._links.sources if key not in self._names.pages}
        return keys - self._names.external_keys

    def _links_to(self, keys: AbstractSet[str]) -> Mapping[str, Sequence[WantedLink]]:
        found: dict[str, list[WantedLink]] = defaultdict(list, self._links.wanted(keys))
        # a reference to a redirect may resolve to an unwritten page
        for key in keys & self._references.by_key.keys():
            for docname, link, *_ in self._references.by_key[key]:
                is_prose = link.place == Place.PROSE
                found[key].append(WantedLink(docname, link.page, link.target, is_prose))
        return found

    def _spelling(self, key: str, links: Sequence[WantedLink]) -> str:
        """The spelling that most links use; if equal, the one with the most words. Without links,
        the spelling of a property.
        """
        resolve = self._names.resolve
        if not links:
            namings = self._backlinks.namings[key]
            return min(resolve(naming.target).name for _docname, naming in namings)
        spellings = Counter(resolve(link.target).name for link in links)
        return min(spellings, key=lambda s: (-spellings[s], -sum(map(str.isupper, s)), s))

    def name(self, key: str) -> str:
        """The canonical name of a wanted page; empty for another key."""
        if key in self._names.pages:
            return ""
        if "_by_key" in vars(self):
            wanted = self._by_key.get(key)
            return wanted.name if wanted is not None else ""
        name = self._found_names.get(key)
        if name is None:
            # before all are known: a build after an edit needs few
            name = self._found_names[key] = self._find_name(key)
        return name

    def _find_name(self, key: str) -> str:
        is_wanted = self._is_unwritten(key) and self._backlinks.is_linked(key)
        links = self._links_to({key})[key] if is_wanted else ()
        return self._spelling(key, links) if links or key in self._backlinks.namings else ""


def ambiguous_names(
    facts: Mapping[str, DocumentFacts | PackedFacts], names: PageNames, links: InboundLinks
) -> Iterator[Problem]:
    """Unwritten names in links and properties, for which several other namespaces have pages."""
    keys = [
        key for key in links.sources if key not in names.pages and names.in_other_namespaces(key)
    ]
    for docname in sorted({docname for key in keys for docname in links.sources[key]}):
        yield from _ambiguous_links(docname, facts[docname], names)
    for docname, found in facts.items():
        yield from _ambiguous_namings(docname, found, names)


def has_same_ambiguous(edit: Edit, names: PageNames) -> bool:
    """Whether :func:`ambiguous_names` finds the same after an edit."""
    return all(
        _ambiguous_in(docname, before, names) == _ambiguous_in(docname, after, names)
        for docname, before, after in edit.changes
    )


def _ambiguous_in(docname: str, outbound: Outbound, names: PageNames) -> tuple[Problem, ...]:
    is_linked = any(
        key not in names.pages and names.in_other_namespaces(key) for key in outbound.keys
    )
    in_links = _ambiguous_links(docname, outbound.facts, names) if is_linked else ()
    return (*in_links, *_ambiguous_namings(docname, outbound.facts, names))


def _ambiguous_links(
    docname: str, facts: DocumentFacts | PackedFacts, names: PageNames
) -> Iterator[Problem]:
    for link in facts.links:
        if link.nth == 1 and names.resolve(link.target).kind == "ambiguous":
            yield _ambiguous(names, docname, link.line, link.target)


def _ambiguous_namings(
    docname: str, facts: DocumentFacts | PackedFacts, names: PageNames
) -> Iterator[Problem]:
    for naming in facts.namings:
        if naming.target and names.resolve(naming.target).kind == "ambiguous":
            yield _ambiguous(names, docname, naming.line, naming.target)


def _ambiguous(names: PageNames, docname: str, line: int, name: str) -> Problem:
    keys = names.in_other_namespaces(key_of(name))
    meant = ", ".join(names.pages[key].name for key in keys)
    sentence = f"{name} is not written, but may mean one of {meant}"
    return Problem("ambiguous", docname, line, sentence, name, "")
