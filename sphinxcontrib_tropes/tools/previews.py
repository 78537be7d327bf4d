"""Finds the live preview of a project, and shows unsaved text in it.

A running ``sphinx-tropes serve`` leaves a file in the user's runtime folder: its project, port and
token. Only the user can read it.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import stat
import sys
import tempfile
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Preview", "announce", "find", "is_running"]

_LONGEST = 2**16
_PATIENCE = 2.0


class Preview(NamedTuple):
    """A running live preview."""

    port: int
    token: str

    def show(self, path: Path, text: str | None) -> bool:
        """Shows unsaved *text* as if the file *path* held it; None: the buffer was closed.

        :returns: whether the preview took it; if not, look for one again with :func:`find`.
        """
        said = {"path": str(path), "text": text, "owner": os.getpid()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            body = json.dumps(said).encode()
            connection.request("POST", "/__tropes__/buffer", body, headers)
            return connection.getresponse().status == http.client.ACCEPTED
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def find(source: Path) -> Preview | None:
    """The live preview of the project in the folder *source*, if one runs: the newest."""
    folder = _runtime_folder()
    if folder is None:
        return None
    found = []
    for path in folder.glob(f"{_name(source)}-*.json"):
        said = _read(path)
        if said is None or said.get("source") != str(source.resolve()):
            continue
        with contextlib.suppress(KeyError, TypeError, ValueError, OSError):
            preview = Preview(int(said["port"]), str(said["token"]))
            if _is_there(int(said["process"]), preview.port):
                found.append((path.stat().st_mtime_ns, preview))
            else:
                path.unlink(missing_ok=True)
    return max(found)[1] if found else None


@contextlib.contextmanager
def announce(source: Path, port: int, token: str) -> Iterator[None]:
    """Leaves the file for :func:`find` while a preview runs. Without a folder for it, editors can't
    find the preview, and nothing else is missing.
    """
    folder = _runtime_folder()
    path = folder and folder / f"{_name(source)}-{os.getpid()}.json"
    said = {"source": str(source.resolve()), "port": port, "token": token, "process": os.getpid()}
    try:
        if path is not None:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(said, file)
        yield
    finally:
        if path is not None:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def _name(source: Path) -> str:
    return blake2b(os.fsencode(source.resolve()), digest_size=10).hexdigest()


def _runtime_folder() -> Path | None:
    """The folder for such files: the user's own, closed to others. None if there is none."""
    base = os.environ.get("XDG_RUNTIME_DIR", "")
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or tempfile.gettempdir(), "sphinx-tropes")
    elif base and Path(base).is_absolute() and Path(base).is_dir():
        folder = Path(base, "sphinx-tropes")
    else:
        folder = Path(tempfile.gettempdir(), f"sphinx-tropes-{os.getuid()}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder if _is_own(folder.lstat(), stat.S_ISDIR) else None
    except OSError:
        return None


def _is_own(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Whether a file is of the user, and closed to others."""
    if not is_kind(status.st_mode):
        return False
    return sys.platform == "win32" or (status.st_uid == os.getuid() and not status.st_mode & 0o077)


def _read(path: Path) -> dict[str, Any] | None:
    """What a file says, if it can be trusted."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "rb") as file:
            if not _is_own(os.fstat(file.fileno()), stat.S_ISREG):
                return None
            said = json.loads(file.read(_LONGEST))
    except (OSError, ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def is_running(process: int) -> bool:
    """Whether there is a process with this id; True if that is unknown."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # of another user
        return True
    return True


def _is_there(process: int, port: int) -> bool:
    """Whether a preview runs: its process is there, and something listens on its port."""
    import socket

    if not is_running(process):
        return False

    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), _PATIENCE):
        return True
    return False
