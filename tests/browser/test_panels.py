"""Panels: sorted and filtered, by a wiki that is made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import Site
from ..repository.repositories import Repository
from .conftest import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

HUB = "Éclair’s 2nd"
ROOM = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def films() -> dict[str, str | bytes | None]:
    ways = ["Subverted.", "Averted, or so.", ""]
    return {
        f"Film/O'{number} b.trope": f"(:title O'{number} b:)\n\n* {{{{{HUB}}}}}: It was number {number}. {ways[number % 3]}\n"
        for number in range(9)
    }


FILES: dict[str, str | bytes | None] = {
    f"{HUB}.trope": f"(:title {HUB}:)\n\nA hub.\n\n* Film/{{{{Cat & 鋼}}}}: Subverted.\n",
    "Ape.trope": f"An ape of {{{{{HUB}}}}}.\n",
    "bee 2.trope": f"(:title bee 2:)\n\nA bee. [[spoiler:It is an {{{{{HUB}}}}}.]]\n",
    "Cat.trope": f"See also: {{{{{HUB}}}}}.\n",
    "Film/Cat & 鋼.trope": "(:title Cat & 鋼:)\n\nNothing.\n",
    "Few.trope": "Of few.\n\n* Film/{{Cat & 鋼}}: Inverted.\n",
    **films(),
}


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp("panels")).write(FILES)
    repository = Repository(site.source)
    repository.commit("Begin")
    repository.commit(
        "A bee",
        {"bee 2.trope": f"(:title bee 2:)\n\nA new bee. [[spoiler:It is an {{{{{HUB}}}}}.]]\n"},
    )
    repository.commit(
        "A film", {"Film/O'7 b.trope": f"(:title O'7 b:)\n\n* {{{{{HUB}}}}}: Seven. Averted.\n"}
    )
    return site.build()


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, wiki: Path) -> Iterator[str]:
    if request.param == "file":
        yield wiki.as_uri()
    else:
        with serving(wiki) as address:
            yield address


def panel(page: Page) -> Page:
    page.locator("aside.trope-backlinks").scroll_into_view_if_needed()
    page.locator("details.trope-filter summary").click()
    page.locator("details.trope-filter input").wait_for()
    return page


def found(page: Page) -> list[str]:
    return page.locator(".trope-results .trope-source").all_inner_texts()


def choose(page: Page, by: str, value: str) -> None:
    page.locator(f"select[data-trope-by={by}]").select_option(value)


def test_a_panel_is_sorted_by_title_and_by_the_last_edit(open_page: OpenPage, root: str) -> None:
    page = panel(open_page(f"{HUB}.html", root=root))
    choose(page, "order", "title")
    assert found(page)[:4] == ["Ape", "bee 2", "Cat", "O’0 b"]
    page.locator("option[value=newest]").wait_for(state="attached")
    choose(page, "order", "newest")
    assert found(page)[:2] == ["O’7 b", "bee 2"]
    first = page.locator(".trope-results li").first.inner_text()
    assert "Films" in first
    assert "2026-05-" in first
    choose(page, "order", "")
    assert not page.locator(".trope-results").is_visible()
    assert page.locator(".trope-group").first.is_visible()


def test_a_panel_is_filtered_by_namespace_place_and_words(open_page: OpenPage, wiki: Path) -> None:
    page = panel(open_page(f"{HUB}.html", root=wiki.as_uri()))
    choose(page, "group", "Films")
    assert len(found(page)) == 9
    choose(page, "group", "")
    choose(page, "kind", "see-also")
    assert found(page) == ["Cat"]
    choose(page, "kind", "")
    page.locator("details.trope-filter input").fill("number 4")
    assert found(page) == ["O’4 b"]
    assert page.locator("details.trope-filter output").inner_text() == "1 / 12"
    page.keyboard.press("Escape")
    assert not page.locator(".trope-results").is_visible()


def test_all_that_opens_below_the_text_is_large_enough_for_a_finger(
    open_page: OpenPage, wiki: Path
) -> None:
    page = open_page(f"{HUB}.html", root=wiki.as_uri(), **ROOM)
    page.locator("details.trope-filter summary").wait_for()
    page.add_style_tag(content="body { font-size: 13px; line-height: 1.2; }")
    heights = page.locator("aside summary").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 2
    assert min(heights) >= 24


def test_the_ways_to_play_a_trope_are_toggles(open_page: OpenPage, wiki: Path) -> None:
    page = open_page(f"{HUB}.html", root=wiki.as_uri(), **ROOM)
    page.locator("aside.trope-backlinks").scroll_into_view_if_needed()
    toggle = page.get_by_role("button", name="Subverted 4")
    toggle.click()
    assert found(page) == ["O’0 b", "O’3 b", "O’6 b", "Cat & 鋼"]
    assert toggle.get_attribute("aria-pressed") == "true"
    assert toggle.bounding_box()["height"] >= 24  # type: ignore[index]
    page.locator(".trope-results").get_by_role("link", name="on this page").click()
    assert "#link-" in page.url
    page.get_by_role("button", name="Averted 3").press("Enter")
    assert found(page) == ["O’1 b", "O’4 b", "O’7 b"]
    page.get_by_role("button", name="Averted 3").press("Enter")
    assert not page.locator(".trope-results").is_visible()


def test_the_page_with_all_backlinks_goes_on_with_the_chosen_way(
    open_page: OpenPage, wiki: Path
) -> None:
    page = open_page(f"{HUB}.html", root=wiki.as_uri())
    page.locator("aside.trope-backlinks").scroll_into_view_if_needed()
    page.get_by_role("button", name="Averted 3").click()
    page.get_by_role("link", name="All backlinks on one page").click()
    page.wait_for_url("**/backlinks/**#way=Averted")


def test_a_short_panel_without_a_box_has_its_toggles(open_page: OpenPage, wiki: Path) -> None:
    page = open_page("Film/Cat & 鋼.html", root=wiki.as_uri())
    page.locator("aside.trope-backlinks").scroll_into_view_if_needed()
    page.get_by_role("button", name="Inverted 1").click()
    assert found(page) == ["Few"]


def test_a_filtered_entry_uncovers_no_spoiler(open_page: OpenPage, wiki: Path) -> None:
    page = panel(open_page(f"{HUB}.html", root=wiki.as_uri()))
    page.locator("details.trope-filter input").fill("bee")
    assert page.locator(".trope-results .trope-cover").count() >= 1
    assert "It is an" not in page.locator("aside.trope-backlinks").inner_text()


def test_without_a_script_counts_are_plain_and_no_box_is_shown(
    open_page: OpenPage, wiki: Path
) -> None:
    page = open_page(f"{HUB}.html", root=wiki.as_uri(), java_script_enabled=False)
    assert page.locator(".trope-played-counts").inner_text() == "Subverted 4 · Averted 3"
    assert not page.locator(".trope-filter").is_visible()
    assert not page.locator(".trope-played-examples").is_visible()
    assert page.locator(".trope-played-counts button").count() == 0


def test_what_filters_is_not_loaded_before_its_reader_comes_near(
    open_page: OpenPage, wiki: Path
) -> None:
    page = open_page("tropes/index.html", root=wiki.as_uri())
    page.goto(f"{wiki.as_uri()}/Film/O'4 b.html")
    page.wait_for_timeout(300)
    assert page.locator("script[src*='filter.js']").count() == 0


# -- links to sentences


def copied(page: Page) -> str:
    page.locator(".trope-sentence-link").click()
    page.locator(".trope-copied", has_text="Copied").wait_for()
    return page.evaluate("() => navigator.clipboard.readText()")  # type: ignore[no-any-return]


@pytest.fixture
def address(wiki: Path) -> Iterator[str]:
    """The wiki over HTTP. Before open_page in the arguments of a test: it must outlive its pages."""
    with serving(wiki) as found:
        yield found


def test_a_link_to_a_sentence_marks_it_on_its_page(address: str, open_page: OpenPage) -> None:
    page = open_page(f"{HUB}.html", root=address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("aside.trope-backlinks .trope-backlinks-list .trope-context").first.hover()
    link = copied(page)
    place, _, text = link.partition(":~:text=")
    assert place.startswith(f"{address}/Ape.html#link-main-")
    assert text == "An%20ape%20of%20%C3%89clair%E2%80%99s%202nd."
    page.goto(link)
    assert page.title().startswith("Ape")


def test_the_keyboard_reaches_the_link_to_a_sentence(open_page: OpenPage, wiki: Path) -> None:
    page = open_page(f"{HUB}.html", root=wiki.as_uri())
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".trope-mark").first.focus()
    page.locator(".trope-sentence-link").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "trope-sentence-link"
    page.keyboard.press("Enter")
    page.locator(".trope-copied", has_text="Copied").wait_for()


def test_a_link_to_a_sentence_says_nothing_of_its_spoiler(open_page: OpenPage, wiki: Path) -> None:
    page = open_page(f"{HUB}.html", root=wiki.as_uri())
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("li:has(> p > .trope-source:text('bee 2')) .trope-context").hover()
    link = copied(page)
    assert "bee%202.html#link-" in link
    assert "It" not in link.partition(":~:")[2]
