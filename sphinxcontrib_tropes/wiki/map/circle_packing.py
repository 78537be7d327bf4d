"""Circle packing: places for discs and dots that do not overlap."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["packed", "sunflower"]

_GOLDEN_ANGLE = pi * (3 - sqrt(5))


def sunflower(count: int) -> Iterator[tuple[float, float]]:
    """Places for *count* points in a disc, as the seeds of a sunflower: about 1 apart, the first in
    the middle.
    """
    for number in range(count):
        radius, angle = sqrt(number + 0.5), number * _GOLDEN_ANGLE
        yield radius * cos(angle), radius * sin(angle)


@dataclass(eq=False)
class _Disc:
    """A disc, and its neighbours on the front chain."""

    radius: float
    x: float = 0.0
    y: float = 0.0
    next: _Disc = field(init=False)
    previous: _Disc = field(init=False)


def packed(radii: Sequence[float]) -> list[tuple[float, float]]:
    """The centre of each disc, so that none overlap: the first is in the middle, each further one
    as close to it as possible.

    The algorithm is that of W. Wang and others, "Visualization of large hierarchical data by circle
    packing" (2006): each new disc touches two neighbours on the front chain, the outermost discs.
    """
    discs = [_Disc(radius) for radius in radii]
    if len(discs) > 1:
        first, second = discs[:2]
        first.x, second.x = -second.radius, first.radius
    if len(discs) > 2:
        _pack(discs)
    return [(disc.x, disc.y) for disc in discs]


def _pack(discs: list[_Disc]) -> None:
    a, b, c = discs[:3]
    _touch(b, a, c)
    for one, following in ((a, b), (b, c), (c, a)):
        _link(one, following)
    for disc in discs[3:]:
        while True:
            _touch(a, b, disc)
            blocking = _blocking(a, b, disc)
            if blocking is None:
                break
            is_after_b, other = blocking
            a, b = (a, other) if is_after_b else (other, b)
            _link(a, b)
        _link(a, disc)
        _link(disc, b)
        a = _nearest_pair(disc)
        b = a.next


def _link(one: _Disc, following: _Disc) -> None:
    one.next, following.previous = following, one


def _touch(b: _Disc, a: _Disc, c: _Disc) -> None:
    """Moves *c* to where it touches *a* and *b*."""
    dx, dy = b.x - a.x, b.y - a.y
    apart = dx * dx + dy * dy
    if not apart:
        c.x, c.y = a.x + c.radius, a.y
        return
    to_a, to_b = (a.radius + c.radius) ** 2, (b.radius + c.radius) ** 2
    if to_a > to_b:
        x = (apart + to_b - to_a) / (2 * apart)
        y = sqrt(max(0.0, to_b / apart - x * x))
        c.x, c.y = b.x - x * dx - y * dy, b.y - x * dy + y * dx
    else:
        x = (apart + to_a - to_b) / (2 * apart)
        y = sqrt(max(0.0, to_a / apart - x * x))
        c.x, c.y = a.x + x * dx - y * dy, a.y + x * dy + y * dx


def _blocking(a: _Disc, b: _Disc, disc: _Disc) -> tuple[bool, _Disc] | None:
    """The nearest disc on the chain that *disc* overlaps, and whether it comes after *b*."""
    after, before = b.next, a.previous
    far_after, far_before = b.radius, a.radius
    while True:
        if far_after <= far_before:
            if _overlap(after, disc):
                return True, after
            far_after += after.radius
            after = after.next
        else:
            if _overlap(before, disc):
                return False, before
            far_before += before.radius
            before = before.previous
        if after is before.next:
            return None


def _overlap(one: _Disc, other: _Disc) -> bool:
    reach = one.radius + other.radius - 1e-6
    dx, dy = other.x - one.x, other.y - one.y
    return reach > 0 and reach * reach > dx * dx + dy * dy


def _nearest_pair(start: _Disc) -> _Disc:
    """The first of the two neighbours on the chain whose contact is closest to the middle."""
    best, least = start.previous, _from_middle(start.previous)
    disc = start
    while True:
        distance = _from_middle(disc)
        if distance < least:
            best, least = disc, distance
        disc = disc.next
        if disc is start:
            return best


def _from_middle(disc: _Disc) -> float:
    """The squared distance from the middle to the contact of *disc* and the next one."""
    other = disc.next
    both = disc.radius + other.radius
    x = (disc.x * other.radius + other.x * disc.radius) / both
    y = (disc.y * other.radius + other.y * disc.radius) / both
    return x * x + y * y
