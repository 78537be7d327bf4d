"""The still picture of the map: SVG with real links, for readers without scripts, and for print."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ..rendering.direction import embedded
from ..wiki.map.still_picture import labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..wiki.map.still_picture import Disc, Picture

__all__ = ["map_svg"]


def map_svg(picture: Picture, label: str, titles: Sequence[str], ids: Sequence[str]) -> str:
    """The picture as SVG.

    :param label: what it shows.
    :param titles: the name of each community.
    :param ids: the id where each community is listed, on the same page.
    """
    letter = picture.letter
    margin = letter // 2
    frame = f"{-margin} {-margin} {picture.width + 2 * margin} {picture.height + 2 * margin}"
    # "group": links inside an image are lost on readers who can't see it
    named = f'role="group" aria-label="{escape(label)}"'
    parts = [f'<svg viewBox="{frame}" {named} font-size="{letter}">\n']
    discs = {disc.at: disc for disc in picture.discs}
    parts += [
        f'<a href="#{ids[at]}"><title class="nohighlight">{escape(titles[at])}</title>'
        f'<circle cx="{disc.x}" cy="{disc.y}" r="{disc.radius}"/></a>\n'
        for at, disc in discs.items()
    ]
    parts += _specks(picture)
    parts += _bridges(picture, discs)
    parts += [_name(disc, titles[at], letter) for at, disc in discs.items()]
    parts.append("</svg>\n")
    return "".join(parts)


def _specks(picture: Picture) -> list[str]:
    """Pages as zero-length lines with round ends: circles would take three times the bytes."""
    found = []
    for is_written, name in ((True, "trope-specks"), (False, "trope-specks trope-wanted")):
        path = "".join(f"M{x} {y}h0" for x, y, written in picture.specks if written is is_written)
        if path:
            found.append(f'<path class="{name}" d="{path}"/>\n')
    return found


def _bridges(picture: Picture, discs: dict[int, Disc]) -> list[str]:
    found = []
    for strength in (1, 2, 3):
        path = "".join(
            f"M{discs[one].x} {discs[one].y}L{discs[other].x} {discs[other].y}"
            for one, other, own in picture.bridges
            if own == strength and one in discs and other in discs
        )
        if path:
            found.append(f'<path class="trope-bridge" stroke-width="{strength}" d="{path}"/>\n')
    return found


def _name(disc: Disc, title: str, letter: int) -> str:
    lines = labelled(title, disc.radius, letter)
    if not lines:
        return ""
    first = disc.y + letter // 3 - (len(lines) - 1) * letter * 6 // 10
    spans = "".join(
        f'<tspan class="nohighlight" x="{disc.x}" y="{first + at * letter * 12 // 10}">'
        f"{escape(embedded(line))}</tspan>"
        for at, line in enumerate(lines)
    )
    return f'<text aria-hidden="true">{spans}</text>\n'
