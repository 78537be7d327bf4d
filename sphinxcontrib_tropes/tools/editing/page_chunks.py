"""Splits a page of trope markup into chunks that keep their meaning on their own."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ...markup.dialect import DIALECT
from ...markup.escapes import MARK, Escapes

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Chunk", "Property", "split_page"]

_WITHOUT_TEXT = ("property", "redirect", "comment_line")
"""Blocks that are treated as properties here."""
_OPENS = re.compile(
    r"\[\[(?:folder:|index\]\]|note\]\]|labelnote:|WMG:|box:)|^\[\[[ \t]*spoiler[ \t]*:[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\[\[/(?:folder|index|note|labelnote|WMG|box)\]\]|^\]\]$", re.MULTILINE | re.IGNORECASE
)

_TAKES_TO = {"equation": "[[/math]]", "program": "(:sourceend:)"}
"""Blocks that take all lines up to a mark, if it follows."""


class Chunk(NamedTuple):
    """A heading, a rule, or some blocks."""

    source: str
    level: int = 0
    """Level of a heading; 0 for other blocks."""
    is_rule: bool = False


class Property(NamedTuple):
    """A property, a redirect or a comment line."""

    source: str
    name: str
    """The name, in lower case."""
    value: str


def split_page(text: str) -> tuple[list[Chunk], list[Property]]:
    """The chunks of a page, and its properties.

    Splits at blank lines and headings, but never inside a construct that spans them.
    """
    escapes = Escapes(text)
    chunks: list[Chunk] = []
    properties: list[Property] = []
    lines: list[str] = []
    depth = 0
    levels: list[int] = []
    is_alone = was_blank = True  # whether a blank line, or nothing, is above the chunk, the line

    def end() -> None:
        if lines:
            chunks.append(Chunk(escapes.restore("\n".join(lines))))
            lines.clear()

    def add_heading(source: str, level: int) -> None:
        end()
        while levels and levels[-1] >= level:
            levels.pop()
        levels.append(level)
        chunks.append(Chunk(escapes.restore(source), len(levels)))

    end_mark = ""
    source_lines = escapes.text.split("\n")
    last = {
        mark: max((at for at, line in enumerate(source_lines) if mark in line), default=-1)
        for mark in _TAKES_TO.values()
    }
    for at, line in enumerate(source_lines):
        if not lines:
            is_alone = was_blank
        was_blank = not line.strip()
        if end_mark:
            lines.append(line)
            end_mark = "" if end_mark in line else end_mark
            continue
        match, block = DIALECT.block_of(line.rstrip())
        if depth == 0 and match is not None and block is not None:
            if block.name in _WITHOUT_TEXT:
                properties += _properties(line, escapes)
                continue
            if block.name == "heading":
                add_heading(line, len(match[0]) - len(match[0].lstrip("!")))
                continue
            if block.name == "underline" and is_alone and _is_text(lines):
                add_heading(f"!{lines.pop()}", 1)
                continue
            if block.name == "rule":
                end()
                chunks.append(Chunk(line, is_rule=True))
                continue
        mark = _TAKES_TO.get(block.name, "") if block is not None else ""
        if mark and mark not in line and last[mark] > at and not _is_escaped(source_lines, at):
            end_mark = mark
        depth = max(0, depth + len(_OPENS.findall(line)) - len(_CLOSES.findall(line)))
        if line.strip() or depth:
            lines.append(line)
        else:
            end()
    end()
    shown = [chunk for at, chunk in enumerate(chunks) if not chunk.is_rule or _is_shown(chunks, at)]
    return shown, properties


def _is_escaped(lines: list[str], at: int) -> bool:
    """Whether an escape, ``[@ ... @]``, follows on the line or on the next that is not blank."""
    if MARK.search(lines[at]):
        return True
    following = next((line for line in islice(lines, at + 1, None) if line.strip()), "")
    return MARK.match(following) is not None


def _is_text(lines: list[str]) -> bool:
    """Whether *lines* are a single one, of text."""
    return len(lines) == 1 and DIALECT.block_of(lines[0].rstrip())[1] is None


def _properties(line: str, escapes: Escapes) -> Iterator[Property]:
    """All properties on *line*."""
    rest: str | None = line.rstrip()
    while rest:
        match, block = DIALECT.block_of(rest)
        if match is None or block is None or block.name != "property":
            if block is not None and block.name in _WITHOUT_TEXT:
                yield Property(escapes.restore(rest), block.name, escapes.restore(rest))
            return
        name, value, behind = match.group("name", "value", "rest")
        source = rest.removesuffix(behind or "").rstrip()
        typed = escapes.restore(value or "").strip()
        yield Property(escapes.restore(source), name.lower(), typed)
        rest = behind


def _is_shown(chunks: list[Chunk], at: int) -> bool:
    """Whether a rule is between two blocks of a section; of adjacent rules, only the last is."""
    before = next((chunk for chunk in reversed(chunks[:at]) if not chunk.is_rule), None)
    after = next(iter(chunks[at + 1 :]), None)
    return all(chunk is not None and not chunk.level for chunk in (before, after)) and not (
        after is not None and after.is_rule
    )
