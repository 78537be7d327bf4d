"""The source files of a wiki on the disk: which there are, and what is in them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sphinx.util.matching import Matcher

from ...reading.encoding import decoded, is_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .configuration import Configuration

__all__ = ["SourceFile", "SourceText", "find_sources", "is_source", "read_source", "source_file"]

_MOST = 200_000
"""Maximum files that are looked at in a folder without ``conf.py``: it may be anything."""
_LARGEST = 64 << 20
"""Maximum bytes of a source."""


class SourceFile(NamedTuple):
    """A source file, and what tells whether it has changed."""

    path: str
    """From the source folder, with slashes."""
    size: int
    time: int


class SourceText(NamedTuple):
    """The text of a file."""

    text: str
    sentence: str = ""
    """What is wrong with its encoding; empty if nothing."""
    line: int = 1


def find_sources(configuration: Configuration) -> Iterator[SourceFile]:
    """The sources, as Sphinx finds them: all, also where two have the same docname."""
    suffixes = tuple(configuration.kinds)
    is_left_out = Matcher(list(configuration.exclude))
    is_included = Matcher(list(configuration.include))
    takes_all = "**" in configuration.include
    seen = 0
    for prefix, files in _folders(configuration, is_left_out):
        seen += len(files)
        if seen > _MOST and not configuration.is_project:
            return
        for file in files:
            path = prefix + file
            is_one = file.endswith(suffixes) and not is_left_out(path)
            if is_one and (takes_all or is_included(path)):
                found = source_file(configuration.root, path)
                if found is not None:
                    yield found


def _folders(
    configuration: Configuration, is_left_out: Callable[[str], bool]
) -> Iterator[tuple[str, list[str]]]:
    """Path and files of each folder, sorted. Links to folders around them are not followed: they
    would never end.
    """
    root = os.fspath(configuration.root)
    around: dict[str, frozenset[tuple[int, int]]] = {root: frozenset()}
    for folder, folders, files in os.walk(root, followlinks=configuration.is_project):
        inside = os.path.relpath(folder, root).replace(os.sep, "/")
        prefix = "" if inside == "." else f"{inside}/"
        above = around.pop(folder, frozenset())
        try:
            status = os.stat(folder)  # noqa: PTH116 - a path of os.walk
        except OSError:
            folders.clear()
            continue
        own = status.st_dev, status.st_ino
        if own in above or not configuration.is_deep:
            folders.clear()
        if own in above:
            continue
        folders[:] = sorted(f for f in folders if not is_left_out(prefix + f))
        around |= dict.fromkeys((os.path.join(folder, f) for f in folders), above | {own})  # noqa: PTH118
        yield prefix, sorted(files)


def source_file(root: Path, path: str) -> SourceFile | None:
    """The source file *path* as it is now; None if it is none that can be read."""
    try:
        status = (root / path).stat()
    except (OSError, ValueError):
        return None
    if status.st_size > _LARGEST:
        return None
    return SourceFile(path, status.st_size, status.st_mtime_ns)


def is_source(configuration: Configuration, path: str) -> bool:
    """Whether a file of that *path* belongs to the wiki."""
    if not configuration.kind(path) or (not configuration.is_deep and "/" in path):
        return False
    parts = path.split("/")
    is_left_out = Matcher(list(configuration.exclude))
    folders = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
    if any(is_left_out(folder) for folder in folders):
        return False
    return "**" in configuration.include or Matcher(list(configuration.include))(path)


def read_source(root: Path, path: str) -> SourceText | None:
    """The text of a file; None if it can't be read."""
    try:
        with (root / path).open("rb") as file:
            raw = file.read(_LARGEST)
    except (OSError, ValueError):
        return None
    if is_plain(raw):
        return SourceText(raw.decode())
    found = decoded(raw)
    sentence = f"{found.sentence}; save it as UTF-8" if found.sentence else ""
    return SourceText(found.text, sentence, found.line)
