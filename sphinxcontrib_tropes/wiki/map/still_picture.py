"""The map as a static picture, for readers without JavaScript.

Communities are discs with their names inside, cut to fit; in a small wiki each page is a dot in its
disc. Coordinates are in the units of the map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..text.text_width import shorten, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .atlas import Atlas

__all__ = ["Disc", "Picture", "labelled", "picture"]

_MOST_SPECKS = 1200
"""With more dots the picture would be too large to load and too dense to read."""
_MOST_DISCS = 150
"""Only the largest communities are drawn."""
_ACROSS = 62
"""Width of the picture in letter heights: legible at the width of a page."""
_LINES = 3


class Disc(NamedTuple):
    """A community in the picture."""

    at: int
    """Index of the community."""
    x: int
    y: int
    radius: int


class Picture(NamedTuple):
    """Coordinates of everything. The origin is at the top left."""

    width: int
    height: int
    discs: tuple[Disc, ...]
    bridges: tuple[tuple[int, int, int], ...]
    """Pairs of tied communities, and the width of their line: 1 to 3."""
    specks: tuple[tuple[int, int, bool], ...]
    """Coordinates of pages, each with whether it is written; none in a large wiki."""

    @property
    def letter(self) -> int:
        """The height of letters."""
        return max(6, round(self.width / _ACROSS))


def picture(atlas: Atlas) -> Picture:
    """The picture of a map."""
    shown = atlas.communities[:_MOST_DISCS]
    if not shown:
        return Picture(0, 0, (), (), ())
    left = min(one.x - one.radius for one in shown)
    top = min(one.y - one.radius for one in shown)
    right = max(one.x + one.radius for one in shown)
    bottom = max(one.y + one.radius for one in shown)
    discs = tuple(
        Disc(at, one.x - left, one.y - top, one.radius) for at, one in enumerate(shown) if one.name
    )
    most = atlas.bridges[0].ties if atlas.bridges else 1
    bridges = tuple(
        (bridge.one, bridge.other, 1 + 2 * bridge.ties // most)
        for bridge in atlas.bridges
        if max(bridge.one, bridge.other) < len(shown)
    )
    specks: tuple[tuple[int, int, bool], ...] = ()
    if len(atlas.keys) <= _MOST_SPECKS:
        specks = tuple(
            (node.x - left, node.y - top, number < atlas.written)
            for number, node in enumerate(atlas.nodes)
            if node.community < len(shown)
        )
    return Picture(right - left, bottom - top, discs, bridges, specks)


def labelled(title: str, radius: int, letter: int) -> tuple[str, ...]:
    """The lines of a title, cut to fit into a disc; none if there is no room for three letters."""
    room = 1.75 * radius / letter
    if room < 4:
        return ()
    lines: list[str] = []
    most = min(_LINES, int(1.3 * radius / letter))
    for word in title.split():
        if lines and text_width(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    cut: Sequence[str] = lines[:most]
    if len(lines) > most:
        cut = [*cut[:-1], f"{cut[-1]} {lines[most]}"] if cut else []
    return tuple(shorten(line, room) for line in cut)
