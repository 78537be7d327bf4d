"""The wiki as data: the contents of ``tropes.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...names import path_of
from ..facts.document import COVER, link_anchor
from ..text.excerpts import SPOILER
from .schema import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..analysis.co_citation import Related
    from ..index.records import WikiPage
    from ..wiki import Wiki

__all__ = [
    "as_data",
    "documents_data",
    "links_data",
    "page_data",
    "pages_by_name",
    "redirects_data",
    "unlinked_data",
    "wanted_data",
]


def as_data(
    wiki: Wiki,
    url: Callable[[str, str], str],
    project: str = "",
    aliases: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The whole wiki as JSON values: sorted, the same for the same sources.

    Contexts have ``[spoiler]`` instead of what a spoiler hides.

    :param url: docname and id -> address, relative to the root of the site.
    :param project: name of the project.
    :param aliases: as for :func:`redirects_data`.
    """
    return {
        "version": VERSION,
        "project": project,
        "pages": [page_data(wiki, url, page) for page in pages_by_name(wiki)],
        "wanted": wanted_data(wiki),
        "documents": list(documents_data(wiki, url)),
        "links": [entry for docname in wiki.documents for entry in links_data(wiki, url, docname)],
        "unlinked": unlinked_data(wiki, url),
        "redirects": redirects_data(wiki, url, aliases or {}),
    }


def pages_by_name(wiki: Wiki) -> list[WikiPage]:
    """The pages, without redirects: those are aliases of their targets."""
    pages = (page for page in wiki.pages.values() if wiki.resolve(page.name).key == page.key)
    return sorted(pages, key=lambda page: page.name)


def page_data(wiki: Wiki, url: Callable[[str, str], str], page: WikiPage) -> dict[str, Any]:
    """The entry of a page."""
    entry = {
        "name": page.name,
        "title": page.title,
        "url": url(page.docname, page.facts.anchor),
        "namespace": page.namespace,
        "laconic": page.facts.laconic,
        "aliases": list(wiki.aliases.get(page.key, ())),
        "relations": [
            {"kind": relation.kind, "name": wiki.pages[relation.other].name}
            for relation in wiki.relations(page.key)
        ],
        "related": [_related(wiki, url, found) for found in wiki.related(page.key)],
        "indexes": sorted(map(wiki.index_name, wiki.indexes_of.get(page.key, ()))),
    }
    if page.facts.excluded:
        entry["excluded"] = list(page.facts.excluded)
    return entry


def redirects_data(
    wiki: Wiki, url: Callable[[str, str], str], aliases: Mapping[str, str]
) -> list[dict[str, str]]:
    """The entries of addresses that lead on to a page: redirects, and *aliases*.

    :param aliases: canonical name of each alias with an address -> that address.
    """
    own = (page for page in wiki.pages.values() if page.facts.redirect)
    addresses = {page.name: url(page.docname, page.facts.anchor) for page in own}
    found = []
    for name, address in sorted({**aliases, **addresses}.items()):
        to = wiki.resolve(name)
        if to.kind == "page" and to.name != name:
            found.append({"name": name, "target": to.name, "url": address})
    return found


def wanted_data(wiki: Wiki) -> list[dict[str, Any]]:
    """The entries of wanted pages."""
    found = ({"name": wanted.name, "wants": wanted.wants} for wanted in wiki.wanted)
    return sorted(found, key=lambda wanted: wanted["name"])


def documents_data(wiki: Wiki, url: Callable[[str, str], str]) -> Iterator[dict[str, str]]:
    """The entries of documents with links outside any page."""
    for docname in wiki.documents_outside:
        title = wiki.documents[docname].title
        yield {"name": docname, "title": title, "url": url(docname, "")}


def _related(wiki: Wiki, url: Callable[[str, str], str], found: Related) -> dict[str, Any]:
    return {
        "name": wiki.pages[found.key].name,
        "score": found.score,
        "url": url(found.docname, found.anchor),
        "context": str(found.excerpt),
    }


def unlinked_data(wiki: Wiki, url: Callable[[str, str], str]) -> list[dict[str, Any]]:
    """The entries of unlinked mentions."""
    return [
        {
            "source": source.name or source.docname,
            "target": wiki.pages[key].name,
            "url": url(source.docname, source.mentions[0].anchor),
            "context": str(source.mentions[0].excerpt),
        }
        for key in wiki.pages
        for source in wiki.unlinked(key)
    ]


def links_data(
    wiki: Wiki, url: Callable[[str, str], str], docname: str
) -> Iterator[dict[str, Any]]:
    """The entries of a document's links."""
    facts = wiki.documents[docname]
    for link in facts.links:
        resolution = wiki.resolve(link.target)
        before, words, after = context = wiki.context(docname, link)
        if COVER in (text := before + words + after):
            before, words, after = (part.replace(COVER, SPOILER) for part in context)
            text = before + words + after
        entry: dict[str, Any] = {
            "source": facts.pages[link.page].name if link.page >= 0 else docname,
            "target": wiki.wanted_name(resolution.key) or resolution.name,
            "url": url(docname, link_anchor(path_of(link.target), link.nth)),
            "context": text,
            "words": [len(before), len(before) + len(words)],
        }
        if link.in_spoiler:
            entry["in_spoiler"] = True
        if link.played:
            entry["played"] = link.played.split()
        if resolution.project:
            entry["project"] = resolution.project
        yield entry
