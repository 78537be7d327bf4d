"""The line at the foot of a page: when it was last edited, its history, and the form to edit it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sphinx.util.osutil import relative_uri

from ..builders import abilities
from ..domain import get_wiki
from ..messages import _
from ..pages.marks import Marks, add_marks
from ..repository.found_hosts import has_own_button
from .dates import shown_date, stamp
from .feeds import FEEDS_FOLDER, all_feed, feeds_of_document
from .loading import edits_digest, feed_site, foot_documents, history, host

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

    from ..wiki import Wiki

__all__ = ["setup"]


def _add_foot(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Adds the line to a page of the wiki, and the feeds to its head."""
    able = abilities(app.builder)
    if not able.has_generated_pages or able.is_book:
        return
    is_generated = pagename.startswith(f"{app.config.tropes_pages_prefix}/")
    is_of_wiki = doctree is not None and pagename in foot_documents(app)
    if not is_generated and not is_of_wiki:
        return
    if feed_site(app):
        context["metatags"] += _feed_links(app, pagename)
    if not is_generated and "body" in context:
        parts = _foot(app, pagename)
        if parts:
            line = " · ".join(parts)
            context["body"] += f'<div class="trope-page-foot no-search"><p>{line}</p></div>\n'


def _feed_links(app: Sphinx, docname: str) -> str:
    feeds = [all_feed(app)]
    if docname in foot_documents(app):
        feeds += feeds_of_document(app, get_wiki(app.env), docname)
    here = app.builder.get_target_uri(docname)
    folder = quote(f"{app.config.tropes_pages_prefix}/{FEEDS_FOLDER}")
    found = ((feed.title, relative_uri(here, f"{folder}/{quote(feed.name)}")) for feed in feeds)
    return "".join(
        f'<link rel="alternate" type="application/atom+xml" title="{escape(title)}" '
        f'href="{escape(uri)}" />\n'
        for title, uri in found
    )


def _foot(app: Sphinx, docname: str) -> list[str]:
    parts = []
    of_sources, at = history(app), host(app)
    if of_sources is not None and (edit := of_sources.last_edit(docname)):
        date = f'<time datetime="{stamp(edit.time)}">{escape(shown_date(app, edit.time))}</time>'
        parts.append(escape(_("Last edited: %s")) % date)
    if at is not None:
        path = app.env.doc2path(docname, base=False)
        source = str(path).replace("\\", "/")
        if address := at.history(source):
            parts.append(_link(address, _("History"), "trope-history"))
        if not has_own_button(app.config) and (address := at.edit(source)):
            parts.append(_link(address, _("Edit"), "trope-edit"))
    return parts


def _link(address: str, words: str, class_: str) -> str:
    return f'<a class="{class_} external" href="{escape(address)}">{escape(words)}</a>'


def _mark_of(app: Sphinx) -> Callable[[str], str]:
    of_sources = history(app)
    if of_sources is None:
        return lambda _docname: ""
    shown, recent = foot_documents(app), f"{app.config.tropes_pages_prefix}/recent"
    of_all = edits_digest(app)

    def mark(docname: str) -> str:
        if docname == recent:
            return of_all
        edit = of_sources.last_edit(docname) if docname in shown else None
        return str(edit.time) if edit is not None else ""

    return mark


def _shown_of_wiki(app: Sphinx, wiki: Wiki, docname: str) -> str:
    """The feeds in the head of a page: of its namespace, and of the index that it is."""
    if not feed_site(app) or docname not in foot_documents(app):
        return ""
    return " ".join(f"{feed.name} {feed.title}" for feed in feeds_of_document(app, wiki, docname))


def setup(app: Sphinx) -> None:
    """Adds the line to pages."""
    add_marks(app, Marks(_mark_of, _shown_of_wiki))
    app.connect("html-page-context", _add_foot)
