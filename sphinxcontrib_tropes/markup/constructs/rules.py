"""Rules: four dashes or more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..declaration import Block
from ..nodes import trope_rule

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader


def _rule(match: re.Match[str], reader: BlockReader) -> None:
    in_section = isinstance(reader.parent, nodes.section)
    rule = nodes.transition if in_section else trope_rule
    reader.add_rule(rule(classes=["trope-rule"]))


CONSTRUCTS = [Block("rule", r"----+\s*\Z", _rule, "----")]
