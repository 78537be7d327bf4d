"""Writes the blocks of a tree as trope markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...markup.constructs.callouts import KINDS
from ...names import slug
from .inline_writer import InlineWriter, only_paragraph, plain
from .tree import (
    Break,
    Callout,
    Cell,
    Code,
    CodeBlock,
    DefinitionList,
    Heading,
    Link,
    List,
    Markup,
    MathBlock,
    Paragraph,
    Picture,
    Quotation,
    Rule,
    Styled,
    Table,
    Text,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .inline_writer import Origin
    from .tree import Block, Inline

__all__ = ["BlockWriter"]

_MOST_LEVELS = 6
_MOST_DEPTH = 50
"""Maximum nesting of blocks; deeper ones are written as text. Python's stack ends at 1000 calls."""


class BlockWriter:
    """Writes the blocks of one page."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._remarks = origin.remarks
        self.inline = InlineWriter(origin)
        self.inline.flat = self.flat
        self._depth = 0
        self._boxes: list[str] = []  # styles, boxes and folders around the block
        self.raised = 0
        """By how much headings are raised."""

    # -- blocks

    def blocks(self, blocks: Iterable[Block]) -> str:
        """*blocks*, with a blank line between them."""
        self._depth += 1
        try:
            return "\n\n".join(filter(None, map(self._block, blocks)))
        finally:
            self._depth -= 1

    def _block(self, block: Block) -> str:
        if self._depth > _MOST_DEPTH:
            self._remarks.changed(f"blocks nested more than {_MOST_DEPTH} deep: as text")
            return self.inline.paragraph((Text(text_of(block)),))
        match block:
            case Paragraph(children):
                return self._paragraph(children)
            case Heading():
                return self._heading(block)
            case CodeBlock():
                return self._code(block)
            case MathBlock(tex):
                return self._math(tex)
            case Quotation():
                return self._quotation(block)
            case List():
                return "\n".join(self._items(block, ""))
            case DefinitionList():
                return "\n".join(self._definitions(block))
            case Rule():
                return "----"
            case Table():
                return self._table(block)
            case Callout():
                return self._callout(block)
            case Picture():
                return self._picture(block)
            case Markup(text):
                return text
        raise TypeError(block)

    def _paragraph(self, children: Sequence[Inline]) -> str:
        """The paragraph; pages that it embeds stand on lines of their own."""
        parts: list[str] = []
        begin = 0
        for at, child in enumerate(children):
            if isinstance(child, Link) and child.embeds and (line := self.inline.embedding(child)):
                parts += [self._text_alone(children[begin:at]), line]
                begin = at + 1
        parts.append(self._text_alone(children[begin:]))
        return "\n\n".join(filter(None, parts))

    def _text_alone(self, children: Sequence[Inline]) -> str:
        text = self.inline.paragraph(children)
        return "" if text == "[==]" else text

    def _heading(self, heading: Heading) -> str:
        text = self.inline.line(heading.children)
        if not text:
            return ""
        if self._boxes:
            self._remarks.changed(
                "a heading in a box or cell: a bold line", plain(heading.children)
            )
            return self._paragraph((Styled("strong", heading.children),))
        level = min(max(heading.level - self.raised, 1), _MOST_LEVELS)
        return "!" * level + (" " if text[0] in "!*#" else "") + text

    def _code(self, block: CodeBlock) -> str:
        text = block.text.strip("\n")
        if "@]" in text:
            self._remarks.changed("code with @]: a blank between", text)
            text = text.replace("@]", "@ ]")
        language = "".join(c for c in block.language if c.isalnum() or c in "+-._#")
        code = f"[@\n{text}\n@]"
        return f"(:source lang={language}:)\n{code}" if language else code

    def _math(self, tex: str) -> str:
        lines = [line for line in tex.strip().split("\n") if line.strip()]
        if any("[[/math]]" in line for line in lines):
            return self._code(CodeBlock(tex, "tex"))
        return "\n".join(["[[math]]", *lines, "[[/math]]"]) if lines else ""

    def _quotation(self, quotation: Quotation) -> str:
        if all(isinstance(block, Paragraph | Quotation) for block in quotation.blocks):
            return "\n".join(self._quoted(quotation, 1))
        attribution = quotation.attribution
        more: tuple[Block, ...] = ()
        if attribution:
            more = (Paragraph((Text("\u2014 "), *attribution)),)
        inner = (*quotation.blocks, *more)
        if "style" in self._boxes:
            return self.blocks(inner)  # styles do not nest
        return self._in_box("style", ">>indent<<", inner, ">><<")

    def _quoted(self, quotation: Quotation, depth: int) -> Iterator[str]:
        """The lines of a quotation of paragraphs."""
        mark = "-" * depth + "> "
        is_first = True
        for block in quotation.blocks:
            if isinstance(block, Paragraph):
                if text := self._text(block):
                    yield mark + text
            elif isinstance(block, Quotation) and depth < _MOST_DEPTH:
                yield from self._quoted(block, depth + 1)
            elif text := self.flat((block,)):
                yield mark + text
            is_first = False
        if quotation.attribution and not is_first:
            yield f"{'-' * depth}>-- {self.inline.line(quotation.attribution)}"

    # -- lists

    def _items(self, found: List, marks: str) -> Iterator[str]:
        mark = marks + ("#" if found.is_ordered else "*")
        # "# item" with no item right below it would look like a heading in Markdown
        blank = " " if mark.strip("#") or _is_plain(found) else ""
        for item in found.items:
            first = item[0] if item else Paragraph(())
            if isinstance(first, Paragraph):
                rest = item[1:]
                yield f"{mark}{blank}{self._text(first) or '[==]'}"
            else:
                rest = item
                if not isinstance(first, List):
                    yield f"{mark}{blank}[==]"
            yield from self._in_item(rest, mark)

    def _text(self, paragraph: Paragraph) -> str:
        return self.inline.paragraph(paragraph.children, is_within=True)

    def _in_item(self, blocks: Iterable[Block], marks: str) -> Iterator[str]:
        """The lines of *blocks* in the item with these *marks*."""
        for block in blocks:
            if len(marks) > _MOST_DEPTH:
                yield f"{':' * len(marks)} {self.flat((block,))}"
            elif isinstance(block, List):
                # below a definition, too, the level of an item is the number of its marks
                yield from self._items(block, marks.replace(":", "*"))
            elif isinstance(block, Paragraph):
                if text := self._text(block):
                    yield f"{':' * (len(marks) + 1)} {text}"
            elif isinstance(block, Picture):
                if text := self.inline.write((block,)):
                    yield f"{':' * (len(marks) + 1)} {text}"
            elif isinstance(block, DefinitionList):
                yield from self._definitions(block, len(marks))
            elif isinstance(block, Quotation) and (inner := only_paragraph(block.blocks)):
                yield f"{'-' * (len(marks) + 1)}> {self._text(Paragraph(tuple(inner)))}"
            elif isinstance(block, CodeBlock):
                yield f"{':' * (len(marks) + 1)} {self._code(CodeBlock(block.text))}"
            elif text := self._block(block):
                kind = type(block).__name__.lower()
                self._remarks.changed(f"a {kind} in an item: the list is interrupted there", text)
                yield text

    def _definitions(self, found: DefinitionList, depth: int = 0) -> Iterator[str]:
        mark = ":" * (depth + 1)
        for term, blocks in found.items:
            words = self.inline.term(term)
            if not words:  # a colon in its markup would end it: an item instead
                item = (Paragraph((Styled("strong", term),)), *blocks)
                yield from self._items(List((item,)), "*" * depth)
                continue
            first = only_paragraph(blocks[:1])
            text = self._text(Paragraph(tuple(first))) if first else ""
            yield f"{mark}{words}: {text}".rstrip()
            yield from self._in_item(blocks[1:] if first is not None else blocks, mark)

    # -- tables

    def _table(self, table: Table) -> str:
        if not any(table.rows):
            return ""
        cells = [cell for row in table.rows for cell in row]
        caption = self.inline.line(table.caption)
        if all(map(_is_simple, cells)):
            lines = [f'||caption="{caption.replace(chr(34), chr(0x201D))}"'] if caption else []
            lines += (self._row(row) for row in table.rows if row)
            return "\n".join(lines)
        lines = [f"'''{caption}'''", ""] if caption else []
        if "table" in self._boxes:
            self._remarks.changed("a table in a table's cell: its cells as lines", caption)
            return "\n\n".join(filter(None, (self.flat(cell.blocks) for cell in cells)))
        self._boxes.append("table")
        lines.append("(:table:)")
        for row in table.rows:
            for at, cell in enumerate(row or (Cell(()),)):
                lines.append(_cell_directive(cell, is_first=at == 0))
                if text := self.blocks(cell.blocks):
                    lines.append(text)
        self._boxes.pop()
        return "\n".join([*lines, "(:tableend:)"])

    def _row(self, row: Sequence[Cell]) -> str:
        line = "||"
        for cell in row:
            text = self.inline.cell(only_paragraph(cell.blocks) or ())
            head = "!" if cell.is_header and text else ""
            line += f"{head} {text} ||" if text else " [==] ||" if head else " ||"
            line += "||" * (cell.columns - 1)
        return line

    # -- boxes

    def _in_box(self, kind: str, opens: str, blocks: Iterable[Block], closes: str) -> str:
        self._boxes.append(kind)
        text = self.blocks(blocks)
        self._boxes.pop()
        return "\n".join(filter(None, [opens, text, closes]))

    def _callout(self, callout: Callout) -> str:
        title = self.inline.line(callout.title)
        if callout.is_folded or not callout.kind:
            opens = f"[[folder:{title or self.inline.escaped(callout.kind) or '[==]'}]]"
            return self._in_box("folder", opens, callout.blocks, "[[/folder]]")
        kind = slug(callout.kind)
        if kind not in KINDS:
            opens = f"[[box::{title or self.inline.escaped(callout.kind)}]]"
        else:
            opens = f"[[box:{kind}:{title}]]" if title else f"[[box:{kind}]]"
        return self._in_box("box", opens, callout.blocks, "[[/box]]")

    def _picture(self, picture: Picture) -> str:
        if not picture.side and not picture.caption:
            return self.inline.picture(picture)
        path = self.inline.path_of(picture)
        caption = self.inline.line(picture.caption)
        if not path:
            return caption or self.inline.escaped(picture.alt)
        side = picture.side or "right"
        width = f"{picture.width}:" if picture.width > 0 else ""
        lines = [f"[[quote{side}:{width}{path}]]"]
        if caption or picture.alt:
            said = caption or self.inline.escaped(picture.alt)
            lines.append(f"[[caption-width-{side}:{width}{said}]]")
        return "\n".join(lines)

    # -- in one line

    def flat(self, blocks: Sequence[Block]) -> str:
        """*blocks* in a single line: in a note, in a cell of a table within a table."""
        return " ".join(filter(None, map(self._flat_block, blocks)))

    def _flat_block(self, block: Block) -> str:
        self._depth += 1
        try:
            if self._depth > _MOST_DEPTH:
                return self.inline.escaped(text_of(block))
            match block:
                case Paragraph(children) | Heading(_, children):
                    return self.inline.line(children)
                case List(items):
                    return " ".join(f"\u2022 {self.flat(item)}" for item in items)
                case DefinitionList(pairs):
                    said = ((self.inline.line(term), self.flat(inner)) for term, inner in pairs)
                    return " ".join(": ".join(filter(None, pair)) for pair in said)
                case Quotation(inner):
                    return f"\u201c{self.flat(inner)}\u201d"
                case Callout(_, title, inner):
                    return f"{self.inline.line(title)} {self.flat(inner)}".strip()
                case Table(rows):
                    return "; ".join(
                        ", ".join(filter(None, (self.flat(cell.blocks) for cell in row)))
                        for row in rows
                    )
                case CodeBlock(text) | MathBlock(text):
                    return self.inline.write((Code(text),))
                case Picture():
                    return self.inline.write((block,))
            return ""
        finally:
            self._depth -= 1


def _is_plain(found: List) -> bool:
    """Whether *found* has several items, each of a line."""
    paragraphs = [only_paragraph(item) for item in found.items]
    return len(paragraphs) > 1 and all(
        children and not any(isinstance(child, Break) for child in children)
        for children in paragraphs
    )


def _is_simple(cell: Cell) -> bool:
    """Whether a row of ``||`` can hold the cell."""
    is_plain = cell.rows == 1 and cell.align in ("", "left")
    return is_plain and only_paragraph(cell.blocks) is not None


def _cell_directive(cell: Cell, *, is_first: bool) -> str:
    name = (
        ("headnr" if is_first else "head") if cell.is_header else "cellnr" if is_first else "cell"
    )
    options = [
        f"{option}={value}"
        for option, value in (("colspan", cell.columns), ("rowspan", cell.rows))
        if value > 1
    ]
    options += [f"align={cell.align}"] if cell.align else []
    return f"(:{' '.join([name, *options])}:)"
