"""The part for the sidebars of themes, ``tropes/sidebar.html``: where a page stands in the wiki.

It is made at build time, and opens without a script.
"""

from __future__ import annotations

from functools import cache, partial
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..builders import abilities
from ..domain import get_wiki
from ..messages import _
from ..rendering.context import rendering_of
from ..rendering.direction import has_other_direction
from ..wiki.views.sidebar import groups_around, groups_view
from .templates import is_used

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx

    from ..pages.site_map import Pages
    from ..wiki import Wiki
    from ..wiki.views.parts import PageLink
    from ..wiki.views.sidebar import GroupsView, GroupView

__all__ = ["setup", "shown_around", "shown_everywhere"]

_TEMPLATE = "tropes/sidebar"


def shown_everywhere(app: Sphinx, wiki: Wiki) -> str:
    """What the sidebar shows on every page."""
    return repr(groups_view(wiki)) if is_used(app, _TEMPLATE) else ""


def shown_around(app: Sphinx, wiki: Wiki, docname: str) -> str:
    """What the sidebar shows on the page of one document."""
    return repr(groups_around(wiki, docname)) if is_used(app, _TEMPLATE) else ""


def _offer(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Gives the template what it shows, made only if it is asked for. Some themes do so twice."""
    rendering = rendering_of(app.env)
    is_shown = rendering is not None and not abilities(app.builder).is_book
    if rendering is None or not is_shown or not is_used(app, _TEMPLATE):
        return
    context["tropes_sidebar"] = cache(partial(_sidebar, app, pagename, rendering.pages))


def _sidebar(app: Sphinx, here: str, pages: Pages) -> str:
    wiki, links = get_wiki(app.env), _Links(app, here, pages)
    around, groups = groups_around(wiki, here), groups_view(wiki)
    title = app.env.titles[here].astext() if here in app.env.titles else ""
    parts = [_title(links, pages)]
    parts += (_around(links, group, title) for group in around)
    parts.append(_indexes(links, groups))
    if len(groups.namespaces) > 1 and pages.index:
        is_open = not around and not groups.indexes
        parts.append(_namespaces(links, groups, is_open=is_open))
    label = escape(_("Pages of the wiki"))
    shown = "".join(filter(None, parts))
    return (
        f'<nav class="trope-sidebar no-search" aria-label="{label}">{shown}</nav>' if shown else ""
    )


class _Links:
    """Writes the links of one page."""

    def __init__(self, app: Sphinx, here: str, pages: Pages) -> None:
        self._app = app
        self.here = here
        self.index = pages.index

    def uri(self, docname: str, anchor: str = "") -> str:
        uri = self._app.builder.get_relative_uri(self.here, docname)
        return escape(f"{uri}#{anchor}" if anchor else uri)

    def page(self, to: PageLink) -> str:
        """A link to a page; where a reader is there, only marked."""
        if to.docname == self.here and not to.anchor:
            return current(to.title)
        return f'<a href="{self.uri(to.docname, to.anchor)}">{words(to.title)}</a>'


def words(text: str) -> str:
    """*text* as HTML."""
    return f"<bdi>{escape(text)}</bdi>" if has_other_direction(text) else escape(text)


def current(text: str) -> str:
    """The name of the page that a reader is on."""
    return f'<span aria-current="page">{words(text)}</span>'


def _title(links: _Links, pages: Pages) -> str:
    if not pages.index:
        return ""
    title = _("Trope index")
    at = current(title) if pages.index == links.here else ""
    return f'<p class="trope-sidebar-title">{at or _plain(links.uri(pages.index), title)}</p>'


def _plain(uri: str, title: str) -> str:
    return f'<a href="{uri}">{escape(title)}</a>'


def _around(links: _Links, group: GroupView, title: str) -> str:
    items: list[str] = ["<li>…</li>"] if group.has_earlier else []
    items += _items(map(links.page, group.before))
    items += _items([current(title)])
    items += _items(map(links.page, group.after))
    if group.has_later:
        items.append("<li>…</li>")
    if group.page is not None:
        to_all = escape(_("All of %s")) % words(group.title)
        uri = links.uri(group.page.docname, group.page.anchor)
        items.append(f'<li class="trope-sidebar-all"><a href="{uri}">{to_all}</a></li>')
    return _fold(words(group.title), items, is_open=True)


def _indexes(links: _Links, groups: GroupsView) -> str:
    if not groups.indexes:
        return ""
    is_open = any(index.docname == links.here and not index.anchor for index in groups.indexes)
    items = _items(map(links.page, groups.indexes))
    if groups.has_more and links.index:
        uri = links.uri(links.index, "indexes")
        label = _("All indexes")
        items.append(f'<li class="trope-sidebar-all">{_plain(uri, label)}</li>')
    return _fold(escape(_("Indexes")), items, is_open=is_open)


def _namespaces(links: _Links, groups: GroupsView, *, is_open: bool) -> str:
    uri = links.uri(links.index)
    items = _items(
        f'<a href="{uri}#in={quote(label, safe="")}">{words(shown)}</a>'
        for shown, label in groups.namespaces
    )
    return _fold(escape(_("Namespaces")), items, is_open=is_open)


def _items(shown: Iterable[str]) -> list[str]:
    return [f"<li>{item}</li>" for item in shown]


def _fold(label: str, items: Sequence[str], *, is_open: bool) -> str:
    opened = " open" if is_open else ""
    listed = "".join(items)
    return f"<details{opened}><summary>{label}</summary><ul>{listed}</ul></details>"


def setup(app: Sphinx) -> None:
    """Offers the part to templates."""
    app.connect("html-page-context", _offer)
