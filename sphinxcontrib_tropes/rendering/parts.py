"""Small parts of pages and panels: links, lines, counts, sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..internals.docutils.fast_nodes import adopt, make, make_text
from ..messages import _
from ..names import slug
from ..reading.slots import trope_page_link
from .direction import text_node
from .nodes import trope_aside, trope_filter, trope_tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..wiki.views.parts import PageLink

__all__ = [
    "LONG_LIST",
    "UNLINKED_ID",
    "add_count",
    "arrow_mark",
    "count_mark",
    "filter_field",
    "internal_link",
    "joined",
    "laconic_mark",
    "line_of_nodes",
    "link_to_page",
    "list_item",
    "namespace_mark",
    "panel_aside",
    "surprise",
    "text_paragraph",
    "titled_section",
]

LONG_LIST = 20
"""Lists with this many entries get a box to filter them."""

UNLINKED_ID = "unlinked"
"""Id of the section with unlinked mentions on a backlinks page."""


def internal_link(
    title: str, docname: str, anchor: str = "", *, classes: Sequence[str] = ()
) -> trope_page_link:
    """A link with *title* to a place in this project."""
    words: list[nodes.Node] = [make_text(title)] if title else []
    attributes = {"docname": docname, "anchor": anchor, "classes": list(classes)}
    return make(trope_page_link, title, words, attributes)


def link_to_page(to: PageLink) -> trope_page_link:
    """A link to a page with its title."""
    return internal_link(to.title, to.docname, to.anchor)


def joined(parts: Iterable[nodes.Node], separator: str) -> list[nodes.Node]:
    """*parts* with *separator* between them."""
    found: list[nodes.Node] = []
    for part in parts:
        found += [make_text(separator), part] if found else [part]
    return found


def line_of_nodes(parts: list[nodes.Node], *classes: str) -> nodes.paragraph:
    """A paragraph of *parts*."""
    return make(nodes.paragraph, "", parts, {"classes": [*classes]})


def list_item(*parts: nodes.Node) -> nodes.list_item:
    """A list item of *parts*."""
    return make(nodes.list_item, "", [*parts])


def count_mark(number: int) -> nodes.inline:
    """A count in brackets."""
    return make(nodes.inline, "", [make_text(f"({number})")], {"classes": ["trope-count"]})


def panel_aside(kind: str, name: str, title: str, count: int) -> trope_aside:
    """The panel of the page with the canonical *name*, headed: a landmark for screen readers."""
    id_ = f"{kind}-{slug(name)}"
    words: list[nodes.Node] = [make_text(title)]
    if count:
        words += [make_text(" "), count_mark(count)]
    attributes = {"ids": [id_], "classes": ["trope-backlinks-title"], "heading-level": 2}
    heading = make(nodes.rubric, title, words, attributes)
    # search finds the text on the page where it is written
    classes = [f"trope-{kind}", "no-search"]
    return make(trope_aside, "", [heading], {"classes": classes, "labelledby": id_})


def arrow_mark(arrow: str) -> nodes.inline:
    """An arrow, which a stylesheet mirrors in text from right to left."""
    return make(nodes.inline, arrow, [make_text(arrow)], {"classes": ["trope-arrow"]})


def text_paragraph(text: str) -> nodes.paragraph:
    """A paragraph of *text*."""
    return nodes.paragraph(text, text)


def titled_section(id_: str, title: str) -> nodes.section:
    """A section of a generated page. Search skips it: it finds the listed pages."""
    heading = make(nodes.title, title, [make_text(title)])
    return make(nodes.section, "", [heading], {"ids": [id_], "classes": ["no-search"]})


def add_count(section: nodes.section, count: int) -> None:
    """Adds *count* to the title of *section*."""
    title = section.children[0]
    assert isinstance(title, nodes.title)
    adopt(title, make_text(" "))
    adopt(title, count_mark(count))


def filter_field(label: str, tabs: Sequence[tuple[str, str, int]] = ()) -> trope_filter:
    """A box that filters the lists of its document. A single tab is left out."""
    return trope_filter(label=label, tabs=tuple(tabs) if len(tabs) > 1 else ())


def namespace_mark(label: str) -> nodes.inline:
    """The label of a namespace."""
    return make(nodes.inline, label, [make_text(label)], {"classes": ["trope-namespace"]})


def laconic_mark(words: str) -> nodes.inline:
    """The laconic description of a page."""
    return make(nodes.inline, "", [text_node(words)], {"classes": ["trope-laconic"]})


def surprise() -> trope_tool:
    """A link to a random page."""
    return trope_tool(tool="random", words={"label": _("Surprise me")})
