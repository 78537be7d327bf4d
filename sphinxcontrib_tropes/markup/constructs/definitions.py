"""Definitions: ``:term: text``, nested by the number of colons; questions and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..declaration import Block

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader


def _definition(match: re.Match[str], reader: BlockReader) -> None:
    items = reader.nest(":", len(match["colons"]), lambda _: nodes.definition_list())
    term = reader.text_block(nodes.term, match["term"].strip())
    items.last = nodes.definition()
    if match["text"]:
        items.last.append(reader.text_block(nodes.paragraph, match["text"]))
    item = nodes.definition_list_item("", term, items.last)
    item.line = reader.line
    items.holder.append(item)


def _question(match: re.Match[str], reader: BlockReader) -> None:
    paragraph = reader.text_block(nodes.paragraph, match[0])
    kind = "question" if match["kind"] == "Q" else "answer"
    paragraph["classes"].append(f"trope-{kind}")
    reader.add(paragraph)


CONSTRUCTS = [
    Block(
        "definition",
        r"(?P<colons>:++)(?P<term>[^:\s][^:]*+):(?:[ \t]++(?P<text>.*+))?\Z",
        _definition,
        ":term: what it means",
    ),
    Block("question", r"(?P<kind>[QA]): .*", _question, "Q: Why?\nA: Because."),
]
