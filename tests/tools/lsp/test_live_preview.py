"""Unsaved text in the live preview."""

from __future__ import annotations

import asyncio
import http.server
import json
import threading
from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.tools import previews
from sphinxcontrib_tropes.tools.lsp.live_preview import LivePreview

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Seen(http.server.ThreadingHTTPServer):
    def __init__(self) -> None:
        self.texts: list[tuple[str, str | None]] = []
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.headers["Authorization"] == "Bearer secret"
        assert isinstance(self.server, Seen)
        self.server.texts.append((said["path"], said["text"]))
        self.send_response(202)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seen]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    server = Seen()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def test_a_preview_that_starts_later_is_shown_everything(served, tmp_path):
    page, other = tmp_path / "A.trope", tmp_path / "B.trope"

    async def write() -> None:
        preview = LivePreview(tmp_path)
        preview.put(page, "one")
        await asyncio.sleep(0.4)
        with previews.announce(tmp_path, served.server_address[1], "secret"):
            preview.put(other, "two")
            await asyncio.sleep(0.4)
            preview.put(other, "three")
            preview.put(other, "four")
            await asyncio.sleep(0.4)
            preview.put(page, None)
            await asyncio.sleep(0.4)

    asyncio.run(write())
    assert served.texts == [
        (str(page), "one"), (str(other), "two"), (str(other), "four"), (str(page), None),
    ]  # fmt: skip


def test_without_a_preview_nothing_happens(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    async def write() -> None:
        LivePreview(tmp_path).put(tmp_path / "A.trope", "x")
        await asyncio.sleep(0.3)

    asyncio.run(write())
