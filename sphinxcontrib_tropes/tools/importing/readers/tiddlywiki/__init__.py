"""Reads TiddlyWiki: files of one tiddler, and the tiddlers in a wiki that is one file."""

from __future__ import annotations

from .reader import READER, TiddlyWiki
from .store import Tiddler, is_store, tiddlers

__all__ = ["READER", "Tiddler", "TiddlyWiki", "is_store", "tiddlers"]
