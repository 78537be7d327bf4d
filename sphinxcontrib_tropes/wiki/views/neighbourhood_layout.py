"""Layout of a neighbourhood: where the dot and the name of each page are drawn.

The page is in the middle, super-tropes are above it, sub-tropes below, all others beside. Every name
is outward of its dot, and the dots of each side stand on a curve that bends outward. So no name is
on another, and no line goes through a name or a dot, whatever the titles. Coordinates are whole
numbers, which keeps drawings small.
"""

from __future__ import annotations

from collections import deque
from math import atan2, pi, sqrt
from typing import TYPE_CHECKING, NamedTuple

from ..text.text_width import wrapped
from .neighbourhood import Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .neighbourhood import Neighbour, Neighbourhood

__all__ = ["LINE", "WIDTH", "Dot", "Drawing", "draw"]

WIDTH = 360
"""Width of a drawing: that of a small phone, where it is not made smaller."""
LINE = 14
"""Distance between the lines of a name."""
_MIDDLE = WIDTH // 2
_ROW = 30
"""Minimum height of a row: 24 pixels, which a finger can hit, on the smallest phones."""
_PADDING = 12
"""What a row is higher than the lines of its name."""
_GAP = 16
"""Distance between those above, beside and below."""
_NEAR, _FAR = 16, 44
"""Distance from the middle of the ends of a side, and of its middle."""
_INDENT = 14
_TO_NAME = 8
"""Distance between a dot and its name."""
_NAME_SIZE = 12
_LINES = 3
"""Maximum lines of a name."""


class Dot(NamedTuple):
    """A page in a drawing."""

    at: int
    """Number of the neighbour, from 0."""
    x: int
    y: int
    align: str
    """Which end of its name is at *name_x*: ``start`` or ``end``."""
    name_x: int
    name: tuple[str, ...]
    """The lines of its title. They stand around the height of the dot."""
    height: int
    """Height of its row, which has the dot in its middle."""


class Drawing(NamedTuple):
    """A drawing. The origin is at the top left."""

    height: int
    x: int
    """Coordinates of the page itself."""
    y: int
    dots: tuple[Dot, ...]
    """The dots, clockwise from the top."""

    def line(self, dot: Dot, parent: Dot | None) -> tuple[tuple[int, int], ...]:
        """The points of the line to a dot: from the page itself, or down or up from its *parent*
        and then aside.
        """
        if parent is None:
            return (self.x, self.y), (dot.x, dot.y)
        return (parent.x, parent.y), (parent.x, dot.y), (dot.x, dot.y)

    def by_number(self) -> dict[int, Dot]:
        """The dots by the number of their neighbour."""
        return {dot.at: dot for dot in self.dots}


def draw(neighbourhood: Neighbourhood) -> Drawing:
    """The drawing of a neighbourhood."""
    neighbours = neighbourhood.neighbours
    trees = _Trees(neighbours)
    above, beside, below = (
        _split([trees.of(at) for at in own], is_beside=own_sides is _BESIDE)
        for own_sides, own in _own_by_place(neighbours)
    )
    height_above, height_below = _height(above), _height(below)
    half = max(_height(beside), _ROW) / 2
    y = height_above + (_GAP if height_above else 0) + half
    height = y + half + (_GAP if height_below else 0) + height_below
    dots: list[Dot] = []
    for side, sign in ((0, 1), (1, -1)):
        rows = [
            *_placed(above[side], y - half - _GAP, -1),
            *_placed(beside[side], y - _height((beside[side],)) / 2, 1),
            *_placed(below[side], y + half + _GAP, 1),
        ]
        dots += _dots(rows, sign, y, height)
    dots.sort(key=lambda dot: (_angle(dot.x - _MIDDLE, dot.y - y), dot.at))
    return Drawing(round(height), _MIDDLE, round(y), tuple(dots))


class _Row(NamedTuple):
    """A neighbour in a side of the drawing."""

    at: int
    depth: int
    """How many steps it is further from the page than the first of its tree."""
    name: tuple[str, ...]

    @property
    def height(self) -> int:
        return max(_ROW, len(self.name) * LINE + _PADDING)


_Column = list[_Row]


_BESIDE = Side.BESIDE, Side.AROUND


def _own_by_place(neighbours: Sequence[Neighbour]) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    """The page's own neighbours: those above, those beside and all others, those below."""
    own = [at for at, neighbour in enumerate(neighbours) if neighbour.parent < 0]
    for sides in ((Side.ABOVE,), _BESIDE, (Side.BELOW,)):
        yield sides, [at for side in sides for at in own if neighbours[at].side == side]


class _Trees:
    """The neighbours of neighbours, as trees."""

    def __init__(self, neighbours: Sequence[Neighbour]) -> None:
        self._neighbours = neighbours
        self._children: dict[int, list[int]] = {}
        for at, neighbour in enumerate(neighbours):
            self._children.setdefault(neighbour.parent, []).append(at)

    def of(self, at: int) -> _Column:
        """A neighbour and its tree, in the order of an outline."""
        found, stack = [], [(at, 0)]
        while stack:
            number, depth = stack.pop()
            room = _MIDDLE - _FAR - depth * _INDENT - _TO_NAME
            name = wrapped(self._neighbours[number].title, room / _NAME_SIZE, _LINES)
            found.append(_Row(number, depth, name))
            stack += [(child, depth + 1) for child in reversed(self._children.get(number, ()))]
        return found


def _split(trees: Sequence[_Column], *, is_beside: bool) -> tuple[_Column, _Column]:
    """The trees in two columns of similar height. The first is nearest to the page: the first of a
    column, or in its middle if it is beside the page.
    """
    sides: tuple[deque[_Column], ...] = (deque(), deque())
    heights = [0, 0]
    for tree in trees:
        side = 0 if heights[0] <= heights[1] else 1
        heights[side] += sum(row.height for row in tree)
        if is_beside and len(sides[side]) % 2:
            sides[side].appendleft(tree)
        else:
            sides[side].append(tree)
    right, left = ([row for tree in column for row in tree] for column in sides)
    return right, left


def _height(columns: Sequence[_Column]) -> int:
    return max(sum(row.height for row in column) for column in columns)


def _placed(rows: Iterable[_Row], start: float, direction: int) -> Iterator[tuple[_Row, float]]:
    """The rows, each with the height of its middle, one after the other from *start*."""
    for row in rows:
        yield row, start + direction * row.height / 2
        start += direction * row.height


def _dots(rows: Iterable[tuple[_Row, float]], sign: int, y: float, height: float) -> Iterator[Dot]:
    align = "start" if sign > 0 else "end"
    offset = _FAR
    for row, row_y in rows:
        if not row.depth:  # its tree hangs straight from it
            reach = y if row_y < y else height - y
            bulge = sqrt(max(0.0, 1 - ((row_y - y) / reach) ** 2))
            offset = round(_NEAR + (_FAR - _NEAR) * bulge)
        x = _MIDDLE + sign * (offset + row.depth * _INDENT)
        yield Dot(row.at, x, round(row_y), align, x + sign * _TO_NAME, row.name, row.height)


def _angle(x: float, y: float) -> float:
    """The angle of a dot, clockwise from the top."""
    return atan2(x, -y) % (2 * pi)
