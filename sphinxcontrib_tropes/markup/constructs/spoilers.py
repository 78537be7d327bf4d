"""Spoilers: ``[[spoiler:x]]``; around blocks, each mark is alone on its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...internals.docutils.fast_nodes import make
from ..declaration import Block, Span
from ..nodes import trope_spoiler, trope_spoiler_block

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader
    from ..inline import InlineContext


def _spoiler(match: re.Match[str], context: InlineContext) -> trope_spoiler:
    # "no-search": Sphinx's search neither finds nor quotes what it hides
    return make(trope_spoiler, "", [], {"classes": ["trope-spoiler", "no-search"]})


def _open(match: re.Match[str], reader: BlockReader) -> None:
    if not reader.opens_blocks("]]", "spoiler"):
        reader.add_text(match[0])
        return
    reader.open(
        trope_spoiler_block(classes=["trope-spoiler", "no-search"]), "spoiler", "[[spoiler:"
    )


def _close(match: re.Match[str], reader: BlockReader) -> None:
    if not reader.close("spoiler"):
        reader.add_text(match[0])


# In any case, with any spaces: text meant to be hidden must be hidden.
_MARK = r"\[\[\s*+(?i:spoiler)\s*+:\s*+"

CONSTRUCTS = [
    Span(
        "spoiler",
        _MARK,
        "]]",
        _spoiler,
        "[[spoiler:The butler did it.]]",
        hides=True,
    ),
    Block("spoiler_block", rf"{_MARK}\Z", _open, "[[spoiler:\nThe butler did it.\n]]"),
    Block("spoiler_end", r"\]\]\s*\Z", _close, "]]"),
]
