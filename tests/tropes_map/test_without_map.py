"""The map is a part that can be left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..conftest import AWKWARD, Site
from ..sphinx.reading import warnings_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_wiki_without_the_map_lacks_its_pages_and_files_alone(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write(AWKWARD)
    whole = site.build()
    monkeypatch.setattr("sphinxcontrib_tropes.tropes_map.setup", lambda app: None)
    rest = site.build(out="rest", doctrees="rest-doctrees")
    assert warnings_of(site) == []
    names = {path.relative_to(whole).as_posix() for path in whole.rglob("*") if path.is_file()}
    kept = {path.relative_to(rest).as_posix() for path in rest.rglob("*") if path.is_file()}
    assert kept < names
    assert all(
        re.match(r"(404|tropes/graph)\.html|tropes/data/atlas/", name) for name in names - kept
    )
    for page in rest.rglob("*.html"):
        assert "tropes/graph" not in page.read_text("utf-8")
    changed = [
        name
        for name in kept
        if name.endswith(".html") and without_ways(whole / name) != without_ways(rest / name)
    ]
    assert changed == ["tropes/index.html"]  # which links to the map


def without_ways(page: Path) -> str:
    """The text of a page without the line that leads to the map."""
    return re.sub(r'<nav class="trope-ways.*?</nav>', "", page.read_text("utf-8"), flags=re.DOTALL)
