"""Names as Sphinx's search finds them: written as one word, too.

The search knows the words of a title; a reader may type the WikiWord, as writers do. What it calls
index entries is found as it is written: each page gets its name and its aliases there.
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
    """Docname -> each name and alias of its pages that does not stand in their titles, without the
    namespace; and the id of the page.
    """
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for page in wiki.pages.values():
        names = [
            page.name,
            *(alias for alias in page.facts.aliases if _is_its(wiki, alias, page.key)),
        ]
        for bare in (name.partition("/")[2] for name in names):
            # a word of the title is found without, and the page of that very title before this one
            if bare.lower() not in page.title.lower():
                found[page.docname].add((bare, page.facts.anchor))
    return found


def _is_its(wiki: Wiki, alias: str, key: str) -> bool:
    return wiki.resolve(alias).key == key


def _add_names(app: Sphinx) -> tuple[()]:
    """Puts the names into the index that is about to be written."""
    add_entries(app, lambda: joined_names(get_wiki(app.env)))
    return ()


def setup(app: Sphinx) -> None:
    """Connects with the end of writing."""
    app.connect("html-collect-pages", _add_names)
