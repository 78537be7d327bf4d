"""Kinds of pages without a source: the index, wanted pages, and others.

Each part of the extension adds its own kinds. Backlinks pages are not a kind: there is one for each
name in the wiki, see :mod:`.plan`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from ..wiki import Wiki
    from .site_map import Pages

__all__ = ["PageKind", "add_page_kind", "below_prefix", "page_kinds"]


@dataclass(frozen=True)
class PageKind:
    """One page about the whole wiki."""

    name: str
    """Name of the kind, and of the part it shows in :class:`.invalidation.Invalidated`."""
    title: Callable[[], str]
    """Returns the title of the page, in the language of the project."""
    docname: Callable[[Sphinx, Wiki], str]
    """Returns the docname; empty if the page is not written."""
    view_of: Callable[[Sphinx], Callable[[Wiki], tuple[Any, ...]]]
    """Returns a function that makes the view: everything the page shows."""
    to_nodes: Callable[[Any, Pages], list[nodes.Node]]
    """Turns the view into nodes."""
    is_searched: bool = True
    """Whether the page is in the search index. Most of these pages repeat what others say."""
    is_listed: bool = False
    """Whether sitemaps list the page."""
    metatags: Callable[[Sphinx], str] = lambda _app: ""
    """Returns what comes first in the head of the page."""
    settings: Callable[[Sphinx], tuple[Any, ...]] = lambda _app: ()
    """Returns further settings that all pages depend on because of this one."""

    def page_maker(self, app: Sphinx) -> Callable[[Wiki, Pages], list[nodes.Node]]:
        """Returns a function that makes the nodes of the page from the finished wiki."""
        make_view = self.view_of(app)
        return lambda wiki, pages: self.to_nodes(make_view(wiki), pages)


_kinds: WeakKeyDictionary[Sphinx, dict[str, PageKind]] = WeakKeyDictionary()


def add_page_kind(app: Sphinx, kind: PageKind) -> None:
    """Makes every build of *app* write a page of this *kind*."""
    _kinds.setdefault(app, {})[kind.name] = kind


def page_kinds(app: Sphinx) -> dict[str, PageKind]:
    """Name -> kind, in the order they were added."""
    return _kinds.get(app, {})


def below_prefix(name: str, option: str = "") -> Callable[[Sphinx, Wiki], str]:
    """Returns a function that gives the docname of a page below the prefix of generated pages.

    :param option: name of an option; the page is written only if it is true.
    """

    def docname(app: Sphinx, _wiki: Wiki) -> str:
        is_written = not option or app.config[option]
        return f"{app.config.tropes_pages_prefix}/{name}" if is_written else ""

    return docname
