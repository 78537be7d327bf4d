"""Tags of stylesheets and scripts: made once for a folder, and still those of each page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.internals.sphinx import asset_tag_cache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ...conftest import Site

FILES = {
    "a.trope": "To {{Bee}}.\n",
    "b.trope": "Text.\n",
    "Film/c.trope": "To {{Bee}}.\n",
}
ONE_PAGE_ALONE = """
def setup(app):
    def add(app, pagename, templatename, context, doctree):
        if pagename == "b":
            app.add_css_file("alone.css")
    app.connect("html-page-context", add)
"""
OWN_TAG = """
def setup(app):
    def put(app, pagename, templatename, context, doctree):
        context["css_tag"] = lambda css: f'<link rel="stylesheet" href="{pagename}.css" />'
    app.connect("html-page-context", put, priority=%d)
"""


def stylesheets(path: Path) -> list[str]:
    return re.findall(r'<link [^>]*href="([^"]*\.css[^"]*)"', path.read_text("utf-8"))


def test_each_page_leads_to_them_from_where_it_is(site: Site) -> None:
    out = site.write(FILES).build()
    for name in ("a", "b", "Film/c", "tropes/index", "tropes/backlinks/main/bee"):
        found = [css for css in stylesheets(out / f"{name}.html") if "tropes.css" in css]
        assert len(found) == 1
        address, _, version = found[0].partition("?v=")
        assert version
        assert ((out / name).parent / address).resolve() == (out / "_static/tropes.css").resolve()


def test_one_that_a_page_adds_is_on_that_page_alone(site: Site) -> None:
    conf = (site.source / "conf.py").read_text("utf-8") + ONE_PAGE_ALONE
    out = site.write({**FILES, "conf.py": conf}).build()
    with_it = [
        name
        for name in ("a", "b", "Film/c")
        if "alone.css" in "".join(stylesheets(out / f"{name}.html"))
    ]
    assert with_it == ["b"]


@pytest.mark.parametrize("priority", [0, 500])
def test_tags_that_a_project_makes_itself_are_made_for_each_page(site: Site, priority: int) -> None:
    conf = (site.source / "conf.py").read_text("utf-8") + OWN_TAG % priority
    out = site.write({**FILES, "conf.py": conf}).build()
    assert {"a.css"} == set(stylesheets(out / "a.html"))
    assert {"b.css"} == set(stylesheets(out / "b.html"))


def test_without_it_the_same_pages_come_out(
    monkeypatch: pytest.MonkeyPatch, assert_same_pages: Callable[..., None]
) -> None:
    monkeypatch.setattr(asset_tag_cache, "setup", lambda app: None)
    assert_same_pages()
