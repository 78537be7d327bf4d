"""On paper there is nothing to follow: a panel says on which pages its page is referred to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from .messages import _
from .placeholders import trope_page_link
from .render import trope_aside, trope_backlinks_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = ["note_places", "settle_places", "setup", "trope_pages"]

_PACKAGE = "sphinxtropes"
_STYLE = Path(__file__).parent / "texinputs" / f"{_PACKAGE}.sty"
_LINK = "link-"
_DOCUMENT = ":doc"  # the id of the label that Sphinx sets at the head of each document


class trope_pages(nodes.Inline, nodes.Element):
    """Page numbers. Attribute ``places``: docname and id of each place."""


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


def settle_places(document: nodes.document, root: str) -> None:
    """Leaves those places that are in the book, in its order, each with a label that is set.

    :param root: the document that the book was put together from.
    """
    for title in document.findall(nodes.title):
        _give_ids_to_section(title)
    order = [root, *(part["docname"] for part in document.findall(addnodes.start_of_file))]
    rank = {docname: at for at, docname in enumerate(order)}
    labels = {label: at for at, label in enumerate(_labels(document, root))}
    for node in list(document.findall(trope_pages)):
        places = [place for place in node["places"] if place[0] in rank]
        places.sort(key=lambda place: (rank[place[0]], labels.get(place, -1)))
        found = [place if place in labels else (place[0], _DOCUMENT) for place in places]
        node["places"] = list(dict.fromkeys(found))
        if not found:
            node.parent.parent.remove(node.parent)


def _give_ids_to_section(title: nodes.title) -> None:
    """LaTeX sets no label inside a title: the ids of links in it go to its section."""
    if not isinstance(title.parent, nodes.section):
        return
    for reference in title.findall(nodes.reference):
        title.parent["ids"] += reference["ids"]
        reference["ids"] = []


def _labels(document: nodes.document, root: str) -> Iterator[tuple[str, str]]:
    """Docname and id of each link that LaTeX sets a label at, in the order of the book."""
    # downwards: the documents of a book know their parts, these don't know them
    stack: list[tuple[nodes.Element, str]] = [(document, root)]
    while stack:
        node, docname = stack.pop()
        if isinstance(node, addnodes.start_of_file):
            docname = node["docname"]
        elif isinstance(node, nodes.reference | nodes.section):
            yield from ((docname, id_) for id_ in node["ids"] if id_.startswith(_LINK))
        children = (child for child in reversed(node.children) if isinstance(child, nodes.Element))
        stack += [(child, docname) for child in children]


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
