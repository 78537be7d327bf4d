"""Previews of sections, out of previews, and pinned ones, in a wiki that is made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import Site
from ..data.test_previews import PIXEL
from .conftest import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FILES: dict[str, str | bytes | None] = {
    "é1.png": PIXEL,
    "Éclair 2.trope": (
        "[[quoteright:100:é1.png]]\nTo {{Ape}} & 𝔘 {{bee’s 3rd}}. [[spoiler:{{Cat}} <b> it is.]]\n\n"
        "!!O’Neil <b>\nA part of {{Cat}}, [[spoiler:which stings]].\n"
    ),
    "Ape.trope": "An ape of {{Éclair 2}} and [[Éclair2#ONeilB its part]].\n",
    "bee’s 3rd.trope": "(:title bee’s 3rd:)\n\nA bee, of {{Cat}} and {{Ape}}.\n",
    "Cat.trope": "A cat, of {{bee’s 3rd}} and {{Éclair 2}}.\n",
    "Start.trope": "From [[Éclair2#ONeilB a part]] or {{Éclair 2}}.\n\n" + "Words.\n\n" * 40,
}


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Site(tmp_path_factory.mktemp("nested")).write(FILES).build()


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, wiki: Path) -> Iterator[str]:
    if request.param == "file":
        yield wiki.as_uri()
    else:
        with serving(wiki) as address:
            yield address


def shown(page: Page) -> Locator:
    return page.locator(".trope-preview:popover-open")


def titles(page: Page) -> list[str]:
    return page.locator(".trope-preview:popover-open .trope-preview-title").all_inner_texts()


def hover(page: Page, words: str, count: int) -> None:
    """Points at a link in the newest preview, or in the page, and waits for *count* previews."""
    links = page.locator(
        "[role=main] p a.trope, .trope-preview:popover-open p:not(.trope-preview-title) a"
    )
    links.filter(has_text=words).last.hover()
    page.wait_for_function(
        "count => document.querySelectorAll('.trope-preview:popover-open').length === count",
        arg=count,
    )


def test_a_link_to_a_section_shows_that_section_with_the_picture(
    open_page: OpenPage, root: str
) -> None:
    page = open_page("Start.html", root=root)
    hover(page, "a part", 1)
    assert page.locator(".trope-preview-section").inner_text() == "O’Neil <b>"
    text = shown(page).inner_text()
    assert "A part of Cat, spoiler." in text
    assert "stings" not in text
    assert "To Ape" not in text
    picture = page.locator(".trope-preview-picture")
    assert picture.evaluate("e => e.complete && e.naturalWidth") == 1


def test_previews_open_out_of_previews_and_escape_closes_one(
    open_page: OpenPage, root: str
) -> None:
    page = open_page("Start.html", root=root)
    hover(page, "Éclair 2", 1)
    hover(page, "bee’s 3rd", 2)
    hover(page, "Cat", 3)
    assert titles(page) == ["Éclair 2", "bee’s 3rd", "Cat"]
    page.keyboard.press("Escape")
    assert titles(page) == ["Éclair 2", "bee’s 3rd"]
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert titles(page) == []


def test_no_more_than_four_are_open(open_page: OpenPage, wiki: Path) -> None:
    page = open_page("Start.html", root=wiki.as_uri(), viewport={"width": 1280, "height": 2000})
    hover(page, "Éclair 2", 1)
    for count, words in enumerate(["bee’s 3rd", "Cat", "Éclair 2"], 2):
        hover(page, words, count)
    shown(page).last.get_by_role("link", name="Ape").hover()
    page.wait_for_timeout(900)
    assert shown(page).count() == 4


def test_those_that_the_mouse_has_left_close(open_page: OpenPage, wiki: Path) -> None:
    page = open_page("Start.html", root=wiki.as_uri())
    hover(page, "Éclair 2", 1)
    hover(page, "Ape", 2)
    page.locator(".trope-preview:popover-open .trope-preview-title").first.hover()
    page.wait_for_function(
        "() => document.querySelectorAll('.trope-preview:popover-open').length === 1"
    )
    page.mouse.move(2, 700)
    page.wait_for_function("() => !document.querySelector('.trope-preview:popover-open')")


def test_a_spoiler_in_a_preview_has_neither_words_nor_links(
    open_page: OpenPage, wiki: Path
) -> None:
    page = open_page("Start.html", root=wiki.as_uri())
    hover(page, "Éclair 2", 1)
    assert shown(page).locator("a", has_text="Cat").count() == 0
    assert "it is" not in shown(page).inner_text()


def test_a_preview_is_pinned_and_moved_by_the_keyboard(open_page: OpenPage, wiki: Path) -> None:
    page = open_page("Start.html", root=wiki.as_uri())
    page.locator("[role=main] p a.trope").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    shown(page).wait_for()
    pin = page.get_by_role("button", name="Pin this preview")
    pin.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name="Éclair 2")
    before = card.bounding_box()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    after = card.bounding_box()
    assert before
    assert after
    assert (after["x"] - before["x"], after["y"] - before["y"]) == (16, 64)
    page.mouse.move(2, 700)
    page.wait_for_timeout(600)
    assert card.is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert page.evaluate("() => document.activeElement.textContent") == "a part"


def test_a_pinned_preview_is_moved_with_the_mouse_within_the_window(
    open_page: OpenPage, wiki: Path
) -> None:
    page = open_page("Start.html", root=wiki.as_uri())
    hover(page, "Éclair 2", 1)
    page.get_by_role("button", name="Pin this preview").click()
    box = page.locator(".trope-preview-move").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(5000, 400, steps=4)
    page.mouse.up()
    card = page.get_by_role("dialog").bounding_box()
    assert card
    assert 1270 <= card["x"] + card["width"] <= 1280
    hover(page, "bee’s 3rd", 2)  # out of the pinned one
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    assert shown(page).count() == 0


def test_on_a_phone_a_long_press_in_a_preview_opens_another(
    open_page: OpenPage, wiki: Path
) -> None:
    page = open_page("Start.html", root=wiki.as_uri(), **PHONE)
    touch = page.context.new_cdp_session(page)
    for count, words in enumerate(["Éclair 2", "bee’s 3rd"], 1):
        links = page.locator(
            "[role=main] p a.trope, .trope-preview:popover-open p:not(.trope-preview-title) a"
        )
        box = links.filter(has_text=words).last.bounding_box()
        assert box
        at = {"x": box["x"] + 5, "y": box["y"] + 5}
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
        page.wait_for_function(
            "count => document.querySelectorAll('.trope-preview:popover-open').length === count",
            arg=count,
        )
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_timeout(200)
    assert page.url.endswith("Start.html")
    page.get_by_role("button", name="Pin this preview").last.tap()
    assert page.get_by_role("dialog", name="bee’s 3rd").is_visible()
