"""Comments: ``%%`` up to the end of the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration import Atom, Block

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader
    from ..declaration import Made
    from ..inline import InlineContext


def _inline(match: re.Match[str], context: InlineContext) -> Made:
    return []


def _line(match: re.Match[str], reader: BlockReader) -> None:
    """Adds nothing, not even a blank line: the paragraph around it continues."""


CONSTRUCTS = [
    Atom("comment", r"%%[^\n]*+", _inline, "shown %% not shown", needs="%"),
    Block("comment_line", "%%.*", _line, "%% not shown", is_shown=False),
]
