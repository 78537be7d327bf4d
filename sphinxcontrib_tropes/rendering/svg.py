"""Neighbourhoods as SVG."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ..reading.played import PLAYED
from ..wiki.views.neighbourhood_layout import LINE, WIDTH, draw
from .direction import embedded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..wiki.views.neighbourhood import Neighbour, Neighbourhood
    from ..wiki.views.neighbourhood_layout import Dot, Drawing

__all__ = ["neighbourhood_svg"]


_NO_HIGHLIGHT = 'class="nohighlight"'
"""For each element with text: the script that highlights search words fails in drawings."""


def neighbourhood_svg(view: Neighbourhood, label: str, uris: Sequence[str]) -> str:
    """A neighbourhood as SVG with real links: it needs no script, and can be printed.

    :param label: description for screen readers.
    :param uris: address of each neighbour; empty if it has none.
    """
    drawing = draw(view)
    dots = drawing.by_number()
    # "group", not "img": screen readers find no links in an image
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {drawing.height}" role="group" aria-label="{escape(label)}">\n'
    ]
    parts += [_tie(drawing, dots, one, other) for one, other in view.ties]
    for dot in drawing.dots:
        neighbour = view.neighbours[dot.at]
        points = drawing.line(dot, dots.get(neighbour.parent))
        parts.append(_line(dot, neighbour, "L".join(f"{x} {y}" for x, y in points)))
    parts.append(
        f'<circle class="trope-here trope-{view.kind}" cx="{drawing.x}" cy="{drawing.y}" r="7"/>\n'
    )
    parts += [_neighbour(dot, view.neighbours[dot.at], uris[dot.at]) for dot in drawing.dots]
    parts.append("</svg>\n")
    return "".join(parts)


def _tie(drawing: Drawing, dots: dict[int, Dot], at: int, other: int) -> str:
    """A line between two neighbours, curved towards the centre to avoid their names."""
    start, end = dots[at], dots[other]
    x = ((start.x + end.x) // 2 + drawing.x) // 2
    y = ((start.y + end.y) // 2 + drawing.y) // 2
    path = f"M{start.x} {start.y}Q{x} {y} {end.x} {end.y}"
    return f'<path class="trope-tie" data-ends="{at} {other}" d="{path}"/>\n'


def _line(dot: Dot, neighbour: Neighbour, points: str) -> str:
    """The line to a neighbour."""
    classes = "trope-line"
    if neighbour.is_mutual and neighbour.parent < 0:
        classes += " trope-mutual"
    if not _TURNED.isdisjoint(neighbour.played):
        classes += " trope-turned"
    return f'<path class="{classes}" data-ends="{dot.at}" d="M{points}"/>\n'


def _neighbour(dot: Dot, neighbour: Neighbour, uri: str) -> str:
    """A neighbour: what a finger hits, the dot, and its name."""
    full = " ".join(dot.name)
    told = [neighbour.title] if full != neighbour.title else []
    told += [str(PLAYED[label]) for label in neighbour.played]
    title = f"<title {_NO_HIGHLIGHT}>{escape(' · '.join(told))}</title>" if told else ""
    left = 0 if dot.align == "end" else dot.x - _AROUND
    width = dot.x + _AROUND if dot.align == "end" else WIDTH - left
    inner = (
        f'{title}<rect x="{left}" y="{dot.y - dot.height // 2}" width="{width}" height="{dot.height}"/>'
        f'<circle cx="{dot.x}" cy="{dot.y}" r="4"/>{_name(dot)}'
    )
    about = f'class="trope-{neighbour.kind}" data-at="{dot.at}"'
    if not uri:
        return f"<g {about}>{inner}</g>\n"
    return f'<a {about} href="{escape(uri)}">{inner}</a>\n'


_AROUND = 10
"""What belongs to a dot on its inner side."""
_TURNED = frozenset(
    (
        *("subverted", "double-subverted", "averted", "inverted"),
        *("defied", "parodied", "deconstructed", "zig-zagged"),
    )
)
"""Ways to play a trope that turn it."""


def _name(dot: Dot) -> str:
    """The lines of a name, around the height of its dot."""
    anchor = "" if dot.align == "start" else f' text-anchor="{dot.align}"'
    first = dot.y + 4 - (len(dot.name) - 1) * LINE // 2
    if len(dot.name) == 1:
        words = escape(embedded(dot.name[0]))
    else:
        # Spaces between them, for whoever hears or copies the name; each has a place of its own, or
        # the line before it would end with it.
        words = f'<tspan x="{dot.name_x}"> </tspan>'.join(
            f'<tspan {_NO_HIGHLIGHT} x="{dot.name_x}" y="{first + at * LINE}">{escape(embedded(line))}</tspan>'
            for at, line in enumerate(dot.name)
        )
    return f'<text {_NO_HIGHLIGHT} x="{dot.name_x}" y="{first}"{anchor}>{words}</text>'
