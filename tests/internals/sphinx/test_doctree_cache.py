"""Doctrees are not kept in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.internals.sphinx import doctree_cache

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...conftest import Site


def test_at_most_one_doctree_is_kept(wiki: Site) -> None:
    kept: list[int] = []

    def count(app, env):
        kept.append(len(env._write_doc_doctree_cache))

    wiki.build(on_app=lambda app: app.connect("env-updated", count))
    assert kept == [1]


def test_without_it_the_same_pages_come_out(
    monkeypatch: pytest.MonkeyPatch, assert_same_pages: Callable[..., None]
) -> None:
    monkeypatch.setattr(doctree_cache, "setup", lambda app: None)
    assert_same_pages()
