"""Page names: pages, aliases, redirects, and which page a name resolves to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ...names import key_of
from .records import Problem, Resolution, WikiPage
from .tables import ByOwnKey, Lasting, Part, lasting, patched

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeAlias

    from ..facts.document import DocumentFacts
    from ..facts.packed import PackedFacts
    from ..facts.page import Page
    from .edits import Edit
    from .records import External

    _Facts: TypeAlias = DocumentFacts | PackedFacts

__all__ = ["PageNames"]


class _Claims:
    """Which page each alias and redirect belongs to.

    :param facts: docname -> facts, sorted.
    """

    def __init__(self, facts: Mapping[str, DocumentFacts | PackedFacts]) -> None:
        self.problems: list[Problem] = []
        self.pages: dict[str, WikiPage] = {}
        self._claim_pages(facts)
        self.next_names: dict[str, str] = {}
        """Key of an alias or redirect -> the name behind it."""
        self._claim_aliases()
        self.final_keys = self._follow_redirects()

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
                self.next_names[key] = page.facts.redirect
        for page in sorted(self.pages.values(), key=lambda page: (page.docname, page.key)):
            for alias in page.facts.aliases:
                key = key_of(alias)
                holder = self.pages.get(key)
                already = self.next_names.get(key)
                if key == page.key or (already and key_of(already) == page.key):
                    continue
                if holder is not None:
                    self._report_duplicate(alias, page.docname, page.facts, holder)
                elif already is not None:
                    first = self.pages[key_of(already)]
                    self._report_duplicate(alias, page.docname, page.facts, first)
                else:
                    self.next_names[key] = page.name

    def _report_duplicate(self, name: str, docname: str, page: Page, first: WikiPage) -> None:
        sentence = (
            f"the name {name} is claimed twice: links to it go to {first.docname!r}, "
            f"line {first.facts.line}"
        )
        line = page.line_of(name)
        self.problems.append(Problem("duplicate", docname, line, sentence, page.name, first.name))

    def _follow_redirects(self) -> dict[str, str]:
        final_keys: dict[str, str] = {}
        for start in sorted(self.next_names):
            chain = {start: None}  # a set that keeps its order
            end = start
            while end in self.next_names and end not in final_keys:
                end = key_of(self.next_names[end])
                if end in chain:
                    loop = list(chain)[list(chain).index(end) :]
                    self._report_loop(loop)
                    final_keys |= {key: key for key in loop}
                    break
                chain[end] = None
            end = final_keys.get(end, end)
            for key in chain:
                final_keys.setdefault(key, end)
        return {key: end for key, end in final_keys.items() if key in self.next_names}

    def _report_loop(self, loop: list[str]) -> None:
        names = [self.pages[key].name if key in self.pages else key for key in loop]
        at = min((self.pages[key] for key in loop if key in self.pages), key=lambda p: p.docname)
        sentence = f"the redirects go round in a circle: {' -> '.join([*names, names[0]])}"
        self.problems.append(Problem("redirect", at.docname, at.facts.line, sentence, at.name, ""))


class PageNames(Part):
    """All page names of a wiki.

    :param facts: docname -> facts, sorted.
    :param external: key -> the page of another project with that name.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        external: Mapping[str, External],
    ) -> None:
        self._facts = facts
        self._external = external
        self._resolutions: Lasting[str, Resolution] = Lasting()
        self._sections: ByOwnKey[dict[str, str]] = ByOwnKey()

    @lasting
    def _claims(self) -> _Claims:
        return _Claims(self._facts)

    @patched
    def pages(self) -> dict[str, WikiPage]:
        """Key -> page, including redirects, in the order of documents."""
        return self._claims.pages

    @pages.rule
    def _replace_pages(self, pages: dict[str, WikiPage], edit: Edit) -> bool:
        for docname, _before, after in edit.changes:
            for page in after.facts.pages:
                key = key_of(page.name)
                pages[key] = WikiPage(key, docname, page)
        return True

    @lasting
    def problems(self) -> Sequence[Problem]:
        """Names that two pages claim, and loops of redirects."""
        return self._claims.problems

    @lasting
    def documents_with_problems(self) -> frozenset[str]:
        """The documents that :attr:`problems` show a line of."""
        others = {self.pages[key_of(found.other)] for found in self.problems if found.other}
        return frozenset(
            {found.docname for found in self.problems} | {page.docname for page in others}
        )

    def stay(self, before: Mapping[str, _Facts | None], after: Mapping[str, _Facts | None]) -> bool:
        """Whether all names, and what follows from names alone, are the same after a change.

        :param before: docname -> earlier facts of each changed document; None if there are none.
        :param after: docname -> its facts now, or None.
        """
        for docname, now in after.items():
            was = before[docname]
            if was is None and now is None:
                continue
            if was is None or now is None or self._in(docname, was) != self._in(docname, now):
                return False
            keys = {key_of(page.name) for page in now.pages}
            # other documents may have a share in a page that they claim, too
            if len(keys) < len(now.pages) or any(
                self.pages[key].docname != docname for key in keys
            ):
                return False
        return True

    def _in(self, docname: str, facts: _Facts) -> list[Page]:
        """The pages of a document, without what no name depends on."""
        pages = [
            page._replace(laconic="", lead="", sections=(), picture="", openings=())
            for page in facts.pages
        ]
        has_lines = docname in self.documents_with_problems
        return pages if has_lines else [page._replace(line=0, alias_lines=()) for page in pages]

    @lasting
    def final_keys(self) -> Mapping[str, str]:
        """Key of each alias and redirect -> key at the end of the chain. A name in a loop has its own
        key.
        """
        return self._claims.final_keys

    @lasting
    def _next_names(self) -> Mapping[str, str]:
        return self._claims.next_names

    @lasting
    def _by_bare_name(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self.pages):
            found[key.partition("/")[2]].append(key)
        return dict(found)

    # -- from a name to its page

    def resolve(self, name: str) -> Resolution:
        """What the canonical *name* resolves to."""
        resolution = self._resolutions.get(name)
        if resolution is None:
            resolution = self._resolutions[name] = self._resolve(name)
        return resolution

    def _resolve(self, name: str) -> Resolution:
        key = key_of(name)
        end = self.final_key(key)
        via = ""
        if end != key:
            holder = self.pages.get(key)
            via = holder.name if holder else name
        page = self.pages.get(end)
        if page is not None:
            return _to_page(page, via)
        if (external := self._external.get(end)) is not None:
            return _to_external(end, external, via)
        elsewhere = self.in_other_namespaces(end)
        if len(elsewhere) == 1:
            found = self.final_key(elsewhere[0])
            if found in self.pages:
                return _to_page(self.pages[found], via)
        wanted = self._last_name(key, end, name)
        return Resolution("ambiguous" if elsewhere else "wanted", end, wanted, via=via)

    def _last_name(self, key: str, end: str, name: str) -> str:
        """The canonical name, as written, of the missing page at the *end* of a chain."""
        while key != end:
            name = self._next_names[key]
            key = key_of(name)
        return name

    def final_key(self, key: str) -> str:
        """The key of the page that an alias or redirect resolves to; otherwise *key* itself."""
        return self.final_keys.get(key, key)

    def page(self, key: str) -> WikiPage | None:
        """The page with this key, alias or redirect; None if it is not written."""
        return self.pages.get(self.final_key(key))

    def written(self, keys: Iterable[str]) -> tuple[WikiPage, ...]:
        """The pages with these keys, aliases or redirects, each once."""
        ends = dict.fromkeys(map(self.final_key, keys))
        return tuple(self.pages[end] for end in ends if end in self.pages)

    def is_external(self, key: str) -> bool:
        """Whether this is the key of a page of another project."""
        return key in self._external and key not in self.pages

    @property
    def external_keys(self) -> set[str]:
        """The keys of the pages of other projects."""
        return set(self._external)

    def in_other_namespaces(self, key: str) -> Sequence[str]:
        """If *key* is in the main namespace, the keys of pages with that name in the others."""
        namespace, _, bare = key.partition("/")
        return self._by_bare_name.get(bare, ()) if namespace == "main" else ()

    def meanings(self, key: str) -> tuple[WikiPage, ...]:
        """The pages that an ambiguous name may mean: those with that name in other namespaces."""
        return self.written(self.in_other_namespaces(key))

    def siblings(self, key: str) -> tuple[WikiPage, ...]:
        """The pages with the same name in all namespaces, without redirects, by key; empty if there
        is only one.
        """
        keys = self._by_bare_name.get(key.partition("/")[2], ())
        pages = tuple(self.pages[key] for key in keys if key not in self.final_keys)
        return pages if len(pages) > 1 else ()

    # -- sections

    def anchor(self, resolution: Resolution, name: str, section: str = "") -> str:
        """The id, in its document, that a link to the canonical *name* goes to.

        :param resolution: of the name.
        :param section: slug; without one, that of a redirect on the way counts.
        """
        if resolution.kind != "page":
            return resolution.anchor
        if resolution.via and not section:
            section = self.redirect_section(name)
        return (section and self.section(resolution.key, section)) or resolution.anchor

    def redirect_section(self, name: str) -> str:
        """The slug of the first section that a redirect after *name* points to, or empty."""
        key = key_of(name)
        while self.final_key(key) != key:
            page = self.pages.get(key)
            if page is not None and page.facts.redirect_section:
                return page.facts.redirect_section
            key = key_of(self._next_names[key])
        return ""

    def section(self, key: str, slug: str) -> str:
        """The id of a section of the page with this key, or empty.

        Hyphens don't count: ``Page#InThisWork`` is ``Page#in-this-work``.
        """
        if key not in self._sections:
            sections = reversed(self.pages[key].facts.sections)  # for each name, the first counts
            self._sections[key] = {slug.replace("-", ""): id_ for slug, id_ in sections}
        return self._sections[key].get(slug.replace("-", ""), "")

    # -- from a page to its names

    @lasting
    def aliases(self) -> Mapping[str, tuple[str, ...]]:
        """Key of a page -> canonical names of its aliases and of redirects to it, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for key, end in self.final_keys.items():
            if key != end and end in self.pages:
                found[end].append(self.name(key))
        return {key: tuple(sorted(names)) for key, names in found.items()}

    def name(self, key: str) -> str:
        """The canonical name of a page or alias, as its page spells it."""
        page = self.pages.get(key)
        return page.name if page else self._alias_names[key]

    @lasting
    def _alias_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for page in self.pages.values():
            for alias in page.facts.aliases:
                names.setdefault(key_of(alias), alias)
        return names

    @lasting
    def sorted_keys(self) -> Sequence[str]:
        """The keys of all pages, aliases and redirects, sorted."""
        return sorted({*self.pages, *self.final_keys})


def _to_page(page: WikiPage, via: str) -> Resolution:
    facts = page.facts
    return Resolution("page", page.key, facts.name, page.docname, facts.anchor, facts.title, via)


def _to_external(key: str, page: External, via: str) -> Resolution:
    title = page.title or page.stamp
    return Resolution("external", key, page.name, "", "", title, via, page.project, page.uri)
