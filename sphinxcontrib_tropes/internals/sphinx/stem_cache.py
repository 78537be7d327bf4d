"""Stems of words for the search index, each found once.

Sphinx asks for the stem of each word once for each page that has it, and in Python that is a fifth
of a build: a wiki of a thousand pages has its words a hundred times over.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

__all__ = ["setup"]


def _remember(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Lets the language of the index remember what it has stemmed, for the rest of this build."""
    indexer: Any = getattr(app.builder, "indexer", None)
    if indexer is not None and not hasattr(indexer.lang.stem, "cache_info"):
        indexer.lang.stem = cache(indexer.lang.stem)


def setup(app: Sphinx) -> None:
    """Connects with the first page that is about to be written: then there is an index."""
    app.connect("doctree-resolved", _remember)
