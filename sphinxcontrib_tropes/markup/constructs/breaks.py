r"""Line breaks, and inert tags: ``\\``, ``[[softreturn]]``, ``[[<<]]``, ``[[invoked]]``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration import Atom
from ..nodes import trope_line_break

if TYPE_CHECKING:
    import re

    from ..declaration import Made
    from ..inline import InlineContext

_INERT = "invoked|noreallife|defied|justified|exploited|implied|conversed|downplayed|zigzagged"


def _break(match: re.Match[str], context: InlineContext) -> Made:
    return trope_line_break()


def _clear(match: re.Match[str], context: InlineContext) -> Made:
    """A break that ends what stands at the sides, such as pictures."""
    return trope_line_break(classes=["trope-clear"])


def _nothing(match: re.Match[str], context: InlineContext) -> Made:
    return []


CONSTRUCTS = [
    Atom("line_break", r"\\\\[ \t]*+\n?", _break, r"one line\\ and the next", needs="\\"),
    Atom("soft_return", r"\[\[(?:softreturn|hardline)\]\]", _break, "one[[softreturn]]two"),
    Atom("clear", r"\[\[<<\]\]", _clear, "one[[<<]]two"),
    Atom("inert", rf"\[\[(?:{_INERT})\]\]", _nothing, "[[invoked]]"),
]
