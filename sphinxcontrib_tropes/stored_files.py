"""Files that a build leaves for the next one.

An output directory may come from a cache or a checkout; anyone, or another version, may have
written its files. So their content is checked before use, paths in them must stay inside, and files
that can't be written are reported.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .messages import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "begins_with",
    "delete",
    "is_docname",
    "json_in",
    "read_json",
    "replaced",
    "reported",
    "write_whole",
]

_LONGEST_PART = 255
"""Maximum bytes of a file name."""
_LONGEST = 4096
"""Maximum bytes of a path."""
_SURELY_SHORT = 60
"""Characters that have at most 255 bytes in any case."""


def read_json(path: Path) -> Any:
    """The value in a JSON file; None if it can't be read or is not JSON."""
    try:
        return json_in(path.read_bytes())
    except OSError:
        return None


def json_in(text: str | bytes) -> Any:
    """The value of *text* as JSON; None if it is not JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # not UTF-8, not JSON, or nested too deep
        return None


def is_docname(name: object) -> bool:
    """Whether *name* can be a docname or folder: inside the root, short enough for file systems."""
    if not isinstance(name, str) or "\0" in name:
        return False
    parts = name.split("/")
    if not {"", ".", ".."}.isdisjoint(parts):
        return False
    if os.sep != "/" and (os.sep in name or os.path.splitdrive(name)[0]):
        return False
    if len(name) <= _SURELY_SHORT and name.isascii():
        return True
    try:
        lengths = [len(os.fsencode(part)) for part in parts]
    except UnicodeEncodeError:
        return False
    return max(lengths) <= _LONGEST_PART and sum(lengths) + len(lengths) <= _LONGEST


def delete(path: Path, root: Path) -> bool:
    """Deletes a file in *root*, and the folders that this leaves empty.

    :returns: whether the file is gone. Nothing outside *root* is touched, wherever links point.
    """
    try:
        folder = path.parent.resolve()
        if not folder.is_relative_to(root.resolve()) or ".." in path.parts:
            return False
        path.unlink(missing_ok=True)
    except (OSError, ValueError, RuntimeError):  # a folder, not a path, or a cycle of links
        return False
    for parent in path.parents:
        if parent == root or not parent.is_relative_to(root):
            break
        try:
            parent.rmdir()
        except OSError:
            break
    return True


def begins_with(path: Path, mark: str) -> bool:
    """Whether a file begins with *mark*, as only our files do."""
    try:
        with path.open("rb") as file:
            return file.read(len(mark)) == mark.encode()
    except (OSError, ValueError):
        return False


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Yields a temporary path to write to. At the end its file, unless deleted, replaces *path*."""
    temporary = path.with_suffix(".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        if temporary.exists():
            temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise


def write_whole(path: Path, text: str) -> None:
    """Writes *text* to a file, all or nothing. Does nothing if the file already has it."""
    data = text.encode()
    with suppress(OSError):
        if path.read_bytes() == data:
            return
    with replaced(path) as temporary:
        temporary.write_bytes(data)


@contextmanager
def reported(root: Path) -> Iterator[None]:
    """Reports an error when writing in *root*; the build continues."""
    try:
        yield
    except OSError as error:
        name = error.filename2 or error.filename or ""
        path = Path(os.fsdecode(name))
        place = path.relative_to(root) if path.is_relative_to(root) else path
        sentence = f"{place.as_posix()} can't be written: {error.strerror or error}"
        warn("output", sentence, is_error=True)
