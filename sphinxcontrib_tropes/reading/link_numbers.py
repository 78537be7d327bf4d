"""Writes into a doctree what its rendering needs: numbers of links and listings, and ids.

Facts contain the id of each link, so the doctree gets the ids before its facts are collected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..messages import warn
from ..wiki.facts.document import reference_anchor
from .cross_references import set_anchor
from .doctree_reader import FoundListing, FoundPage

if TYPE_CHECKING:
    from .doctree_reader import DoctreeContents

__all__ = ["number_links"]


def number_links(contents: DoctreeContents) -> None:
    """Numbers the links and listings of a doctree, sets the ids of its other references, and
    corrects the ids that its anchors refer to. Removes listings without a page to be about, with a
    warning.
    """
    _number_listings(contents)
    for block in contents.blocks:
        for link in block.links:
            link.node["nth"] = link.nth
        for reference in block.references:
            set_anchor(reference.node, reference_anchor(reference.fact))
    for anchor in contents.anchors:
        if anchor.id:
            anchor.node["refid"] = anchor.id


def _number_listings(contents: DoctreeContents) -> None:
    number = 0
    for listing in contents.pages_and_listings:
        if isinstance(listing, FoundPage):
            continue
        node = listing.node
        if isinstance(listing, FoundListing) and listing.is_nameless:
            warn("markup", f"trope-{node['kind']} needs a page's name here", node)
            node.parent.remove(node)
        else:
            node["nth"] = number
            number += 1
