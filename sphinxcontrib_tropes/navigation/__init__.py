"""Ways around the wiki: the line at the foot of its pages, and the trail of pages seen.

Nothing but the package's ``setup`` imports this part, and everything else works without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import line

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]


def setup(app: Sphinx) -> None:
    """Adds the parts to pages."""
    line.setup(app)
