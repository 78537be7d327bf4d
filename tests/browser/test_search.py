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


# -- phrases and sentences

_BOTH = "An angry dog number {0} ran off. Its poor soul number {0} was sad."
PHRASE_WIKI = {
    "index.rst": "Wiki\n====\n\n.. toctree::\n   :glob:\n\n   *\n",
    **{
        f"Aardvark{number}.trope": f"{_BOTH.format(number)} To {{{{Zebra}}}}.\n"
        for number in range(30)
    },
    "Zebra.trope": (
        '(:alias {{Striped Horse}}:)\nIt has stripes. Here is <b>&" an Angry, soul with '
        "{{Ghost}}! No more.\n\nIt [[spoiler:hides an angry soul]] as well.\n"
    ),
    "Secret.trope": "Angry is one. [[spoiler:An angry soul of a secretword]], says a soul.\n",
    "Quagga.trope": "(:title Angry Soul:)\nNothing of it. {{Zebra}}\n",
    "Long.trope": "Many words are here " * 40 + "with Quokkas " + "and more " * 90 + "{{Zebra}}.\n",
}
RESULTS = """all => all.map((li) => `${li.querySelector("a").textContent}: ` +
  [...(li.querySelector(".context")?.childNodes ?? [])].map((n) =>
    n.className === "highlighted" ? `[${n.textContent}]` : n.textContent).join(""))"""


@pytest.fixture(scope="module", params=["html", "dirhtml"])
def phrases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp("phrases")).write(dict(PHRASE_WIKI))
    return site.build(request.param, html_theme="alabaster")


@pytest.fixture
def phrases_over_http(phrases: Path) -> Iterator[str]:
    with serving(phrases) as address:
        yield address


def results(page: Page) -> list[str]:
    """What is told of each page that is found: its title, and the quote with its marks in brackets."""
    page.locator("#search-results p.context").first.wait_for()
    page.wait_for_timeout(900)  # they come one by one
    found: list[str] = page.locator("#search-results li").evaluate_all(RESULTS)
    return found


def searched_for(open_page: OpenPage, root: str, phrases: Path, words: str) -> list[str]:
    name = "search.html" if (phrases / "search.html").exists() else "search/"
    return results(open_page(f"{name}?q={words}", root=root))


def test_titles_and_phrases_are_found_before_what_has_the_words_apart(
    phrases_over_http: str, open_page: OpenPage, phrases: Path
) -> None:
    found = searched_for(open_page, phrases_over_http, phrases, "angry+soul")
    assert found[0] == "Angry Soul: Nothing of it. Zebra"
    assert found[1] == "Zebra: Here is <b>&” an [Angry, soul] with Ghost!"
    assert len(found) == 34  # the contents name both


def test_a_sentence_with_all_words_is_quoted_before_one_with_some(
    phrases_over_http: str, open_page: OpenPage, phrases: Path
) -> None:
    found = searched_for(open_page, phrases_over_http, phrases, "soul+poor")
    assert found[0] == "Aardvark 0: Its [poor] [soul] number 0 was sad."


def test_what_a_spoiler_hides_is_neither_quoted_nor_counted(
    phrases_over_http: str, open_page: OpenPage, phrases: Path
) -> None:
    found = searched_for(open_page, phrases_over_http, phrases, "angry+soul")
    (secret,) = [told for told in found if told.startswith("Secret")]
    assert found.index(secret) > 1
    assert "secretword" not in " ".join(found)
    assert secret in ("Secret: [Angry] is one.", "Secret: …, says a [soul].")


def test_an_alias_is_found_first(
    phrases_over_http: str, open_page: OpenPage, phrases: Path
) -> None:
    name = "search.html" if (phrases / "search.html").exists() else "search/"
    page = open_page(f"{name}?q=striped+horse", root=phrases_over_http)
    page.locator("#search-results li").first.wait_for()
    assert "Striped Horse" in page.locator("#search-results li").first.inner_text()


def test_a_long_sentence_is_cut_around_what_was_searched_for(
    phrases_over_http: str, open_page: OpenPage, phrases: Path
) -> None:
    (found,) = searched_for(open_page, phrases_over_http, phrases, "quokka")
    assert "with [Quokkas] and more" in found
    assert found.startswith("Long: … ")
    assert found.endswith(" …")
    assert len(found) < 300


def test_the_switcher_finds_texts_as_well(
    phrases_over_http: str, open_page: OpenPage, phrases: Path
) -> None:
    name = "Zebra.html" if (phrases / "Zebra.html").exists() else "Zebra/"
    page = open_page(name, root=phrases_over_http)
    page.keyboard.press("Control+k")
    page.locator(".trope-switcher input").fill("angry soul")
    page.locator(".trope-switcher-text").first.wait_for()
    told = page.locator("[role=option]").all_inner_texts()
    assert told[0] == "Angry Soul"
    assert told[1].split("\n\n") == ["Zebra", "Here is <b>&” an Angry, soul with Ghost!"]
    assert told[-1] == "Search all texts for “angry soul”"
    marked = page.locator(".trope-switcher-text mark").first
    assert marked.inner_text() == "Angry, soul"
    assert "secretword" not in page.locator(".trope-switcher").inner_html()
    page.keyboard.press("ArrowUp")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/search" in page.url
    assert page.url.endswith("?q=angry%20soul")


def test_from_a_file_the_first_lines_of_pages_are_searched_for_phrases(
    open_page: OpenPage, phrases: Path
) -> None:
    if not (phrases / "Zebra.html").exists():
        pytest.skip("folders are for servers")
    page = open_page("Zebra.html", root=phrases.as_uri())
    page.keyboard.press("Control+k")
    page.locator(".trope-switcher input").fill("quokkas")
    page.locator(".trope-switcher-text").first.wait_for()
    assert page.locator("[role=option]").first.inner_text().startswith("Long")
    page.locator(".trope-switcher input").fill("angry soul")
    quoted = page.locator(".trope-switcher-text p")
    quoted.first.wait_for()
    assert quoted.first.inner_text() == "Here is <b>&” an Angry, soul with Ghost!"
    assert "secretword" not in page.locator(".trope-switcher").inner_html()
