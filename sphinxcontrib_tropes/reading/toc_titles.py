"""Titles as Sphinx keeps them, for tables of contents and the like: without own nodes.

What a title links to is linked in the title alone, and what it hides is not in its copies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..markup.lower import replace
from ..markup.nodes import (
    trope_colored,
    trope_line_break,
    trope_link,
    trope_meaning,
    trope_note,
    trope_spoiler,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]


def _as_text(node: nodes.Element) -> list[nodes.Node]:
    text = node.astext()
    return [nodes.Text(text)] if text else []


_PLAIN = {
    trope_colored: lambda node: node.children,
    trope_line_break: lambda node: [nodes.Text(" ")],
    trope_link: lambda node: node.children,
    trope_meaning: lambda node: node.children,
    trope_note: _as_text,
    trope_spoiler: _as_text,
}


def _simplify(app: Sphinx, document: nodes.document) -> None:
    env = app.env
    for table in (env.titles, env.longtitles, env.tocs):
        kept = table.get(env.docname)
        if kept is not None:
            replace(kept, _PLAIN)


def _cover_sources(app: Sphinx, document: nodes.document) -> None:
    """Sphinx's autosectionlabel makes labels of the sources of titles, and the inventory has them."""
    if "sphinx.ext.autosectionlabel" not in app.extensions:
        return
    for spoiler in document.findall(trope_spoiler):
        title = _title_around(spoiler)
        if title is not None:
            title.__dict__.setdefault(_SOURCE, title.rawsource)
            title.rawsource = title.astext()


def _uncover_sources(app: Sphinx, document: nodes.document) -> None:
    """Translators are to have the titles as they were written."""
    if "sphinx.ext.autosectionlabel" not in app.extensions:
        return
    for title in document.findall(nodes.title):
        title.rawsource = title.__dict__.pop(_SOURCE, title.rawsource)


_SOURCE = "_trope_source"


def _title_around(node: nodes.Node) -> nodes.title | None:
    around: nodes.Node | None = node
    while around is not None and not isinstance(around, nodes.title):
        around = around.parent
    return around


def setup(app: Sphinx) -> None:
    """Connects with the reading of a document, after Sphinx took its titles."""
    app.connect("doctree-read", _cover_sources, priority=490)
    app.connect("doctree-read", _uncover_sources, priority=510)
    app.connect("doctree-read", _simplify, priority=900)
