"""The live preview in a real browser."""

from __future__ import annotations

import random
import re
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from ..conftest import AWKWARD, CONF, Site
from ..tools.serve.live import PATIENCE, Serve, clean_build, differences, serving
from ..tools.serve.test_serve import EDITS, SEED, edit_at_random, wait_idle
from .conftest import serving as serving_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LONG = "\n\n".join(f"Paragraph {number} of {{{{Humans}}}}, with words." for number in range(80))
FOLDERS = "\n\n[[folder:One]]\nIn it.\n[[/folder]]\n\n[[folder:Two]]\nIn that.\n[[/folder]]\n"
BOX = "sphinx-tropes-live"
NUMBERS = count()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp("live"))
    conf = CONF.replace("basic", "alabaster")
    return site.write({**AWKWARD, "conf.py": f'{conf}exclude_patterns = ["_build"]\n'}).source


@pytest.fixture(autouse=True, scope="module")
def _runtime_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where previews announce themselves; nothing of a person's who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        yield


@pytest.fixture(scope="module")
def served(source: Path) -> Iterator[Serve]:
    with serving(source) as serve:
        serve.wait_said("built in")
        yield serve


@pytest.fixture
def page(browser: Browser, served: Serve) -> Iterator[Page]:
    first = f"First.\n\n{LONG}{FOLDERS}\nFor test {next(NUMBERS)}.\n"
    served.settle(lambda: (served.source / "Long.trope").write_text(first))
    context = browser.new_context(viewport={"width": 1000, "height": 600})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"http://127.0.0.1:{served.port}/Long.html")
    yield page
    context.close()
    assert not errors


def write(served: Serve, text: str) -> None:
    (served.source / "Long.trope").write_text(text)


def test_a_saved_page_is_shown_where_the_reader_was(page: Page, served: Serve) -> None:
    page.evaluate("scrollTo(0, 900)")
    page.locator("details", has_text="Two").evaluate("(element) => { element.open = true }")
    page.evaluate("window.isOld = true")
    write(served, f"Newest words.\n\n{LONG}{FOLDERS}")
    page.get_by_text("Newest words.").wait_for(state="attached")
    page.wait_for_load_state()
    assert not page.evaluate("window.isOld")
    assert abs(page.evaluate("scrollY") - 900) < 5
    folds = page.evaluate("[...document.querySelectorAll('details')].map((d) => d.open)")
    assert folds[:2] == [False, True]


def test_a_warning_is_shown_with_its_line_and_goes_when_it_is_mended(
    page: Page, served: Serve
) -> None:
    box = page.locator(BOX)
    assert not box.is_visible()
    write(served, f"First.\n\n[[folder:<b>&amp; Open\n\n{LONG}")
    box.get_by_text("is not closed").wait_for()
    shown = page.locator(f"{BOX} section").inner_text()
    assert "Long.trope:3" in shown
    assert "[[folder:<b>&amp; is" in shown
    assert "1 warning on this page" in shown
    write(served, f"First.\n\n{LONG}")
    box.wait_for(state="detached")


def test_the_box_is_folded_by_keyboard_and_stays_so(page: Page, served: Serve) -> None:
    write(served, f"[[folder:Open\n\n{LONG}")
    head = page.locator(BOX).get_by_role("button")
    head.wait_for()
    head.focus()
    page.keyboard.press("Escape")
    assert head.get_attribute("aria-expanded") == "false"
    assert not page.locator(BOX).get_by_text("is not closed").is_visible()
    page.reload()
    head.wait_for()
    assert head.get_attribute("aria-expanded") == "false"
    head.focus()
    page.keyboard.press("Enter")
    assert page.locator(BOX).get_by_text("is not closed").is_visible()


def test_other_pages_show_their_own_problems_alone(page: Page, served: Serve) -> None:
    write(served, f"[[folder:Open\n\n{LONG}")
    page.locator(BOX).wait_for()
    page.goto(f"http://127.0.0.1:{served.port}/Humans.html")
    page.wait_for_timeout(500)
    assert not page.locator(BOX).is_visible()


def test_a_build_that_fails_is_told_on_the_page_from_before(page: Page, served: Serve) -> None:
    conf = served.source / "conf.py"
    good = conf.read_text()
    conf.write_text(f"{good}\n1 / 0\n")
    page.locator(BOX).get_by_text("The last build failed").wait_for()
    page.locator(BOX).get_by_text(re.compile("division by zero")).wait_for()
    assert page.get_by_text("First.", exact=True).is_visible()
    conf.write_text(good)
    page.locator(BOX).wait_for(state="detached")


def test_a_page_that_did_not_change_is_not_loaded_again(page: Page, served: Serve) -> None:
    page.evaluate("window.isOld = true")
    served.settle(lambda: (served.source / "abE.trope").write_text("About nothing.\n"))
    page.wait_for_timeout(500)
    assert page.evaluate("window.isOld")


def test_a_page_comes_back_when_the_server_does(browser: Browser, source: Path) -> None:
    with serving(source) as serve:
        serve.wait_said("built in")
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{serve.port}/Humans.html")
        page.wait_for_timeout(300)
        serve.end()
    page.locator(BOX).get_by_text("The preview is not running").wait_for()
    (source / "Humans.trope").write_text("Written meanwhile.\n")
    with serving(source, "--port", serve.port):
        page.get_by_text("Written meanwhile.").wait_for()
        page.locator(BOX).wait_for(state="detached")
    page.close()


ATTEMPTS = """async (target) => {
  const found = {};
  found.fetched = await fetch(`${target}/Humans.html`).then((answer) => answer.text(), () => "");
  window.Search = { setIndex: (index) => { window.leaked = index; } };
  const loaded = (element, address) => new Promise((resolve) => {
    element.onload = () => resolve(true);
    element.onerror = () => resolve(false);
    element.src = address;
    document.body.append(element);
  });
  found.script = await loaded(document.createElement("script"), `${target}/searchindex.js`);
  found.leaked = window.leaked ?? "";
  found.picture = await loaded(document.createElement("img"), `${target}/_static/file.png`);
  found.posted = await fetch(`${target}/__tropes__/buffer`, { method: "POST", body: "{}" })
    .then((answer) => answer.status, () => "");
  found.messages = await new Promise((resolve) => {
    const socket = new WebSocket(`${target.replace("http", "ws")}/__tropes__/live`);
    socket.onopen = () => resolve(true);
    socket.onclose = () => resolve(false);
  });
  const opened = window.open(`${target}/Humans.html`);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  found.opened = opened === null || opened.closed ? "" : opened.length;
  await loaded(document.createElement("iframe"), `${target}/Humans.html`);
  return found;
}"""


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_page_of_another_site_reads_and_steers_nothing(
    browser: Browser, served: Serve, tmp_path: Path, name: str
) -> None:
    (tmp_path / "index.html").write_text("<!DOCTYPE html><title>Other</title><body></body>")
    with serving_folder(tmp_path) as address:
        page = browser.new_page()
        page.goto(address.replace("127.0.0.1", name))
        found = page.evaluate(ATTEMPTS, f"http://127.0.0.1:{served.port}")
        assert not any(found.values()), found
        assert not page.frames[1].url.startswith("http")
        page.context.close()


def test_a_page_that_appears_is_shown_where_it_was_missing(page: Page, served: Serve) -> None:
    page.goto(f"http://127.0.0.1:{served.port}/Appears.html")
    (served.source / "Appears.trope").write_text("Here it is.\n")
    page.get_by_text("Here it is.").wait_for()
    (served.source / "Appears.trope").unlink()
    page.get_by_text("Here it is.").wait_for(state="detached")


BODY = "document.querySelector('[role=main]')?.innerText ?? document.body.innerText"


def test_after_each_random_edit_a_reader_sees_the_page_of_a_clean_build(
    browser: Browser, tmp_path: Path
) -> None:
    """The 200 edits of a night: TROPES_SERVE_EDITS=200."""
    site = Site(tmp_path).write(AWKWARD)
    (site.source / "conf.py").write_text(f'{CONF}exclude_patterns = ["_build"]\n')
    chance = random.Random(SEED)
    page, other = browser.new_page(), browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with serving(site.source) as serve, serving_folder(tmp_path / "clean" / "html") as clean:
        serve.wait_said("built in")
        for number in range(EDITS):
            name = chance.choice(sorted(path.stem for path in site.source.glob("*.trope")))
            page.goto(f"http://127.0.0.1:{serve.port}/{quote(name)}.html")
            edit_at_random(serve, chance, number)
            wait_idle(serve)
            built = clean_build(site.source, tmp_path / "clean")
            assert not differences(serve.out, built)
            if (built / f"{name}.html").is_file():
                other.goto(f"{clean}/{quote(name)}.html")
                serve.wait(lambda: page.evaluate(BODY) == other.evaluate(BODY), f"seeing {name}")
    assert not errors
    page.context.close()
    other.context.close()
