"""The search index that is kept from build to build."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from ...conftest import Site
from .live_edit import edited

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_without_it_the_same_pages_come_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = edited(Site(tmp_path / "usual"))
    kept = "sphinxcontrib_tropes.internals.sphinx.kept_search_index.KeptSearchIndex.used"
    monkeypatch.setattr(kept, lambda _self: nullcontext())
    assert edited(Site(tmp_path / "without")) == usual
