"""Wikis in Hebrew and Arabic: no theme turns its pages around, so what we add must."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

WORDS = {
    "he": ("קוף", "דבורה", "חתול", "חיות"),
    "ar": ("قرد", "نحلة", "قطة", "حيوانات"),
}


@pytest.fixture(scope="module", params=sorted(WORDS))
def wiki(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    ape, bee, cat, animals = WORDS[request.param]
    site = Site(tmp_path_factory.mktemp(request.param)).write(
        {
            "index.rst": "Wiki\n====\n\n.. code-block:: python\n\n   print(1)\n",
            f"{ape}.trope": f"(:laconic {ape}.:)\n\n{{{{{bee}}}}}, {{{{{cat}}}}}.\n",
            f"{bee}.trope": f"(:laconic {bee}.:)\n\n{{{{{ape}}}}}, {{{{{cat}}}}}.\n",
            f"{cat}.trope": f"{{{{{ape}}}}}, {{{{{bee}}}}}.\n",
            f"{animals}.trope": f"[[index]]\n* {{{{{ape}}}}}\n* {{{{{bee}}}}}\n* {{{{{cat}}}}}\n[[/index]]\n",
        }
    )
    site.build(language=request.param)
    return site


def middle_page(wiki: Site) -> str:
    language = wiki.root.name.rstrip("0123456789")
    return f"{WORDS[language][1]}.html"


def left(locator: Locator) -> float:
    box = locator.bounding_box()
    assert box
    return box["x"]


def test_previous_is_on_the_right_with_its_arrow_outward(open_page: OpenPage, wiki: Site) -> None:
    page = open_page(middle_page(wiki), root=(wiki.root / "html").as_uri())
    before, after = page.locator(".trope-previous"), page.locator(".trope-next")
    assert left(before) > left(page.locator(".trope-up")) > left(after)
    for link in (before, after):
        arrow = link.locator(".trope-arrow")
        assert arrow.evaluate("e => getComputedStyle(e).transform") == "matrix(-1, 0, 0, 1, 0, 0)"
    # at the outer end of its link
    assert left(before.locator(".trope-arrow")) > left(before)
    assert abs(left(after.locator(".trope-arrow")) - left(after)) < 3


def test_the_jump_bar_begins_on_the_right(open_page: OpenPage, wiki: Site) -> None:
    page = open_page("tropes/index.html", root=(wiki.root / "html").as_uri())
    letters = page.locator(".trope-jump a")
    assert left(letters.nth(0)) > left(letters.nth(1))


def test_the_panel_and_previews_are_read_from_the_right(open_page: OpenPage, wiki: Site) -> None:
    page = open_page(middle_page(wiki), root=(wiki.root / "html").as_uri())
    direction = "e => getComputedStyle(e).direction"
    assert page.locator("aside.trope-backlinks").evaluate(direction) == "rtl"
    link = page.locator("[role=main] p a.trope").first
    link.hover()
    card = page.locator(".trope-preview")
    card.wait_for(state="visible")
    assert card.evaluate(direction) == "rtl"
    box, around = card.bounding_box(), link.bounding_box()
    assert box
    assert around
    # it begins where the link does: at its right end
    assert abs(box["x"] + box["width"] - around["x"] - around["width"]) < 3


def test_code_is_still_read_from_the_left(open_page: OpenPage, wiki: Site) -> None:
    page = open_page("index.html", root=(wiki.root / "html").as_uri())
    code = page.locator("[role=main] pre").first
    assert code.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert code.evaluate("e => getComputedStyle(e).textAlign") in ("left", "start")
