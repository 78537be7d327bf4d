"""What other extensions and themes are given of a page that is about to be written.

They add links to its source, dates, descriptions, a place in a sitemap. For that a page without a
source has to look as Sphinx's own do, its index for one; and text that a stylesheet or our writer
covers is not to be read off the doctree.
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
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["cover_later", "cover_pieces", "describe", "look_sourceless", "setup"]


def look_sourceless(pagename: str, context: dict[str, Any]) -> None:
    """Takes from the *context* of a page all that tells of a source."""
    # As for a page that Sphinx itself makes. An empty name would not do: it is looked up.
    for name in ("sourcename", "page_source_suffix"):
        context.pop(name, None)
    context["has_source"] = False
    # sphinx-immaterial takes whatever has a body for a document
    context["meta"] = {**(context.get("meta") or {}), "hide-edit-link": True}
    has_document: Callable[[str], bool] | None = context.get("hasdoc")
    if has_document is not None:  # sphinx-rtd-theme asks it for the page itself
        context["hasdoc"] = lambda name: name != pagename and has_document(name)


def describe(context: dict[str, Any], description: str) -> None:
    """Gives sphinxext-opengraph a *description*, if the page has none of its own.

    ``<meta name="description">`` it leaves as it is; of that for links it makes its own from the
    first words of the page.
    """
    meta = context.get("meta") or {}
    context["meta"] = {"og:description": escape(description), **meta}


# -- spoilers


class trope_hidden(nodes.paragraph):
    """A paragraph in a spoiler of several blocks. Others look for paragraphs, for an excerpt or a
    summary, and see of nothing else that it is in one.
    """

    tagname = "paragraph"

    def astext(self) -> str:
        """Nothing."""
        return ""


# visitors go by the name of the class, pickles by the other one
trope_hidden.__name__ = "paragraph"


def _hide(app: Sphinx, document: nodes.document) -> None:
    """A document is read, and others come next."""
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
    """Connects with the reading of a document, before others."""
    app.connect(_READ, _hide, priority=100)


def _nothing(node: nodes.Element) -> list[nodes.Node]:
    return []


def _ellipsis(node: nodes.Element) -> list[nodes.Node]:
    return [nodes.Text(node.astext())]


def _ellipsis_alone(node: nodes.Element) -> list[nodes.Node]:
    return [nodes.paragraph("", "…")]


def _uncovered_paragraph(node: nodes.Element) -> list[nodes.Node]:
    """A copy without its spoiler. Whoever made it holds it: it stays the same."""
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
    # what other pages say, and what is no text
    trope_aside: _nothing,
    trope_backlinks_list: _nothing,
    trope_copy: _nothing,
    trope_drawing: _nothing,
    trope_filter: _nothing,
    trope_fold: _nothing,
    trope_nav: _nothing,
}
"""What others read in the place of a node."""


def cover_pieces(document: nodes.document) -> None:
    """Takes from a *document* what its spoilers hold, if another extension put it together of pieces
    of documents: in a feed, say, no stylesheet covers anything.
    """
    # Sphinx puts a piece into such a document, too, to resolve it
    if not document.get("source"):
        replace(document, _SPOILERS)


def _cover(document: nodes.document) -> None:
    replace(document, _COVERED)


def cover_later(doctree: nodes.document) -> None:
    """Covers a *doctree* that is written already, as soon as somebody looks into it."""
    change_when_read(doctree, _cover)
