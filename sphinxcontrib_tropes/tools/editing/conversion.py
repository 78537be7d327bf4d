"""What the conversions between markups share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from docutils.utils import new_document

from ...markup.page import clean, page_section
from ..refusal import Refusal
from .document_comparison import HIDDEN, facts_of
from .rich_nodes import NoEquivalent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...markup import MarkupSettings
    from ...names import PageName
    from .document_comparison import Fact
    from .markup_writers import Writer

__all__ = [
    "Converted",
    "blocks_of",
    "comment_lines",
    "page_facts",
    "with_final_newline",
    "written_block",
]


class Converted(NamedTuple):
    """A document in another markup."""

    text: str
    kept: int = 0
    """How many blocks stay trope markup, in a directive."""


def page_facts(text: str, name: PageName, settings: MarkupSettings, language: str) -> list[Fact]:
    """The facts that the wiki takes from a page of trope markup."""
    document = new_document("x.trope")
    document += page_section(text, name, settings, lambda line, sentence: None)
    return facts_of(document, settings.namespaces, language)


def with_final_newline(text: str) -> str:
    """*text* with plain line ends, including one at the end."""
    return clean(text) + ("" if text.endswith("\n") else "\n")


def blocks_of(node: nodes.Element, level: int = 0) -> Iterator[tuple[int, nodes.Element]]:
    """Titles and blocks in order, each with the depth of its section."""
    for child in node.children:
        if isinstance(child, nodes.section):
            yield from blocks_of(child, level + 1)
        elif isinstance(child, nodes.comment):
            if comment_lines(child):
                yield level, child
        elif isinstance(child, nodes.Element) and child.tagname not in (*HIDDEN, "target"):
            yield level, child


def comment_lines(comment: nodes.comment) -> list[str]:
    """The lines of a comment; none if it only separates two lists."""
    lines = [line.strip() for line in comment.astext().split("\n")]
    return [] if lines == ["-"] else [line for line in lines if line]


def written_block(writer: Writer, node: nodes.Element, level: int, markup: str) -> str:
    """A title or block in the markup of *writer*.

    :param markup: name of the markup, for messages.
    :raises Refusal: if the block has no equivalent.
    """
    try:
        if isinstance(node, nodes.title):
            return writer.finished(writer.titled(writer.inline(node.children), level - 1))
        return writer.finished(writer.block(node))
    except NoEquivalent as what:
        raise Refusal(f"{what} has no equivalent in {markup}", _line_of(node)) from None


def _line_of(block: nodes.Element) -> int:
    """The line of *block*, or the first known line in it: docutils before 0.22 gives topics none."""
    return next((node.line for node in block.findall(nodes.Element) if node.line), 0)
