"""Names as Sphinx's search finds them: written as one word, too.

The search knows the words of a title; a reader may type the WikiWord, as writers do. What it calls
index entries is looked for as it stands: each page gets its name and its aliases there. Sphinx
itself keeps the entries only of documents that it has just written, so all are given in each build.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ..domain import get_wiki

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
    indexer: Any = getattr(app.builder, "indexer", None)
    entries = getattr(indexer, "_index_entries", None)
    written = getattr(indexer, "_titles", ())
    if entries is not None:
        for docname in entries.keys() - app.env.all_docs.keys():
            # of a document that is gone: Sphinx forgets its title alone, and ends the build then
            del entries[docname]
        for docname, names in joined_names(get_wiki(app.env)).items():
            if docname in written:  # the others are not searched
                ours = {(name, anchor, "main") for name, anchor in names}
                entries[docname] = sorted({*entries.get(docname, ()), *ours})
    return ()


def setup(app: Sphinx) -> None:
    """Connects with the end of writing."""
    app.connect("html-collect-pages", _add_names)
