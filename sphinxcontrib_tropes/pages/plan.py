"""Plans the pages without a source: which ones exist, and which must be written again.

Their doctrees are built in code and stored where Sphinx keeps all doctrees (:mod:`.stored_plan`).
They are registered as documents only for the write phase, in memory
(:mod:`..internals.sphinx.virtual_documents`): theme, search, ``:doc:`` links, the inventory and
parallel writing then work as for any page. HTML builders write backlinks pages differently
(:mod:`..build.backlink_pages`): for these, the plan keeps only names, titles and digests.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..builders import abilities
from ..domain import trope_domain
from ..internals.sphinx.generated_entries import show_entries
from ..internals.sphinx.virtual_documents import VirtualDocument, register, unregister
from ..reading.slots import trope_generated
from ..repository.found_hosts import host_of
from ..stored_files import reported
from ..wiki.views.invalidation import WHOLE
from ..wiki.views.parts import digest
from ..wiki.views.site_pages import backlinks_view
from .backlinks import backlinks_pages
from .collisions import collisions, report
from .kinds import PageKind, page_kinds
from .marks import shown_everywhere
from .site_map import INDEX_LABEL, Pages, backlinks_title
from .stored_plan import StoredPage, read_plan, store_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ..wiki import Wiki
    from ..wiki.views.invalidation import Invalidated

__all__ = ["PagePlan", "Reusable", "plan_pages", "stored_plan"]


@dataclass
class PagePlan:
    """The pages without a source of one build."""

    pages: Pages = field(default_factory=Pages)
    kinds: Mapping[str, PageKind] = field(default_factory=dict)
    """Docname -> kind, for all pages except backlinks pages."""
    backlinks: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Docname of each backlinks page -> key of the name, and number of the part."""
    titles: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    """Docname -> digest of its view; empty if noted later, when the page is written. A plan read
    from disk has no digests.
    """
    has_direct_backlinks: bool = False
    """Whether backlinks pages are not documents: see :attr:`.Abilities.writes_directly`."""
    collisions: tuple[str, ...] = ()
    """Pages left out because a document of the user has their name: nothing links to them."""
    shown_everywhere: str = ""
    """As :func:`.marks.shown_everywhere`."""
    _take_back: Callable[[], None] | None = None
    """What takes their entries out of toctrees again."""

    def digest(self, view: tuple[Any, ...]) -> str:
        """The digest of a page with this view."""
        of_kind = sorted(self.pages.of_kind.items())
        return digest((view, of_kind, self.collisions, self.shown_everywhere))

    def register(self, env: BuildEnvironment) -> None:
        """Registers the pages with Sphinx, for the write phase."""
        entries = trope_domain(env).generated_entries
        if entries and self.kinds:
            self._take_back = show_entries(env, entries, self.kinds)
        documents = {
            docname: VirtualDocument(title, self._is_searched(docname))
            for docname, title in self._documents()
        }
        register(env, documents, self._labels())

    def unregister(self, env: BuildEnvironment) -> None:
        """Removes the pages again: the next build in this process must not find them."""
        if self._take_back is not None:
            self._take_back()
            self._take_back = None
        unregister(env, [docname for docname, _title in self._documents()], self._labels())

    def _is_searched(self, docname: str) -> bool:
        return docname in self.kinds and self.kinds[docname].is_searched

    def _labels(self) -> dict[str, str]:
        return {INDEX_LABEL: self.pages.index} if self.pages.index else {}

    def _documents(self) -> Iterator[tuple[str, str]]:
        """Docname and title of each page that is written as a document."""
        left_out = self.backlinks if self.has_direct_backlinks else {}
        return (item for item in self.titles.items() if item[0] not in left_out)


class Reusable(NamedTuple):
    """What a build reuses from the one before."""

    plan: PagePlan
    """The stored plan."""
    digests: Mapping[str, str]
    """Docname -> digest of the view that the page was written from."""
    invalidated: Invalidated
    """What may have changed since then."""

    def removed(self) -> Iterator[str]:
        """The backlinks pages that may no longer exist."""
        backlinks = self.plan.backlinks.items()
        return (docname for docname, (key, _part) in backlinks if key in self.invalidated.keys)


def stored_plan(app: Sphinx, plan_digest: str) -> PagePlan | None:
    """The plan of an earlier build, if it was made from the same input.

    :param plan_digest: a digest of the wiki and of every setting that pages depend on.
    """
    able = abilities(app.builder)
    if not able.has_generated_pages:
        return None
    found = read_plan(app, plan_digest)
    if found is None or collisions(app, found):
        return None
    backlinks = {d: (page.key, page.part) for d, page in found.items() if page.key}
    kinds = {docname: page.kind for docname, page in found.items() if not page.key}
    known = page_kinds(app)
    prefix = app.config.tropes_pages_prefix
    return PagePlan(
        Pages(
            {kind: docname for docname, kind in kinds.items()},
            frozenset(backlinks),
            prefix,
            None if able.is_book else host_of(app.config),
        ),
        {docname: known[kind] for docname, kind in kinds.items()},
        backlinks,
        {docname: page.title for docname, page in found.items()},
        has_direct_backlinks=able.writes_directly,
    )


def plan_pages(
    app: Sphinx,
    wiki: Wiki,
    plan_digest: str,
    reusable: Reusable | None = None,
    *,
    defers_digests: bool = False,
) -> PagePlan:
    """Plans the pages for the current *wiki*, and stores the doctrees that changed.

    :param plan_digest: as for :func:`stored_plan`.
    :param reusable: what to reuse; without it all views are made.
    :param defers_digests: whether to make no views of backlinks pages, because all pages are
        written in any case.
    """
    able = abilities(app.builder)
    if not able.has_generated_pages:
        return PagePlan()
    kinds = {kind.docname(app, wiki): kind for kind in page_kinds(app).values()}
    kinds.pop("", None)
    backlinks = _backlinks(app, wiki, reusable)
    found = collisions(app, [*kinds, *backlinks])
    if reusable is not None and found:
        return plan_pages(app, wiki, plan_digest)  # every page depends on what is left out
    report(found)
    kinds = {docname: kind for docname, kind in kinds.items() if docname not in found}
    backlinks = {docname: backlinks[docname] for docname in sorted(backlinks.keys() - found.keys())}
    pages = Pages(
        {kind.name: docname for docname, kind in kinds.items()},
        frozenset(backlinks),
        app.config.tropes_pages_prefix,
        None if able.is_book else host_of(app.config),
    )
    plan = PagePlan(
        pages,
        kinds,
        backlinks,
        has_direct_backlinks=able.writes_directly,
        collisions=tuple(sorted(found)),
        shown_everywhere=shown_everywhere(app, wiki),
    )
    planned = _Planned(plan, reusable)
    planned.add_kinds(app, wiki)
    planned.add_backlinks(wiki, defers_digests=defers_digests)
    with reported(Path(app.doctreedir)):
        store_plan(app, plan_digest, planned.stored(), planned.slots, plan.collisions)
    return plan


def _backlinks(app: Sphinx, wiki: Wiki, reusable: Reusable | None) -> dict[str, tuple[str, int]]:
    """Docname -> key and part, for all backlinks pages."""
    if not app.config.tropes_backlinks_pages:
        return {}
    prefix = app.config.tropes_pages_prefix
    if reusable is None:
        return backlinks_pages(prefix, wiki, wiki.targets)
    invalidated = reusable.invalidated.keys
    same = {
        docname: (key, part)
        for docname, (key, part) in reusable.plan.backlinks.items()
        if key not in invalidated
    }
    return same | backlinks_pages(prefix, wiki, invalidated)


class _Planned:
    """Fills a plan, page by page."""

    def __init__(self, plan: PagePlan, reusable: Reusable | None) -> None:
        self._plan = plan
        self._reusable = reusable
        self.slots: dict[str, trope_generated] = {}
        """Docname -> the slot in its doctree, for each page that is not reused."""

    def add_kinds(self, app: Sphinx, wiki: Wiki) -> None:
        for docname, kind in self._plan.kinds.items():
            if self._reusable and kind.name in WHOLE - self._reusable.invalidated.whole:
                self._reuse(docname, self._reusable)
                continue
            slot = trope_generated(kind=kind.name, key="", part=1)
            self._add(docname, kind.title(), self._plan.digest(kind.view_of(app)(wiki)), slot)

    def add_backlinks(self, wiki: Wiki, *, defers_digests: bool) -> None:
        plan = self._plan
        parts = Counter(key for key, _part in plan.backlinks.values())
        for docname, (key, part) in plan.backlinks.items():
            if self._reusable and key not in self._reusable.invalidated.keys:
                self._reuse(docname, self._reusable)
                continue
            of_view = "" if defers_digests else plan.digest(backlinks_view(wiki, key, part))
            slot = trope_generated(kind="backlinks", key=key, part=part)
            self._add(docname, backlinks_title(wiki, key, part, parts[key]), of_view, slot)

    def _add(self, docname: str, title: str, digest: str, slot: trope_generated) -> None:
        self._plan.titles[docname] = str(title)
        self._plan.digests[docname] = digest
        self.slots[docname] = slot

    def _reuse(self, docname: str, reusable: Reusable) -> None:
        self._plan.titles[docname] = reusable.plan.titles[docname]
        self._plan.digests[docname] = reusable.digests[docname]

    def stored(self) -> dict[str, StoredPage]:
        """Docname -> what to store for the page."""
        plan = self._plan
        found = {}
        for docname, title in plan.titles.items():
            key, part = plan.backlinks.get(docname, ("", 1))
            kind = plan.kinds[docname].name if docname in plan.kinds else ""
            found[docname] = StoredPage(title, kind, key, part)
        return found
