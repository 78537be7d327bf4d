"""A running ``sphinx-tropes serve``, as a person at a terminal has it, and what a browser asks of it."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from sphinxcontrib_tropes.tools import previews

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 60
"""Seconds: far more than anything here takes."""


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Serve:
    """A process that serves a project."""

    def __init__(self, source: Path, *options: object, env: dict[str, str] | None = None) -> None:
        self.source = source
        self.out = source / "_build" / "html"
        self._log = Path(tempfile.mkstemp(suffix=".log", dir=source.parent)[1])
        command = [sys.executable, "-m", "sphinxcontrib_tropes.tools.cli", "serve", str(source)]
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, *map(str, options)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=os.environ | (env or {}),
            )  # fmt: skip
        self.port = int(self.wait_said(r"http://127\.0\.0\.1:(\d+)/")[1])

    # -- what it says

    @property
    def said(self) -> str:
        return self._log.read_text("utf-8", "replace")

    def wait_said(self, pattern: str, since: int = 0) -> re.Match[str]:
        """Waits until it said something, after the first *since* characters."""
        found: list[re.Match[str]] = []

        def is_said() -> bool:
            found[:] = re.finditer(pattern, self.said[since:])
            return bool(found) or self.process.poll() is not None

        self.wait(is_said, f"saying {pattern!r}")
        assert found, self.said
        return found[0]

    def wait(self, is_true: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not is_true():
            assert time.monotonic() < end, f"{what} took too long: {self.said}"
            time.sleep(0.02)

    def settle(self, edit: Callable[[], object] = lambda: None) -> None:
        """Edits, and waits until all is built."""
        before = len(self.said)
        edit()
        self.wait_said(r"built in [\d.]+ s\n", before)

    # -- what it is asked

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answer:
        """The answer to a request. Headers have underscores for hyphens; None leaves one out."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.putrequest(method, path, skip_host="Host" in told, skip_accept_encoding=True)
            for name, value in told.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def wait_page(self, path: str, text: str) -> None:
        self.wait(lambda: text in self.ask(path).text, f"{text!r} on {path}")

    def preview(self) -> previews.Preview:
        found = previews.find(self.source)
        assert found is not None
        return found

    def end(self) -> int:
        """Ends it as Ctrl-C does; its exit code."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(10)
        finally:
            self.process.kill()


class Socket:
    """The connection of a page that is open in a browser."""

    def __init__(self, serve: Serve, address: str, **options: Any) -> None:
        from websockets.sync.client import connect

        self._connection = connect(f"ws://127.0.0.1:{serve.port}/__tropes__/live", **options)
        self._socket = self._connection.__enter__()
        digest = re.search(r'data-digest="(\w+)"', serve.ask(address).text)
        assert digest is not None
        self._socket.send(json.dumps({"address": unquote(address), "digest": digest[1]}))

    def wait(self, is_it: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """Waits for a message of a kind."""
        while True:
            told: dict[str, Any] = json.loads(self._socket.recv(PATIENCE))
            if is_it(told):
                return told

    def close(self) -> None:
        self._connection.__exit__(None, None, None)


@contextmanager
def serving(source: Path, *options: object, **more: Any) -> Iterator[Serve]:
    """A project that is served."""
    serve = Serve(source, *options, **more)
    try:
        yield serve
    finally:
        serve.process.send_signal(signal.SIGTERM)
        try:
            serve.process.wait(10)
        except subprocess.TimeoutExpired:
            serve.process.kill()
            raise


def clean_build(source: Path, into: Path, *options: str) -> Path:
    """The output of a build from nothing."""
    shutil.rmtree(into, ignore_errors=True)
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", *options]
    subprocess.run(
        [*command, "-d", into / "doctrees", source, into / "html"],
        check=True, capture_output=True,
    )  # fmt: skip
    return into / "html"


NO_SITE = {".buildinfo", ".buildinfo.bak", "searchindex.js", ".tropes-state.json"}


def differences(out: Path, clean: Path) -> list[str]:
    """The files that differ, but for what Sphinx itself leaves behind: sources and words of pages
    that are gone.
    """
    one, other = (
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
            and path.name not in NO_SITE
            and not {"_sources", ".doctrees"} & set(path.relative_to(folder).parts)
        }
        for folder in (out, clean)
    )
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def assert_clean(serve: Serve, tmp_path: Path, *options: str) -> None:
    """The output is that of a clean build."""
    clean = clean_build(serve.source, tmp_path / "clean", *options)
    assert not differences(serve.out, clean)
