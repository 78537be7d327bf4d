"""Addresses of files, as editors give them, <-> paths."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from urllib.parse import quote, unquote_to_bytes, urlsplit

__all__ = ["inside_of", "path_of", "real_path", "uri_of"]

_DRIVE = re.compile(r"/+([A-Za-z]):(?=/|\Z)")
_SAFE = "/:@!$&'()*+,;=~"


def path_of(uri: str, *, is_windows: bool = os.name == "nt") -> PurePath | None:
    """The path of a ``file:`` address, without ``..`` in it; None for any other address.

    :param is_windows: whether drives and shares are meant: ``file:///c%3A/wiki``,
        ``file://server/wiki``.
    """
    try:
        parts = urlsplit(uri)
        raw = unquote_to_bytes(parts.path)
        path = os.fsdecode(raw) if not is_windows else raw.decode("utf-8", "replace")
    except ValueError:
        return None
    if parts.scheme != "file" or "\0" in path or not path.startswith("/"):
        return None
    host = "" if parts.netloc == "localhost" else parts.netloc
    if not is_windows:
        return None if host else PurePosixPath(os.path.normpath(path))
    drive = _DRIVE.match(path)
    if drive and not host:
        path = f"{drive[1].upper()}:{path[drive.end() :] or '/'}"
    elif host:
        path = f"//{host}{path}"
    found = PureWindowsPath(path)
    kept: list[str] = []
    for part in found.parts[1:]:
        if part != "..":
            kept.append(part)
        elif kept:
            kept.pop()
    return PureWindowsPath(found.anchor, *kept)


def uri_of(path: PurePath) -> str:
    """The address of an absolute *path*."""
    if isinstance(path, PureWindowsPath):
        posix = path.as_posix()
        rest = quote(posix.lstrip("/") if posix.startswith("//") else f"/{posix}", safe=_SAFE)
        return f"file://{rest}"
    return f"file://{quote(os.fsencode(path), safe=_SAFE)}"


def real_path(uri: str) -> Path | None:
    """The path of a ``file:`` address on this machine; None for any other address."""
    path = path_of(uri)
    return None if path is None else Path(path)


def inside_of(path: Path, root: Path) -> str:
    """*path* from *root*, with slashes; empty if it is not inside."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) and path != root else ""
