"""Backlinks pages, written without being documents of Sphinx.

A wiki has as many as names. For each document Sphinx loads a doctree, runs a score of transforms,
makes three translators and feeds its search: all in vain for a page that lists what other pages say.
So HTML is made from the nodes at once, and Sphinx puts it into the theme's template as for any page.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import new_document
from sphinx.util.display import status_iterator
from sphinx.util.osutil import relative_uri
from sphinx.util.parallel import ParallelTasks, SerialTasks, make_chunks

from ..internals.docutils import fast_walk as walking
from ..rendering.pages import backlinks_page
from ..rendering.post_transform import resolved_page
from ..wiki.views.document import backlinks_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils.frontend import Values
    from sphinx.application import Sphinx

    from ..pages.plan import PagePlan
    from ..rendering.context import Rendering

__all__ = ["write_backlink_pages"]


def write_backlink_pages(
    app: Sphinx, rendering: Rendering, plan: PagePlan, docnames: Sequence[str]
) -> None:
    """Writes those of the planned pages, in several processes where there are to be some."""
    is_parallel = app.builder.parallel_ok  # as Sphinx found for documents
    tasks = ParallelTasks(app.parallel) if is_parallel else SerialTasks()
    writer = _Writer(app, rendering, plan)
    chunks = make_chunks(docnames, app.parallel if is_parallel else 1)
    label = "writing backlinks pages... "
    for chunk in status_iterator(chunks, label, "darkgreen", len(chunks), app.verbosity):
        tasks.add_task(writer.write, chunk)
    tasks.join()


class _Writer:
    def __init__(self, app: Sphinx, rendering: Rendering, plan: PagePlan) -> None:
        self._builder: Any = app.builder
        self._env = app.env
        self._rendering = rendering
        self._plan = plan
        self._settings = _settings(app.builder)

    def write(self, docnames: Sequence[str]) -> None:
        """Writes the pages of these names."""
        for docname in docnames:
            self._write(docname)

    def _write(self, docname: str) -> None:
        builder, title = self._builder, self._plan.titles[docname]
        page = self._page(docname, title)
        # as for a document
        builder.secnumbers = builder.fignumbers = {}
        builder.imgpath = relative_uri(builder.get_target_uri(docname), builder.imagedir)
        builder.dlpath = relative_uri(builder.get_target_uri(docname), "_downloads")
        builder.current_docname = docname
        translator = builder.create_translator(page, builder)
        page.walkabout(translator)
        encoded = translator.encode(title)
        context = {
            "parents": [],
            "prev": None,
            "next": None,
            "title": encoded,
            "meta": {"orphan": True, "nosearch": True},
            "body": "".join(translator.fragment),
            "metatags": "".join(translator.meta[2:]),
            "rellinks": builder.globalcontext["rellinks"][:],
            "toc": f'<ul>\n<li><a class="reference internal" href="#">{encoded}</a></li>\n</ul>\n',
            "display_toc": False,
            "has_maths_elements": False,
        }
        # some themes look it up there
        titles = self._env.titles, self._env.longtitles
        for table in titles:
            table[docname] = nodes.title(title, title)
        # without a doctree, as Sphinx's own pages that have no source
        builder.handle_page(docname, context)
        for table in titles:
            del table[docname]

    def _page(self, docname: str, title: str) -> nodes.document:
        key, part = self._plan.backlinks[docname]
        rendering = self._rendering
        view = backlinks_view(rendering.wiki, key, part)
        if rendering.note:
            rendering.note(docname, view)
        shown = backlinks_page(view, rendering.pages)
        page = new_document(str(self._env.doc2path(docname)), self._settings)
        page.__class__ = walking.document
        page += nodes.section("", nodes.title(title, title), *shown, ids=["trope-backlinks"])
        return resolved_page(rendering, self._env, docname, page)


def _settings(builder: Any) -> Values:
    """Sphinx's settings for documents, without the stylesheets of docutils: those are looked up for
    each page, and none of them is shown.
    """
    settings: Values = copy(builder.docsettings)
    settings.stylesheet = settings.stylesheet_path = None
    return settings
