"""Reads a page of Markdown in a test."""

from __future__ import annotations

from sphinxcontrib_tropes.tools.importing.readers import Page
from sphinxcontrib_tropes.tools.importing.readers.markdown import READER
from sphinxcontrib_tropes.tools.importing.remarks import Remarks
from sphinxcontrib_tropes.tools.importing.tree import Block, Document, Inline, Paragraph

__all__ = ["READER", "blocks", "document", "kinds", "line"]


def document(text: str, key: str = "Folder/Some note", remarks: Remarks | None = None) -> Document:
    """The page."""
    return READER.read(text, Page(key, remarks or Remarks(), {}))


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of the page."""
    return document(text).blocks


def line(text: str) -> tuple[Inline, ...]:
    """What stands in the only paragraph of the page."""
    (paragraph,) = blocks(text)
    assert isinstance(paragraph, Paragraph)
    return paragraph.children


def kinds(text: str) -> list[str]:
    """The kinds of the remarks on the page."""
    remarks = Remarks()
    document(text, remarks=remarks)
    return [remark.kind for remark in remarks.found]
