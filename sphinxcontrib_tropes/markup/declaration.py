"""How a construct of the markup is declared: once, in a module of ``constructs``.

The scanner of inline markup and the reader of blocks are built from these declarations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docutils import nodes

    from .blocks import BlockReader
    from .inline import InlineContext

    Made = nodes.Element | list[nodes.Node]
    """What a match becomes; text is in a list."""

__all__ = ["Atom", "Block", "Construct", "Made", "Run", "Runs", "Span", "Unclosed"]


@dataclass(frozen=True)
class Atom:
    """Inline markup that one match holds whole, such as ``{{Braced Words}}``."""

    name: str
    """A Python identifier, unique among inline constructs."""
    pattern: str
    """Regular expression. Begins with one literal character or a set of them; its named groups
    begin with ``name_``; a match takes time in proportion to its length."""
    build: Callable[[re.Match[str], InlineContext], Made]
    """What the match becomes."""
    example: str
    """A line of markup that shows it."""
    not_after: str = ""
    """Regular expression of one character that must not stand before."""
    needs: str = ""
    """What a text must hold somewhere for a match, if that is rare: others then cost nothing. A
    single character, unless the pattern begins with a letter."""


@dataclass(frozen=True)
class Span:
    """Inline markup that opens, holds other inline markup, and closes."""

    name: str
    pattern: str
    """What opens it, as for an :class:`Atom`."""
    closes: str
    """What closes it, literally; where it is what opens it, too, they take turns."""
    build: Callable[[re.Match[str], InlineContext], nodes.Element | None]
    """The empty node for the contents; None, with a report, if the marks are to be text."""
    example: str
    not_after: str = ""
    needs: str = ""
    """As for an :class:`Atom`; what closes it holds it, too, unless that is ``]]``."""
    is_link: bool = False
    """Whether it becomes a link, so that no other link may stand in it, or text if it can't."""
    complete: Callable[[nodes.Element, re.Match[str], InlineContext, str], None] | None = None
    """Gives the node a text where it has none that is seen; also takes the letters behind it."""
    hides: bool = False
    """Whether it hides what it holds: what nothing closes is hidden to the end of its block."""

    @property
    def is_strong(self) -> bool:
        """Whether it is paired before weaker markup: ``[[spoiler:''a]]''`` hides what it can."""
        return self.closes.endswith("]]")


class Unclosed(str):
    """A mark that nothing closes: text, and the writer is told."""

    __slots__ = ()


class Run:
    """One mark of :class:`Runs` in a text."""

    __slots__ = ("_match", "line", "meaning", "runs", "text")

    def __init__(self, runs: Runs, match: re.Match[str], line: int) -> None:
        self.runs = runs
        self.text = match[0]
        self.line = line
        self.meaning: Sequence[str | type[nodes.Element] | None] = (self.text,)
        """What it stands for, once that is known."""
        self._match = match

    @property
    def before(self) -> str:
        """The character before it, if any."""
        start = self._match.start()
        return self._match.string[max(0, start - 1) : start]

    @property
    def after(self) -> str:
        """Up to three characters after it."""
        end = self._match.end()
        return self._match.string[end : end + 3]


@dataclass(frozen=True)
class Runs:
    """Inline markup whose marks get their meaning from one another, such as apostrophes."""

    name: str
    pattern: str
    pair: Callable[[Sequence[Run]], Sequence[Sequence[str | type[nodes.Element] | None]]]
    """The runs of one stretch of text -> for each what it stands for: text, the class of a node
    to open, or None to close the last one opened."""
    example: str
    not_after: str = ""
    needs: str = ""


@dataclass(frozen=True)
class Block:
    """Markup at the head of a line."""

    name: str
    pattern: str
    """Regular expression, matched at the head of a line. Begins with one literal character or a
    set of them."""
    parse: Callable[[re.Match[str], BlockReader], None]
    """Adds what the line (and, read from the reader, those after it) becomes."""
    example: str


Construct = Atom | Block | Runs | Span
"""Any construct."""
