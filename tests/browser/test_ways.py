"""Ways around the wiki: the line, the trail, the part for sidebars, the panel beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import Site
from .conftest import follow, serving
from .test_policy import POLICY, opened, violations
from .test_themes import AXE, DARK, SERIOUS, THEMES, theme_of
from .wiki_of_every_kind import FILES, KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1500, "height": 900}
OURS = ".trope-ways, .trope-sidebar, .trope-side, .trope-side-foot, .trope-reading-time"
PARTS = {
    "alabaster": ["navigation.html", "tropes/sidebar.html"],
    "furo": [
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "tropes/sidebar.html",
        "sidebar/scroll-end.html",
    ],
    "pydata_sphinx_theme": ["sidebar-nav-bs", "tropes/sidebar"],
    "sphinx_book_theme": ["sbt-sidebar-nav.html", "tropes/sidebar.html"],
}
SLOTS = {
    "furo": ".toc-drawer",
    "pydata_sphinx_theme": "#pst-secondary-sidebar",
    "sphinx_book_theme": "#pst-secondary-sidebar",
}


@pytest.fixture(scope="module", params=THEMES)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    theme = request.param
    site = Site(tmp_path_factory.mktemp(theme)).write(dict(FILES))
    return site.build(
        html_theme=theme,
        html_title="Wiki",
        html_sidebars={"**": PARTS[theme]} if theme in PARTS else {},
        tropes_panel_place="side",
        tropes_reading_time=True,
    )


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wiki in a theme without scripts of its own."""
    site = Site(tmp_path_factory.mktemp("plain")).write(dict(FILES))
    options = {"html_theme": "alabaster", "html_sidebars": {"**": ["tropes/sidebar.html"]}}
    return site.build(**options)


# before open_page in the arguments of a test: a server must outlive the pages that ask it
@pytest.fixture
def over_http(plain: Path) -> Iterator[str]:
    with serving(plain) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark", "phone"])
def test_axe_finds_nothing_serious_in_them(open_page: OpenPage, themed: Path, scheme: str) -> None:
    if scheme == "dark" and theme_of(themed) not in DARK:
        pytest.skip("the theme has no dark colours")
    size = PHONE if scheme == "phone" else WIDE
    colours = "dark" if scheme == "dark" else "light"
    page = open_page("Ape.html", root=themed.as_uri(), color_scheme=colours, viewport=size)
    for kind in ("a work", "the index", "backlinks", "a page"):
        page.goto(f"{themed.as_uri()}/{KINDS[kind]}.html")
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        page.wait_for_timeout(150)  # what scripts add
        page.evaluate(AXE)
        assert page.evaluate(SERIOUS, OURS) == [], kind


def test_their_links_are_large_enough_for_a_finger(open_page: OpenPage, themed: Path) -> None:
    page = open_page("Ape.html", root=themed.as_uri(), viewport=PHONE)
    page.goto(f"{themed.as_uri()}/Bee.html")
    page.locator(".trope-seen a").first.wait_for()
    heights = page.evaluate(
        """() => [...document.querySelectorAll(
             ".trope-ways a, .trope-sidebar summary, .trope-sidebar a")]
           .filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect().height)"""
    )
    assert min(heights) >= 24


def test_the_panel_is_beside_the_text_and_on_a_phone_at_its_foot(
    open_page: OpenPage, themed: Path
) -> None:
    slot = SLOTS.get(theme_of(themed))
    if slot is None:
        pytest.skip("the theme has no second sidebar")
    page = open_page("Ape.html", root=themed.as_uri(), viewport=WIDE)
    page.wait_for_load_state("networkidle")
    panel = page.locator("aside.trope-backlinks")
    assert page.locator(f"{slot} aside.trope-backlinks").is_visible()
    assert panel.bounding_box()["x"] > page.locator("h1").last.bounding_box()["x"] + 400
    assert page.locator(".trope-graph svg").is_hidden()
    page.set_viewport_size(PHONE)
    page.locator("article aside.trope-backlinks").wait_for()
    assert page.locator(".trope-graph svg").is_visible()
    assert page.locator(".trope-graph-list").is_hidden()
    page.set_viewport_size(WIDE)
    page.locator(f"{slot} aside.trope-backlinks").wait_for()
    assert panel.count() == 1


def test_without_a_script_the_panel_is_where_the_theme_puts_it(
    open_page: OpenPage, themed: Path
) -> None:
    if theme_of(themed) != "furo":
        pytest.skip("the others open their sidebar by a script")
    page = open_page("Ape.html", root=themed.as_uri(), viewport=PHONE, java_script_enabled=False)
    page.locator(".toc-header-icon").click()
    page.wait_for_timeout(400)  # it slides in
    assert page.locator(".toc-drawer aside.trope-backlinks").is_visible()
    assert page.locator(".trope-anywhere, .trope-seen").first.is_hidden()


def test_a_random_page_is_another_one(open_page: OpenPage, plain: Path) -> None:
    page = open_page("Ape.html", root=plain.as_uri())
    seen = set()
    for _ in range(6):
        before = page.url
        follow(page.locator(".trope-anywhere a"))
        assert page.url != before
        seen.add(page.url)
    assert len(seen) > 1


def test_names_are_not_loaded_before_a_random_page_is_wanted(
    open_page: OpenPage, plain: Path
) -> None:
    page = open_page("Ape.html", root=plain.as_uri())
    page.wait_for_load_state("networkidle")
    loaded = page.evaluate("() => performance.getEntriesByType('resource').map((e) => e.name)")
    assert not [name for name in loaded if "names.js" in name]


def test_a_random_page_without_its_data_is_the_index(over_http: str, open_page: OpenPage) -> None:
    page = open_page("Film/LongFilm.html", root=over_http)
    page.route("**/data/atlas/*.js*", lambda route: route.fulfill(body=""))
    follow(page.locator(".trope-anywhere a"))
    assert page.url.endswith("/tropes/index.html")


def trail(page: Page) -> list[str]:
    page.wait_for_load_state("networkidle")
    return page.locator(".trope-seen a").all_inner_texts()


def test_the_trail_has_the_pages_seen_the_last_one_last(open_page: OpenPage, plain: Path) -> None:
    page = open_page("Ape.html", root=plain.as_uri())
    assert trail(page) == []
    assert page.locator(".trope-seen").is_hidden()
    for name in ("Film/LongFilm", "Cat", "Ape", "Bee"):
        page.goto(f"{plain.as_uri()}/{name}.html")
    assert trail(page) == ["Long Film", "Cat", "Ape"]
    page.goto(f"{plain.as_uri()}/tropes/backlinks/main/ape.html")
    assert trail(page) == ["Long Film", "Cat", "Ape", "Bee"]
    follow(page.locator(".trope-seen a", has_text="Long Film"))
    assert page.url.endswith("/Film/LongFilm.html")
    assert trail(page) == ["Cat", "Ape", "Bee"]


def test_the_trail_shows_no_more_than_seven_and_no_redirects(
    open_page: OpenPage, plain: Path
) -> None:
    page = open_page("Ape.html", root=plain.as_uri())
    for number in range(9):
        page.goto(f"{plain.as_uri()}/Fox{number}.html")
    page.goto(f"{plain.as_uri()}/Eel.html")  # leads on to Ape
    page.wait_for_url("**/Ape.html")
    assert trail(page) == [f"Fox {number}" for number in range(2, 9)]


def test_what_another_script_stored_harms_no_page(open_page: OpenPage, plain: Path) -> None:
    page = open_page("Ape.html", root=plain.as_uri())
    for stored in ("{", "7", "[1]", '[["x", "javascript:alert(1)"], ["y", "//evil.example/"]]'):
        page.evaluate(
            "stored => sessionStorage.setItem(`tropes-seen ${tropes.root}`, stored)", stored
        )
        page.goto(f"{plain.as_uri()}/Cat.html")
        assert trail(page) == []


def test_a_link_in_the_sidebar_chooses_the_namespace_in_the_index(
    open_page: OpenPage, plain: Path
) -> None:
    page = open_page("Ape.html", root=plain.as_uri())
    page.locator(".trope-sidebar summary", has_text="Namespaces").click()
    follow(page.locator(".trope-sidebar a", has_text="Films"))
    page.locator(".trope-results a", has_text="Long Film").wait_for()
    assert page.locator(".trope-results li").count() == 1


def test_the_sidebar_opens_by_the_keyboard_and_without_a_script(
    open_page: OpenPage, plain: Path
) -> None:
    page = open_page("Ape.html", root=plain.as_uri(), java_script_enabled=False)
    summary = page.locator(".trope-sidebar summary", has_text="Indexes")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator(".trope-sidebar a", has_text="Dog").last.is_visible()


@pytest.fixture
def strict(plain: Path) -> Iterator[str]:
    with serving(plain, POLICY) as address:
        yield address


def test_nothing_of_it_is_against_a_strict_policy(browser: Browser, strict: str) -> None:
    page = opened(browser, f"{strict}/Cat.html")
    page.goto(f"{strict}/Ape.html")
    found = [told for told in violations(page) if "trope" in told]
    follow(page.locator(".trope-anywhere a"))
    assert found + [told for told in violations(page) if "trope" in told] == []
    page.context.close()
