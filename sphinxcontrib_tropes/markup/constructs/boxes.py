"""Titled boxes: ``[[WMG:title]]``, up to the next box or heading, or the end of the container."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..characters import BALANCED
from ..declaration import Block

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader


def _open(match: re.Match[str], reader: BlockReader) -> None:
    if not match["title"].strip():
        reader.add_text(match[0])
        return
    reader.closed_silently.add("box")
    reader.close("box")
    title = reader.text_block(nodes.title, match["title"].strip())
    box = nodes.admonition("", title, classes=["trope-box"])
    box.line = reader.line
    reader.open(box, "box", match[0])
    reader.read_again(match["rest"])


def _close(match: re.Match[str], reader: BlockReader) -> None:
    if not reader.close("box"):
        reader.add_text(match[0])


CONSTRUCTS = [
    Block(
        "box",
        rf"\[\[WMG:(?P<title>{BALANCED})\]\](?P<rest>.*)",
        _open,
        "[[WMG:She was a ghost all along]]\nNobody but the child ever speaks to her.",
    ),
    Block(
        "box_unbalanced",
        r"\[\[WMG:(?P<title>.*)\]\](?P<rest>[^\]]*)\Z",
        _open,
        "[[WMG:She was [a ghost]]",
    ),
    Block("box_end", r"\[\[/WMG\]\]\s*\Z", _close, "[[/WMG]]"),
]
