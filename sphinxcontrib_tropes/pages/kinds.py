"""Kinds of pages that have no source: the index, wanted pages, ... Each part of the extension adds its own.

Backlinks pages are no kind: a wiki has one for each name, see :mod:`.plan`.
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
    """Also the part of the wiki that it shows, in :class:`.invalidation.Invalidated`."""
    title: Callable[[], str]
    """Gives its title, in the language of the project."""
    docname: Callable[[Sphinx, Wiki], str]
    """Gives the docname; empty where the page is not written."""
    view_of: Callable[[Sphinx], Callable[[Wiki], tuple[Any, ...]]]
    """Gives what makes its view: everything that the page shows."""
    to_nodes: Callable[[Any, Pages], list[nodes.Node]]
    """The view as nodes."""
    is_searched: bool = True
    """Whether it is in the search index. Most pages repeat what others say."""
    is_listed: bool = False
    """Whether sitemaps list it."""
    metatags: Callable[[Sphinx], str] = lambda _app: ""
    """Gives what comes first in the head of the page."""
    settings: Callable[[Sphinx], tuple[Any, ...]] = lambda _app: ()
    """Gives what pages depend on for its sake, beside the wiki and the configuration."""

    def page_maker(self, app: Sphinx) -> Callable[[Wiki, Pages], list[nodes.Node]]:
        """Gives what makes the nodes of the page from the wiki, with what the build knows by now."""
        make_view = self.view_of(app)
        return lambda wiki, pages: self.to_nodes(make_view(wiki), pages)


_kinds: WeakKeyDictionary[Sphinx, dict[str, PageKind]] = WeakKeyDictionary()


def add_page_kind(app: Sphinx, kind: PageKind) -> None:
    """Has *kind* written in every build of *app*."""
    _kinds.setdefault(app, {})[kind.name] = kind


def page_kinds(app: Sphinx) -> dict[str, PageKind]:
    """Name -> kind, in the order in which they were added."""
    return _kinds.get(app, {})


def below_prefix(name: str, option: str = "") -> Callable[[Sphinx, Wiki], str]:
    """Gives the docname of a page that is among the generated ones.

    :param option: of the configuration, which must be true.
    """

    def docname(app: Sphinx, _wiki: Wiki) -> str:
        is_written = not option or app.config[option]
        return f"{app.config.tropes_pages_prefix}/{name}" if is_written else ""

    return docname
