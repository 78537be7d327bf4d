"""Parts that several pages and panels are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..internals.docutils.fast_nodes import adopt, make, make_text
from ..messages import _
from ..names import slug
from ..reading.slots import trope_page_link
from .direction import shown
from .nodes import trope_aside, trope_filter, trope_tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..wiki.views.document import (
        PageLink,
    )


__all__ = ["surprise"]


LONG_LIST = 20
"""How many entries a list has that gets a box to filter it."""


def internal_link(
    title: str, docname: str, anchor: str = "", *, classes: Sequence[str] = ()
) -> trope_page_link:
    words: list[nodes.Node] = [make_text(title)] if title else []
    attributes = {"docname": docname, "anchor": anchor, "classes": list(classes)}
    return make(trope_page_link, title, words, attributes)


def link_to_page(to: PageLink) -> trope_page_link:
    return internal_link(to.title, to.docname, to.anchor)


def line_of_nodes(parts: list[nodes.Node], *classes: str) -> nodes.paragraph:
    return make(nodes.paragraph, "", parts, {"classes": [*classes]})


def list_item(*parts: nodes.Node) -> nodes.list_item:
    return make(nodes.list_item, "", [*parts])


def count_mark(number: int) -> nodes.inline:
    return make(nodes.inline, "", [make_text(f"({number})")], {"classes": ["trope-count"]})


def panel_aside(kind: str, name: str, title: str, count: int) -> trope_aside:
    """A panel of the page with the canonical *name*, to which screen readers can jump."""
    id_ = f"{kind}-{slug(name)}"
    words: list[nodes.Node] = [make_text(title)]
    if count:
        words += [make_text(" "), count_mark(count)]
    attributes = {"ids": [id_], "classes": ["trope-backlinks-title"], "heading-level": 2}
    heading = make(nodes.rubric, title, words, attributes)
    # "no-search": what another page says is found there
    classes = [f"trope-{kind}", "no-search"]
    return make(trope_aside, "", [heading], {"classes": classes, "labelledby": id_})


def arrow_mark(arrow: str) -> nodes.inline:
    """An arrow, which is turned where one reads from right to left."""
    return make(nodes.inline, arrow, [make_text(arrow)], {"classes": ["trope-arrow"]})


def text_paragraph(text: str) -> nodes.paragraph:
    return nodes.paragraph(text, text)


def titled_section(id_: str, title: str) -> nodes.section:
    """A part of a generated page: what it lists is to be found where it is written."""
    heading = make(nodes.title, title, [make_text(title)])
    return make(nodes.section, "", [heading], {"ids": [id_], "classes": ["no-search"]})


def add_count(section: nodes.section, count: int) -> None:
    """Says beside the title how many there are."""
    title = section.children[0]
    assert isinstance(title, nodes.title)
    adopt(title, make_text(" "))
    adopt(title, count_mark(count))


def filter_field(label: str, tabs: Sequence[tuple[str, str, int]] = ()) -> trope_filter:
    return trope_filter(label=label, tabs=tuple(tabs) if len(tabs) > 1 else ())


def namespace_mark(label: str) -> nodes.inline:
    return make(nodes.inline, label, [make_text(label)], {"classes": ["trope-namespace"]})


def laconic_mark(words: str) -> nodes.inline:
    return make(nodes.inline, "", [shown(words)], {"classes": ["trope-laconic"]})


UNLINKED_ID = "unlinked"


def surprise() -> trope_tool:
    """A link to any page at all."""
    return trope_tool(tool="random", words={"label": _("Surprise me")})
