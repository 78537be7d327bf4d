"""Headings: ``!x``, ``!!x``, or a line of text with ``====`` below; they become sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration import Block

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader


def _heading(match: re.Match[str], reader: BlockReader) -> None:
    if reader.innermost == "box":
        reader.close("box")
    reader.add_heading(min(len(match["marks"]), 6), match["text"])


def _underline(match: re.Match[str], reader: BlockReader) -> None:
    taken = reader.take_line()
    if taken is None:
        reader.add_text(match[0])
        return
    if reader.innermost == "box":
        reader.close("box")
    reader.add_heading(1, *taken)


CONSTRUCTS = [
    Block("heading", r"(?P<marks>!++)[ \t]*+(?P<text>[^\s!].*)", _heading, "!!Examples"),
    Block("underline", r"====++\Z", _underline, "Examples\n========"),
]
