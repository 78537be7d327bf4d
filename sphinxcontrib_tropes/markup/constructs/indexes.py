"""Indexes: the list between ``[[index]]`` and ``[[/index]]``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration import Block
from ..nodes import trope_index_list

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader


def _open(match: re.Match[str], reader: BlockReader) -> None:
    reader.open(trope_index_list(classes=["trope-index-list"]), "index", "[[index]]")
    reader.read_again(match["rest"])


def _close(match: re.Match[str], reader: BlockReader) -> None:
    if not reader.close("index"):
        reader.warn("[[/index]] closes nothing; left out")
    reader.read_again(match["rest"])


CONSTRUCTS = [
    Block("index", r"\[\[index\]\](?P<rest>.*)", _open, "[[index]]\n* FunnyAnimal\n[[/index]]"),
    Block("index_end", r"\[\[/index\]\](?P<rest>.*)", _close, "[[/index]]"),
]
