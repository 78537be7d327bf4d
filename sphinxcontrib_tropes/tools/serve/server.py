"""The web server of the live preview, on loopback alone."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import secrets
import signal
import socket
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..previews import announce
from ..refusal import Refusal
from .answers import LIVE, SCRIPT, answer, script
from .browsers import Browsers
from .folder import Folder
from .guard import HEADERS, Guard
from .preview import LivePreview
from .watching import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from .orders import Project

__all__ = ["BUFFER", "serve"]

BUFFER = "/__tropes__/buffer"
"""Where editors send unsaved text."""

_LOOPBACK = "127.0.0.1"
_FIRST_PORT, _PORTS = 8000, 100
_LONGEST_BODY = 2**25
"""Bytes of a request: an unsaved text is not longer."""
_LONGEST_MESSAGE = 2**14


def serve(
    project: Project,
    *,
    port: int | None = None,
    open_browser: bool = False,
    tell: Callable[[str], None],
) -> None:
    """Serves a project until it is interrupted.

    :param port: the port to listen on; None: the first that is free.
    :param tell: takes sentences for the terminal.
    :raises Refusal: if a library is missing, or the port is in use.
    """
    _require_libraries()
    listening = _bound(port)
    with listening, contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(project, listening, tell, open_browser=open_browser))


def _require_libraries() -> None:
    try:
        import starlette
        import uvicorn
        import watchfiles
        import websockets
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        raise Refusal(f"serve needs {missing}: pip install 'sphinxcontrib-tropes[serve]'") from None
    del starlette, uvicorn, watchfiles, websockets


def _bound(port: int | None) -> socket.socket:
    """A socket that is bound to a port of loopback."""
    ports = range(_FIRST_PORT, _FIRST_PORT + _PORTS) if port is None else [port]
    reason = ""
    for number in ports:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would share it
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((_LOOPBACK, number))
            sock.listen(128)
        except OSError as error:
            sock.close()
            reason = error.strerror or str(error)
            continue
        return sock
    if port is None:
        raise Refusal(f"no port from {ports[0]} to {ports[-1]} is free; choose one with --port")
    raise Refusal(f"cannot listen on port {port}: {reason}; leave out --port to take a free one")


async def _run(
    project: Project, listening: socket.socket, tell: Callable[[str], None], *, open_browser: bool
) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        """Leaves signals to us."""

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    port: int = listening.getsockname()[1]
    token = secrets.token_urlsafe(32)
    folder = Folder(Path(project.out), Path(project.doctrees))
    browsers = Browsers(folder, lambda: not preview.is_busy)
    watcher = Watcher(Path(project.source), (Path(project.out), Path(project.doctrees)))
    preview = LivePreview(project, watcher, browsers, tell)
    server = Server(
        uvicorn.Config(
            _web(project, folder, browsers, preview, port, token),
            log_config=None,
            log_level="critical",
            access_log=False,
            lifespan="off",
            ws="websockets-sansio",
            ws_max_size=_LONGEST_MESSAGE,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
        )
    )
    address = f"http://{_LOOPBACK}:{port}/"
    with announce(Path(project.source), port, token), _stopping(server):
        tell(f"serving {project.source} at {address} (Ctrl-C ends it)")
        tasks = [
            asyncio.create_task(work)
            for work in (preview.watch(), preview.build(), preview.look_after_editors())
        ]
        serving = asyncio.create_task(server.serve([listening]))
        if open_browser:
            tasks.append(asyncio.create_task(_open(address)))
        try:
            await _first_end(serving, tasks)
        finally:
            server.should_exit = True
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            with contextlib.suppress(asyncio.CancelledError):
                await serving


async def _open(address: str) -> None:
    await asyncio.to_thread(webbrowser.open, address)


async def _first_end(serving: asyncio.Task[None], tasks: list[asyncio.Task[Any]]) -> None:
    """Waits until the server ends, or until one of the other tasks raises an exception."""
    waiting = {serving, *tasks}
    while not serving.done():
        done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in done - {serving}:
            task.result()


@contextlib.contextmanager
def _stopping(server: Any) -> Iterator[None]:
    """Has Ctrl-C and SIGTERM end the server."""

    def stop(_number: int, _frame: object) -> None:
        server.force_exit = server.should_exit
        server.should_exit = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _web(
    project: Project,
    folder: Folder,
    browsers: Browsers,
    preview: LivePreview,
    port: int,
    token: str,
) -> Guard:
    """The web application."""
    from starlette.applications import Starlette
    from starlette.routing import Route, WebSocketRoute

    def files(request: Request) -> Response:  # in a thread: it may wait for a page
        return answer(request, folder, is_built=preview.is_built)

    async def live_script(request: Request) -> Response:
        return script(request)

    async def buffer(request: Request) -> Response:
        return await _take_buffer(request, project, preview, token)

    routes = [
        WebSocketRoute(LIVE, browsers.connect),
        Route(SCRIPT, live_script),
        Route(BUFFER, buffer, methods=["POST"]),
        Route("/{path:path}", files),
    ]
    return Guard(Starlette(routes=routes), port)


async def _take_buffer(
    request: Request, project: Project, preview: LivePreview, token: str
) -> Response:
    """Takes unsaved text from an editor that knows the token."""
    from starlette.responses import PlainTextResponse

    def refuse(status: int, sentence: str) -> Response:
        return PlainTextResponse(sentence, status, HEADERS)

    told = request.headers.get("authorization", "")
    if not hmac.compare_digest(told.encode(), f"Bearer {token}".encode()):
        return refuse(403, "The token is not that of this preview.\n")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST_BODY:
            return refuse(413, "The text is too long.\n")
    buffer = _buffer_of(body)
    if buffer is None:
        return refuse(400, "Not understood.\n")
    path, text, owner = buffer
    if not path.is_relative_to(project.source):
        return refuse(404, "The file is not in the source folder.\n")
    preview.show(str(path), text, owner)
    return PlainTextResponse("", 202, HEADERS)


def _buffer_of(body: bytearray) -> tuple[Path, str | None, int] | None:
    """The file, text and process that an editor tells of; None if it makes no sense."""
    try:
        said = json.loads(body)
        path, text, owner = Path(said["path"]), said["text"], said["owner"]
        file = path.resolve()
    except (ValueError, TypeError, KeyError, RecursionError, OSError):
        return None
    is_text = text is None or isinstance(text, str)
    if not path.is_absolute() or not is_text or not isinstance(owner, int) or owner <= 0:
        return None
    return file, text, owner
