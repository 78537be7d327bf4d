"""Finds the user's documents with the name of a generated page: the generated page is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..messages import warn
from .aliases import as_file, told_apart
from .backlinks import backlinks_pages
from .kinds import page_kinds
from .site_map import NOT_FOUND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.application import Sphinx

    from ..wiki import Wiki

__all__ = ["all_collisions", "collisions", "report"]


def collisions(app: Sphinx, docnames: Iterable[str]) -> dict[str, str]:
    """Generated page -> the user's document with the same name, for each collision."""
    documents = {as_file(app.builder, docname): docname for docname in app.env.found_docs}
    found = ((docname, documents.get(as_file(app.builder, docname))) for docname in docnames)
    return {
        docname: document
        for docname, document in found
        if document is not None and docname != NOT_FOUND  # written only if the user has none
    }


def report(found: Mapping[str, str]) -> None:
    """Reports each collision as an error."""
    for docname, document in found.items():
        warn("collision", _sentence(docname, document), (document, None), is_error=True)


def _sentence(docname: str, document: str) -> str:
    return (
        f"the document {document!r} is where the generated page {docname!r} would be; "
        f"that page is left out (rename the document, or set tropes_pages_prefix)"
    )


def all_collisions(app: Sphinx, wiki: Wiki) -> Iterator[tuple[str, int, str]]:
    """What collides with a page of an HTML build: document, line, and the sentence to report."""
    prefix = app.config.tropes_pages_prefix
    below = f"{prefix}/".casefold()
    names = list(filter(None, (kind.docname(app, wiki) for kind in page_kinds(app).values())))
    if app.config.tropes_alias_pages:
        for page, sentence in told_apart(app.builder, wiki, names)[1]:
            yield page.source, page.line, sentence
    if not any(docname.casefold().startswith(below) for docname in app.env.found_docs):
        return  # finding all backlinks pages means visiting every link
    if app.config.tropes_backlinks_pages:
        names += backlinks_pages(prefix, wiki, wiki.targets)
    for docname, document in collisions(app, names).items():
        yield document, 1, _sentence(docname, document)
