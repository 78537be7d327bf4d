"""The first lines of a page: which blocks of a doctree they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..markup.nodes import trope_folder, trope_index_list, trope_note_block, trope_spoiler_block

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["lead_blocks"]

# Nothing in them is what a page says of itself.
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
    trope_index_list,
    trope_note_block,
    trope_spoiler_block,
)
# Paragraphs that say where the page leads, where it is listed, and what a picture shows.
_NO_PROSE = frozenset(["trope-redirect", "trope-categories", "trope-caption"])
# Here what a page says of itself is over, and details begin.
_ENDS = (
    nodes.section,
    nodes.bullet_list,
    nodes.enumerated_list,
    nodes.definition_list,
    trope_folder,
)


def lead_blocks(page: nodes.Element) -> list[nodes.TextElement]:
    """The paragraphs that *page* begins with.

    That is its prose above the first heading, list or folder. Where there is none, it is the first
    block of text further down, and where there is nothing else, the page's quote.
    """
    prose: list[nodes.TextElement] = []
    quotes: list[nodes.TextElement] = []
    for block, is_quote, is_detail in _blocks(page):
        if is_quote:
            quotes.append(block)
        elif not is_detail:
            prose.append(block)
        else:
            return prose or [block]
    return prose or quotes[:1]


def _blocks(page: nodes.Element) -> Iterator[tuple[nodes.TextElement, bool, bool]]:
    """The blocks of text of *page*, each with whether it is in a quote, and whether it stands
    after the beginning of the details.
    """
    is_detail = False
    # a stack, not recursion; the last in is the next out, hence reversed
    stack: list[tuple[nodes.Node, bool]] = [(child, False) for child in reversed(page.children)]
    while stack:
        node, is_quote = stack.pop()
        if isinstance(node, _SKIPPED) or not isinstance(node, nodes.Element):
            continue
        if isinstance(node, nodes.TextElement):
            has_words = next(iter(node.findall(nodes.Text)), None) is not None
            if has_words and _NO_PROSE.isdisjoint(node["classes"]):
                yield node, is_quote, is_detail
            continue
        is_detail = is_detail or isinstance(node, _ENDS)
        inside = is_quote or isinstance(node, nodes.block_quote)
        stack += [(child, inside) for child in reversed(node.children)]
