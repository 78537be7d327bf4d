"""What other extensions and themes are given of a page that is about to be written.

They add links to its source, dates, descriptions, a place in a sitemap. For that a page without a
source has to look as Sphinx's own do, its index for one; and text that a stylesheet or our writer
covers is not to be read off the doctree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from .drawn import trope_drawing
from .markup.lower import replace
from .markup.nodes import trope_note, trope_note_block, trope_spoiler, trope_spoiler_block
from .render import (
    trope_aside,
    trope_backlinks_list,
    trope_copy,
    trope_filter,
    trope_fold,
    trope_nav,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["Sitemap", "cover", "cover_later", "describe", "look_sourceless"]


def look_sourceless(pagename: str, context: dict[str, Any]) -> None:
    """Takes from the *context* of a page all that tells of a source."""
    # As for a page that Sphinx itself makes. An empty name would not do: it is looked up.
    for name in ("sourcename", "page_source_suffix"):
        context.pop(name, None)
    context["has_source"] = False
    # sphinx-immaterial takes whatever has a body for a document
    context["meta"] = {**(context.get("meta") or {}), "hide-edit-link": True}
    has_document: Callable[[str], bool] | None = context.get("hasdoc")
    if has_document is not None:  # sphinx-rtd-theme asks it for the page itself
        context["hasdoc"] = lambda name: name != pagename and has_document(name)


def describe(context: dict[str, Any], description: str) -> None:
    """Gives sphinxext-opengraph a *description*, if the page has none of its own.

    ``<meta name="description">`` it leaves as it is; of that for links it makes its own from the
    first words of the page.
    """
    meta = context.get("meta") or {}
    context["meta"] = {"og:description": escape(description), **meta}


# -- spoilers


def _nothing(node: nodes.Element) -> list[nodes.Node]:
    return []


def _ellipsis(node: nodes.Element) -> list[nodes.Node]:
    return [nodes.Text(node.astext())]


_COVERED: dict[type[nodes.Element], Callable[[nodes.Element], list[nodes.Node]]] = {
    trope_spoiler: _ellipsis,
    trope_spoiler_block: _nothing,
    trope_note: _nothing,
    trope_note_block: _nothing,
    # what other pages say, and what is no text
    trope_aside: _nothing,
    trope_backlinks_list: _nothing,
    trope_copy: _nothing,
    trope_drawing: _nothing,
    trope_filter: _nothing,
    trope_fold: _nothing,
    trope_nav: _nothing,
}
"""What others read in the place of a node."""


def cover(root: nodes.Element) -> None:
    """Takes from below *root* what spoilers, notes and panels hold."""
    replace(root, _COVERED)


class _document(nodes.document):
    """A document that is covered when somebody looks into it: hardly anybody does."""

    @property  # type: ignore[override]
    def children(self) -> list[nodes.Node]:
        """What is in it, without what spoilers, notes and panels hold."""
        # a copy of it is there before its children are, and has none to cover
        self.__class__ = self.__dict__.pop("_class", nodes.document)
        cover(self)
        return self.children

    @children.setter
    def children(self, children: list[nodes.Node]) -> None:
        self.__dict__["children"] = children


# visitors go by the name of the class
_document.__name__ = "document"


def cover_later(doctree: nodes.document) -> None:
    """Covers a *doctree* that is written already, as soon as somebody looks into it."""
    doctree.__dict__["_class"] = doctree.__class__
    doctree.__class__ = _document


# -- sitemaps


class Sitemap:
    """Keeps pages without content of their own out of the sitemaps that others write."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._config: Any = app.config
        self._excluded: Any = getattr(app.config, "sitemap_excludes", None)

    def list(self, *, is_listed: bool) -> None:
        """Tells sphinx-sitemap whether the page that is written next is listed."""
        # A pattern for each page would be tried with every other page.
        if self._excluded is not None:
            self._config.sitemap_excludes = self._excluded if is_listed else ["*"]

    @property
    def is_of_theme(self) -> bool:
        """Whether it is sphinx-immaterial that lists pages: it has no such setting."""
        return self._config.html_theme == "sphinx_immaterial" and bool(self._site)

    @property
    def _site(self) -> str:
        return str(self._config.html_theme_options.get("site_url", "")).rstrip("/")

    def prune(self, unlisted: Iterable[str]) -> None:
        """Takes documents out of what that theme is about to list."""
        links: Any = getattr(self._app, "sitemap_links", None)
        uri = self._app.builder.get_target_uri
        out = {f"{self._site}/{uri(docname)}" for docname in unlisted}
        if links:
            links[:] = [link for link in links if link not in out]
