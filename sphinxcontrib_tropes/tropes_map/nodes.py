"""Nodes of the map, and their HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..builders import abilities
from ..markup.nodes import trope_element
from .svg import map_svg

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["add_nodes", "trope_community", "trope_picture"]


class trope_picture(trope_element, nodes.General, nodes.Element):
    """The still picture of the map: SVG in HTML. Attributes: ``picture``; ``label``, what it shows;
    ``titles`` of the communities, ``ids`` where they are listed.
    """


class trope_community(trope_element, nodes.General, nodes.Element):
    """A community: ``details`` in HTML. Attributes: ``label``, ``count``, ``id``; ``members``, title,
    document and id of each.

    A single node replaces thousands of links. Only pages for browsers have it.
    """


def _visit_picture(translator: Any, node: nodes.Element) -> None:
    if not abilities(translator.builder).is_book and node["picture"].discs:
        drawn = map_svg(node["picture"], node["label"], node["titles"], node["ids"])
        translator.body.append(f'<div class="trope-map no-search">\n{drawn}</div>\n')
    raise nodes.SkipNode


def _visit_community(translator: Any, node: nodes.Element) -> None:
    builder = translator.builder
    here = builder.current_docname
    write = translator.body.append
    write(f'<details class="trope-community no-search" id="{node["id"]}">\n')
    count = f'<span class="trope-count">({node["count"]})</span>'
    write(f"<summary>{escape(node['label'])} {count}</summary>\n<ul>\n")
    for title, docname, anchor, is_written in node["members"]:
        text = escape(title)
        if docname:
            uri = builder.get_relative_uri(here, docname) + (f"#{anchor}" if anchor else "")
            classes = "trope" if is_written else "trope trope-wanted"
            text = f'<a class="{classes}" href="{escape(uri)}">{text}</a>'
        write(f"<li>{text}</li>\n")
    write("</ul>\n</details>\n")
    raise nodes.SkipNode


def add_nodes(app: Sphinx) -> None:
    """Registers the nodes."""
    app.add_node(trope_picture, html=(_visit_picture, None))
    app.add_node(trope_community, html=(_visit_community, None))
