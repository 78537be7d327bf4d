"""The nodes of panels, lists, drawings and the map."""

from __future__ import annotations

from docutils import nodes

from ..markup.nodes import trope_element

__all__ = [
    "trope_aside",
    "trope_backlinks_list",
    "trope_copy",
    "trope_drawing",
    "trope_drawing_name",
    "trope_filter",
    "trope_fold",
    "trope_nav",
    "trope_played_examples",
    "trope_reference",
    "trope_side",
    "trope_tool",
]


class trope_aside(trope_element, nodes.General, nodes.Element):
    """A panel: ``aside`` in HTML. Its first child is its heading. Attribute ``labelledby``, the id
    of the heading.
    """


class trope_backlinks_list(trope_element, nodes.General, nodes.Element):
    """A list of backlinks. Attributes: ``backlinks``; ``most``, the maximum number of sentences per
    page, 0 for all.

    This single node replaces ten for each backlink: most of the build time goes into such lists.
    HTML is written from it directly; for other formats, :func:`.lists.backlinks_list` replaces it.
    """


class trope_nav(trope_element, nodes.General, nodes.Element):
    """``nav`` in HTML. Attribute ``label``: its accessible name."""


class trope_fold(trope_element, nodes.General, nodes.Element):
    """``details`` in HTML. Attributes: ``label``, the summary; ``open``, whether it is open at first.

    Other formats show its content, with the label above it if ``is_heading`` is set.
    """


class trope_filter(trope_element, nodes.General, nodes.Element):
    """A box with which a script filters the lists that follow it, as the reader types.

    Attributes: ``label``; ``tabs``, with label, namespace and number of entries of each. A box for
    backlinks also sorts: ``choices``, a :class:`.filters.Choices`, and ``is_folded``, whether it has
    to be opened.
    """


class trope_played_examples(trope_element, nodes.General, nodes.Element):
    """The examples of a page that say how a trope is played, for a script to show: hidden in HTML,
    and left out elsewhere.
    """


class trope_side(trope_element, nodes.General, nodes.Element):
    """What goes into the second sidebar of the theme: see :mod:`.side`."""


class trope_copy(trope_element, nodes.General, nodes.Element):
    """A button that runs a script to copy the text block before it."""


class trope_reference(nodes.reference):
    """A resolved link in HTML. It has its own class with a faster visitor: each page has dozens."""

    tagname = "reference"


class trope_tool(trope_element, nodes.General, nodes.Element):
    """An empty element that a script fills. Attributes: ``tool``, the name of the script;
    ``words``, the text it shows.
    """


class trope_drawing(trope_element, nodes.General, nodes.Element):
    """A drawing of a neighbourhood. Attributes: ``neighbourhood``; ``label``, a description;
    ``ends``, document and id that each neighbour links to.

    This single node replaces forty: nearly every page has one. HTML is written from it directly;
    for other formats, :func:`.drawings.add_names` adds the names as children.
    """


class trope_drawing_name(trope_element, nodes.General, nodes.TextElement):
    """The name of a neighbour in a drawing, with its link. Attributes: ``x``, ``y``, ``align``."""
