"""Puts the panel of a page into the second sidebar of the theme.

It is made at build time, from the templates of the theme. A script moves it to the foot of the page
where the theme shows no second column, as on phones; without one it is where the theme puts that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..rendering.side import BEGIN, END, side_of_theme

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

__all__ = ["setup"]

_LAYOUT = "page.html"
"""The template of documents."""


def _put_aside(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> str | None:
    before, _begin, rest = context.get("body", "").partition(BEGIN)
    side, _end, after = rest.partition(END)
    if not side:
        return None
    theme = side_of_theme(app.builder)
    is_furo = theme == "furo"
    if (is_furo and templatename != _LAYOUT) or (not is_furo and not _has_items(context)):
        context["body"] = before + side + after
        return None
    context["body"] = f'{before}<div class="trope-side-foot"></div>\n{after}'
    context["tropes_panel"] = side
    if is_furo:
        context["tropes_hides_toc"] = context.get("furo_hide_toc", False)
        context["furo_hide_toc"] = False
        return "tropes/furo.html"
    context["secondary_sidebar_items"] = [
        *context["secondary_sidebar_items"],
        "tropes/panel.html",
    ]
    return None


def _has_items(context: dict[str, Any]) -> bool:
    """Whether pydata's theme, or one made from it, shows a second sidebar on a page."""
    is_removed = "html_theme.sidebar_secondary.remove" in (context.get("meta") or {})
    return isinstance(context.get("secondary_sidebar_items"), list) and not is_removed


def setup(app: Sphinx) -> None:
    """Connects this to the pages, after the theme has prepared them."""
    app.connect("html-page-context", _put_aside, priority=900)
