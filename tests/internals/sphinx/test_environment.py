"""What the environment knows and Sphinx does not document."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sphinxcontrib_tropes.internals.sphinx.environment import (
    environment_version,
    in_toctrees,
    labels,
    other_projects_objects,
    set_source_encoding,
    source_encoding,
    stored_titles,
)

if TYPE_CHECKING:
    import pytest
    from sphinx.environment import BuildEnvironment

    from ...conftest import Site


def environment_of(site: Site) -> BuildEnvironment:
    found: list[BuildEnvironment] = []
    site.write(
        {
            "index.rst": "Wiki\n====\n\n.. toctree::\n\n   a\n",
            "a.rst": ".. _place 2:\n\nA 2\n===\n",
            "Bee 3.trope": "(:title ''Bee'' [[spoiler:3]]:)\nText.\n",
        }
    )
    site.build("dummy", on_app=lambda app: found.append(app.env))
    return found[0]


def test_it_is_where_it_was(site: Site) -> None:
    env = environment_of(site)
    assert [title.astext() for title in stored_titles(env, "a")] == ["A 2"] * 3
    assert list(stored_titles(env, "none")) == []
    named, anonymous = labels(env)
    assert named["place 2"] == ("a", "place-2", "A 2")
    assert anonymous["place 2"] == ("a", "place-2")
    assert "a" in in_toctrees(env)
    assert "Bee 3" not in in_toctrees(env)
    assert "sphinxcontrib_tropes" in dict(environment_version(env))
    assert source_encoding(env) == "utf-8-sig"
    read_by = SimpleNamespace(settings=SimpleNamespace(input_encoding="utf-8-sig"))
    app: Any = SimpleNamespace(env=env, registry=SimpleNamespace(publishers={"trope": read_by}))
    set_source_encoding(app, "cp1252")
    assert source_encoding(env) == read_by.settings.input_encoding == "cp1252"


def test_objects_of_other_projects_are_tuples() -> None:
    values = ("Other", "1.0", "https://a.b/", "Bee 3")
    names = ("project_name", "project_version", "uri", "display_name")
    item = SimpleNamespace(**dict(zip(names, values, strict=True)))
    env: Any = SimpleNamespace(intersphinx_inventory={"trope:page": {"Main/Bee": item}})
    assert other_projects_objects(env, "trope:page") == {"Main/Bee": values}
    assert other_projects_objects(env, "py:class") == {}
    assert other_projects_objects(SimpleNamespace(), "trope:page") == {}  # type: ignore[arg-type]


def test_without_it_stored_titles_hold_our_nodes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "trope_" not in environment_of(site).titles["Bee 3"].pformat()
    monkeypatch.setattr(
        "sphinxcontrib_tropes.reading.toc_titles.stored_titles", lambda env, docname: []
    )
    site.write({"Bee 3.trope": "(:title ''Bee'' [[spoiler:4]]:)\nText.\n"})
    found: list[BuildEnvironment] = []
    site.build("dummy", on_app=lambda app: found.append(app.env), force=True)
    assert "trope_spoiler" in found[0].titles["Bee 3"].pformat()
