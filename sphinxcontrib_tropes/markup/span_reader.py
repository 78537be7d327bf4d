"""A reader of blocks that notes where the markup is. It decides nothing: it reads as any reader."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes

from .blocks import BlockReader
from .name_places import target_place, value_places
from .source_map import Place, joined
from .span_recorder import NamedBy, NotedBlock, Recorder, RecordingContext

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from .declaration import Block
    from .name_places import NamePlace
    from .span_types import Role

__all__ = ["SpanReader"]

_RESTS = ("rest", "open_rest")
"""Groups of a block that are read again."""


class _Line(NamedTuple):
    """A line as it is read, or the rest of one, and its place in the text."""

    text: str
    place: Place | None

    def cut(self, start: int) -> Place | None:
        """The place of the line from *start* on."""
        return None if self.place is None else self.place.cut(start)


class _Rests(list[str]):
    """The rests of a line, with their places."""

    def __init__(self, reader: SpanReader) -> None:
        super().__init__()
        self._reader = reader
        self._places: list[Place | None] = []

    def append(self, rest: str) -> None:
        now = self._reader.now
        start = len(now.text.rstrip()) - len(rest)
        is_there = start >= 0 and now.text.startswith(rest, start)
        self._places.append(now.cut(start) if is_there else None)
        self._reader.note_rest(start)
        super().append(rest)

    def pop(self, index: Any = -1) -> str:
        rest = super().pop(index)
        self._reader.take(_Line(rest, self._places.pop(index)))
        return rest


class SpanReader(BlockReader):
    """Reads as a :class:`.BlockReader`, and notes in *recorder* where everything is."""

    def __init__(
        self,
        root: nodes.Element,
        dialect: Any,
        settings: Any,
        report: Any,
        *,
        recorder: Recorder,
        **options: Any,
    ) -> None:
        super().__init__(root, dialect, settings, report, **options)
        self._recorder = recorder
        self._recording = self._context = RecordingContext(
            recorder, dialect, settings, self.escapes, report, self.ids.new
        )
        self._block_of = self._noted(dialect.block_of)  # type: ignore[assignment]
        self._rests = _Rests(self)
        self.now = _Line("", None)
        """The line that is read, or its rest."""
        self._taken: list[_Line] = []  # since the block started
        self._cursor = 0, 0  # number of a taken line, and the position in it that is read
        self._block: tuple[re.Match[str], Block, _Line] | None = None
        self._block_line = 0
        self._block_end: int | None = None  # in the line taken last
        self._is_text = False
        self._paragraph_places: list[Place | None] = []
        self._open_places: list[Place | None] = []
        self._titles: dict[str, Place] = {}
        self._line_starts: list[int] = []

    # -- lines

    def begin(self, text: str) -> None:
        super().begin(text)
        self._recorder.begin(self.escapes, self._report)  # type: ignore[arg-type]
        lengths = (len(line) + 1 for line in self._lines)
        self._line_starts = list(accumulate(lengths, initial=0))

    def take(self, line: _Line) -> None:
        """Makes *line* the one that is read."""
        self.now = line
        self._taken.append(line)

    def note_rest(self, start: int) -> None:
        """Notes that the line taken last belongs to the block only up to *start*."""
        if len(self._taken) > 1:
            self._block_end = start

    def next_line(self) -> str | None:
        has_rest, first = bool(self._rests), self._next
        line = super().next_line()
        if line is not None and not has_rest:
            self.take(_Line(line, self._place_of(first)))
        return line

    def _place_of(self, first: int) -> Place:
        """The place of the line that starts with the *first* one and ends before the next."""
        if self._next == first + 1:
            return Place((0,), (self._line_starts[first],))
        starts, position = [], 0
        for number in range(first, self._next):
            starts.append(position)
            line = self._lines[number].rstrip()
            position += len(line) + (1 if line.endswith("\\\\") else -1)
        return Place(starts, self._line_starts[first : self._next])

    def _raw_line(self) -> str:
        first = self._next
        line = super()._raw_line()
        self.take(_Line(line, Place((0,), (self._line_starts[first],))))
        return line

    def take_to(self, mark: str, rest: str = "") -> str | None:
        text = super().take_to(mark, rest)
        if text is not None:
            # the rest behind the mark is not read yet
            last = self._taken[-1].text
            within = len(last) - len(rest) if len(self._taken) == 1 else 0
            self._block_end = last.index(mark, max(within, 0)) + len(mark)
        return text

    def _part_before_end(self, line: str) -> str:
        part = super()._part_before_end(line)
        if part != line:
            text, place = self.now
            start = 0 if text.startswith(part) else len(text) - len(part)
            self.now = _Line(part, None if place is None else place.cut(start))
            self._taken = [self.now]
        return part

    # -- blocks

    def _noted(self, block_of: Callable[[str], Any]) -> Callable[[str], Any]:
        def noted(line: str) -> Any:
            match, block = found = block_of(line)
            self._block = None if block is None else (match, block, self.now)
            self._block_line = self.line
            return found

        return noted

    def _read_line(self, line: str) -> None:
        self._forget_block()
        self._taken = [self.now]
        super()._read_line(line)
        if self._block is not None:
            self._note_block(*self._block)
        self._forget_block()

    def _forget_block(self) -> None:
        self._taken = []
        self._cursor = 0, 0
        self._block, self._block_end, self._is_text = None, None, False

    def _end_of(self, match: re.Match[str]) -> int:
        """Where a block ends in its first line."""
        groups = match.re.groupindex
        for rest in _RESTS:
            if rest in groups and match[rest] and match[rest].strip():
                return match.start(rest)
        return len(match.string.rstrip())

    def _note_block(self, match: re.Match[str], block: Block, line: _Line) -> None:
        if line.place is None:
            return
        recorder = self._recorder
        recorder.add(
            block, match, line.place, "text" if self._is_text else "whole", end=self._end_of(match)
        )
        span = recorder.spans[-1]
        last = self._taken[-1]
        if last is not line and last.place is not None:
            end = len(last.text.rstrip()) if self._block_end is None else self._block_end
            span = span._replace(end=max(span.end, recorder.written(last.place, 0, end)[1]))
        elif self._block_end is not None:
            span = span._replace(end=recorder.written(line.place, 0, self._block_end)[1])
        recorder.spans[-1] = span
        if not self._is_text:
            typed = self.escapes.plain(match.string[: self._end_of(match)]).strip()
            noted = NotedBlock(typed, span.start, span.end)
            recorder.blocks.setdefault(self._block_line, []).append(noted)
            self._note_names(match, block, line.place)

    def _note_names(self, match: re.Match[str], block: Block, place: Place) -> None:
        if block.name in ("property", "property_unclosed"):
            name, group = (
                ("name", "value") if block.name == "property" else ("open_name", "open_value")
            )
            for role, found in value_places(match[name], match, group):
                self._name(role, found, match.string, place)
            if match[name].lower() == "title" and match[group]:
                start = match.start(group) + len(match[group]) - len(match[group].lstrip())
                self._titles[match[group].strip()] = place.cut(start)
        elif (target := target_place(block.name, match)) is not None:
            role = "redirect" if block.name == "redirect" else "link"
            self._name(role, target, match.string, place)

    def _name(self, role: Role, found: NamePlace, text: str, place: Place) -> None:
        spelling = self.escapes.plain(text[found.start : found.end])
        spelled = self.settings.namespaces.spelled(spelling)
        if spelled is not None:
            line = self._block_line
            named = self._recorder.named(role, spelled.name, "", line, found, text, place)
            self._recorder.names.append(NamedBy(named, None))

    # -- texts

    def _locate(self, text: str) -> Place | None:
        """The place of *text* in the lines of the block, after what was located before."""
        number, position = self._cursor
        for at in range(number, len(self._taken)):
            line = self._taken[at]
            start = line.text.find(text, position if at == number else 0)
            if start >= 0:
                self._cursor = at, start + len(text)
                return line.cut(start)
        if "\n" in text:
            parts = text.split("\n")
            return joined(parts, [self._locate(part) for part in parts])
        return self._titles.get(text)

    def add_text(self, line: str) -> None:
        if self._block is not None and self._block[2].text.startswith(line):
            self._is_text = True
        place = self._locate(line)
        super().add_text(line)
        self._paragraph_places.append(place)

    def take_line(self) -> tuple[str, int] | None:
        taken = super().take_line()
        if taken is not None:
            self._taken = [_Line(taken[0], self._paragraph_places.pop()), *self._taken]
            self._cursor = 0, 0
        return taken

    def _end_paragraph(self) -> None:
        if self._paragraph:
            self._recording.place = joined(self._paragraph, self._paragraph_places)
            self._paragraph_places = []
        super()._end_paragraph()

    def _end_block(self) -> None:
        if self._open_block is not None:
            self._recording.place = joined(self._open_text, self._open_places)
        super()._end_block()

    def text_block(
        self, kind: type[nodes.TextElement], text: str, line: int | None = None
    ) -> nodes.TextElement:
        place = self._locate(text)
        if kind is not nodes.paragraph:
            self._recording.place = place
        node = super().text_block(kind, text, line)
        if kind is nodes.paragraph:
            self._open_places = [place]
        return node

    def continue_block(self, block: nodes.Element, text: str) -> None:
        if block is self._open_block:
            self._open_places.append(self._locate(text))
        super().continue_block(block, text)

    def inline(self, text: str, line: int | None = None) -> list[nodes.Node]:
        self._recording.place = self._locate(text)
        return super().inline(text, line)

    # -- warnings

    def report(self, line: int, sentence: str, at: tuple[int, int] | None = None) -> None:
        if at is None and self._block is not None and line == self._block_line:
            match, _block, read = self._block
            at = None if read.place is None else read.place.span(0, self._end_of(match))
        self._recorder.report_is_about(at)
        super().report(line, sentence)
