"""What a page can be excluded from."""

from __future__ import annotations

__all__ = ["BACKLINKS", "EXCLUDABLE", "GRAPH", "INDEX", "SEARCH"]

BACKLINKS = "backlinks"
GRAPH = "graph"
INDEX = "index"
SEARCH = "search"
EXCLUDABLE = (BACKLINKS, GRAPH, INDEX, SEARCH)
"""The words, as writers spell them."""
