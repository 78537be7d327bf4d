"""What one build keeps between its events: the plan of generated pages, and all views."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..builders import abilities
from ..config import counts_all
from ..data.emitters import Emission, emitters
from ..names import key_of
from ..pages.kinds import page_kinds
from ..pages.marks import marked, marks_of, shown_everywhere, unmarked
from ..pages.plan import PagePlan, Reusable, plan_pages, stored_plan
from ..rendering.context import Rendering
from ..wiki.views.document import DocumentView
from ..wiki.views.invalidation import invalidated_by
from ..wiki.views.parts import digest
from .input_digest import input_digest, input_digest_before, settings_digest
from .output_state import OutputState
from .problems import problems_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

    from ..domain import TropeDomain
    from ..wiki import Page, Resolution, Wiki
    from ..wiki.views.site_pages import BacklinksView

__all__ = ["BuildViews", "PageViews"]

_SEVERAL = 2
"""Number of processes from which a build is parallel."""


class PageViews:
    """What pages are written from: the wiki, and the plan of generated pages.

    :param note: as for :class:`.Rendering`.
    """

    def __init__(
        self,
        app: Sphinx,
        domain: TropeDomain,
        plan: PagePlan,
        note: Callable[[str, DocumentView | BacklinksView], None] | None = None,
    ) -> None:
        self._domain = domain
        self.plan = plan
        self.rendering = Rendering(
            app.builder,
            lambda: domain.wiki,
            plan.pages,
            {name: kind.page_maker(app) for name, kind in page_kinds(app).items()},
            note,
            domain.contents,
        )

    @property
    def wiki(self) -> Wiki:
        """The wiki, made from all facts on first use."""
        return self._domain.wiki

    def _whole_page(self, docname: str) -> Page | None:
        """The page that makes up a whole document, if it does."""
        facts = self.wiki.documents.get(docname)
        page = facts.pages[0] if facts is not None and facts.pages else None
        return page if page is not None and not page.anchor else None

    def end_of_redirect(self, docname: str) -> Resolution | None:
        """The page that a document finally redirects to, if the document is only a redirect."""
        page = self._whole_page(docname)
        if page is None or not page.redirect:
            return None
        to = self.wiki.resolve(page.name)
        if to.kind != "page" or to.key == key_of(page.name):
            return None
        return to._replace(anchor=self.wiki.anchor(to, page.name))

    def has_content(self, docname: str) -> bool:
        """Whether a document has content of its own, and not only links to other pages."""
        if docname in self.plan.titles:
            return docname in self.plan.kinds and self.plan.kinds[docname].is_listed
        return self.end_of_redirect(docname) is None

    def laconic(self, docname: str) -> str:
        """The laconic line of a document; empty if it has none."""
        page = self._whole_page(docname)
        return page.laconic if page is not None else ""


class BuildViews(PageViews):
    """The views of one build, from the end of reading on."""

    def __init__(self, app: Sphinx, domain: TropeDomain) -> None:
        self._app = app
        self._domain = domain
        self.output = OutputState(app.builder, settings_digest(app, app.builder))
        if abilities(app.builder).has_generated_pages:
            for emitter in emitters(app):  # recorded even if the build is interrupted
                self.output.note_emitted(emitter, self.output.emitted(emitter))
        self.input_digest = input_digest(domain)
        self._marks = [marks.of_build(app) for marks in marks_of(app)]
        found = None
        if self.output.is_complete(self.input_digest):
            found = stored_plan(app, self._plan_digest(self.input_digest))
        self.is_unchanged = found is not None
        """Whether every page is up to date with this wiki."""
        # A clean build writes all pages: views are then made only once, while writing. Worker
        # processes could not return their digests.
        self._defers_digests = (
            self.output.is_kept
            and not any(self.output.digests().values())
            and app.parallel < _SEVERAL
            and abilities(app.builder).writes_directly
        )
        self._reusable: Reusable | None = None
        note = self._note if self._defers_digests else None
        super().__init__(app, domain, found or self._plan(), note)

    def _plan_digest(self, input_digest: str) -> str:
        return f"{input_digest} {self.output.settings_digest}"

    def _plan(self) -> PagePlan:
        """The plan of generated pages. Reuses those that no change can affect, if known."""
        app, wiki, domain = self._app, self.wiki, self._domain
        of_input = self._plan_digest(self.input_digest)
        before_digest = input_digest_before(domain)
        if (
            not self.output.is_complete(before_digest)
            or counts_all(app.config)
            or app.config.tropes_unlinked_mentions
        ):
            return plan_pages(app, wiki, of_input, defers_digests=self._defers_digests)
        before = stored_plan(app, self._plan_digest(before_digest))
        if before is None and abilities(app.builder).has_generated_pages:
            return plan_pages(app, wiki, of_input)
        changes, has_drawings = domain.changes(), bool(app.config.tropes_graph)
        invalidated = invalidated_by(wiki, changes, has_drawings=has_drawings)
        if invalidated is None:
            return plan_pages(app, wiki, of_input)
        reusable = Reusable(before or PagePlan(), self._digests_before(), invalidated)
        plan = plan_pages(app, wiki, of_input, reusable if before else None)
        if not plan.collisions:  # every page depends on what is left out
            self._reusable = reusable
        return plan

    # -- digests

    def digests(self) -> dict[str, str]:
        """Docname -> digest of its view, for every document whose view depends on others."""
        digests = self._digests_before() if self.is_unchanged else self._digests_of_views()
        found = {docname: self._marked(docname, found) for docname, found in digests.items()}
        return found | self._digests_of_others(found.keys())

    def _digests_of_others(self, known: AbstractSet[str]) -> dict[str, str]:
        """Docname -> digest, for documents without facts, if they show something of the wiki."""
        others = self._app.env.found_docs - known
        if not others or not abilities(self._app.builder).has_generated_pages:
            return {}
        shown = self._shown_everywhere
        return dict.fromkeys(others, digest((shown, self.plan.collisions))) if shown else {}

    @cached_property
    def _shown_everywhere(self) -> str:
        return shown_everywhere(self._app, self.wiki)

    def _digests_before(self) -> dict[str, str]:
        """Docname -> digest of the view that its page was last written from, without its mark."""
        return {docname: unmarked(found) for docname, found in self.output.digests().items()}

    def _marked(self, docname: str, digest: str) -> str:
        mark = "".join(mark_of(docname) for mark_of in self._marks) if self._marks else ""
        return marked(digest, mark)

    def _digests_of_views(self) -> dict[str, str]:
        documents = self.wiki.documents
        if self._defers_digests:
            return dict.fromkeys(documents, "") | self.plan.digests
        digests: dict[str, str] = {}
        viewed: AbstractSet[str] = documents.keys()
        if self._reusable is not None:
            before = self._reusable.digests
            viewed = self._reusable.invalidated.documents | (documents.keys() - before.keys())
            digests = {docname: before[docname] for docname in documents.keys() & before.keys()}
        for docname in viewed:
            digests[docname] = self._digest(docname, self.rendering.view(docname))
        return digests | self.plan.digests

    def _digest(self, docname: str, view: DocumentView) -> str:
        # Red links point to backlinks pages, if there are any. Another document may have the name
        # of a redirect, and name its target.
        ends = tuple(map(self.plan.pages.backlinks, view.unwritten()))
        shown = [marks.of_wiki(self._app, self.wiki, docname) for marks in marks_of(self._app)]
        shown.append(self._shown_everywhere)
        return digest((view, ends, self.plan.collisions, self.end_of_redirect(docname), *shown))

    def _note(self, docname: str, view: DocumentView | BacklinksView) -> None:
        """Notes the digest of a view that a page is written from."""
        if self.output.lacks(docname):
            if isinstance(view, DocumentView):
                found = self._digest(docname, view)
            else:
                found = self.plan.digest(view)
            self.output.note(docname, self._marked(docname, found))

    # -- problems and data files

    def problems(self, *, is_wanted_wrong: bool) -> Iterable[list[object]]:
        """The problems of the wiki, for every build: unchanged pages are not re-read."""
        if not self.is_unchanged:
            found = problems_of(self.wiki, is_wanted_wrong=is_wanted_wrong)
            self.output.problems = list(found)
        return self.output.problems

    def emission(self) -> Emission:
        """What emitters write data files from."""
        reusable = self._reusable
        return Emission(
            self._app.builder,
            lambda: self.wiki,
            self.plan.pages,
            self._domain.digests,
            self.is_unchanged,
            reusable.invalidated if reusable else None,
            tuple(reusable.removed()) if reusable else (),
        )
