"""What a page declares about itself: its title, its other names, its redirect."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .redaction import redacted

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Properties"]


@dataclass(slots=True)
class Properties:
    """The properties of a page, from lines such as ``(:name value:)``."""

    title: str = ""
    redirect: str = ""
    laconic: str = ""
    aliases: list[str] = field(default_factory=list)
    indexes: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    namespace: str = ""
    relations: list[tuple[str, str, int]] = field(default_factory=list)
    """Relations: the kind, such as ``subtrope-of``, the name of the other page, and the line."""
    line: int = 1
    """The line of the property being read."""
    lines: dict[str, int] = field(default_factory=dict)
    """Property -> its line."""
    hidden: set[int] = field(default_factory=set)
    """Lines of properties inside a spoiler."""

    def reporter(self, report: Callable[[int, str], object]) -> Callable[[int, str], object]:
        """*report* for warnings about properties: without text that a spoiler hides."""
        return lambda line, sentence: report(
            line, redacted(sentence, is_hidden=line in self.hidden)
        )
