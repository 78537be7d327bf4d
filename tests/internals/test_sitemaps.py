"""Pages that are left out of the sitemaps of other extensions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.internals.sitemaps import Sitemap

if TYPE_CHECKING:
    from ..conftest import Site

CONF = """
def note(app, pagename, templatename, context, doctree):
    if not app.config.sitemap_excludes:
        app.listed.append(pagename)

def setup(app):
    app.listed = []
    app.add_config_value("sitemap_excludes", [], "")
    app.connect("html-page-context", note)
"""


@pytest.fixture
def redirecting(site: Site) -> Site:
    conf = (site.source / "conf.py").read_text("utf-8")
    pages: dict[str, str | bytes | None] = {
        "A.trope": "To {{B}}.\n",
        "B.trope": "(:redirect A:)\n",
        "conf.py": conf + CONF,
    }
    return site.write(pages)


def listed(site: Site) -> set[str]:
    apps = []
    site.build(on_app=apps.append, force=True)
    return set(apps[0].listed)


def test_without_it_sitemaps_list_redirects(
    redirecting: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = listed(redirecting)
    monkeypatch.setattr(Sitemap, "list", lambda sitemap, *, is_listed: None)
    without = listed(redirecting)
    assert without - kept >= {"B", "tropes/wanted"}
    assert "A" in kept & without


def test_what_a_theme_lists_is_pruned() -> None:
    config = SimpleNamespace(
        html_theme="sphinx_immaterial", html_theme_options={"site_url": "https://a.b/"}
    )
    links = ["https://a.b/A.html", "https://a.b/B.html"]
    builder = SimpleNamespace(get_target_uri=lambda docname: f"{docname}.html")
    app = SimpleNamespace(config=config, sitemap_links=links, builder=builder)
    sitemap = Sitemap(app)  # type: ignore[arg-type]
    assert sitemap.is_of_theme
    sitemap.prune(["B"])
    assert links == ["https://a.b/A.html"]
