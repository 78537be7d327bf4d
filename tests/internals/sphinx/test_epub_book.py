"""What a book needs of the EPUB builder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from ...conftest import Site

FILES: dict[str, str | bytes | None] = {
    "index.rst": "Wiki\n====\n\n.. toctree::\n\n   A\n",
    "A.trope": "Text.\n",
    "B.trope": "(:redirect A:)\n",
}


def build(site: Site, out: str) -> tuple[str, str]:
    """The package of the book, and its first page."""
    folder: Path = site.build("epub", out=out, doctrees=f"{out}-d", language="ar")
    return (folder / "content.opf").read_text("utf-8"), (folder / "index.xhtml").read_text("utf-8")


def test_without_it_redirects_stay_and_text_has_no_direction(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, page = build(site.write(FILES), "with")
    assert "B.xhtml" not in package
    assert 'dir="rtl"' in page
    for name in ("leave_out", "write_right_to_left"):
        monkeypatch.setattr(f"sphinxcontrib_tropes.build.epub.{name}", lambda *_given: None)
    package, page = build(site, "without")
    assert "B.xhtml" in package
    assert 'dir="rtl"' not in page


def test_the_setting_is_restored(site: Site) -> None:
    configs = []
    site.write(FILES).build("epub", on_app=lambda app: configs.append(app.config))
    assert "B.xhtml" not in configs[0].epub_exclude_files
