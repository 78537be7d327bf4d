"""What is told of pages from the data beside them, in a wiki that is made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

FILES: dict[str, str | bytes | None] = {
    "index.rst": (
        "Several\n=======\n\nOf a :trope:`Red Page`.\n\n"
        ".. trope:: One Page\n\n   It goes with {{Two Page}} and {{Red Page}}.\n\n"
        ".. trope:: Two Page\n\n   It goes with {{One Page}} and {{Red Page}}.\n\n"
        ".. trope:: Red Page\n\n   Where {{One Page}} meets {{Two Page}}, not {{Redd Page}}.\n"
    )
}


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A document that holds several pages."""
    site = Site(tmp_path_factory.mktemp("several")).write(dict(FILES))
    return site.build().as_uri()


def test_each_page_of_a_document_has_its_own_related_pages(
    open_page: OpenPage, several: str
) -> None:
    page = open_page("index.html", root=several)
    named = {}
    for name in ("onepage", "twopage"):
        panel = page.locator(f"#trope-main-{name} aside.trope-backlinks")
        panel.scroll_into_view_if_needed()
        panel.locator(".trope-related").wait_for()
        named[name] = panel.locator(".trope-related .trope-source").all_inner_texts()
    assert set(named["onepage"]) == {"Two Page", "Red Page"}
    assert set(named["twopage"]) == {"One Page", "Red Page"}


def test_a_preview_of_a_red_link_offers_the_nearest_name(open_page: OpenPage, several: str) -> None:
    page = open_page("index.html", root=several)
    page.locator("p a.trope-wanted", has_text="Redd Page").first.hover()
    card = page.locator(".trope-preview")
    card.wait_for(state="visible")
    assert "Did you mean:" in card.inner_text()
    card.get_by_role("link", name="Red Page", exact=True).click()
    page.wait_for_url("**#trope-main-redpage")
