"""Blocks of trope markup -> docutils nodes, line by line.

A line that begins no construct is part of a paragraph. What is open (folders, lists, quotations)
is kept on stacks, so nothing recurses however deep a page nests.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from docutils import nodes

from ..internals.docutils.fast_nodes import adopt, fill, make
from .ends import end_in
from .hiding import MAY_HIDE, told
from .ids import Ids
from .inline import InlineContext, InlineDialect
from .lines import LineReader
from .nodes import MAX_NESTING
from .other_dialects import tell_dialects
from .page_properties import Properties

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from .settings import MarkupSettings

__all__ = ["BlockDialect", "BlockReader", "Nested"]


class _Block(Protocol):
    """A block construct: :class:`~.declaration.Block`."""

    def parse(self, match: re.Match[str], reader: BlockReader, /) -> None: ...


class BlockDialect(InlineDialect, Protocol):
    """The constructs: :class:`~.dialect.Dialect`."""

    def block_of(self, line: str) -> tuple[re.Match[str], _Block] | tuple[None, None]:
        """The construct that begins at the head of *line*, behind its match."""


@dataclass(slots=True)
class Nested:
    """A list or quotation that is open, at a depth that the writer counted out."""

    kind: str
    depth: int
    holder: nodes.Element
    """The list, or the quotation itself."""
    last: nodes.Element
    """What takes what is nested deeper: the last item."""
    column: int = 0
    """Where in its line the text of the last item begins."""


@dataclass(slots=True)
class _Frame:
    """A container that is open: a folder, say; the first one is the page itself."""

    node: nodes.Element
    kind: str
    shown: str
    """How it was opened, for messages."""
    line: int
    sections: list[tuple[int, nodes.section]] = field(default_factory=list)
    nested: list[Nested] = field(default_factory=list)
    pending_rule: nodes.Element | None = None


_CLOSES = (("[[/folder]]", "folder"), ("[[/index]]", "index"))


class BlockReader(LineReader):
    """Reads a text and adds its nodes to *root*.

    :param root: the section, or any other element, that takes the blocks.
    :param dialect: which markup there is.
    :param settings: of the wiki.
    :param report: takes the line and the sentence of what a writer should know.
    :param with_sections: whether headings become sections; else rubrics.
    :param used_ids: ids that are taken in the document; those of headings are added.
    :param source: path of the file, for messages about nodes.
    :param first_line: number of the first line in it.
    """

    def __init__(
        self,
        root: nodes.Element,
        dialect: BlockDialect,
        settings: MarkupSettings,
        report: Callable[[int, str], object],
        *,
        with_sections: bool,
        used_ids: set[str],
        source: str | None = None,
        first_line: int = 1,
    ) -> None:
        super().__init__(first_line, lambda line: dialect.block_of(line)[1] is not None)
        self._block_of = dialect.block_of
        self.settings = settings
        self._report = report
        self.properties = Properties()
        self.closed_silently: set[str] = set()
        """The kinds of container that need no mark to close them."""
        self.memory: dict[str, Any] = {}
        """What a construct remembers of the text, by its name."""
        self.ids = Ids(used_ids)
        """Gives those of what readers can link to."""
        self._source = source
        self._open_kinds: Counter[str] = Counter()
        self._open_block: nodes.TextElement | None = None
        self._open_text: list[str] = []
        self._with_sections = with_sections
        self._frames = [_Frame(root, "", "", 0)]
        self._paragraph: list[str] = []
        self._paragraph_line = 0
        self._paragraph_hides = False
        self._after_blank = True
        self._has_ends = False
        self._context = InlineContext(dialect, settings, self.escapes, report, self.ids.new)

    def read(self, text: str) -> None:
        """Adds the blocks of *text*."""
        self.begin(text)
        self._context.begin(self.escapes)
        self._has_ends = "[[/" in self.escapes.text
        tell_dialects(self.escapes.text, self.report, self.line + 1)
        while (line := self.next_line()) is not None:
            if line:
                self._read_line(line)
            else:
                self._read_blank()
        self._end()

    def _read_blank(self) -> None:
        if self._paragraph:
            self._end_paragraph()
        self._after_blank = True

    def _read_line(self, line: str) -> None:
        if self._has_ends and "[[/" in line:
            line = self._part_before_end(line)
        match, block = self._block_of(line)
        if match is None or block is None:
            self.text(line)
        else:
            block.parse(match, self)
        self._after_blank = False

    def _part_before_end(self, line: str) -> str:
        """What stands before the mark in *line* that closes a container, if one does; the mark is
        read next: a folder may end with the last line in it.
        """
        at = end_in(line, *(mark for mark, kind in _CLOSES if self._is_open(kind)))
        if at <= 0:
            return line
        before = line[:at].rstrip()
        if not before:
            self._read_blank()
            return line[at:]
        return before if LineReader.read_again(self, line[at:]) else line

    @property
    def is_after_blank(self) -> bool:
        """Whether a blank line, or the head of the page, stands before the line at hand."""
        return self._after_blank

    @property
    def is_in_paragraph(self) -> bool:
        """Whether the line at hand may go on in a paragraph."""
        return bool(self._paragraph)

    # -- what constructs add

    def inline(self, text: str, line: int | None = None) -> list[nodes.Node]:
        """The nodes of inline markup that begins at *line*, by default the one at hand."""
        return self._context.parse(text, self.line if line is None else line)

    def block(
        self, kind: type[nodes.TextElement], text: str, line: int | None = None
    ) -> nodes.TextElement:
        """A *kind* of text block that holds the inline markup *text* of *line*, by default the
        one at hand.
        """
        line = self.line if line is None else line
        node = make(kind, self.escapes.restore(text), [])
        node.source, node.line = self._source, line
        if kind is nodes.paragraph:
            self._end_block()
            # it may go on in the next line, and markup with it
            self._open_block, self._open_text = node, [text]
        else:
            fill(node, self._context.parse(text, line))
        return node

    def go_on(self, block: nodes.Element, text: str) -> None:
        """Adds *text*, the line at hand, to a paragraph that :meth:`block` made last."""
        if block is self._open_block:
            self._open_text.append(text)
        else:
            block.extend([nodes.Text("\n"), *self.inline(text)])
        block.rawsource += f"\n{self.escapes.restore(text)}"

    def _end_block(self) -> None:
        """Reads the inline markup of the paragraph that may have gone on."""
        block = self._open_block
        if block is None:
            return
        self._open_block = None
        line = block.line or self.line
        fill(block, self._context.parse("\n".join(self._open_text), line))

    def read_again(self, rest: str) -> bool:
        """Has *rest*, of the line at hand, read next, as a line of its own; as text if that line has
        too many parts.
        """
        if super().read_again(rest):
            return True
        self.warn("too much markup on one line; the rest of it is shown as text")
        self.text(rest)
        return False

    @property
    def context(self) -> InlineContext:
        """What builds inline nodes, for the line at hand."""
        self._context.line = self.line
        return self._context

    def literal(self, text: str) -> None:
        """Adds *text* as a paragraph without markup."""
        paragraph = nodes.paragraph(text, self.escapes.plain(text))
        paragraph.source, paragraph.line = self._source, self.line
        self.add(paragraph)

    def text(self, line: str) -> None:
        """Makes *line* part of a paragraph."""
        if not self._paragraph:
            self._paragraph_line = self.line
            self._paragraph_hides = False
        self._paragraph.append(line)
        if self._context.has_spoilers and MAY_HIDE.search(line):
            self._paragraph_hides = True

    def add(self, node: nodes.Node) -> None:
        """Adds *node* where the page stands; paragraph, lists and quotations end before it."""
        self.end_lists()
        self._append(node)

    def _append(self, node: nodes.Node) -> None:
        frame = self._frames[-1]
        container = frame.sections[-1][1] if frame.sections else frame.node
        if frame.pending_rule is not None:
            adopt(container, frame.pending_rule)
            frame.pending_rule = None
        adopt(container, node)

    def rule(self, node: nodes.Element) -> None:
        """Adds *node* before the next block, if there is one on either side: docutils takes a
        rule at the head or the end of a section for an error.
        """
        self.end_lists()
        if self.container.first_child_not_matching_class(nodes.title) is not None:
            self._frames[-1].pending_rule = node

    def link_wikiwords(self, are_links: bool) -> None:
        """Says whether bare WikiWords are links from here on."""
        self._end_paragraph()
        self._end_block()
        self._context.link_wikiwords(are_links)

    @property
    def container(self) -> nodes.Element:
        """The innermost container or section."""
        frame = self._frames[-1]
        return frame.sections[-1][1] if frame.sections else frame.node

    def report(self, line: int, sentence: str) -> None:
        """Reports *sentence* for *line*, without what a spoiler hides."""
        self._report(line, told(sentence, is_hidden=self.is_in_spoiler))

    @property
    def is_in_spoiler(self) -> bool:
        """Whether a spoiler may hide the line at hand; the marks of its paragraph are not paired yet."""
        return self._is_open("spoiler") or (bool(self._paragraph) and self._paragraph_hides)

    def warn(self, sentence: str) -> None:
        """Reports *sentence* for the line at hand."""
        self.report(self.line, sentence)

    def _end_paragraph(self) -> None:
        if not self._paragraph:
            return
        lines, self._paragraph = self._paragraph, []
        text = lines[0] if len(lines) == 1 else "\n".join(lines)
        children = self._context.parse(text, self._paragraph_line)
        if not children:
            return
        paragraph = make(nodes.paragraph, self.escapes.restore(text), children)
        paragraph.source, paragraph.line = self._source, self._paragraph_line
        self._frames[-1].nested.clear()
        self._append(paragraph)

    def end_lists(self) -> None:
        """Ends the paragraph, and the lists and quotations that are open."""
        if self._paragraph:
            self._end_paragraph()
        self._frames[-1].nested.clear()

    # -- lists and quotations

    @property
    def nested(self) -> list[Nested]:
        """The lists and quotations that are open, outermost first."""
        if self._paragraph:
            self._end_paragraph()
        return self._frames[-1].nested

    def nest(self, kind: str, depth: int, make: Callable[[str], nodes.Element]) -> Nested:
        """The list or quotation of *kind* at *depth*: the one that is open, or a new one, made of
        its kind, in the last item of what is open around it. Deeper ones end.
        """
        nested = self.nested
        depth = min(depth, MAX_NESTING)
        while nested and nested[-1].depth > depth:
            nested.pop()
        if nested and nested[-1].depth == depth:
            if nested[-1].kind == kind:
                return nested[-1]
            nested.pop()
        holder = make(kind)
        if nested:
            adopt(nested[-1].last, holder)
        else:
            self._append(holder)
        nested.append(Nested(kind, depth, holder, holder))
        return nested[-1]

    # -- containers

    def open(self, node: nodes.Element, kind: str, shown: str) -> None:
        """Opens *node*: what follows goes into it until :meth:`close` for *kind*.

        :param shown: how it was opened, for messages.
        """
        must_hide = kind == "spoiler" and not self._is_open(kind)
        if len(self._frames) > MAX_NESTING and not must_hide:
            for child in node.children:
                self.add(child)
            node = self.container
        else:
            self.add(node)
        self._frames.append(_Frame(node, kind, shown, self.line))
        self._count(kind, 1)

    @property
    def innermost(self) -> str:
        """The kind of the innermost container; empty for the page itself."""
        return self._frames[-1].kind

    def is_block(self, mark: str, kind: str) -> bool:
        """Whether what opens alone on the line at hand holds blocks: if a line further down is
        *mark* and nothing else, one for each container of *kind*; or if nothing in its paragraph
        closes it.
        """
        return self.is_below(mark, self._open_kinds[kind])

    def _count(self, kind: str, more: int) -> None:
        """Counts the containers of *kind* that are open."""
        if kind == "spoiler":
            self._end_block()  # it is read as what it is: hidden or not
        self._open_kinds[kind] += more
        self.ids.are_hidden = self._context.is_hidden = self._open_kinds["spoiler"] > 0

    def _is_open(self, kind: str) -> bool:
        """Whether a container of *kind* is open."""
        return self._open_kinds[kind] > 0

    def close(self, kind: str) -> bool:
        """Closes the innermost container of *kind*, and what is open in it.

        :returns: False if none is open.
        """
        if not self._is_open(kind):
            return False
        while True:
            self.end_lists()
            frame = self._frames.pop()
            self._count(frame.kind, -1)
            if frame.kind == kind:
                return True
            self._report_open(frame, f"line {self.line}")

    def _end(self) -> None:
        self._end_block()
        while len(self._frames) > 1:
            self.end_lists()
            frame = self._frames.pop()
            self._report_open(frame, "the end of the page")
        self.end_lists()

    def _report_open(self, frame: _Frame, closed_at: str) -> None:
        if frame.kind not in self.closed_silently:
            self.report(frame.line, f"{frame.shown} is not closed; closed at {closed_at}")

    # -- headings

    def heading(self, level: int, text: str) -> None:
        """Begins a section, or adds a rubric where there can be none."""
        self.end_lists()
        if not (self._with_sections and len(self._frames) == 1):
            rubric = self.block(nodes.rubric, text)
            rubric["ids"].append(self.ids.new(rubric.astext()))
            rubric["heading-level"] = min(level + 1, 6)
            self._append(rubric)
            return
        self._frames[0].pending_rule = None
        sections = self._frames[0].sections
        while sections and sections[-1][0] >= level:
            sections.pop()
        heading = self.block(nodes.title, text)
        title = heading.astext()
        names = [nodes.fully_normalize_name(title.strip())]
        attributes = {"ids": [self.ids.new(title)], "names": names}
        section = make(nodes.section, "", [heading], attributes)
        section.line = heading.line
        adopt(self.container, section)
        sections.append((level, section))
