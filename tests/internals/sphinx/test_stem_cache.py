"""Stems of words for the search index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.internals.sphinx import stem_cache

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...conftest import Site


def test_each_word_is_stemmed_once(wiki: Site) -> None:
    caches = []
    wiki.build(
        on_app=lambda app: app.connect(
            "build-finished", lambda app, _error: caches.append(app.builder.indexer.lang.stem)
        )
    )
    (stem,) = caches
    assert stem.cache_info().hits


def test_without_it_the_same_pages_come_out(
    monkeypatch: pytest.MonkeyPatch, assert_same_pages: Callable[..., None]
) -> None:
    monkeypatch.setattr(stem_cache, "setup", lambda app: None)
    assert_same_pages()
