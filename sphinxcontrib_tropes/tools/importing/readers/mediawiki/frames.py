"""What the parser has opened, and not yet closed."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from .nodes import Argument, plain, stripped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .nodes import Nodes

__all__ = ["BLOCKS", "ENDLESS", "Frame", "Kind", "argument"]

BLOCKS = frozenset(
    [
        *(
            "blockquote",
            "center",
            "div",
            "p",
            "poem",
            "table",
            "ul",
            "ol",
            "dl",
            "li",
            "dd",
            "dt",
            "td",
        ),
        *("th", "tr", "caption", "thead", "tbody", "tfoot", "h1", "h2", "h3", "h4", "h5", "h6"),
        *(
            "section",
            "article",
            "aside",
            "address",
            "figure",
            "figcaption",
            "details",
            "references",
        ),
    ]
)
"""Tags that stand on lines of their own."""

ENDLESS = frozenset(
    [
        *(
            "li",
            "dd",
            "dt",
            "td",
            "th",
            "tr",
            "p",
            "table",
            "ul",
            "ol",
            "dl",
            "blockquote",
            "caption",
        ),
        *("thead", "tbody", "tfoot"),
    ]
)
"""Tags that end with what is around them, if they are not closed."""

_PROTECTS = frozenset(["ref", "poem", "spoiler", "table"])
"""Tags out of which no link or argument leads."""


class Kind(Enum):
    """What was opened."""

    PAGE = auto()
    TEMPLATE = auto()
    PARAMETER = auto()
    LINK = auto()
    ADDRESS = auto()
    TAG = auto()
    TABLE = auto()


class Frame:
    """An opening, and what came after it."""

    __slots__ = (
        *("attributes", "is_barrier", "is_loose", "kind", "name", "opening", "parts", "start"),
    )

    def __init__(self, kind: Kind, start: int, opening: str, name: str = "") -> None:
        self.kind = kind
        self.start = start
        self.opening = opening
        self.name = name
        """Of a tag; or an address."""
        self.attributes: Mapping[str, str] = {}
        self.parts: list[Nodes] = [[]]
        """Divided at ``|``."""
        may_be_text = kind in (Kind.LINK, Kind.ADDRESS, Kind.TAG)
        self.is_barrier = not may_be_text or (kind is Kind.TAG and name in _PROTECTS)
        """Whether what is opened outside of it can't be closed inside."""
        self.is_loose = may_be_text and not (kind is Kind.TAG and name in ENDLESS)
        """Whether it may be taken for text at any time."""

    def as_text(self) -> Nodes:
        """What it holds, as if nothing had been opened."""
        found: Nodes = [] if self.kind is Kind.TAG else [self.opening]
        for number, part in enumerate(self.parts):
            if number:
                found.append("|")
            found.extend(part)
        return found


def argument(part: Nodes, number: int) -> Argument:
    """The argument of a template in *part*, which is the *number*-th without a name."""
    for at, node in enumerate(part):
        if isinstance(node, str) and "=" in node:
            before, _, after = node.partition("=")
            name = " ".join(plain([*part[:at], before]).split())
            return Argument(name, stripped([after, *part[at + 1 :]]), is_named=True)
    return Argument(str(number), part)
