"""The reader of blocks: trope markup -> docutils nodes, line by line.

A line that begins no construct is part of a paragraph. Open folders, lists and quotations are kept
on stacks: nothing recurses, however deeply a page nests.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..internals.docutils.fast_nodes import adopt, fill, make
from .containers import ENDS, Container, Nested, contents
from .ends import find_end
from .ids import Ids
from .inline import InlineContext
from .lines import LineReader
from .nodes import MAX_NESTING
from .other_dialects import report_dialects
from .page_properties import Properties
from .redaction import MAY_HIDE, is_hidden_at_end, redacted

if TYPE_CHECKING:
    from collections.abc import Callable

    from .block_dialect import BlockDialect
    from .containers import Finish
    from .settings import MarkupSettings

__all__ = ["BlockReader"]


class BlockReader(LineReader):
    """Reads a text and adds its nodes to *root*.

    :param root: the section, or another element, that takes the blocks.
    :param dialect: the constructs to read.
    :param settings: the settings of the wiki.
    :param report: called with the line and text of each warning.
    :param with_sections: whether headings become sections; else they become rubrics.
    :param used_ids: ids already in the document; new ones are added.
    :param source: path of the file, for messages about nodes.
    :param first_line: number of the first line in the file.
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
        self.settings = settings
        self.properties = Properties()
        self.closed_silently: set[str] = set()
        """Kinds of container that need no closing mark."""
        self.memory: dict[str, Any] = {}
        """Data that constructs keep for the text, by name."""
        self.ids = Ids(used_ids)
        """Makes ids for anything readers can link to."""
        self._block_of = dialect.block_of
        self._report = report
        self._source = source
        self._with_sections = with_sections
        self._containers = [Container(root, "", "", 0)]
        self._open_kinds: Counter[str] = Counter()
        self._paragraph: list[str] = []
        self._paragraph_line = 0
        self._paragraph_hides = False
        self._is_paragraph_alone = False  # whether a blank line, or nothing, comes before it
        # the last paragraph, such as an item's: the next line may continue it
        self._open_block: nodes.TextElement | None = None
        self._open_text: list[str] = []
        self.is_after_blank = True
        """Whether the line follows a blank line or starts the page."""
        self._has_ends = False
        self._context = InlineContext(dialect, settings, self.escapes, report, self.ids.new)

    def read(self, text: str) -> None:
        """Adds the blocks of *text*."""
        self.begin(text)
        self._context.begin(self.escapes)
        self._has_ends = "[[/" in self.escapes.text
        report_dialects(self.escapes.text, self.report, self.line + 1)
        while (line := self.next_line()) is not None:
            if line:
                self._read_line(line)
            else:
                self._read_blank()
        self._end()

    def _read_blank(self) -> None:
        self._end_paragraph()
        self.is_after_blank = True

    def _read_line(self, line: str) -> None:
        if self._has_ends and "[[/" in line:
            line = self._part_before_end(line)
        match, block = self._block_of(line)
        if match is None or block is None:
            self.add_text(line)
        else:
            block.parse(match, self)
            if not block.is_shown:
                return
        self.is_after_blank = False

    def _part_before_end(self, line: str) -> str:
        """The part of *line* before a mark that closes a container; the mark is read next. So a
        folder may end in the middle of a line.
        """
        at = find_end(line, *(mark for mark, kind in ENDS if self._is_open(kind)))
        if at <= 0:
            return line
        before = line[:at].rstrip()
        if not before:
            self._read_blank()
            return line[at:]
        return before if LineReader.read_again(self, line[at:]) else line

    @property
    def is_in_paragraph(self) -> bool:
        """Whether the line may continue a paragraph."""
        return bool(self._paragraph)

    # -- text

    def inline(self, text: str, line: int | None = None) -> list[nodes.Node]:
        """The nodes of inline markup that begins at *line*, by default the current one."""
        return self._context.parse(text, self.line if line is None else line)

    @property
    def context(self) -> InlineContext:
        """The context for inline constructs on the current line."""
        self._context.line = self.line
        return self._context

    def text_block(
        self, kind: type[nodes.TextElement], text: str, line: int | None = None
    ) -> nodes.TextElement:
        """A text block of class *kind* with the inline markup *text*. It starts at *line*, by
        default the current one.
        """
        line = self.line if line is None else line
        node = make(kind, self.escapes.restore(text), [])
        node.source, node.line = self._source, line
        if kind is nodes.paragraph:
            self._end_block()
            # the next line may continue it, in the middle of inline markup
            self._open_block, self._open_text = node, [text]
        else:
            fill(node, self._context.parse(text, line))
        return node

    def continue_block(self, block: nodes.Element, text: str) -> None:
        """Adds the current line, *text*, to a paragraph that :meth:`text_block` made."""
        if block is self._open_block:
            self._open_text.append(text)
        else:
            block.extend([nodes.Text("\n"), *self.inline(text)])
        block.rawsource += f"\n{self.escapes.restore(text)}"

    def _end_block(self) -> None:
        """Reads the inline markup of the paragraph that the next line could have continued."""
        block = self._open_block
        if block is None:
            return
        self._open_block = None
        line = block.line or self.line
        fill(block, self._context.parse("\n".join(self._open_text), line))

    def add_text(self, line: str) -> None:
        """Adds *line* to the paragraph."""
        if not self._paragraph:
            self._paragraph_line = self.line
            self._paragraph_hides = False
            self._is_paragraph_alone = self.is_after_blank
        self._paragraph.append(line)
        if self._context.has_spoilers and MAY_HIDE.search(line):
            self._paragraph_hides = True

    def take_line(self) -> tuple[str, int] | None:
        """Takes back a paragraph of a single line below a blank line: its text, and its number."""
        if len(self._paragraph) != 1 or not self._is_paragraph_alone:
            return None
        if self._paragraph_hides and is_hidden_at_end(self._paragraph[0]):
            return None  # a spoiler in it may go on below
        return self._paragraph.pop(), self._paragraph_line

    def add_literal(self, text: str) -> None:
        """Adds *text* as a paragraph without markup."""
        paragraph = nodes.paragraph(text, self.escapes.plain(text))
        paragraph.source, paragraph.line = self._source, self.line
        self.add(paragraph)

    def _end_paragraph(self) -> None:
        if not self._paragraph:
            return
        text = "\n".join(self._paragraph)
        self._paragraph = []
        children = self._context.parse(text, self._paragraph_line)
        if not children:
            return
        paragraph = make(nodes.paragraph, self.escapes.restore(text), children)
        paragraph.source, paragraph.line = self._source, self._paragraph_line
        self._container.nested.clear()
        self._container.append(paragraph)

    def read_again(self, rest: str) -> bool:
        """Makes *rest*, the end of the current line, be read next as a separate line; as text if
        the line has too many parts.

        :returns: whether *rest* is read as a line.
        """
        rest = rest.strip()
        if not rest or super().read_again(rest):
            return True
        self.warn("too much markup on one line; the rest of it is shown as text")
        self.add_text(rest)
        return False

    def link_wikiwords(self, are_links: bool) -> None:
        """Sets whether bare WikiWords are links from this point on."""
        self._end_paragraph()
        self._end_block()
        self._context.link_wikiwords(are_links)

    # -- blocks

    @property
    def _container(self) -> Container:
        return self._containers[-1]

    def add(self, node: nodes.Node) -> None:
        """Adds *node* as the next block; ends the paragraph, lists and quotations before it."""
        self.end_lists()
        self._container.append(node)

    def add_rule(self, node: nodes.Element) -> None:
        """Adds *node* between two blocks: docutils reports a rule at the start or end of a section
        as an error.
        """
        self.end_lists()
        if self.parent.first_child_not_matching_class(nodes.title) is not None:
            self._container.pending_rule = node

    @property
    def parent(self) -> nodes.Element:
        """The element that the next block is added to: the innermost section or container."""
        return self._container.innermost

    def add_heading(self, level: int, text: str, line: int | None = None) -> None:
        """Starts a section, or a rubric where none can start, with *text*, which is on *line*."""
        self.end_lists()
        if not (self._with_sections and len(self._containers) == 1):
            rubric = self.text_block(nodes.rubric, text, line)
            rubric["ids"].append(self.ids.new(rubric.astext()))
            rubric["heading-level"] = min(level + 1, 6)
            self._container.append(rubric)
            return
        page = self._container
        page.pending_rule = None
        while page.sections and page.sections[-1][0] >= level:
            page.sections.pop()
        heading = self.text_block(nodes.title, text, line)
        title = heading.astext()
        names = [nodes.fully_normalize_name(title.strip())]
        attributes = {"ids": [self.ids.new(title)], "names": names}
        section = make(nodes.section, "", [heading], attributes)
        section.line = heading.line
        adopt(page.innermost, section)
        page.sections.append((level, section))

    # -- lists and quotations

    @property
    def nested(self) -> list[Nested]:
        """The open lists and quotations, outermost first."""
        self._end_paragraph()
        return self._container.nested

    def nest(self, kind: str, depth: int, make: Callable[[str], nodes.Element]) -> Nested:
        """The open list or quotation of *kind* at *depth*; if there is none, a new one,
        *make(kind)*, in the last item of the one around it. Deeper ones end.
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
            self._container.append(holder)
        nested.append(Nested(kind, depth, holder, holder))
        return nested[-1]

    def end_lists(self) -> None:
        """Ends the paragraph, and the open lists and quotations."""
        self.nested.clear()

    # -- containers

    def open(
        self, node: nodes.Element, kind: str, opening: str, finish: Finish | None = None
    ) -> None:
        """Opens the container *node*: blocks go into it until :meth:`close` is called for *kind*.

        :param opening: the markup that opens it, for messages.
        :param finish: called when it is closed.
        """
        must_hide = kind == "spoiler" and not self._is_open(kind)
        if len(self._containers) > MAX_NESTING and not must_hide:
            for child in contents(node):
                self.add(child)
            node = self.parent
        else:
            self.add(node)
        self._containers.append(Container(node, kind, opening, self.line, finish=finish))
        self._count(kind, 1)

    def close(self, kind: str) -> bool:
        """Closes the innermost container of *kind*, and those inside it.

        :returns: False if none is open.
        """
        if not self._is_open(kind):
            return False
        while True:
            container = self._pop()
            if container.kind == kind:
                return True
            self._report_open(container, f"line {self.line}")

    def _end(self) -> None:
        self._end_block()
        while len(self._containers) > 1:
            self._report_open(self._pop(), "the end of the page")
        self.end_lists()

    def _pop(self) -> Container:
        self.end_lists()
        container = self._containers.pop()
        self._count(container.kind, -1)
        if container.finish is not None:
            container.finish()
        return container

    def _count(self, kind: str, more: int) -> None:
        if kind == "spoiler":
            self._end_block()  # before or inside the spoiler, as it was written
        self._open_kinds[kind] += more
        self.ids.are_hidden = self._context.is_hidden = self._is_open("spoiler")

    def _is_open(self, kind: str) -> bool:
        return self._open_kinds[kind] > 0

    @property
    def innermost(self) -> str:
        """The kind of the innermost container; empty for the page itself."""
        return self._container.kind

    def opens_blocks(self, mark: str, kind: str) -> bool:
        """Whether markup alone on the current line contains blocks: if each container of *kind*,
        with this one, has a line below with only *mark*, or nothing in the paragraph closes it.
        """
        return self.is_below(mark, self._open_kinds[kind])

    # -- warnings

    def report(self, line: int, sentence: str, at: tuple[int, int] | None = None) -> None:
        """Reports *sentence* for *line*, without what a spoiler hides; *at*: where in the text."""
        self._report(line, redacted(sentence, is_hidden=self.is_in_spoiler))

    def warn(self, sentence: str) -> None:
        """Reports *sentence* for the current line."""
        self.report(self.line, sentence)

    @property
    def is_in_spoiler(self) -> bool:
        """Whether a spoiler may hide the current line: its paragraph's marks are not paired yet."""
        return self._is_open("spoiler") or (bool(self._paragraph) and self._paragraph_hides)

    def _report_open(self, container: Container, closed_at: str) -> None:
        if container.kind not in self.closed_silently:
            sentence = f"{container.opening} is not closed; closed at {closed_at}"
            self.report(container.line, sentence)
