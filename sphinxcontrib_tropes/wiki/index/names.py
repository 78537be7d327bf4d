"""Who has which name: pages, their aliases, redirects, and where a name leads."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from ...names import key_of
from .records import Problem, Resolution, WikiPage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..exchange.foreign_reader import External
    from ..facts.document import DocumentFacts, Page
    from ..facts.packed import PackedFacts

__all__ = ["Directory"]


class Directory:
    """All names of a wiki.

    :param facts: docname -> what that document contributes, sorted.
    :param external: key -> the page of another project that has that name.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        external: Mapping[str, External],
    ) -> None:
        self._external = external
        self.problems: list[Problem] = []
        """Names that are claimed twice, and redirects that go round."""
        self.pages: dict[str, WikiPage] = {}
        """Key -> the page, redirects too, in order of documents."""
        self._claim_pages(facts)
        self._aliases: dict[str, str] = {}
        self._claim_aliases()
        self.leads_to = self._follow_redirects()
        """Key of each alias and redirect -> key at the end of the chain; a name in a loop leads to
        itself."""
        self._by_bare_name: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self.pages):
            self._by_bare_name[key.partition("/")[2]].append(key)
        self._resolutions: dict[str, Resolution] = {}

    def _claim_pages(self, facts: Mapping[str, DocumentFacts | PackedFacts]) -> None:
        for docname, found in facts.items():
            for page in found.pages:
                key = key_of(page.name)
                claimed = self.pages.setdefault(key, WikiPage(key, docname, page))
                if claimed.facts is not page:
                    self._report_duplicate(page.name, docname, page, claimed)

    def _claim_aliases(self) -> None:
        for key, page in self.pages.items():
            if page.facts.redirect:
                self._aliases[key] = page.facts.redirect
        for page in sorted(self.pages.values(), key=lambda page: (page.docname, page.key)):
            for alias in page.facts.aliases:
                key = key_of(alias)
                holder = self.pages.get(key)
                already = self._aliases.get(key)
                if key == page.key or (already and key_of(already) == page.key):
                    continue
                if holder is not None:
                    self._report_duplicate(alias, page.docname, page.facts, holder)
                elif already is not None:
                    first = self.pages[key_of(already)]
                    self._report_duplicate(alias, page.docname, page.facts, first)
                else:
                    self._aliases[key] = page.name

    def _report_duplicate(self, name: str, docname: str, page: Page, first: WikiPage) -> None:
        sentence = (
            f"the name {name} is claimed twice: links to it go to {first.docname!r}, "
            f"line {first.facts.line}"
        )
        self.problems.append(
            Problem("duplicate", docname, page.line, sentence, page.name, first.name)
        )

    def _follow_redirects(self) -> dict[str, str]:
        leads_to: dict[str, str] = {}
        for start in sorted(self._aliases):
            chain = {start: None}  # a set that keeps its order
            end = start
            while end in self._aliases and end not in leads_to:
                end = key_of(self._aliases[end])
                if end in chain:
                    loop = list(chain)[list(chain).index(end) :]
                    self._report_loop(loop)
                    leads_to |= {key: key for key in loop}
                    break
                chain[end] = None
            end = leads_to.get(end, end)
            for key in chain:
                leads_to.setdefault(key, end)
        return {key: end for key, end in leads_to.items() if key in self._aliases}

    def _report_loop(self, loop: list[str]) -> None:
        names = [self.pages[key].name if key in self.pages else key for key in loop]
        at = min((self.pages[key] for key in loop if key in self.pages), key=lambda p: p.docname)
        sentence = f"the redirects go round in a circle: {' -> '.join([*names, names[0]])}"
        self.problems.append(Problem("redirect", at.docname, at.facts.line, sentence, at.name, ""))

    def resolve(self, name: str) -> Resolution:
        """Where the canonical *name* leads."""
        resolution = self._resolutions.get(name)
        if resolution is None:
            resolution = self._resolutions[name] = self._resolve(name)
        return resolution

    def _resolve(self, name: str) -> Resolution:
        key = key_of(name)
        end = self.leads_to.get(key, key)
        via = ""
        if end != key:
            holder = self.pages.get(key)
            via = holder.name if holder else name
        page = self.pages.get(end)
        if page is not None:
            return _to_page(page, via)
        if (external := self._external.get(end)) is not None:
            return _to_external(end, external, via)
        elsewhere = self.elsewhere(end)
        if len(elsewhere) == 1:
            found = self.leads_to.get(elsewhere[0], elsewhere[0])
            if found in self.pages:
                return _to_page(self.pages[found], via)
        wanted = self._aliases_end_name(key, end, name)
        return Resolution("ambiguous" if elsewhere else "wanted", end, wanted, via=via)

    def redirect_section(self, name: str) -> str:
        """Slug of the section that the redirects on the way from the canonical *name* lead to, the
        first that says one; or empty.
        """
        key = key_of(name)
        while self.leads_to.get(key, key) != key:
            page = self.pages.get(key)
            if page is not None and page.facts.redirect_section:
                return page.facts.redirect_section
            key = key_of(self._aliases[key])
        return ""

    def elsewhere(self, key: str) -> list[str]:
        """Keys of the pages of that name in other namespaces, if *key* is a bare one."""
        namespace, _, bare = key.partition("/")
        return self._by_bare_name.get(bare, []) if namespace == "main" else []

    def _aliases_end_name(self, key: str, end: str, name: str) -> str:
        """The canonical name, as written, of the missing page at the *end* of a chain."""
        while key != end:
            name = self._aliases[key]
            key = key_of(name)
        return name

    def of_bare_name(self, bare: str) -> Sequence[str]:
        """Keys of the pages of that name in all namespaces, sorted."""
        return self._by_bare_name.get(bare, ())

    @cached_property
    def aliases(self) -> Mapping[str, tuple[str, ...]]:
        """Key of a page -> the canonical names of its aliases and of redirects to it, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for key, end in self.leads_to.items():
            if key != end and end in self.pages:
                found[end].append(self.name(key))
        return {key: tuple(sorted(names)) for key, names in found.items()}

    def name(self, key: str) -> str:
        """The canonical name of a page or alias, as it says itself."""
        page = self.pages.get(key)
        return page.name if page else self._alias_names[key]

    @cached_property
    def _alias_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for page in self.pages.values():
            for alias in page.facts.aliases:
                names.setdefault(key_of(alias), alias)
        return names


def _to_page(page: WikiPage, via: str) -> Resolution:
    facts = page.facts
    return Resolution("page", page.key, facts.name, page.docname, facts.anchor, facts.title, via)


def _to_external(key: str, page: External, via: str) -> Resolution:
    title = page.title or page.stamp
    return Resolution("external", key, page.name, "", "", title, via, page.project, page.uri)
