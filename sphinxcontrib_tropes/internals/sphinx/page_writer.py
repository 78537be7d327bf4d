"""Writes HTML pages from nodes, without a Sphinx document.

Touches: ``docsettings``, ``imagedir``, ``secnumbers``, ``fignumbers``, ``imgpath``, ``dlpath``,
``current_docname``, ``globalcontext`` and ``handle_page`` of the HTML builder, ``fragment`` and
``meta`` of its translator, ``titles`` and ``longtitles`` of the environment. It does what the
builder's ``write_doc`` does.
Why: for each document Sphinx loads a doctree, runs some twenty transforms, creates three
translators and feeds its search index. For a page that only lists what other pages say, this is
half of the time.
Seen in: Sphinx 8.2 to 9.2.
Remove when: ``html-collect-pages`` accepts nodes as a body.
Upstream: none known.
Without it: the same pages, more slowly.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import new_document
from sphinx.util.osutil import relative_uri

from ..docutils import fast_walk
from ..docutils.node_class import change_class

if TYPE_CHECKING:
    from docutils.frontend import Values
    from sphinx.application import Sphinx

__all__ = ["PageWriter"]


class PageWriter:
    """Writes pages with the builder of *app*."""

    def __init__(self, app: Sphinx) -> None:
        self._builder: Any = app.builder
        self._env = app.env
        self._settings = _settings(app.builder)

    def new_page(self, docname: str) -> nodes.document:
        """An empty document, to be filled and written."""
        page = new_document(str(self._env.doc2path(docname)), self._settings)
        change_class(page, fast_walk.document)
        return page

    def write(self, docname: str, title: str, page: nodes.document) -> None:
        """Writes *page*, whose references are resolved."""
        builder = self._builder
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
        # without a doctree, like Sphinx's own pages without a source
        builder.handle_page(docname, context)
        for table in titles:
            del table[docname]


def _settings(builder: Any) -> Values:
    """Sphinx's settings for documents, without docutils' stylesheets: these are looked up for each
    page, though none is used.
    """
    settings: Values = copy(builder.docsettings)
    settings.stylesheet = settings.stylesheet_path = None
    return settings
