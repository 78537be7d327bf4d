"""Quotations: ``-> x``, nested by the number of dashes; ``-->-- name`` attributes one; ``-< x`` has
a hanging indent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ...internals.docutils.fast_nodes import adopt, make
from ..declaration import Block

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader


def _quote(match: re.Match[str], reader: BlockReader) -> None:
    if reader.is_after_blank and reader.nested and reader.nested[-1].kind == ">":
        reader.end_lists()
    quote = reader.nest(">", len(match["dashes"]), _new_quote)
    adopt(quote.holder, reader.text_block(nodes.paragraph, match["text"]))


def _new_quote(kind: str) -> nodes.Element:
    return make(nodes.block_quote, "", [], {"classes": ["trope-quote"]})


def _attribution(match: re.Match[str], reader: BlockReader) -> None:
    nested = reader.nested
    at = next((at for at, open_ in enumerate(nested) if open_.kind == ">"), None)
    if at is None:
        at, quote = len(nested), reader.nest(">", len(nested) + 1, _new_quote)
    else:
        quote = nested[at]
    quote.holder.append(reader.text_block(nodes.attribution, match["text"]))
    del nested[at:]


def _outdent(match: re.Match[str], reader: BlockReader) -> None:
    paragraph = reader.text_block(nodes.paragraph, match["text"])
    paragraph["classes"].append("trope-outdent")
    reader.add(paragraph)


CONSTRUCTS = [
    Block(
        "attribution", r"-++>[ \t]*+--[ \t]*+(?P<text>[^\s\-].*)", _attribution, "-->-- its author"
    ),
    Block("quote", r"(?P<dashes>-++)>[ \t]*+(?P<text>\S.*)", _quote, "-> quoted words"),
    Block("outdent", r"-++<[ \t]*+(?P<text>\S.*)", _outdent, "-< a hanging paragraph"),
]
