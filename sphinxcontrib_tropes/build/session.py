"""The wiki's part in a build: after reading, before and after writing."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import docname_join
from sphinx.util.nodes import make_refnode

from .._version import __version__
from ..builders import abilities
from ..config import counts_all
from ..data.map_files import is_atlas_there, remove_atlas, update_sentences, write_atlas
from ..data.previews import are_there, remove_shards, update_shards, write_shards
from ..data.tropes_json import is_data_there, write_data
from ..domain import TropeDomain
from ..findings import health_of
from ..messages import warn
from ..names import key_of
from ..pages.not_found import address_of_missing, missing_page, put_missing_page_at_root
from ..pages.plan import Generated, Kept, generate, stored
from ..pages.site_map import INDEX_LABEL, MAP_FOLDER, PREVIEWS_FOLDER
from ..rendering.context import Rendering
from ..rendering.other_extensions import Sitemap, cover_later, describe, look_sourceless
from ..stored_files import reported
from ..wiki.analysis.parted_titles import parted_links
from ..wiki.views.audit import own_problems
from ..wiki.views.document import DocumentView, digest
from ..wiki.views.invalidation import affected_by
from .backlink_pages import write_backlink_pages
from .output_state import Output, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from typing import Any

    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from ..wiki import Page, Resolution, Wiki
    from ..wiki.views.document import BacklinksView
    from ..wiki.views.invalidation import Affected

__all__ = ["WIKI_UPDATED", "setup"]

WIKI_UPDATED = "tropes-wiki-updated"

_SEVERAL = 2
"""Processes."""


class Build:
    """What one build keeps between its events."""

    def __init__(self, app: Sphinx, domain: TropeDomain) -> None:
        self._builder = app.builder
        self.sitemap = Sitemap(app)
        self.output = Output(app.builder, (__version__, *settings_of(app), *missing_page(app)))
        self.made_from = domain.fingerprint()
        self._stamps = domain.stamps
        made_from = f"{self.made_from} {self.output.made_by}"
        found = stored(app, made_from) if self.output.is_settled(self.made_from) else None
        self.is_settled = found is not None
        # on a clean build all pages are written: their views are looked at then, and not twice.
        # Other processes could not tell what they saw.
        self._is_told_later = (
            self.output.has_state
            and not any(self.output.digests().values())
            and app.parallel < _SEVERAL
            and abilities(app.builder).writes_directly
        )
        self.backlinks_to_write: list[str] = []
        self._affected: Affected | None = None
        self._kept: Kept | None = None
        self.generated = found or self._generate(app, domain, made_from)
        told = self._tell if self._is_told_later else None
        self.rendering = Rendering(
            app.builder, lambda: domain.wiki, self.generated.pages, told, health_of(app)
        )

    def _generate(self, app: Sphinx, domain: TropeDomain, made_from: str) -> Generated:
        """The generated documents: of what was there before, those alone that the changes may have
        changed, if that can be told.
        """
        config, wiki = app.config, domain.wiki
        fingerprint = domain.fingerprint_before()
        if (
            not self.output.is_settled(fingerprint)
            or counts_all(config)
            or config.tropes_unlinked_mentions
        ):
            return generate(app, wiki, made_from, is_told_later=self._is_told_later)
        before = stored(app, f"{fingerprint} {self.output.made_by}")
        if before is None and abilities(app.builder).has_generated_pages:
            return generate(app, wiki, made_from)
        changes, has_drawings = domain.changes(), bool(config.tropes_graph)
        affected = affected_by(wiki, changes, has_drawings=has_drawings)
        kept = Kept(before, self.output.digests(), affected) if before and affected else None
        generated = generate(app, wiki, made_from, kept)
        if not generated.taken:  # what is left out is told to every page
            self._affected, self._kept = affected, kept
        return generated

    @property
    def wiki(self) -> Wiki:
        """All facts together: made when it is first asked for."""
        return self.rendering.wiki

    def _whole(self, docname: str) -> Page | None:
        """The page that a document is, if it is one."""
        facts = self.wiki.documents.get(docname)
        page = facts.pages[0] if facts is not None and facts.pages else None
        return page if page is not None and not page.anchor else None

    def end_of_redirect(self, docname: str) -> Resolution | None:
        """Where a document leads that is nothing but a redirect."""
        page = self._whole(docname)
        if page is None or not page.redirect:
            return None
        to = self.wiki.resolve(page.name)
        if to.kind != "page" or to.key == key_of(page.name):
            return None
        return to._replace(anchor=self.wiki.anchor(to, page.name))

    def has_content(self, docname: str) -> bool:
        """Whether a document is more than a way to others."""
        pages = self.generated.pages
        if docname in self.generated.titles:
            return docname in (pages.index, pages.graph)
        return self.end_of_redirect(docname) is None

    def laconic(self, docname: str) -> str:
        """What a document says of itself in a line; empty if it does not."""
        page = self._whole(docname)
        return page.laconic if page is not None else ""

    def digests(self) -> dict[str, str]:
        """Docname -> digest of its view, for every document that shows anything foreign."""
        if self.is_settled:
            return self.output.digests()
        digests = {}
        documents = self.wiki.documents
        if self._is_told_later:
            return dict.fromkeys(documents, "") | self.generated.digests
        looked_at: Iterable[str] = documents
        if self._affected is not None:
            before = self.output.digests()
            looked_at = self._affected.documents | (documents.keys() - before.keys())
            digests = {docname: before[docname] for docname in documents.keys() & before.keys()}
        for docname in looked_at:
            digests[docname] = self._digest(docname, self.rendering.view(docname))
        return digests | self.generated.digests

    def _digest(self, docname: str, view: DocumentView) -> str:
        # red links lead to backlinks pages, where there are any; and another document may have the name
        # of a redirect, and say where it leads
        ends = tuple(map(self.generated.pages.backlinks, view.unwritten()))
        return digest((view, ends, self.generated.taken, self.end_of_redirect(docname)))

    def _tell(self, docname: str, view: DocumentView | BacklinksView) -> None:
        """A page is written from this view."""
        if not self.output.is_told(docname):
            if isinstance(view, DocumentView):
                of_view = self._digest(docname, view)
            else:
                of_view = self.generated.digest(view)
            self.output.tell(docname, of_view)

    def report(self, *, is_wanted_wrong: bool) -> None:
        """Warns of what only the whole wiki shows. Repeated in every build: unchanged pages are not
        re-read.
        """
        if not self.is_settled:
            self.output.problems = list(_problems(self.wiki, is_wanted_wrong=is_wanted_wrong))
        _warn(self.output.problems)

    def write_data(self) -> None:
        """Writes the wiki as data, unless it is there as it was."""
        output, noted = self.output, self.output.data
        if self.is_settled and is_data_there(self._builder, noted):
            return
        output.data = {}
        output.data = write_data(self._builder, self.wiki, noted, self._affected)

    def write_shards(self) -> None:
        """Writes what previews show, where there are to be any."""
        builder, output = self._builder, self.output
        config = builder.config
        # a book asks for nothing
        has_previews = config.tropes_preview and not abilities(builder).is_book
        folder = f"{config.tropes_pages_prefix}/{PREVIEWS_FOLDER}" if has_previews else ""
        if output.shards and output.shards != folder:
            remove_shards(builder, output.shards)
        output.shards = folder
        if folder and not (self.is_settled and are_there(builder, folder)):
            kept, pages = self._kept, self.generated.pages
            gone = kept.gone() if kept else ()
            if not kept or not update_shards(
                builder, self.wiki, pages, folder, kept.affected.pages, gone
            ):
                write_shards(builder, self.wiki, pages, folder)

    def write_atlas(self) -> None:
        """Writes what the map of the wiki is drawn from, where there is to be one."""
        builder, output, pages = self._builder, self.output, self.generated.pages
        has_data = not abilities(builder).is_book and (pages.graph or pages.missing)
        folder = f"{builder.config.tropes_pages_prefix}/{MAP_FOLDER}" if has_data else ""
        if output.atlas and output.atlas != folder:
            remove_atlas(builder, output.atlas)
        output.atlas = folder
        if folder and not (self.is_settled and is_atlas_there(builder, folder)):
            affected, stamps = self._affected, self._stamps()
            if affected is None or affected.whole & {"graph", "wanted"}:
                is_written = False
            elif pages.graph:
                is_written = update_sentences(
                    builder, self.wiki, pages, folder, stamps, affected.documents
                )
            else:  # names alone, for the page that is shown where none is
                is_written = is_atlas_there(builder, folder)
            if not is_written:
                write_atlas(builder, self.wiki, pages, folder, stamps)


def _warn(problems: Iterable[list[Any]]) -> None:
    for subtype, sentence, docname, line, file in problems:
        place = f"{file}:{line}" if file else (docname, line)
        warn(subtype, sentence, place, is_found=True)


def _problems(wiki: Wiki, *, is_wanted_wrong: bool) -> Iterator[list[Any]]:
    """Subtype, sentence, document, line and included file of each thing to warn of."""
    for problem in wiki.problems:
        yield [problem.kind, problem.sentence, problem.docname, problem.line, ""]
    for problem in own_problems(wiki):
        yield [problem.kind, problem.sentence, problem.docname, problem.line, ""]
    for found in parted_links(wiki):
        yield ["markup", found.sentence, found.docname, found.link.line, found.link.file]
    if not is_wanted_wrong:
        return
    for docname, facts in wiki.documents.items():
        for link in facts.links:
            resolution = wiki.resolve(link.target)
            if resolution.kind == "wanted":
                yield [
                    "wanted",
                    f"no page is called {resolution.name}",
                    docname,
                    link.line,
                    link.file,
                ]
        for naming in facts.namings:
            # a redirect shows a link, which is one of the above
            if not naming.target or naming.how == "redirect":
                continue
            resolution = wiki.resolve(naming.target)
            if resolution.kind == "wanted":
                sentence = f"no page is called {resolution.name}"
                yield ["wanted", sentence, docname, naming.line, naming.file]


def _domain(env: BuildEnvironment) -> TropeDomain:
    domain = env.domains["trope"]
    assert isinstance(domain, TropeDomain)
    return domain


def _begin(
    app: Sphinx,
    env: BuildEnvironment,
    added: AbstractSet[str],
    changed: AbstractSet[str],
    removed: AbstractSet[str],
) -> list[str]:
    """A build begins. An earlier one of this process may have been cut short, and what the wiki is
    made of beside the sources may be another now.
    """
    domain = _domain(env)
    if domain.build is not None:
        domain.build.generated.unregister(env)
    domain.build = domain.rendering = None
    domain.forget()
    return []


def _update(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """All sources are read: completes the wiki, and asks for the pages that show it otherwise
    than before.
    """
    domain = _domain(env)
    if app.events.listeners.get(WIKI_UPDATED):
        app.events.emit(WIKI_UPDATED, domain.wiki)
    is_wanted_wrong = app.config.tropes_wanted == "warn"
    if domain.is_only_read:
        domain.check_refused()
        _warn(_problems(domain.wiki, is_wanted_wrong=is_wanted_wrong))
        return []
    put_missing_page_at_root(app)
    build = domain.build = Build(app, domain)
    build.report(is_wanted_wrong=is_wanted_wrong)
    if not build.output.has_state:
        return []
    known = set(env.found_docs) | set(build.generated.docnames)
    build.output.remove_obsolete(known, domain.gone())
    outdated = build.output.outdated(build.digests(), build.made_from, domain.read())
    if not abilities(app.builder).writes_directly:
        return outdated
    names = build.generated.names
    build.backlinks_to_write = [docname for docname in outdated if docname in names]
    return [docname for docname in outdated if docname not in names]


def _write_backlinks(app: Sphinx) -> list[Any]:
    """The pages are written, and those that are no documents come last."""
    build = _domain(app.env).build
    if build is not None and build.backlinks_to_write:
        write_backlink_pages(app, build.rendering, build.generated, build.backlinks_to_write)
    return []


def _begin_writing(app: Sphinx, builder: Builder) -> None:
    domain = _domain(app.env)
    build = domain.build
    if build is None:
        return
    domain.rendering = build.rendering
    build.generated.register(app.env)


def _prune_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """All is written, and sitemaps come next."""
    env: BuildEnvironment | None = getattr(app, "env", None)
    build = _domain(env).build if env is not None else None
    if build is not None and exception is None and build.sitemap.is_of_theme:
        docnames = (*build.wiki.documents, *build.generated.titles)
        build.sitemap.prune(name for name in docnames if not build.has_content(name))


def _finish(app: Sphinx, exception: Exception | None) -> None:
    env: BuildEnvironment | None = getattr(app, "env", None)
    if env is None:
        return  # it failed before there was one
    domain = _domain(env)
    build = domain.build
    if build is None:
        return
    build.sitemap.list(is_listed=True)  # the setting stays as it was given
    domain.build = domain.rendering = None
    domain.settle()
    if exception is None and abilities(app.builder).has_generated_pages:
        for write in (build.write_data, build.write_shards, build.write_atlas):
            with reported(Path(app.outdir)):
                write()
    if exception is None:
        # what a failed build wrote is written again: Sphinx had no time to index it
        build.output.note_written()
    build.generated.unregister(env)


def _add_to_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    """A redirect leads on by itself, and the page for missing ones is right at any address."""
    build = _domain(app.env).build
    if build is None:
        return
    if pagename == build.generated.pages.missing:
        base = escape(address_of_missing(app.builder))
        context["metatags"] = f'<base href="{base}" />\n' + context["metatags"]
    elif not abilities(app.builder).is_book and (to := build.end_of_redirect(pagename)) is not None:
        uri = escape(build.rendering.uri(pagename, to.docname, to.anchor))
        context["metatags"] += (
            f'<meta http-equiv="refresh" content="0; url={uri}" />\n'
            f'<link rel="canonical" href="{uri}" />\n'
            '<meta name="robots" content="noindex" />\n'
        )


def _show_neighbours(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """A page is handed to themes and other extensions: this comes before them."""
    build = _domain(app.env).build
    if build is None:
        return
    if pagename in build.generated.titles:
        look_sourceless(pagename, context)
    elif laconic := build.laconic(pagename):
        describe(context, laconic)
    build.sitemap.list(is_listed=build.has_content(pagename))
    if doctree is not None:
        cover_later(doctree)


def _refer_to_generated(
    app: Sphinx, env: BuildEnvironment, node: Element, contnode: Element
) -> Element | None:
    """A reference to a generated page that is no document; its text alone for builders that write
    none, for that is no fault of the writer's.
    """
    target, prefix = node.get("reftarget", ""), app.config.tropes_pages_prefix
    here = node.get("refdoc", env.docname)
    docname = docname_join(here, target)
    if abilities(app.builder).has_generated_pages:
        build = _domain(env).build
        title = build and build.generated.titles.get(docname)
        if not title or node.get("reftype") != "doc":
            return None
        words = node.astext() if node["refexplicit"] else title
        shown = nodes.inline(words, words, classes=["doc"])
        return make_refnode(app.builder, here, docname, "", shown)
    is_generated = docname.startswith(f"{prefix}/") or target.removeprefix("#") == INDEX_LABEL
    return contnode if is_generated and node.get("refdomain") != "trope" else None


def setup(app: Sphinx) -> None:
    """Connects the wiki with the events of a build."""
    app.add_event(WIKI_UPDATED)
    app.connect("env-get-outdated", _begin, priority=0)
    # after every extension that adds to what was read
    app.connect("env-updated", _update, priority=900)
    app.connect("write-started", _begin_writing)
    app.connect("missing-reference", _refer_to_generated)
    app.connect("html-collect-pages", _write_backlinks)
    app.connect("html-page-context", _show_neighbours, priority=10)
    app.connect("html-page-context", _add_to_page)
    app.connect("build-finished", _prune_sitemap, priority=400)
    app.connect("build-finished", _finish)
