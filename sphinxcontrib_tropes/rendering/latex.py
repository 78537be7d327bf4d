"""Writes nodes as LaTeX: drawings, and page numbers in panels, for printed books."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..internals.sphinx.book_anchors import escaped_label
from ..messages import _
from ..reading.slots import trope_page_link
from ..wiki.text.text_width import shorten
from ..wiki.views.neighbourhood_layout import WIDTH, draw
from . import boxes
from .book_labels import trope_pages
from .nodes import trope_aside, trope_backlinks_list, trope_drawing, trope_drawing_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from ..wiki.views.neighbourhood import Neighbourhood

    _Visitor = Callable[[Any, Any], None]

__all__ = ["LATEX_VISITORS", "add_page_numbers", "setup"]

_PACKAGE = "sphinxtropes"
_STYLE = Path(__file__).parents[1] / "texinputs" / f"{_PACKAGE}.sty"
_LINK = "link-"
_NAME_ROOM = 14
"""Width of a name in a drawing, in em."""


def add_page_numbers(document: nodes.document) -> None:
    """Adds page numbers to the links in each panel. Some link to pages outside the book."""
    for aside in list(document.findall(trope_aside)):
        places = dict.fromkeys(_places(aside))
        if places and "trope-backlinks" in aside["classes"]:
            paragraph = nodes.paragraph("", "", trope_pages(places=list(places)))
            paragraph["classes"].append("trope-pages")
            aside.insert(1, paragraph)


def _places(aside: nodes.Element) -> Iterator[tuple[str, str]]:
    for node in aside.findall(nodes.Element):
        if isinstance(node, trope_backlinks_list):
            for backlink in node["backlinks"]:
                yield from ((backlink.docname, mention.anchor) for mention in backlink.mentions)
        elif isinstance(node, trope_page_link) and node["anchor"].startswith(_LINK):
            yield node["docname"], node["anchor"]


def _visit_pages(translator: Any, node: trope_pages) -> None:
    """Writes a macro of our LaTeX package: only LaTeX knows page numbers."""
    labels = (escaped_label(translator, ":".join(place)) for place in node["places"])
    places = "".join(rf"\tropesplace{{{label}}}" for label in labels)
    one, several = str(_("Referred to on page %s")), str(_("Referred to on pages %s"))
    words = [
        translator.encode(part) for text in (one, several) for part in text.partition("%s")[::2]
    ]
    arguments = "".join(f"{{{word}}}" for word in words)
    translator.body.append(rf"\tropesreferred{arguments}{{{places}}}")
    raise nodes.SkipNode


def _depart_pages(translator: Any, node: trope_pages) -> None:
    """Does nothing: never called."""


def _visit_drawing(translator: Any, node: nodes.Element) -> None:
    """Starts a picture, which LaTeX draws without a package."""
    view: Neighbourhood = node["neighbourhood"]
    drawing = draw(view)
    dots = drawing.by_number()
    height = drawing.height
    write = translator.body.append
    write("\n\n\\begin{center}\\footnotesize\\setlength{\\unitlength}{1.15pt}%\n")
    write(f"\\begin{{picture}}({WIDTH},{height})\n")
    for at, neighbour in enumerate(view.neighbours):
        dot = dots[at]
        parent = dots.get(neighbour.parent)
        x, y = (parent.x, parent.y) if parent else (drawing.x, drawing.y)
        middle = f"{(x + dot.x) / 2:g},{height - (y + dot.y) / 2:g}"
        # LaTeX has lines of arbitrary slope only as curves
        write(f"\\qbezier({x},{height - y})({middle})({dot.x},{height - dot.y})\n")
    write(f"\\put({drawing.x},{height - drawing.y}){{\\circle*{{10}}}}\n")
    for at, name in enumerate(node.children):
        dot = dots[at]
        mark = "\\circle" if view.neighbours[at].kind == "wanted" else "\\circle*"
        write(f"\\put({dot.x},{height - dot.y}){{{mark}{{5}}}}\n")
        assert isinstance(name, nodes.Element)
        name["x"], name["y"], name["align"] = dot.name_x, height - dot.y - 4, dot.align
        title = shorten(view.neighbours[at].title, _NAME_ROOM)
        for text in list(name.findall(nodes.Text)):
            text.parent.replace(text, nodes.Text(title))


def _depart_drawing(translator: Any, node: nodes.Element) -> None:
    """Ends a picture."""
    translator.body.append("\\end{picture}\n\\end{center}\n\n")


def _visit_name(translator: Any, node: nodes.Element) -> None:
    """Starts a name."""
    align = {"start": "[bl]", "end": "[br]"}[node["align"]]
    translator.body.append(f"\\put({node['x']},{node['y']}){{\\makebox(0,0){align}{{")


def _depart_name(translator: Any, node: nodes.Element) -> None:
    """Ends a name."""
    translator.body.append("}}\n")


LATEX_VISITORS: dict[type[nodes.Element], tuple[_Visitor, _Visitor]] = {
    trope_drawing: (_visit_drawing, _depart_drawing),
    trope_drawing_name: (_visit_name, _depart_name),
}
"""Nodes of drawings -> the functions for their start and end."""


def _add_style(app: Sphinx, config: Config) -> None:
    config.latex_additional_files = [*config.latex_additional_files, str(_STYLE)]


def setup(app: Sphinx) -> None:
    """Registers the visitors, and the LaTeX package that prints page numbers."""
    for kind, visitors in LATEX_VISITORS.items():
        app.add_node(kind, latex=visitors)
    app.add_node(trope_pages, latex=(_visit_pages, _depart_pages))
    boxes.setup(app)
    app.add_latex_package(_PACKAGE, after_hyperref=True)
    app.connect("config-inited", _add_style)
