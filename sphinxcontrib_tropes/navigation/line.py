"""The line at the foot of a page: index, graph, recent changes, a random page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sphinx.util.osutil import relative_uri

from ..builders import abilities
from ..domain import trope_domain
from ..messages import _
from ..pages.site_map import MAP_FOLDER
from ..rendering.context import rendering_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from ..pages.site_map import Pages
    from ..rendering.context import Rendering

__all__ = ["setup"]

_LINKS = {"index": _("Index"), "graph": _("Graph"), "recent": _("Recent changes")}
"""Kind of page -> the words of the link to it."""


def _add_line(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    rendering, able = rendering_of(app.env), abilities(app.builder)
    if rendering is None or not able.has_generated_pages or able.is_book or "body" not in context:
        return
    has_source = trope_domain(app.env).has_pages(pagename)
    if has_source or rendering.pages.has(pagename):
        context["body"] += _line(app, pagename, rendering, has_source=has_source)


def _line(app: Sphinx, here: str, rendering: Rendering, *, has_source: bool) -> str:
    links = _links(app, here, rendering)
    if not links:
        return ""
    title = app.env.titles[here].astext() if has_source and here in app.env.titles else ""
    trail = _trail(app, here, title) if app.config.tropes_trail else ""
    label = escape(_("Around the wiki"))
    return f'<nav class="trope-ways no-search" aria-label="{label}"><p>{links}</p>{trail}</nav>\n'


_kept: WeakKeyDictionary[Rendering, dict[str, str]] = WeakKeyDictionary()
"""What the pages are rendered with -> the links of each folder: its pages have the same."""


def _links(app: Sphinx, here: str, rendering: Rendering) -> str:
    kept = _kept.setdefault(rendering, {})
    if here in rendering.pages.of_kind.values():  # may be one of the links itself
        return _made_links(app, here, rendering.pages)
    folder = app.builder.get_target_uri(here).rpartition("/")[0]
    if folder not in kept:
        kept[folder] = _made_links(app, here, rendering.pages)
    return kept[folder]


def _made_links(app: Sphinx, here: str, pages: Pages) -> str:
    builder = app.builder
    parts = []
    for kind, words in _LINKS.items():
        docname, shown = pages.of_kind.get(kind, ""), escape(words)
        if docname == here:
            parts.append(f'<span aria-current="page">{shown}</span>')
        elif docname:
            parts.append(f'<a href="{escape(builder.get_relative_uri(here, docname))}">{shown}</a>')
    line = " · ".join(parts)
    if parts and abilities(builder).has_scripts and (pages.map or "missing" in pages.of_kind):
        line += _random(app, here, pages)
    return line


def _random(app: Sphinx, here: str, pages: Pages) -> str:
    """A link to a random page, which a script shows: it leads to the index if that can't."""
    builder = app.builder
    folder = relative_uri(builder.get_target_uri(here), f"{pages.prefix}/{MAP_FOLDER}/names.js")
    files = escape(folder.removesuffix("names.js"))
    otherwise = escape(builder.get_relative_uri(here, pages.index)) if pages.index else "#"
    words = escape(_("Random page"))
    link = f'<a href="{otherwise}">{words}</a>'
    return f'<span class="trope-anywhere" hidden data-trope-files="{files}"> · {link}</span>'


def _trail(app: Sphinx, here: str, title: str) -> str:
    """The place for the pages seen in this visit, which a script fills.

    :param title: the title of this page; empty if the page is not to be in the trail.
    """
    address, words = escape(app.builder.get_target_uri(here)), escape(_("Seen in this visit:"))
    of_page = (
        f' data-trope-page-title="{escape(title)}" data-trope-address="{address}"' if title else ""
    )
    return f'<p class="trope-seen" hidden{of_page}>{words}</p>'


def setup(app: Sphinx) -> None:
    """Adds the line to pages."""
    app.connect("html-page-context", _add_line)
