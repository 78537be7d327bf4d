"""The wiki as data: what ``tropes.json`` holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..names import path_of
from .excerpts import excerpt
from .facts import link_anchor

if TYPE_CHECKING:
    from collections.abc import Callable

    from .graph import Wiki

__all__ = ["VERSION", "as_data"]

VERSION = 1


def as_data(wiki: Wiki, url: Callable[[str, str], str]) -> dict[str, Any]:
    """The whole wiki as values that JSON can hold: sorted, the same for the same sources.

    What spoilers hide is not in it: a context has ``[spoiler]`` in its place.

    :param url: document name and id -> address, relative to the root of the site.
    """
    return {
        "version": VERSION,
        "pages": sorted(_pages(wiki, url), key=lambda page: page["name"]),
        "wanted": sorted(
            ({"name": wanted.name, "wants": wanted.wants} for wanted in wiki.wanted),
            key=lambda wanted: wanted["name"],
        ),
        "links": list(_links(wiki, url)),
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
            }
        )
    return pages


def _links(wiki: Wiki, url: Callable[[str, str], str]) -> list[dict[str, Any]]:
    links = []
    for docname, facts in wiki.documents.items():
        for link in facts.links:
            resolution = wiki.resolve(link.target)
            path = path_of(link.target)
            context = excerpt(facts.texts[link.block], link.start, link.end, wiki.context_length)
            links.append(
                {
                    "source": facts.pages[link.page].name if link.page >= 0 else docname,
                    "target": wiki.wanted_names.get(resolution.key, resolution.name),
                    "url": url(docname, link_anchor(path, link.nth)),
                    "context": str(context),
                }
            )
    return links
