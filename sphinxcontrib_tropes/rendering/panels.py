"""What is shown above and below a page: tabs, trails, its panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..internals.docutils.fast_nodes import fill, make, make_text
from ..messages import _, ngettext
from ..wiki.views.parts import Panel
from .direction import text_node
from .drawings import drawing_nodes
from .foreign import foreign_in_panel
from .lists import folded_links, group_list, group_title
from .nodes import trope_fold, trope_nav
from .parts import (
    UNLINKED_ID,
    arrow_mark,
    internal_link,
    line_of_nodes,
    link_to_page,
    panel_aside,
    text_paragraph,
)
from .played import counts_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..pages.site_map import Pages
    from ..wiki.views.document import Frame, Trail
    from ..wiki.views.parts import PageLink, RelationGroup

__all__ = ["foot_nodes", "head_nodes", "object_nodes"]

_OPEN_TRAILS = 3
"""How many indexes a page shows before the rest is folded."""

_OPEN_BACKLINKS = 5
"""How many backlinks a panel shows before the rest is folded."""

_PANEL_MENTIONS = 3
"""Maximum sentences of one page that a panel quotes; the backlinks page quotes all."""

_OTHERS_ARE = {
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
"""Relation of this page -> what the other pages are to it."""


def head_nodes(frame: Frame) -> list[nodes.Node]:
    """What is shown above a page: tabs for pages with the same name in other namespaces."""
    if not frame.tabs:
        return []
    tabs = nodes.bullet_list(classes=["simple"])
    for tab in frame.tabs:
        label: nodes.Node = nodes.strong(tab.label, tab.label)
        if not tab.is_here:
            label = internal_link(tab.label, tab.page.docname, tab.page.anchor)
        tabs += nodes.list_item("", nodes.paragraph("", "", label))
    name = _("Other pages of this name")
    return [trope_nav("", tabs, label=name, classes=["trope-siblings", "no-search"])]


def foot_nodes(frame: Frame, pages: Pages) -> list[nodes.Node]:
    """What is shown below a page: examples from other pages, indexes, panel, neighbourhood."""
    found: list[nodes.Node] = []
    if frame.examples:
        aside = panel_aside("examples", frame.name, _("Also listed on"), len(frame.examples))
        aside += group_list(frame.examples, _PANEL_MENTIONS)
        found.append(aside)
    if frame.above:
        label = _("What this is a kind of")
        above = _above_list(frame.above)
        found.append(trope_nav("", *above, label=label, classes=["trope-above", "no-search"]))
    if frame.trails:
        first, folded = frame.trails[:_OPEN_TRAILS], frame.trails[_OPEN_TRAILS:]
        nav = trope_nav("", *map(_trail, first), label=_("Indexes"))
        nav["classes"] = ["trope-index-nav", "no-search"]
        if folded:
            more = ngettext("%d more index", "%d more indexes", len(folded))
            label = more % len(folded)
            nav += trope_fold("", *map(_trail, folded), label=label, classes=["trope-more"])
        found.append(nav)
    if frame.panel is not None:
        found += _panel(frame.panel, pages)
    if frame.neighbourhood:
        fold = trope_fold("", drawing_nodes(frame.neighbourhood, pages), label=_("Neighbourhood"))
        fold["classes"] = ["trope-graph", "no-search"]
        fold["open"] = True
        found.append(fold)
    return found


def _previous_or_next(page: PageLink | None, class_: str) -> nodes.Element:
    if page is None:
        return make(nodes.inline, "", [], {"classes": [class_]})
    link = internal_link("", page.docname, page.anchor, classes=[class_])
    title = make_text(page.title)
    if class_ == "trope-previous":
        fill(link, [arrow_mark("←"), make_text(" "), title])
    else:
        fill(link, [title, make_text(" "), arrow_mark("→")])
    return link


def _trail(trail: Trail) -> nodes.paragraph:
    """An index, with the pages before and after this one in it."""
    before = _previous_or_next(trail.previous, "trope-previous")
    after = _previous_or_next(trail.next, "trope-next")
    if trail.up.docname:
        index: nodes.Element = link_to_page(trail.up)
    else:
        index = nodes.inline("", "", text_node(trail.up.title))
    index["classes"].append("trope-up")
    parts = [before, make_text(" "), index, make_text(" "), after]
    return line_of_nodes(parts, "trope-trail")


def _panel(panel: Panel, pages: Pages) -> list[nodes.Node]:
    """The panel of a page; nothing if it would be empty."""
    if not (panel.total or panel.unlinked or panel.relations or panel.foreign):
        return []
    aside = panel_aside("backlinks", panel.name, _("Referenced by"), panel.total)
    parts: list[nodes.Node] = [*aside.children, *map(_relation_line, panel.relations)]
    if panel.played:
        parts.append(_played_line(panel))
    room = _OPEN_BACKLINKS
    folded: list[nodes.Node] = []
    for group in panel.groups:
        first, rest = group.backlinks[:room], group.backlinks[room:]
        room -= len(first)
        if first:
            parts += [group_title(group), group_list(first, _PANEL_MENTIONS)]
        if rest:
            title = [] if first else [group_title(group)]
            folded += [*title, group_list(rest, _PANEL_MENTIONS)]
    if folded:
        label = _("Show all %d") % sum(len(group.backlinks) for group in panel.groups)
        parts.append(make(trope_fold, "", folded, {"label": label, "classes": ["trope-more"]}))
    if panel.listed:
        parts.append(folded_links(panel.listed))
    parts += foreign_in_panel(panel.foreign)
    docname = pages.backlinks(panel.name)
    if panel.unlinked and docname:
        words = ngettext(
            "Named without a link on %d page", "Named without a link on %d pages", panel.unlinked
        )
        to_all = internal_link(words % panel.unlinked, docname, UNLINKED_ID)
        parts.append(line_of_nodes([to_all], "trope-unlinked-count"))
    if docname:
        to_all = internal_link(_("All backlinks on one page"), docname)
        parts.append(line_of_nodes([to_all], "trope-all-backlinks"))
    fill(aside, parts)
    return [aside]


def object_nodes(panel: Panel, *, is_document: bool) -> list[nodes.Node]:
    """The references to an object, folded; or those to a document that is not a page."""
    lists: list[nodes.Node] = []
    for group in panel.groups:
        titles = [group_title(group)] if len(panel.groups) > 1 else []
        lists += [*titles, group_list(group.backlinks)]
    listed = sum(len(group.backlinks) for group in panel.groups)
    if more := panel.total - listed:
        lists.append(text_paragraph(_("and %d more") % more))
    label = _("Referenced by")
    if not is_document:
        fold = trope_fold(
            "", *lists, label=f"{label} ({panel.total})", is_heading=True,
            classes=["trope-referenced", "no-search"],
        )  # fmt: skip
        return [fold]
    aside = panel_aside("backlinks", panel.name, label, panel.total)
    aside += lists
    return [aside]


def _played_line(panel: Panel) -> nodes.paragraph:
    """How many examples play the trope in which way."""
    words = counts_words(panel.played)
    return make(nodes.paragraph, words, [make_text(words)], {"classes": ["trope-played-counts"]})


def _relation_line(group: RelationGroup) -> nodes.paragraph:
    """A line with the pages that have one relation to this page."""
    label = f"{_OTHERS_ARE[group.kind]}:"
    kind = make(nodes.inline, label, [make_text(label)], {"classes": ["trope-relation-kind"]})
    parts: list[nodes.Node] = [kind]
    for number, page in enumerate(group.pages):
        parts += [make_text(", " if number else " "), link_to_page(page)]
    if group.total > len(group.pages):
        parts.append(make_text(" …"))
    classes = ["trope-relation", f"trope-{group.kind}"]
    return make(nodes.paragraph, "", parts, {"classes": classes})


def _above_list(above: Sequence[tuple[int, PageLink]]) -> list[nodes.Node]:
    """The super-tropes of a page, and theirs in turn, as a tree.

    :param above: depth and page, each after the page that it is above.
    """
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
        lists[-1] += nodes.list_item("", nodes.paragraph("", "", link_to_page(page)))
    label = str(_OTHERS_ARE["subtrope-of"])
    title = nodes.paragraph(label, label, classes=["trope-relation-kind"])
    return [title, root]
