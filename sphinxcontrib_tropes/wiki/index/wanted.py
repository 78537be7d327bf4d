"""Wanted pages: names that are linked to or used, but not written."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from ...names import key_of
from ..facts.document import Place
from .links import WantedLink
from .records import Problem, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts
    from .backlinks import Backlinks
    from .links import InboundLinks
    from .names import PageNames
    from .references import InboundReferences

__all__ = ["WantedPages", "ambiguous_names"]


class WantedPages:
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
        self._all: tuple[Wanted, ...] | None = None
        self._found_names: dict[str, str] = {}

    @property
    def all(self) -> tuple[Wanted, ...]:
        """All wanted pages, most wanted first; if equal, most wanted in prose; then by name."""
        if self._all is None:
            found = list(self._find_all())
            found.sort(key=lambda w: (-w.wants, -w.in_prose, w.key))
            self._all = tuple(found)
            self._found_names = {wanted.key: wanted.name for wanted in found}
        return self._all

    def _find_all(self) -> Iterator[Wanted]:
        referenced = {
            key
            for key, _ in self._references.to_pages()
            if key not in self._names.pages and not self._names.is_external(key)
        }
        links = self._links_to(self.linked_keys | referenced)
        for key in links.keys() | self._backlinks.namings.keys():
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
        name = self._found_names.get(key)
        if name is None:
            # before all are known: a build after an edit needs few
            name = "" if self._all is not None else self._find_name(key)
            self._found_names[key] = name
        return name

    def _find_name(self, key: str) -> str:
        is_wanted = self._backlinks.is_linked(key) and not self._names.is_external(key)
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
        for link in facts[docname].links:
            if link.nth == 1 and names.resolve(link.target).kind == "ambiguous":
                yield _ambiguous(names, docname, link.line, link.target)
    for docname, found in facts.items():
        for naming in found.namings:
            if naming.target and names.resolve(naming.target).kind == "ambiguous":
                yield _ambiguous(names, docname, naming.line, naming.target)


def _ambiguous(names: PageNames, docname: str, line: int, name: str) -> Problem:
    keys = names.in_other_namespaces(key_of(name))
    meant = ", ".join(names.pages[key].name for key in keys)
    sentence = f"{name} is not written, but may mean one of {meant}"
    return Problem("ambiguous", docname, line, sentence, name, "")
