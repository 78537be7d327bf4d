"""From a name to its page, and from a page to all that refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import Location, Position, Range

from ...names import slug
from .outline import outline_of, section_part
from .positions import Columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...wiki import DocumentFacts, PackedFacts
    from .open_wiki import Document, OpenWiki

__all__ = ["definition", "key_at", "location_of_page", "places_of", "references", "section_at"]

_START = Range(Position(0, 0), Position(0, 0))


def section_at(document: Document, offset: int) -> tuple[str, str, int, int] | None:
    """The section that a link names at *offset*: key of its page, slug, start and end of its
    spelling; None where there is none.
    """
    for place in document.reading.places:
        if place.section_at and place.section_at[0] <= offset <= place.section_at[1]:
            return (document.wiki.resolve(place.name).key, place.section, *place.section_at)
    for start, end, _is_anchor in document.reading.own_sections:
        if start - 1 <= offset <= end:
            own = document.wiki.page_of(document.path)
            return (own.key, slug(document.text[start:end]), start, end) if own else None
    return None


def key_at(document: Document, position: Position) -> str:
    """The key of the page that is named at *position*, else of the page itself; else empty."""
    offset = document.positions.offset(position)
    if place := document.at(offset):
        return document.wiki.resolve(place.name).key
    if section := section_at(document, offset):
        return section[0]
    own = document.wiki.page_of(document.path)
    return own.key if own else ""


def definition(document: Document, position: Position) -> Location | None:
    """Where the page, or the section, is that is named at *position*."""
    wiki, offset = document.wiki, document.positions.offset(position)
    if section := section_at(document, offset):
        return location_of_page(wiki, section[0], section[1])
    place = document.at(offset)
    if place is None:
        return None
    link = document.reading.facts.links[place.link] if place.link >= 0 else None
    return location_of_page(wiki, wiki.resolve(place.name).key, link.section if link else "")


def location_of_page(wiki: OpenWiki, key: str, section: str = "") -> Location | None:
    """Where a written page is; or a section of it, if it has that section."""
    page = wiki.wiki.pages.get(key)
    if page is None:
        return None
    path = wiki.path(page.docname)
    range_ = _START
    document = wiki.document(path) if section or page.facts.anchor else None
    if document is not None and section and document.kind == "trope":
        if part := section_part(outline_of(document.text), section):
            range_ = document.positions.range(*document.positions.words_of_line(part.start))
    elif document is not None and page.facts.anchor:
        range_ = document.positions.range(*document.positions.words_of_line(page.facts.line - 1))
    return Location(wiki.uri(path), range_)


def references(
    document: Document, position: Position, *, with_definition: bool = False
) -> list[Location]:
    """Where the page is named that is named at *position*, or that the document is."""
    wiki = document.wiki
    key = key_at(document, position)
    section = section_at(document, document.positions.offset(position))
    found = []
    if with_definition and (own := location_of_page(wiki, key)):
        found.append(own)
    for path, columns, _link in places_of(wiki, key, section[1] if section else ""):
        found.append(Location(wiki.uri(path), columns.range))
    return found


def places_of(wiki: OpenWiki, key: str, section: str = "") -> Iterator[tuple[str, Columns, int]]:
    """Each place where a page is named: path, columns, and the index of the link; -1 for a property.

    :param section: only links to this section.
    """
    if not key:
        return
    page = wiki.wiki.pages.get(key)
    named = {*wiki.wiki.sources(key), *_naming(wiki, key), *([page.docname] if page else ())}
    letters = section.replace("-", "")
    for docname in sorted(named):
        path = wiki.path(docname)
        facts = wiki.wiki.documents[docname]
        targets = facts.pointers.targets
        leads = {name: wiki.resolve(name).key == key for name in set(targets)}
        links = [at for at, name in enumerate(targets) if leads[name]]
        if section:
            links = [at for at in links if facts.links[at].section.replace("-", "") == letters]
        for at, columns in zip(links, wiki.columns(path, links), strict=False):
            if columns is not None:
                yield path, columns, at
        if not section and _is_named(wiki, facts, key):
            yield from _in_properties(wiki, path, key)


def _naming(wiki: OpenWiki, key: str) -> Iterator[str]:
    """The documents that name a page other than by a link."""
    for docname, facts in wiki.wiki.documents.items():
        if (facts.namings or facts.mentions) and _is_named(wiki, facts, key):
            yield docname


def _is_named(wiki: OpenWiki, facts: DocumentFacts | PackedFacts, key: str) -> bool:
    """Whether a property names a page, or a reference that may mean something else."""
    named = (*(n.target for n in facts.namings if n.target), *facts.mentions)
    return any(wiki.resolve(name).key == key for name in named)


def _in_properties(wiki: OpenWiki, path: str, key: str) -> Iterator[tuple[str, Columns, int]]:

    document = wiki.document(path)
    for place in document.reading.places if document else ():
        is_other = place.link < 0 and place.role != "alias"
        if is_other and wiki.resolve(place.name).key == key and document is not None:
            line, start = document.positions.columns_of(place.start)
            yield path, Columns(line, start, document.positions.columns_of(place.end)[1]), -1
