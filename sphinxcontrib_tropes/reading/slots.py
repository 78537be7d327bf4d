"""Slots: nodes for what other pages contribute, which rendering replaces."""

from __future__ import annotations

from docutils import nodes

__all__ = [
    "SLOTS",
    "trope_foot",
    "trope_foreign_link",
    "trope_generated",
    "trope_head",
    "trope_listing",
    "trope_page_link",
    "trope_referenced",
]


class trope_head(nodes.General, nodes.Element):
    """The slot above a page: tabs. Attribute ``name``: canonical name of the page."""


class trope_foot(nodes.General, nodes.Element):
    """The slot below a page: trails, its panel. Attribute ``name``: canonical name of the page."""


class trope_listing(nodes.General, nodes.Element):
    """The slot of a directive that lists pages. Attributes: those of :class:`.wiki.Listing`;
    ``nth``, its number among the listings of the document, from 0.
    """


class trope_generated(nodes.General, nodes.Element):
    """The content of a page without a source. Attributes: ``kind``: ``index``, ``wanted``,
    ``health``, ``graph``, ``missing`` or ``backlinks``; for backlinks, ``key``, the key of the
    name, and ``part``, the number of the page among those of that name.
    """


class trope_page_link(nodes.Inline, nodes.TextElement):
    """A link to a known place. Attributes: ``docname``, ``anchor``."""


class trope_foreign_link(nodes.Inline, nodes.TextElement):
    """A link to another wiki. Attribute ``uri``: the address; may be relative to this site."""


class trope_referenced(nodes.General, nodes.Element):
    """The slot for the references to an object, or to a document that is not a page. Attribute
    ``anchor``: the first id of the object; empty for a document.
    """


SLOTS: frozenset[type[nodes.Element]] = frozenset(
    [trope_foot, trope_generated, trope_head, trope_listing, trope_referenced]
)
