"""Drawings of neighbourhoods as nodes: SVG in HTML, a picture in LaTeX, a list elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..messages import _
from ..reading.slots import trope_page_link
from ..wiki.views.neighbourhood import Side
from .nodes import trope_drawing, trope_drawing_name

if TYPE_CHECKING:
    from ..pages.site_map import Pages
    from ..wiki.views.neighbourhood import Neighbour, Neighbourhood

__all__ = ["add_names", "as_list", "drawing_nodes"]


def drawing_nodes(view: Neighbourhood, pages: Pages) -> trope_drawing:
    """The drawing of a neighbourhood."""
    ends = tuple(
        (neighbour.docname or pages.backlinks(neighbour.name), neighbour.anchor)
        for neighbour in view.neighbours
    )
    label = _("The neighbourhood of %s") % view.title
    return trope_drawing(neighbourhood=view, label=label, ends=ends)


def add_names(drawing: nodes.Element) -> None:
    """Adds the children of a drawing: the names of the neighbours, in order, as links."""
    drawing.children = []
    view: Neighbourhood = drawing["neighbourhood"]
    for neighbour, (docname, anchor) in zip(view.neighbours, drawing["ends"], strict=True):
        name: nodes.Node = nodes.Text(neighbour.title)
        if docname:
            name = trope_page_link("", "", name, docname=docname, anchor=anchor)
        drawing += trope_drawing_name("", "", name)


def as_list(drawing: nodes.Element) -> list[nodes.Node]:
    """A drawing as a list, for writers that can't draw: each name below its parent."""
    add_names(drawing)
    neighbours: tuple[Neighbour, ...] = drawing["neighbourhood"].neighbours
    found = nodes.bullet_list(classes=["trope-graph-list"])
    below: dict[int, nodes.bullet_list] = {-1: found}
    items: list[nodes.list_item] = []
    for neighbour, name in zip(neighbours, drawing.children, strict=True):
        line = nodes.paragraph("", "", *name.children)
        if neighbour.side in _SIDES:
            line += nodes.Text(f" ({_SIDES[neighbour.side]})")
        items.append(nodes.list_item("", line))
        if neighbour.parent not in below:
            items[neighbour.parent] += below.setdefault(neighbour.parent, nodes.bullet_list())
        below[neighbour.parent] += items[-1]
    return [found]


_SIDES = {
    Side.ABOVE: _("super-trope"),
    Side.BELOW: _("sub-trope"),
    Side.BESIDE: _("sister trope"),
}
