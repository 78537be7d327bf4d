"""Ways around the wiki: the line at the foot of its pages, and the trail of pages seen.

Nothing but the package's ``setup`` imports this part, and everything else works without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain import trope_domain
from ..pages import toctrees
from ..pages.marks import Marks, add_marks
from . import line

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..wiki import Wiki

__all__ = ["setup"]


def _shown_everywhere(app: Sphinx, _wiki: Wiki) -> str:
    """The generated pages in toctrees, which the theme's navigation shows on every page."""
    entries = trope_domain(app.env).generated_entries
    return repr(sorted(entries.items())) if entries else ""


def setup(app: Sphinx) -> None:
    """Adds the parts to pages."""
    toctrees.setup(app)
    add_marks(app, Marks(everywhere=_shown_everywhere))
    line.setup(app)
