"""Links to a section, shown at that section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..internals.docutils.fast_nodes import listed
from ..markup.lower import elements
from ..markup.nodes import trope_folder
from .panels import section_nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..wiki.views.parts import Panel

__all__ = ["add_section_backlinks"]

_BLOCKS = (nodes.section, nodes.document, nodes.list_item, nodes.block_quote, nodes.definition)
"""What may hold a fold beside a paragraph."""


def add_section_backlinks(root: nodes.Element, panels: Mapping[str, Panel]) -> None:
    """Puts the links to each section of *root* below its heading, folded.

    :param panels: id of a section, folder or anchor -> the links to it.
    """
    places = {id_: node for node in elements(root) for id_ in listed(node, "ids") if id_ in panels}
    for anchor, node in places.items():
        fold = section_nodes(panels[anchor])
        if isinstance(node, nodes.section | trope_folder):
            node.insert(1, fold)
            continue
        block = node
        while isinstance(block.parent, nodes.TextElement):
            block = block.parent
        if isinstance(block.parent, _BLOCKS) and not isinstance(block, nodes.Titular):
            at = block.parent.index(block)
            block.parent.insert(at + 1, fold)
