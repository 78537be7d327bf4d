"""PmWiki's styles: ``%red%x%%`` in a line, ``>>class<<`` ... ``>><<`` around blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..declaration import Atom, Block
from .typography import COLORS

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader
    from ..declaration import Made
    from ..inline import InlineContext

_CLASSES = frozenset(["center", "frame", "indent", "left", "lframe", "rframe", "right"])


def _style_classes(style: str) -> list[str]:
    """The known classes of *style*: colours, and those of PmWiki for position and frames."""
    classes = []
    for word in style.lower().replace("color=", "").split():
        if word in _CLASSES:
            classes.append(f"trope-{word}")
        elif word in COLORS:
            classes.append(f"trope-color-{word}")
    return classes


def _styled(match: re.Match[str], context: InlineContext) -> Made:
    # a match, not a span: a closing mark would look like a comment
    children = context.parse(match["style_text"], context.line)
    return nodes.inline("", "", *children, classes=_style_classes(match["style_words"]))


def _open(match: re.Match[str], reader: BlockReader) -> None:
    reader.closed_silently.add("style")
    reader.close("style")
    if match["words"].strip():
        container = nodes.container(classes=_style_classes(match["words"]))
        reader.open(container, "style", match[0])


CONSTRUCTS = [
    Atom(
        "style",
        r"%(?P<style_words>[A-Za-z#][\w#=\-'\". ]*+)%(?P<style_text>(?:[^%]|%(?!%)){1,500}+)%%",
        _styled,
        "%red%in red%%",
        needs="%",
    ),
    Block("style_block", r">>(?P<words>[^<>]*)<<\s*\Z", _open, ">>center<<\nText.\n>><<"),
]
