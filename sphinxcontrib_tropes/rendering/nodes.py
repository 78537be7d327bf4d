"""Nodes of what a page shows of others."""

from __future__ import annotations

from docutils import nodes

from ..markup.nodes import (
    trope_element,
)

__all__ = [
    "trope_aside",
    "trope_backlinks_list",
    "trope_copy",
    "trope_drawing",
    "trope_drawing_name",
    "trope_filter",
    "trope_fold",
    "trope_nav",
    "trope_reference",
    "trope_tool",
]


class trope_aside(trope_element, nodes.General, nodes.Element):
    """The panel at the end of a page: ``aside`` in HTML. Its first child is its heading, whose id
    is the attribute ``labelledby``.
    """


class trope_backlinks_list(trope_element, nodes.General, nodes.Element):
    """A list of backlinks; attribute ``backlinks`` holds them, ``most`` says how many sentences of
    each are quoted, 0 for all.

    One node for what would be ten for each backlink: most of the time of a build goes into such
    lists. HTML is written from it as it is; for others, :func:`backlinks_list` makes nodes.
    """


class trope_nav(trope_element, nodes.General, nodes.Element):
    """``nav`` in HTML; attribute ``label`` names it."""


class trope_fold(trope_element, nodes.General, nodes.Element):
    """``details`` in HTML; attribute ``label`` is the summary, ``open`` whether it begins open.
    Elsewhere it is but what is in it, with the label above it if ``is_heading`` is set.
    """


class trope_filter(trope_element, nodes.General, nodes.Element):
    """A box that filters the lists of its document as its reader types, where there is a script.

    Attributes: ``label``; ``tabs``, label, namespace and number of entries of each, or empty.
    """


class trope_copy(trope_element, nodes.General, nodes.Element):
    """A button that copies the block of text before it, where there is a script."""


class trope_reference(nodes.reference):
    """A link that is resolved, for pages of HTML: dozens are on each."""

    tagname = "reference"


class trope_tool(trope_element, nodes.General, nodes.Element):
    """What a script makes something of, and nothing is without one. Attributes: ``tool``, the name
    of the script; ``words``, what it says.
    """


class trope_drawing(trope_element, nodes.General, nodes.Element):
    """A drawing of a neighbourhood. Attributes: ``neighbourhood``; ``label``, what it shows; ``ends``,
    document and id that each neighbour leads to.

    One node for what would be forty: nearly every page has one. HTML is written from it as it is;
    for others, :func:`add_names` gives it the names as children.
    """


class trope_drawing_name(trope_element, nodes.General, nodes.TextElement):
    """The name of a neighbour in a drawing, with its link. Attributes ``x``, ``y``, ``align``: where
    it goes.
    """
