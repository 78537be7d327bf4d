"""The pages without a source, except the map's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..findings import health_of
from ..internals.docutils.fast_nodes import adopt, make_text
from ..messages import _, ngettext
from ..names import slug
from ..pages.creation import creation_address, file_of, skeleton
from ..pages.kinds import PageKind, add_page_kind, below_prefix
from ..wiki.views.site_pages import (
    BacklinksView,
    HealthView,
    IndexView,
    WantedView,
    index_view,
    wanted_view,
)
from .direction import text_node
from .filters import backlinks_filter, group_label, played_counts, played_line
from .foreign import foreign_sections
from .lists import (
    did_you_mean,
    folded_links,
    group_list,
    group_title,
    index_entries,
    index_of_indexes,
    jump_bar,
    letter_id,
    wanted_list,
)
from .nodes import trope_copy, trope_nav
from .parts import (
    LONG_LIST,
    UNLINKED_ID,
    add_count,
    filter_field,
    internal_link,
    joined,
    laconic_mark,
    line_of_nodes,
    link_to_page,
    list_item,
    surprise,
    text_paragraph,
    titled_section,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..pages.site_map import Pages
    from ..repository.hosts import Host
    from ..wiki.views.parts import Group

__all__ = ["backlinks_page", "health_page", "index_page", "wanted_page"]


def index_page(view: IndexView, pages: Pages) -> list[nodes.Node]:
    """The A to Z index."""
    section = nodes.Element()
    pages_count = ngettext("%d page", "%d pages", view.pages) % view.pages
    summary = nodes.paragraph("", pages_count, classes=["trope-summary"])
    if pages.wanted:
        summary += [nodes.Text(" · "), internal_link(_("Wanted pages"), pages.wanted)]
    if pages.health:
        summary += [nodes.Text(" · "), internal_link(_("Wiki health"), pages.health)]
    if pages.map:
        summary += [
            nodes.Text(" · "),
            internal_link(_("Graph of the wiki"), pages.map),
            surprise(),
        ]
    if pages.recent:
        summary += [nodes.Text(" · "), internal_link(_("Recent changes"), pages.recent)]
    section += summary
    if view.indexes:
        section += index_of_indexes(view)
    if not view.letters:
        section += text_paragraph(_("No pages yet."))
        return section.children
    if sum(len(entries) for _letter, entries in view.letters) >= LONG_LIST:
        section += filter_field(_("Find a page"), view.namespaces)
    section += jump_bar(view, "")
    for letter, entries in view.letters:
        part = titled_section(letter_id(letter, ""), letter)
        add_count(part, len(entries))
        adopt(part, index_entries(entries))
        section += part
    return section.children


def backlinks_page(view: BacklinksView, pages: Pages) -> list[nodes.Node]:
    """One page of the backlinks of a name, written or wanted."""
    found = _wanted_summary(view, pages.host) if view.page is None else _written_summary(view)
    if view.total >= LONG_LIST:
        if counts := played_counts(view.groups):
            found.append(played_line(counts))
        found.append(backlinks_filter(view.groups))
    found += map(_group_section, view.groups)
    if view.listed:
        found.append(folded_links(view.listed))
    if view.unlinked:
        part = titled_section(UNLINKED_ID, _("Named without a link"))
        for group in view.unlinked:
            part += [group_title(group), group_list(group.backlinks)]
        found.append(part)
    found += foreign_sections(view.foreign)
    if view.parts > 1:
        found.append(_to_parts(view, pages))
    return found


def _group_section(group: Group) -> nodes.section:
    label = group_label(group)
    part = titled_section(f"from-{slug(label)}", label)
    add_count(part, len(group.backlinks))
    adopt(part, group_list(group.backlinks))
    return part


def _to_parts(view: BacklinksView, pages: Pages) -> trope_nav:
    """Links to the other parts of the backlinks of the same name."""
    numbers: list[nodes.Node] = [
        nodes.strong(str(number), str(number))
        if number == view.part
        else internal_link(str(number), pages.backlinks(view.name, number))
        for number in range(1, view.parts + 1)
    ]
    line = nodes.paragraph("", "", *joined(numbers, " "), classes=["trope-parts"])
    return trope_nav("", line, label=_("All backlinks"), classes=["trope-parts-nav"])


def _written_summary(view: BacklinksView) -> list[nodes.Node]:
    """A summary of the page whose backlinks are listed."""
    assert view.page is not None
    parts: list[nodes.Node] = [link_to_page(view.page)]
    if view.laconic:
        parts += [make_text(" "), laconic_mark(view.laconic)]
    found: list[nodes.Node] = [line_of_nodes(parts, "trope-summary")]
    if view.aliases:
        before, _name, after = _("Also called: %s").partition("%s")
        line = nodes.paragraph("", before, *joined(map(text_node, view.aliases), ", "))
        found.append(line)
        if after:
            line += make_text(after)
    return found


def _wanted_summary(view: BacklinksView, host: Host | None) -> list[nodes.Node]:
    """How to write the wanted page whose backlinks are listed."""
    found: list[nodes.Node] = []
    if view.meanings:
        found.append(text_paragraph(_("Not written, but it may be one of these:")))
        items = (
            nodes.list_item("", nodes.paragraph("", "", link_to_page(page)))
            for page in view.meanings
        )
        found.append(nodes.bullet_list("", *items, classes=["trope-meanings"]))
    found.append(text_paragraph(_("Nobody has written this page. Wanted by: %d") % view.total))
    if view.candidates:
        found.append(did_you_mean(view.candidates))
    if address := creation_address(host, view.name, view.title):
        label = _("Create this page")
        link = nodes.reference("", label, refuri=address, internal=False)
        found.append(nodes.paragraph("", "", link, classes=["trope-create"]))
    text, file_name = skeleton(view.title), file_of(view.name)
    block = nodes.literal_block(text, text, language="none")
    how = nodes.paragraph("", _("To write it, start with this text in a file named "))
    how += [nodes.literal(file_name, file_name), nodes.Text(":")]
    return [*found, how, block, trope_copy()]


def wanted_page(view: WantedView, pages: Pages) -> list[nodes.Node]:
    """The page that lists wanted pages."""
    if not view.entries:
        return [text_paragraph(_("No wanted pages: every linked page exists."))]
    how = text_paragraph(_("Pages that do not exist yet, most wanted first."))
    box = [filter_field(_("Find in this list"))] if len(view.entries) >= LONG_LIST else []
    return [how, *box, wanted_list(view, pages)]


def health_page(view: HealthView, pages: Pages) -> list[nodes.Node]:
    """The problems of the wiki, by kind."""
    section = nodes.Element()
    if pages.wanted:
        line = nodes.paragraph("", _("Wanted pages have their own list: "))
        line += [internal_link(_("Wanted pages"), pages.wanted), nodes.Text(".")]
        section += line
    if not view.kinds:
        section += text_paragraph(_("No other problems."))
    for kind, entries in view.kinds:
        title, explanation = _HEALTH[kind]
        part = titled_section(kind, str(title))
        add_count(part, len(entries))
        part += text_paragraph(str(explanation))
        items = nodes.bullet_list(classes=["trope-health-list"])
        for entry in entries:
            subject = entry.subject
            parts: list[nodes.Node] = [
                link_to_page(subject) if subject.docname else text_node(subject.title)
            ]
            if entry.other:
                parts += [make_text(": "), text_node(entry.other)]
            adopt(items, list_item(line_of_nodes(parts)))
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
    "played-contradiction": (
        _("Played in two ways"),
        _("The page of the trope says another thing of the work than the work's own page."),
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


def setup(app: Sphinx) -> None:
    """Registers the pages of the index, of wanted pages, and of the wiki's health."""
    for kind in (
        PageKind(
            "index",
            lambda: _("Trope index"),
            below_prefix("index"),
            lambda _app: index_view,
            index_page,
            is_listed=True,
        ),
        PageKind(
            "wanted",
            lambda: _("Wanted pages"),
            below_prefix("wanted"),
            lambda _app: wanted_view,
            wanted_page,
        ),
        PageKind(
            "health", lambda: _("Wiki health"), below_prefix("health"), health_of, health_page
        ),
    ):
        add_page_kind(app, kind)
