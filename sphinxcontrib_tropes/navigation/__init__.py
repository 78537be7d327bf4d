"""Ways around the wiki: the line at the foot of its pages, the part for sidebars, the panel beside the
text, and generated pages in toctrees.

Nothing but the package's ``setup`` imports this part, and everything else works without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain import trope_domain
from ..pages import toctrees
from ..pages.marks import Marks, add_marks
from . import line, side_panel, sidebar, templates

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..wiki import Wiki

__all__ = ["setup"]


def _shown_everywhere(app: Sphinx, wiki: Wiki) -> str:
    """The sidebar, and generated pages in toctrees, which the navigation of a theme shows."""
    entries = trope_domain(app.env).generated_entries
    in_toctrees = repr(sorted(entries.items())) if entries else ""
    return in_toctrees + sidebar.shown_everywhere(app, wiki)


def setup(app: Sphinx) -> None:
    """Adds the parts to pages."""
    toctrees.setup(app)
    add_marks(app, Marks(of_wiki=sidebar.shown_around, everywhere=_shown_everywhere))
    templates.setup(app)
    line.setup(app)
    sidebar.setup(app)
    side_panel.setup(app)
