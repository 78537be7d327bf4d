"""What builders can do: asked here and nowhere else."""

from __future__ import annotations

from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.util.osutil import relative_uri

__all__ = ["foreign_uri", "has_generated_pages", "is_html_page", "writes_directly"]


def has_generated_pages(builder: Builder) -> bool:
    """Whether *builder* writes the documents without a source."""
    return isinstance(builder, StandaloneHTMLBuilder) and not isinstance(
        builder, SingleFileHTMLBuilder
    )


def writes_directly(builder: Builder) -> bool:
    """Whether backlinks pages are written without being documents of Sphinx: there are as many as
    a wiki has names, and half of what Sphinx does for a document is in vain for them. Other
    builders change doctrees before they write them.
    """
    return builder.name in ("html", "dirhtml")


def foreign_uri(builder: Builder, docname: str, uri: str) -> str:
    """The address *uri* in another wiki, seen from a document; empty where that can't be told:
    what is relative to this site means nothing in a book.
    """
    if "://" in uri:
        return uri
    if not has_generated_pages(builder) or builder.name == "epub":
        return ""
    path, hash_, fragment = uri.partition("#")
    return relative_uri(builder.get_target_uri(docname), path) + hash_ + fragment


def is_html_page(builder: Builder) -> bool:
    """Whether *builder* makes pages that a browser shows with styles and scripts."""
    return has_generated_pages(builder) or builder.name == "singlehtml"
