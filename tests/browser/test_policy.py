"""Pages that are served with a strict policy: no script and no style in the page itself."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from ..conftest import CONF, Site
from .conftest import serving
from .wiki_of_every_kind import FILES, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

POLICY = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'report-sample'; style-src 'self' 'report-sample'"
    )
}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ZOO = (
    "[[quoteright:250:pixel.png]]\n[[caption-width-right:250:A {{Cat}}.]]\n\n"
    "[[color:#C0FFEE:In hex]], [[#f80:the same]], %red%in a style%%, [[red:by name]]: an {{Ape}}, a {{Bee}}.\n\n"
    "||a ||b ||\n||c ||d ||\n\n>>center<<\nText.\n>><<\n"
)
NOTE = """addEventListener("securitypolicyviolation", (event) => {
  window.violations ??= [];
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
}, true);"""


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A wiki under the policy: its address."""
    site = Site(tmp_path_factory.mktemp("strict"))
    wiki: Path = site.write({**FILES, "Zoo.trope": ZOO, "pixel.png": PIXEL}).build()
    with serving(wiki, POLICY) as address:
        yield address


@pytest.fixture(scope="module")
def of_theme(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> set[str]:
    """What the theme does against the policy on its own."""
    site = Site(tmp_path_factory.mktemp("plain"))
    site.write({"conf.py": CONF.replace("sphinxcontrib_tropes", "sphinx.ext.mathjax")})
    with serving(site.build(), POLICY) as address:
        page = opened(browser, f"{address}/index.html")
        found = set(violations(page))
        page.goto(f"{address}/search.html?q=ape")
        found.update(violations(page))
        page.context.close()
    assert found
    return found


def opened(browser: Browser, address: str, **options: object) -> Page:
    context = browser.new_context(**options)
    context.set_default_timeout(10_000)
    context.add_init_script(NOTE)
    page = context.new_page()
    page.goto(address)
    return page


def violations(page: Page) -> list[str]:
    page.wait_for_timeout(300)  # what scripts add
    return page.evaluate("() => window.violations ?? []")  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", [*KINDS.values(), "Zoo", "404", "search"])
def test_nothing_of_ours_is_against_a_strict_policy(
    strict: str, browser: Browser, of_theme: set[str], name: str
) -> None:
    page = opened(browser, f"{strict}/{name}.html")
    if name == "tropes/graph":
        page.wait_for_function("() => document.querySelector('.trope-atlas').atlas?.scene.placed")
    assert [found for found in violations(page) if found not in of_theme] == []
    page.context.close()


def test_what_scripts_do_is_done_under_a_strict_policy(
    strict: str, browser: Browser, of_theme: set[str]
) -> None:
    page = opened(browser, f"{strict}/Zoo.html")
    text = page.get_by_text("In hex")
    assert text.evaluate("e => getComputedStyle(e).color") == "rgb(192, 255, 238)"
    assert page.locator("img[src*=pixel]").evaluate("e => e.width") == 250
    page.locator("[role=main] p a.trope", has_text="Ape").first.hover()
    page.locator(".trope-preview").wait_for(state="visible")
    assert [found for found in violations(page) if found not in of_theme] == []
    page.goto(f"{strict}/tropes/graph.html?from=Bee&to=Ape+Name+B#way")
    page.locator(".trope-way-steps > li").last.wait_for()
    page.locator(".trope-atlas-canvas").hover()
    page.mouse.wheel(0, 100)
    assert [found for found in violations(page) if found not in of_theme] == []
    page.goto(f"{strict}/Ape.html")
    page.keyboard.press("Control+k")
    page.locator(".trope-switcher input").fill("bee")
    page.locator(".trope-switcher-text p").first.wait_for()
    assert page.locator(".trope-switcher").evaluate("e => getComputedStyle(e).padding") == "0px"
    assert [found for found in violations(page) if found not in of_theme] == []
    page.goto(f"{strict}/tropes/index.html")
    page.locator(".trope-filter input").fill("ape")
    page.locator(".trope-results a").first.wait_for()
    assert [found for found in violations(page) if found not in of_theme] == []
    page.context.close()


def test_a_colour_in_hex_is_there_without_a_script_too(strict: str, browser: Browser) -> None:
    page = opened(browser, f"{strict}/Zoo.html", java_script_enabled=False)
    if not page.evaluate("CSS.supports('color', 'attr(data-x type(<color>), red)')"):
        pytest.skip("this browser's CSS reads no colours from attributes")
    text = page.get_by_text("the same")
    assert text.evaluate("e => getComputedStyle(e).color") == "rgb(255, 136, 0)"
    page.context.close()
