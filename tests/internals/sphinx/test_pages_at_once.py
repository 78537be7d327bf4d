"""Pages that are written before the rest of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinxcontrib_tropes.build.live import LiveBuild

from ...conftest import AWKWARD, Site
from ...sphinx.test_incremental import snapshot

if TYPE_CHECKING:
    from pathlib import Path


def edited(site: Site, *, first: bool = True) -> dict[str, bytes]:
    """The output after an edit in the same process."""
    site.write({**AWKWARD, "HumanZoo.trope": "As before: {{abE}}.\n"})
    out = site.root / "html"
    with patch_docutils(site.source), docutils_namespace():
        doctrees = site.root / "doctrees"
        app = Sphinx(site.source, site.source, out, doctrees, "html", status=None, warning=None)
        live = LiveBuild(app)
        live.build_rest()
        site.write({"HumanZoo.trope": "Edited: {{Humans}}’s 2nd.\n"})
        if first:
            live.write_first(["HumanZoo"])
        live.build_rest([site.source / "HumanZoo.trope"])
    return snapshot(out)


def test_without_it_the_same_pages_come_out(tmp_path: Path) -> None:
    usual, without = Site(tmp_path / "usual"), Site(tmp_path / "without")
    assert edited(usual) == edited(without, first=False)
