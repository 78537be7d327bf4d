"""Definitions: ``:term: text`` or ``:term:text``, nested by the number of colons; questions and
answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..characters import IN_BRACKETS
from ..declaration import Block

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader

_UNIT = rf"\[\[{IN_BRACKETS}\]\]|\{{\{{[^{{}}]*+\}}\}}"  # links may contain colons
_PIECE = rf"[^:'\[{{@]|'(?!')|\[(?!\[)|\{{(?!\{{)|@(?!@)|@@(?:[^@]|@(?!@))*+@@|{_UNIT}"
_TERM = rf"(?:''++(?:{_PIECE})++''++|{_PIECE})++"
# A smiley is no term, nor is a blank, which starts prose.
_STARTS_TERM = r"(?![DPpOoXx03]\s)(?=[\w\"“„«.%$\ufdd0]|\((?=\w)|''|@@|\[(?=[ \t]*\[\[)|\[\[|\{\{)"
# 10:30, http://, a::b, :role:`x`, and smileys.
_STARTS_TEXT = r"(?!(?<=[0-9]:)[0-9]|//|[:`)\]>|\\*]|\((?:\s|\Z)|-[)(DPp]|[DPpOo03](?!\w))(?=\S)"


def _definition(match: re.Match[str], reader: BlockReader) -> None:
    items = reader.nest(":", len(match["colons"]), lambda _: nodes.definition_list())
    term = reader.text_block(nodes.term, match["term"].strip())
    items.last = nodes.definition()
    if match["text"]:
        items.last.append(reader.text_block(nodes.paragraph, match["text"]))
    item = nodes.definition_list_item("", term, items.last)
    item.line = reader.line
    items.holder.append(item)


def _close_definition(match: re.Match[str], reader: BlockReader) -> None:
    """A definition without a blank: text in a paragraph with a spoiler, which may go on there."""
    if reader.is_in_paragraph and reader.is_in_spoiler:
        reader.add_text(match[0])
    else:
        _definition(match, reader)


def _more(match: re.Match[str], reader: BlockReader) -> None:
    """A definition with a blank for its term: more of the one above."""
    nested = reader.nested
    while nested and nested[-1].depth > len(match["colons"]):
        nested.pop()
    if nested and nested[-1].kind == ":":
        nested[-1].last.append(reader.text_block(nodes.paragraph, match["text"]))
    else:
        reader.add_text(match[0])


def _question(match: re.Match[str], reader: BlockReader) -> None:
    paragraph = reader.text_block(nodes.paragraph, match[0])
    kind = "question" if match["kind"] == "Q" else "answer"
    paragraph["classes"].append(f"trope-{kind}")
    reader.add(paragraph)


CONSTRUCTS = [
    Block(
        "definition",
        r"(?P<colons>:++)(?P<term>[^:\s][^:]*+):(?:[ \t]++|\Z)(?P<text>.*)",
        _definition,
        ":term: what it means",
    ),
    Block(
        "definition_close",
        rf"(?P<colons>:++){_STARTS_TERM}(?P<term>{_TERM}):"
        rf"(?:[ \t]++|{_STARTS_TEXT})(?P<text>.++)\Z",
        _close_definition,
        ":term:what it means",
    ),
    Block(
        "definition_more",
        r"(?P<colons>:++)[ \t]++:[ \t]*+(?P<text>[^\s:)].*+)\Z",
        _more,
        ":term: what it means\n: :and more",
    ),
    Block("question", r"(?P<kind>[QA]): (?P<text>.*)", _question, "Q: Why?\nA: Because."),
]
