"""What a reader of the demo sees and can do."""

from __future__ import annotations

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
    follow(page.locator("a.trope", has_text="Fantastic Racism").first)
    assert page.locator("h1").inner_text().startswith("Fantastic Racism")


def test_a_red_link_leads_to_who_wants_it(open_page: OpenPage) -> None:
    page = open_page(WORK)
    follow(page.locator("a.trope-wanted", has_text="Gothic Horror").first)
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
    spoiler.locator("button").focus()
    assert fill(spoiler) != TRANSPARENT
    page.keyboard.press("Tab")
    assert fill(spoiler) == TRANSPARENT


def test_a_link_in_a_covered_spoiler_is_not_followed_by_the_click_that_reveals_it(
    open_page: OpenPage,
) -> None:
    page = open_page("wiki/Film/Nosferatu.html")
    page.evaluate(
        "() => { const s = document.querySelector('span.trope-spoiler > span');"
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


def names_of(page: Page) -> str:
    """What a screen reader is told of the page: the names in Chromium's own tree."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return "\n".join(
        f"{node['role']['value']} {node['name']['value']} "
        + " ".join(f"{p['name']}={p['value'].get('value')}" for p in node.get("properties", []))
        for node in tree["nodes"]
        if not node["ignored"] and node.get("name", {}).get("value")
    )


def test_a_screen_reader_is_told_of_a_spoiler_and_not_what_it_hides(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    page.locator("span.trope-spoiler button").wait_for(state="attached")
    told = names_of(page)
    assert "button spoiler" in told
    assert "temporary" not in told
    page.locator("span.trope-spoiler").first.click()
    told = names_of(page)
    (button,) = [line for line in told.splitlines() if line.startswith("button spoiler")]
    assert "expanded=True" in button
    assert "temporary" in told
    assert "end of spoiler" in told


def test_all_spoilers_are_shown_and_that_is_remembered_for_the_visit(
    open_page: OpenPage, served: str
) -> None:
    page = open_page(TROPE, root=served)
    button = page.locator(".trope-spoiler-control button")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert fill(page.locator("span.trope-spoiler").first) != TRANSPARENT
    page.goto(f"{served}/wiki/Film/Nosferatu.html")
    assert fill(page.locator("span.trope-spoiler.is-revealed").first) != TRANSPARENT
    page.locator(".trope-spoiler-control button").click()
    page.goto(f"{served}/{TROPE}")
    page.locator(".trope-spoiler-control button").wait_for()
    assert fill(page.locator("span.trope-spoiler").first) == TRANSPARENT


def test_a_page_without_spoilers_has_no_button_for_them(open_page: OpenPage) -> None:
    page = open_page("wiki/FantasticRacism.html")
    page.wait_for_timeout(200)
    assert page.locator(".trope-spoiler-control").count() == 0


def test_print_shows_folders_open_and_spoilers_covered(open_page: OpenPage) -> None:
    page = open_page(WORK)
    page.locator(".trope-folder-control button").wait_for()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.trope-folder:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.trope-folder[open]").count() == 0
    page = open_page(TROPE)
    spoiler = page.locator("span.trope-spoiler").first
    spoiler.click()
    page.emulate_media(media="print")
    assert fill(spoiler) == TRANSPARENT


def test_a_link_opens_its_folder_a_second_time(open_page: OpenPage) -> None:
    page = open_page("tropes/backlinks/main/affablyevil.html")
    follow(page.locator("li", has_text="Dracula").locator("a.trope-mark").first)
    id_ = page.url.partition("#")[2]
    page.evaluate(
        "id => { const e = document.getElementById(id);"
        " e.closest('details').open = false;"
        " const a = document.createElement('a'); a.id = 'again'; a.href = '#' + id;"
        " a.textContent = 'again'; document.querySelector('h1').append(a); }",
        id_,
    )
    page.locator("#again").click()
    page.wait_for_function("id => document.getElementById(id).closest('details').open", arg=id_)


def test_a_closed_note_can_be_found_by_the_browser(open_page: OpenPage) -> None:
    page = open_page("wiki/Literature/Frankenstein.html")
    body = page.locator(".trope-note-body[hidden=until-found]").first
    body.wait_for(state="attached")
    body.evaluate("e => e.dispatchEvent(new Event('beforematch', {bubbles: true}))")
    assert page.locator("span.trope-note.is-open .trope-note-body").first.is_visible()


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
    follow(entry.locator("a.trope-mark").first)
    place = page.locator(f"[id='{page.url.partition('#')[2]}']")
    assert page.url.partition("#")[0].endswith("FantasticRacism.html")
    assert comes_into_view(place)
    around = place.evaluate("e => e.closest('p, li').textContent")
    assert sentence.strip("… ") in around.replace("\n", " ")


def test_a_backlink_into_a_closed_folder_opens_it(open_page: OpenPage) -> None:
    page = open_page("tropes/backlinks/main/affablyevil.html")
    mark = page.locator("li", has_text="Dracula").locator("a.trope-mark").first
    follow(mark)
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
