"""Lists, nested by the number of marks: ``* x``, ``** x``, ``# x``, ``+ x``; ``:: x`` continues an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ...internals.docutils.fast_nodes import adopt, make
from ..declaration import Block
from ..redaction import SPOILER
from .escaped import literal_block

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader

_ITEM_KINDS = "*#:"
_KIND = {"+": "*"}  # mark -> kind, where the two differ


def _new_list(mark: str) -> nodes.Element:
    if mark == "*":
        return make(nodes.bullet_list, "", [], {"bullet": "*"})
    attributes = {"enumtype": "arabic", "prefix": "", "suffix": "."}
    return make(nodes.enumerated_list, "", [], attributes)


def _item(match: re.Match[str], reader: BlockReader) -> None:
    marks, text = match.group("marks", "text")
    items = reader.nest(_KIND.get(marks[-1], marks[-1]), len(marks), _new_list)
    item = items.last = make(nodes.list_item, "", [reader.text_block(nodes.paragraph, text)])
    item.line = reader.line
    items.column = match.start("text")
    adopt(items.holder, item)


def _continue(match: re.Match[str], reader: BlockReader) -> None:
    nested = reader.nested
    while nested and nested[-1].depth >= len(match["colons"]):
        nested.pop()
    if nested and nested[-1].kind in _ITEM_KINDS:
        code = literal_block(match["text"], reader)
        nested[-1].last.append(code or reader.text_block(nodes.paragraph, match["text"]))
    else:
        reader.add_text(match["text"])


def _indented(match: re.Match[str], reader: BlockReader) -> None:
    """A line that starts with a space or tab: continues the item above, or is preformatted."""
    nested = reader.nested
    if nested and nested[-1].kind in _ITEM_KINDS:
        # the item whose text it is aligned with
        indent = match.start("text")
        while len(nested) > 1 and nested[-1].column > indent >= nested[0].column:
            nested.pop()
        _add_to_item(nested[-1].last, match["text"], reader)
        return
    lines = [match[0][1:]]
    while (line := reader.peek()) is not None and line[:1] == " ":
        lines.append((reader.next_line() or "")[1:])
    text = reader.escapes.plain("\n".join(lines))
    if SPOILER.search(text):
        reader.warn("a line that begins with a blank is shown as typed: its spoiler is not hidden")
    block = nodes.literal_block(text, text, classes=["trope-preformatted"], language="none")
    block["xml:space"] = "preserve"
    block.line = reader.line
    reader.add(block)


def _add_to_item(item: nodes.Element, text: str, reader: BlockReader) -> None:
    last = item.children[-1] if item.children else None
    if reader.is_after_blank or not isinstance(last, nodes.paragraph):
        item.append(reader.text_block(nodes.paragraph, text))
    else:
        reader.continue_block(last, text)


CONSTRUCTS = [
    Block(
        "item",
        r"(?P<marks>[*#]++)[ \t]*+(?P<text>.++)",
        _item,
        "* an item\n** one within it\n# a numbered one",
    ),
    Block("plus_item", r"(?P<marks>\++)[ \t]++(?P<text>.++)", _item, "+ an item"),
    Block(
        "item_continued",
        r"(?P<colons>::++)[ \t]++(?P<text>.++)",
        _continue,
        "* an item\n:: more of it",
    ),
    Block("indented", r"[ \t]++(?P<text>\S.*)", _indented, " as typed"),
]
