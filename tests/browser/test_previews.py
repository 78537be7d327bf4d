"""Previews of what links lead to."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from .conftest import follow

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

TROPE = "wiki/InterspeciesRomance.html"
WORK = "wiki/Literature/Dracula.html"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def link(page: Page, title: str) -> Locator:
    return page.locator("[role=main] p a.trope", has_text=title).first


def preview(page: Page) -> Locator:
    return page.locator(".trope-preview")


def open_preview(page: Page, title: str) -> Locator:
    found = link(page, title)
    found.scroll_into_view_if_needed()
    found.hover()
    preview(page).wait_for(state="visible")
    return preview(page)


def is_open(page: Page) -> bool:
    return preview(page).count() > 0 and preview(page).is_visible()


def test_hovering_shows_title_laconic_and_first_lines(open_page: OpenPage) -> None:
    shown = open_preview(open_page(TROPE), "Fantastic Racism").inner_text()
    title, laconic, lead = (part.strip() for part in shown.split("\n\n", 2))
    assert title == "Fantastic Racism"
    assert len(laconic) > 10
    assert len(lead) > 50
    assert len(laconic) + len(lead) < 540


def test_a_preview_is_open_after_half_a_second_and_not_before(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    open_preview(page, "Fantastic Racism")  # everything is loaded now
    page.mouse.move(1, 1)
    preview(page).wait_for(state="hidden")
    start = time.monotonic()
    link(page, "Fantastic Racism").hover()
    preview(page).wait_for(state="visible")
    assert 0.45 < time.monotonic() - start < 1.5


def test_a_mouse_that_passes_by_opens_nothing(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    link(page, "Fantastic Racism").hover()
    page.wait_for_timeout(200)
    page.mouse.move(1, 1)
    page.wait_for_timeout(700)
    assert not is_open(page)


def test_a_preview_may_be_entered(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    card = open_preview(page, "Fantastic Racism")
    card.hover()
    page.wait_for_timeout(600)
    assert is_open(page)
    follow(card.locator("a").first)
    assert page.locator("h1").inner_text().startswith("Fantastic Racism")


def test_a_preview_closes_when_the_mouse_has_left(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    open_preview(page, "Fantastic Racism")
    page.mouse.move(1, 1)
    page.wait_for_timeout(100)
    assert is_open(page)
    preview(page).wait_for(state="hidden")


def test_escape_closes_and_leaves_the_focus_where_it_is(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    page.keyboard.press("Tab")  # the keyboard is what the reader uses
    found = link(page, "Fantastic Racism")
    found.focus()
    preview(page).wait_for(state="visible")
    page.keyboard.press("Escape")
    assert not is_open(page)
    assert found.evaluate("e => e === document.activeElement")
    page.wait_for_timeout(700)
    assert not is_open(page)


def test_a_link_is_described_by_its_preview_while_that_is_open(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    open_preview(page, "Fantastic Racism")
    found = link(page, "Fantastic Racism")
    assert found.get_attribute("aria-describedby") == preview(page).get_attribute("id")
    page.mouse.move(1, 1)
    preview(page).wait_for(state="hidden")
    assert found.get_attribute("aria-describedby") is None


def test_a_preview_goes_when_the_focus_does(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    page.keyboard.press("Tab")
    link(page, "Fantastic Racism").focus()
    preview(page).wait_for(state="visible")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    preview(page).wait_for(state="hidden")


def test_a_red_link_tells_who_wants_it(open_page: OpenPage) -> None:
    card = open_preview(open_page(WORK), "Gothic Horror")
    text = card.inner_text()
    assert "Not written yet" in text
    assert "want" in text
    assert "Dracula" in text


def test_a_spoiler_stays_covered(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    page.wait_for_function("() => window.tropesData")
    page.evaluate(
        """() => {
          const tell = window.tropesData;
          window.tropesData = (name, entries) => {
            for (const key in entries) entries[key] = {title: "Made", lead: "He \\ufdd2 at last."};
            tell(name, entries);
          };
        }"""
    )
    text = open_preview(page, "Fantastic Racism").inner_text()
    assert "He spoiler at last." in text


def test_a_link_in_a_covered_spoiler_has_no_preview(open_page: OpenPage) -> None:
    page = open_page("wiki/Film/Nosferatu.html")
    page.evaluate(
        "() => { const s = document.querySelector('span.trope-spoiler');"
        ' s.innerHTML = \'<a class="trope" href="../MadScientist.html">secret</a>\'; }'
    )
    page.locator("span.trope-spoiler").first.hover()
    page.wait_for_timeout(800)
    assert not is_open(page)


def test_nothing_moves_when_a_preview_opens(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    found = link(page, "Fantastic Racism")
    found.scroll_into_view_if_needed()
    before = found.bounding_box(), page.evaluate("document.documentElement.scrollHeight")
    open_preview(page, "Fantastic Racism")
    assert (found.bounding_box(), page.evaluate("document.documentElement.scrollHeight")) == before


def test_a_preview_is_beside_its_link_and_in_the_window(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    box = open_preview(page, "Fantastic Racism").bounding_box()
    around = link(page, "Fantastic Racism").bounding_box()
    size = page.viewport_size
    assert box
    assert around
    assert size
    assert box["width"] == 320
    assert 0 <= box["x"] <= size["width"] - box["width"]
    assert 0 <= box["y"] <= size["height"] - box["height"]
    below, above = (
        box["y"] - (around["y"] + around["height"]),
        around["y"] - box["y"] - box["height"],
    )
    assert max(below, above) < 12


def test_there_is_one_preview_at_a_time(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    open_preview(page, "Fantastic Racism")
    link(page, "Star-Crossed Lovers").hover()
    page.wait_for_function(
        "() => document.querySelector('.trope-preview').textContent.startsWith('Star-Crossed')"
    )
    assert preview(page).count() == 1


def test_a_long_press_opens_a_preview_and_follows_no_link(open_page: OpenPage) -> None:
    page = open_page(TROPE, **PHONE)
    found = link(page, "Fantastic Racism")
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    assert box
    at = {"x": box["x"] + 5, "y": box["y"] + 5}
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    preview(page).wait_for(state="visible")
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(500)
    assert is_open(page)
    assert page.url.endswith(TROPE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.touchscreen.tap(350, 5)
    preview(page).wait_for(state="hidden")


def test_a_tap_follows_the_link_and_opens_nothing(open_page: OpenPage) -> None:
    page = open_page(TROPE, **PHONE)
    link(page, "Fantastic Racism").tap()
    page.wait_for_url("**/FantasticRacism.html")


def test_nothing_is_loaded_before_a_reader_comes_to_a_link(
    open_page: OpenPage, served: str
) -> None:
    page = open_page(TROPE, root=served)
    loaded = "() => performance.getEntriesByType('resource').map(e => e.name).join()"
    assert "preview" not in page.evaluate(loaded)
    assert "floating" not in page.evaluate(loaded)
    open_preview(page, "Fantastic Racism")
    assert "tropes/preview.js" in page.evaluate(loaded)


def test_previews_work_over_http(open_page: OpenPage, served: str) -> None:
    page = open_page(TROPE, root=served)
    assert "Fantastic Racism" in open_preview(page, "Fantastic Racism").inner_text()


def test_a_preview_is_not_printed(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    open_preview(page, "Fantastic Racism")
    page.emulate_media(media="print")
    assert not is_open(page)


def test_nothing_moves_for_those_who_want_less_motion(open_page: OpenPage) -> None:
    page = open_page(TROPE, reduced_motion="reduce")
    card = open_preview(page, "Fantastic Racism")
    assert card.evaluate("e => getComputedStyle(e).animationName") == "none"


def test_a_page_without_its_data_is_quiet(browser: object, demo: object, tmp_path: object) -> None:
    errors: list[str] = []
    page = browser.new_page()  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/manifest.js*", lambda route: route.abort())
    page.goto(f"{demo.as_uri()}/{TROPE}")  # type: ignore[attr-defined]
    link(page, "Fantastic Racism").hover()
    page.wait_for_timeout(900)
    assert not is_open(page)
    assert not errors
    page.close()


def test_a_panel_ends_with_related_pages_and_their_sentence(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    panel = page.locator("aside.trope-backlinks")
    assert panel.locator(".trope-related").count() == 0
    panel.scroll_into_view_if_needed()
    related = panel.locator(".trope-related")
    related.wait_for()
    assert related.inner_text().startswith("Related pages")
    assert related.locator("li").count() > 1
    mark = related.locator("a.trope-mark").first
    mark.click()
    page.wait_for_url("**#link-*")
