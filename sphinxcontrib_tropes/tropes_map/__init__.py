"""The map of the wiki: its page, its search for ways between two pages, and the page not found.

Its scripts use its data files to find pages. Nothing but the package's ``setup`` imports this part,
and everything else works without it. (If you leave it out, do so before the first build: its data
files are not deleted.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.emitters import add_emitter
from ..messages import _
from ..pages.kinds import PageKind, add_page_kind, below_prefix
from ..wiki.views.map import atlas_view
from . import not_found
from .files import MapFiles
from .nodes import add_nodes
from .page import map_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]


def setup(app: Sphinx) -> None:
    """Adds the pages, their nodes and data files."""
    add_nodes(app)
    kind = PageKind(
        "graph",
        lambda: _("Graph of the wiki"),
        below_prefix("graph", option="tropes_graph"),
        lambda _app: atlas_view,
        map_page,
        is_searched=False,
        is_listed=True,
    )
    add_page_kind(app, kind)
    not_found.setup(app)
    add_emitter(app, MapFiles())
