"""The page with the recent changes of the wiki, by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ..messages import _
from ..printable import printable
from ..rendering.direction import text_node
from ..rendering.parts import link_to_page, text_paragraph, titled_section
from ..repository.history import History
from .dates import day_of, shown_date
from .documents import Documents
from .feeds import Feed, feeds_of
from .loading import feed_site, history, host

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

    from ..pages.site_map import Pages
    from ..wiki import Wiki
    from ..wiki.views.parts import PageLink

__all__ = ["recent_page", "recent_view"]

_MOST_EDITS = 100
_MOST_CHANGES = 20
"""How many pages of one edit are listed."""


class ChangeView(NamedTuple):
    """What an edit did to one page."""

    kind: str
    """``new``, ``edited``, ``renamed`` or ``gone``."""
    page: PageLink
    before: str
    """If it was renamed, its title before."""


class EditView(NamedTuple):
    """One edit."""

    subject: str
    address: str
    """Of the commit at the host; empty if that is not known."""
    changes: tuple[ChangeView, ...]
    total: int
    """How many pages it changed, listed or not."""


class DayView(NamedTuple):
    """The edits of one day."""

    day: str
    shown: str
    """The day as readers are used to it."""
    edits: tuple[EditView, ...]


class RecentView(NamedTuple):
    """The page with recent changes."""

    days: tuple[DayView, ...]
    is_whole: bool
    """Whether all edits are known."""
    feeds: tuple[Feed, ...]


def recent_view(app: Sphinx) -> Callable[[Wiki], RecentView]:
    """Returns a function that makes the view of the page."""
    return lambda wiki: _view(app, wiki, history(app) or History())


def _view(app: Sphinx, wiki: Wiki, of_sources: History) -> RecentView:
    documents, at = Documents(app, wiki), host(app)
    days: dict[str, list[EditView]] = {}
    shown: dict[str, str] = {}
    count = 0
    for edit in of_sources.edits:
        told = [change for change in edit.changes if documents.is_told(change)]
        if not told:
            continue
        if count == _MOST_EDITS:
            break
        count += 1
        day = day_of(edit.time)
        shown[day] = shown.get(day) or shown_date(app, edit.time)
        changes = (
            ChangeView(
                change.kind,
                documents.link(change),
                documents.title_then(change.before) if change.before else "",
            )
            for change in told[:_MOST_CHANGES]
        )
        address = at.commit(edit.id) if at is not None else ""
        subject = printable(edit.subject)
        days.setdefault(day, []).append(EditView(subject, address, tuple(changes), len(told)))
    found = (DayView(day, shown[day], tuple(days[day])) for day in sorted(days, reverse=True))
    feeds = tuple(feeds_of(app, wiki)) if feed_site(app) else ()
    return RecentView(tuple(found), of_sources.is_whole, feeds)


def recent_page(view: RecentView, _pages: Pages) -> list[nodes.Node]:
    """The page as nodes."""
    found: list[nodes.Node] = []
    if not view.days:
        found.append(text_paragraph(_("No changes yet.")))
    for day in view.days:
        section = titled_section(f"day-{day.day}", day.shown)
        section += nodes.bullet_list("", *map(_edit, day.edits), classes=["trope-edits"])
        found.append(section)
    if not view.is_whole:
        found.append(text_paragraph(_("Older changes are not known here.")))
    if view.feeds:
        section = titled_section("feeds", _("Feeds"))
        links = (
            nodes.reference("", "", text_node(feed.title), refuri=feed.address, internal=False)
            for feed in view.feeds
        )
        items = (nodes.list_item("", nodes.paragraph("", "", link)) for link in links)
        section += nodes.bullet_list("", *items, classes=["trope-feeds"])
        found.append(section)
    return found


def _edit(edit: EditView) -> nodes.list_item:
    words = text_node(edit.subject or _("(no subject)"))
    if edit.address:
        words = nodes.reference("", "", words, refuri=edit.address, internal=False)
    subject = nodes.paragraph("", "", words, classes=["trope-subject"])
    items = [nodes.list_item("", _change(change)) for change in edit.changes]
    if more := edit.total - len(edit.changes):
        items.append(nodes.list_item("", text_paragraph(_("and %d more") % more)))
    return nodes.list_item("", subject, nodes.bullet_list("", *items))


def _change(change: ChangeView) -> nodes.paragraph:
    kind = str(_KINDS[change.kind])
    line = nodes.paragraph(classes=["trope-change", f"trope-{change.kind}"])
    line += nodes.inline(kind, kind, classes=["trope-change-kind"])
    line += nodes.Text(" ")
    line += link_to_page(change.page) if change.page.docname else text_node(change.page.title)
    if change.before:
        before, _name, after = _("(before: %s)").partition("%s")
        line += [nodes.Text(f" {before}"), text_node(change.before), nodes.Text(after)]
    return line


_KINDS = {
    "new": _("New:"),
    "edited": _("Edited:"),
    "renamed": _("Renamed:"),
    "gone": _("Gone:"),
}
