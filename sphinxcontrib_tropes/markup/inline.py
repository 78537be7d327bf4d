"""Inline markup -> docutils nodes, in one pass of one pattern built from the declarations.

What a match holds whole becomes a node at once. What opens and closes is paired afterwards, in
order of strength (``[[...]]``, then weaker spans, then apostrophes), each kind inside the stretches
of text that the stronger ones cut: so a spoiler is a spoiler whatever stands in it. Only then are
nodes nested, and marks without a partner become the text they are. Nothing is scanned twice and
nothing recurses: time is linear in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from docutils import nodes

from ..names import slug, split_words
from .characters import LETTERS
from .constructs import INLINE
from .declaration import Atom, Run, Runs, Span
from .nodes import trope_link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .escapes import Escapes
    from .settings import MarkupSettings

__all__ = ["MAX_NESTING", "InlineContext", "scanner", "without_links"]

MAX_NESTING = 20
"""How deep nodes nest: docutils, pickle and writers recurse. What nests deeper keeps its text."""

_BRACKETS = "_brackets"  # the group that matches a run of closing brackets


class _Mark:
    """A place in a list of nodes where a span opens or closes, if it has a partner."""

    __slots__ = (
        "closes",
        "is_link",
        "is_open",
        "is_text",
        "line",
        "match",
        "partner",
        "span",
        "suffix",
        "text",
    )

    def __init__(
        self,
        text: str,
        line: int,
        span: Span | None,
        match: re.Match[str] | None,
        closes: str,
        suffix: str = "",
    ) -> None:
        self.text = text
        self.line = line
        self.span = span  # None: it can only close
        self.match = match
        self.closes = closes
        self.suffix = suffix  # letters right behind it, which belong to a link that it closes
        self.partner: _Mark | None = None
        self.is_open = False
        self.is_link = False
        self.is_text = False

    @property
    def is_strong(self) -> bool:
        return self.closes.endswith("]]")


class _Run:
    """A place where a run of :class:`Runs` stands."""

    __slots__ = ("meaning", "run", "runs")

    def __init__(self, runs: Runs, run: Run) -> None:
        self.runs = runs
        self.run = run
        self.meaning: Sequence[str | type[nodes.Element] | None] = (run.text,)


class InlineContext:
    """What building the nodes of a text needs beside the match.

    :param settings: of the wiki.
    :param escapes: those of the text.
    :param report: takes the line and the sentence of what a writer should know.
    :param new_id: gives an id for a name, one that the document does not have yet.
    """

    def __init__(
        self,
        settings: MarkupSettings,
        escapes: Escapes,
        report: Callable[[int, str], object],
        new_id: Callable[[str], str] = slug,
    ) -> None:
        self.settings = settings
        self.new_id = new_id
        self.escapes = escapes
        self.report = report
        self.wikiwords = settings.wikiwords
        self.line = 1
        """Where the match at hand stands."""

    def parse(self, text: str, line: int) -> list[nodes.Node]:
        """The nodes of *text*, a block or a part of one that begins at *line*."""
        return scanner(self.settings.namespaces_key, self.wikiwords).scan(text, line, self)

    def as_typed(self, match: re.Match[str]) -> nodes.Text:
        """The match as text, for what can't be what it looks like."""
        return nodes.Text(self.escapes.plain(match[0]))

    def words(self, spelling: str) -> str:
        """The writer's own words in the *spelling* of a name: those in braces, or the WikiWord's;
        without the namespace and the section.
        """
        braced, closing, _ = spelling.rpartition("}}")
        text = braced + closing or spelling.partition("#")[0]
        namespaces = self.settings.namespaces
        for separator in "/.":
            before, found, after = text.replace("{{", "").replace("}}", "").partition(separator)
            if found and after and namespaces.find(before):
                return self.words(f"{{{{{after}}}}}" if "{{" in text else after)
        if "{{" in text:
            text = text.partition("}}")[0]
            return " ".join(text.replace("{{", "").replace("}}", "").split())
        return split_words(text)

    def label(self, text: str) -> list[nodes.Node]:
        """The nodes of *text*, the label of a link: no links among them."""
        return without_links(self.parse(text, self.line))

    def warn(self, sentence: str) -> None:
        """Reports *sentence* for the match at hand."""
        self.report(self.line, sentence)


class _Scanner:
    """The compiled declarations."""

    def __init__(self, constructs: Sequence[Atom | Span | Runs], namespaces: Sequence[str]) -> None:
        names = "|".join(sorted(map(re.escape, namespaces), key=len, reverse=True))
        spans = [c for c in constructs if isinstance(c, Span)]
        takes_turns = {s.closes for s in spans if re.escape(s.closes) == s.pattern}
        closers = sorted({s.closes for s in spans} - takes_turns - {"]]"}, key=len, reverse=True)
        branches = [(c.name, c.pattern, c.not_after) for c in constructs]
        branches[:0] = [(f"_close{n}", re.escape(c), "") for n, c in enumerate(closers)]
        branches.append((_BRACKETS, rf"\]\]+(?P<bracket_suffix>{LETTERS})", ""))
        heads, tails = set(), []
        for name, pattern, not_after in branches:
            head, tail = _split(pattern)
            heads.add(head)
            behind = rf"(?<!{not_after}[\s\S])" if not_after else ""
            tails.append(rf"(?<=[{head}]){behind}(?P<{name}>{tail})")
        pattern = f"[{''.join(sorted(heads))}](?:{'|'.join(tails)})"
        self._pattern = re.compile(pattern.replace("NAMESPACES", names))
        self._closers = {f"_close{n}": closer for n, closer in enumerate(closers)}
        self._takes_turns = takes_turns
        self._constructs = {c.name: c for c in constructs}

    def scan(self, text: str, line: int, context: InlineContext) -> list[nodes.Node]:
        """The nodes of *text*."""
        context.line = line
        found: list[nodes.Node | _Mark | _Run] = []
        has_marks = False
        position = counted = 0
        has_lines = "\n" in text
        for match in self._pattern.finditer(text):
            start = match.start()
            if start > position:
                found.append(nodes.Text(text[position:start]))
            position = match.end()
            if has_lines:
                context.line += text.count("\n", counted, start)
                counted = start
            construct = self._constructs.get(match.lastgroup or "")
            if isinstance(construct, Atom):
                built = construct.build(match, context)
                if isinstance(built, nodes.Node):
                    found.append(built)
                else:
                    found.extend(built)
                continue
            has_marks = True
            if isinstance(construct, Span):
                found.append(_Mark(match[0], context.line, construct, match, construct.closes))
            elif isinstance(construct, Runs):
                before, after = text[max(0, start - 1) : start], text[position : position + 2]
                found.append(_Run(construct, Run(match[0], before, after)))
            elif match.lastgroup == _BRACKETS:
                found.extend(self._brackets(match, context.line))
            else:
                closer = self._closers[match.lastgroup or ""]
                found.append(_Mark(match[0], context.line, None, None, closer))
        if position < len(text):
            found.append(nodes.Text(text[position:]) if position else nodes.Text(text))
        if not has_marks:
            return found  # type: ignore[return-value]
        self._pair(found, strong=True)
        self._pair(found, strong=False)
        self._pair_runs(found)
        return _Nesting(context).nest(found)

    def tokens(self, text: str) -> Iterator[tuple[int, int, str, bool]]:
        """Where *text* has markup: start, end, name of the construct, and whether it is a mark
        that opens or closes.
        """
        for match in self._pattern.finditer(text):
            name = match.lastgroup or ""
            is_mark = not isinstance(self._constructs.get(name), Atom)
            yield match.start(), match.end(), name, is_mark

    @staticmethod
    def _brackets(match: re.Match[str], line: int) -> Iterator[nodes.Node | _Mark]:
        suffix = match["bracket_suffix"]
        count = len(match[0]) - len(suffix)
        # of an odd number, the first is a bracket of the text: [[Target a [label]]]
        if count % 2:
            yield nodes.Text("]")
        for number in range(count // 2, 0, -1):
            yield _Mark("]]", line, None, None, "]]", suffix if number == 1 else "")

    def _pair(self, found: Iterable[nodes.Node | _Mark | _Run], *, strong: bool) -> None:
        """Gives the marks of one strength their partners."""
        stretches: list[tuple[list[_Mark], Counter[str]]] = [([], Counter())]
        for mark in found:
            if not isinstance(mark, _Mark):
                continue
            if mark.is_strong is not strong:
                # a stronger pair cuts the text into stretches
                if mark.partner is not None:
                    stretches.append(([], Counter())) if mark.is_open else stretches.pop()
                continue
            waiting, count = stretches[-1]
            is_closing = mark.span is None or mark.closes in self._takes_turns
            if is_closing and count[mark.closes]:
                while (opening := waiting.pop()).closes != mark.closes:
                    count[opening.closes] -= 1
                count[mark.closes] -= 1
                opening.partner, mark.partner = mark, opening
                opening.is_open = True
            elif mark.span is not None:
                waiting.append(mark)
                count[mark.closes] += 1

    @staticmethod
    def _pair_runs(found: Iterable[nodes.Node | _Mark | _Run]) -> None:
        """Gives the runs their meaning, stretch by stretch."""
        stretches: list[list[_Run]] = [[]]
        whole = [stretches[0]]
        for mark in found:
            if isinstance(mark, _Run):
                stretches[-1].append(mark)
            elif isinstance(mark, _Mark) and mark.partner is not None:
                if mark.is_open:
                    stretches.append([])
                    whole.append(stretches[-1])
                else:
                    stretches.pop()
        for stretch in filter(None, whole):
            meanings = stretch[0].runs.pair([run.run for run in stretch])
            for run, meaning in zip(stretch, meanings, strict=True):
                run.meaning = meaning


class _Nesting:
    """Nodes put in one another, as the marks say."""

    def __init__(self, context: InlineContext) -> None:
        self._context = context
        self._root = nodes.inline()
        # one for each open mark; its parent once more where a node would be too deep
        self._open: list[nodes.Element] = [self._root]
        self._open_links = 0
        self._text: list[str] = []

    def nest(self, found: Iterable[nodes.Node | _Mark | _Run]) -> list[nodes.Node]:
        for item in found:
            if isinstance(item, nodes.Node):
                self._add_atom(item)
            elif isinstance(item, _Run):
                self._follow(item)
            elif item.partner is None:
                self._add_unpaired(item)
            elif item.is_open:
                self._open_span(item)
            else:
                self._close_span(item.partner, item)
        self._end_text()
        children = self._root.children
        for child in children:
            child.parent = None
        return children

    def _add(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Text):
            # put together when something else follows: one by one, a text of many pieces would
            # be copied for each
            self._text.append(node.astext())
            return
        self._end_text()
        self._open[-1].append(node)

    def _end_text(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if text:
            self._open[-1].append(nodes.Text(text))

    def _add_atom(self, node: nodes.Node) -> None:
        """Adds *node*; without links if it stands inside one."""
        for part in without_links([node]) if self._open_links else [node]:
            self._add(part)

    def _follow(self, run: _Run) -> None:
        for meaning in run.meaning:
            if meaning is None:
                self._pop()
            elif isinstance(meaning, str):
                self._add(nodes.Text(meaning))
            else:
                self._push(meaning())

    def _add_unpaired(self, mark: _Mark) -> None:
        self._add(nodes.Text(self._context.escapes.plain(mark.text) + mark.suffix))
        if mark.span is not None and mark.text.startswith("[["):
            self._context.report(mark.line, f"{mark.text.strip()} is not closed; shown as text")

    def _open_span(self, mark: _Mark) -> None:
        assert mark.span is not None
        assert mark.match is not None
        self._context.line = mark.line
        node = mark.span.build(mark.match, self._context)
        mark.is_text = node is None
        if mark.is_text:
            self._add(self._context.as_typed(mark.match))
        mark.is_link = isinstance(node, trope_link | nodes.reference)
        self._push(None if mark.is_link and self._open_links else node)
        self._open_links += mark.is_link

    def _close_span(self, opening: _Mark, closing: _Mark) -> None:
        if closing.suffix and opening.is_link:
            self._add(nodes.Text(closing.suffix))
        self._pop()
        self._open_links -= opening.is_link
        if opening.is_text:
            self._add(nodes.Text(closing.text))
        if closing.suffix and not opening.is_link:
            self._add(nodes.Text(closing.suffix))

    def _push(self, node: nodes.Element | None) -> None:
        if node is None or len(self._open) > MAX_NESTING:
            self._open.append(self._open[-1])
            return
        self._add(node)
        self._open.append(node)

    def _pop(self) -> None:
        node = self._open.pop()
        if node is not self._open[-1] and self._text:
            text = "".join(self._text)
            self._text.clear()
            node.append(nodes.Text(text))


def without_links(children: Iterable[nodes.Node]) -> list[nodes.Node]:
    """*children* with the text of each link in its place: there is no link inside a link."""
    flat: list[nodes.Node] = []
    for child in children:
        if isinstance(child, trope_link | nodes.reference):
            typed = child.rawsource
            flat += [nodes.Text(typed)] if typed else without_links(child.children)
            continue
        if isinstance(child, nodes.Element) and child.children:
            child[:] = without_links(child.children)
        flat.append(child)
    return flat


def _split(pattern: str) -> tuple[str, str]:
    """The set of characters that *pattern* begins with, as for ``[...]``, and the rest."""
    if pattern[0] == "[":
        end = pattern.index("]", 2)
        return pattern[1:end], pattern[end + 1 :]
    end = 2 if pattern[0] == "\\" else 1
    return re.escape(pattern[:end].removeprefix("\\")), pattern[end:]


@lru_cache(maxsize=16)
def scanner(namespaces: tuple[str, ...], wikiwords: bool) -> _Scanner:
    """The scanner for a wiki with these *namespaces*; *wikiwords*: whether bare ones link."""
    constructs = [c for c in INLINE if wikiwords or not c.name.startswith("wikiword")]
    return _Scanner(constructs, namespaces)
