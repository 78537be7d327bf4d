"""Wikitext of one page -> the tree that all readers make."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ...tree import CodeBlock, Heading, Note, Paragraph, Picture, Rule, Text
from . import links, tags, templates
from .lists import MOST_MARKS, Item, lists
from .nodes import (
    Address,
    Element,
    Link,
    Parameter,
    Raw,
    Template,
    WikiTable,
    decoded,
    is_blank,
    lines_of,
    plain,
    stripped,
)
from .parsing import Parser
from .pieces import Blocks, in_line, trimmed
from .quotes import quotes_in, styled
from .tables import wiki_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...tree import Block, Inline
    from .. import Page
    from .nodes import Node, Nodes
    from .pieces import Piece
    from .quotes import Quotes

__all__ = ["Conversion"]

_MARKS = re.compile(r"[*#:;]+")
_RULE = re.compile(r"-{4,}")
_TRAIL = re.compile(r"[^\W\d_]+")
_MOST_PARSED = 20
_MOST_ALIKE = 100
_MOST_TEMPLATES = 50_000
_MOST_REPEATED = 2000
_MOST_LEVEL = 6


class Conversion:
    """The conversion of one page: a :class:`~.pieces.Context`."""

    def __init__(self, page: Page) -> None:
        self.remarks = page.remarks
        self.rules = page.rules
        self.here = page.key
        self.categories: dict[str, None] = {}
        self.description = ""
        self._told: Counter[str] = Counter()
        self._parser = Parser(self._tell)
        self._parsing = 0
        self._notes: dict[tuple[str, str], Note | None] = {}
        self._repeated = 0
        self._words: dict[int, tuple[Template, str]] = {}
        self._templates = 0

    def _tell(self, kind: str, sample: str) -> None:
        self._told[kind] += 1
        if self._told[kind] <= _MOST_ALIKE:
            self.remarks.changed(kind, sample)

    def page(self, text: str) -> tuple[Block, ...]:
        """The blocks of the page with that *text*."""
        return self.blocks(self._parser.nodes(text), has_code=True)

    def parsed(self, text: str) -> Nodes:
        """The parts of wikitext that was set aside."""
        if self._parsing >= _MOST_PARSED:
            self._tell("tags with wikitext nested too deep: their text is left as it is", text)
            return [text]
        self._parsing += 1
        try:
            return self._parser.nodes(text)
        finally:
            self._parsing -= 1

    # pieces of a line

    def pieces(self, nodes: Nodes) -> list[Piece]:
        """*nodes* as pieces of a line."""
        found: list[Piece] = []
        for number, line in enumerate(lines_of(nodes)):
            if number:
                found.append(Text("\n"))
            found.extend(self._line(line))
        return found

    def inlines(self, nodes: Nodes) -> tuple[Inline, ...]:
        """*nodes* in one line, without blanks at its ends."""
        found: list[Inline] = []
        for piece in self.pieces(nodes):
            if isinstance(piece, Blocks):
                found.extend(in_line(piece.blocks))
            else:
                found.append(piece)
        return trimmed(found)

    def _line(self, line: Nodes, *, is_alone: bool = False) -> list[Piece]:
        found: list[Piece | Quotes] = []
        for at, node in enumerate(line):
            if isinstance(node, str):
                text = node
                if at and isinstance(line[at - 1], Link) and (trail := _trail(text)):
                    text = text[len(trail) :]
                for part in quotes_in(text):
                    if not isinstance(part, str):
                        found.append(part)
                    elif part:
                        found.append(Text(decoded(part)))
            elif isinstance(node, Link):
                after = line[at + 1] if at + 1 < len(line) else ""
                trail = _trail(after) if isinstance(after, str) else ""
                found.extend(links.link(node, self, trail))
            else:
                found.extend(self._node(node, is_alone=is_alone))
        return styled(found)

    def _node(self, node: Node, *, is_alone: bool) -> list[Piece]:
        match node:
            case Template():
                self._templates += 1
                if self._templates > _MOST_TEMPLATES:
                    self._tell(f"more than {_MOST_TEMPLATES} templates: left out", node.source)
                    return []
                return templates.template(node, self, is_alone=is_alone)
            case Address():
                return links.address(node, self)
            case Element():
                return tags.element(node, self)
            case Raw():
                return tags.raw(node, self, is_alone=is_alone)
            case WikiTable():
                return [Blocks(wiki_table(node.children, self))]
            case Parameter():
                if node.default is not None:
                    return tags.flow(node.default, self)
                self.remarks.changed(
                    "an argument outside of a template: its name", plain(node.name)
                )
                return [Text(f"{{{{{{{plain(node.name)}}}}}}}")]
            case _:
                return []

    def words(self, nodes: Nodes) -> str:
        """The plain words of *nodes*, with what variables and functions give."""
        if not any(isinstance(node, Template) for node in nodes):
            return plain(nodes)
        return "".join(
            self._words_of(node) if isinstance(node, Template) else plain([node]) for node in nodes
        )

    def _words_of(self, node: Template) -> str:
        # without this, nested names of templates take exponential time
        if id(node) not in self._words:
            self._words[id(node)] = node, templates.words_of_template(node, self)
        return self._words[id(node)][1]

    def note(self, attributes: Mapping[str, str], nodes: Nodes) -> list[Piece]:
        """A note: one with a name may be used again, and before its text."""
        name = attributes.get("name", "")
        if not name:
            blocks = self.blocks(nodes)
            return [Note(blocks)] if blocks else []
        key = (attributes.get("group", ""), name)
        if key in self._notes:
            note = self._notes[key]
            self._repeated += 1
            if note is None or self._repeated > _MOST_REPEATED:
                self.remarks.left_out("a note within itself, or used too often: left out", name)
                return []
            return [note]
        content = self._parser.notes.get(key) or nodes
        if is_blank(content):
            self.remarks.left_out("a note that has no text: left out", name)
            return []
        self._notes[key] = None
        note = Note(self.blocks(content))
        self._notes[key] = note
        return [note] if note.blocks else []

    # blocks

    def blocks(self, nodes: Nodes, *, has_code: bool = False) -> tuple[Block, ...]:
        """*nodes* as blocks.

        :param has_code: whether lines that begin with a blank are code, as those of a page.
        """
        return _Lines(self, has_code=has_code).blocks(nodes)

    def line(self, line: Nodes, *, is_page: bool) -> list[Piece]:
        """One line: at the level of the page, templates may stand alone in it."""
        is_alone = is_page and all(
            isinstance(node, Template | Raw) or (isinstance(node, str) and not node.strip())
            for node in line
        )
        return self._line(line, is_alone=is_alone)


def _trail(text: str) -> str:
    """The letters that belong to the link before *text*: small ones, so none of Chinese."""
    found = _TRAIL.match(text)
    return found[0] if found and found[0][0].islower() else ""


class _Lines:
    """Blocks from lines."""

    def __init__(self, conversion: Conversion, *, has_code: bool) -> None:
        self._conversion = conversion
        self._is_page = has_code
        self._done: list[Block] = []
        self._paragraph: list[Piece] = []
        self._items: list[Item] = []
        self._code: list[Nodes] = []

    def blocks(self, nodes: Nodes) -> tuple[Block, ...]:
        for line in lines_of(nodes):
            self._take(line)
        self._end()
        return tuple(self._done)

    def _end(self) -> None:
        """Ends what is open."""
        if self._paragraph:
            self._done.extend(paragraphs(self._paragraph))
            self._paragraph = []
        if self._items:
            self._done.extend(lists(self._items))
            self._items = []
        if self._code:
            self._end_code()

    def _take(self, line: Nodes) -> None:
        first = line[0] if line and isinstance(line[0], str) else ""
        if is_blank(line):
            self._end()
        elif first[:1] in ("*", "#", ":", ";") and (marks := _MARKS.match(first)):
            if not self._items:
                self._end()
            self._item(marks[0], [first[marks.end() :], *line[1:]])
        elif self._heading(line, first):
            pass
        elif first.startswith("----") and (rule := _RULE.match(first)):
            self._end()
            self._done.append(Rule())
            rest = [first[rule.end() :], *line[1:]]
            if not is_blank(rest):
                self._take(stripped(rest))
        elif self._is_page and first.startswith(" ") and _may_be_code(line):
            if not self._code:
                self._end()
            self._code.append([first[1:], *line[1:]])
        else:
            if self._items or self._code:
                self._end()
            if self._paragraph:
                self._paragraph.append(Text("\n"))
            self._paragraph.extend(self._conversion.line(line, is_page=self._is_page))

    def _heading(self, line: Nodes, first: str) -> bool:
        last = line[-1] if isinstance(line[-1], str) else ""
        if not first.startswith("=") or not last.rstrip().endswith("="):
            return False
        last = last.rstrip()
        if len(line) == 1:
            level = _level(last)
            content: Nodes = [last[level : len(last) - level]] if level else []
        else:
            level = min(_equals(first), _equals(last[::-1]), _MOST_LEVEL)
            content = [first[level:], *line[1:-1], last[: len(last) - level]]
        if not level or is_blank(content):
            return False
        self._end()
        if words := self._conversion.inlines(content):
            self._done.append(Heading(level, words))
        return True

    def _item(self, marks: str, rest: Nodes) -> None:
        marks = marks[:MOST_MARKS]
        term: tuple[Inline, ...] = ()
        if marks.endswith(";"):
            before, after = _at_colon(rest)
            term = self._conversion.inlines(before)
            blocks = self._of_line(after) if after is not None else ()
        else:
            blocks = self._of_line(rest)
        self._items.append(Item(marks, blocks, term))

    def _of_line(self, line: Nodes) -> tuple[Block, ...]:
        line = stripped(line)
        is_formula = len(line) == 1 and isinstance(line[0], Raw) and line[0].name == "math"
        return tuple(paragraphs(self._conversion.line(line, is_page=is_formula)))

    def _end_code(self) -> None:
        lines = self._code
        self._code = []
        text = "\n".join(plain(line).rstrip() for line in lines)
        if text.strip():
            self._done.append(CodeBlock(text))


def _level(line: str) -> int:
    """The level of a heading that is all text; 0 if there is nothing between its marks."""
    level = min(_equals(line), _equals(line[::-1]), _MOST_LEVEL)
    return level if len(line) > 2 * level else 0


def _equals(text: str) -> int:
    return len(text) - len(text.lstrip("="))


def _may_be_code(line: Nodes) -> bool:
    """Whether a line that begins with a blank is code: not if links would be lost by that."""
    return all(
        isinstance(node, str)
        or (isinstance(node, Raw) and node.name == "nowiki")
        or (isinstance(node, Address) and node.words is None)
        or (
            isinstance(node, Element)
            and node.name in ("b", "i", "code", "tt", "small", "span", "font")
        )
        for node in line
    )


def _at_colon(line: Nodes) -> tuple[Nodes, Nodes | None]:
    """The term and the definition of ``; term : definition``."""
    for at, node in enumerate(line):
        if isinstance(node, str) and ":" in node:
            before, _, after = node.partition(":")
            return [*line[:at], before], [after, *line[at + 1 :]]
    return line, None


def paragraphs(pieces: list[Piece]) -> list[Block]:
    """*pieces* as paragraphs, with the blocks that are among them between these."""
    found: list[Block] = []
    run: list[Inline] = []
    for piece in [*pieces, Blocks(())]:
        if not isinstance(piece, Blocks):
            run.append(piece)
            continue
        if words := trimmed(run):
            is_picture = len(words) == 1 and isinstance(words[0], Picture)
            found.append(
                words[0] if is_picture and isinstance(words[0], Picture) else Paragraph(words)
            )
        run = []
        found.extend(piece.blocks)
    return found
