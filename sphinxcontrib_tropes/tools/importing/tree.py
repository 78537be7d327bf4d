"""The small tree that every reader makes of a page, and from which trope markup is written.

Targets of links and pictures are spelled as in the source: the writer looks them up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Block",
    "Break",
    "Callout",
    "Cell",
    "Code",
    "CodeBlock",
    "DefinitionList",
    "Document",
    "Heading",
    "Inline",
    "Link",
    "List",
    "Markup",
    "Math",
    "MathBlock",
    "Note",
    "Paragraph",
    "Picture",
    "Quotation",
    "Rule",
    "Spoiler",
    "Style",
    "Styled",
    "Table",
    "Text",
    "WebLink",
    "joined",
    "text_of",
]

Style = Literal[
    "emphasis",
    "strong",
    "strike",
    "insert",
    "superscript",
    "subscript",
    "small",
    "big",
]


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text, which is escaped where it would be markup. A line end in it is a blank."""

    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """Text in another style."""

    style: Style
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Monospaced text, as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula in a line, in TeX."""

    tex: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the wiki."""

    target: str
    """The page, as the source spells it; empty for a section of the same page."""
    children: tuple[Inline, ...] = ()
    """What readers see; empty for the name of the page."""
    section: str = ""
    """The heading, or the id of the anchor, that it leads to."""
    embeds: bool = False
    """Whether the page, or its section, is shown at this place."""


@dataclass(frozen=True, slots=True)
class WebLink:
    """A link to an address."""

    url: str
    children: tuple[Inline, ...] = ()
    """What readers see; empty for the address."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: in a line, or a block of its own, maybe with a caption."""

    target: str
    """Its file as the source spells it, or its address."""
    alt: str = ""
    width: int = 0
    """In pixels; 0: its own."""
    side: Literal["", "left", "right"] = ""
    """The side at which it floats; empty: where it stands."""
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, at its place in the text."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Spoiler:
    """Text that is covered until a reader wants to see it."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Markup:
    """Trope markup that is written as it is: from a rule of the user, or for an anchor."""

    text: str


Inline = Text | Styled | Code | Math | Break | Link | WebLink | Picture | Note | Spoiler | Markup
"""What stands in a line."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. The writer raises all headings so that the highest has level 1."""

    level: int
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines of code, as typed."""

    text: str
    language: str = ""
    """Empty if the source states none."""


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A formula of its own, in TeX."""

    tex: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation of blocks."""

    blocks: tuple[Block, ...]
    attribution: tuple[Inline, ...] = ()
    """Who said it."""


@dataclass(frozen=True, slots=True)
class List:
    """A list; each item has blocks, the first mostly a paragraph."""

    items: tuple[tuple[Block, ...], ...]
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms, each with the blocks of its definitions."""

    items: tuple[tuple[tuple[Inline, ...], tuple[Block, ...]], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    blocks: tuple[Block, ...]
    is_header: bool = False
    columns: int = 1
    """The number of columns that it spans."""
    rows: int = 1
    """The number of rows that it spans."""
    align: Literal["", "left", "center", "right"] = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells. A cell that spans rows is in the first of them alone."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Callout:
    """A box with a title, or what can be folded away."""

    kind: str
    """``note``, ``warning`` ...: the word of the source, in lower case; empty: a box of no kind."""
    title: tuple[Inline, ...]
    """Empty for the title that its kind has."""
    blocks: tuple[Block, ...]
    is_folded: bool = False
    """Whether it is closed until a reader opens it."""


Block = (
    Heading
    | Paragraph
    | CodeBlock
    | MathBlock
    | Quotation
    | List
    | DefinitionList
    | Rule
    | Table
    | Callout
    | Picture
    | Markup
)
"""What stands on lines of its own."""


@dataclass(frozen=True, slots=True)
class Document:
    """A page as its reader understood it. All names are spelled as in the source."""

    blocks: tuple[Block, ...]
    title: str = ""
    """Empty for the title that the name has."""
    aliases: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    """The pages that list this one: categories, tags, trails. Targets as of links."""
    redirect: str = ""
    """The page that this one only leads to."""
    redirect_section: str = ""
    relations: tuple[tuple[str, str], ...] = ()
    """Kind of the relation, such as ``subtrope-of``, and the other page."""
    fields: tuple[tuple[str, tuple[Inline, ...]], ...] = ()
    """Properties that have no meaning here: they become a table at the end of the page."""
    description: str = ""
    """The page in a sentence, as plain text."""
    files: tuple[tuple[str, bytes], ...] = ()
    """The files that are in the page itself: name, as its pictures have it, and content."""


def text_of(part: object) -> str:
    """The text of any part of a tree, with blanks between blocks. However deeply it is nested."""
    pieces: list[str] = []
    waiting = [part]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Text | Code):
            pieces.append(part.text)
        elif isinstance(part, CodeBlock):
            pieces.append(f"{part.text} ")
        elif isinstance(part, Math | MathBlock):
            pieces.append(part.tex)
        elif isinstance(part, tuple):
            waiting.extend(reversed(part))
        elif isinstance(part, str) or part is None:
            continue
        else:
            pieces += [" "] if isinstance(part, Paragraph | Heading | Cell | Break) else []
            waiting.extend(getattr(part, name, None) for name in reversed(_slots(type(part))))
    return " ".join("".join(pieces).split())


def _slots(kind: type) -> tuple[str, ...]:
    return getattr(kind, "__slots__", ())


def joined(parts: Iterable[Inline]) -> tuple[Inline, ...]:
    """*parts*, with texts that follow each other made one."""
    found: list[Inline] = []
    texts: list[str] = []
    for part in parts:
        if isinstance(part, Text):
            texts.append(part.text)
            continue
        if texts:
            found.append(Text("".join(texts)))
            texts.clear()
        found.append(part)
    if texts:
        found.append(Text("".join(texts)))
    return tuple(found)
