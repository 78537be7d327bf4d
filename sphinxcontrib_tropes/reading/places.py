"""The place of a node in its document: its page, its section, and the kind of place."""

from __future__ import annotations

import re
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes

from ..markup.nodes import trope_index_list, trope_page, trope_spoiler_block
from ..wiki import Place
from .covered_text import covered_text

__all__ = ["PLACES", "ListItem", "Surroundings", "inside", "is_see_also"]

PLACES = (
    trope_index_list,
    trope_spoiler_block,
    nodes.list_item,
    nodes.block_quote,
    nodes.title,
    nodes.rubric,
    addnodes.desc_signature,
    nodes.section,
)
"""Nodes for which :func:`inside` may return new surroundings."""

_SEE_ALSO = re.compile(
    r"(?:see(?: also)?|compare(?: with)?|contrast(?: with)?|related(?: to)?|not to be confused with)"
    r"\b",
    re.IGNORECASE,
)
_LONGEST_SEE_ALSO = 60  # number of characters searched at the start of a title or block


class ListItem:
    """A list item that is being read."""

    has_link = False
    """Whether a link in the item has been found."""


class Surroundings(NamedTuple):
    """What the ancestors of a node tell about it."""

    page: int = -1
    """Index of its page among those of the document; -1 if it has none."""
    place: str = Place.PROSE
    """One of :class:`Place`."""
    in_spoiler: bool = False
    item: ListItem | None = None
    """The innermost list item around it."""
    section: str = ""
    """Id of its section; empty for the page itself."""


def inside(node: nodes.Element, around: Surroundings) -> Surroundings:
    """The surroundings of the children of *node*, one of :data:`PLACES`.

    :param around: the surroundings of *node*.
    """
    if isinstance(node, trope_index_list):
        return around._replace(place=Place.INDEX)
    if isinstance(node, trope_spoiler_block):
        return around._replace(in_spoiler=True)
    if around.place == Place.INDEX:
        return around._replace(item=ListItem()) if isinstance(node, nodes.list_item) else around
    if isinstance(node, nodes.list_item):
        place = Place.EXAMPLE if around.place == Place.PROSE else around.place
        return around._replace(place=place, item=ListItem())
    if isinstance(node, nodes.block_quote):
        return around._replace(place=Place.QUOTE)
    if isinstance(node, nodes.title | nodes.rubric | addnodes.desc_signature):
        return around._replace(place=Place.HEADING)
    if isinstance(node, nodes.section) and node.children:
        starts_see_also = is_see_also(covered_text(node.children[0]))
        is_page = len(node.children) > 1 and isinstance(node.children[1], trope_page)
        return around._replace(
            place=Place.SEE_ALSO if starts_see_also else Place.PROSE,
            section=node["ids"][0] if node["ids"] and not is_page else "",
        )
    return around


def is_see_also(text: str) -> bool:
    """Whether *text* begins with the words of a list of related pages."""
    return _SEE_ALSO.match(text.lstrip()[:_LONGEST_SEE_ALSO]) is not None
