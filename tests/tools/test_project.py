"""How commands read all sources of a project."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
import sphinx.builders

from sphinxcontrib_tropes.tools.project import open_project, read_sources

from ..sphinx.test_federation import remote, server  # noqa: F401 - a fixture

PAGES = {f"P{number}.trope": f"To {{{{P{number + 1}}}}}.\n" for number in range(40)}


def test_no_process_sends_back_what_others_have_read(site):
    site.write(PAGES)
    shares = []
    with open_project(site.source, jobs=3) as app:
        app.connect(
            "env-merge-info", lambda app, env, names, other: shares.append((names, other.all_docs))
        )
        read_sources(app)
        assert app.env.all_docs.keys() == app.env.found_docs
    assert len(shares) == 3
    assert all(set(names) == set(sent) for names, sent in shares)


def test_builds_have_their_own_shares_again(site):
    usual = sphinx.builders.make_chunks
    with open_project(site.write(PAGES).source, jobs=2) as app:
        read_sources(app)
    assert sphinx.builders.make_chunks is usual


@pytest.mark.parametrize("jobs", [1, 2])
def test_doctrees_of_pages_are_not_kept(site, jobs):
    site.write(PAGES)
    with open_project(site.source, jobs=jobs) as app:
        read_sources(app)
        found = [path.stem for path in Path(app.doctreedir).rglob("*.doctree")]
    assert found == ["index"]


def test_doctrees_are_kept_where_figures_are_numbered(site):
    site.write({"P.trope": "x\n", "index.rst": "I\n=\n\n.. toctree::\n   :numbered:\n\n   P\n"})
    with open_project(site.source, overrides={"numfig": True}) as app:
        read_sources(app)
        assert Path(app.doctreedir, "P.doctree").exists()


def test_doctrees_are_kept_for_extensions_that_look_at_them(site):
    seen = []
    site.write(PAGES)
    with open_project(site.source) as app:
        app.connect("env-updated", lambda app, env: seen.append(env.get_doctree("P1")) or [])
        read_sources(app)
    assert seen[0].astext()


def test_the_collector_is_set_as_before_once_all_is_read(site):
    before = gc.get_threshold()
    gc.set_threshold(701, 11, 12)
    try:
        with open_project(site.write(PAGES).source) as app:
            read_sources(app)
        assert gc.get_threshold() == (701, 11, 12)
    finally:
        gc.set_threshold(*before)


def test_no_page_is_generated_for_an_export(site, run, monkeypatch):
    def generate(*arguments):
        raise AssertionError

    monkeypatch.setattr("sphinxcontrib_tropes.build.views.plan_pages", generate)
    assert run("export", "-q", "-j", 1, site.write(PAGES).source).exit_code == 0


def test_another_wiki_is_fetched_once_for_many_commands(run, tmp_path, server):  # noqa: F811
    site = remote(tmp_path / "here", server, limit=1)
    before = run("check", "-q", site.source).output
    assert len(server.asked) == 1
    assert run("check", "-q", site.source).output == before
    run("export", "-q", site.source)
    assert len(server.asked) == 1


def test_a_rename_asks_no_other_wiki(run, tmp_path, server):  # noqa: F811
    site = remote(tmp_path / "here", server)
    assert run("rename", "-s", site.source, "RedHerring", "FalseTrail").exit_code == 0
    assert not server.asked


def test_other_wikis_are_fetched_where_nothing_can_be_kept(run, tmp_path, server, monkeypatch):  # noqa: F811
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    site = remote(tmp_path / "here", server, limit=1)
    assert run("check", "-q", site.source).exit_code == 0
    assert len(server.asked) == 1
