"""Neighbourhoods as SVG."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ..wiki.views.neighbourhood_layout import WIDTH, draw
from .direction import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    lines = list(_lines(view, drawing, dots))
    for name, is_mutual in (("trope-line", False), ("trope-line trope-mutual", True)):
        path = "".join(line for mutual, line in lines if mutual is is_mutual)
        if path:
            parts.append(f'<path class="{name}" d="{path}"/>\n')
    if view.ties:
        path = "".join(_tie(drawing, dots[one], dots[other]) for one, other in view.ties)
        parts.append(f'<path class="trope-tie" d="{path}"/>\n')
    parts.append(
        f'<circle class="trope-here trope-{view.kind}" cx="{drawing.x}" cy="{drawing.y}" r="7"/>\n'
    )
    parts += [_dot(dot, view.neighbours[dot.at], uris[dot.at]) for dot in drawing.dots]
    parts.append("</svg>\n")
    return "".join(parts)


def _lines(
    view: Neighbourhood, drawing: Drawing, dots: dict[int, Dot]
) -> Iterator[tuple[bool, str]]:
    """The line between each neighbour and its parent, and whether both link to each other."""
    for at, neighbour in enumerate(view.neighbours):
        dot = dots[at]
        x, y = drawing.x, drawing.y
        if neighbour.parent >= 0:
            parent = dots[neighbour.parent]
            x, y = parent.x, parent.y
        yield neighbour.is_mutual and neighbour.parent < 0, f"M{x} {y}L{dot.x} {dot.y}"


def _tie(drawing: Drawing, one: Dot, other: Dot) -> str:
    """A line between two neighbours, curved towards the centre to avoid their names."""
    x = ((one.x + other.x) // 2 + drawing.x) // 2
    y = ((one.y + other.y) // 2 + drawing.y) // 2
    return f"M{one.x} {one.y}Q{x} {y} {other.x} {other.y}"


def _dot(dot: Dot, neighbour: Neighbour, uri: str) -> str:
    """A neighbour, drawn as a dot with its name."""
    title = ""
    if dot.name != neighbour.title:
        title = f"<title {_NO_HIGHLIGHT}>{escape(neighbour.title)}</title>"
    anchor = "" if dot.align == "start" else f' text-anchor="{dot.align}"'
    inner = (
        f'{title}<circle cx="{dot.x}" cy="{dot.y}" r="4"/>'
        f'<text {_NO_HIGHLIGHT} x="{dot.name_x}" y="{dot.name_y}"{anchor}>'
        f"{escape(embedded(dot.name))}</text>"
    )
    kind = f"trope-{neighbour.kind}"
    if not uri:
        return f'<g class="{kind}">{inner}</g>\n'
    return f'<a class="{kind}" href="{escape(uri)}">{inner}</a>\n'
