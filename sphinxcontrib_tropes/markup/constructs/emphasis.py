"""``''emphasis''``, strong with three apostrophes, both with five.

The meaning of a run of apostrophes depends on the runs around it, as in PmWiki and MediaWiki: five
before three before two. A remaining apostrophe belongs to the text (``''Ocean's'''s``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ..declaration import Run, Runs, Unclosed

if TYPE_CHECKING:
    from collections.abc import Sequence

_EMPHASIS: type[nodes.Element] = nodes.emphasis
_STRONG: type[nodes.Element] = nodes.strong
_MARK: dict[type[nodes.Element], str] = {_EMPHASIS: "''", _STRONG: "'''"}
_KINDS = {2: _EMPHASIS, 3: _STRONG}

_WORD = re.compile(r"\w+")
_ENDINGS = frozenset(["s", "S", "d", "ll", "re", "ve"])
_AFTER_WORD = frozenset(["", *".,;:!?)]}…-–—/"])

_Meaning = str | type[nodes.Element] | None


class _Cell:
    """One meaning of a run. Later runs may change it."""

    __slots__ = ("meaning",)

    def __init__(self, meaning: _Meaning) -> None:
        self.meaning = meaning


class _Opening:
    """Open emphasis, and the cells to drop if nothing closes it."""

    __slots__ = ("cell", "continued", "kind", "run")

    def __init__(self, kind: type[nodes.Element], cell: _Cell, run: int) -> None:
        self.kind = kind
        self.cell = cell
        self.run = run
        self.continued: list[_Cell] = []


class _Pairing:
    """Pairs the runs in a stretch of text, from left to right."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._cells: list[list[_Cell]] = []
        self._open: list[_Opening] = []
        self._runs = runs
        # the last run that can close each
        self._last = {_EMPHASIS: 0, _STRONG: 0}
        for number, run in enumerate(runs):
            length = len(run.text)
            if length >= 3:
                self._last[_STRONG] = number
            if length == 2 or length >= 5:
                self._last[_EMPHASIS] = number
        for number, run in enumerate(runs):
            self._cells.append([])
            self._read(number, len(run.text))
        if self._open:
            self._give_up()

    def meanings(self) -> list[list[_Meaning]]:
        return [[c.meaning for c in cells if c.meaning != ""] for cells in self._cells]

    def _is_open(self, kind: type[nodes.Element]) -> bool:
        return bool(self._open) and kind in [opening.kind for opening in self._open]

    def _will_close(self, run: int, kind: type[nodes.Element]) -> bool:
        return self._last[kind] > run

    def _read(self, run: int, length: int) -> None:
        if length == 2:
            self._turn(run, _EMPHASIS)
        elif length < 5:
            self._read_three(run, length - 3)
        else:
            self._text(run, length - 5)
            self._read_five(run)

    def _read_three(self, run: int, extra: int) -> None:
        """Strong, or emphasis next to an apostrophe; with *extra* apostrophes."""
        kind = _STRONG
        if not self._is_open(_STRONG):
            # no strong emphasis starts in Ocean's or the Simpsons'
            owns = self._is_open(_EMPHASIS) and self._is_possessive(run)
            if owns or not self._will_close(run, _STRONG):
                in_reach = self._is_open(_EMPHASIS) or self._will_close(run, _EMPHASIS)
                kind = _EMPHASIS if in_reach else _STRONG
        apostrophes = extra + (kind is _EMPHASIS)
        closes = self._is_open(kind)
        # the apostrophe comes after what closes in Ocean's, before what opens in l'amour, inside in 'tis
        first = not self._runs[run].after[:1].isalnum() if closes else kind is _EMPHASIS
        if first:
            self._text(run, apostrophes)
        self._turn(run, kind)
        if not first:
            self._text(run, apostrophes)

    def _is_possessive(self, run: int) -> bool:
        """Whether the run ends a word and includes an apostrophe: no word that could be strong
        starts after it. The word may be a link, or end with ``!``.
        """
        before, after = self._runs[run].before, self._runs[run].after
        if not before or before.isspace():
            return False
        ending = _WORD.match(after)
        return ending[0] in _ENDINGS if ending else after[:1] in _AFTER_WORD or after[:1].isspace()

    def _read_five(self, run: int) -> None:
        opens = [kind for kind in (_EMPHASIS, _STRONG) if not self._is_open(kind)]
        for opening in reversed(self._open):
            self._close(run, opening.kind)
        for kind in opens:
            if len(opens) == 1 and not self._will_close(run, kind):
                self._cells[run].append(_Cell(Unclosed(_MARK[kind])))
            else:
                self._turn(run, kind)

    def _text(self, run: int, apostrophes: int) -> None:
        if apostrophes:
            self._cells[run].append(_Cell("'" * apostrophes))

    def _turn(self, run: int, kind: type[nodes.Element]) -> None:
        if self._is_open(kind):
            self._close(run, kind)
            return
        cell = _Cell(kind)
        self._cells[run].append(cell)
        self._open.append(_Opening(kind, cell, run))

    def _close(self, run: int, kind: type[nodes.Element]) -> None:
        opening = self._open.pop()
        if opening.kind is kind:
            self._cells[run].append(_Cell(None))
            return
        outer = self._open.pop()
        if outer.run == opening.run and outer.cell.meaning is outer.kind:
            # opened by one run: the one that contains the other is open until one closes
            outer.cell.meaning, opening.cell.meaning = opening.kind, outer.kind
            outer.cell, opening.cell = opening.cell, outer.cell
            self._cells[run].append(_Cell(None))
            self._open.append(opening)
            return
        # ''a '''b'' c''': the inner one ends with the outer one and continues after it
        ends, goes_on = _Cell(None), _Cell(opening.kind)
        self._cells[run] += [ends, _Cell(None), goes_on]
        opening.continued += [ends, goes_on]
        self._open.append(opening)

    def _unclosed(self, opening: _Opening) -> str:
        mark = _MARK[opening.kind]
        # after a digit, two mean inches or seconds
        is_unit = opening.kind is _EMPHASIS and self._runs[opening.run].before.isdigit()
        return mark if is_unit else Unclosed(mark)

    def _give_up(self) -> None:
        """Turns emphasis that nothing closes into text."""
        for opening in self._open:
            opening.cell.meaning = self._unclosed(opening)
            for cell in opening.continued:
                cell.meaning = ""


def _pair(runs: Sequence[Run]) -> Sequence[Sequence[_Meaning]]:
    kind = _KINDS.get(len(runs[0].text))
    if kind and len(runs) % 2 == 0 and len({run.text for run in runs}) == 1:
        return [[kind], [None]] * (len(runs) // 2)  # nearly always: saves 5 % of the parser's time
    return _Pairing(runs).meanings()


CONSTRUCTS = [
    Runs(
        "emphasis",
        "''+",
        _pair,
        "''emphasis'', '''strong''', '''''both'''''",
    ),
]
