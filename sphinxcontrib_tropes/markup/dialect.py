"""The dialect: all constructs together, compiled for the readers.

Constructs import the readers, so the readers can't import constructs. They are given a dialect.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .constructs import CONSTRUCTS
from .declaration import Block
from .scanner import Scanner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .declaration import Construct

    _Matches = Callable[[str], re.Match[str] | None]

__all__ = ["DIALECT", "Dialect"]

_GROUP_OPENS = re.compile(r"\A\(\?(?:P<\w+>|:)")


class Dialect:
    """A choice of constructs, compiled.

    :param constructs: in order of preference.
    """

    def __init__(self, constructs: Iterable[Construct]) -> None:
        self.constructs = tuple(constructs)
        self.blocks = tuple(c for c in self.constructs if isinstance(c, Block))
        """Block constructs, in order of preference."""
        self.inline = tuple(c for c in self.constructs if not isinstance(c, Block))
        """Inline constructs, in order of preference."""
        self._by_head = _by_head(self.blocks)
        self._scanners: dict[bool, Scanner] = {}

    def without(self, *names: str) -> Dialect:
        """The dialect without the constructs with these names."""
        return Dialect(c for c in self.constructs if c.name not in names)

    def block_of(self, line: str) -> tuple[re.Match[str], Block] | tuple[None, None]:
        """The match and the construct that begins at the start of *line*; None if there is none."""
        for matches, block in self._by_head.get(line[:1], ()):
            if match := matches(line):
                return match, block
        return None, None

    def scanner(self, *, wikiwords: bool) -> Scanner:
        """The scanner of inline markup.

        :param wikiwords: whether bare WikiWords are links.
        """
        if wikiwords not in self._scanners:
            dialect = self if wikiwords else self.without("wikiword", "wikiword_qualified")
            self._scanners[wikiwords] = Scanner(dialect.inline)
        return self._scanners[wikiwords]


def _by_head(blocks: Iterable[Block]) -> dict[str, list[tuple[_Matches, Block]]]:
    """First character of a line -> the patterns and constructs that can start with it."""
    found: dict[str, list[tuple[_Matches, Block]]] = {}
    for block in blocks:
        matches = re.compile(block.pattern, re.DOTALL).match
        head = _GROUP_OPENS.sub("", block.pattern)
        if head[0] == "[":
            heads = head[1 : head.index("]", 2)].replace("\\t", "\t")
        else:
            heads = head.removeprefix("\\")[0]
        for character in heads:
            found.setdefault(character, []).append((matches, block))
    return found


DIALECT = Dialect(CONSTRUCTS)
"""The dialect of trope markup."""
