"""How strongly a link ties two pages, as one number: hundreds of thousands of them are sorted."""

from __future__ import annotations

__all__ = ["LINK_BITS", "NEAR_BITS", "NO_LINK", "is_as_near", "link_of", "tie"]

LINK_BITS = 20
NEAR_BITS = 4
NO_LINK = (1 << LINK_BITS) - 1
"""The number of the link in a tie that is not a link but another reference."""


def tie(place: int, near: int, link: int) -> int:
    """The tie of a link: the smaller, the stronger. Its place counts first, then how near the top
    of the page it is, then its number.

    :param place: number of the :class:`~.facts.Place`.
    :param near: as in :class:`~.facts.Pointers`.
    :param link: number of the link in its document.
    """
    return place << LINK_BITS + NEAR_BITS + 1 | near << LINK_BITS | min(link, NO_LINK)


def link_of(tie: int) -> int:
    """The number of the link in its document, or :data:`NO_LINK`."""
    return tie & NO_LINK


def is_as_near(tie: int, other: int) -> bool:
    """Whether two ties look the same from the page they point to."""
    return tie >> LINK_BITS == other >> LINK_BITS
