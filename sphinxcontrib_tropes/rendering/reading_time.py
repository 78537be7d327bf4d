"""How long a page takes to read, and how many links it has: a line below its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ..messages import ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["reading_line", "reading_minutes"]

_WORDS_A_MINUTE = 230
_CHARACTERS_A_MINUTE = 500
# scripts without blanks between words
_CHARACTER = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_NOT_READ = (nodes.comment, nodes.raw, nodes.Invisible)


def reading_minutes(texts: Sequence[str]) -> int:
    """The minutes that *texts* take to read, at least one."""
    characters = words = 0
    for text in texts:
        rest, found = _CHARACTER.subn(" ", text)
        characters += found
        words += len(_WORD.findall(rest))
    return max(1, round(words / _WORDS_A_MINUTE + characters / _CHARACTERS_A_MINUTE))


def reading_line(page: nodes.Element, links: int) -> nodes.paragraph:
    """The line for a *page*.

    :param links: how many links to pages it has.
    """
    texts = [
        text.astext() for text in page.findall(nodes.Text) if not isinstance(text.parent, _NOT_READ)
    ]
    minutes = reading_minutes(texts)
    parts = [
        ngettext("%d minute to read", "%d minutes to read", minutes) % minutes,
        ngettext("%d link", "%d links", links) % links,
    ]
    line = " · ".join(parts)
    return nodes.paragraph(line, line, classes=["trope-reading-time", "no-search"])
