"""What a page declares about itself: its title, its other names, its redirect."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..names.exclusions import EXCLUDABLE
from .redaction import redacted
from .reports import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Properties", "excluded_in"]

_BETWEEN_WORDS = re.compile(r"[\s,]+")


def excluded_in(value: str, warn: Callable[[str], object]) -> list[str]:
    """What the list *value* excludes a page from: some of :data:`EXCLUDABLE`, in their order.

    :param warn: called with a sentence for each other word.
    """
    words = dict.fromkeys(filter(None, _BETWEEN_WORDS.split(value)))
    for word in words:
        if word.lower() not in EXCLUDABLE:
            meant = nearest(word, EXCLUDABLE)
            hint = f"did you mean {meant}?" if meant else f"known: {', '.join(EXCLUDABLE)}"
            warn(f"a page can't be excluded from {word!r}; left out ({hint})")
    typed = {word.lower() for word in words}
    return [word for word in EXCLUDABLE if word in typed]


@dataclass(slots=True)
class Properties:
    """The properties of a page, from lines such as ``(:name value:)``."""

    title: str = ""
    redirect: str = ""
    laconic: str = ""
    aliases: list[tuple[str, int]] = field(default_factory=list)
    """Other names of the page, each with its line."""
    indexes: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    namespace: str = ""
    excluded: list[str] = field(default_factory=list)
    """Some of :data:`EXCLUDABLE`."""
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
