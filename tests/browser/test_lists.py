"""Lists: filtered as the reader types, and copied from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .conftest import follow

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

INDEX = "tropes/index.html"
HUB = "tropes/backlinks/main/interspeciesromance.html"


def box(page: Page) -> Locator:
    found = page.locator(".trope-filter input")
    found.wait_for()
    return found


def titles(page: Page) -> list[str]:
    return page.locator(".trope-results > li a").all_inner_texts()


def test_the_index_is_filtered_as_the_reader_types(open_page: OpenPage) -> None:
    page = open_page(INDEX)
    box(page).type("love tri")
    assert titles(page)[0] == "Love Triangle"
    assert not page.locator(".trope-jump").is_visible()
    assert page.locator(".trope-filter output").inner_text().startswith("1 / ")


def test_the_index_is_as_long_before_it_is_scrolled_through_as_after(open_page: OpenPage) -> None:
    page = open_page(INDEX)
    box(page)
    height = "() => document.documentElement.scrollHeight"
    before = page.evaluate(height)
    for _ in range(before // 600 + 1):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(30)
    assert abs(page.evaluate(height) - before) < 0.1 * before


def test_titles_that_begin_with_the_words_stand_first(open_page: OpenPage) -> None:
    page = open_page(INDEX)
    box(page).fill("love")
    found = titles(page)
    assert found[0].startswith("Love")
    assert any("Lover" in title and not title.startswith("Love") for title in found)


@pytest.mark.parametrize("spelling", ["STAR-crossed", "stár-crossed", "  star-crossed "])
def test_case_and_accents_do_not_count(open_page: OpenPage, spelling: str) -> None:
    page = open_page(INDEX)
    box(page).fill(spelling)
    assert titles(page)[0] == "Star-Crossed Lovers"


def test_escape_shows_the_whole_list_again(open_page: OpenPage) -> None:
    page = open_page(INDEX)
    box(page).fill("love")
    box(page).press("Escape")
    assert page.locator(".trope-jump").is_visible()
    assert not page.locator(".trope-results").is_visible()


def test_a_tab_shows_one_namespace(open_page: OpenPage) -> None:
    page = open_page(INDEX)
    box(page)
    tab = page.locator(".trope-tabs button", has_text="Films")
    tab.click()
    assert tab.get_attribute("aria-pressed") == "true"
    spaces = page.locator(".trope-results > li .trope-namespace").all_inner_texts()
    assert set(spaces) == {"Films"}
    assert f"({len(spaces)})" in tab.inner_text()
    page.locator(".trope-tabs button", has_text="Tropes").click()
    assert page.locator(".trope-results > li .trope-namespace").count() == 0
    page.locator(".trope-tabs button", has_text="All").click()
    assert page.locator(".trope-jump").is_visible()


def test_what_was_found_can_be_followed(open_page: OpenPage) -> None:
    page = open_page(INDEX)
    box(page).fill("unreliable")
    follow(page.locator(".trope-results a").first)
    assert "Unreliable Narrator" in page.locator("h1").inner_text()


def test_enter_goes_to_the_page_that_is_named_or_the_only_one_left(open_page: OpenPage) -> None:
    for typed in ("redherring", "unreliable", "Love Triangle"):
        page = open_page(INDEX)
        box(page).fill(typed)
        with page.expect_navigation():
            box(page).press("Enter")
        assert "index" not in page.url


def test_enter_goes_to_the_first_of_several_and_follows_it_at_the_second(
    open_page: OpenPage,
) -> None:
    page = open_page(INDEX)
    box(page).fill("love")
    box(page).press("Enter")
    first = page.locator(".trope-results a").first
    assert first.evaluate("a => a === document.activeElement")
    follow_with_enter = first.inner_text()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text().startswith(follow_with_enter)


def test_enter_stays_where_nothing_is_found(open_page: OpenPage) -> None:
    page = open_page(INDEX)
    for typed in ("", "zzyzx"):
        box(page).fill(typed)
        box(page).press("Enter")
    assert page.locator(".trope-filter output").inner_text().startswith("0 / ")
    assert page.url.endswith(INDEX)


def test_a_screen_reader_is_told_what_is_searched(open_page: OpenPage) -> None:
    page = open_page(INDEX)
    page.get_by_role("search", name="Find a page").wait_for()
    page = open_page(HUB)
    page.get_by_role("search", name="Find in this list").wait_for()


def test_a_page_and_its_aliases_count_once(open_page: OpenPage) -> None:
    page = open_page(INDEX)
    total = page.locator(".trope-summary").inner_text().partition(" ")[0]
    tabs = page.locator(".trope-tabs button .trope-count").all_inner_texts()
    counts = [int(text.strip("()")) for text in tabs]
    assert counts[0] == sum(counts[1:]) == int(total)
    output = page.locator(".trope-filter output")
    for number, tab in enumerate(page.locator(".trope-tabs button").all()[1:], 1):
        tab.click()
        assert output.inner_text() == f"{counts[number]} / {total}"
    page.locator(".trope-tabs button").first.click()
    box(page).fill("triangle")  # in a title and in an alias of that page
    assert output.inner_text() == f"{len(titles(page))} / {total}"
    assert titles(page).count("Love Triangle") == 1
    assert "Eternal Triangle" not in titles(page)
    box(page).fill("eternal triangle")
    assert titles(page) == ["Eternal Triangle"]


def test_more_comes_when_the_reader_comes_to_the_end(open_page: OpenPage) -> None:
    page = open_page(INDEX)
    box(page).fill("e")
    shown = page.locator(".trope-results > li")
    first = shown.count()
    total = int(page.locator(".trope-filter output").inner_text().partition(" ")[0])
    assert first < total
    shown.last.scroll_into_view_if_needed()
    page.wait_for_function(
        "total => document.querySelectorAll('.trope-results > li').length === total", arg=total
    )


def test_a_long_list_of_backlinks_is_filtered(open_page: OpenPage) -> None:
    page = open_page(HUB)
    box(page).fill("divine")
    assert titles(page)[0] == "Divine Date"


def test_a_short_list_has_no_box(open_page: OpenPage) -> None:
    page = open_page("tropes/backlinks/main/affablyevil.html")
    assert page.locator(".trope-filter").count() == 0


def test_without_a_script_everything_is_listed_and_no_box_is_there(open_page: OpenPage) -> None:
    page = open_page(INDEX, java_script_enabled=False)
    assert not page.locator(".trope-filter").is_visible()
    assert page.locator(".trope-entries li").first.is_visible()


def test_the_beginning_of_a_wanted_page_can_be_copied(open_page: OpenPage, served: str) -> None:
    page = open_page(
        "tropes/backlinks/main/gothichorror.html",
        root=served,
        permissions=["clipboard-read", "clipboard-write"],
    )
    page.locator(".trope-copy button").click()
    page.locator(".trope-copy output", has_text="Copied").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("(:laconic")
    assert "Gothic Horror" in text
