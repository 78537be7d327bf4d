"""Addresses, storage and data that are not as a script expects: what fails alone fails alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .conftest import follow

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

TROPE = "wiki/InterspeciesRomance.html"
INDEX = "tropes/index.html"
GRAPH = "tropes/graph.html"


def previews(page: Page) -> bool:
    page.locator("[role=main] p a.trope").first.hover()
    page.locator(".trope-preview").wait_for(state="visible")
    return True


@pytest.mark.parametrize(
    "end", ["#%", "#%E0%A4%A", "?%=%&q=%ff#%00", "#:~:text=%", "#" + "%25" * 2000]
)
def test_an_address_that_is_no_text_stops_nothing(
    open_page: OpenPage, served: str, end: str
) -> None:
    page = open_page(TROPE + end, root=served)
    page.locator(".trope-spoiler-control button").wait_for()
    assert previews(page)
    page = open_page(INDEX + end, root=served)
    page.locator(".trope-surprise").wait_for()
    page.locator(".trope-filter input").wait_for()
    page = open_page(f"{GRAPH}?from=%&to=%E0#%", root=served)
    page.locator(".trope-way-answer p").wait_for()
    page.goto(f"{served}/{TROPE}")
    page.evaluate("() => { location.hash = '#%'; }")
    assert previews(page)


def test_a_storage_that_may_not_be_read_stops_nothing(open_page: OpenPage, served: str) -> None:
    page = open_page("index.html", root=served)
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', "
        "{ get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page.goto(f"{served}/{TROPE}")
    button = page.locator(".trope-spoiler-control button")
    button.click()
    assert page.locator("span.trope-spoiler.is-revealed").count() > 0
    assert previews(page)


@pytest.mark.parametrize("broken", ["missing", "old", "no script"])
def test_data_that_does_not_fit_stops_its_own_tool_alone(
    served: str, browser: Browser, broken: str
) -> None:
    context = browser.new_context()
    context.set_default_timeout(10_000)
    page = context.new_page()
    uncaught: list[str] = []
    page.on("pageerror", lambda error: uncaught.append(str(error)))
    bodies = {"missing": None, "old": "tropesNames({});", "no script": "void 0;"}
    body = bodies[broken]
    for name in ("**/data/atlas/names.js*", "**/data/manifest.js*"):
        if body is None:
            page.route(name, lambda route: route.fulfill(status=404, body=""))
        else:
            page.route(name, lambda route: route.fulfill(body=body, content_type="text/javascript"))
    page.goto(f"{served}/{INDEX}")
    page.locator(".trope-filter input").fill("unreliable")
    page.locator(".trope-results a").first.wait_for()
    page.locator(".trope-results a").first.hover()
    page.goto(f"{served}/{TROPE}")
    page.locator(".trope-spoiler-control button").wait_for()
    page.goto(f"{served}/{GRAPH}")
    page.locator(".trope-map").wait_for()  # the still picture, for the map has no names
    assert "can't draw" in page.locator(".trope-atlas").inner_text()
    page.wait_for_timeout(300)
    assert uncaught == []
    context.close()


def test_words_that_were_searched_for_are_not_marked_in_drawings(
    open_page: OpenPage, served: str
) -> None:
    for name in (TROPE, "wiki/Literature/Dracula.html", GRAPH):
        page = open_page(name, root=served)
        count = page.locator("svg [class*=nohighlight]").count()
        assert count > 3
        page.evaluate("() => localStorage.setItem('sphinx_highlight_terms', 'love romance reveal')")
        page.reload()
        page.locator("span.highlighted").first.wait_for(state="attached")
        page.wait_for_timeout(200)
        assert page.locator("svg .highlighted, svg rect[class]").count() == 0
        # an address may bring them as well
        page.goto(f"{served}/{name}?highlight=love+romance")
        page.locator("span.highlighted").first.wait_for(state="attached")
        assert page.locator("svg .highlighted, svg rect[class]").count() == 0


def test_a_backlink_that_was_followed_opens_no_preview(open_page: OpenPage, served: str) -> None:
    page = open_page(TROPE, root=served)
    entry = page.locator("aside.trope-backlinks li", has_text="Fantastic Racism")
    follow(entry.locator("a.trope-mark").first)
    page.wait_for_timeout(1200)
    assert page.locator(".trope-preview:popover-open").count() == 0
    # nor when the reader comes back, or goes on with Enter
    page.go_back()
    page.wait_for_timeout(1000)
    assert page.locator(".trope-preview:popover-open").count() == 0
    mark = (
        page.locator("aside.trope-backlinks li", has_text="Fantastic Racism")
        .locator("a.trope-mark")
        .first
    )
    mark.evaluate("e => e.focus()")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_timeout(1200)
    assert page.locator(".trope-preview:popover-open").count() == 0


def test_the_tab_key_opens_a_preview(open_page: OpenPage, served: str) -> None:
    page = open_page(TROPE, root=served)
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[role=main] p a.trope')"):
            break
    page.locator(".trope-preview:popover-open").wait_for()
