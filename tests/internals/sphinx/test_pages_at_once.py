"""Pages that are written before the rest of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...conftest import Site
from .live_edit import edited

if TYPE_CHECKING:
    from pathlib import Path


def test_without_it_the_same_pages_come_out(tmp_path: Path) -> None:
    usual, without = Site(tmp_path / "usual"), Site(tmp_path / "without")
    assert edited(usual) == edited(without, first=False)
