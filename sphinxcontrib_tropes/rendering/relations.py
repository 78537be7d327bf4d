"""Relations between pages -> docutils nodes: what is above a page, and what others say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..internals.docutils.fast_nodes import make, make_text
from ..messages import _
from ..reading.slots import trope_page_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..wiki.views.document import PageLink, RelationGroup

__all__ = ["above_list", "relation_lines"]

# How a page stands to others -> what they are to it.
_THEY_ARE = {
    "subtrope-of": _("Super-tropes"),
    "supertrope-of": _("Sub-tropes"),
    "sister-of": _("Sister tropes"),
    "inverse-of": _("Inverse"),
    "distinct-from": _("Not to be confused with"),
    "compare": _("Compare"),
    "contrast": _("Contrast"),
    "leads-to": _("Leads to"),
    "led-to-by": _("Led to by"),
}


def relation_lines(groups: Sequence[RelationGroup]) -> list[nodes.Node]:
    """A line for each relation that other pages tell."""
    return [_relation_line(group) for group in groups]


def _relation_line(group: RelationGroup) -> nodes.paragraph:
    label = f"{_THEY_ARE[group.kind]}:"
    kind = make(nodes.inline, label, [make_text(label)], {"classes": ["trope-relation-kind"]})
    parts: list[nodes.Node] = [kind]
    for number, page in enumerate(group.pages):
        parts += [make_text(", " if number else " "), _link(page)]
    if group.total > len(group.pages):
        parts.append(make_text(" …"))
    classes = ["trope-relation", f"trope-{group.kind}"]
    return make(nodes.paragraph, "", parts, {"classes": classes})


def above_list(above: Sequence[tuple[int, PageLink]]) -> list[nodes.Node]:
    """The super-tropes of a page, and theirs, as a tree."""
    if not above:
        return []
    root = nodes.bullet_list(classes=["simple"])
    lists = [root]
    for depth, page in above:
        del lists[depth + 1 :]
        if depth == len(lists):
            deeper = nodes.bullet_list(classes=["simple"])
            last = lists[-1].children[-1]
            assert isinstance(last, nodes.list_item)
            last += deeper
            lists.append(deeper)
        lists[-1] += nodes.list_item("", nodes.paragraph("", "", _link(page)))
    label = str(_THEY_ARE["subtrope-of"])
    title = nodes.paragraph(label, label, classes=["trope-relation-kind"])
    return [title, root]


def _link(to: PageLink) -> trope_page_link:
    words: list[nodes.Node] = [make_text(to.title)]
    return make(trope_page_link, to.title, words, {"docname": to.docname, "anchor": to.anchor})
