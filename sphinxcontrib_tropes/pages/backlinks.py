"""Finds the backlinks pages: one for each name that is referred to, in parts if there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..wiki.views.site_pages import backlinks_parts
from .site_map import backlinks_docname

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..wiki import Wiki

__all__ = ["backlinks_pages"]


def backlinks_pages(prefix: str, wiki: Wiki, keys: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Docname -> key of the name and part, for each backlinks page of *keys*."""
    found = {}
    for key in keys:
        if not wiki.is_target(key):
            continue
        page = wiki.pages.get(key)
        name = page.name if page else wiki.wanted_name(key)
        if not name:
            continue  # a page of another project
        docname = backlinks_docname(prefix, name)
        found[docname] = key, 1
        for part in range(2, backlinks_parts(wiki, key) + 1):
            found[f"{docname}/{part}"] = key, part
    return found
