"""The files of the output folder: which one an address leads to, and digests of what a page shows."""

from __future__ import annotations

import os
import re
import stat
from collections import OrderedDict
from hashlib import blake2b
from html import unescape
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Folder", "Found"]


class Found(NamedTuple):
    """What an address leads to."""

    path: Path | None
    """The file; None if there is none."""
    redirect: str = ""
    """The address that the browser is to ask for instead."""
    is_missing: bool = False
    """Whether *path* is the page for addresses that lead nowhere."""


# stylesheets, scripts of the theme and pictures; a wiki's data changes in every build
_ASSET = re.compile(
    rb"<(?:img|source|video|audio|object|iframe|link|script)\b[^>]*?"
    rb"\b(?:src|href|data|poster)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"\.(?:css|js|png|jpe?g|gif|svg|webp|avif|ico|mp4|webm|og[gv]|mp3|wav|woff2?)", re.IGNORECASE
)
_MOST_DIGESTS = 4096
_LONGEST_HASHED = 2**22
"""Files longer than that are told apart by size and time."""


class Folder:
    """A folder that is served: regular files in it, none that is hidden, none that a link leads to
    outside of it.
    """

    def __init__(self, root: Path, hidden: Path) -> None:
        self.root = root
        self._hidden = hidden
        """The folder of doctrees, if it is inside."""
        self._digests: OrderedDict[Path, tuple[tuple[int, int], bytes]] = OrderedDict()
        self._lock = Lock()  # answers are given in several threads

    def find(self, address: str) -> Found:
        """The file at the path *address*, which is decoded already."""
        *folders, name = address.removeprefix("/").split("/")
        if not all(map(_is_plain, folders)) or not (name == "" or _is_plain(name)):
            return self._missing()
        path = self.root.joinpath(*folders, name) if name else self.root.joinpath(*folders)
        if name and self._is_served(path, stat.S_ISDIR):
            if self._is_served(path / "index.html", stat.S_ISREG):
                return Found(None, "/" + "/".join(map(quote, (*folders, name, ""))))
            return self._missing()
        if not name:
            path /= "index.html"
        return Found(path) if self._is_served(path, stat.S_ISREG) else self._missing()

    def _missing(self) -> Found:
        path = self.root / "404.html"
        return Found(path if self._is_served(path, stat.S_ISREG) else None, is_missing=True)

    def _is_served(self, path: Path, is_kind: Callable[[int], bool]) -> bool:
        try:
            real = Path(os.path.realpath(path, strict=True))
            root = Path(os.path.realpath(self.root, strict=True))
            mode = real.stat().st_mode
        except (OSError, ValueError):
            return False
        if not real.is_relative_to(root) or real.is_relative_to(os.path.realpath(self._hidden)):
            return False
        inside = real.relative_to(root).parts
        return all(map(_is_plain, inside)) and is_kind(mode)

    # -- digests

    def digest(self, address: str) -> str:
        """Changes if and only if a browser would show something else at *address*, as far as the
        page and the files that it names tell.
        """
        found = self.find(address)
        if found.path is None:
            return "missing"
        try:
            return self.digest_of(found, found.path.read_bytes())
        except OSError:
            return "missing"

    def digest_of(self, found: Found, html: bytes) -> str:
        """The digest of the file *found*, which says *html*."""
        assert found.path is not None
        digest = blake2b(digest_size=12)
        digest.update(html)
        digest.update(b"missing" if found.is_missing else b"found")
        if found.path.suffix.lower() in (".html", ".htm"):
            for asset in self._assets(html, found.path):
                with self._lock:
                    digest.update(self._of_file(asset))
        return digest.hexdigest()

    def _assets(self, html: bytes, page: Path) -> list[Path]:
        found: dict[Path, None] = {}
        for double, single in _ASSET.findall(html):
            address = unescape((double or single).decode("utf-8", "replace"))
            try:
                parts = urlsplit(address)
            except ValueError:
                continue
            if parts.scheme or parts.netloc or not _SHOWN.fullmatch(Path(parts.path).suffix):
                continue
            path = unquote(parts.path)
            base = self.root if path.startswith("/") else page.parent
            asset = Path(os.path.normpath(base / path.lstrip("/")))
            if asset.is_relative_to(self.root):
                found[asset] = None
        return list(found)

    def _of_file(self, path: Path) -> bytes:
        """The digest of a file; reads it only if its time or size changed."""
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                return b"-"
            state = status.st_mtime_ns, status.st_size
            known = self._digests.get(path)
            if known is not None and known[0] == state:
                self._digests.move_to_end(path)
                return known[1]
            if status.st_size > _LONGEST_HASHED:
                digest = repr(state).encode()
            else:
                digest = blake2b(path.read_bytes(), digest_size=12).digest()
        except (OSError, ValueError):
            return b"-"
        self._digests[path] = state, digest
        if len(self._digests) > _MOST_DIGESTS:
            self._digests.popitem(last=False)
        return digest


def _is_plain(name: str) -> bool:
    """Whether a part of an address is a file name that is served: not hidden, not special."""
    return bool(name) and not name.startswith(".") and not set(name) & _SPECIAL


_SPECIAL = {"\0", "\\"} | ({":"} if os.name == "nt" else set())
