"""Reads DokuWiki: the files of its ``data/pages``. Needs no Pandoc, which has this format only in part."""

from __future__ import annotations

from .reader import DokuWiki

__all__ = ["READER", "DokuWiki"]

READER = DokuWiki()
