"""Marks that open and close -> nested nodes.

Marks are paired in order of strength: ``[[...]]``, then weaker spans, then apostrophes. Stronger
pairs cut the text into stretches, and weaker marks are paired only inside a stretch. So a spoiler
is a spoiler, whatever it contains. Then nodes are nested, and marks without a partner become text.
Nothing recurses; time is linear in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..internals.docutils.fast_nodes import adopt, make, make_text
from .declaration import Run, Unclosed
from .labels import is_visible, without_links
from .nodes import MAX_NESTING, trope_link, trope_spoiler

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterable, Sequence

    from .declaration import Span
    from .inline import InlineContext

__all__ = ["Mark", "nest", "pair"]


class Mark:
    """A place in a list of nodes where a span may open or close."""

    __slots__ = (
        "closes",
        "is_link",
        "is_open",
        "is_strong",
        "is_text",
        "line",
        "match",
        "node",
        "partner",
        "span",
        "start",
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
        start: int = -1,
    ) -> None:
        self.text = text
        self.line = line
        self.span = span  # None: it can only close
        self.match = match
        self.closes = closes
        self.is_strong = closes.endswith("]]")
        self.suffix = suffix  # letters that follow, which belong to a link that the mark closes
        self.start = start  # in its text; -1 for one that is not typed
        self.node: nodes.Element | None = None  # what it opens
        self.partner: Mark | None = None
        self.is_open = False
        self.is_link = False
        self.is_text = False

    @property
    def hides(self) -> bool:
        """Whether it opens something that hides text."""
        return self.span is not None and self.span.hides

    def closed_by(self, closing: Mark) -> Mark:
        """Makes *closing* its partner, and returns it."""
        self.partner, closing.partner = closing, self
        self.is_open = True
        return closing


_Found = nodes.Node | Mark | Run


def nest(
    found: Sequence[_Found],
    context: InlineContext,
    takes_turns: Collection[str],
) -> list[nodes.Node]:
    """The nodes of *found*, nested.

    :param takes_turns: marks that both open and close a span.
    """
    marks = [item for item in found if type(item) is Mark]
    for strength in sorted({mark.is_strong for mark in marks}, reverse=True):
        pair(marks, takes_turns, strong=strength)
        if strength and any(mark.hides and mark.partner is None for mark in marks):
            found = _hidden_to_the_end(found, context)
            marks = [item for item in found if isinstance(item, Mark)]
    for stretch in _stretches(found):
        for run, meaning in zip(stretch, stretch[0].runs.pair(stretch), strict=True):
            run.meaning = meaning
    nested = _Nesting(context).nest(found)
    context.note_marks(found)
    return nested


def pair(marks: Iterable[Mark], takes_turns: Collection[str], *, strong: bool) -> None:
    """Pairs the marks of one strength."""
    # the open marks of each stretch, and the number of each kind
    stretches: list[tuple[list[Mark], dict[str, int]]] = [([], {})]
    for mark in marks:
        if mark.is_strong is not strong:
            # a stronger pair cuts the text into stretches
            if mark.partner is not None:
                stretches.append(([], {})) if mark.is_open else stretches.pop()
            continue
        waiting, count = stretches[-1]
        is_closing = mark.span is None or mark.closes in takes_turns
        if is_closing and count.get(mark.closes):
            while (opening := waiting.pop()).closes != mark.closes:
                count[opening.closes] -= 1
            count[mark.closes] -= 1
            opening.closed_by(mark)
        elif mark.span is not None:
            waiting.append(mark)
            count[mark.closes] = count.get(mark.closes, 0) + 1


def _hidden_to_the_end(found: Sequence[_Found], context: InlineContext) -> list[_Found]:
    """*found* with added marks at its end: they close each open span that hides text, because the
    writer's intended end is not known. If a pair around the span ends earlier, the span continues
    after the pair.
    """
    hidden: list[_Found] = []
    depth = inside = 0  # open pairs, and those around the mark that hides
    opening: Mark | None = None
    last: Mark | None = None
    for item in found:
        if not isinstance(item, Mark):
            is_end = False
        elif item.partner is None and item.hides and last is None:
            mark = item.text.strip()
            sentence = f"{mark} is not closed; hidden to the end of its block"
            context.report(item.line, sentence, item)
            opening = last = item
            inside = depth
            hidden.append(item)
            continue
        else:
            is_end = item.partner is not None and not item.is_open
            depth += (item.partner is not None) - 2 * is_end
        if opening is not None and is_end and depth < inside:
            hidden.append(opening.closed_by(Mark("", opening.line, None, None, "]]")))
            opening, inside = None, depth
        elif opening is None and last is not None and not is_end:
            opening = Mark(last.text, last.line, last.span, last.match, last.closes)
            hidden.append(opening)
        elif opening is None and last is not None:
            inside = depth
        hidden.append(item)
    if opening is not None:
        hidden.append(opening.closed_by(Mark("", opening.line, None, None, "]]")))
    return hidden


def _stretches(found: Iterable[_Found]) -> Iterable[list[Run]]:
    """The runs of each stretch of text that has runs."""
    stretches: list[list[Run]] = [[]]
    whole = [stretches[0]]
    for item in found:
        if type(item) is Run:
            stretches[-1].append(item)
        elif type(item) is Mark and item.partner is not None:
            if item.is_open:
                stretches.append([])
                whole.append(stretches[-1])
            else:
                stretches.pop()
    return filter(None, whole)


class _Nesting:
    """Nests nodes by their marks."""

    def __init__(self, context: InlineContext) -> None:
        self._context = context
        self._root: nodes.Element = make(nodes.inline, "", [])
        # one for each open mark; if a node would be too deep, its parent again
        self._open: list[nodes.Element] = [self._root]
        self._open_links = self._open_spoilers = 0
        self._is_hidden = context.is_hidden  # all of the text
        self._text: list[nodes.Text] = []

    def nest(self, found: Iterable[_Found]) -> list[nodes.Node]:
        for item in found:
            if type(item) is Run:
                self._follow(item)
            elif type(item) is not Mark:
                if self._open_links:  # a link contains no other link
                    for part in without_links([item]):  # type: ignore[list-item]
                        self._add(part)
                else:
                    self._add(item)  # type: ignore[arg-type]
            elif item.partner is None:
                self._add_unpaired(item)
            elif item.is_open:
                self._open_span(item)
            else:
                self._close_span(item.partner, item)
        self._end_text_in(self._open[-1])
        children = self._root.children
        for child in children:
            child.parent = None
        return children

    def _add(self, node: nodes.Node) -> None:
        if type(node) is nodes.Text:
            # joined later, all at once: keeps a text of many pieces linear
            self._text.append(node)
            return
        parent = self._open[-1]
        if self._text:
            self._end_text_in(parent)
        adopt(parent, node)

    def _end_text_in(self, parent: nodes.Element) -> None:
        pieces, self._text = self._text, []
        text = pieces[0] if len(pieces) == 1 else make_text("".join(pieces))
        if len(text):  # not its truth value: to docutils, all nodes are true
            adopt(parent, text)

    def _follow(self, run: Run) -> None:
        for meaning in run.meaning:
            if meaning is None:
                self._pop()
            elif isinstance(meaning, str):
                self._add(make_text(meaning))
                if isinstance(meaning, Unclosed):
                    self._context.unclosed(meaning, run.line, run)
            else:
                self._push(make(meaning, "", []))

    def _add_unpaired(self, mark: Mark) -> None:
        self._add(make_text(self._context.escapes.plain(mark.text) + mark.suffix))
        if mark.text.startswith("[[/"):
            self._context.report(mark.line, f"{mark.text} closes nothing; shown as text", mark)
        # [- or '- may be ordinary text, as in the '-ed' of a verb; two equal characters hardly ever
        if mark.span is not None and mark.text[0] == mark.text[1]:
            self._context.unclosed(mark.text, mark.line, mark)

    def _open_span(self, mark: Mark) -> None:
        assert mark.span is not None
        assert mark.match is not None
        self._context.opens(mark)
        node = mark.node = mark.span.build(mark.match, self._context)
        mark.is_text = node is None
        if mark.is_text:
            for text in self._context.as_typed(mark.match):
                self._add(text)
        mark.is_link = isinstance(node, (trope_link, nodes.reference))
        self._push(None if mark.is_link and self._open_links else node)
        self._open_links += mark.is_link

    def _close_span(self, opening: Mark, closing: Mark) -> None:
        node = self._open[-1]
        if opening.is_link and node is not self._open[-2]:
            self._end_text_in(node)
            if not is_visible(node.children):
                assert opening.span is not None
                assert opening.span.complete is not None
                assert opening.match is not None
                opening.span.complete(node, opening.match, self._context, closing.suffix)
            elif closing.suffix:
                self._add(make_text(closing.suffix))
        elif closing.suffix and opening.is_link:
            self._add(make_text(closing.suffix))
        self._pop()
        self._open_links -= opening.is_link
        if opening.is_text:
            self._add(make_text(closing.text))
        if closing.suffix and not opening.is_link:
            self._add(make_text(closing.suffix))

    def _push(self, node: nodes.Element | None) -> None:
        if node is None or (len(self._open) > MAX_NESTING and not self._must_hide(node)):
            self._open.append(self._open[-1])
            return
        self._add(node)
        self._open.append(node)
        if isinstance(node, trope_spoiler):
            self._count_spoilers(1)

    def _must_hide(self, node: nodes.Element) -> bool:
        """Whether *node* must be added at any depth: without it, its contents would be visible."""
        return isinstance(node, trope_spoiler) and not self._open_spoilers

    def _pop(self) -> None:
        node = self._open.pop()
        if node is self._open[-1]:
            return
        if isinstance(node, trope_spoiler):
            self._count_spoilers(-1)
        if self._text:
            self._end_text_in(node)

    def _count_spoilers(self, more: int) -> None:
        self._open_spoilers += more
        self._context.is_hidden = self._is_hidden or self._open_spoilers > 0
