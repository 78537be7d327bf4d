"""Adds names to Sphinx's search as they are written, including WikiWords.

The search knows the words of a title, but a reader may type the WikiWord, as writers do. Sphinx's
search finds index entries as they are written, so each page gets its name and aliases as entries.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ..domain import get_wiki
from ..internals.sphinx.search_entries import add_entries

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..wiki import Wiki

__all__ = ["setup"]


def joined_names(wiki: Wiki) -> dict[str, set[tuple[str, str]]]:
    """Docname -> each name and alias of its pages that is not part of the title, without the
    namespace, and the id of the page.
    """
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for page in wiki.pages.values():
        if not page.facts.is_searched:
            continue
        names = [
            page.name,
            *(alias for alias in page.facts.aliases if _is_its(wiki, alias, page.key)),
        ]
        for bare in (name.partition("/")[2] for name in names):
            # search finds title words anyway; an entry would outrank a page with that very title
            if bare.lower() not in page.title.lower():
                found[page.docname].add((bare, page.facts.anchor))
    return found


def _is_its(wiki: Wiki, alias: str, key: str) -> bool:
    return wiki.resolve(alias).key == key


def _add_names(app: Sphinx) -> tuple[()]:
    """Adds the names to the search index before it is written."""
    add_entries(app, lambda: joined_names(get_wiki(app.env)))
    return ()


def setup(app: Sphinx) -> None:
    """Connects to the event at the end of writing."""
    app.connect("html-collect-pages", _add_names)
