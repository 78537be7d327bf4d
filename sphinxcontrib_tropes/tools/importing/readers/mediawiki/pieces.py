"""What parts of wikitext become: pieces of a line, some of which are blocks after all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from ...tree import (
    Break,
    Callout,
    Code,
    CodeBlock,
    DefinitionList,
    Heading,
    Link,
    List,
    Markup,
    Math,
    MathBlock,
    Note,
    Paragraph,
    Picture,
    Quotation,
    Rule,
    Spoiler,
    Styled,
    Table,
    Text,
    WebLink,
    joined,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ...remarks import Remarks
    from ...tree import Block, Inline
    from .nodes import Nodes

__all__ = ["Blocks", "Context", "Piece", "in_line", "trimmed", "words_of"]


class Blocks(NamedTuple):
    """Blocks that stand in a line of wikitext."""

    blocks: tuple[Block, ...]


Piece = (
    Text
    | Styled
    | Code
    | Math
    | Break
    | Link
    | WebLink
    | Picture
    | Note
    | Spoiler
    | Markup
    | Blocks
)
"""A piece of a line."""


class Context(Protocol):
    """The page that is converted."""

    remarks: Remarks
    rules: Mapping[str, str]
    here: str
    """The key of the page."""
    categories: dict[str, None]
    description: str

    def pieces(self, nodes: Nodes) -> list[Piece]:
        """*nodes* as pieces of a line."""

    def inlines(self, nodes: Nodes) -> tuple[Inline, ...]:
        """*nodes* in one line, without blanks at its ends."""

    def blocks(self, nodes: Nodes, *, has_code: bool = False) -> tuple[Block, ...]:
        """*nodes* as blocks.

        :param has_code: whether lines that begin with a blank are code.
        """

    def parsed(self, text: str) -> Nodes:
        """The parts of wikitext that was set aside."""

    def words(self, nodes: Nodes) -> str:
        """The plain words of *nodes*, with what functions give."""

    def note(self, attributes: Mapping[str, str], nodes: Nodes) -> list[Piece]:
        """A ``<ref>``."""


def trimmed(pieces: Iterable[Inline]) -> tuple[Inline, ...]:
    """*pieces* without blanks and line breaks at both ends."""
    found = [piece for piece in joined(pieces) if piece != Text("")]
    while found and _is_blank(found[0]):
        del found[0]
    while found and _is_blank(found[-1]):
        del found[-1]
    if found and isinstance(found[0], Text):
        found[0] = Text(found[0].text.lstrip())
    if found and isinstance(found[-1], Text):
        found[-1] = Text(found[-1].text.rstrip())
    return tuple(found)


def _is_blank(piece: Inline) -> bool:
    return isinstance(piece, Break) or (isinstance(piece, Text) and not piece.text.strip())


def in_line(blocks: Iterable[Block]) -> Iterator[Inline]:
    """*blocks* in one line, with line breaks between them."""
    for number, block in enumerate(blocks):
        if number:
            yield Break()
        yield from _in_line(block)


def _in_line(block: Block) -> Iterator[Inline]:
    match block:
        case Paragraph() | Heading():
            yield from block.children
        case CodeBlock():
            yield Code(block.text)
        case MathBlock():
            yield Math(block.tex)
        case Picture() | Markup():
            yield block
        case Quotation():
            yield from in_line(block.blocks)
        case Callout():
            yield from block.title
            yield from in_line(block.blocks)
        case List():
            for number, item in enumerate(block.items):
                if number:
                    yield Break()
                yield Text("• ")
                yield from in_line(item)
        case DefinitionList():
            for number, (term, definition) in enumerate(block.items):
                if number:
                    yield Break()
                yield from term
                yield Text(": ")
                yield from in_line(definition)
        case Table():
            for number, row in enumerate(block.rows):
                if number:
                    yield Break()
                for column, cell in enumerate(row):
                    if column:
                        yield Text(" · ")
                    yield from in_line(cell.blocks)
        case Rule():
            yield Text(" — ")


def words_of(pieces: Iterable[Inline]) -> str:
    """The words that readers see of *pieces*."""
    found = []
    for piece in pieces:
        match piece:
            case Text():
                found.append(piece.text)
            case Code():
                found.append(piece.text)
            case Styled() | Spoiler():
                found.append(words_of(piece.children))
            case Link() | WebLink():
                found.append(words_of(piece.children))
            case Break():
                found.append("\n")
            case _:
                pass
    return "".join(found)
