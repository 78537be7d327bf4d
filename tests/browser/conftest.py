"""The demo in a real browser."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.docutils import docutils_namespace

from ..conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What a theme says of itself where nothing is wrong.
_OF_THEMES = ("Got invalid theme mode",)
_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    # WebGL without a graphics card, for the map
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, built as HTML."""
    root = tmp_path_factory.mktemp("demo")
    source = ROOT / "demo_docs"
    translators.clear()  # those of another language stay in the process
    with docutils_namespace():
        Sphinx(source, source, root / "html", root / "doctrees", "html", status=None).build()
    return root / "html"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Without one there is nothing to test, which is a failure where CI promises one."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: CI must have one")
        pytest.skip("no Chromium on this machine: the pages were not looked at in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_OPTIONS)
        yield browser
        browser.close()


def follow(link: Locator) -> None:
    """Clicks a *link* and waits for the page that it leads to: a click alone returns before it."""
    with link.page.expect_navigation():
        link.click()


@pytest.fixture
def open_page(browser: Browser, demo: Path) -> Iterator[Callable[..., Page]]:
    """Opens a page of the demo, from its file or from *root*; at the end, no error must have been
    on any console."""
    errors: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_OF_THEMES):
            errors.append(f"{message.text} {message.location['url']}")

    def open_page(name: str, *, root: str = "", **options: object) -> Page:
        context = browser.new_context(**options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", note)
        page.goto(f"{root or demo.as_uri()}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors


class Server(ThreadingHTTPServer):
    """A server that a browser may ask for many files at once."""

    request_queue_size = 128


@pytest.fixture
def served(demo: Path) -> Iterator[str]:
    """The demo over HTTP on loopback: its address."""
    with serving(demo) as address:
        yield address


@contextmanager
def serving(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """A site over HTTP on loopback: its address.

    :param headers: what the server says with each file.
    """

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def end_headers(self) -> None:
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            super().end_headers()

        def do_GET(self) -> None:
            if self.path == "/favicon.ico":  # browsers ask for it on their own
                self.send_response(204)
                self.end_headers()
            else:
                super().do_GET()

    server = Server(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
