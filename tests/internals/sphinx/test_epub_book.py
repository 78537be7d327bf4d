"""What a book needs of the EPUB builder."""

from __future__ import annotations

import re
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


def test_without_it_the_reading_order_has_files_that_are_not_there(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = "Wiki\n====\n\n.. toctree::\n\n   12 O'Clock\n   Éclair\n   100% <b> & 2\n"
    site.write({"index.rst": contents, "12 O'Clock.trope": "x\n", "Éclair.trope": "x\n"})
    site.write({"100% <b> & 2.trope": "x\n"})
    assert unknown_in_order(build(site, "with")[0]) == set()
    name = "sphinxcontrib_tropes.build.epub.name_files"
    monkeypatch.setattr(name, lambda *_given: None)
    assert unknown_in_order(build(site, "without")[0])


def unknown_in_order(package: str) -> set[str]:
    """The ids in the reading order that are no files, and those that are there twice."""
    order = re.findall(r'<itemref idref="([^"]+)"', package)
    twice = {id_ for id_ in order if order.count(id_) > 1}
    return {*order} - {*re.findall(r'<item [^>]*id="([^"]+)"', package)} | twice


def test_the_setting_is_restored(site: Site) -> None:
    configs = []
    site.write(FILES).build("epub", on_app=lambda app: configs.append(app.config))
    assert "B.xhtml" not in configs[0].epub_exclude_files
