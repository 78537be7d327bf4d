"""Lists of pages and of backlinks, and the output of directives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..internals.docutils.fast_nodes import adopt, make, make_text
from ..messages import _, ngettext
from ..names import slug
from ..reading.slots import trope_page_link
from ..wiki.text.excerpts import by_sentence
from ..wiki.views.neighbourhood import Neighbourhood
from ..wiki.views.parts import Panel
from ..wiki.views.site_pages import IndexView, WantedView
from .direction import text_node
from .drawings import drawing_nodes
from .filters import group_label, kind_of
from .foreign import foreign_in_panel
from .nodes import trope_backlinks_list, trope_fold
from .parts import (
    arrow_mark,
    count_mark,
    internal_link,
    joined,
    laconic_mark,
    line_of_nodes,
    link_to_page,
    list_item,
    namespace_mark,
    text_paragraph,
)
from .sentences import more_words, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..pages.site_map import Pages
    from ..wiki import Backlink, Mention
    from ..wiki.views.parts import Group, PageLink
    from ..wiki.views.site_pages import IndexEntry, WantedEntry

__all__ = [
    "ListingView",
    "backlinks_list",
    "did_you_mean",
    "folded_links",
    "group_list",
    "group_title",
    "index_entries",
    "index_of_indexes",
    "jump_bar",
    "letter_id",
    "listing_nodes",
    "wanted_list",
]

ListingView = IndexView | Neighbourhood | Panel | WantedView

_LONG_LETTER = 32
"""Lists with this many entries are laid out by browsers only when on screen."""


def _backlink(backlink: Backlink, most: int) -> nodes.list_item:
    """An entry for a page that links here, with its sentences."""
    title = internal_link(
        backlink.title, backlink.docname, backlink.anchor, classes=["trope-source"]
    )
    head = nodes.paragraph("", "", title)
    quoted = by_sentence(backlink.mentions)
    if len(quoted) > 1:
        head += [nodes.Text(" "), count_mark(len(quoted))]

    def mark(mention: Mention) -> trope_page_link:
        """A link to the place of the mention."""
        docname, anchor = backlink.docname, mention.anchor
        return trope_page_link("", "", docname=docname, anchor=anchor, classes=["trope-mark"])

    parts: list[nodes.Node] = [head, *sentences(backlink.mentions, mark, most)]
    if most and len(quoted) > most:
        more = more_words(len(quoted) - most)
        parts.append(nodes.paragraph(more, more, classes=["trope-rest"]))
    return nodes.list_item("", *parts, classes=[f"trope-at-{kind_of(backlink)}"])


def group_list(backlinks: Iterable[Backlink], most: int = 0) -> trope_backlinks_list:
    """A list of backlinks, as one node.

    :param most: the maximum number of sentences per page; 0 for all.
    """
    attributes = {"backlinks": tuple(backlinks), "most": most}
    return make(trope_backlinks_list, "", [], attributes)


def backlinks_list(node: nodes.Element) -> list[nodes.Node]:
    """A :class:`trope_backlinks_list` as docutils nodes."""
    items = (_backlink(backlink, node["most"]) for backlink in node["backlinks"])
    return [nodes.bullet_list("", *items, classes=["trope-backlinks-list"])]


def folded_links(pages: Sequence[PageLink]) -> trope_fold:
    """The indexes that only list a page, without a sentence on it, folded into one line."""
    words = ngettext("Also listed in %d index", "Also listed in %d indexes", len(pages))
    items = [list_item(line_of_nodes([link_to_page(page)])) for page in pages]
    found = make(nodes.bullet_list, "", [*items], {"classes": ["trope-listed-in"]})
    return trope_fold("", found, label=words % len(pages), classes=["trope-more", "trope-listed"])


def group_title(group: Group) -> nodes.paragraph:
    """The label of a group of backlinks, with their number."""
    label = group_label(group)
    parts = [make_text(f"{label} "), count_mark(group.total)]
    return make(nodes.paragraph, label, parts, {"classes": ["trope-group"]})


def listing_nodes(view: ListingView, pages: Pages, prefix: str) -> list[nodes.Node]:
    """The output of a directive.

    :param prefix: prefix of its ids: a document may have several listings.
    """
    if isinstance(view, IndexView):
        return _index_listing(view, prefix)
    if isinstance(view, WantedView):
        if not view.entries:
            return [text_paragraph(_("No wanted pages."))]
        return [wanted_list(view, pages)]
    if isinstance(view, Neighbourhood):
        return _graph_listing(view, pages)
    if not view.total and not view.foreign:
        return [text_paragraph(_("Nothing to list yet."))]
    found: list[nodes.Node] = []
    for group in view.groups:
        found += [group_title(group), group_list(group.backlinks)]
    if view.listed:
        found.append(folded_links(view.listed))
    return [*found, *foreign_in_panel(view.foreign)]


def _graph_listing(view: Neighbourhood, pages: Pages) -> list[nodes.Node]:
    if not view:
        return [text_paragraph(_("Nothing to draw yet."))]
    title: nodes.Node = nodes.strong(view.title, view.title)
    if docname := view.docname or pages.backlinks(view.name):
        title = internal_link(view.title, docname, view.anchor)
    caption = nodes.paragraph("", "", title, classes=["trope-graph-caption"])
    drawing = drawing_nodes(view, pages)
    return [nodes.container("", drawing, caption, classes=["trope-graph", "no-search"])]


def _index_listing(view: IndexView, prefix: str) -> list[nodes.Node]:
    if not view.letters:
        return [text_paragraph(_("No pages yet."))]
    found: list[nodes.Node] = [jump_bar(view, prefix)]
    for letter, entries in view.letters:
        rubric = nodes.rubric(letter, letter, ids=[letter_id(letter, prefix)])
        found += [rubric, index_entries(entries)]
    return [nodes.container("", *found, classes=["trope-index", "no-search"])]


def index_of_indexes(view: IndexView) -> nodes.paragraph:
    """Links to all indexes, each with the number of its members."""
    line = nodes.paragraph("", _("Indexes: "), classes=["trope-indexes"], ids=["indexes"])
    for number, (page, members) in enumerate(view.indexes):
        line += [*([nodes.Text(", ")] if number else []), link_to_page(page), nodes.Text(" ")]
        line += count_mark(members)
    return line


def letter_id(letter: str, prefix: str) -> str:
    """The id of a letter in an index."""
    return f"{prefix}letter-{slug(letter) or 'other'}"


def jump_bar(view: IndexView, prefix: str) -> nodes.paragraph:
    """Links to the letters of an index."""
    links = (
        nodes.reference(letter, letter, refid=letter_id(letter, prefix), internal=True)
        for letter in dict(view.letters)
    )
    return nodes.paragraph("", "", *joined(links, " "), classes=["trope-jump"])


def index_entries(entries: Sequence[IndexEntry]) -> nodes.bullet_list:
    """The entries of one letter."""
    items = nodes.bullet_list(classes=["trope-entries"])
    if len(entries) >= _LONG_LETTER:
        # the stylesheet reserves its approximate height while it is off screen
        about = 1 << min(len(entries).bit_length() - 1, 11)
        items["classes"].append(f"trope-about-{about}")
    for entry in entries:
        parts: list[nodes.Node]
        if entry.alias_of:
            link = internal_link(entry.title, entry.link.docname, entry.link.anchor)
            alias = make(nodes.emphasis, "", [link])
            parts = [
                alias,
                make_text(" "),
                arrow_mark("→"),
                make_text(" "),
                text_node(entry.alias_of),
            ]
        else:
            parts = [link_to_page(entry.link)]
        if entry.namespace:
            parts += [make_text(" "), namespace_mark(entry.namespace)]
        if entry.laconic:
            parts += [make_text(" "), laconic_mark(entry.laconic)]
        adopt(items, list_item(line_of_nodes(parts)))
    return items


def did_you_mean(candidates: Sequence[PageLink]) -> nodes.paragraph:
    """Links to pages that a wanted name may refer to."""
    line = nodes.paragraph("", _("Did you mean: "), classes=["trope-near"])
    line += joined(map(link_to_page, candidates), ", ")
    return line


def wanted_list(view: WantedView, pages: Pages) -> nodes.bullet_list:
    """The wanted pages, each with the pages that link to it."""
    items = (_wanted_item(entry, pages) for entry in view.entries)
    return nodes.bullet_list("", *items, classes=["trope-wanted-list", "no-search"])


def _wanted_item(entry: WantedEntry, pages: Pages) -> nodes.list_item:
    title, wants = entry.wanted.title, entry.wanted.wants
    docname = pages.backlinks(entry.wanted.name)
    name = internal_link(title, docname, classes=["trope-wanted"]) if docname else text_node(title)
    parts: list[nodes.Node] = [name]
    if entry.namespace:
        parts += [make_text(" "), namespace_mark(entry.namespace)]
    count = ngettext("wanted by %d page", "wanted by %d pages", wants)
    words = make_text(count % wants)
    parts += [make_text(" "), make(nodes.inline, "", [words], {"classes": ["trope-count"]})]
    for number, page in enumerate(entry.named_by):
        parts += [make_text(", " if number else ": "), link_to_page(page)]
    near = [did_you_mean(entry.candidates)] if entry.candidates else []
    return list_item(line_of_nodes(parts), *near)
