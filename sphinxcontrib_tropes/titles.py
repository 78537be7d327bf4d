"""Titles as Sphinx keeps them, for tables of contents and the like: without own nodes.

What a title links to is linked in the title alone, and what it hides is not in its copies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from .markup.lower import replace
from .markup.nodes import (
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


def setup(app: Sphinx) -> None:
    """Connects with the reading of a document, after Sphinx took its titles."""
    app.connect("doctree-read", _simplify, priority=900)
