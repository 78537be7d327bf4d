"""Views -> docutils nodes: panels, lists of pages, and the documents without a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..internals.docutils.fast_nodes import adopt, fill, make, make_text
from ..markup.nodes import trope_element
from ..messages import _, ngettext
from ..names import slug
from ..reading.slots import trope_page_link
from ..wiki.views.document import BacklinksView, HealthView, IndexView, Panel, WantedView
from ..wiki.views.neighbourhood import Neighbourhood
from .direction import shown
from .drawings import drawing_nodes
from .foreign import foreign_in_panel, foreign_sections
from .map_page import surprise
from .relations import above_list, relation_lines
from .sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..pages.site_map import Pages
    from ..wiki import Backlink, Mention
    from ..wiki.views.document import Frame, Group, IndexEntry, PageLink, Trail, WantedEntry

__all__ = [
    "backlinks_list",
    "backlinks_page",
    "foot_nodes",
    "head_nodes",
    "health_page",
    "index_page",
    "listing_nodes",
    "object_nodes",
    "panel_nodes",
    "trope_aside",
    "trope_copy",
    "trope_filter",
    "wanted_page",
]

_OPEN_TRAILS = 3
"""How many indexes are shown below a page before the rest is folded."""

_OPEN_BACKLINKS = 5
"""How many backlinks of a panel are shown before the rest is folded."""

_PANEL_MENTIONS = 3
"""How many sentences of one page a panel quotes; its backlinks page has them all."""

_LONG_LIST = 20
"""How many entries a list has that gets a box to filter it."""


class trope_aside(trope_element, nodes.General, nodes.Element):
    """The panel at the end of a page: ``aside`` in HTML. Its first child is its heading, whose id
    is the attribute ``labelledby``.
    """


class trope_backlinks_list(trope_element, nodes.General, nodes.Element):
    """A list of backlinks; attribute ``backlinks`` holds them, ``most`` says how many sentences of
    each are quoted, 0 for all.

    One node for what would be ten for each backlink: most of the time of a build goes into such
    lists. HTML is written from it as it is; for others, :func:`backlinks_list` makes nodes.
    """


class trope_nav(trope_element, nodes.General, nodes.Element):
    """``nav`` in HTML; attribute ``label`` names it."""


class trope_fold(trope_element, nodes.General, nodes.Element):
    """``details`` in HTML; attribute ``label`` is the summary, ``open`` whether it begins open.
    Elsewhere it is but what is in it, with the label above it if ``is_heading`` is set.
    """


class trope_filter(trope_element, nodes.General, nodes.Element):
    """A box that filters the lists of its document as its reader types, where there is a script.

    Attributes: ``label``; ``tabs``, label, namespace and number of entries of each, or empty.
    """


class trope_copy(trope_element, nodes.General, nodes.Element):
    """A button that copies the block of text before it, where there is a script."""


# -- parts


def _link(
    title: str, docname: str, anchor: str = "", *, classes: Sequence[str] = ()
) -> trope_page_link:
    words: list[nodes.Node] = [make_text(title)] if title else []
    attributes = {"docname": docname, "anchor": anchor, "classes": list(classes)}
    return make(trope_page_link, title, words, attributes)


def _to_page(to: PageLink) -> trope_page_link:
    return _link(to.title, to.docname, to.anchor)


def _backlink(backlink: Backlink, most: int) -> nodes.list_item:
    title = _link(backlink.title, backlink.docname, backlink.anchor, classes=["trope-source"])
    head = nodes.paragraph("", "", title)
    if len(backlink.mentions) > 1:
        head += [nodes.Text(" "), _count(len(backlink.mentions))]

    def mark(mention: Mention) -> trope_page_link:
        """To the very place of the link."""
        docname, anchor = backlink.docname, mention.anchor
        return trope_page_link("", "", docname=docname, anchor=anchor, classes=["trope-mark"])

    return nodes.list_item("", head, *sentences(backlink.mentions, mark, most))


def _group_label(group: Group) -> str:
    return group.label or _("Other documents")


def _group_list(backlinks: Iterable[Backlink], most: int = 0) -> trope_backlinks_list:
    attributes = {"backlinks": tuple(backlinks), "most": most}
    return make(trope_backlinks_list, "", [], attributes)


def backlinks_list(node: nodes.Element) -> list[nodes.Node]:
    """A :class:`trope_backlinks_list` as nodes that every writer knows."""
    items = (_backlink(backlink, node["most"]) for backlink in node["backlinks"])
    return [nodes.bullet_list("", *items, classes=["trope-backlinks-list"])]


def _line(parts: list[nodes.Node], *classes: str) -> nodes.paragraph:
    return make(nodes.paragraph, "", parts, {"classes": [*classes]})


def _item(*parts: nodes.Node) -> nodes.list_item:
    return make(nodes.list_item, "", [*parts])


def _count(number: int) -> nodes.inline:
    return make(nodes.inline, "", [make_text(f"({number})")], {"classes": ["trope-count"]})


def _aside(kind: str, name: str, title: str, count: int) -> trope_aside:
    """A panel of the page with the canonical *name*, to which screen readers can jump."""
    id_ = f"{kind}-{slug(name)}"
    words: list[nodes.Node] = [make_text(title)]
    if count:
        words += [make_text(" "), _count(count)]
    attributes = {"ids": [id_], "classes": ["trope-backlinks-title"], "heading-level": 2}
    heading = make(nodes.rubric, title, words, attributes)
    # "no-search": what another page says is found there
    classes = [f"trope-{kind}", "no-search"]
    return make(trope_aside, "", [heading], {"classes": classes, "labelledby": id_})


# -- around a page


def head_nodes(frame: Frame) -> list[nodes.Node]:
    """What stands above a page: tabs to its siblings."""
    if not frame.tabs:
        return []
    tabs = nodes.bullet_list(classes=["simple"])
    for tab in frame.tabs:
        shown: nodes.Node = nodes.strong(tab.label, tab.label)
        if not tab.is_here:
            shown = _link(tab.label, tab.page.docname, tab.page.anchor)
        tabs += nodes.list_item("", nodes.paragraph("", "", shown))
    label = _("Other pages of this name")
    return [trope_nav("", tabs, label=label, classes=["trope-siblings", "no-search"])]


def foot_nodes(frame: Frame, pages: Pages) -> list[nodes.Node]:
    """What stands below a page: its places in indexes, and its panel."""
    found: list[nodes.Node] = []
    if frame.examples:
        aside = _aside("examples", frame.name, _("Also listed on"), len(frame.examples))
        aside += _group_list(frame.examples, _PANEL_MENTIONS)
        found.append(aside)
    if frame.above:
        label = _("What this is a kind of")
        above = above_list(frame.above)
        found.append(trope_nav("", *above, label=label, classes=["trope-above", "no-search"]))
    if frame.trails:
        shown, folded = frame.trails[:_OPEN_TRAILS], frame.trails[_OPEN_TRAILS:]
        nav = trope_nav("", *map(_trail, shown), label=_("Indexes"))
        nav["classes"] = ["trope-index-nav", "no-search"]
        if folded:
            more = ngettext("%d more index", "%d more indexes", len(folded))
            label = more % len(folded)
            nav += trope_fold("", *map(_trail, folded), label=label, classes=["trope-more"])
        found.append(nav)
    if frame.panel is not None:
        found += panel_nodes(frame.panel, pages)
    if frame.graph:
        fold = trope_fold("", drawing_nodes(frame.graph, pages), label=_("Neighbourhood"))
        fold["classes"] = ["trope-graph", "no-search"]
        fold["open"] = True
        found.append(fold)
    return found


def _arrow(arrow: str) -> nodes.inline:
    """An arrow, which is turned where one reads from right to left."""
    return make(nodes.inline, arrow, [make_text(arrow)], {"classes": ["trope-arrow"]})


def _previous_or_next(end: PageLink | None, name: str) -> nodes.Element:
    if end is None:
        return make(nodes.inline, "", [], {"classes": [name]})
    link = _link("", end.docname, end.anchor, classes=[name])
    title = make_text(end.title)
    if name == "trope-previous":
        fill(link, [_arrow("←"), make_text(" "), title])
    else:
        fill(link, [title, make_text(" "), _arrow("→")])
    return link


def _trail(trail: Trail) -> nodes.paragraph:
    before = _previous_or_next(trail.previous, "trope-previous")
    after = _previous_or_next(trail.next, "trope-next")
    if trail.up.docname:
        index: nodes.Element = _to_page(trail.up)
    else:
        index = nodes.inline("", "", shown(trail.up.title))
    index["classes"].append("trope-up")
    parts = [before, make_text(" "), index, make_text(" "), after]
    return _line(parts, "trope-trail")


# -- the panel


def panel_nodes(panel: Panel, pages: Pages) -> list[nodes.Node]:
    """The panel of a page, or nothing where nothing refers to it."""
    if not (panel.total or panel.unlinked or panel.relations or panel.foreign):
        return []
    aside = _aside("backlinks", panel.name, _("Referenced by"), panel.total)
    shown: list[nodes.Node] = [*aside.children, *relation_lines(panel.relations)]
    room = _OPEN_BACKLINKS
    folded: list[nodes.Node] = []
    for group in panel.groups:
        first, rest = group.backlinks[:room], group.backlinks[room:]
        room -= len(first)
        if first:
            shown += [_group_title(group), _group_list(first, _PANEL_MENTIONS)]
        if rest:
            title = [] if first else [_group_title(group)]
            folded += [*title, _group_list(rest, _PANEL_MENTIONS)]
    if folded:
        label = _("Show all %d") % sum(len(group.backlinks) for group in panel.groups)
        shown.append(make(trope_fold, "", folded, {"label": label, "classes": ["trope-more"]}))
    if panel.listed:
        shown.append(_listed(panel.listed))
    shown += foreign_in_panel(panel.foreign)
    docname = pages.backlinks(panel.name)
    if panel.unlinked and docname:
        words = ngettext(
            "Named without a link on %d page", "Named without a link on %d pages", panel.unlinked
        )
        to_all = _link(words % panel.unlinked, docname, _UNLINKED_ID)
        shown.append(_line([to_all], "trope-unlinked-count"))
    if docname:
        to_all = _link(_("All backlinks on one page"), docname)
        shown.append(_line([to_all], "trope-all-backlinks"))
    fill(aside, shown)
    return [aside]


def _listed(pages: Sequence[PageLink]) -> trope_fold:
    """One line for all indexes that list a page and say nothing of it."""
    words = ngettext("Also listed in %d index", "Also listed in %d indexes", len(pages))
    items = [_item(_line([_to_page(page)])) for page in pages]
    found = make(nodes.bullet_list, "", [*items], {"classes": ["trope-listed-in"]})
    return trope_fold("", found, label=words % len(pages), classes=["trope-more", "trope-listed"])


def object_nodes(panel: Panel, *, is_document: bool) -> list[nodes.Node]:
    """Who refers to an object, folded; or to a document that is no page."""
    lists: list[nodes.Node] = []
    for group in panel.groups:
        titles = [_group_title(group)] if len(panel.groups) > 1 else []
        lists += [*titles, _group_list(group.backlinks)]
    shown = sum(len(group.backlinks) for group in panel.groups)
    if more := panel.total - shown:
        lists.append(_text(_("and %d more") % more))
    label = _("Referenced by")
    if not is_document:
        fold = trope_fold(
            "", *lists, label=f"{label} ({panel.total})", is_heading=True,
            classes=["trope-referenced", "no-search"],
        )  # fmt: skip
        return [fold]
    aside = _aside("backlinks", panel.name, label, panel.total)
    aside += lists
    return [aside]


def _group_title(group: Group) -> nodes.paragraph:
    label = _group_label(group)
    parts = [make_text(f"{label} "), _count(group.total)]
    return make(nodes.paragraph, label, parts, {"classes": ["trope-group"]})


# -- lists in place


def listing_nodes(
    view: IndexView | Neighbourhood | Panel | WantedView, pages: Pages, prefix: str
) -> list[nodes.Node]:
    """What a directive shows where it stands.

    :param prefix: of the ids in it, for there may be several in a document.
    """
    if isinstance(view, IndexView):
        return _index_in_place(view, prefix)
    if isinstance(view, WantedView):
        return [_wanted_list(view, pages)] if view.entries else [_text(_("No wanted pages."))]
    if isinstance(view, Neighbourhood):
        return _graph_in_place(view, pages)
    if not view.total and not view.foreign:
        return [_text(_("Nothing to list yet."))]
    found: list[nodes.Node] = []
    for group in view.groups:
        found += [_group_title(group), _group_list(group.backlinks)]
    if view.listed:
        found.append(_listed(view.listed))
    return [*found, *foreign_in_panel(view.foreign)]


def _graph_in_place(view: Neighbourhood, pages: Pages) -> list[nodes.Node]:
    if not view:
        return [_text(_("Nothing to draw yet."))]
    title: nodes.Node = nodes.strong(view.title, view.title)
    if docname := view.docname or pages.backlinks(view.name):
        title = _link(view.title, docname, view.anchor)
    caption = nodes.paragraph("", "", title, classes=["trope-graph-caption"])
    drawing = drawing_nodes(view, pages)
    return [nodes.container("", drawing, caption, classes=["trope-graph", "no-search"])]


def _text(text: str) -> nodes.paragraph:
    return nodes.paragraph(text, text)


def _index_in_place(view: IndexView, prefix: str) -> list[nodes.Node]:
    if not view.letters:
        return [_text(_("No pages yet."))]
    found: list[nodes.Node] = [_jump_bar(view, prefix)]
    for letter, entries in view.letters:
        rubric = nodes.rubric(letter, letter, ids=[_letter_id(letter, prefix)])
        found += [rubric, _entries(entries)]
    return [nodes.container("", *found, classes=["trope-index", "no-search"])]


# -- documents


def _pages(number: int) -> str:
    return ngettext("%d page", "%d pages", number) % number


def index_page(view: IndexView, pages: Pages) -> list[nodes.Node]:
    """The A to Z index."""
    section = nodes.Element()
    summary = nodes.paragraph("", _pages(view.pages), classes=["trope-summary"])
    if pages.wanted:
        summary += [nodes.Text(" · "), _link(_("Wanted pages"), pages.wanted)]
    if pages.health:
        summary += [nodes.Text(" · "), _link(_("Wiki health"), pages.health)]
    if pages.graph:
        summary += [nodes.Text(" · "), _link(_("Graph of the wiki"), pages.graph), surprise()]
    section += summary
    if view.indexes:
        section += _index_of_indexes(view)
    if not view.letters:
        section += _text(_("No pages yet."))
        return section.children
    if sum(len(entries) for _letter, entries in view.letters) >= _LONG_LIST:
        section += _filter(_("Find a page"), view.namespaces)
    section += _jump_bar(view, "")
    for letter, entries in view.letters:
        part = _section(_letter_id(letter, ""), letter)
        _add_count(part, len(entries))
        adopt(part, _entries(entries))
        section += part
    return section.children


def _index_of_indexes(view: IndexView) -> nodes.paragraph:
    line = nodes.paragraph("", _("Indexes: "), classes=["trope-indexes"])
    for number, (page, members) in enumerate(view.indexes):
        line += [*([nodes.Text(", ")] if number else []), _to_page(page), nodes.Text(" ")]
        line += _count(members)
    return line


def _section(id_: str, title: str) -> nodes.section:
    """A part of a generated page: what it lists is to be found where it is written."""
    heading = make(nodes.title, title, [make_text(title)])
    return make(nodes.section, "", [heading], {"ids": [id_], "classes": ["no-search"]})


def _add_count(section: nodes.section, count: int) -> None:
    """Says beside the title how many there are."""
    title = section.children[0]
    assert isinstance(title, nodes.title)
    adopt(title, make_text(" "))
    adopt(title, _count(count))


def _letter_id(letter: str, prefix: str) -> str:
    return f"{prefix}letter-{slug(letter) or 'other'}"


def _jump_bar(view: IndexView, prefix: str) -> nodes.paragraph:
    bar = nodes.paragraph("", "", classes=["trope-jump"])
    for number, letter in enumerate(dict(view.letters)):
        if number:
            bar += nodes.Text(" ")
        refid = _letter_id(letter, prefix)
        bar += nodes.reference(letter, letter, refid=refid, internal=True)
    return bar


_LONG_LETTER = 32
"""With so many entries a browser need not lay out what is out of sight."""


def _entries(entries: Sequence[IndexEntry]) -> nodes.bullet_list:
    items = nodes.bullet_list(classes=["trope-entries"])
    if len(entries) >= _LONG_LETTER:
        # a browser that does not lay it out while it is out of sight is told how long it is
        about = 1 << min(len(entries).bit_length() - 1, 11)
        items["classes"].append(f"trope-about-{about}")
    for entry in entries:
        parts: list[nodes.Node]
        if entry.alias_of:
            link = _link(entry.title, entry.link.docname, entry.link.anchor)
            alias = make(nodes.emphasis, "", [link])
            parts = [alias, make_text(" "), _arrow("→"), make_text(" "), shown(entry.alias_of)]
        else:
            parts = [_to_page(entry.link)]
        if entry.namespace:
            parts += [make_text(" "), _namespace(entry.namespace)]
        if entry.laconic:
            parts += [make_text(" "), _laconic(entry.laconic)]
        adopt(items, _item(_line(parts)))
    return items


def _filter(label: str, tabs: Sequence[tuple[str, str, int]] = ()) -> trope_filter:
    return trope_filter(label=label, tabs=tuple(tabs) if len(tabs) > 1 else ())


def _namespace(label: str) -> nodes.inline:
    return make(nodes.inline, label, [make_text(label)], {"classes": ["trope-namespace"]})


def _laconic(words: str) -> nodes.inline:
    return make(nodes.inline, "", [shown(words)], {"classes": ["trope-laconic"]})


def backlinks_page(view: BacklinksView, pages: Pages) -> list[nodes.Node]:
    """Who refers to a page, written or wanted."""
    found = _wanted_summary(view) if view.page is None else _page_summary(view)
    if view.total >= _LONG_LIST:
        found.append(_filter(_("Find in this list")))
    found += map(_group_section, view.groups)
    if view.listed:
        found.append(_listed(view.listed))
    if view.unlinked:
        part = _section(_UNLINKED_ID, _("Named without a link"))
        for group in view.unlinked:
            part += [_group_title(group), _group_list(group.backlinks)]
        found.append(part)
    found += foreign_sections(view.foreign)
    if view.parts > 1:
        found.append(_to_parts(view, pages))
    return found


_UNLINKED_ID = "unlinked"


def _group_section(group: Group) -> nodes.section:
    label = _group_label(group)
    part = _section(f"from-{slug(label)}", label)
    _add_count(part, len(group.backlinks))
    adopt(part, _group_list(group.backlinks))
    return part


def _to_parts(view: BacklinksView, pages: Pages) -> trope_nav:
    """Links to the other pages of backlinks of the same name."""
    line = nodes.paragraph("", "", classes=["trope-parts"])
    for number in range(1, view.parts + 1):
        shown: nodes.Node = nodes.strong(str(number), str(number))
        if number != view.part:
            shown = _link(str(number), pages.backlinks(view.name, number))
        line += [*([nodes.Text(" ")] if number > 1 else []), shown]
    return trope_nav("", line, label=_("All backlinks"), classes=["trope-parts-nav"])


def _page_summary(view: BacklinksView) -> list[nodes.Node]:
    assert view.page is not None
    parts: list[nodes.Node] = [_to_page(view.page)]
    if view.laconic:
        parts += [make_text(" "), _laconic(view.laconic)]
    found: list[nodes.Node] = [_line(parts, "trope-summary")]
    if view.aliases:
        before, _name, after = _("Also called: %s").partition("%s")
        line = nodes.paragraph("", before)
        for number, alias in enumerate(view.aliases):
            line += [*([make_text(", ")] if number else []), shown(alias)]
        found.append(line)
        if after:
            line += make_text(after)
    return found


def _wanted_summary(view: BacklinksView) -> list[nodes.Node]:
    found: list[nodes.Node] = []
    if view.meanings:
        found.append(_text(_("Not written, but it may be one of these:")))
        items = (
            nodes.list_item("", nodes.paragraph("", "", _to_page(page))) for page in view.meanings
        )
        found.append(nodes.bullet_list("", *items, classes=["trope-meanings"]))
    found.append(_text(_("Nobody has written this page. Wanted by: %d") % view.total))
    if view.candidates:
        found.append(_did_you_mean(view.candidates))
    laconic = _("One sentence.")
    skeleton = f"(:laconic {laconic}:)\n\n{view.title}: ...\n"
    block = nodes.literal_block(skeleton, skeleton, language="none")
    file_name = f"{view.name.removeprefix('Main/')}.trope"
    how = nodes.paragraph("", _("To write it, start with this text in a file named "))
    how += [nodes.literal(file_name, file_name), nodes.Text(":")]
    return [*found, how, block, trope_copy()]


def _did_you_mean(candidates: Sequence[PageLink]) -> nodes.paragraph:
    line = nodes.paragraph("", _("Did you mean: "), classes=["trope-near"])
    for number, candidate in enumerate(candidates):
        line += [*([nodes.Text(", ")] if number else []), _to_page(candidate)]
    return line


def wanted_page(view: WantedView, pages: Pages) -> list[nodes.Node]:
    """The list of wanted pages."""
    if not view.entries:
        return [_text(_("No wanted pages: every linked page exists."))]
    how = _text(_("Pages that do not exist yet, most wanted first."))
    box = [_filter(_("Find in this list"))] if len(view.entries) >= _LONG_LIST else []
    return [how, *box, _wanted_list(view, pages)]


def health_page(view: HealthView, pages: Pages) -> list[nodes.Node]:
    """The problems of the wiki."""
    section = nodes.Element()
    if pages.wanted:
        line = nodes.paragraph("", _("Wanted pages have their own list: "))
        line += [_link(_("Wanted pages"), pages.wanted), nodes.Text(".")]
        section += line
    if not view.kinds:
        section += _text(_("No other problems."))
    for kind, entries in view.kinds:
        title, explanation = _HEALTH[kind]
        part = _section(kind, str(title))
        _add_count(part, len(entries))
        part += _text(str(explanation))
        items = nodes.bullet_list(classes=["trope-health-list"])
        for entry in entries:
            subject = entry.subject
            parts: list[nodes.Node] = [
                _to_page(subject) if subject.docname else shown(subject.title)
            ]
            if entry.other:
                parts += [make_text(": "), shown(entry.other)]
            adopt(items, _item(_line(parts)))
        part += items
        section += part
    return section.children


_HEALTH = {
    "config": (_("Configuration"), _("Options in conf.py with a name or value that is not valid.")),
    "collision": (
        _("Documents in the place of generated pages"),
        _("The generated page is left out."),
    ),
    "encoding": (_("Files that are not UTF-8"), _("Some characters may be wrong.")),
    "markup": (_("Markup errors"), _("Shown as text, or left out.")),
    "duplicate": (
        _("Names claimed twice"),
        _("Links by such a name go to the first page that claims it."),
    ),
    "ambiguous": (
        _("Ambiguous links"),
        _("No page has this name, but several pages in other namespaces do."),
    ),
    "redirect-loop": (_("Redirects in a circle"), _("They lead nowhere.")),
    "broken-redirect": (_("Broken redirects"), _("They point to a page that does not exist.")),
    "double-redirect": (
        _("Double redirects"),
        _("These point to another redirect; link to the final page."),
    ),
    "missing-section": (
        _("Links to sections that do not exist"),
        _("They lead to the top of the page."),
    ),
    "parted-title": (
        _("Titles parted by a link"),
        _("The link leads to the first word of a title and shows the rest."),
    ),
    "orphan": (_("Orphans"), _("No page links to them.")),
    "dead-end": (_("Dead ends"), _("They link to no existing page.")),
    "unindexed": (_("In no index"), _("No index lists them.")),
    "relation-contradiction": (
        _("Each the other's super-trope"),
        _("One of the two statements is wrong."),
    ),
    "relation-cycle": (
        _("Super-tropes in a circle"),
        _("Each of them is its own super-trope, through the others."),
    ),
    "one-sided-relation": (
        _("Relations stated on one page only"),
        _("The page itself does not mention the relation."),
    ),
    "unlinked": (
        _("Named without a link"),
        _("Their text names a page without linking to it."),
    ),
    "one-sided": (
        _("One-sided examples"),
        _("The other page gives the example; the page itself does not."),
    ),
}


def _wanted_list(view: WantedView, pages: Pages) -> nodes.bullet_list:
    items = (_wanted_item(entry, pages) for entry in view.entries)
    return nodes.bullet_list("", *items, classes=["trope-wanted-list", "no-search"])


def _wanted_item(entry: WantedEntry, pages: Pages) -> nodes.list_item:
    title, wants = entry.wanted.title, entry.wanted.wants
    docname = pages.backlinks(entry.wanted.name)
    name = _link(title, docname, classes=["trope-wanted"]) if docname else shown(title)
    parts: list[nodes.Node] = [name]
    if entry.namespace:
        parts += [make_text(" "), _namespace(entry.namespace)]
    count = ngettext("wanted by %d page", "wanted by %d pages", wants)
    words = make_text(count % wants)
    parts += [make_text(" "), make(nodes.inline, "", [words], {"classes": ["trope-count"]})]
    for number, page in enumerate(entry.named_by):
        parts += [make_text(", " if number else ": "), _to_page(page)]
    near = [_did_you_mean(entry.near)] if entry.near else []
    return _item(_line(parts), *near)
