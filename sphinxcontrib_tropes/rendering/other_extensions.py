"""Adapts what other extensions and themes see of a page that is written.

They add links to sources, dates, descriptions and sitemaps. So a page without a source must look
like Sphinx's own, such as its index. And the doctree must not show them text hidden by spoilers.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..internals.docutils.lazy_change import change_when_read
from ..internals.docutils.node_class import change_class
from ..internals.sphinx.listeners import modules_listening
from ..markup.lower import replace
from ..markup.nodes import trope_note, trope_note_block, trope_spoiler, trope_spoiler_block
from .nodes import (
    trope_aside,
    trope_backlinks_list,
    trope_copy,
    trope_drawing,
    trope_filter,
    trope_fold,
    trope_nav,
    trope_played_examples,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = [
    "cover_later",
    "cover_pieces",
    "describe",
    "look_sourceless",
    "setup",
    "trope_hidden",
]


def look_sourceless(pagename: str, context: dict[str, Any]) -> None:
    """Removes from the *context* of a page everything about a source."""
    # As for pages that Sphinx makes. An empty name would be looked up.
    for name in ("sourcename", "page_source_suffix"):
        context.pop(name, None)
    context["has_source"] = False
    # sphinx-immaterial treats everything with a body as a document
    context["meta"] = {**(context.get("meta") or {}), "hide-edit-link": True}
    has_document: Callable[[str], bool] | None = context.get("hasdoc")
    if has_document is not None:  # sphinx-rtd-theme calls it with the page itself
        context["hasdoc"] = lambda name: name != pagename and has_document(name)


def describe(context: dict[str, Any], description: str) -> None:
    """Gives sphinxext-opengraph a *description*, if the page has none of its own.

    The extension keeps ``<meta name="description">``, but takes ``og:description`` from the first
    words of the page.
    """
    meta = context.get("meta") or {}
    context["meta"] = {"og:description": escape(description), **meta}


# -- spoilers


class trope_hidden(nodes.paragraph):
    """A paragraph in a block that a spoiler hides. Other extensions collect paragraphs for an
    excerpt or summary, and don't see what surrounds them.
    """

    tagname = "paragraph"

    def astext(self) -> str:
        """An empty string."""
        return ""


# visitors are found by __name__, pickled classes by __qualname__
trope_hidden.__name__ = "paragraph"


def _hide(app: Sphinx, document: nodes.document) -> None:
    """Hides the paragraphs in the spoilers of a document that other extensions will read."""
    modules = modules_listening(app, _READ) + modules_listening(app, _RESOLVED)
    if all(module.startswith(_OWN) for module in modules):
        return
    for block in document.findall(trope_spoiler_block):
        for paragraph in block.findall(nodes.paragraph):
            if type(paragraph) is nodes.paragraph:
                change_class(paragraph, trope_hidden)


_OWN = "sphinx.", f"{__name__.partition('.')[0]}."
_READ, _RESOLVED = "doctree-read", "doctree-resolved"


def setup(app: Sphinx) -> None:
    """Connects to the reading of a document, before other extensions do."""
    app.connect(_READ, _hide, priority=100)


def _nothing(node: nodes.Element) -> list[nodes.Node]:
    return []


def _ellipsis(node: nodes.Element) -> list[nodes.Node]:
    return [nodes.Text(node.astext())]


def _ellipsis_alone(node: nodes.Element) -> list[nodes.Node]:
    return [nodes.paragraph("", "…")]


def _uncovered_paragraph(node: nodes.Element) -> list[nodes.Node]:
    """The same node without its text. It is changed in place: an extension that copied it keeps a
    reference to it.
    """
    change_class(node, nodes.paragraph)
    node.children = []
    node += nodes.Text("…")
    return [node]


_Makers = dict[type[nodes.Element], Callable[[nodes.Element], list[nodes.Node]]]
_SPOILERS: _Makers = {
    trope_spoiler: _ellipsis,
    trope_spoiler_block: _ellipsis_alone,
    trope_hidden: _uncovered_paragraph,
}
_COVERED: _Makers = {
    trope_spoiler: _ellipsis,
    trope_spoiler_block: _nothing,
    trope_note: _nothing,
    trope_note_block: _nothing,
    # text of other pages, and what is not text
    trope_aside: _nothing,
    trope_backlinks_list: _nothing,
    trope_copy: _nothing,
    trope_drawing: _nothing,
    trope_filter: _nothing,
    trope_fold: _nothing,
    trope_nav: _nothing,
    trope_played_examples: _nothing,
}
"""Class of nodes -> what other extensions read instead of the node."""


def cover_pieces(document: nodes.document) -> None:
    """Removes spoilers from a *document* that another extension built from pieces, such as a feed:
    no stylesheet covers spoilers there.
    """
    # Sphinx also builds such documents, to resolve a piece.
    if not document.get("source"):
        replace(document, _SPOILERS)


def _cover(document: nodes.document) -> None:
    replace(document, _COVERED)


def cover_later(doctree: nodes.document) -> None:
    """Covers spoilers in a *doctree* being written, as soon as its children are read."""
    change_when_read(doctree, _cover)
