"""Pages from nodes, without a document of Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxcontrib_tropes.internals.sphinx.page_writer import PageWriter
from sphinxcontrib_tropes.internals.sphinx.virtual_documents import (
    VirtualDocument,
    register,
    unregister,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def test_without_it_the_same_pages_come_out(
    monkeypatch: pytest.MonkeyPatch, assert_same_pages: Callable[..., None]
) -> None:
    written = []

    def write(writer: Any, docname: str, title: str, page: Any) -> None:
        written.append(docname)
        register(writer._env, {docname: VirtualDocument(title, is_searched=False)}, {})
        writer._builder.write_doc(docname, page)
        unregister(writer._env, [docname], [])

    monkeypatch.setattr(PageWriter, "write", write)
    assert_same_pages()
    assert "tropes/backlinks/main/humanzoo" in written
