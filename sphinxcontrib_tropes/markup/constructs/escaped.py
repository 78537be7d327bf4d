"""``[=as typed=]`` and ``[@preformatted@]``: ``escapes.py`` has replaced them with marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..declaration import Atom, Block
from ..escapes import MARK
from .links import unclosed

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader
    from ..declaration import Made
    from ..inline import InlineContext


_TILDES = 2


def _escaped(match: re.Match[str], context: InlineContext) -> Made:
    mark = MARK.match(match[0])
    assert mark is not None
    content = context.escapes.content(mark)
    context.line += content.count("\n")
    if context.escapes.is_preformatted(mark):
        return nodes.literal(content, content)
    if len(content) > _TILDES and content[0] == content[-1] == "~":
        content = content[1:-1]  # [=~Title~=], as some wikis write a title that is not a link
    return [nodes.Text(content)] if content else []


def literal_block(text: str, reader: BlockReader) -> nodes.literal_block | None:
    """The block of preformatted lines in *text*; None if it is not only ``[@ ... @]``."""
    mark = MARK.fullmatch(text)
    if mark is None or not reader.escapes.is_preformatted(mark):
        return None
    content = reader.escapes.content(mark).strip("\n")
    block = nodes.literal_block(content, content, classes=["trope-preformatted"])
    block["language"] = "none"
    block["xml:space"] = "preserve"
    return block


def _preformatted(match: re.Match[str], reader: BlockReader) -> None:
    if block := literal_block(match[0].rstrip(), reader):
        reader.add(block)
    else:
        reader.add_text(match[0])


CONSTRUCTS = [
    Atom("escaped", MARK.pattern, _escaped, "[=NotALink=]", needs=MARK.pattern[0]),
    # closed ones have been replaced by marks already
    Atom("escaped_unclosed", r"\[[=@]", unclosed, "[=NotALink"),
    Block("preformatted", rf"{MARK.pattern}\Z", _preformatted, "[@\nas  typed\n@]"),
]
