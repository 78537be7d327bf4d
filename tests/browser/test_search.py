"""Sphinx's own search: pages by title and alias first, and no generated page before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import Site
from .conftest import serving
from .test_themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser


def search(open_page: OpenPage, served: str, words: str) -> list[str]:
    """The addresses that are found, the best first."""
    page = open_page(f"search.html?q={words.replace(' ', '+')}", root=served)
    page.locator("#search-results li a").first.wait_for()
    page.wait_for_timeout(600)  # they come one by one
    hrefs = page.locator("#search-results li > a").evaluate_all("all => all.map((a) => a.href)")
    return [href.partition("?")[0].removeprefix(f"{served}/") for href in hrefs]


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("love triangle", "wiki/LoveTriangle.html"),
        ("nosferatu", "wiki/Film/Nosferatu.html"),
        ("unreliable", "wiki/UnreliableNarrator.html"),
        ("eternal triangle", "wiki/LoveTriangle.html"),  # an alias
        ("cross species romance", "wiki/InterspeciesRomance.html"),  # an alias
    ],
)
def test_the_page_of_that_name_is_found_first(
    open_page: OpenPage, served: str, words: str, page: str
) -> None:
    found = search(open_page, served, words)
    assert found[0].partition("#")[0] == page
    assert not [href for href in found if href.startswith("tropes/")]


SECRET_WIKI = {
    "index.rst": "Wiki\n====\n\n.. toctree::\n   :glob:\n\n   *\n",
    "Ape2.trope": (
        "Quokkas are seen [[spoiler:secretinline]] here.\n\n[[spoiler:\nA secretblock, quokkas.\n]]\n"
    ),
    "Apes.trope": "Panelword and {{Ape2}} are said in one line.\n",
}
# How the scripts of the search may be loaded, after the one of ours, which is deferred.
SCRIPTS = ["language_data.js", "searchtools.js", "../searchindex.js"]
LOADED = {
    "at once": "".join(f'<script src="_static/{name}"></script>' for name in SCRIPTS),
    "deferred": "".join(f'<script defer src="_static/{name}"></script>' for name in SCRIPTS),
    "when wanted": """<script>
      addEventListener("load", () => setTimeout(() => {
        for (const name of SCRIPTS) {
          const script = document.createElement("script");
          Object.assign(script, { async: false, src: `_static/${name}` });
          document.body.append(script);
        }
      }, 200));
    </script>""".replace("SCRIPTS", str(SCRIPTS)),
}
TEMPLATE = """{%% extends "basic/layout.html" %%}
{%% block scripts %%}{{ super() }}%s{%% endblock %%}
{%% block body %%}<div id="search-results"></div>{%% endblock %%}
"""


def excerpts_of(open_page: OpenPage, address: str) -> str:
    page = open_page("search.html?q=quokkas", root=address)
    page.locator("#search-results p.context").first.wait_for()
    return page.locator("#search-results").inner_text()


def assert_covered(excerpts: str) -> None:
    assert "Quokkas are seen" in excerpts
    for word in ("secretinline", "secretblock", "Panelword"):
        assert word not in excerpts


@pytest.fixture(scope="module", params=LOADED)
def searched(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp("searched")).write(dict(SECRET_WIKI))
    site.write({"templates/search.html": TEMPLATE % LOADED[request.param]})
    return site.build(templates_path=["templates"])


@pytest.fixture
def searched_over_http(searched: Path) -> Iterator[str]:
    with serving(searched) as address:
        yield address


def test_excerpts_are_covered_whenever_the_search_is_loaded(
    searched_over_http: str, open_page: OpenPage
) -> None:
    assert_covered(excerpts_of(open_page, searched_over_http))


@pytest.fixture(scope="module", params=THEMES)
def themed_search(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp(request.param)).write(dict(SECRET_WIKI))
    return site.build(html_theme=request.param)


@pytest.fixture
def themed_search_over_http(themed_search: Path) -> Iterator[str]:
    with serving(themed_search) as address:
        yield address


def test_excerpts_are_covered_in_every_theme(
    themed_search_over_http: str, open_page: OpenPage
) -> None:
    assert_covered(excerpts_of(open_page, themed_search_over_http))
