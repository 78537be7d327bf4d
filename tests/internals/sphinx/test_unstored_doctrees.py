"""Doctrees that are read and not stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxcontrib_tropes.internals.sphinx.unstored_doctrees import unstored_doctrees
from sphinxcontrib_tropes.tools.project import open_project

from ...conftest import AWKWARD, Site

if TYPE_CHECKING:
    from collections.abc import Callable


def read(site: Site, is_unstored: Callable[[str], bool]) -> tuple[set[str], object]:
    """The doctrees that are stored, and what is read."""
    with open_project(site.source) as app:
        with unstored_doctrees(app.builder, is_unstored):
            app.builder.read()
        folder = Path(app.doctreedir)
        stored = {
            path.relative_to(folder).with_suffix("").as_posix()
            for path in folder.rglob("*.doctree")
        }
        return stored, app.env.domains["trope"].digests()


def test_without_it_the_same_is_read(site: Site) -> None:
    site.write(AWKWARD)
    stored, facts = read(site, lambda docname: docname != "index")
    assert stored == {"index"}
    all_stored, same_facts = read(site, lambda docname: False)
    assert all_stored >= {"index", "Éclair", "Film/12 O'Clock"}
    assert facts == same_facts
