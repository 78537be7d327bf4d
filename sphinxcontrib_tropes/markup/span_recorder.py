"""Notes where inline markup is while the scanner reads it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from .declaration import Atom, Run
from .escapes import MARK
from .inline import InlineContext
from .name_places import NamePlace, context_in, link_places, target_place
from .nesting import Mark
from .nodes import trope_link
from .source_map import SourceMap, map_of_escapes
from .span_types import NamedPage, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .declaration import Construct, Made
    from .escapes import Escapes
    from .reports import Reports
    from .scanner import Pattern
    from .source_map import Place
    from .span_types import Part, Role

__all__ = ["NamedBy", "NotedBlock", "Recorder", "RecordingContext"]

_GROUP = re.compile(r"\(\?P<(\w+)>")
_QUOTED = re.compile(r"'([^']++)'")
_NO_TEXTS = ("_target", "_in")
"""Ends of the names of groups that are not read by themselves."""


class NotedBlock(NamedTuple):
    """A block, for warnings of which only the line is known."""

    typed: str
    start: int
    end: int

    def is_meant(self, sentence: str) -> bool:
        """Whether a warning with this *sentence* quotes it, or something in it."""
        return sentence.startswith(self.typed) or any(
            quoted in self.typed for quoted in _QUOTED.findall(sentence)
        )


class NamedBy(NamedTuple):
    """A named page, and the link that names it, if the markup around it became one."""

    page: NamedPage
    node: trope_link | None


class Recorder:
    """The spans of a page, while it is read.

    :param positions: the map of the text that is read.
    """

    def __init__(self, positions: SourceMap) -> None:
        self._positions = positions
        self._is_same = positions.is_same
        self.spans: list[Span] = []
        self.names: list[NamedBy] = []
        self.reports: Reports | None = None
        self.blocks: dict[int, list[NotedBlock]] = {}
        """Line -> the blocks on it."""

    def begin(self, escapes: Escapes, reports: Reports) -> None:
        """Starts recording the text of *escapes*."""
        self.reports = reports
        self._positions = map_of_escapes(escapes, self._positions)
        self._is_same = self._positions.is_same
        for mark in MARK.finditer(escapes.text):
            start, end = self._positions.start(mark.start()), self._positions.end(mark.end())
            self.spans.append(Span(start, end, "escaped", "whole", {}))

    def written(self, place: Place, start: int, end: int) -> tuple[int, int]:
        """The start and end of a part of a text in the source as written."""
        if self._is_same:
            offset = place.offset
            return place.span(start, end) if offset is None else (start + offset, end + offset)
        first, last = place.span(start, end)
        return self._positions.start(first), self._positions.end(last)

    def report_is_about(self, span: tuple[int, int] | None) -> None:
        """Notes that the next warning is about a part of the text that is read."""
        if self.reports is not None and span is not None:
            self.reports.about = self._positions.start(span[0]), self._positions.end(span[1])

    def add(
        self,
        construct: Construct,
        match: re.Match[str],
        place: Place,
        part: Part = "whole",
        *,
        end: int | None = None,
        partner: tuple[int, int] | None = None,
    ) -> None:
        """Adds the span of *match*, which is in a text in that *place*.

        :param end: where it ends in the text, if not with the match.
        """
        start, last = self.written(place, match.start(), match.end() if end is None else end)
        groups = self._groups(construct, match, place)
        self.spans.append(Span(start, last, construct.name, part, groups, partner))

    def _groups(
        self, construct: Construct, match: re.Match[str], place: Place
    ) -> dict[str, tuple[int, int]]:
        names = _groups_of(construct)
        if not names:
            return {}
        offset = place.offset if self._is_same else None
        spans = {name: match.span(name) for name in names}
        if offset is None:
            return {name: self.written(place, *at) for name, at in spans.items() if at[0] >= 0}
        return {n: (at[0] + offset, at[1] + offset) for n, at in spans.items() if at[0] >= 0}

    def add_link(self, node: trope_link, found: NamePlace, text: str, place: Place) -> None:
        """Adds the place of the name that *node* links to, which is in *text*."""
        attributes = node.attributes
        target, to_section = attributes["target"], attributes["section"]
        named = self.named("link", target, to_section, node.line or 1, found, text, place)
        self.names.append(NamedBy(named, node))

    def named(
        self,
        role: Role,
        page: str,
        to_section: str,
        line: int,
        found: NamePlace,
        text: str,
        place: Place,
    ) -> NamedPage:
        """The *page*, whose name was *found* in *text*, which is in that *place*."""
        start, end = self.written(place, found.start, found.end)
        section = self.written(place, *found.section) if found.section else None
        return NamedPage(start, end, role, page, to_section, line, context_in(text, found), section)


@lru_cache(maxsize=1000)
def _groups_of(construct: Construct) -> tuple[str, ...]:
    """The names of the groups of its pattern."""
    return tuple(_GROUP.findall(construct.pattern))


@lru_cache(maxsize=1000)
def _watched_builds(pattern: Pattern) -> list[Callable[..., Made] | None]:
    """The functions that make nodes of the matches of *pattern*, and note what they made."""
    return [
        _watched(construct) if isinstance(construct, Atom) else None
        for construct in pattern.constructs
    ]


def _watched(atom: Atom) -> Callable[..., Made]:
    def build(match: re.Match[str], context: RecordingContext) -> Made:
        return context.build(atom, match)

    return build


class _Frame:
    """A text that is being read, and the match that is being built in it."""

    __slots__ = ("atom", "mark", "match", "place", "text")

    def __init__(self, text: str, place: Place | None) -> None:
        self.text = text
        self.place = place
        self.atom: Atom | None = None
        self.match: re.Match[str] | None = None
        self.mark: Mark | Run | None = None


class RecordingContext(InlineContext):
    """A context that notes where the markup is.

    :attr:`place` is set before a text is read; where nobody knows it, nothing is noted.
    """

    def __init__(self, recorder: Recorder, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._recorder = recorder
        self._frames: list[_Frame] = []
        self.place: Place | None = None

    def parse(self, text: str, line: int) -> list[nodes.Node]:
        """The nodes of *text*, whose markup is noted."""
        place = self._inner_place(text) if self._frames else self.place
        self.place = None
        self._frames.append(_Frame(text, place))
        try:
            return super().parse(text, line)
        finally:
            self._frames.pop()

    def _inner_place(self, text: str) -> Place | None:
        """The place of *text*, a part of the match that is being built."""
        frame = self._frames[-1]
        match, atom = frame.match, frame.atom
        if match is None or atom is None or frame.place is None:
            return None
        for group in _groups_of(atom):
            if match.start(group) >= 0 and not group.endswith(_NO_TEXTS):
                typed = match[group].rstrip()
                if typed.endswith(text):
                    return frame.place.cut(match.start(group) + len(typed) - len(text))
                if match[group].startswith(text):
                    return frame.place.cut(match.start(group))
        return frame.place.cut(match.start()) if match[0].startswith(text) else None

    def builds_of(self, pattern: Pattern) -> Sequence[Callable[..., Made] | None]:  # type: ignore[override]
        """The functions that make nodes, and note what they made."""
        return _watched_builds(pattern)

    def build(self, atom: Atom, match: re.Match[str]) -> Made:
        """The nodes of *match*."""
        frame = self._frames[-1]
        frame.atom, frame.match = atom, match
        made = atom.build(match, self)
        frame.match = None
        if frame.place is not None:
            if atom.name != "escaped":  # noted before all other markup
                part: Part = "text" if self._is_as_typed(match, made) else "whole"
                self._recorder.add(atom, match, frame.place, part)
            for node, place in link_places(atom.name, match, made):
                self._recorder.add_link(node, place, match.string, frame.place)
        return made

    def _is_as_typed(self, match: re.Match[str], made: Made) -> bool:
        """Whether *match* became the text that it is."""
        if not isinstance(made, list) or not all(isinstance(part, nodes.Text) for part in made):
            return False
        return "".join(map(str, made)) == self.escapes.plain(match[0])

    def opens(self, mark: Mark) -> None:  # type: ignore[override]
        """Notes which mark is built."""
        super().opens(mark)
        self._frames[-1].mark = mark

    def note_marks(self, found: Iterable[object]) -> None:
        """Notes the marks in *found*."""
        frame = self._frames[-1]
        frame.mark = None
        if frame.place is None:
            return
        seen: set[int] = set()  # where a spoiler is opened again, its mark is not
        for item in found:
            if isinstance(item, Run):
                self._note_run(item, frame.place)
            elif isinstance(item, Mark) and item.start >= 0 and item.start not in seen:
                seen.add(item.start)
                self._note_mark(item, frame.place)

    def _note_run(self, run: Run, place: Place) -> None:
        is_text = all(isinstance(meaning, str) for meaning in run.meaning)
        opens = any(isinstance(meaning, type) for meaning in run.meaning)
        part: Part = "text" if is_text else "opens" if opens else "closes"
        self._recorder.add(run.runs, run.match, place, part)

    def _note_mark(self, mark: Mark, place: Place) -> None:
        recorder = self._recorder
        partner = mark.partner
        beside = None
        if partner is not None and partner.start >= 0:
            beside = recorder.written(place, partner.start, partner.start + len(partner.text))
        if mark.span is not None and mark.match is not None and (mark.is_open or partner is None):
            part: Part = "text" if partner is None or mark.is_text else "opens"
            recorder.add(mark.span, mark.match, place, part, partner=beside)
            if isinstance(mark.node, trope_link):
                name = target_place(mark.span.name, mark.match)
                if name is not None:
                    recorder.add_link(mark.node, name, mark.match.string, place)
            return
        start, end = recorder.written(place, mark.start, mark.start + len(mark.text))
        opening = partner.span if partner is not None else None
        part = "text" if partner is None or partner.is_text else "closes"
        name_of = opening.name if opening is not None else ""
        recorder.spans.append(Span(start, end, name_of, part, {}, beside))

    def report(self, line: int, sentence: str, about: object = None) -> None:
        """Reports *sentence*, and the markup that it is about."""
        self._recorder.report_is_about(self._about(about))
        super().report(line, sentence, about)

    def _about(self, about: object) -> tuple[int, int] | None:
        for frame in reversed(self._frames):
            if frame.place is None:
                continue
            mark, about = about or frame.mark, None
            if isinstance(mark, Mark | Run):
                start = mark.start if mark.match is None else mark.match.start()
                if start >= 0:
                    end = start + len(mark.text.rstrip())
                    return frame.place.span(start, max(start, end))
            if frame.match is not None:
                return frame.place.span(*frame.match.span())
        return None
