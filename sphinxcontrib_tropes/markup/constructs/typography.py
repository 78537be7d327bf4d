"""Size, position, colour and the like: spans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ...internals.docutils.fast_nodes import make
from ..declaration import Span
from ..nodes import trope_colored, trope_meaning

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..inline import InlineContext

COLORS = frozenset(
    [
        "aqua",
        "black",
        "blue",
        "brown",
        "cyan",
        "fuchsia",
        "gray",
        "green",
        "grey",
        "lime",
        "magenta",
        "maroon",
        "navy",
        "olive",
        "orange",
        "pink",
        "purple",
        "red",
        "silver",
        "teal",
        "violet",
        "white",
        "yellow",
    ]
)
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}\Z")


def colored(color: str) -> nodes.Element | None:
    """A node for text in *color*, a name or hexadecimal; None if it is neither."""
    color = color.strip().lower()
    if color in COLORS:
        return nodes.inline(classes=[f"trope-color-{color}"])
    return trope_colored(color=color) if _HEX.match(color) else None


def _classed(*classes: str) -> Callable[[re.Match[str], InlineContext], nodes.Element]:
    return lambda match, context: make(nodes.inline, "", [], {"classes": list(classes)})


def _meaning(
    element: str, *classes: str
) -> Callable[[re.Match[str], InlineContext], nodes.Element]:
    return lambda match, context: make(
        trope_meaning, "", [], {"element": element, "classes": list(classes)}
    )


def _right_to_left(match: re.Match[str], context: InlineContext) -> nodes.Element:
    return make(trope_meaning, "", [], {"element": "bdi", "dir": "rtl"})


def _colored(match: re.Match[str], context: InlineContext) -> nodes.Element:
    color = match["color_value"]
    node = colored(color)
    if node is None:
        context.warn(f"{color!r} is no colour: a name or #hex is; the text is shown without")
        return nodes.inline()
    return node


CONSTRUCTS = [
    Span(
        "monospace",
        "@@",
        "@@",
        lambda match, context: make(nodes.literal, "", []),
        "@@monospace@@",
        needs="@",
    ),
    Span("smaller", r"\[-(?!-)", "-]", _meaning("small", "trope-smaller"), "[-smaller-]"),
    Span("smallest", r"\[--", "--]", _meaning("small", "trope-smallest"), "[--smaller still--]"),
    Span("larger", r"\[\+(?!\+)", "+]", _classed("trope-larger"), "[+larger+]", needs="+"),
    Span("largest", r"\[\+\+", "++]", _classed("trope-largest"), "[++larger still++]", needs="+"),
    Span("big", r"'\+", "+'", _classed("trope-larger"), "'+larger+'", needs="+"),
    Span("small", "'-", "-'", _meaning("small", "trope-smaller"), "'-smaller-'"),
    Span("inserted", r"\{\+", "+}", _meaning("ins", "trope-inserted"), "{+inserted+}", needs="+"),
    Span("deleted", r"\{-", "-}", _meaning("del", "trope-deleted"), "{-deleted-}"),
    Span("struck", r"\[\[strike:", "]]", _meaning("s", "trope-deleted"), "[[strike:struck out]]"),
    Span(
        "superscript",
        r"'\^",
        "^'",
        lambda match, context: nodes.superscript(),
        "E = mc'^2^'",
        needs="^",
    ),
    Span("subscript", "'_", "_'", lambda match, context: nodes.subscript(), "H'_2_'O", needs="_"),
    Span("small_capitals", r"\[\[AC:", "]]", _classed("trope-small-capitals"), "[[AC:Capitals]]"),
    Span("indent", r"\[\[indent:(?:[0-9]++:)?+", "]]", _classed("trope-indent"), "[[indent:2:in]]"),
    Span("right_to_left", r"\[\[rtl:", "]]", _right_to_left, "[[rtl:שלום, 2!]]"),
    Span("centred", r"\[\[center:", "]]", _classed("trope-center"), "[[center:in the middle]]"),
    Span(
        "colored",
        rf"\[\[(?:color:)?(?P<color_value>#[0-9A-Za-z]++|(?<=color:)[A-Za-z]++|"
        rf"(?:{'|'.join(sorted(COLORS))})(?=:)):",
        "]]",
        _colored,
        "[[red:in red]], [[color:#c0ffee:in hex]]",
    ),
]
