"""The layout of a neighbourhood: nothing overlaps."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from sphinxcontrib_tropes.wiki.text.text_width import text_width
from sphinxcontrib_tropes.wiki.views.neighbourhood import Neighbour, Neighbourhood, Side
from sphinxcontrib_tropes.wiki.views.neighbourhood_layout import LINE, WIDTH, Dot, draw

EM = 12


def drawn(
    *sides: str, title: str = "A rather long title of a page", children: int = 0
) -> Neighbourhood:
    own = [
        Neighbour(f"Main/Page{at}", title, "page", "", "trope", side, -1, False)
        for at, side in enumerate(sides)
    ]
    hung = [own[0]._replace(parent=at % len(own)) for at in range(children)]
    return Neighbourhood("Main/Here", "Here", "here", "", "trope", (*own, *hung), ())


def box(dot: Dot) -> tuple[float, float, float, float]:
    """Where the name of a dot is, at the most: left, top, right, bottom."""
    width = max(map(text_width, dot.name)) * EM
    left = dot.name_x - (0 if dot.align == "start" else width)
    half = len(dot.name) * LINE / 2
    return left, dot.y - half, left + width, dot.y + half


def crosses(
    start: tuple[float, float], end: tuple[float, float], box: tuple[float, float, float, float]
) -> bool:
    """Whether the line from *start* to *end* goes through a box."""
    for step in range(1, 200):
        x = start[0] + (end[0] - start[0]) * step / 200
        y = start[1] + (end[1] - start[1]) * step / 200
        if box[0] < x < box[2] and box[1] < y < box[3]:
            return True
    return False


SHAPES = [
    [Side.AROUND],
    [Side.AROUND] * 12,
    [Side.ABOVE, Side.ABOVE, Side.ABOVE, *[Side.BELOW] * 6, *[Side.BESIDE] * 3],
    [Side.ABOVE, Side.BELOW],
    [Side.ABOVE, *[Side.AROUND] * 7],
]


@pytest.mark.parametrize("sides", SHAPES)
@pytest.mark.parametrize("children", [0, 1, 24])
def test_no_name_lies_on_another_or_is_cut_off(sides: list[str], children: int) -> None:
    drawing = draw(drawn(*sides, children=children))
    boxes = [box(dot) for dot in drawing.dots]
    assert len(boxes) == len(sides) + children
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert right <= WIDTH
        assert top >= 0
        assert bottom <= drawing.height
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


@pytest.mark.parametrize("sides", SHAPES)
@pytest.mark.parametrize("children", [0, 1, 24])
@pytest.mark.parametrize("title", ["Ab", "A rather long title of a page", "字" * 30])
def test_no_line_goes_through_a_name_or_a_dot(sides: list[str], children: int, title: str) -> None:
    view = drawn(*sides, title=title, children=children)
    drawing = draw(view)
    dots = drawing.by_number()
    for dot in drawing.dots:
        parent = dots.get(view.neighbours[dot.at].parent)
        for start, end in pairwise(drawing.line(dot, parent)):
            for other in drawing.dots:
                assert not crosses(start, end, box(other)), (dot, other)
                if other not in (dot, parent):
                    around = other.x - 4, other.y - 4, other.x + 4, other.y + 4
                    assert not crosses(start, end, around), (dot, other)


def test_a_name_is_whole_in_up_to_three_lines() -> None:
    title = "The Man Who Mistook His Wife for a Hat"
    (dot,) = draw(drawn(Side.AROUND, title=title)).dots
    assert len(dot.name) > 1
    assert " ".join(dot.name) == title
    (dot,) = draw(drawn(Side.AROUND, title="Llanfair" * 20)).dots
    assert len(dot.name) == 3
    assert dot.name[-1].endswith("…")


def test_a_finger_can_hit_each_row_on_a_small_phone() -> None:
    sides = [Side.ABOVE, Side.BELOW, Side.BESIDE, *[Side.AROUND] * 9]
    drawing = draw(drawn(*sides, children=8))
    for sign in (1, -1):
        column = [dot for dot in drawing.dots if (dot.x - drawing.x) * sign > 0]
        column.sort(key=lambda dot: dot.y)
        for one, other in pairwise(column):
            assert (other.y - one.y) * 320 / WIDTH >= 24


def test_relations_have_their_places() -> None:
    sides = [Side.ABOVE, Side.BELOW, Side.BESIDE, *[Side.AROUND] * 8]
    drawing = draw(drawn(*sides))
    dots = drawing.by_number()
    others = [dots[at] for at in range(3, 11)]
    assert dots[0].y < min(dot.y for dot in others)
    assert dots[1].y > max(dot.y for dot in others)
    assert all(abs(dots[2].y - drawing.y) <= abs(dot.y - drawing.y) for dot in others)


def test_the_keyboard_goes_round_clockwise() -> None:
    drawing = draw(drawn(*[Side.AROUND] * 6))
    right, left = drawing.dots[:3], drawing.dots[3:]
    assert all(dot.x > drawing.x for dot in right)
    assert all(dot.x < drawing.x for dot in left)
    assert [dot.y for dot in right] == sorted(dot.y for dot in right)


@pytest.mark.parametrize("side", [Side.ABOVE, Side.BELOW, Side.BESIDE, Side.AROUND])
def test_all_that_hangs_on_a_neighbour_is_drawn_however_deep(side: str) -> None:
    own = Neighbour("Main/A", "A", "a", "", "trope", side, -1, False)
    hung = [own._replace(side=Side.AROUND, parent=at) for at in (0, 1, 1)]
    view = Neighbourhood("Main/Here", "Here", "here", "", "trope", (own, *hung), ())
    assert draw(view).by_number().keys() == {0, 1, 2, 3}
