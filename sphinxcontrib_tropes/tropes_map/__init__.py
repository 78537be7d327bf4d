"""The map of the wiki: its page, ways from one page to another, and the page not found.

What its scripts find pages by is in its data files. This is a part of its own: nothing but the
package's ``setup`` imports it, and without it the rest works. (Leave it out before the first build: its
data files stay where they are.)
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
