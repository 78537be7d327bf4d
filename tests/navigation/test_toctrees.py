"""Generated pages in toctrees."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from ..conftest import AWKWARD, Site, having_class, text_of
from ..repository.repositories import Repository
from ..sphinx.reading import warnings_of

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["index", "graph", "wanted", "health", "recent"]


def root(*entries: str, options: str = "") -> dict[str, str | bytes | None]:
    lines = "".join(f"   {entry}\n" for entry in entries)
    options = "".join(f"   {line}\n" for line in options.splitlines())
    return {
        "index.rst": f"Wiki\n====\n\n.. toctree::\n{options}\n{lines}\n",
        "one.rst": ":orphan:\n\nOne\n===\n",
        "2nd one.rst": ":orphan:\n\nIt’s 2nd <b>&\n=============\n",
    }


def shown(site: Site, page: str = "index", out: str = "html") -> list[tuple[str, str | None]]:
    wrappers = having_class(site.page(page, out), "toctree-wrapper")
    return [(text_of(link), link.get("href")) for part in wrappers for link in part.iter("a")]


def test_a_generated_page_stands_where_its_entry_stands(site: Site) -> None:
    site.write(AWKWARD | root("one", "tropes/index", "2nd one", "tropes/graph")).build()
    assert site.warnings == ""
    assert shown(site) == [
        ("One", "one.html"),
        ("Trope index", "tropes/index.html"),
        ("It’s 2nd <b>&", "2nd%20one.html"),
        ("Graph of the wiki", "tropes/graph.html"),
    ]


def test_it_takes_a_title_of_its_own_a_slash_and_a_reversed_list(site: Site) -> None:
    entries = ("one", "Ours <b> & more </tropes/index>", "2nd one", "/tropes/wanted")
    site.write(AWKWARD | root(*entries, options=":reversed:")).build()
    assert site.warnings == ""
    assert [title for title, _uri in shown(site)] == [
        "Wanted pages",
        "It’s 2nd <b>&",
        "Ours <b> & more",
        "One",
    ]


def test_a_pattern_finds_no_generated_page_and_an_entry_beside_it_does(site: Site) -> None:
    site.write(AWKWARD | root("*ne", "tropes/index", options=":glob:")).build()
    assert site.warnings == ""
    assert [title for title, _uri in shown(site)] == ["It’s 2nd <b>&", "One", "Trope index"]


def test_a_toctree_in_a_folder_names_it_from_there(site: Site) -> None:
    inner = ":orphan:\n\nInner\n=====\n\n.. toctree::\n\n   ../tropes/index\n"
    site.write(AWKWARD | root("sub/inner") | {"sub/inner.rst": inner}).build()
    assert site.warnings == ""
    assert shown(site, "sub/inner") == [("Trope index", "../tropes/index.html")]
    assert ("Trope index", "tropes/index.html") in shown(site)


def test_markdown_names_it_as_well(site: Site) -> None:
    pytest.importorskip("myst_parser")
    text = "---\norphan: true\n---\n\n# More\n\n```{toctree}\ntropes/index\n```\n"
    config = 'extensions = ["sphinxcontrib_tropes", "myst_parser"]\n'
    site.write(AWKWARD | root("more") | {"more.md": text, "conf.py": config})
    site.build()
    assert site.warnings == ""
    assert shown(site, "more") == [("Trope index", "tropes/index.html")]


def test_a_page_that_there_is_not_is_left_out_until_there_is(site: Site) -> None:
    site.write(AWKWARD | root("tropes/graph", "tropes/recent", "one", "tropes/index"))
    site.build(tropes_graph=False)
    assert site.warnings == ""
    assert [title for title, _uri in shown(site)] == ["One", "Trope index"]
    Repository(site.source).commit("First")
    site.build()
    assert [title for title, _uri in shown(site)] == [
        "Graph of the wiki",
        "Recent changes",
        "One",
        "Trope index",
    ]


def test_a_document_of_that_name_is_an_ordinary_entry(site: Site) -> None:
    own = {"tropes/index.rst": "My own\n======\n"}
    site.write(AWKWARD | root("tropes/index") | own).build()
    assert shown(site) == [("My own", "tropes/index.html")]


def test_a_name_of_no_page_is_warned_of_as_ever(site: Site) -> None:
    site.write(AWKWARD | root("tropes/indx")).build()
    assert "nonexisting document 'tropes/indx'" in site.warnings


@pytest.mark.parametrize("builder", ["latex", "text", "singlehtml", "man", "xml", "dirhtml"])
def test_no_builder_warns_of_it(site: Site, builder: str) -> None:
    site.write(AWKWARD | root("one", "tropes/index", options=":numbered:"))
    site.build(builder, numfig=True)
    assert [line for line in warnings_of(site) if "toctree" in line] == []


def test_a_book_has_the_index_where_its_author_put_it(site: Site) -> None:
    site.write(AWKWARD | root("one", "tropes/index")).build("epub", epub_show_urls="no")
    assert "toctree" not in site.warnings
    assert "tropes/index.xhtml" in (site.root / "epub/toc.ncx").read_text("utf-8")


def test_it_has_neighbours_and_a_place_in_the_navigation(site: Site) -> None:
    site.write(AWKWARD | root("one", "tropes/index", "2nd one")).build(html_theme="alabaster")
    text = (site.root / "html/tropes/index.html").read_text("utf-8")
    assert '<link rel="prev" title="One"' in text
    assert '<link rel="next" title="It’s 2nd' in text
    assert 'class="toctree-l1 current"' in text


def test_builders_share_the_doctrees(site: Site) -> None:
    site.write(AWKWARD | root("one", "tropes/index")).build("text")
    site.build()
    assert ("Trope index", "tropes/index.html") in shown(site)
    site.build("latex")
    assert "toctree" not in site.warnings


def clean(site: Site, **config: object) -> Path:
    for folder in ("clean", "clean-doctrees"):
        shutil.rmtree(site.root / folder, ignore_errors=True)
    return site.build(out="clean", doctrees="clean-doctrees", **config)


def assert_as_clean(site: Site, **config: object) -> None:
    found = site.build(**config)
    expected = clean(site, **config)
    for path in sorted(expected.rglob("*.html")):
        name = path.relative_to(expected)
        # Sphinx itself leaves the neighbours of its own documents as they were
        if name.name not in ("one.html", "2nd one.html"):
            assert (found / name).read_text("utf-8") == path.read_text("utf-8"), name


@pytest.mark.parametrize("parallel", [0, 2])
def test_an_incremental_build_shows_it_as_a_clean_one_does(site: Site, parallel: int) -> None:
    site.write(AWKWARD | root("one")).build(html_theme="alabaster", parallel=parallel)
    for entries in (
        ("one", "tropes/index"),
        ("one", "Mine <tropes/index>", "tropes/graph"),
        ("tropes/graph", "one"),
        ("one",),
    ):
        site.write(root(*entries))
        assert_as_clean(site, html_theme="alabaster")


def test_an_edit_of_a_page_alone_keeps_it(site: Site) -> None:
    site.write(AWKWARD | root("one", "tropes/index")).build(html_theme="alabaster")
    site.write({"Humans.trope": "Another text.\n", "one.rst": ":orphan:\n\nOne\n===\n\nMore.\n"})
    site.build(html_theme="alabaster")
    for page in ("Humans", "one"):
        assert "Trope index" in (site.root / f"html/{page}.html").read_text("utf-8")
    assert ("Trope index", "tropes/index.html") in shown(site)


def test_nothing_of_it_stays_in_what_sphinx_stores(site: Site) -> None:
    found = []
    site.write(AWKWARD | root("one", "tropes/index"))
    site.build(on_app=found.append)
    [app] = found
    assert "get_doctree" not in vars(app.env)
    assert app.env.toctree_includes["index"] == ["one"]
