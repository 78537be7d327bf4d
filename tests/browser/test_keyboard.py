"""A walk through whole pages with the Tab key, from their first stop to their last."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

PAGES = {
    "an ordinary page": "wiki/InterspeciesRomance.html",
    "a page with folders": "wiki/Literature/Dracula.html",
    "the index": "tropes/index.html",
    "a backlinks page": "tropes/backlinks/main/interspeciesromance.html",
    "a wanted name": "tropes/backlinks/main/gothichorror.html",
    "the graph": "tropes/graph.html",
}
MOST = 400
"""Stops that are walked at the most: some pages have thousands of links."""

# What has the focus: where it is in the document, whether it is one of ours, whether a reader sees it
# and sees that it has the focus.
STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const box = e.getBoundingClientRect();
  const shown = (of) => {
    const s = getComputedStyle(of);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.textDecorationLine,
      s.color, s.backgroundColor, s.borderColor, s.fill, s.stroke].join();
  };
  const parts = [e, ...e.querySelectorAll("*")];
  const seen = parts.map(shown).join();
  window.seen ??= new Map();
  return {
    // one button goes from sentence to sentence
    at: [...document.querySelectorAll("*:not(.trope-sentence-link, .trope-copied)")].indexOf(e),
    isOurs: Boolean(e.closest("[class*=trope]")),
    isInCard: Boolean(e.closest("[popover], .trope-sentence-link")),
    isVisible: box.width > 0 && box.height > 0 && e.checkVisibility(),
    isInView: box.bottom > 0 && box.top < innerHeight,
    hasRing: e.matches(":focus-visible"),
    html: e.outerHTML.slice(0, 120),
    look: seen,
  };
}"""
# The same without the focus.
LOOK_WITHOUT = """(at) => {
  const e = document.querySelectorAll("*:not(.trope-sentence-link, .trope-copied)")[at];
  const shown = (of) => {
    const s = getComputedStyle(of);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.textDecorationLine,
      s.color, s.backgroundColor, s.borderColor, s.fill, s.stroke].join();
  };
  return [e, ...e.querySelectorAll("*")].map(shown).join();
}"""


def walk(page: Page) -> list[dict[str, object]]:
    """Every stop of the page, in the order in which the keyboard comes to it."""
    stops: list[dict[str, object]] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["at"] == stops[0]["at"]):
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("kind", PAGES)
def test_the_keyboard_walks_through_the_whole_page(open_page: OpenPage, kind: str) -> None:
    page = open_page(PAGES[kind], reduced_motion="reduce")
    if kind == "the graph":
        page.wait_for_function("() => document.querySelector('.trope-atlas').atlas?.scene.placed")
    page.add_style_tag(content="html { scroll-behavior: auto !important }")  # as themes have it
    page.wait_for_timeout(200)  # what scripts add
    stops = [stop for stop in walk(page) if not stop["isInCard"]]
    assert len(stops) > 10
    # nothing traps: each stop is another one than the one before it
    assert all(one["at"] != other["at"] for one, other in pairwise(stops))
    ours = [stop for stop in stops if stop["isOurs"]]
    assert ours
    # in the order of the document, which is the order in which it is read
    places = [stop["at"] for stop in ours]
    assert places == sorted(places)  # type: ignore[type-var]
    for stop in ours:
        assert stop["isVisible"], stop["html"]
        assert stop["isInView"], stop["html"]
    page.evaluate("document.activeElement.blur()")
    for stop in ours[:: max(1, len(ours) // 40)]:
        without = page.evaluate(LOOK_WITHOUT, stop["at"])
        assert stop["look"] != without, f"no ring: {stop['html']}"


def test_escape_closes_what_the_keyboard_opened_and_leaves_the_focus(open_page: OpenPage) -> None:
    page = open_page(PAGES["an ordinary page"])
    link = page.locator("[role=main] p a.trope", has_text="Fantastic Racism").first
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    card = page.locator(".trope-preview")
    card.wait_for(state="visible")
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    assert link.evaluate("e => e === document.activeElement")


def test_a_preview_opens_at_the_link_that_the_keyboard_reached_while_it_loaded(
    open_page: OpenPage,
) -> None:
    page = open_page(PAGES["an ordinary page"])
    page.route(
        "**/tropes/preview*.js*", lambda route: (page.wait_for_timeout(300), route.continue_())
    )
    links = page.locator("[role=main] p a.trope[href]")
    before, link = links.nth(0), links.nth(1)
    before.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert before.evaluate("e => e === document.activeElement")
    page.keyboard.press("Tab")
    assert link.evaluate("e => e === document.activeElement")
    page.locator(".trope-preview").wait_for(state="visible")
    assert link.get_attribute("aria-describedby") == "trope-preview"


def test_escape_empties_the_filter_of_the_index(open_page: OpenPage) -> None:
    page = open_page(PAGES["the index"])
    box = page.locator(".trope-filter input")
    box.fill("zzz")
    box.press("Escape")
    assert box.input_value() == ""
    assert page.get_by_role("link", name="Unreliable Narrator").first.is_visible()


def test_the_map_is_one_stop_and_does_not_hold_the_keyboard(open_page: OpenPage) -> None:
    page = open_page(PAGES["the graph"])
    page.wait_for_function("() => document.querySelector('.trope-atlas').atlas?.scene.placed")
    canvas = page.locator(".trope-atlas-canvas")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert not canvas.evaluate(
        "e => e === document.activeElement || e.contains(document.activeElement)"
    )
    page.keyboard.press("Shift+Tab")
    assert canvas.evaluate("e => e === document.activeElement")
