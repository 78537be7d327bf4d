"""The lead section of a page: the blocks of text that it begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..markup.nodes import (
    trope_embedding,
    trope_folder,
    trope_index_list,
    trope_note_block,
    trope_page,
    trope_spoiler_block,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["first_picture", "lead_blocks", "sections_of"]

# None of these describes the page.
_SKIPPED = (
    nodes.Admonition,
    nodes.Invisible,
    nodes.title,
    nodes.rubric,
    nodes.attribution,
    nodes.docinfo,
    nodes.field_list,
    nodes.figure,
    nodes.literal_block,
    nodes.math_block,
    nodes.table,
    nodes.topic,
    nodes.footnote,
    nodes.citation,
    nodes.raw,
    nodes.system_message,
    trope_embedding,
    trope_index_list,
    trope_note_block,
    trope_spoiler_block,
)
# What a reader has to open.
_CLOSED = (trope_embedding, trope_folder, trope_note_block, trope_spoiler_block)
# Classes of paragraphs for the target of a redirect, for categories, and for captions.
_NO_PROSE = frozenset(["trope-redirect", "trope-categories", "trope-caption"])
# The lead section ends before the first of these.
_ENDS = (
    nodes.section,
    nodes.bullet_list,
    nodes.enumerated_list,
    nodes.definition_list,
    trope_folder,
)


def lead_blocks(page: nodes.Element) -> list[nodes.TextElement]:
    """The paragraphs of the lead section of *page*.

    That is its prose above the first heading, list or folder; without such prose, the first block
    of text below; without any, the page's quote.
    """
    prose: list[nodes.TextElement] = []
    quotes: list[nodes.TextElement] = []
    for block, is_quote, is_below in _blocks(page):
        if is_quote:
            quotes.append(block)
        elif not is_below:
            prose.append(block)
        else:
            return prose or [block]
    return prose or quotes[:1]


def sections_of(page: nodes.Element) -> Iterator[nodes.section]:
    """The sections of *page*, and those inside them, in order; none of another page in it."""
    for child in page.children:
        if isinstance(child, nodes.section) and child["ids"] and not _is_page(child):
            yield child
            yield from sections_of(child)


def _is_page(node: nodes.Element) -> bool:
    return any(isinstance(child, trope_page) for child in node.children[:2])


def first_picture(page: nodes.Element) -> str:
    """The path of the first picture of *page* that is a block of its own, or empty: a picture in a
    line of text is an icon. What a reader has to open does not count.
    """
    stack = [*reversed(page.children)]
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.image):
            uri: str = node.get("uri", "")
            if uri and "://" not in uri and not uri.startswith("data:"):
                return uri
        is_hidden = isinstance(node, _CLOSED) or not isinstance(node, nodes.Element)
        if not is_hidden and (not isinstance(node, nodes.TextElement) or _is_picture(node)):
            stack += reversed(node.children)
    return ""


def _is_picture(block: nodes.Element) -> bool:
    """Whether a block of text is only a picture, perhaps with a link around it."""
    return isinstance(block, nodes.reference | nodes.paragraph) and not block.astext().strip()


def _blocks(page: nodes.Element) -> Iterator[tuple[nodes.TextElement, bool, bool]]:
    """The blocks of text of *page*, each with whether it is in a quote and whether it comes after
    the lead section.
    """
    is_below = False
    # a stack instead of recursion: last in, first out, hence reversed
    stack: list[tuple[nodes.Node, bool]] = [(child, False) for child in reversed(page.children)]
    while stack:
        node, is_quote = stack.pop()
        if isinstance(node, _SKIPPED) or not isinstance(node, nodes.Element):
            continue
        if isinstance(node, nodes.TextElement):
            has_words = next(iter(node.findall(nodes.Text)), None) is not None
            if has_words and _NO_PROSE.isdisjoint(node["classes"]):
                yield node, is_quote, is_below
            continue
        is_below = is_below or isinstance(node, _ENDS)
        inside = is_quote or isinstance(node, nodes.block_quote)
        stack += [(child, inside) for child in reversed(node.children)]
