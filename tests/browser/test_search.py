"""Sphinx's own search: pages by title and alias first, and no generated page before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser


def search(open_page: OpenPage, served: str, words: str) -> list[str]:
    """The addresses that are found, the best first."""
    page = open_page(f"search.html?q={words.replace(' ', '+')}", root=served)
    page.locator("#search-results li a").first.wait_for()
    page.wait_for_timeout(600)  # they come one by one
    hrefs = page.locator("#search-results li > a").evaluate_all("all => all.map((a) => a.href)")
    return [href.partition("?")[0].removeprefix(f"{served}/") for href in hrefs]


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("love triangle", "wiki/LoveTriangle.html"),
        ("nosferatu", "wiki/Film/Nosferatu.html"),
        ("unreliable", "wiki/UnreliableNarrator.html"),
        ("eternal triangle", "wiki/LoveTriangle.html"),  # an alias
        ("cross species romance", "wiki/InterspeciesRomance.html"),  # an alias
    ],
)
def test_the_page_of_that_name_is_found_first(
    open_page: OpenPage, served: str, words: str, page: str
) -> None:
    found = search(open_page, served, words)
    assert found[0].partition("#")[0] == page
    assert not [href for href in found if href.startswith("tropes/")]
