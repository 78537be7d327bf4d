"""Copies of titles that Sphinx keeps for tables of contents: without links and spoilers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..internals.sphinx.environment import stored_titles
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
    """Replaces the nodes of trope markup in the titles that Sphinx keeps."""
    for title in stored_titles(app.env, app.env.docname):
        replace(title, _PLAIN)


class _Sources:
    """Hides spoilers from Sphinx's autosectionlabel. It makes labels from the sources of titles,
    and the inventory lists these labels.
    """

    def __init__(self) -> None:
        self._covered: dict[nodes.title, str] = {}

    def cover(self, app: Sphinx, document: nodes.document) -> None:
        """Replaces the sources of titles that have spoilers with covered text."""
        self._covered = {}
        if "sphinx.ext.autosectionlabel" not in app.extensions:
            return
        for spoiler in document.findall(trope_spoiler):
            title = _title_around(spoiler)
            if title is not None:
                self._covered.setdefault(title, title.rawsource)
                title.rawsource = title.astext()

    def uncover(self, app: Sphinx, document: nodes.document) -> None:
        """Restores the sources: translators get titles as they were written."""
        for title, source in self._covered.items():
            title.rawsource = source
        self._covered = {}


def _title_around(node: nodes.Node) -> nodes.title | None:
    at: nodes.Node | None = node
    while at is not None and not isinstance(at, nodes.title):
        at = at.parent
    return at


def setup(app: Sphinx) -> None:
    """Connects to the reading of a document, after Sphinx copies its titles."""
    sources = _Sources()
    app.connect("doctree-read", sources.cover, priority=490)
    app.connect("doctree-read", sources.uncover, priority=510)
    app.connect("doctree-read", _simplify, priority=900)
