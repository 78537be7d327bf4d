"""Reads a page of DokuWiki's markup line by line."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

from ...tree import Break, Callout, Code, CodeBlock, Heading, Paragraph, Picture, Rule, Text
from ..inline_stack import trimmed
from .inlines import Inlines
from .lists import DEEPEST, DEFINITION, ITEM, definitions, lists, quotation
from .pieces import restored, set_aside
from .tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ...remarks import Remarks
    from ...tree import Block, Inline

__all__ = ["Blocks", "heading"]

_RULE: Final = re.compile(r"[ \t]*-{4,}[ \t]*\Z")
_TABLE: Final = re.compile(r"[ \t]*[|^]")
_NAMES = "WRAP|block|div|note|hidden|spoiler|box|panel|alert|callout|accordion"
_BOX: Final = re.compile(
    rf"<(?P<open>{_NAMES})(?P<options>(?=[\s>|])[^<>\n]{{0,400}})>|</(?P<close>{_NAMES})>"
)
_FOLDED: Final = {"hidden", "spoiler", "accordion"}
_KINDS: Final = {
    "note": "note",
    "tip": "tip",
    "important": "important",
    "alert": "danger",
    "danger": "danger",
    "warning": "warning",
    "info": "info",
    "help": "help",
    "todo": "todo",
    "download": "note",
    "success": "tip",
}
"""Words of plugins -> kinds of boxes."""


class _Box(NamedTuple):
    """A box that is open, and the blocks in it so far."""

    name: str
    options: str
    blocks: list[Block]


def heading(line: str) -> tuple[int, str] | None:
    """The level of the heading in *line*, from 1 on, and its text; None if it is none."""
    line = line.strip(" \t\r")
    text = line.strip("=")
    marks = len(line) - len(line.lstrip("="))
    if marks < 2 or not text.strip() or not line.endswith("=="):
        return None
    return 7 - min(max(marks, 2), 6), text.strip()


class Blocks:
    """Reads one page."""

    def __init__(self, source: str, remarks: Remarks, *, is_note: bool = False) -> None:
        text, self._pieces = set_aside(source, with_notes=not is_note)
        self._lines = deque(text.split("\n"))
        self._remarks = remarks
        self._inlines = Inlines(self._pieces, remarks, self._note)
        self._boxes = [_Box("", "", [])]

    @property
    def categories(self) -> tuple[str, ...]:
        """The page's tags, each once."""
        return tuple(dict.fromkeys(self._inlines.categories))

    def read(self) -> tuple[Block, ...]:
        """The blocks of the page."""
        while self._lines:
            line = self._lines[0]
            if not line.strip():
                self._lines.popleft()
            elif found := self._box(line):
                self._lines.popleft()
                self._around_box(line, found)
            else:
                self._boxes[-1].blocks.extend(self._next(line))
        while len(self._boxes) > 1:
            self._close_box()
        return tuple(self._boxes[0].blocks)

    def _next(self, line: str) -> Iterable[Block]:
        """The blocks that begin in *line*, the first of those to read."""
        if found := heading(line):
            self._lines.popleft()
            return [Heading(found[0], (Text(restored(found[1], self._pieces)),))]
        if _RULE.match(line):
            self._lines.popleft()
            return [Rule()]
        if line.startswith(">"):
            lines = self._while(lambda line: line.startswith(">"))
            return [quotation(lines, self._lines_as_typed)]
        if _TABLE.match(line):
            return [table(self._while(lambda line: bool(_TABLE.match(line))), self.blocks)]
        if line.startswith(("  ", "\t")):
            return self._indented(line)
        return self.blocks("\n".join(self._while(self._is_prose)))

    def _indented(self, line: str) -> Iterable[Block]:
        if ITEM.match(line):
            items = self._while(lambda line: bool(ITEM.match(line) and not _RULE.match(line)))
            return lists(filter(None, map(ITEM.match, items)), self.blocks)
        found = DEFINITION.match(line)
        if found and found["mark"] == ";":
            items = self._while(lambda line: bool(DEFINITION.match(line)))
            return [
                definitions(filter(None, map(DEFINITION.match, items)), self.blocks, self.words)
            ]
        lines = self._while(lambda line: line.startswith(("  ", "\t")) and not ITEM.match(line))
        lines = [line[1:] if line.startswith("\t") else line[2:] for line in lines]
        return [CodeBlock(restored("\n".join(lines), self._pieces).rstrip())]

    def _while(self, fits: Callable[[str], bool]) -> list[str]:
        """The lines to read that fit; the first does."""
        found = [self._lines.popleft()]
        while self._lines and fits(self._lines[0]):
            found.append(self._lines.popleft())
        return found

    def _is_prose(self, line: str) -> bool:
        return bool(
            line.strip()
            and not line.startswith((">", "  ", "\t"))
            and not _TABLE.match(line)
            and not _RULE.match(line)
            and not heading(line)
            and not self._box(line)
        )

    def blocks(self, text: str) -> tuple[Block, ...]:
        """*text* as paragraphs, pictures and blocks of code."""
        found: list[Block] = []
        run: list[Inline] = []
        for part in [*self._inlines.read(text), None]:
            if part is not None and not isinstance(part, CodeBlock):
                run.append(part)
                continue
            children = trimmed(run)
            run = []
            if len(children) == 1 and isinstance(children[0], Picture):
                found.append(children[0])
            elif children:
                found.append(Paragraph(children))
            if part is not None:
                found.append(part)
        return tuple(found)

    def words(self, text: str) -> tuple[Inline, ...]:
        """*text*, which is in one line."""
        return tuple(
            Code(part.text) if isinstance(part, CodeBlock) else part
            for part in self._inlines.read(text)
        )

    def _lines_as_typed(self, lines: list[str]) -> tuple[Block, ...]:
        """The blocks of *lines*, whose ends are line breaks."""
        found: list[Block] = []
        run: list[Inline] = []
        for line in [*lines, ""]:
            blocks = self.blocks(line)
            if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
                run += [Break()] if run else []
                run += blocks[0].children
                continue
            if run:
                found.append(Paragraph(tuple(run)))
                run = []
            found.extend(blocks)
        return tuple(found)

    def _note(self, text: str) -> tuple[Block, ...]:
        note = Blocks(text, self._remarks, is_note=True)
        found = note.read()
        self._inlines.categories += note.categories
        return found

    def _box(self, line: str) -> re.Match[str] | None:
        """Where a box opens or closes in *line*."""
        if (
            "<" not in line
            or _TABLE.match(line)
            or (line.startswith("  ") and not ITEM.match(line))
        ):
            return None
        for found in _BOX.finditer(line):
            name = found["open"] or found["close"]
            if name == "spoiler" and line.strip() != found[0]:
                continue
            if found["open"] or any(box.name == name for box in self._boxes):
                return found
        return None

    def _around_box(self, line: str, found: re.Match[str]) -> None:
        """Opens or closes a box; what stands around it in its line is read by itself."""
        before, after = line[: found.start()], line[found.end() :]
        if before.strip(" \t*-"):
            rest = self._lines
            self._lines = deque([before])
            self._boxes[-1].blocks.extend(self._next(before))
            self._lines = rest
        if after.strip():
            self._lines.appendleft(after.lstrip())
        if found["close"]:
            while self._boxes[-1].name != found["close"]:
                self._close_box()
            self._close_box()
        elif len(self._boxes) <= DEEPEST:
            self._boxes.append(_Box(found["open"], found["options"].strip(), []))

    def _close_box(self) -> None:
        name, options, blocks = self._boxes.pop()
        outer = self._boxes[-1].blocks
        words, _, title = options.partition("|")
        kinds = [_KINDS[word] for word in words.lower().split() if word in _KINDS]
        if name in _FOLDED:
            words = " ".join(filter(None, [words.strip(), title.strip()]))
            outer.append(Callout("", (Text(words or "Spoiler"),), tuple(blocks), is_folded=True))
        elif kinds or name in ("note", "alert"):
            shown = (Text(title.strip()),) if title.strip() else ()
            outer.append(Callout(kinds[0] if kinds else "note", shown, tuple(blocks)))
        elif title.strip():
            outer.append(Callout("", (Text(title.strip()),), tuple(blocks)))
        else:
            self._remarks.changed(f"look of <{name}>: left out, its words stay", options)
            outer.extend(blocks)
