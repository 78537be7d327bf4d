"""Adds entries to Sphinx's search index that are found as they are written.

Touches: ``_index_entries`` and ``_titles`` of the builder's ``indexer``; changes the former.
Why: search knows the words of a title, but a reader may type a WikiWord. Sphinx loses the entries
of documents that it does not rewrite, so every build supplies all entries. Sphinx keeps those of
removed documents, and then fails with a ``KeyError``.
Seen in: Sphinx 8.2 to 9.2.
Remove when: a domain can give the search index more than one name for an object.
Upstream: none known.
Without it: search does not find WikiWords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

__all__ = ["add_entries"]


def add_entries(
    app: Sphinx, names: Callable[[], Mapping[str, AbstractSet[tuple[str, str]]]]
) -> None:
    """Adds names to the search index before it is written, if there is one.

    :param names: returns docname -> name and id of each place in the document.
    """
    indexer: Any = getattr(app.builder, "indexer", None)
    entries = getattr(indexer, "_index_entries", None)
    if entries is None:
        return
    for docname in entries.keys() - app.env.all_docs.keys():
        del entries[docname]
    written = getattr(indexer, "_titles", ())
    for docname, found in names().items():
        if docname in written:  # the others are not searched
            ours = {(name, anchor, "main") for name, anchor in found}
            entries[docname] = sorted({*entries.get(docname, ()), *ours})
