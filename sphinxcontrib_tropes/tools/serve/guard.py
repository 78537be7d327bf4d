"""Which requests are answered: those of pages of this server, and of programs of this machine.

The server listens on loopback alone. That does not keep out pages of other sites: a browser sends
their requests to loopback, too. So:

- The host must be a name of loopback, with our port. A page whose own name was made to lead to
  loopback (DNS rebinding) asks for that name.
- The origin, where a browser tells one, must be ours: always for WebSockets and for POST.
- A browser that says that a page of another site wants a script, a picture or data gets nothing. A
  link to a page is followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Guard", "is_allowed"]

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    # editors show the preview in a panel
    "Content-Security-Policy": "frame-ancestors 'self' vscode-webview: vscode-file:",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""What every answer says."""

_NAMES = ("127.0.0.1", "localhost")


def is_allowed(headers: Iterable[tuple[bytes, bytes]], port: int) -> bool:
    """Whether a request with these headers is answered.

    :param headers: names in lower case, as in ASGI.
    """
    told: dict[str, str] = {}
    for name, value in headers:
        key = name.decode("latin-1")
        if key in _LOOKED_AT and key in told:
            return False  # two of them: programs differ in which one counts
        told[key] = value.decode("latin-1").strip().lower()
    hosts = {f"{name}:{port}" for name in _NAMES}
    if port == 80:
        hosts.update(_NAMES)
    if told.get("host") not in hosts:
        return False
    if "origin" in told and told["origin"] not in {f"http://{host}" for host in hosts}:
        return False
    return told.get("sec-fetch-site", "none") in ("none", "same-origin") or _is_visit(told)


_LOOKED_AT = ("host", "origin", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest")


def _is_visit(told: Mapping[str, str]) -> bool:
    """Whether somebody follows a link to a page, or an editor shows one."""
    is_page = told.get("sec-fetch-dest") in ("document", "iframe")
    return is_page and told.get("sec-fetch-mode") == "navigate" and "origin" not in told


class Guard:
    """Answers requests that are not allowed with 403, and hands on all others."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from starlette.responses import PlainTextResponse
        from starlette.websockets import WebSocketClose

        kind = scope["type"]
        if kind not in ("http", "websocket"):
            return
        if is_allowed(scope["headers"], self._port):
            await self._app(scope, receive, send)
        elif kind == "websocket":
            await WebSocketClose(1008)(scope, receive, send)
        else:
            answer = PlainTextResponse("Only for pages of this server.\n", 403, HEADERS)
            await answer(scope, receive, send)
