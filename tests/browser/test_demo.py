"""What a reader of the demo sees and can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

TROPE = "wiki/InterspeciesRomance.html"
WORK = "wiki/Literature/Dracula.html"
TRANSPARENT = "rgba(0, 0, 0, 0)"


def fill(locator: Locator) -> str:
    return str(locator.evaluate("e => getComputedStyle(e).webkitTextFillColor"))


def comes_into_view(locator: Locator) -> bool:
    """Waits, for themes scroll smoothly."""
    handle = locator.element_handle()
    locator.page.wait_for_function(
        "e => { const r = e.getBoundingClientRect();"
        " return r.height > 0 && r.top >= 0 && r.bottom <= innerHeight; }",
        arg=handle,
    )
    return True


def test_a_link_leads_to_its_page(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    page.locator("a.trope", has_text="Fantastic Racism").first.click()
    assert page.locator("h1").inner_text().startswith("Fantastic Racism")


def test_a_red_link_leads_to_who_wants_it(open_page: OpenPage) -> None:
    page = open_page(WORK)
    page.locator("a.trope-wanted", has_text="Gothic Horror").first.click()
    assert page.url.endswith("tropes/backlinks/main/gothichorror.html")
    assert "not written yet" in page.locator("h1").inner_text()


def test_a_folder_opens_at_a_click(open_page: OpenPage) -> None:
    folder = open_page(WORK).locator("details.trope-folder").first
    assert not folder.locator("li").first.is_visible()
    folder.locator("summary").click()
    assert folder.locator("li").first.is_visible()


def test_one_button_opens_all_folders_and_closes_them(open_page: OpenPage) -> None:
    page = open_page(WORK)
    button = page.locator(".trope-folder-control button")
    folders = page.locator("details.trope-folder")
    button.click()
    assert page.locator("details.trope-folder[open]").count() == folders.count() > 1
    button.click()
    assert page.locator("details.trope-folder[open]").count() == 0


def test_a_spoiler_is_covered_until_it_is_clicked(open_page: OpenPage) -> None:
    spoiler = open_page(TROPE).locator("span.trope-spoiler").first
    assert fill(spoiler) == TRANSPARENT
    spoiler.click()
    assert fill(spoiler) != TRANSPARENT
    spoiler.click()
    assert fill(spoiler) == TRANSPARENT


def test_a_spoiler_can_be_revealed_with_the_keyboard(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    spoiler = page.locator("span.trope-spoiler").first
    spoiler.focus()
    assert fill(spoiler) != TRANSPARENT
    page.keyboard.press("Tab")
    assert fill(spoiler) == TRANSPARENT


def test_a_link_in_a_covered_spoiler_is_not_followed_by_the_click_that_reveals_it(
    open_page: OpenPage,
) -> None:
    page = open_page("wiki/Film/Nosferatu.html")
    page.evaluate(
        "() => { const s = document.querySelector('span.trope-spoiler');"
        ' s.innerHTML = \'<a class="trope" href="../MadScientist.html">secret</a>\'; }'
    )
    spoiler = page.locator("span.trope-spoiler").first
    spoiler.click()
    assert page.url.endswith("Nosferatu.html")
    assert fill(spoiler) != TRANSPARENT


def test_spoilers_and_folders_work_without_a_script(open_page: OpenPage) -> None:
    page = open_page(TROPE, java_script_enabled=False)
    spoiler = page.locator("span.trope-spoiler").first
    before = spoiler.screenshot()
    spoiler.click()
    assert spoiler.screenshot() != before
    page.goto(page.url.replace(TROPE, WORK))
    page.locator("details.trope-folder summary").first.click()
    assert page.locator("details.trope-folder li").first.is_visible()


def test_a_note_opens_in_place(open_page: OpenPage) -> None:
    page = open_page("wiki/Literature/Frankenstein.html")
    note = page.locator("span.trope-note").first
    body = note.locator(".trope-note-body")
    assert not body.is_visible()
    note.locator(".trope-note-label").click()
    assert body.is_visible()


def test_a_backlink_lands_on_its_sentence(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    entry = page.locator("aside.trope-backlinks li", has_text="Fantastic Racism")
    sentence = entry.locator(".trope-context").first.inner_text()
    entry.locator("a.trope-mark").first.click()
    place = page.locator(f"[id='{page.url.partition('#')[2]}']")
    assert page.url.partition("#")[0].endswith("FantasticRacism.html")
    assert comes_into_view(place)
    around = place.evaluate("e => e.closest('p, li').textContent")
    assert sentence.strip("… ") in around.replace("\n", " ")


def test_a_backlink_into_a_closed_folder_opens_it(open_page: OpenPage) -> None:
    page = open_page("tropes/backlinks/main/affablyevil.html")
    mark = page.locator("li", has_text="Dracula").locator("a.trope-mark").first
    mark.click()
    place = page.locator(f"[id='{page.url.partition('#')[2]}']")
    assert place.evaluate("e => e.closest('details.trope-folder').open")
    assert comes_into_view(place)


def test_the_index_leads_everywhere(open_page: OpenPage) -> None:
    page = open_page("tropes/index.html")
    page.locator(".trope-jump a", has_text="U").click()
    assert comes_into_view(page.locator("#letter-u h2"))
    page.locator("#letter-u a", has_text="Unreliable Narrator").click()
    assert "Unreliable Narrator" in page.locator("h1").inner_text()


def test_the_page_does_not_scroll_sideways_on_a_phone(open_page: OpenPage) -> None:
    phone = {"width": 360, "height": 740}
    for name in (TROPE, WORK, "tropes/index.html", "tropes/wanted.html"):
        page = open_page(name, viewport=phone)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_search_finds_a_page_and_quotes_no_spoiler(open_page: OpenPage, served: str) -> None:
    page = open_page("search.html?q=murnau+generally", root=served)
    result = page.locator("#search-results li", has_text="Nosferatu").first
    result.wait_for()
    page.locator("#search-results li p.context").first.wait_for()
    text = page.locator("#search-results").inner_text()
    assert "puff of smoke" not in text


def test_every_kind_of_page_is_quiet_on_the_console(open_page: OpenPage) -> None:
    for name in (TROPE, WORK, "index.html", "tropes/wanted.html", "genindex.html"):
        open_page(name)
