"""The wiki's part in the builds of one application, event by event."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, ref

from docutils import nodes
from sphinx.util import docname_join
from sphinx.util.nodes import make_refnode

from ..builders import abilities
from ..data.emitters import emit, emitters
from ..domain import trope_domain
from ..internals.sitemaps import Sitemap
from ..internals.sphinx.listeners import modules_listening
from ..internals.sphinx.pages_at_once import write_at_once
from ..messages import warn
from ..pages.site_map import INDEX_LABEL
from ..reading.only_conditions import changed_conditions
from ..reading.settings import refused_mentions
from ..rendering.context import set_rendering
from ..rendering.other_extensions import cover_later, describe, look_sourceless
from .backlink_pages import write_backlink_pages
from .book import Book
from .epub import leave_out_redirects
from .problems import problems_of, warn_of
from .remote_wikis import load
from .views import BuildViews, PageViews

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from typing import Any

    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from ..pages.plan import PagePlan

__all__ = ["WIKI_UPDATED", "Session", "session_of", "setup"]

WIKI_UPDATED = "tropes-wiki-updated"


class Session:
    """The event handlers, in the order of a build, and their shared state: one per application."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._build: BuildViews | None = None
        """The current build, from the end of reading to the end of writing."""
        self._pages: PageViews | None = None
        """What pages are written from: those of the current build, or of :meth:`write_first`."""
        self._plan: PagePlan | None = None
        """The generated pages of the last build that ended well, if single pages can be written."""
        self._backlinks_to_write: list[str] = []
        self._book: Book | None = None
        self._sitemap: Sitemap | None = None

    def connect(self) -> None:
        """Connects the handlers."""
        connect = self._app.connect
        connect("builder-inited", self._take_tags)
        # before other extensions look at the remains of an interrupted build
        connect("env-get-outdated", self._begin, priority=0)
        # after every extension that changes what was read
        connect("env-updated", self._update, priority=900)
        connect("write-started", self._begin_writing)
        connect("missing-reference", self._refer_to_generated)
        # before themes and other extensions
        connect("html-page-context", self._describe_page, priority=10)
        connect("html-page-context", self._lead_on)
        connect("html-collect-pages", self._write_backlinks)
        # after the pages of all extensions
        connect("html-collect-pages", self._leave_out_redirects, priority=900)
        connect("build-finished", self._prune_sitemap, priority=400)
        connect("build-finished", self._finish)

    # -- reading

    def _take_tags(self, app: Sphinx) -> None:
        trope_domain(app.env).tags = app.tags

    def _begin(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: AbstractSet[str],
        changed: AbstractSet[str],
        removed: AbstractSet[str],
    ) -> list[str]:
        """Starts a build. An earlier build in this process may have been interrupted, and what the
        wiki is made from besides the sources may have changed.

        :returns: the documents to read again.
        """
        self._end()
        domain = trope_domain(env)
        domain.forget()
        domain.federation = load(app)
        return changed_conditions(env, app.tags)

    def _end(self) -> None:
        if self._pages is not None:
            self._pages.plan.unregister(self._app.env)
            set_rendering(self._app.env, None)
        if self._sitemap is not None:
            self._sitemap.list(is_listed=True)  # restore the setting
        if self._book is not None:
            self._book.close()
        self._build = self._pages = self._sitemap = self._book = None
        self._backlinks_to_write = []

    def _update(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Completes the wiki once all sources are read.

        :returns: the documents whose pages must be written again.
        """
        domain = trope_domain(env)
        if modules_listening(app, WIKI_UPDATED):
            app.events.emit(WIKI_UPDATED, domain.wiki)
        is_wanted_wrong = app.config.tropes_wanted == "warn"
        if domain.is_only_read:
            refused_mentions(env, partial(warn, "config"))
            warn_of(problems_of(domain.wiki, is_wanted_wrong=is_wanted_wrong))
            return []
        domain.note_contents()
        self._sitemap = Sitemap(app)
        build = self._build = self._pages = BuildViews(app, domain)
        warn_of(build.problems(is_wanted_wrong=is_wanted_wrong))
        output, self._book = build.output, Book(app, lambda: build.wiki)
        if not output.is_kept:
            return []
        output.remove_obsolete({*env.found_docs, *build.plan.titles}, domain.documents_removed())
        outdated = output.outdated(build.digests(), build.input_digest, domain.documents_read())
        if not abilities(app.builder).writes_directly:
            return sorted({*outdated, *self._book.outdated})
        backlinks = build.plan.backlinks
        self._backlinks_to_write = [docname for docname in outdated if docname in backlinks]
        return [docname for docname in outdated if docname not in backlinks]

    # -- writing

    def _begin_writing(self, app: Sphinx, builder: Builder) -> None:
        if self._pages is not None:
            set_rendering(app.env, self._pages.rendering)
            self._pages.plan.register(app.env)
            if self._book is not None:
                self._book.open()

    @property
    def can_write_first(self) -> bool:
        """Whether :meth:`write_first` has an effect: a build of this application has ended well, and
        its builder writes each page by itself.
        """
        return self._plan is not None

    def write_first(self, docnames: Sequence[str]) -> None:
        """Writes the pages of documents that were read since the last build. Generated pages are
        taken to be where they were; the next build writes all that these pages lack.
        """
        app, plan = self._app, self._plan
        if plan is None:
            return
        domain = trope_domain(app.env)
        self._pages, self._sitemap = PageViews(app, domain, plan), Sitemap(app)
        _ = domain.wiki  # completed while generated pages are no documents, as in a build
        try:
            self._begin_writing(app, app.builder)
            write_at_once(app, docnames)
        finally:
            self._end()

    def _refer_to_generated(
        self, app: Sphinx, env: BuildEnvironment, node: Element, contnode: Element
    ) -> Element | None:
        """Resolves a reference to a generated page that is not a document.

        For builders without generated pages, the result is the text alone, without a warning: the
        writer made no mistake.
        """
        target, prefix = node.get("reftarget", ""), app.config.tropes_pages_prefix
        here = node.get("refdoc", env.docname)
        docname = docname_join(here, target)
        if abilities(app.builder).has_generated_pages:
            title = self._pages and self._pages.plan.titles.get(docname)
            if not title or node.get("reftype") != "doc":
                return None
            words = node.astext() if node["refexplicit"] else title
            shown = nodes.inline(words, words, classes=["doc"])
            return make_refnode(app.builder, here, docname, "", shown)
        is_generated = docname.startswith(f"{prefix}/") or target.removeprefix("#") == INDEX_LABEL
        return contnode if is_generated and node.get("refdomain") != "trope" else None

    def _describe_page(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Gives themes and other extensions what they need to know about a page."""
        pages = self._pages
        if pages is None or self._sitemap is None:
            return
        if pagename in pages.plan.titles:
            look_sourceless(pagename, context)
            if pagename in pages.plan.kinds:
                tags = pages.plan.kinds[pagename].metatags(app)
                context["metatags"] = tags + context["metatags"]
        elif laconic := pages.laconic(pagename):
            describe(context, laconic)
        # a page that is written first is written again, and listed then
        is_first = self._build is None
        self._sitemap.list(is_listed=not is_first and pages.has_content(pagename))
        if doctree is not None:
            cover_later(doctree)

    def _lead_on(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Makes a redirect page forward readers automatically."""
        pages = self._pages
        if pages is None or abilities(app.builder).is_book:
            return
        to = pages.end_of_redirect(pagename)
        if to is not None:
            uri = escape(pages.rendering.uri(pagename, to.docname, to.anchor))
            context["metatags"] += (
                f'<meta http-equiv="refresh" content="0; url={uri}" />\n'
                f'<link rel="canonical" href="{uri}" />\n'
                '<meta name="robots" content="noindex" />\n'
            )

    def _write_backlinks(self, app: Sphinx) -> list[Any]:
        """Writes the backlinks pages, after the documents."""
        if self._build is not None and self._backlinks_to_write:
            build = self._build
            write_backlink_pages(app, build.rendering, build.plan, self._backlinks_to_write)
        return []

    def _leave_out_redirects(self, app: Sphinx) -> list[Any]:
        if self._build is not None and abilities(app.builder).is_book:
            documents = self._build.wiki.documents
            leave_out_redirects(app, filter(self._build.end_of_redirect, documents))
        return []

    # -- the end

    def _prune_sitemap(self, app: Sphinx, exception: Exception | None) -> None:
        """Removes pages without content from the sitemap, before extensions write it."""
        build = self._build
        if build is None or self._sitemap is None or exception is not None:
            return
        if self._sitemap.is_of_theme:
            docnames = (*build.wiki.documents, *build.plan.titles)
            self._sitemap.prune(name for name in docnames if not build.has_content(name))

    def _finish(self, app: Sphinx, exception: Exception | None) -> None:
        build = self._build
        if build is None:
            return
        if self._sitemap is not None:
            self._sitemap.list(is_listed=True)  # restore the setting
        set_rendering(app.env, None)
        trope_domain(app.env).end_build()
        if exception is None and abilities(app.builder).has_generated_pages:
            emission, output = build.emission(), build.output
            for emitter in emitters(app):
                output.note_emitted(emitter, emit(emitter, emission, output.emitted(emitter)))
        if exception is None:
            # pages of a failed build are written again: Sphinx did not index them
            build.output.note_written()
            self._plan = build.plan if abilities(app.builder).writes_directly else None
        self._end()


_sessions: WeakKeyDictionary[Sphinx, ref[Session]] = WeakKeyDictionary()


def session_of(app: Sphinx) -> Session:
    """The session of an application with this extension."""
    session = _sessions[app]()
    assert session is not None
    return session


def setup(app: Sphinx) -> None:
    """Connects the wiki to the events of a build."""
    app.add_event(WIKI_UPDATED)
    session = Session(app)
    session.connect()
    _sessions[app] = ref(session)  # weak: the session refers to app, whose events keep it
