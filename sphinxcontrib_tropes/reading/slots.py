"""Nodes that stand for what other pages contribute, until a page is written."""

from __future__ import annotations

from docutils import nodes

__all__ = [
    "trope_foot",
    "trope_foreign_link",
    "trope_generated",
    "trope_head",
    "trope_listing",
    "trope_page_link",
    "trope_referenced",
]


class trope_head(nodes.General, nodes.Element):
    """What stands above a page. Attribute ``name``: its canonical name."""


class trope_foot(nodes.General, nodes.Element):
    """What stands below a page: trails, who refers to it. Attribute ``name`` as above."""


class trope_listing(nodes.General, nodes.Element):
    """A list of pages that a directive asks for. Attributes: as :class:`.wiki.Listing`, and
    ``nth``, which listing of its document it is, from 0.
    """


class trope_generated(nodes.General, nodes.Element):
    """What a document without a source shows. Attributes: ``kind`` ``index``, ``wanted``,
    ``health``, ``graph``, ``missing`` or ``backlinks``; ``key`` of the name that backlinks are about, and ``part``, which of
    its pages this is.
    """


class trope_page_link(nodes.Inline, nodes.TextElement):
    """A link whose end is known. Attributes: ``docname``, ``anchor``."""


class trope_foreign_link(nodes.Inline, nodes.TextElement):
    """A link to another wiki. Attribute ``uri``: its address, maybe relative to this site."""


class trope_referenced(nodes.General, nodes.Element):
    """Who refers to an object, or to a document that is no page. Attribute ``anchor``: the id that
    stands for the object; empty for the document.
    """
