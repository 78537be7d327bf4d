"""Files as they are unpacked, a piece at a time: nothing is unpacked to disk, or whole in memory."""

from __future__ import annotations

import bz2
import gzip
import io
import queue
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from ...refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any, BinaryIO

__all__ = ["opened"]

_7Z = b"7z\xbc\xaf\x27\x1c"
_MOST_WAITING = 16
"""Maximum pieces of a 7z file that are unpacked and not yet read."""


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The content of *path*, unpacked if it is a gzip, bzip2 or 7z file, whatever its name.

    :raises Refusal: if it can't be opened.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise Refusal(f"cannot read {path}: {error.strerror or error}") from None
    with file:
        head = file.read(len(_7Z))
        file.seek(0)
        if head.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=file) as unpacked:
                yield cast("BinaryIO", unpacked)
        elif head.startswith(b"BZh"):
            with bz2.BZ2File(file) as unpacked_bz2:
                yield cast("BinaryIO", unpacked_bz2)
        elif head == _7Z:
            with _Unpacking(path) as unpacked_7z:
                yield cast("BinaryIO", unpacked_7z)
        else:
            yield file


class _Unpacking(io.RawIOBase):
    """The first file in a 7z file. py7zr pushes what it unpacks: a thread lets it wait."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        try:
            import py7zr  # type: ignore[import-not-found, unused-ignore]  # noqa: F401
        except ImportError:
            raise Refusal(
                f"{path} is a 7z file: unpack it first, or install py7zr (pip install py7zr)"
            ) from None
        self._pieces: queue.Queue[bytes | Exception | None] = queue.Queue(_MOST_WAITING)
        self._rest = b""
        self._is_stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._path_of_7z = path

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """At most *size* bytes; empty at the end."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._unpack, daemon=True)
            self._thread.start()
        if not self._rest:
            piece = self._pieces.get()
            if piece is None or isinstance(piece, Exception):
                self._pieces.put(None)  # for a further read
                if piece is None:
                    return b""
                raise piece
            self._rest = piece
        size = len(self._rest) if size < 0 else size
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece

    def close(self) -> None:
        """Lets the thread end."""
        self._is_stopped.set()
        super().close()

    def push(self, piece: bytes | Exception | None) -> None:
        """Waits until *piece* can be taken.

        :raises EOFError: if no one reads any more.
        """
        while not self._is_stopped.is_set():
            try:
                self._pieces.put(piece, timeout=0.2)
            except queue.Full:
                continue
            return
        raise EOFError

    def _unpack(self) -> None:
        import py7zr
        from py7zr.io import (  # type: ignore[import-not-found, unused-ignore]
            Py7zIO,
            WriterFactory,
        )

        push = self.push

        class Taken(Py7zIO):  # type: ignore[misc, unused-ignore]
            def write(self, data: bytes | bytearray) -> int:
                for start in range(0, len(data), 2**20):
                    push(bytes(data[start : start + 2**20]))
                return len(data)

            def read(self, size: int | None = None) -> bytes:
                return b""

            def seek(self, offset: int, whence: int = 0) -> int:
                return 0

            def flush(self) -> None:
                pass

            def size(self) -> int:
                return 0

        class Factory(WriterFactory):  # type: ignore[misc, unused-ignore]
            def create(self, filename: str) -> Any:
                return Taken()

        end: Exception | None = None
        try:
            with py7zr.SevenZipFile(self._path_of_7z) as archive:
                names = [file.filename for file in archive.list() if not file.is_directory]
                archive.extract(targets=names[:1], factory=Factory())
        except EOFError:
            if self._is_stopped.is_set():
                return
            end = EOFError()
        except Exception as error:  # noqa: BLE001 - py7zr raises anything on bad files
            end = error
        try:
            if end:
                self.push(end)
            self.push(None)
        except EOFError:
            pass
