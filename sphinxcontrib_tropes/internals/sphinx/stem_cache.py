"""Computes each stem for the search index only once.

Touches: ``stem`` of the language of the builder's ``indexer``, replaced on the object.
Why: Sphinx stems each word again for each page that has it. In Python this is a fifth of a build: a
wiki of 1,000 pages has each word a hundred times over.
Seen in: Sphinx 8.2 to 9.2.
Remove when: Sphinx caches stems, or requires PyStemmer (eight times as fast).
Upstream: https://github.com/snowballstem/snowball/pull/114, which removed such a cache.
Without it: the same pages, more slowly.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

__all__ = ["setup"]


def _remember(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Caches the stems of the index, for the rest of this build."""
    indexer: Any = getattr(app.builder, "indexer", None)
    if indexer is not None and not hasattr(indexer.lang.stem, "cache_info"):
        indexer.lang.stem = cache(indexer.lang.stem)


def setup(app: Sphinx) -> None:
    """Connects the cache to the first page written: by then there is an index."""
    app.connect("doctree-resolved", _remember)
