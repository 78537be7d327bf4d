"""What is shown above and below a page: tabs, trails, its panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ..internals.docutils.fast_nodes import fill, make, make_text
from ..messages import _, ngettext
from ..wiki.views.parts import PANEL_LENGTH, Panel
from .direction import text_node
from .drawings import drawing_nodes
from .filters import backlinks_filter, played_examples, played_line
from .foreign import foreign_in_panel
from .lists import folded_links, group_list, group_title
from .nodes import trope_fold, trope_nav
from .parts import (
    UNLINKED_ID,
    arrow_mark,
    internal_link,
    joined,
    line_of_nodes,
    link_to_page,
    panel_aside,
    text_paragraph,
)
from .sentences import more_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..pages.site_map import Pages
    from ..wiki import Backlink
    from ..wiki.views.document import Frame, Trail
    from ..wiki.views.parts import PageLink, RelationGroup

__all__ = ["foot_nodes", "head_nodes", "object_nodes", "section_nodes"]

_OPEN_TRAILS = 3
"""How many indexes a page shows before the rest is folded."""


class _Room(NamedTuple):
    """How much of a list is open before a reader opens the rest."""

    entries: int
    sentences: int
    """Of each of these entries."""


_USUAL = _Room(5, 3)
_OF_HUB = _Room(3, 1)
"""The panel, the drawing and the rest fit on a screen together."""
_NONE = _Room(0, 0)

_HUB = PANEL_LENGTH
"""With this many backlinks, a page has short panels."""

_OPEN_RELATED = 8
"""How many pages of one relation a panel shows before the rest is folded."""

_LONG_PANEL = 10
"""Panels with this many backlinks get a box to sort and filter them."""

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
        is_hub = frame.panel is not None and frame.panel.total >= _HUB
        aside += _folded_list(frame.examples, _NONE if is_hub else _USUAL)
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
    is_hub = panel.total >= _HUB
    if is_hub:
        aside["classes"].append("trope-hub")
    parts: list[nodes.Node] = [*aside.children, *_relation_lines(panel.relations)]
    if panel.examples:
        parts.append(played_examples(panel.examples))
    if panel.played:
        parts.append(played_line(panel.played))
    if sum(len(group.backlinks) for group in panel.groups) >= _LONG_PANEL:
        parts.append(backlinks_filter(panel.groups, is_folded=True))
    parts += _folded_groups(panel, _OF_HUB if is_hub else _USUAL)
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


def _folded_groups(panel: Panel, open_: _Room) -> list[nodes.Node]:
    """The backlinks of a panel: the first ones open, the rest folded."""
    parts: list[nodes.Node] = []
    room = open_.entries
    folded: list[nodes.Node] = []
    for group in panel.groups:
        first, rest = group.backlinks[:room], group.backlinks[room:]
        room -= len(first)
        if first:
            parts += [group_title(group), group_list(first, open_.sentences)]
        if rest:
            title = [] if first else [group_title(group)]
            folded += [*title, group_list(rest, _PANEL_MENTIONS)]
    if folded:
        shown = sum(len(group.backlinks) for group in panel.groups)
        parts.append(_show_more(folded, shown, panel.total - len(panel.listed)))
    return parts


def _folded_list(backlinks: Sequence[Backlink], open_: _Room) -> list[nodes.Node]:
    """A list of backlinks without groups: the first ones open, the rest folded."""
    first, rest = backlinks[: open_.entries], backlinks[open_.entries :]
    parts: list[nodes.Node] = [group_list(first, open_.sentences)] if first else []
    if rest:
        folded = group_list(rest, _PANEL_MENTIONS)
        parts.append(_show_more([folded], len(backlinks), len(backlinks)))
    return parts


def _show_more(folded: list[nodes.Node], shown: int, total: int) -> trope_fold:
    """A fold with the rest of a list.

    :param shown: how many entries the list has, with those that are not folded.
    :param total: how many there are; for a hub, more than the list has.
    """
    numbers = {"shown": shown, "total": total}
    label = (
        _("Show all %d") % total if shown == total else _("Show %(shown)d of %(total)d") % numbers
    )
    return make(trope_fold, "", folded, {"label": label, "classes": ["trope-more"]})


def object_nodes(panel: Panel, *, is_document: bool) -> list[nodes.Node]:
    """The references to an object, folded; or those to a document that is not a page."""
    label = _("Referenced by")
    if not is_document:
        return [_folded_references(panel, f"{label} ({panel.total})")]
    aside = panel_aside("backlinks", panel.name, label, panel.total)
    aside += _references(panel)
    return [aside]


def section_nodes(panel: Panel) -> trope_fold:
    """The links to a section, folded."""
    return _folded_references(panel, _("Referenced by %d") % panel.total)


def _folded_references(panel: Panel, label: str) -> trope_fold:
    classes = ["trope-referenced", "no-search"]
    return trope_fold("", *_references(panel), label=label, is_heading=True, classes=classes)


def _references(panel: Panel) -> list[nodes.Node]:
    lists: list[nodes.Node] = []
    for group in panel.groups:
        titles = [group_title(group)] if len(panel.groups) > 1 else []
        lists += [*titles, group_list(group.backlinks)]
    listed = sum(len(group.backlinks) for group in panel.groups)
    if more := panel.total - listed:
        lists.append(text_paragraph(more_words(more)))
    return lists


def _relation_lines(groups: Sequence[RelationGroup]) -> list[nodes.Node]:
    """A line for each relation of this page; those with many pages are folded behind the first."""
    found: list[nodes.Node] = []
    for group in groups:
        first, rest = group.pages[:_OPEN_RELATED], group.pages[_OPEN_RELATED:]
        if len(rest) < 2:
            found.append(_relation_line(group))
            continue
        found.append(_relation_line(group._replace(pages=first, total=len(first))))
        line = line_of_nodes(joined(map(link_to_page, rest), ", "), "trope-relation")
        if group.total > len(group.pages):
            line += make_text(" …")
        label = more_words(group.total - len(first))
        found.append(make(trope_fold, "", [line], {"label": label, "classes": ["trope-more"]}))
    return found


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
