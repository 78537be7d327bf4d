"""A rule across the page: four dashes or more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..declaration import Block

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader


def _rule(match: re.Match[str], reader: BlockReader) -> None:
    reader.rule(nodes.transition(classes=["trope-rule"]))


CONSTRUCTS = [Block("rule", r"----+\s*\Z", _rule, "----")]
