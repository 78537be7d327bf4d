"""Drawings of neighbourhoods: as SVG in HTML, as a picture in LaTeX, as a list elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..markup.nodes import trope_element
from ..messages import _
from ..reading.slots import trope_page_link
from ..wiki.views.neighbourhood import Side
from ..wiki.views.neighbourhood_layout import WIDTH, draw
from .direction import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..pages.site_map import Pages
    from ..wiki.views.neighbourhood import Neighbour, Neighbourhood
    from ..wiki.views.neighbourhood_layout import Dot, Drawing

__all__ = [
    "add_names",
    "as_list",
    "depart_latex",
    "depart_name_latex",
    "drawing_nodes",
    "svg",
    "trope_drawing",
    "trope_drawing_name",
    "visit_html",
    "visit_latex",
    "visit_name_latex",
]


class trope_drawing(trope_element, nodes.General, nodes.Element):
    """A drawing of a neighbourhood. Attributes: ``neighbourhood``; ``label``, what it shows; ``ends``,
    document and id that each neighbour leads to.

    One node for what would be forty: nearly every page has one. HTML is written from it as it is;
    for others, :func:`add_names` gives it the names as children.
    """


class trope_drawing_name(trope_element, nodes.General, nodes.TextElement):
    """The name of a neighbour in a drawing, with its link. Attributes ``x``, ``y``, ``align``: where
    it goes.
    """


def drawing_nodes(view: Neighbourhood, pages: Pages) -> trope_drawing:
    """The drawing of a neighbourhood."""
    ends = tuple(
        (neighbour.docname or pages.backlinks(neighbour.name), neighbour.anchor)
        for neighbour in view.neighbours
    )
    label = _("The neighbourhood of %s") % view.title
    return trope_drawing(neighbourhood=view, label=label, ends=ends)


def add_names(drawing: nodes.Element) -> None:
    """Gives a drawing the names of the neighbours, in their order, as links that can be resolved."""
    drawing.children = []
    view: Neighbourhood = drawing["neighbourhood"]
    for neighbour, (docname, anchor) in zip(view.neighbours, drawing["ends"], strict=True):
        name: nodes.Node = nodes.Text(neighbour.title)
        if docname:
            name = trope_page_link("", "", name, docname=docname, anchor=anchor)
        drawing += trope_drawing_name("", "", name)


def as_list(drawing: nodes.Element) -> list[nodes.Node]:
    """What a drawing shows, for writers that draw nothing: its names, each below its parent."""
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


# -- SVG

_UNTOUCHED = 'class="nohighlight"'
"""Of each element with a text: Sphinx marks words that were searched for, and fails in a drawing."""


def svg(view: Neighbourhood, label: str, uris: Sequence[str]) -> str:
    """A neighbourhood as SVG, with real links: it needs no script, and prints.

    :param uris: where each neighbour leads, empty for nowhere.
    """
    drawing = draw(view)
    dots = drawing.by_number()
    # "group": what is inside an image is no link for those who can't see it
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
    """Whether they link to each other, and the line, of each neighbour and its parent."""
    for at, neighbour in enumerate(view.neighbours):
        dot = dots[at]
        x, y = drawing.x, drawing.y
        if neighbour.parent >= 0:
            parent = dots[neighbour.parent]
            x, y = parent.x, parent.y
        yield neighbour.is_mutual and neighbour.parent < 0, f"M{x} {y}L{dot.x} {dot.y}"


def _tie(drawing: Drawing, one: Dot, other: Dot) -> str:
    """A line between two neighbours, bent towards the middle to keep clear of names."""
    x = ((one.x + other.x) // 2 + drawing.x) // 2
    y = ((one.y + other.y) // 2 + drawing.y) // 2
    return f"M{one.x} {one.y}Q{x} {y} {other.x} {other.y}"


def _dot(dot: Dot, neighbour: Neighbour, uri: str) -> str:
    title = ""
    if dot.name != neighbour.title:
        title = f"<title {_UNTOUCHED}>{escape(neighbour.title)}</title>"
    anchor = "" if dot.align == "start" else f' text-anchor="{dot.align}"'
    inner = (
        f'{title}<circle cx="{dot.x}" cy="{dot.y}" r="4"/>'
        f'<text {_UNTOUCHED} x="{dot.name_x}" y="{dot.name_y}"{anchor}>'
        f"{escape(embedded(dot.name))}</text>"
    )
    kind = f"trope-{neighbour.kind}"
    if not uri:
        return f'<g class="{kind}">{inner}</g>\n'
    return f'<a class="{kind}" href="{escape(uri)}">{inner}</a>\n'


def visit_html(translator: Any, node: nodes.Element) -> None:
    """Writes the SVG."""
    if node.children:  # the names are references by now
        uris = [next((ref["refuri"] for ref in name.findall(nodes.reference)), "") for name in node]
    else:
        uris = [_uri(translator.builder, *end) for end in node["ends"]]
    translator.body.append(svg(node["neighbourhood"], node["label"], uris))
    raise nodes.SkipNode


def _uri(builder: Any, docname: str, anchor: str) -> str:
    if not docname:
        return ""
    uri: str = builder.get_relative_uri(builder.current_docname, docname)
    return f"{uri}#{anchor}" if anchor else uri


# -- LaTeX


def visit_latex(translator: Any, node: nodes.Element) -> None:
    """Begins a picture. LaTeX draws it by itself, without a package."""
    view: Neighbourhood = node["neighbourhood"]
    drawing = draw(view)
    dots = drawing.by_number()
    height = drawing.height
    write = translator.body.append
    write("\n\n\\begin{center}\\footnotesize\\setlength{\\unitlength}{0.95pt}%\n")
    write(f"\\begin{{picture}}({WIDTH},{height})\n")
    for at, neighbour in enumerate(view.neighbours):
        dot = dots[at]
        parent = dots.get(neighbour.parent)
        x, y = (parent.x, parent.y) if parent else (drawing.x, drawing.y)
        middle = f"{(x + dot.x) / 2:g},{height - (y + dot.y) / 2:g}"
        # lines of any slope are there only as curves
        write(f"\\qbezier({x},{height - y})({middle})({dot.x},{height - dot.y})\n")
    write(f"\\put({drawing.x},{height - drawing.y}){{\\circle*{{10}}}}\n")
    for at, name in enumerate(node.children):
        dot = dots[at]
        mark = "\\circle" if view.neighbours[at].kind == "wanted" else "\\circle*"
        write(f"\\put({dot.x},{height - dot.y}){{{mark}{{5}}}}\n")
        assert isinstance(name, nodes.Element)
        name["x"], name["y"], name["align"] = dot.name_x, height - dot.name_y, dot.align
        for text in list(name.findall(nodes.Text)):
            text.parent.replace(text, nodes.Text(dot.name))


def depart_latex(translator: Any, node: nodes.Element) -> None:
    """Ends a picture."""
    translator.body.append("\\end{picture}\n\\end{center}\n\n")


def visit_name_latex(translator: Any, node: nodes.Element) -> None:
    """Puts a name in its place."""
    align = {"start": "[bl]", "end": "[br]", "middle": "[b]"}[node["align"]]
    translator.body.append(f"\\put({node['x']},{node['y']}){{\\makebox(0,0){align}{{")


def depart_name_latex(translator: Any, node: nodes.Element) -> None:
    """Ends a name."""
    translator.body.append("}}\n")
