"""Nodes that become nodes of another class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils import new_document

from sphinxcontrib_tropes.internals.docutils import fast_walk
from sphinxcontrib_tropes.internals.docutils.node_class import change_class

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def test_who_holds_the_node_holds_the_changed_one() -> None:
    document = held = new_document("a.txt")
    document += nodes.paragraph("x", "x", ids=["here"])
    change_class(document, fast_walk.document)
    assert type(held) is fast_walk.document
    assert [node["ids"] for node in held.findall(nodes.paragraph)] == [["here"]]


def test_without_it_the_same_pages_come_out(
    monkeypatch: pytest.MonkeyPatch, assert_same_pages: Callable[..., None]
) -> None:
    for name in ("markup.parser", "internals.sphinx.page_writer", "rendering.other_extensions"):
        monkeypatch.setattr(f"sphinxcontrib_tropes.{name}.change_class", lambda node, kind: None)
    assert_same_pages()
