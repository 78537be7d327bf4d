"""What builders can do: the one place that compares their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.util.osutil import relative_uri

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.builders import Builder

__all__ = ["Abilities", "abilities", "foreign_uri"]


class Abilities(NamedTuple):
    """What one builder does."""

    has_generated_pages: bool
    """Writes pages that have no source: the index, backlinks."""
    has_ids: bool
    """Writes HTML, where each link has an id."""
    keeps_state: bool = True
    """Writes only what is out of date, so the state of the output directory is stored in it. Others
    write everything in each build, or nothing that another page contributes to.
    """
    writes_directly: bool = False
    """Backlinks pages are written without being documents of Sphinx: there are as many as the wiki
    has names, and half of what Sphinx does for a document is wasted on them. Other builders change
    doctrees before they write them.
    """
    is_served: bool = False
    """A web server shows the pages, and a page of ours where it finds none."""
    has_folders: bool = False
    """Each page is the ``index.html`` of a folder."""
    is_one_page: bool = False
    is_book: bool = False
    """HTML in a book, EPUB or other: no scripts, no data for them, no drawings, no redirects that lead on.
    What only EPUB has is in :mod:`.build.epub` and :mod:`.internals.sphinx.epub_book`.
    """
    is_paper: bool = False
    """Has page numbers in place of links."""
    is_for_translators: bool = False
    """Collects the messages of sources, without what other pages contribute."""

    @property
    def is_for_browsers(self) -> bool:
        """Whether pages have stylesheets."""
        return self.has_generated_pages or self.is_one_page

    @property
    def has_scripts(self) -> bool:
        """Whether pages load the scripts of the extension."""
        return self.is_for_browsers and not self.is_book


_BY_NAME: Mapping[str, Mapping[str, bool]] = {
    "html": {"writes_directly": True, "is_served": True},
    "dirhtml": {"writes_directly": True, "is_served": True, "has_folders": True},
    "singlehtml": {"is_one_page": True, "keeps_state": False},
    "epub": {"is_book": True},
    "latex": {"is_paper": True, "keeps_state": False},
    "gettext": {"is_for_translators": True, "keeps_state": False},
    "man": {"keeps_state": False},
    "texinfo": {"keeps_state": False},
    "linkcheck": {"keeps_state": False},
    "dummy": {"keeps_state": False},
    "changes": {"keeps_state": False},
    "coverage": {"keeps_state": False},
    "doctest": {"keeps_state": False},
    "tropes-health": {"keeps_state": False},
}


def abilities(builder: Builder) -> Abilities:
    """What *builder* does; for one of another extension, by its class."""
    has_generated_pages = isinstance(builder, StandaloneHTMLBuilder) and not isinstance(
        builder, SingleFileHTMLBuilder
    )
    named = _BY_NAME.get(builder.name, {})
    return Abilities(has_generated_pages, builder.format == "html", **named)


def foreign_uri(builder: Builder, docname: str, uri: str) -> str:
    """The address *uri* in another wiki, seen from a document; empty if it has none there: what is
    relative to this site means nothing in a book.
    """
    if "://" in uri:
        return uri
    able = abilities(builder)
    if not able.has_generated_pages or able.is_book:
        return ""
    path, hash_, fragment = uri.partition("#")
    return relative_uri(builder.get_target_uri(docname), path) + hash_ + fragment
