"""A page is found by any spelling of its name, and by its aliases, wherever a reader may type one."""

from __future__ import annotations

import json
import random
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.names import Namespaces

from ..conftest import ROOT, Site
from .conftest import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

SPELLING = ROOT / "sphinxcontrib_tropes" / "static" / "tropes" / "spelling.js"
_FOXES = {
    f"Fox{number}.trope": f"Fox {number} meets the {{{{Star Crossed Lovers}}}}.\n"
    for number in range(20)
}
FILES: dict[str, str | bytes | None] = {
    "StarCrossedLovers.trope": (
        "(:title Star-Crossed Lovers:)\n(:alias FatedPair, {{20 Ways to Part}}:)\n"
        "They meet a {{Red Herring}}.\n"
    ),
    "RedHerring.trope": "(:alias FalseClue, Film/{{Blind Alley}}:)\nA {{Straße}}.\n",
    "FalseLead.trope": "(:redirect RedHerring:)\n",
    # its title is the name of another page
    "Ahab.trope": "(:title Red Herring:)\nOf {{20 Ways to Part}}.\n",
    "Straße.trope": "(:alias {{Σίσυφος}}:)\nTo the {{Red Herring}}.\n",
    "Film/RedHerring.trope": "(:title Red Herring, the Film:)\nA film of {{Straße}}.\n",
    "ハハ.trope": "To {{ババ}} and {{パパ}}.\n",
    "ババ.trope": "To {{ハハ}}.\n",
    "パパ.trope": "To {{ハハ}}.\n",
    "Péché.trope": "To {{Pêche}}.\n",
    "Pêche.trope": "To {{Péché}}.\n",
    **_FOXES,
}


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Site(tmp_path_factory.mktemp("names")).write(dict(FILES)).build()


# Before open_page in the arguments of a test: a server must outlive the pages that ask it.
@pytest.fixture
def site(wiki: Path) -> Iterator[str]:
    with serving(wiki) as address:
        yield address


@pytest.fixture(scope="module")
def spelling(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.evaluate("() => { window.tropes = {}; }")
    page.add_script_tag(path=SPELLING)
    yield page
    page.close()


def key(text: str) -> str:
    name = Namespaces({}).page_name(text)
    return name.key.partition("/")[2] if name else ""


def differing(spelling: Page, texts: list[str]) -> list[str]:
    found = spelling.evaluate("texts => texts.map(window.tropes.spelling.key)", texts)
    return [text for text, own in zip(texts, found, strict=True) if own != key(text)]


def test_the_script_has_the_keys_of_python_for_every_character(spelling: Page) -> None:
    known = [
        c
        for c in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(c) not in ("Cn", "Cs")
    ]
    assert {unicodedata.category(c)[0] for c in known} == set("LMNPSZC")
    # whole scripts of ideographs and private characters are alike
    letters = [c for c in known if unicodedata.category(c) not in ("Lo", "Co")]
    letters += [c for c in known if unicodedata.category(c) in ("Lo", "Co")][::23]
    assert len(letters) > 10_000
    assert differing(spelling, letters) == []
    assert differing(spelling, [f"a{c}Zo" for c in letters]) == []


def test_the_script_has_the_keys_of_python_for_thousands_of_names(spelling: Page) -> None:
    of = random.Random(14)
    letters = (
        "aZé\u0301'’ʼ`-_ .İıſßẞŉΣσςΐᏸꭰᲀǅᾳ한글か\u3099漢字١२\u093f\u05b0ᵃ①𐐀\U0001e900\u200d\u00ad"
    )
    names = ["".join(of.choices(letters, k=of.randint(1, 9))) for _ in range(5000)]
    assert differing(spelling, names) == []


SPELLINGS = {
    "RedHerring": "RedHerring.html",
    "redherring": "RedHerring.html",
    "red-herring": "RedHerring.html",
    "Main.RedHerring": "RedHerring.html",
    "False Clue": "RedHerring.html",
    "falseclue": "RedHerring.html",
    "FalseLead": "RedHerring.html",
    "Film/blind alley": "RedHerring.html",
    "film.redherring": "Film/RedHerring.html",
    "StarCrossedLovers": "StarCrossedLovers.html",
    "star crossed LOVERS": "StarCrossedLovers.html",
    "20WaysToPart": "StarCrossedLovers.html",
    "STRASSE": "Stra%C3%9Fe.html",
    "ΣΊΣΥΦΟΣ": "Stra%C3%9Fe.html",
    "Ahab": "Ahab.html",
}


def test_a_way_leads_from_and_to_any_spelling(site: str, open_page: OpenPage) -> None:
    page = open_page("tropes/graph.html", root=site)
    form = page.locator(".trope-way-form")
    form.wait_for()
    for words, address in SPELLINGS.items():
        form.locator("input").nth(0).fill(words)
        form.locator("input").nth(1).fill("Fox 3")
        form.locator("button").click()
        first = page.locator(".trope-way-steps > li a").first
        first.wait_for()
        assert first.evaluate("a => a.href") == f"{site}/{address}", words


def test_a_way_in_an_address_is_found_by_alias_and_wikiword(site: str, open_page: OpenPage) -> None:
    page = open_page("tropes/graph.html?from=false+clue&to=StarCrossedLovers#way", root=site)
    steps = page.locator(".trope-way-steps > li")
    steps.last.wait_for()
    assert steps.last.locator("a").first.inner_text() == "Star-Crossed Lovers"


def test_an_alias_is_offered_as_the_reader_types(site: str, open_page: OpenPage) -> None:
    page = open_page("tropes/graph.html", root=site)
    field = page.locator(".trope-way-form input").first
    field.type("falsecl")
    option = page.locator(".trope-way-form datalist option").first
    assert option.get_attribute("value") == "False Clue"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("FalseClue.html", "RedHerring.html"),  # an alias
        ("FalsClue.html", "RedHerring.html"),  # near an alias
        ("FalseLead/", "RedHerring.html"),  # a redirect, as dirhtml has it
        ("film/BLIND-ALLEY/index.html", "RedHerring.html"),
        ("deep/down/red%20herring.html", "RedHerring.html"),
        ("redherring", "RedHerring.html"),
        ("film/red_herring.html", "Film/RedHerring.html"),
        ("pmwiki.php/Main/StarCrossedLovers", "StarCrossedLovers.html"),
        ("20waystopart.html", "StarCrossedLovers.html"),
        ("%E9/StarCrosedLovers.html", "StarCrossedLovers.html"),  # no text at all, and a slip
        ("STRASSE.html", "Stra%C3%9Fe.html"),
    ],
)
def test_the_page_not_found_knows_every_name(
    site: str, open_page: OpenPage, wiki: Path, address: str, found: str
) -> None:
    page = open_page("index.html", root=site)
    page.route(f"{site}/{address}", lambda route: route.fulfill(path=wiki / "404.html"))
    page.goto(f"{site}/{address}")
    first = page.locator(".trope-missing li a").first
    first.wait_for()
    assert first.evaluate("a => a.href") == f"{site}/{found}"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("starcrossedlovers", "Star-Crossed Lovers"),
        ("StarCrossed", "Star-Crossed Lovers"),
        ("crossedlovers", "Star-Crossed Lovers"),
        ("FALSECLUE", "False Clue"),
        ("false-clue", "False Clue"),
        ("strasse", "Straße"),
        ("film the redherring", ""),
    ],
)
def test_the_filter_finds_any_spelling(
    site: str, open_page: OpenPage, typed: str, title: str
) -> None:
    page = open_page("tropes/index.html", root=site)
    page.locator(".trope-filter input").fill(typed)
    page.locator(".trope-filter output", has_text="/").wait_for()
    found = page.locator(".trope-results > li a").all_inner_texts()
    assert found[:1] == ([title] if title else [])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("StarCrossedLovers", "StarCrossedLovers.html"),
        ("starcrossedlovers", "StarCrossedLovers.html"),
        ("RedHerring", "RedHerring.html"),
        ("FalseClue", "RedHerring.html"),
        ("false clue", "RedHerring.html"),
        ("20waystopart", "StarCrossedLovers.html"),
    ],
)
def test_search_finds_a_wikiword(site: str, open_page: OpenPage, words: str, found: str) -> None:
    page = open_page(f"search.html?q={words.replace(' ', '+')}", root=site)
    page.locator("#search-results li a").first.wait_for()
    page.wait_for_timeout(300)  # they come one by one
    hrefs = page.locator("#search-results li > a").evaluate_all("all => all.map((a) => a.href)")
    assert f"{site}/{found}" in [href.partition("?")[0].partition("#")[0] for href in hrefs]


def test_search_finds_the_same_after_an_edit_elsewhere(tmp_path: Path) -> None:
    site = Site(tmp_path).write(dict(FILES))

    def entries() -> dict[str, object]:
        text = (site.build() / "searchindex.js").read_text("utf-8")
        index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
        return {
            name: sorted((index["docnames"][docname], id_) for docname, id_, _is_main in found)
            for name, found in index["indexentries"].items()
        }

    before = entries()
    assert before["falseclue"] == [("RedHerring", "")]
    site.write({"Fox1.trope": "(:alias QuickOne:)\nAnother sentence.\n"})
    assert entries() == before | {"quickone": [("Fox1", "")]}
    site.write({"Fox1.trope": "Another sentence.\n"})
    assert entries() == before


@pytest.mark.parametrize("name", ["ババ", "パパ", "ハハ", "Pêche", "péché"])
def test_enter_opens_the_page_of_that_very_name_not_one_with_other_marks(
    site: str, open_page: OpenPage, name: str
) -> None:
    page = open_page("tropes/index.html", root=site)
    box = page.locator(".trope-filter input").first
    box.fill(name)
    with page.expect_navigation():
        box.press("Enter")
    assert page.locator("h1").inner_text().casefold().startswith(name.casefold())


def test_a_name_without_its_marks_opens_none_of_several(site: str, open_page: OpenPage) -> None:
    page = open_page("tropes/index.html", root=site)
    box = page.locator(".trope-filter input").first
    box.fill("peche")
    box.press("Enter")
    assert page.locator(".trope-results a").first.evaluate("a => a === document.activeElement")
    assert "index" in page.url


def test_a_key_for_the_input_method_opens_nothing(site: str, open_page: OpenPage) -> None:
    page = open_page("tropes/index.html", root=site)
    box = page.locator(".trope-filter input").first
    box.fill("パパ")
    is_handled = box.evaluate(
        """input => !input.dispatchEvent(new KeyboardEvent("keydown",
            {key: "Enter", isComposing: true, bubbles: true, cancelable: true}))"""
    )
    assert not is_handled
    assert "index" in page.url
