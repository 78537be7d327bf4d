"""The wiki as data: what ``tropes.json`` holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..names import path_of
from .excerpts import SPOILER
from .facts import COVER, link_anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .graph import Wiki
    from .related import Related

__all__ = ["SPOILER", "VERSION", "as_data"]

VERSION = 1


def as_data(wiki: Wiki, url: Callable[[str, str], str], project: str = "") -> dict[str, Any]:
    """The whole wiki as values that JSON can hold: sorted, the same for the same sources.

    What spoilers hide is not in it: a context has ``[spoiler]`` in its place.

    :param url: document name and id -> address, relative to the root of the site.
    :param project: what the project calls itself.
    """
    return {
        "version": VERSION,
        "project": project,
        "pages": sorted(_pages(wiki, url), key=lambda page: page["name"]),
        "wanted": sorted(
            ({"name": wanted.name, "wants": wanted.wants} for wanted in wiki.wanted),
            key=lambda wanted: wanted["name"],
        ),
        "documents": list(_documents(wiki, url)),
        "links": list(_links(wiki, url)),
        "unlinked": _unlinked(wiki, url),
    }


def _pages(wiki: Wiki, url: Callable[[str, str], str]) -> list[dict[str, Any]]:
    pages = []
    for page in wiki.pages.values():
        resolution = wiki.resolve(page.name)
        if resolution.key != page.key:
            continue  # a redirect: an alias of the page it leads to
        pages.append(
            {
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
        )
    return pages


def _documents(wiki: Wiki, url: Callable[[str, str], str]) -> Iterator[dict[str, str]]:
    """The documents that link to pages from outside any page."""
    for docname, facts in wiki.documents.items():
        if any(link.page < 0 for link in facts.links):
            yield {"name": docname, "title": facts.title, "url": url(docname, "")}


def _related(wiki: Wiki, url: Callable[[str, str], str], found: Related) -> dict[str, Any]:
    return {
        "name": wiki.pages[found.key].name,
        "score": found.score,
        "url": url(found.docname, found.anchor),
        "context": str(found.excerpt),
    }


def _unlinked(wiki: Wiki, url: Callable[[str, str], str]) -> list[dict[str, Any]]:
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


def _links(wiki: Wiki, url: Callable[[str, str], str]) -> Iterator[dict[str, Any]]:
    for docname, facts in wiki.documents.items():
        for link in facts.links:
            resolution = wiki.resolve(link.target)
            path = path_of(link.target)
            context = wiki.context(docname, link)
            before, words, after = (part.replace(COVER, SPOILER) for part in context)
            entry: dict[str, Any] = {
                "source": facts.pages[link.page].name if link.page >= 0 else docname,
                "target": wiki.wanted_names.get(resolution.key, resolution.name),
                "url": url(docname, link_anchor(path, link.nth)),
                "context": before + words + after,
                "words": [len(before), len(before) + len(words)],
            }
            if link.in_spoiler:
                entry["in_spoiler"] = True
            if resolution.project:
                entry["project"] = resolution.project
            yield entry
