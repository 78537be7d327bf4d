"""Every kind of page in every theme: it fits a phone, it can be read from right to left, and axe
finds nothing serious in what is ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python
import pytest

from ..conftest import Site
from .conftest import serving
from .wiki_of_every_kind import FILES, KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

THEMES = ["alabaster", "furo", "sphinx_rtd_theme", "pydata_sphinx_theme", "sphinx_book_theme"]
DARK = {"furo", "pydata_sphinx_theme", "sphinx_book_theme"}
PHONE = {"width": 360, "height": 740}

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
# What is serious and in an element of ours. What a theme does with its own links, ours have to
# follow: their colour, and whether a line under them tells them from the text.
SERIOUS = """async (ours) => {
  const options = { resultTypes: ["violations"], preload: false };
  const found = await axe.run(document, options);
  const plain = document.createElement("a");
  plain.href = "#x";
  plain.className = "reference internal";
  const main = document.querySelector("[role=main], main");
  (main.querySelector("p:not([class])") ?? main).append(plain);
  const look = (e) => { const s = getComputedStyle(e); return s.color + s.textDecorationLine; };
  const isThemes = (id, element) => ["color-contrast", "link-in-text-block"].includes(id) &&
    (element.matches("a:not(.trope-wanted, .trope-mark)") && look(element) === look(plain) ||
     element.matches(".attribution, a:hover"));
  return found.violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ target, html }) =>
      [id, document.querySelector(target.at(-1)), html]))
    .filter(([id, element]) => element.closest(ours) && !isThemes(id, element))
    .map(([id, element, html]) => `${id}: ${html.slice(0, 120)}`);
}"""


@pytest.fixture(scope="module", params=THEMES)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp(request.param)).write(dict(FILES))
    return site.build(html_theme=request.param, html_title="Wiki")


# Before open_page in the arguments of a test: a server must outlive the pages that ask it.
@pytest.fixture
def site_over_http(themed: Path) -> Iterator[str]:
    with serving(themed) as address:
        yield address


def theme_of(themed: Path) -> str:
    return themed.parent.name.rstrip("0123456789")


def test_no_page_scrolls_sideways_on_a_phone(open_page: OpenPage, themed: Path) -> None:
    page = open_page("Ape.html", root=themed.as_uri(), viewport=PHONE)
    for kind, name in KINDS.items():
        page.goto(f"{themed.as_uri()}/{name}.html")
        for direction in ("ltr", "rtl"):
            page.evaluate("direction => { document.documentElement.dir = direction; }", direction)
            widest = page.evaluate(
                """() => {
                  const own = [...document.querySelectorAll("[class*=trope]")];
                  const boxes = own.filter((e) => !e.matches(".trope-unseen, svg *"))
                    .map((e) => e.getBoundingClientRect()).filter((box) => box.width);
                  return [Math.min(...boxes.map((box) => box.left)),
                          Math.max(...boxes.map((box) => box.right))];
                }"""
            )
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), kind
            assert widest[0] >= -1, (kind, direction)
            assert widest[1] <= PHONE["width"] + 1, (kind, direction)


def test_the_button_for_all_spoilers_is_seen(open_page: OpenPage, themed: Path) -> None:
    page = open_page("Ape.html", root=themed.as_uri())
    page.locator(".trope-spoiler-control button").wait_for(state="visible")


def test_entries_of_an_index_have_no_dots(open_page: OpenPage, themed: Path) -> None:
    page = open_page("tropes/index.html", root=themed.as_uri())
    entry = page.locator("ul.trope-entries > li").first
    assert entry.evaluate("e => getComputedStyle(e).listStyleType") == "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_what_is_ours(
    open_page: OpenPage, themed: Path, scheme: str
) -> None:
    if scheme == "dark" and theme_of(themed) not in DARK:
        pytest.skip("the theme has no dark colours")
    in_dark = ("a page", "the index", "the graph")
    kinds = KINDS if scheme == "light" else {kind: KINDS[kind] for kind in in_dark}
    page = open_page("Ape.html", root=themed.as_uri(), color_scheme=scheme)
    for kind, name in kinds.items():
        page.goto(f"{themed.as_uri()}/{name}.html")
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        page.wait_for_timeout(150)  # what scripts add
        if kind == "the graph":
            page.wait_for_function(
                "() => document.querySelector('.trope-atlas').atlas?.scene.placed"
            )
        page.evaluate(AXE)
        assert page.evaluate(SERIOUS, "[class*=trope]") == [], kind


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_the_page_not_found(
    site_over_http: str, open_page: OpenPage, themed: Path, scheme: str
) -> None:
    if scheme == "dark" and theme_of(themed) not in DARK:
        pytest.skip("the theme has no dark colours")
    page = open_page("404.html", root=site_over_http, color_scheme=scheme)
    page.route("**/Aper.html", lambda route: route.fulfill(path=themed / "404.html"))
    page.goto(f"{site_over_http}/Aper.html")
    page.locator(".trope-missing a", has_text="Ape").first.wait_for()
    page.evaluate(AXE)
    assert page.evaluate(SERIOUS, "[role=main], main") == []


def test_a_preview_has_the_colours_of_the_theme(open_page: OpenPage, themed: Path) -> None:
    scheme = "dark" if theme_of(themed) in DARK else "light"
    page = open_page("Ape.html", root=themed.as_uri(), color_scheme=scheme)
    page.locator("[role=main] p a.trope", has_text="Bee").first.hover()
    card = page.locator(".trope-preview")
    card.wait_for(state="visible")
    page.evaluate(AXE)
    assert page.evaluate(SERIOUS, ".trope-preview") == []
    ground = card.evaluate("e => getComputedStyle(e).backgroundColor")
    lightness = sum(map(int, ground.removeprefix("rgb(").removesuffix(")").split(",")))
    assert lightness < 300 if scheme == "dark" else lightness > 600
