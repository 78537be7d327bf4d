"""Writes backlinks pages without making them Sphinx documents.

There is one for each name in the wiki. For each document Sphinx loads a doctree, runs some twenty
transforms, creates three translators and feeds its search index. None of that is needed for a page
that only lists what other pages say. So the HTML is made directly from the nodes, and Sphinx puts
it into the theme's template as for any page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.display import status_iterator
from sphinx.util.parallel import ParallelTasks, SerialTasks, make_chunks

from ..internals.sphinx.page_writer import PageWriter
from ..rendering.pages import backlinks_page
from ..rendering.post_transform import resolved_page
from ..wiki.views.site_pages import backlinks_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from ..pages.plan import PagePlan
    from ..rendering.context import Rendering

__all__ = ["write_backlink_pages"]


def write_backlink_pages(
    app: Sphinx, rendering: Rendering, plan: PagePlan, docnames: Sequence[str]
) -> None:
    """Writes the given backlinks pages, in several processes if the build uses them."""
    is_parallel = app.builder.parallel_ok  # as Sphinx decided for documents
    tasks = ParallelTasks(app.parallel) if is_parallel else SerialTasks()
    writer = _Writer(app, rendering, plan)
    chunks = make_chunks(docnames, app.parallel if is_parallel else 1)
    label = "writing backlinks pages... "
    for chunk in status_iterator(chunks, label, "darkgreen", len(chunks), app.verbosity):
        tasks.add_task(writer.write, chunk)
    tasks.join()


class _Writer:
    def __init__(self, app: Sphinx, rendering: Rendering, plan: PagePlan) -> None:
        self._writer = PageWriter(app)
        self._env = app.env
        self._rendering = rendering
        self._plan = plan

    def write(self, docnames: Sequence[str]) -> None:
        """Writes the pages with these docnames."""
        for docname in docnames:
            title = self._plan.titles[docname]
            self._writer.write(docname, title, self._page(docname, title))

    def _page(self, docname: str, title: str) -> nodes.document:
        key, part = self._plan.backlinks[docname]
        rendering = self._rendering
        view = backlinks_view(rendering.wiki, key, part)
        if rendering.note:
            rendering.note(docname, view)
        shown = backlinks_page(view, rendering.pages)
        page = self._writer.new_page(docname)
        page += nodes.section("", nodes.title(title, title), *shown, ids=["trope-backlinks"])
        return resolved_page(rendering, self._env, docname, page)
