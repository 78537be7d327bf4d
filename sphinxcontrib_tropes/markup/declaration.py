"""How a construct of the markup is declared: once, in a module of ``constructs``.

The scanner of inline markup and the table of blocks are built from these declarations.
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
    """What a match becomes. Text comes in a list."""

__all__ = ["Atom", "Block", "Construct", "Made", "Run", "Runs", "Span", "Unclosed"]


@dataclass(frozen=True)
class Atom:
    """Inline markup that is a single match, such as ``{{Braced Words}}``."""

    name: str
    """A Python identifier, unique among inline constructs."""
    pattern: str
    """Regular expression. Starts with a literal character or a set of them; its named groups start
    with ``name_``; a match takes linear time.
    """
    build: Callable[[re.Match[str], InlineContext], Made]
    """Makes the nodes of a match."""
    example: str
    """A line of markup that uses it."""
    not_after: str = ""
    """Regular expression of a character that must not precede it."""
    needs: str = ""
    """A rare string that any text with a match contains. Texts without it are not searched for the
    construct. A single character, unless the pattern starts with a letter.
    """


@dataclass(frozen=True)
class Span:
    """Inline markup that opens, contains other inline markup, and closes."""

    name: str
    pattern: str
    """What opens it, as for :class:`Atom`."""
    closes: str
    """The literal mark that closes it. If the same mark opens it, the two alternate."""
    build: Callable[[re.Match[str], InlineContext], nodes.Element | None]
    """Makes the empty node for the contents; None, after a warning, if the marks are text."""
    example: str
    not_after: str = ""
    needs: str = ""
    """As for :class:`Atom`. Also part of the closing mark, unless that is ``]]``."""
    is_link: bool = False
    """Whether it becomes a link: no other link may be inside it, and its marks may be text."""
    complete: Callable[[nodes.Element, re.Match[str], InlineContext, str], None] | None = None
    """Gives the node a text if it has no visible content. Also receives the letters that follow."""
    hides: bool = False
    """Whether it hides its contents. If nothing closes it, it hides the rest of its block."""

    @property
    def is_strong(self) -> bool:
        """Whether it is paired before weaker markup: ``[[spoiler:''a]]''`` hides the ``a``."""
        return self.closes.endswith("]]")


class Unclosed(str):
    """A mark that nothing closes: becomes text, with a warning."""

    __slots__ = ()


class Run:
    """One mark of :class:`Runs` in a text."""

    __slots__ = ("line", "match", "meaning", "runs", "text")

    def __init__(self, runs: Runs, match: re.Match[str], line: int) -> None:
        self.runs = runs
        self.text = match[0]
        self.line = line
        self.meaning: Sequence[str | type[nodes.Element] | None] = (self.text,)
        """Its meaning, once known: see :attr:`Runs.pair`."""
        self.match = match

    @property
    def before(self) -> str:
        """The character before it; empty if there is none."""
        start = self.match.start()
        return self.match.string[max(0, start - 1) : start]

    @property
    def after(self) -> str:
        """Up to three characters after it."""
        end = self.match.end()
        return self.match.string[end : end + 3]


@dataclass(frozen=True)
class Runs:
    """Inline markup whose marks depend on one another for their meanings, such as apostrophes."""

    name: str
    pattern: str
    pair: Callable[[Sequence[Run]], Sequence[Sequence[str | type[nodes.Element] | None]]]
    """The runs in a stretch of text -> the meanings of each: text, the class of a node to open, or
    None to close the node opened last.
    """
    example: str
    not_after: str = ""
    needs: str = ""


@dataclass(frozen=True)
class Block:
    """Markup at the start of a line."""

    name: str
    pattern: str
    """Regular expression, matched at a line's start. Starts with a literal character or a set."""
    parse: Callable[[re.Match[str], BlockReader], None]
    """Adds the nodes of the line, and of later lines that it takes from the reader."""
    example: str
    is_shown: bool = True
    """Whether readers see it. The line below one that they don't see is still below a blank line."""
    takes_to: str = ""
    """The mark up to which it takes all lines as they are, if the mark follows."""
    may_be_escaped: bool = False
    """Whether it takes ``[@ ... @]`` instead, if that is next."""


Construct = Atom | Block | Runs | Span
"""Any construct."""
