"""The pages that are open in browsers, and what they are told."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.websockets import WebSocket

    from .folder import Folder
    from .orders import Problem

__all__ = ["Browsers"]

_LONGEST_ADDRESS = 8000
_PATIENCE = 1.0
_MOST = 200
"""Maximum pages that are open: more than anybody looks at."""


class _Page:
    """A page that is open."""

    def __init__(self, socket: WebSocket, address: str, digest: str) -> None:
        self.socket = socket
        self.address = address
        self.digest = digest
        """What it shows."""
        self.told: str = ""
        """What it was told last."""
        self.sending = asyncio.Lock()


class Browsers:
    """Tells each open page when to load again, and its problems."""

    def __init__(self, folder: Folder, is_settled: Callable[[], bool]) -> None:
        self._folder = folder
        self._is_settled = is_settled
        """Whether no file is being written."""
        self._open: set[_Page] = set()
        self._problems: dict[str, tuple[Problem, ...]] = {}
        self._failure: Problem | None = None
        self._builds = 0

    async def connect(self, socket: WebSocket) -> None:
        """The life of the connection of one page."""
        from starlette.websockets import WebSocketDisconnect

        if len(self._open) >= _MOST:
            await socket.close(1013)
            return
        await socket.accept()
        page: _Page | None = None
        try:
            page = _page_of(socket, await socket.receive_text())
            if page is None:
                await socket.close(1008)
                return
            self._open.add(page)
            await self._tell(page, may_reload=self._is_settled())
            while True:
                await socket.receive_text()  # until it is closed; says nothing more
        except (WebSocketDisconnect, KeyError, RuntimeError):
            pass
        finally:
            if page is not None:
                self._open.discard(page)

    def set_problems(self, problems: dict[str, tuple[Problem, ...]]) -> None:
        """Notes the problems of all pages, by file."""
        self._problems = problems

    def note_built(self) -> None:
        """Notes that a build has ended well: data that open pages have loaded may be old."""
        self._builds += 1
        self._failure = None

    def set_failure(self, failure: Problem) -> None:
        """Notes why the last build failed."""
        self._failure = failure

    async def tell(self) -> None:
        """Tells every page what is new to it."""
        await asyncio.gather(*(self._tell(page, may_reload=True) for page in set(self._open)))

    async def _tell(self, page: _Page, *, may_reload: bool) -> None:
        # one that does not read what it is sent must not keep the others waiting
        with suppress(RuntimeError, OSError, TimeoutError):
            async with asyncio.timeout(_PATIENCE), page.sending:
                if may_reload:
                    digest = self._folder.digest(page.address)
                    if digest != page.digest:
                        page.digest = digest
                        await page.socket.send_text(json.dumps({"reload": digest}))
                        return
                told = json.dumps(self._state(page))
                if told != page.told:
                    page.told = told
                    await page.socket.send_text(told)

    def _state(self, page: _Page) -> dict[str, Any]:
        path = self._folder.find(page.address).path
        name = path.relative_to(self._folder.root).as_posix() if path else ""
        problems = self._problems.get(name, ()) if name else ()
        return {
            "problems": [problem._asdict() for problem in problems],
            "failure": self._failure._asdict() if self._failure else None,
            "builds": self._builds,
        }


def _page_of(socket: WebSocket, text: str) -> _Page | None:
    """The page that says what it is; None if it says nothing that makes sense."""
    try:
        said = json.loads(text)
        address, digest = said["address"], said["digest"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(address, str) or not isinstance(digest, str):
        return None
    if not address.startswith("/") or len(address) > _LONGEST_ADDRESS:
        return None
    return _Page(socket, address, digest[:100])
