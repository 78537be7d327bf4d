"""What browsers are sent: files of the output folder, pages with a script that reloads them."""

from __future__ import annotations

import re
import time
from functools import cache
from hashlib import blake2b
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from .guard import HEADERS

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from .folder import Folder

__all__ = ["LIVE", "SCRIPT", "answer", "script", "with_script"]

LIVE = "/__tropes__/live"
"""Where a page is told what happens."""

SCRIPT = "/__tropes__/live.js"
"""The address of the script that each page gets."""

_CHECKSUM = re.compile(r"v=[0-9a-f]{8,64}")
"""What Sphinx adds to addresses of stylesheets and scripts: another file has another address."""

_FOREVER = "max-age=31536000, immutable"
"""Half of the time until a browser shows a page that it loads again is for asking about these."""

_END_OF_BODY = re.compile(rb"</body\s*>", re.IGNORECASE)
_END_OF_PAGE = re.compile(rb"</html\s*>", re.IGNORECASE)
_TAIL = 1000
"""In how many of its last bytes a page ends."""
_LONGEST_WRITING = 1.0
"""Seconds that the builder may take for a page, from one write to the next."""
_MOST_LOOKS = 50
_EMPTY = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1><p>{text}</p></body></html>
"""
_NOT_BUILT = ("Not built yet", "The page appears as soon as the first build ends.")
_NOT_FOUND = ("Not found", "There is no such page. It appears here as soon as there is.")


def with_script(html: bytes, digest: str) -> bytes:
    """A page with the script that reloads it, right before the end of its body.

    :param digest: what the page shows now.
    """
    source = f"{SCRIPT}?v={_script()[1]}"
    tag = f'<script src="{source}" data-digest="{escape(digest)}"></script>'.encode()
    ends = [end.start() for end in _END_OF_BODY.finditer(html)]
    at = ends[-1] if ends else len(html)
    return b"".join((html[:at], tag, html[at:]))


def answer(request: Request, folder: Folder, *, is_built: bool) -> Response:
    """The answer to a request for a file.

    :param is_built: whether there was a build that ended well.
    """
    from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

    if request.method not in ("GET", "HEAD"):
        return PlainTextResponse("Not allowed.\n", 405, {**HEADERS, "Allow": "GET, HEAD"})
    address: str = request.scope["path"]
    found = folder.find(address)
    if found.redirect:
        query = request.url.query
        return RedirectResponse(found.redirect + (f"?{query}" if query else ""), 307, HEADERS)
    status = 404 if found.is_missing else 200
    if found.path is None and address == "/favicon.ico":
        return Response(status_code=204, headers=HEADERS)  # browsers ask for it on their own
    if found.path is None:
        title, text = _NOT_FOUND if is_built else _NOT_BUILT
        html = _EMPTY.format(title=title, text=text).encode()
        return _page(request, html, 404 if is_built else 503, folder.digest(address))
    if found.path.suffix.lower() in (".html", ".htm", ".xhtml"):
        try:
            html = _whole(found.path)
        except OSError:
            return PlainTextResponse("The file can't be read.\n", 500, HEADERS)
        return _page(request, html, status, folder.digest_of(found, html))
    stat = found.path.stat()
    tag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}-{stat.st_ino:x}"'
    headers = {**HEADERS, "ETag": tag}
    if _CHECKSUM.fullmatch(request.url.query):
        headers["Cache-Control"] = _FOREVER
    if _is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return FileResponse(found.path, headers=headers, stat_result=stat)


def _whole(page: Path) -> bytes:
    """The text of *page*; if it ends in its middle, the builder may be writing it just now."""
    html = page.read_bytes()
    for _ in range(_MOST_LOOKS):
        is_new = time.time() - page.stat().st_mtime < _LONGEST_WRITING
        if not is_new or _END_OF_PAGE.search(html, max(0, len(html) - _TAIL)):
            break
        time.sleep(_LONGEST_WRITING / _MOST_LOOKS)
        html = page.read_bytes()
    return html


def _page(request: Request, html: bytes, status: int, digest: str) -> Response:
    from starlette.responses import Response

    body = with_script(html, digest)
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    headers = {**HEADERS, "ETag": tag}
    if status == 200 and _is_known(request, tag):
        return Response(status_code=304, headers=headers)
    # the charset is the page's own: a project may have another than UTF-8
    headers["Content-Type"] = "text/html"
    return Response(body, status, headers)


def _is_known(request: Request, tag: str) -> bool:
    """Whether the browser has this version already."""
    known = request.headers.get("if-none-match", "")
    return any(item.strip().removeprefix("W/") in (tag, "*") for item in known.split(","))


def script(request: Request) -> Response:
    """The script that reloads a page and shows its problems."""
    from starlette.responses import Response

    text, version = _script()
    headers = {**HEADERS, "ETag": f'"{version}"'}
    if request.url.query == f"v={version}":
        headers["Cache-Control"] = _FOREVER
    if _is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(text, headers=headers, media_type="text/javascript")


@cache
def _script() -> tuple[bytes, str]:
    """The script, and its digest."""
    text = Path(__file__).with_name("live.js").read_bytes()
    return text, blake2b(text, digest_size=8).hexdigest()
