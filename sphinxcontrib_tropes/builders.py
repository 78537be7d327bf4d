"""What each builder can do: the only module that compares builder names."""

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
    """What one builder can do."""

    has_generated_pages: bool
    """Whether it writes pages without a source: the index, backlinks."""
    has_ids: bool
    """Whether it writes HTML, where each link has an id."""
    keeps_state: bool = True
    """Whether it writes only outdated pages, so that its output directory stores a state. Others
    write everything in each build, or write nothing that other pages contribute to.
    """
    writes_directly: bool = False
    """Whether it writes backlinks pages that are not documents. There is one for each name in the
    wiki, and half of what Sphinx does for a document is wasted on them. Other builders change
    doctrees before they write them.
    """
    is_served: bool = False
    """Whether a web server shows the pages, and our own page for unknown addresses."""
    has_folders: bool = False
    """Whether each page is the ``index.html`` of a folder."""
    is_one_page: bool = False
    is_book: bool = False
    """Whether it writes HTML for a book, EPUB or other: no scripts or data for them, no drawings,
    no automatic redirects. What only EPUB has is in :mod:`.build.epub` and
    :mod:`.internals.sphinx.epub_book`.
    """
    is_assembled: bool = False
    """Whether it makes one document of all that its tables of contents lead to."""
    is_paper: bool = False
    """Whether it has page numbers instead of links."""
    has_spans: bool = True
    """Whether cells of its tables can span rows and columns."""
    is_for_translators: bool = False
    """Whether it collects the messages of sources, without what other pages contribute."""

    @property
    def has_chapters(self) -> bool:
        """Whether it holds what tables of contents lead to, in their order."""
        return self.is_book or self.is_assembled

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
    "singlehtml": {"is_one_page": True, "is_assembled": True, "keeps_state": False},
    "epub": {"is_book": True},
    "latex": {"is_paper": True, "is_assembled": True, "keeps_state": False},
    "gettext": {"is_for_translators": True, "keeps_state": False},
    "man": {"keeps_state": False, "has_spans": False},
    "texinfo": {"is_assembled": True, "keeps_state": False},
    "linkcheck": {"keeps_state": False},
    "dummy": {"keeps_state": False},
    "changes": {"keeps_state": False},
    "coverage": {"keeps_state": False},
    "doctest": {"keeps_state": False},
    "tropes-health": {"keeps_state": False},
}


def abilities(builder: Builder) -> Abilities:
    """What *builder* can do; for a builder of another extension, by its base class."""
    has_generated_pages = isinstance(builder, StandaloneHTMLBuilder) and not isinstance(
        builder, SingleFileHTMLBuilder
    )
    named = _BY_NAME.get(builder.name, {})
    return Abilities(has_generated_pages, builder.format == "html", **named)


def foreign_uri(builder: Builder, docname: str, uri: str) -> str:
    """The address *uri* in another wiki, relative to a document. Empty if *uri* is relative to this
    site and the builder writes no site, but a book, for example.
    """
    if "://" in uri:
        return uri
    able = abilities(builder)
    if not able.has_generated_pages or able.is_book:
        return ""
    path, hash_, fragment = uri.partition("#")
    return relative_uri(builder.get_target_uri(docname), path) + hash_ + fragment
