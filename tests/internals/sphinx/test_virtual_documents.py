"""Documents without a source, registered while Sphinx writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.internals.sphinx import virtual_documents
from sphinxcontrib_tropes.internals.sphinx.environment import labels
from sphinxcontrib_tropes.internals.sphinx.virtual_documents import (
    VirtualDocument,
    register,
    unregister,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ...conftest import Site


def state_of(app: Sphinx) -> list[object]:
    env = app.env
    tables = (env.titles, env.longtitles, env.tocs, env.toc_num_entries, env.metadata, env.all_docs)
    return [*map(set, tables), set(env.project.docnames), *map(set, labels(env))]


def test_nothing_stays_registered(site: Site) -> None:
    states = []

    def look(app: Sphinx) -> None:
        states.append(state_of(app))
        register(app.env, {"x/1": VirtualDocument("X, 1", is_searched=False)}, {"x-label": "x/1"})
        states.append(state_of(app))
        assert app.env.titles["x/1"].astext() == "X, 1"
        unregister(app.env, ["x/1"], ["x-label"])
        states.append(state_of(app))

    site.build("dummy", on_app=look)
    before, during, after = states
    assert before == after
    assert all("x/1" in table or "x-label" in table for table in during)


def test_without_it_sphinx_knows_none_of_the_pages(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write({"A.trope": "To {{B}}.\n", "index.rst": "I\n=\n\n:ref:`trope-index`\n"})
    site.build()
    assert not site.warnings
    for name in ("pages.plan.register", "pages.plan.unregister"):
        monkeypatch.setattr(f"sphinxcontrib_tropes.{name}", lambda *_given: None)
    with pytest.raises(Exception, match="404"):
        site.build(out="without", doctrees="without-doctrees")


def test_settings_are_those_of_the_project(site: Site) -> None:
    found = []
    site.build(
        "dummy",
        on_app=lambda app: app.connect(
            "env-updated",
            lambda app, env: found.append(virtual_documents.document_settings(env)),
        ),
        language="de",
    )
    assert found[0].language_code == "de"
