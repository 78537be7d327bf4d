"""Writing files: whole or not at all, inside one folder, over nothing that is there."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from .refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["write_new", "write_whole"]


def write_whole(path: Path, data: bytes, through: Path | None = None) -> None:
    """Writes *data* to *path* so that nobody ever sees a part of it; keeps the file's mode.

    :param through: the file that takes the data first, on the same disk; for who wants to know
        what a kill may leave. Without it, one with a name of its own beside *path*.
    """
    if through is None:
        handle, name = tempfile.mkstemp(prefix=".sphinx-tropes-", dir=path.parent)
    else:
        through.unlink(missing_ok=True)
        name = str(through)
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


def write_new(directory: Path, files: Mapping[str, str]) -> list[Path]:
    """Writes *files*, path below *directory* -> text; the files written.

    :raises Refusal: if one of them is there already, before any is written.
    """
    paths = {directory / name: text for name, text in files.items()}
    there = sorted(str(path) for path in paths if path.exists() or path.is_symlink())
    if there:
        raise Refusal(f"{there[0]} is there already; nothing is written")
    try:
        for path, text in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text.encode())
    except OSError as error:
        raise Refusal(f"{error.filename or directory} can't be written: {error.strerror}") from None
    return list(paths)
