"""How it looks: HTML of own nodes, the stylesheet and the script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from .markup.html import VISITORS
from .placeholders import trope_foot, trope_head, trope_listing, trope_page_link
from .render import trope_aside, trope_fold, trope_nav
from .resolve import is_html_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]

_STATIC = Path(__file__).parent / "static"


def _visit_panel(translator: Any, node: trope_aside) -> None:
    translator.body.append(translator.starttag(node, "aside"))


def _depart_panel(translator: Any, node: trope_aside) -> None:
    translator.body.append("</aside>\n")


def _visit_nav(translator: Any, node: trope_nav) -> None:
    translator.body.append(translator.starttag(node, "nav", **{"aria-label": node["label"]}))


def _depart_nav(translator: Any, node: trope_nav) -> None:
    translator.body.append("</nav>\n")


def _visit_fold(translator: Any, node: trope_fold) -> None:
    translator.body.append(translator.starttag(node, "details"))
    translator.body.append(f"<summary>{translator.encode(node['label'])}</summary>\n")


def _depart_fold(translator: Any, node: trope_fold) -> None:
    translator.body.append("</details>\n")


def _depart_nothing(translator: Any, node: nodes.Element) -> None:
    """The end of an element that leaves nothing behind."""


def _add_assets(app: Sphinx) -> None:
    if not is_html_page(app.builder):
        return
    # add_static_dir is there from Sphinx 9.1 on only
    app.config.html_static_path.append(str(_STATIC))
    app.add_css_file("tropes.css")
    if app.builder.name != "epub":
        app.add_js_file("tropes.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Registers the nodes with their HTML, and the assets."""
    for node, (visit, depart) in VISITORS.items():
        app.add_node(node, html=(visit, depart or _depart_nothing))
    app.add_node(trope_aside, html=(_visit_panel, _depart_panel))
    app.add_node(trope_nav, html=(_visit_nav, _depart_nav))
    app.add_node(trope_fold, html=(_visit_fold, _depart_fold))
    for placeholder in (trope_head, trope_foot, trope_listing, trope_page_link):
        app.add_node(placeholder)
    app.connect("builder-inited", _add_assets)
