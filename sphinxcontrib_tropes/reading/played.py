"""The words for how a trope is played, in the language of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..internals.docutils.fast_nodes import fill, make_text
from ..markup.lower import elements
from ..messages import _

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["PLAYED", "add_played_words"]

PLAYED = {
    "straight": _("Played straight"),
    "subverted": _("Subverted"),
    "double-subverted": _("Double subverted"),
    "averted": _("Averted"),
    "inverted": _("Inverted"),
    "exaggerated": _("Exaggerated"),
    "downplayed": _("Downplayed"),
    "justified": _("Justified"),
    "lampshaded": _("Lampshaded"),
    "invoked": _("Invoked"),
    "defied": _("Defied"),
    "discussed": _("Discussed"),
    "parodied": _("Parodied"),
    "deconstructed": _("Deconstructed"),
    "zig-zagged": _("Zig-zagged"),
    "enforced": _("Enforced"),
    "implied": _("Implied"),
    "played-with": _("Played with"),
}
"""Label -> its words."""


def add_played_words(roots: Iterable[nodes.Node]) -> None:
    """Gives the marks ``[[played:...]]`` in *roots* their words."""
    for root in roots:
        if isinstance(root, nodes.Element):
            for mark in elements(root):
                if isinstance(mark, nodes.inline) and "played" in mark:
                    words = str(PLAYED[mark["played"]])
                    fill(mark, [make_text(words)])
