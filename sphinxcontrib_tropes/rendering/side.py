"""The panel and the neighbourhood of a page, beside its text instead of at its foot.

Their HTML stands at the foot between two marks; before the theme makes the page, what is between
them goes into the theme's second sidebar: see :mod:`..navigation.side_panel`.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..builders import abilities
from .drawings import as_list
from .nodes import trope_aside, trope_drawing, trope_fold, trope_side

if TYPE_CHECKING:
    from sphinx.builders import Builder

__all__ = ["BEGIN", "END", "side_of_theme", "to_side"]

BEGIN, END = "<!--tropes: side-->", "<!--tropes: end of side-->"

_THEMES = ("furo", "pydata_sphinx_theme")
"""Themes with a second sidebar that we can fill; others are made from them."""


def side_of_theme(builder: Builder) -> str:
    """The theme whose second sidebar takes the panel; empty if it stands at the foot."""
    if builder.config.tropes_panel_place != "side" or not abilities(builder).is_served:
        return ""
    theme: Any = getattr(builder, "theme", None)
    folders = theme.get_theme_dirs() if theme is not None else ()
    names = {PurePath(folder).name for folder in folders}
    return next((name for name in _THEMES if name in names), "")


def to_side(found: list[nodes.Node]) -> list[nodes.Node]:
    """What is shown at the foot of a page, with the panel and the neighbourhood put aside."""
    side = trope_side()
    left: list[nodes.Node] = []
    for node in found:
        if isinstance(node, trope_aside) and "trope-backlinks" in node["classes"]:
            # a complementary landmark must not stand inside that of the theme
            node["role"] = "region"
            side += node
        elif isinstance(node, trope_fold) and "trope-graph" in node["classes"]:
            side += _with_list(node)
        else:
            left.append(node)
    return [*left, side] if side.children else left


def _with_list(fold: trope_fold) -> trope_fold:
    """A neighbourhood with a list of its names besides, which a stylesheet shows instead of the
    drawing in a narrow column.
    """
    for drawing in list(fold.findall(trope_drawing)):
        fold += as_list(drawing.deepcopy())
    return fold
