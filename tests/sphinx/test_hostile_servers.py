"""Servers that lie, drip, bomb, redirect or say nothing: one warning each, in time, and no harm."""

from __future__ import annotations

import gzip
import json
import re
import time
import tracemalloc
from contextlib import contextmanager, suppress
from io import StringIO
from socket import SHUT_RDWR, create_server, socket
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple

import pytest
from sphinx.util import logging

from sphinxcontrib_tropes.build import remote_wikis as federation

from ..conftest import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx

SECONDS = 0.5
"""The time limit here."""
LATEST = 20
"""Seconds after which a build is held up for certain: less would fail on a busy machine."""
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
GOOD = json.dumps(
    {
        "version": 1,
        "project": "films",
        "pages": [{"name": "Film/Alien3", "title": "Alien³", "url": "A.html", "aliases": []}],
        "links": [],
    }
).encode()


def answer(body: bytes, *fields: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """An answer of a server as bytes; *length*: what it says of the body's, -1 for nothing."""
    length = len(body) if length is None else length
    lengths = [f"Content-Length: {length}"] if length >= 0 else []
    head = "\r\n".join([f"HTTP/1.1 {status}", "Connection: close", *lengths, *fields, "", ""])
    return head.encode("latin-1") + body


class Server:
    """A server on this machine that sends the same bytes to all who ask; stops by itself."""

    def __init__(self, sent: bytes, *, pause: float = 0, again: bytes = b"") -> None:
        self._sent, self._pause, self._again = sent, pause, again
        self._is_over = Event()
        self._listening = create_server(("127.0.0.1", 0))
        self.root = f"http://127.0.0.1:{self._listening.getsockname()[1]}/"
        self._connections: list[socket] = []
        self.asked = 0

    def _serve(self) -> None:
        with suppress(OSError):
            while not self._is_over.is_set():
                connection, _ = self._listening.accept()
                self._connections.append(connection)
                self.asked += 1
                Thread(target=self._tell, args=(connection,), daemon=True).start()

    def _tell(self, connection: socket) -> None:
        with suppress(OSError), connection:
            connection.recv(65536)
            connection.sendall(self._sent)
            while self._again and not self._is_over.is_set():
                connection.sendall(self._again)
                time.sleep(self._pause)

    @contextmanager
    def running(self) -> Iterator[Server]:
        thread = Thread(target=self._serve, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._is_over.set()
            with suppress(OSError):
                self._listening.shutdown(SHUT_RDWR)
            self._listening.close()
            thread.join(LATEST)


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory) -> list[Sphinx]:
    """One application, not built, for all."""
    found: list[Sphinx] = []
    Site(tmp_path_factory.mktemp("hostile")).build("dummy", on_app=found.append)
    return found


class Heard(NamedTuple):
    """What became of asking a server."""

    pages: list[str]
    warnings: str
    seconds: float


@pytest.fixture
def ask(apps: list[Sphinx], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Heard]:
    """Loads the data of an address, as the start of a build does."""
    monkeypatch.setattr(federation, "LONGEST", SECONDS)
    [app] = apps

    def ask(place: str) -> Heard:
        warnings = StringIO()
        logging.setup(app, StringIO(), warnings)
        app.config.tropes_federation = {"films": place}
        app.config.tropes_federation_cache_limit = 0
        start = time.monotonic()
        found = federation.load(app)
        pages = [page.title for wiki in found.wikis for page in wiki.pages]
        return Heard(pages, _COLOURS.sub("", warnings.getvalue()), time.monotonic() - start)

    return ask


def test_a_good_answer_is_read(ask: Callable[[str], Heard]) -> None:
    with Server(answer(GOOD)).running() as server:
        heard = ask(server.root)
    assert (heard.pages, heard.warnings) == (["Alien³"], "")


DRIPS = {
    "its head, a letter at a time": (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
    "its head, a line at a time": (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    "a body of known length": (answer(b"", length=10_000), b" "),
    "a body of no known length": (answer(b"", length=-1), b" "),
    "a body in chunks": (answer(b"", "Transfer-Encoding: chunked", length=-1), b"1\r\n \r\n"),
    "the length of a chunk": (answer(b"", "Transfer-Encoding: chunked", length=-1), b"0"),
}


@pytest.mark.parametrize("how", DRIPS.values(), ids=DRIPS)
def test_the_time_limit_holds_for_a_server_that_sends_byte_after_byte(
    ask: Callable[[str], Heard], how: tuple[bytes, bytes]
) -> None:
    with Server(how[0], again=how[1], pause=0.05).running() as server:
        heard = ask(server.root)
    assert f"can't be read: it takes more than {SECONDS} seconds" in heard.warnings
    assert heard.warnings.count("[trope.federation]") == 1
    assert heard.seconds < LATEST


LIES = {
    "more than there is": (answer(GOOD, length=len(GOOD) + 90), "90 more expected"),
    "less than there is": (answer(GOOD, length=len(GOOD) - 9), "is no JSON"),
    "a length that is none": (answer(GOOD, "Content-Length: many", length=-1), ""),
    "two lengths": (answer(GOOD, "Content-Length: 3"), "can't be read"),
    "a page of HTML": (answer(b"<!doctype html><p>Moved", "Content-Type: text/html"), "is no JSON"),
    "bytes that are no text": (answer(b"\x89PNG\r\n\x1a\n\x00"), "is no JSON"),
    "packed what is not": (answer(GOOD, "Content-Encoding: gzip"), "can't be read"),
    "packed in a row": (answer(GOOD, f"Content-Encoding: {'gzip, ' * 99}gzip"), "can't be read"),
    "a version of a million letters": (
        answer(json.dumps({"version": "x" * 10**6}).encode()),
        "is no data of a wiki",
    ),
    "lists in lists": (answer(b"[" * 10**6), "is no JSON"),
    "a number of a million digits": (answer(b"9" * 10**6), "is no JSON"),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n", "can't be read"),
    "nothing, and hangs up": (b"", "can't be read"),
    "a status that is none": (b"HTTP/1.1 999999 \x1b[2J\r\n\r\n", "can't be read"),
    "a line of its head of a million letters": (
        answer(GOOD, f"X-Long: {'x' * 10**6}"),
        "can't be read",
    ),
    "ten thousand lines of a head": (
        answer(GOOD, *(f"X-{n}: y" for n in range(10_000))),
        "can't be read",
    ),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_server_that_lies_is_one_short_warning(
    ask: Callable[[str], Heard], lie: tuple[bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(federation, "LONGEST", LATEST)
    sent, why = lie
    with Server(sent).running() as server:
        heard = ask(server.root)
    if not why:  # it can be read all the same
        assert (heard.pages, heard.warnings) == (["Alien³"], "")
        return
    assert why in heard.warnings
    assert heard.warnings.count("[trope.federation]") == 1
    assert len(heard.warnings) < 800
    assert "\x1b" not in heard.warnings


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("file:///etc/hostname", "neither http nor https"),
        ("ftp://127.0.0.1/tropes.json", "neither http nor https"),
        ("javascript:alert(1)", "neither http nor https"),
        ("http://[::1/tropes.json", "can't be read"),
        ("http://127.0.0.1:99999/", "can't be read"),
        ("http:///", "can't be read"),
        ("/again", "can't be read"),
    ],
)
def test_a_redirect_to_what_is_no_wiki_is_one_warning(
    ask: Callable[[str], Heard], place: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(federation, "LONGEST", LATEST)
    with Server(answer(b"", f"Location: {place}", status="302 Found")).running() as server:
        heard = ask(server.root)
        assert server.asked < 50
    assert why in heard.warnings
    assert heard.warnings.count("[trope.federation]") == 1
    assert heard.pages == []


BOMBS = {
    "blanks": b" " * 2**20,
    "lists": b"[],",
    "objects": b"{},",
    "numbers": b"1,",
}


@pytest.mark.parametrize("piece", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("is_packed", [False, True])
def test_what_a_server_sends_takes_no_more_memory_than_its_bound(
    ask: Callable[[str], Heard],
    piece: bytes,
    is_packed: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(federation, "LONGEST", LATEST)
    monkeypatch.setattr(federation, "LARGEST", 2**20)
    body = b"[" + piece * (2**24 // len(piece)) if len(piece) > 9 else b"[" + piece * 2**18
    fields = ["Content-Encoding: gzip"] if is_packed else []
    sent = answer(gzip.compress(body, 1) if is_packed else body, *fields)
    with Server(sent).running() as server:
        tracemalloc.start()
        try:
            heard = ask(server.root)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert "can't be read: it " in heard.warnings
    assert peak < 2**24
