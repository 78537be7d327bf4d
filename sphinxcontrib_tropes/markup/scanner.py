"""Inline markup -> nodes and marks, with one regular expression built from the declarations.

The expression starts with the set of all characters that can start markup, so that the engine skips
other text quickly; then come the constructs that start with the character found. Constructs that
few texts contain are left out for all other texts, as are letters beyond ASCII.

A construct that is a single match becomes a node at once. Opening and closing marks are paired and
nested afterwards. Nothing is scanned twice, and nothing recurses: time is linear in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..internals.docutils.fast_nodes import make_text
from .characters import LETTERS, ascii_only
from .declaration import Atom, Run, Runs, Span
from .nesting import Mark, nest, pair
from .redaction import SPOILER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from docutils import nodes

    from .declaration import Made
    from .inline import InlineContext

__all__ = ["Pattern", "Scanner"]

_BRACKETS = "_brackets"  # the group of a run of closing brackets


class Pattern:
    """The compiled pattern of some constructs."""

    def __init__(
        self,
        branches: Sequence[tuple[str, str, str]],
        constructs: dict[str, Atom | Span | Runs],
        *,
        is_ascii: bool,
    ) -> None:
        by_head: dict[str, dict[str, list[str]]] = {}
        for name, pattern, not_after in branches:
            head, tail = _split(pattern)
            behind = rf"(?<!{not_after}(?s:.))" if not_after else ""
            by_head.setdefault(head, {}).setdefault(behind, []).append(f"(?P<{name}>{tail})")
        # the sets are disjoint; sets of letters, and starts of many constructs, are the most likely
        by_likelihood = sorted(
            by_head.items(), key=lambda of: (-len(of[0]), -sum(map(len, of[1].values())))
        )
        tails = []
        for head, by_behind in by_likelihood:
            of_head = "|".join(f"{behind}(?:{'|'.join(of)})" for behind, of in by_behind.items())
            tails.append(f"(?<=[{head}])(?:{of_head})")
        pattern = f"[{''.join(sorted(by_head))}](?:{'|'.join(tails)})"
        compiled = re.compile(ascii_only(pattern) if is_ascii else pattern)
        self.finditer = compiled.finditer
        # by group number: faster than by name
        self.constructs: list[Atom | Span | Runs | None] = [None] * (compiled.groups + 1)
        self.builds: list[Callable[..., Made] | None]
        self.builds = [None] * (compiled.groups + 1)
        for name, number in compiled.groupindex.items():
            construct = self.constructs[number] = constructs.get(name)
            if isinstance(construct, Atom):
                self.builds[number] = construct.build


class Scanner:
    """Reads inline markup.

    :param constructs: in order of preference.
    """

    def __init__(self, constructs: Sequence[Atom | Span | Runs]) -> None:
        self._constructs = {c.name: c for c in constructs}
        spans = [c for c in constructs if isinstance(c, Span)]
        self._takes_turns = {s.closes for s in spans if re.escape(s.closes) == s.pattern}
        needs = sorted({c.needs for c in constructs if c.needs})
        # each of these adds first characters, so each has its own patterns; characters come
        # together
        self._sequences = [need for need in needs if len(need) > 1]
        self._characters = [need for need in needs if len(need) == 1]
        self._compiled: dict[int, Pattern] = {}

    def _compile(self, text: str, *, has_rare: bool) -> Pattern:
        """The pattern for texts such as *text*: ASCII or not, with or without the rare strings."""
        constructs = [
            c
            for c in self._constructs.values()
            if (has_rare if len(c.needs) == 1 else c.needs in text)
        ]
        branches = [
            *_closers({c.closes for c in constructs if isinstance(c, Span)} - self._takes_turns),
            *((c.name, c.pattern, c.not_after) for c in constructs),
            (_BRACKETS, rf"\]\]+(?P<bracket_suffix>{LETTERS})", ""),
        ]
        return Pattern(branches, self._constructs, is_ascii=text.isascii())

    def pattern_for(self, text: str) -> Pattern:
        """The pattern of the constructs that *text* can contain."""
        has_rare = any(map(text.__contains__, self._characters))
        key = text.isascii() + 2 * has_rare
        for place, need in enumerate(self._sequences, 2):
            key += (need in text) << place
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = self._compiled[key] = self._compile(text, has_rare=has_rare)
        return compiled

    def scan(self, text: str, line: int, context: InlineContext) -> list[nodes.Node]:
        """The nodes of *text*, which starts at *line*."""
        context.line = line
        compiled = self.pattern_for(text)
        builds = context.builds_of(compiled)
        matches: Iterable[re.Match[str]] = compiled.finditer(text)
        if context.has_spoilers and SPOILER.search(text):
            matches = self._watched(list(matches), compiled, context)
        found: list[nodes.Node | Mark | Run] = []
        has_marks, has_lines = False, "\n" in text
        position = counted = 0
        for match in matches:
            start, end = match.span()
            if start > position:
                found.append(make_text(text[position:start]))
            position = end
            if has_lines:
                context.line += text.count("\n", counted, start)
                counted = start
            build = builds[match.lastindex]  # type: ignore[index]
            if build is None:
                has_marks = True
                found += self._marks(match, compiled, context.line)
            elif (built := build(match, context)).__class__ is list:
                found += built
            else:
                found.append(built)
        if position < len(text):
            found.append(make_text(text[position:]))
        return nest(found, context, self._takes_turns) if has_marks else found  # type: ignore[return-value]

    def _watched(
        self, matches: Sequence[re.Match[str]], compiled: Pattern, context: InlineContext
    ) -> Iterator[re.Match[str]]:
        """*matches*; before each one, sets in the context whether a spoiler hides it."""
        found: list[tuple[int, Mark]] = []
        for match in matches:
            if compiled.builds[match.lastindex] is None:  # type: ignore[index]
                marks = self._marks(match, compiled, 0)
                found += ((match.start(), mark) for mark in marks if isinstance(mark, Mark))
        pair([mark for _, mark in found], self._takes_turns, strong=True)
        starts = {mark: start for start, mark in found}
        ends = {
            start: starts[mark.partner] if mark.partner else len(match.string)
            for start, mark in found
            if mark.hides
        }
        around, end = context.is_hidden, -1
        for match in matches:
            start = match.start()
            context.is_hidden = around or start < end
            yield match
            end = max(end, ends.get(start, end))
        context.is_hidden = around

    def _marks(
        self, match: re.Match[str], compiled: Pattern, line: int
    ) -> Iterable[nodes.Node | Mark | Run]:
        """The marks of a match, to be paired when all marks are known."""
        construct = compiled.constructs[match.lastindex or 0]
        if isinstance(construct, Runs):
            return [Run(construct, match, line)]
        if isinstance(construct, Span):
            return [Mark(match[0], line, construct, match, construct.closes, "", match.start())]
        if match.lastgroup == _BRACKETS:
            return _brackets(match, line)
        return [Mark(match[0], line, None, None, match[0], "", match.start())]

    def tokens(self, text: str) -> Iterator[tuple[int, int, str, bool]]:
        """The markup of *text*: start, end, name of the construct, and whether it is a mark that
        opens or closes.
        """
        for match in self.pattern_for(text).finditer(text):
            name = match.lastgroup or ""
            is_mark = not isinstance(self._constructs.get(name), Atom)
            yield match.start(), match.end(), name, is_mark


def _brackets(match: re.Match[str], line: int) -> Iterator[nodes.Node | Mark]:
    suffix = match["bracket_suffix"]
    count = len(match[0]) - len(suffix)
    # if their number is odd, the first belongs to the text: [[Target a [label]]]
    if count % 2:
        yield make_text("]")
    for number in range(count // 2, 0, -1):
        start = match.start() + count - 2 * number
        yield Mark("]]", line, None, None, "]]", suffix if number == 1 else "", start)


def _closers(closers: AbstractSet[str]) -> Iterator[tuple[str, str, str]]:
    """One branch for all *closers* with the same first character: each group slows the match."""
    by_head: dict[str, list[str]] = {}
    for closer in sorted(closers - {"]]"}, key=lambda closer: (-len(closer), closer)):
        by_head.setdefault(closer[0], []).append(closer[1:])
    for head, tails in by_head.items():
        yield f"_close{ord(head)}", f"{re.escape(head)}(?:{'|'.join(map(re.escape, tails))})", ""


def _split(pattern: str) -> tuple[str, str]:
    """The characters that *pattern* can start with, as for ``[...]``, and the rest of it."""
    if pattern[0] == "[":
        end = pattern.index("]", 2)
        return pattern[1:end], pattern[end + 1 :]
    end = 2 if pattern[0] == "\\" else 1
    return re.escape(pattern[:end].removeprefix("\\")), pattern[end:]
