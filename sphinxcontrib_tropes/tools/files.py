"""Writes files: atomically, and never over an existing file."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from .refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["refusing_unwritable", "write_atomic", "write_new"]


def write_atomic(path: Path, data: bytes, temporary: Path | None = None) -> None:
    """Writes *data* to *path* so that readers never see an incomplete file; keeps the file's mode.

    :param temporary: the file to write before the rename, on the same disk, for callers that must
        know what a kill may leave behind. By default, a file with a unique name beside *path*.
    """
    if temporary is None:
        handle, name = tempfile.mkstemp(prefix=".sphinx-tropes-", dir=path.parent)
    else:
        temporary.unlink(missing_ok=True)
        name = str(temporary)
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(path.stat().st_mode & 0o7777 if path.exists() else _default_mode())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _default_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextlib.contextmanager
def refusing_unwritable(path: Path) -> Iterator[None]:
    """Turns disk errors into a sentence about *path*.

    :raises Refusal: for any :exc:`OSError`.
    """
    try:
        yield
    except OSError as error:
        raise Refusal(f"cannot write {path}: {error.strerror}") from None


def write_new(directory: Path, files: Mapping[str, str]) -> list[Path]:
    """Writes new files, and returns their paths.

    :param files: path relative to *directory* -> text.
    :raises Refusal: if one of them exists already; then none is written.
    """
    paths = {directory / name: text for name, text in files.items()}
    existing = sorted(str(path) for path in paths if path.exists() or path.is_symlink())
    if existing:
        raise Refusal(f"{existing[0]} already exists; nothing was written")
    for path, text in paths.items():
        with refusing_unwritable(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, text.encode())
    return list(paths)
