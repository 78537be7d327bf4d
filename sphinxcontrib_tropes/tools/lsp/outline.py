"""The parts of a page of trope markup: headings with what follows them, folders and other containers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...markup.dialect import DIALECT
from ...markup.escapes import Escapes
from ...markup.taken_lines import TakenLines
from ...names import slug

if TYPE_CHECKING:
    import re

__all__ = ["Part", "outline_of", "section_part"]

_OPENS = {
    "folder": "folder", "folder_unbalanced": "folder", "index": "index", "box": "box",
    "box_unbalanced": "box", "callout": "callout", "callout_unbalanced": "callout",
    "note_block": "note", "spoiler_block": "spoiler",
}  # fmt: skip
_CLOSES = {
    "folder_end": "folder", "index_end": "index", "box_end": "box", "callout_end": "callout",
    "note_end": "note", "spoiler_end": "spoiler",
}  # fmt: skip
_TITLES = ("title", "text", "label")
_DEEPEST = 100
"""Maximum containers that are open at once; more are left out."""


class Part(NamedTuple):
    """A part of a page."""

    kind: str
    """``heading``, ``folder`` ..."""
    title: str
    """As typed; empty if it has none."""
    level: int
    """Of a heading; 0 for others."""
    start: int
    """Its first line, from 0."""
    end: int
    """Its last line."""
    title_start: int
    """Where the title begins in its line."""

    @property
    def is_hidden(self) -> bool:
        """Whether it is a spoiler."""
        return self.kind == "spoiler"


class _Open:
    """A part whose end is not known yet."""

    def __init__(self, kind: str, title: str, level: int, start: int, title_start: int) -> None:
        self.kind = kind
        self.title = title
        self.level = level
        self.start = start
        self.title_start = title_start

    def ending(self, end: int) -> Part:
        return Part(self.kind, self.title, self.level, self.start, end, self.title_start)


def outline_of(text: str) -> list[Part]:
    """The parts of *text*, outer before inner, in order."""
    lines = _lines(text)
    taken = TakenLines([line for _number, line in lines])
    found: list[Part] = []
    opened: list[_Open] = []
    until = ""
    last = 0
    for at, (number, line) in enumerate(lines):
        if until:
            until = "" if until in line else until
            last = number
            continue
        match, block = DIALECT.block_of(line)
        name = block.name if block else ""
        if name == "heading" and match is not None:
            level = min(len(match["marks"]), 6)
            while opened and opened[-1].kind == "heading" and opened[-1].level >= level:
                found.append(opened.pop().ending(number - 1))
            opened.append(
                _Open("heading", match["text"].strip(), level, number, match.start("text"))
            )
        elif name in _OPENS and match is not None and len(opened) < _DEEPEST:
            title, start = _title(match)
            opened.append(_Open(_OPENS[name], title, 0, number, start))
        elif name in _CLOSES and any(part.kind == _CLOSES[name] for part in opened):
            while opened[-1].kind != _CLOSES[name]:
                found.append(opened.pop().ending(number - 1))
            found.append(opened.pop().ending(number))
        until = taken.end_of(block, at)
        if line.strip():
            last = number
    found += (part.ending(max(last, part.start)) for part in reversed(opened))
    return sorted(found, key=lambda part: (part.start, -part.end, part.level))


def _lines(text: str) -> list[tuple[int, str]]:
    """Number and text of each line, with marks instead of escapes, which may span lines."""
    escapes = Escapes(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = []
    number = 0
    for line in escapes.text.split("\n"):
        lines.append((number, line.rstrip()))
        number += 1 + (escapes.lines_in(line) if escapes else 0)
    return lines


def _title(match: re.Match[str]) -> tuple[str, int]:
    for group in _TITLES:
        if group in match.re.groupindex and match[group]:
            return match[group].strip(), match.start(group)
    return "", match.end()


def section_part(parts: list[Part], section: str) -> Part | None:
    """The heading or folder that a link to the *section*, a slug, goes to."""
    letters = section.replace("-", "")
    named = (p for p in parts if p.kind in ("heading", "folder"))
    return next((p for p in named if slug(p.title).replace("-", "") == letters), None)
