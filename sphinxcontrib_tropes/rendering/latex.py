"""On paper there is nothing to follow: a panel says on which pages its page is referred to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..messages import _
from ..reading.slots import trope_page_link
from .book_labels import trope_pages
from .panels import trope_aside, trope_backlinks_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = ["note_places", "setup"]

_PACKAGE = "sphinxtropes"
_STYLE = Path(__file__).parents[1] / "texinputs" / f"{_PACKAGE}.sty"
_LINK = "link-"


def note_places(document: nodes.document) -> None:
    """Adds to each panel where the links are that it tells of. They need not be in this book."""
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
    labels = (translator.idescape(":".join(place)) for place in node["places"])
    places = "".join(rf"\tropesplace{{{label}}}" for label in labels)
    one, several = str(_("Referred to on page %s")), str(_("Referred to on pages %s"))
    words = [
        translator.encode(part) for text in (one, several) for part in text.partition("%s")[::2]
    ]
    arguments = "".join(f"{{{word}}}" for word in words)
    translator.body.append(rf"\tropesreferred{arguments}{{{places}}}")
    raise nodes.SkipNode


def _depart_pages(translator: Any, node: trope_pages) -> None:
    """Never called."""


def _add_style(app: Sphinx, config: Config) -> None:
    config.latex_additional_files = [*config.latex_additional_files, str(_STYLE)]


def setup(app: Sphinx) -> None:
    """Registers the page numbers, and the LaTeX package that prints them."""
    app.add_node(trope_pages, latex=(_visit_pages, _depart_pages))
    app.add_latex_package(_PACKAGE, after_hyperref=True)
    app.connect("config-inited", _add_style)
