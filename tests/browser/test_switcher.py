"""The quick switcher: a key or a button, a name in any spelling, and there."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from sphinxcontrib_tropes.names import Namespaces, spelled_words
from sphinxcontrib_tropes.pages.creation import creation_address
from sphinxcontrib_tropes.repository.hosts import hosted
from sphinxcontrib_tropes.wiki.exchange import name_blocks

from ..conftest import ROOT, Site
from .conftest import serving
from .test_themes import AXE, DARK, SERIOUS, THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

STATIC = ROOT / "sphinxcontrib_tropes" / "static" / "tropes"
FILES: dict[str, str | bytes | None] = {
    "index.rst": "Wiki\n====\n\nTo :trope:`Ape`.\n\n.. toctree::\n   :glob:\n\n   *\n",
    "Ape.trope": (
        '(:title Ape & <b>"Men":)\n(:alias {{Hairy Fellow}}:)\n(:laconic An ape.:)\n'
        "It meets {{Star-Crossed Lovers}}, {{Ghost Story}}; [[spoiler:secret]].\n"
    ),
    "StarCrossedLovers.trope": "(:title Star-Crossed Lovers:)\n(:laconic They meet.:)\nOf {{Ape}}.\n",
    "UnreliableNarrator.trope": "Of {{Star-Crossed Lovers}} and an {{Ape}}.\n",
    "Film/TheMatrix.trope": "Of {{Star-Crossed Lovers}}.\n",
    "Literature/TheMatrix.trope": "Of {{Ape}}.\n",
    "Éclair.trope": "Of {{Ape}}.\n",
    "ババ.trope": "Of {{パパ}}.\n",
    "パパ.trope": "Of {{ババ}}.\n",
    "FalseLead.trope": "(:redirect Ape:)\n",
}  # fmt: skip
CREATE = {"tropes_edit": {"create": "https://example.org/new?f={path}&t={text}"}}


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> str:
    site = Site(tmp_path_factory.mktemp("switcher")).write(dict(FILES))
    return site.build(html_theme="alabaster", **CREATE).as_uri()


def switcher(page: Page, text: str = "", key: str = "Control+k") -> list[str]:
    """Types into the switcher: what is offered."""
    page.locator(".trope-find").wait_for(state="attached")
    page.keyboard.press(key)
    page.locator(".trope-switcher[open] [role=option]").first.wait_for()
    return typed(page, text)


def typed(page: Page, text: str) -> list[str]:
    page.locator(".trope-switcher input").fill(text)
    page.wait_for_timeout(250)
    return page.locator(".trope-switcher [role=option]").all_inner_texts()


def name_of(wiki: str, page: Page) -> str:
    return unquote(page.url).removeprefix(f"{unquote(wiki)}/")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Ape", "Ape.html"),
        ("ape & <b>", "Ape.html"),
        ("hairy fel", "Ape.html"),  # an alias
        ("hairyfellow", "Ape.html"),
        ("FalseLead", "Ape.html"),  # a redirect
        ("starcrossedlovers", "StarCrossedLovers.html"),
        ("STAR-crossed", "StarCrossedLovers.html"),
        ("lovers star", "StarCrossedLovers.html"),
        ("scl", "StarCrossedLovers.html"),
        ("unrelaible", "UnreliableNarrator.html"),
        ("unreliable narator", "UnreliableNarrator.html"),
        ("nrrator", "UnreliableNarrator.html"),
        ("unrnarr", "UnreliableNarrator.html"),
        ("film/matrix", "Film/TheMatrix.html"),
        ("Literature.TheMatrix", "Literature/TheMatrix.html"),
        ("films/", "Film/TheMatrix.html"),
        ("eclair", "Éclair.html"),
        ("パパ", "パパ.html"),
        ("ババ", "ババ.html"),
        ("ghost", "tropes/backlinks/main/ghoststory.html"),
    ],
)
def test_enter_goes_to_the_page_of_that_name(
    open_page: OpenPage, wiki: str, asked: str, name: str
) -> None:
    page = open_page("index.html", root=wiki)
    switcher(page, asked)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert name_of(wiki, page) == name


def test_arrows_choose_and_the_focus_stays_in_the_box(open_page: OpenPage, wiki: str) -> None:
    page = open_page("index.html", root=wiki)
    switcher(page, "ma")  # so few letters are looked for in names alone
    told = page.locator(".trope-switcher [role=option]").all_inner_texts()
    assert len(told) > 2
    box = page.locator(".trope-switcher input")
    assert box.evaluate("e => e === document.activeElement")
    seen = []
    for key in ("ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        chosen = page.locator("[role=option][aria-selected=true]")
        assert chosen.count() == 1
        assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        seen.append(chosen.inner_text())
    assert seen == [told[1], told[0], told[-1], told[0]]
    assert box.evaluate("e => e === document.activeElement")


def test_escape_gives_the_focus_back(open_page: OpenPage, wiki: str) -> None:
    page = open_page("Ape.html", root=wiki)
    link = page.locator("[role=main] a.trope").first
    link.focus()
    switcher(page, "x")
    page.keyboard.press("Escape")
    page.locator(".trope-switcher").wait_for(state="hidden")
    assert link.evaluate("e => e === document.activeElement")
    assert page.url.endswith("/Ape.html")


def test_the_button_opens_it_and_tells_its_key(open_page: OpenPage, wiki: str) -> None:
    page = open_page("Ape.html", root=wiki)
    button = page.locator(".trope-find")
    assert button.inner_text() == "Find a page Ctrl+K"
    assert button.get_attribute("aria-keyshortcuts") == "Control+K"
    button.click()
    page.locator(".trope-switcher[open] [role=option]").first.wait_for()
    page.locator(".trope-switcher-close").click()
    page.locator(".trope-switcher").wait_for(state="hidden")
    assert button.evaluate("e => e === document.activeElement")


def test_the_chosen_page_is_shown_beside_the_list_with_its_spoilers_covered(
    open_page: OpenPage, wiki: str
) -> None:
    page = open_page("index.html", root=wiki)
    switcher(page, "ape")
    card = page.locator(".trope-switcher-card")
    card.get_by_text("An ape.").wait_for()
    assert card.locator(".trope-switcher-title").inner_text() == "Ape & <b>”Men”"
    assert "secret" not in page.locator(".trope-switcher").inner_html()
    assert card.locator(".trope-cover").count() == 1
    typed(page, "ghost story")
    card.get_by_text("Not written yet").wait_for()
    assert "1 page wants it" in card.inner_text()


def test_namespaces_filter(open_page: OpenPage, wiki: str) -> None:
    page = open_page("index.html", root=wiki)
    assert switcher(page, "the matrix")[:2] == ["The Matrix Films", "The Matrix Literature"]
    page.locator(".trope-tabs button", has_text="Films").click()
    page.wait_for_timeout(200)
    told = page.locator("[role=option]").all_inner_texts()
    assert told == ["The Matrix Films", "Search all texts for “the matrix”"]
    assert typed(page, "") == ["The Matrix Films"]


def test_a_page_that_is_not_there_can_be_created(open_page: OpenPage, wiki: str) -> None:
    page = open_page("index.html", root=wiki)
    assert switcher(page, "film/it's “new”")[-1] == "Create the page “it's “new””"
    href = page.locator(".trope-switcher-more").last.get_attribute("href")
    assert href.startswith("https://example.org/new?f=Film/ItsNew.trope&t=%28%3Alaconic%20One")
    assert "it%27s%20%E2%80%9Cnew%E2%80%9D%3A%20..." in href
    for there in ("ape", "Film.TheMatrix", "hairy fellow", "!!"):
        assert not any("Create" in option for option in typed(page, there)), there
    assert any("Create" in option for option in typed(page, "ghost story"))


def test_without_a_form_nothing_can_be_created(open_page: OpenPage, tmp_path: Path) -> None:
    root = Site(tmp_path).write(dict(FILES)).build(html_theme="alabaster").as_uri()
    page = open_page("index.html", root=root)
    switcher(page, "")
    assert typed(page, "nothing like it") == ["Search all texts for “nothing like it”"]
    assert page.locator(".trope-switcher-status").inner_text() == "No page has such a name."


# -- keys


@pytest.fixture(scope="module", params=THEMES)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp(request.param)).write(dict(FILES))
    return site.build(html_theme=request.param, html_title="Wiki")


def theme_of(themed: Path) -> str:
    return themed.parent.name.rstrip("0123456789")


def test_no_key_of_the_theme_is_taken(open_page: OpenPage, themed: Path) -> None:
    page = open_page("Ape.html", root=themed.as_uri())
    has_search = theme_of(themed) in ("pydata_sphinx_theme", "sphinx_book_theme")
    shown = page.locator(".trope-find kbd").first.inner_text()
    assert shown == ("Ctrl+Shift+K" if has_search else "Ctrl+K")
    if has_search:
        page.keyboard.press("Control+k")
        page.locator("dialog[open] form.bd-search").wait_for()
        assert page.locator(".trope-switcher").count() == 0
        page.keyboard.press("Escape")
    assert switcher(page, "hairy", shown.replace("Ctrl", "Control"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious_in_the_switcher_of_any_theme(
    open_page: OpenPage, themed: Path, scheme: str, width: int
) -> None:
    if scheme == "dark" and theme_of(themed) not in DARK:
        pytest.skip("the theme has no dark colours")
    size = {"width": width, "height": 844}
    page = open_page("Ape.html", root=themed.as_uri(), color_scheme=scheme, viewport=size)
    page.keyboard.press(
        "Control+Shift+k" if page.locator(".search-button__button").count() else "Control+k"
    )
    page.locator(".trope-switcher[open] [role=option]").first.wait_for()
    assert len(typed(page, "a")) > 3
    page.evaluate(AXE)
    assert page.evaluate(SERIOUS, ".trope-switcher") == []
    small = page.locator(".trope-switcher").evaluate(
        """box => [...box.querySelectorAll("button, [role=option], input")]
             .map((e) => e.getBoundingClientRect()).filter((r) => r.height < 24 || r.width < 24).length"""
    )
    assert small == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("option", "shown", "key"),
    [("Alt+Shift+p", "Alt+Shift+p", "Alt+Shift+P"), ("F2", "F2", "F2"), (".", ".", ".")],
)
def test_the_key_is_an_option(
    open_page: OpenPage, tmp_path: Path, option: str, shown: str, key: str
) -> None:
    site = Site(tmp_path).write(dict(FILES))
    root = site.build(html_theme="alabaster", tropes_switcher_key=option).as_uri()
    page = open_page("Ape.html", root=root)
    assert page.locator(".trope-find kbd").inner_text() == shown
    search = page.locator(".searchbox input[name=q], #searchbox input[name=q]").first
    search.focus()
    page.keyboard.type("..")
    assert search.input_value() == ".."
    search.blur()
    assert switcher(page, "hairy", key)


@pytest.mark.parametrize("option", ["", False])
def test_the_option_turns_the_key_off_or_all(
    open_page: OpenPage, tmp_path: Path, option: object
) -> None:
    site = Site(tmp_path).write(dict(FILES))
    page = open_page(
        "Ape.html", root=site.build(html_theme="alabaster", tropes_switcher_key=option).as_uri()
    )
    page.keyboard.press("Control+k")
    page.wait_for_timeout(300)
    assert page.locator(".trope-switcher").count() == 0
    button = page.locator(".trope-find")
    assert button.count() == (0 if option is False else 1)
    if option == "":
        assert button.inner_text() == "Find a page"
        button.click()
        page.locator(".trope-switcher[open]").wait_for()


def test_a_key_that_another_script_took_is_left_to_it(open_page: OpenPage, wiki: str) -> None:
    page = open_page("Ape.html", root=wiki)
    page.evaluate("document.body.addEventListener('keydown', (event) => event.preventDefault())")
    page.keyboard.press("Control+k")
    page.wait_for_timeout(300)
    assert page.locator(".trope-switcher").count() == 0


def test_on_a_keyboard_of_other_letters_the_key_is_in_the_same_place(
    open_page: OpenPage, wiki: str
) -> None:
    page = open_page("Ape.html", root=wiki)
    press = "() => document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'л', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true}))"
    page.evaluate(press)
    page.locator(".trope-switcher[open]").wait_for()


# -- a large wiki, and the rules of Python


def test_a_large_wiki_asks_for_few_files_at_a_time(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_blocks, "_MOST_ROWS", 20)
    monkeypatch.setattr(name_blocks, "_BEST", 8)
    of = random.Random(5)
    parts = ["Ba", "Ko", "Ri", "Ten", "Ma", "Lu", "Shi", "Ver", "É", "12", "Ёл", "鋼"]
    titles = sorted(
        {
            " ".join("".join(of.choices(parts, k=of.randint(1, 3))) for _ in range(2))
            for _ in range(150)
        }
    )
    links = " ".join(f"{{{{{title}}}}}" for title in titles)
    root = Site(tmp_path).write({"Ape.trope": f"To {links}.\n"}).build(html_theme="alabaster")
    with serving(root) as address:
        page = browser.new_page()
        asked: list[str] = []
        page.on(
            "request",
            lambda request: asked.append(request.url) if "/data/names/" in request.url else None,
        )
        page.goto(f"{address}/Ape.html")
        switcher(page, "")
        assert len(asked) == 2
        for title in of.sample(titles, 25):
            asked.clear()
            found = page.evaluate(
                "async q => (await tropes.finding.find(q)).map((n) => n.name)", title
            )
            joined = "".join(spelled_words(title))
            assert joined in ["".join(spelled_words(name)) for name in found[:3]]
            assert len(asked) <= 3
        page.close()


@pytest.fixture(scope="module")
def script(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_content("<script data-tropes-names='names'></script>")
    page.evaluate("() => { window.tropes = {}; }")
    for name in ("spelling", "finding"):
        page.add_script_tag(path=STATIC / f"{name}.js")
    yield page
    page.close()


def awkward_names(seed: int) -> list[str]:
    of = random.Random(seed)
    letters = "aZé\u0301'’ʼ`-_ .İıſßẞŉΣσςΐᏸꭰᲀǅᾳ한글か\u3099漢字١२\u093f\u05b0ᵃ①𐐀\U0001e900\u200d\u00ad&<(!*~"
    return ["".join(of.choices(letters, k=of.randint(1, 9))) for _ in range(3000)]


def test_the_script_makes_the_names_of_python(script: Page) -> None:
    names = awkward_names(1)
    found = script.evaluate("names => names.map(window.tropes.spelling.wikiWord)", names)
    read = Namespaces({}).page_name
    expected = [
        getattr(read(name.replace("&", " ").replace(".", " ")), "name", "") for name in names
    ]
    assert [n for n, own, right in zip(names, found, expected, strict=True) if own != right] == []


def test_the_script_has_the_words_of_python(script: Page) -> None:
    names = awkward_names(2)
    found: Any = script.evaluate(
        "names => names.map((n) => window.tropes.spelling.spelled(n).words)", names
    )
    expected = [" ".join(spelled_words(name)) for name in names]
    assert [n for n, own, right in zip(names, found, expected, strict=True) if own != right] == []


def test_the_script_makes_the_addresses_of_python(script: Page) -> None:
    host = hosted("github", "https://github.com/o/r", "it's/main", "do cs/x")
    assert host is not None
    told = {
        "namespaces": [["Main", "Tropes"], ["Film", "Films"]],
        "create": {"template": host.creation_template, "folder": host.folder, "text": "%s: ...\n"},
    }
    script.evaluate("told => window.tropesSwitcher(told)", told)
    for text in [*awkward_names(3)[:300], "long " * 90, "x" * 240]:
        page_name = Namespaces({}).page_name(text.replace("&", " ").replace(".", " "))
        found = script.evaluate("text => window.tropes.finding.creation(text)?.address", text)
        if page_name is None:
            assert found is None
            continue
        expected = creation_address(host, str(page_name), text.strip())
        skeleton = "%28%3Alaconic%20One%20sentence.%3A%29%0A%0A"
        assert (found or "") == expected.replace(skeleton, ""), text
