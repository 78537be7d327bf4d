"""Builds that are told what changed."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
import sphinx.builders
import sphinx.domains.std
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinxcontrib_tropes.internals.sphinx.told_changes import store_environment, told_changes

from ...conftest import AWKWARD, Site
from .live_edit import edited

if TYPE_CHECKING:
    from pathlib import Path


def attributes(app: Sphinx) -> list[dict[str, object]]:
    owners = (BuildEnvironment, app, app.builder, sphinx.builders, sphinx.domains.std)
    names = ("find_files", "get_outdated_files", "get_outdated_docs", "open", "pickle")
    names += ("copy_static_files", "copy_extra_files", "clean_astext", "parallel")
    return [{name: vars(owner).get(name) for name in names} for owner in owners]


@pytest.fixture
def app(site: Site) -> Sphinx:
    site.write({**AWKWARD, "told.trope": "x\n"})
    with patch_docutils(site.source), docutils_namespace():
        return Sphinx(site.source, site.source, site.root / "html", site.root / "doctrees", "html",
                      status=None, warning=None)  # fmt: skip


def test_sphinx_is_as_it_was_afterwards_even_if_the_build_breaks_off(app: Sphinx) -> None:
    before = attributes(app)

    def break_off() -> None:
        with told_changes(app, {"told"}):
            assert attributes(app) != before
            raise SphinxError

    with pytest.raises(SphinxError):
        break_off()
    assert attributes(app) == before


def test_the_stored_environment_stays_as_it_was(site: Site) -> None:
    site.write(AWKWARD)
    with patch_docutils(site.source), docutils_namespace():
        app = Sphinx(site.source, site.source, site.root / "html", site.root / "doctrees", "html",
                     status=None, warning=None)  # fmt: skip
        app.build()
        stored = site.root / "doctrees/environment.pickle"
        before = stored.read_bytes()
        site.write({"Humans.trope": "Other words, {{HumanZoo}}.\n"})
        with told_changes(app, {"Humans"}):
            app.build()
        assert stored.read_bytes() == before
        assert "Other words" in (site.root / "html/HumanZoo.html").read_text("utf-8")
        store_environment(app)
    read = pickle.loads(before), pickle.loads(stored.read_bytes())
    was, is_ = (env.all_docs["Humans"] for env in read)
    assert was < is_
    assert [path.name for path in stored.parent.glob("environment*")] == [stored.name]


def test_without_it_the_same_pages_come_out(tmp_path: Path) -> None:
    usual, without = Site(tmp_path / "usual"), Site(tmp_path / "without")
    assert edited(usual) == edited(without, told=False)
