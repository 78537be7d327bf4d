"""Layout of a neighbourhood: where the dot and the name of each page are drawn.

The page is in the middle, super-tropes are above it, sub-tropes below, all others in a column on
either side with their names outward. So names never overlap, whatever the titles, and a reader
knows where to look. Coordinates are whole numbers, which keeps drawings small.
"""

from __future__ import annotations

from collections import deque
from math import atan2, pi, sqrt
from typing import TYPE_CHECKING, NamedTuple

from ..text.text_width import shorten
from .neighbourhood import Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .neighbourhood import Neighbour, Neighbourhood

__all__ = ["WIDTH", "Dot", "Drawing", "draw"]

WIDTH = 440
_MIDDLE = WIDTH // 2
_ROW = 22
_BAND = 40
"""Height of a row above or below the page, with names."""
_IN_BAND = 3
_NEAR, _FAR = 36, 70
"""Distance from the page to the ends of a column, and to its middle."""
_INDENT = 14
_GAP = 8
"""Distance between a dot and its name."""
_NAME_SIZE = 12


class Dot(NamedTuple):
    """A page in a drawing."""

    at: int
    """Number of the neighbour, from 0."""
    x: int
    y: int
    align: str
    """Which part of its name is at *name_x*: ``start``, ``middle`` or ``end``."""
    name_x: int
    name_y: int
    name: str
    """Its title, shortened to the available space."""


class Drawing(NamedTuple):
    """A drawing. The origin is at the top left."""

    height: int
    x: int
    """Coordinates of the page itself."""
    y: int
    dots: tuple[Dot, ...]
    """The dots, clockwise from the top."""

    def by_number(self) -> dict[int, Dot]:
        """The dots by the number of their neighbour."""
        return {dot.at: dot for dot in self.dots}


def draw(neighbourhood: Neighbourhood) -> Drawing:
    """The drawing of a neighbourhood."""
    neighbours = neighbourhood.neighbours
    own = [at for at, neighbour in enumerate(neighbours) if neighbour.parent < 0]
    above = [at for at in own if neighbours[at].side == Side.ABOVE]
    below = [at for at in own if neighbours[at].side == Side.BELOW]
    beside = [at for at in own if neighbours[at].side == Side.BESIDE]
    around = [at for at in own if neighbours[at].side == Side.AROUND]
    trees = _Trees(neighbours)
    # neighbours of those above and below go into the columns, where their lines cross no others
    columns = [trees.of(at) for at in (*beside, *around)]
    columns += [
        [(at, depth + 1) for at, depth in trees.of(child)]
        for parent in (*above, *below)
        for child in trees.children(parent)
    ]
    right, left = _split(columns)
    top = _BAND * _bands(above)
    rows = max(len(right), len(left), 1)
    height = top + rows * _ROW + _BAND * _bands(below)
    y = top + rows * _ROW // 2
    dots = [
        *_column(neighbours, right, y, rows, 1),
        *_column(neighbours, left, y, rows, -1),
        *_rows(neighbours, above, 0, name_below=False),
        *_rows(neighbours, below, top + rows * _ROW, name_below=True),
    ]
    dots.sort(key=lambda dot: (_angle(dot.x - _MIDDLE, dot.y - y), dot.at))
    return Drawing(height, _MIDDLE, y, tuple(dots))


class _Trees:
    """The neighbours of neighbours, as trees."""

    def __init__(self, neighbours: Sequence[Neighbour]) -> None:
        self._children: dict[int, list[int]] = {}
        for at, neighbour in enumerate(neighbours):
            self._children.setdefault(neighbour.parent, []).append(at)

    def children(self, at: int) -> list[int]:
        return self._children.get(at, [])

    def of(self, at: int) -> list[tuple[int, int]]:
        """A neighbour and its tree, each with its depth, in the order of an outline."""
        found, stack = [], [(at, 0)]
        while stack:
            number, depth = stack.pop()
            found.append((number, depth))
            stack += [(child, depth + 1) for child in reversed(self.children(number))]
        return found


def _split(
    trees: Sequence[list[tuple[int, int]]],
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The trees in two columns of similar length, the first in the middle of each."""
    sides: tuple[deque[list[tuple[int, int]]], ...] = (deque(), deque())
    rows = [0, 0]
    for tree in trees:
        side = 0 if rows[0] <= rows[1] else 1
        rows[side] += len(tree)
        if len(sides[side]) % 2:
            sides[side].appendleft(tree)
        else:
            sides[side].append(tree)
    right, left = ([row for tree in column for row in tree] for column in sides)
    return right, left


def _column(
    neighbours: Sequence[Neighbour], column: list[tuple[int, int]], y: int, rows: int, sign: int
) -> list[Dot]:
    dots = []
    start = y - len(column) * _ROW // 2 + _ROW // 2
    for row, (at, depth) in enumerate(column):
        row_y = start + row * _ROW
        height = rows * _ROW / 2 + _ROW / 2
        bulge = sqrt(max(0.0, 1 - ((row_y - y) / height) ** 2))
        offset = round(_NEAR + (_FAR - _NEAR) * bulge) + depth * _INDENT
        x = _MIDDLE + sign * offset
        room = _MIDDLE - offset - _GAP
        name = shorten(neighbours[at].title, room / _NAME_SIZE)
        align = "start" if sign > 0 else "end"
        dots.append(Dot(at, x, row_y, align, x + sign * _GAP, row_y + 4, name))
    return dots


def _bands(members: Sequence[int]) -> int:
    return -(-len(members) // _IN_BAND)


def _rows(
    neighbours: Sequence[Neighbour], members: Sequence[int], top: int, *, name_below: bool
) -> list[Dot]:
    dots = []
    for number, at in enumerate(members):
        band, place = divmod(number, _IN_BAND)
        count = min(_IN_BAND, len(members) - band * _IN_BAND)
        x = round(WIDTH * (place + 0.5) / count)
        y = top + band * _BAND + (_BAND // 2 - 8 if name_below else _BAND // 2 + 6)
        name = shorten(neighbours[at].title, (WIDTH / count - _GAP) / _NAME_SIZE)
        dots.append(Dot(at, x, y, "middle", x, y + (16 if name_below else -_GAP), name))
    return dots


def _angle(x: int, y: int) -> float:
    """The angle of a dot, clockwise from the top."""
    return atan2(x, -y) % (2 * pi)
