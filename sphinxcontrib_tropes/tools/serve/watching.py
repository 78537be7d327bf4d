"""Which files of a project change while it is served."""

from __future__ import annotations

import asyncio
import os
import re
import stat
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

__all__ = ["Watcher", "is_of_editor"]

_STEP = 20
_DEBOUNCE = 50
_LOOK = 500
"""Milliseconds: how long to wait for more changes, at most; how often to look at the folder."""

# What editors, version control and Python leave beside sources.
_OF_EDITORS = re.compile(
    r"""\..*            # hidden: .git, .#lock, .name.swp, .goutputstream
    |.*~                # backup
    |\#.*\#             # autosave of Emacs
    |4913               # Vim tries whether it may write
    |.*\.(?:sw[a-z]|tmp|temp|bak|orig|rej|part|crdownload|pyc|mo|lock)
    |.*___jb_(?:tmp|old)___
    |__pycache__|node_modules|Thumbs\.db|desktop\.ini
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_of_editor(name: str) -> bool:
    """Whether a file or folder of this name is none of the project."""
    return _OF_EDITORS.fullmatch(name) is not None


class Watcher:
    """Tells which files changed: what they hold, not only when they were written."""

    def __init__(self, source: Path, ignored: Iterable[Path]) -> None:
        self._source = source
        self._ignored = tuple(ignored)
        self._others: tuple[Path, ...] = ()
        self._stop = asyncio.Event()
        self._digests: dict[str, bytes] = {}

    def watch_also(self, folders: Iterable[str]) -> None:
        """Watches these folders besides the source folder."""
        others = tuple(sorted(Path(folder) for folder in folders))
        if others != self._others:
            self._others = others
            self._stop.set()

    async def changes(self) -> AsyncIterator[set[str] | None]:
        """Sets of files that changed; an empty set if it may have missed some; None if the source
        folder is gone.
        """
        import watchfiles

        while True:
            if not self._source.is_dir():
                yield None
                while not self._source.is_dir():  # noqa: ASYNC110 - nobody else tells
                    await asyncio.sleep(_LOOK / 1000)
                yield set()
            self._stop = asyncio.Event()
            identity = _identity(self._source)
            watched = watchfiles.awatch(
                self._source,
                *(folder for folder in self._others if folder.is_dir()),
                watch_filter=lambda _change, path: self._is_watched(path),
                step=_STEP,
                debounce=_DEBOUNCE,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                stop_event=self._stop,
                ignore_permission_denied=True,
            )
            with suppress(OSError):  # a folder that is gone by now
                async for changes in watched:
                    changed = {path for change, path in changes if self._is_changed(path, change)}
                    if changed:
                        yield changed
                    if identity != _identity(self._source):
                        break
            if not self._stop.is_set():
                await asyncio.sleep(_STEP / 1000)
            yield set()

    def _is_watched(self, path: str) -> bool:
        for root in (self._source, *self._others):
            if Path(path).is_relative_to(root):
                if any(map(is_of_editor, Path(path).relative_to(root).parts)):
                    return False
                break
        return not any(
            Path(path).is_relative_to(folder) or folder.is_relative_to(path)
            for folder in self._ignored
        )

    def _is_changed(self, path: str, change: int) -> bool:
        """Whether a file holds something else than when it was asked for last: extensions write
        the same text again and again.
        """
        try:
            if os.path.isdir(path):  # noqa: PTH112
                return change != _MODIFIED  # its files tell more
            digest = _digest(path)
        except OSError:
            digest = b""
        before = self._digests.get(path)
        self._digests[path] = digest
        return before != digest


_MODIFIED = 2
"""What watchfiles calls a file that was there before."""

_LONGEST_READ = 2**26


def _digest(path: str) -> bytes:
    """Of what a file holds; of its size and time if it is longer than any text."""
    status = os.stat(path)  # noqa: PTH116 - as strings come from the watcher
    if status.st_size > _LONGEST_READ or not stat.S_ISREG(status.st_mode):
        return repr((status.st_size, status.st_mtime_ns)).encode()
    return blake2b(Path(path).read_bytes(), digest_size=12).digest()


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
