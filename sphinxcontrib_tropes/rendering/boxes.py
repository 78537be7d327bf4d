"""Boxes with a title of their own, in LaTeX: Sphinx gives them the colours of a note, whatever their kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..internals.docutils.node_class import change_class
from ..markup.constructs.callouts import NAMED

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["color_boxes", "setup", "trope_titled_box"]


class trope_titled_box(nodes.admonition):
    """A box with a title, whose class is one of docutils' own kinds."""


def color_boxes(document: nodes.document) -> None:
    """Marks the boxes of *document* whose colours are those of their kind."""
    for box in document.findall(nodes.admonition):
        if type(box) is nodes.admonition and NAMED.keys() & {*box["classes"]}:
            change_class(box, trope_titled_box)


def _visit(translator: Any, box: trope_titled_box) -> None:
    kind = next(name for name in box["classes"] if name in NAMED)
    translator.visit_admonition(box)
    translator.body[-1] = translator.body[-1].replace("{note}", f"{{{kind}}}")


def _depart(translator: Any, box: trope_titled_box) -> None:
    translator.depart_admonition(box)


def setup(app: Sphinx) -> None:
    """Registers the node for LaTeX, the only format that has it."""
    app.add_node(trope_titled_box, latex=(_visit, _depart))
