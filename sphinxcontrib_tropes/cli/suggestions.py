"""Unlinked mentions as links: where the phrase stands in its source, and what to write there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..names import MAIN
from .renaming import count_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils import nodes

    from ..names import PageName
    from .sources import Sources

__all__ = ["Mention", "Suggestion", "suggested"]

_MOST_TRIED = 8
"""How many places of one phrase are tried."""


class Mention(NamedTuple):
    """A phrase that names a page and is no link."""

    path: str
    """Of its file, from the source folder."""
    line: int
    """Where its paragraph begins."""
    phrase: str
    page: PageName


class Suggestion(NamedTuple):
    """A mention, and the link to write in its place."""

    mention: Mention
    line: int
    """Where the phrase stands."""
    link: str
    """Empty if the phrase could not be found in its source."""


def suggested(
    sources: Sources, mentions: Iterable[Mention]
) -> tuple[list[Suggestion], dict[str, str]]:
    """A suggestion for each of *mentions*, and path -> text with them of each file.

    Each link is tried: the document must say the same as before, with one link more.
    """
    texts: dict[str, str] = {}
    found = []
    for mention in mentions:
        text = texts.get(mention.path, sources.texts[mention.path])
        suggestion, changed = _suggestion(sources, mention, text)
        found.append(suggestion)
        if changed != text:
            texts[mention.path] = changed
    return found, texts


def _suggestion(sources: Sources, mention: Mention, text: str) -> tuple[Suggestion, str]:
    link = _link(sources.kind(mention.path), mention)
    if link:
        before = sources.doctree(mention.path, text)
        aim = _words(before), count_named(sources, before, mention.page) + 1
        for start, end in _places(text, mention):
            changed = text[:start] + link + text[end:]
            after = sources.doctree(mention.path, changed)
            if (_words(after), count_named(sources, after, mention.page)) == aim:
                line = text.count("\n", 0, start) + 1
                return Suggestion(mention, line, link), changed
    return Suggestion(mention, mention.line, ""), text


def _words(doctree: nodes.Node) -> list[str]:
    return doctree.astext().split()


def _link(kind: str, mention: Mention) -> str:
    """The link that shows the very words of the phrase."""
    name = str(mention.page).removeprefix(f"{MAIN}/")
    words = " ".join(mention.phrase.split())
    if kind == "trope":
        return f"[[{name} {words}]]"
    role = {"rst": ":trope:", "markdown": "{trope}"}.get(kind)
    return f"{role}`{words} <{name}>`" if role else ""


def _places(text: str, mention: Mention) -> Iterator[tuple[int, int]]:
    """Where the phrase stands alone, from its paragraph on."""
    words = r"\s+".join(map(re.escape, mention.phrase.split()))
    pattern = re.compile(rf"(?<!\w){words}(?!\w)")
    position = 0
    for _ in range(mention.line - 1):
        position = text.find("\n", position) + 1
    for number, match in enumerate(pattern.finditer(text, position)):
        if number == _MOST_TRIED:
            return
        yield match.span()
