"""What was changed in the wiki, from the repository of its sources: a page by days, a line at the
foot of each page, and feeds.

Nothing but the package's ``setup`` imports this part, and everything else works without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.emitters import add_emitter
from ..messages import _
from ..pages.kinds import PageKind, add_page_kind
from . import foot
from .edited import EditedPages
from .feeds import FeedFiles
from .loading import feed_site, history, load
from .page import recent_page, recent_view

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..wiki import Wiki

__all__ = ["setup"]


def _docname(app: Sphinx, _wiki: Wiki) -> str:
    return f"{app.config.tropes_pages_prefix}/recent" if history(app) is not None else ""


def _settings(app: Sphinx) -> tuple[bool, str]:
    return history(app) is not None, feed_site(app)


def setup(app: Sphinx) -> None:
    """Adds the page, the line and the feeds."""
    kind = PageKind(
        "recent",
        lambda: _("Recent changes"),
        _docname,
        recent_view,
        recent_page,
        is_searched=False,
        settings=_settings,
    )
    add_page_kind(app, kind)
    app.connect("env-updated", load, priority=880)  # before the pages are planned
    foot.setup(app)
    add_emitter(app, FeedFiles(app))
    add_emitter(app, EditedPages(app))
