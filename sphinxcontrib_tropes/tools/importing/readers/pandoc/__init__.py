"""Reads what Pandoc reads: Creole, VimWiki, TWiki, TikiWiki, Textile, Muse, HTML, Word, OpenDocument, EPUB."""

from __future__ import annotations

from .reader import READERS, PandocReader

__all__ = ["READERS", "PandocReader"]
