"""The sources of an import: a folder, a zip file, or JSON lines.

Nothing is unpacked to disk: the path of an entry names its page, and never decides where to
write.
"""

from __future__ import annotations

import itertools
import json
import os
import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..refusal import Refusal
from .pmwiki import is_pmwiki

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_BYTES", "READS", "Entry", "Source", "Unreadable", "open_source"]

MOST_BYTES = 16 * 1024 * 1024
"""Maximum bytes of a page: an entry may unpack to a thousand times its size."""

MOST_BYTES_OF_ZIP = 2**30
"""A zip file that unpacks to more than this, and to at least a hundred times its size, is refused:
texts unpack to ten times their size.
"""

_HEAD = 1024
_MOST_COMPRESSION = 100
_SUFFIXES = (".trope", ".txt", ".text", ".wiki", ".pmwiki", ".tmd")
_JSON_SUFFIXES = (".jsonl", ".ndjson", ".json")
_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OTHER_COMPRESSION = {zipfile.ZIP_BZIP2: "bzip2", zipfile.ZIP_LZMA: "lzma"}
_GENERATED_FOLDERS = frozenset(
    ["__pycache__", "_build", "_sources", "_static", "node_modules", "site-packages", "venv"]
)
"""Folders that programs generate: builds, and installed packages."""

READS = (
    f"text files ({', '.join(_SUFFIXES)} or no suffix), PmWiki's own files, and JSON objects with "
    f"'name' and 'text' in the lines of a {' or '.join(_JSON_SUFFIXES[:2])} file"
)
"""What counts as a page, in messages."""


class Unreadable(Exception):  # noqa: N818 - it goes into the report
    """The reason why an entry can't be imported."""


class Entry(NamedTuple):
    """One page in a source."""

    place: str
    """Its place, for people: a path, or a line number."""
    group: str
    """The group, in the spelling of the source; empty if there is none."""
    name: str
    """The name, as spelled in the source. With no group, it may begin with one and a separator."""
    is_pmwiki: bool
    position: int = 0
    """Where to read the entry: the offset of a line, or the index in a zip file."""


class Source(Protocol):
    """A source of pages."""

    left_out: list[tuple[str, str]]
    """Place and reason of everything that is not a page, once :meth:`entries` has run."""

    def entries(self) -> list[Entry]:
        """The pages, always in the same order."""

    def read(self, entry: Entry) -> bytes:
        """The bytes of an entry.

        :raises Unreadable: if the entry can't be read.
        """


def open_source(path: Path) -> Source:
    """The source at *path*.

    :raises Refusal: if *path* is not a source.
    """
    try:
        if path.is_dir():
            return _Folder(path)
        if path.suffix.lower() in _JSON_SUFFIXES:
            return _Lines(path)
        if zipfile.is_zipfile(path):
            return _Zip(path)
    except Refusal:
        raise
    except Exception as error:  # noqa: BLE001 - zipfile raises anything on bad zip files
        raise Refusal(f"cannot read {path}: {_reason(error)}") from None
    kinds = "a folder of pages, a wiki.d folder, a zip file of either, or a .jsonl file"
    raise Refusal(f"cannot import {path}: it must be {kinds}")


def _reason(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else ""
    return reason or str(error) or type(error).__name__


def _entry(path: str, folder: str, head: bytes) -> Entry | str:
    """The page in the file *path*, which begins with *head*; or the reason why there is none.

    :param folder: the common start of all paths.
    """
    file = PurePosixPath(path)
    if is_pmwiki(head):
        if "," in file.name:
            return "a deleted page, or a backup"
        group, _, name = file.name.rpartition(".")
        return Entry(path, group.rpartition(".")[2], name, is_pmwiki=True)
    if file.name.startswith("."):
        return "a hidden file"
    stem = file.name
    for suffix in _SUFFIXES:
        if stem.lower().endswith(suffix):
            stem = stem[: -len(suffix)]
            break
    else:
        if "." in stem:
            return f"not a page, by its suffix {file.suffix}"
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "not a text file"
    if not stem.strip(". "):
        return "it has no name"
    parent = path.removeprefix(folder).rpartition("/")[0].rpartition("/")[2]
    return Entry(path, parent, stem, is_pmwiki=False)


def _unwanted_folder(name: str) -> str:
    """The reason why a folder with that *name* contains no pages; empty if it may."""
    if name.startswith("."):
        return "a hidden folder"
    return "a generated folder" if name in _GENERATED_FOLDERS else ""


def _common_folder(paths: list[str]) -> str:
    """The folder that all *paths* share, as ``a/b/``; empty if there is none."""
    folders = [PurePosixPath(path).parts[:-1] for path in paths]
    steps = itertools.takewhile(lambda step: len(set(step)) == 1, zip(*folders, strict=False))
    return "".join(f"{step[0]}/" for step in steps)


class _Folder:
    def __init__(self, path: Path) -> None:
        self._root = path.resolve()
        self.left_out: list[tuple[str, str]] = []

    def entries(self) -> list[Entry]:
        found = []
        for path in sorted(self._files()):
            try:
                with (self._root / path).open("rb") as file:
                    entry = _entry(path, "", file.read(_HEAD))
            except (OSError, ValueError) as error:
                entry = f"cannot be read: {_reason(error)}"
            if isinstance(entry, Entry):
                found.append(entry)
            else:
                self.left_out.append((path, entry))
        return found

    def _files(self) -> Iterator[str]:
        """Relative paths of all regular files: reading a pipe would block."""
        for folder, folders, files in os.walk(self._root, onerror=self._unread):
            for name in sorted(folders):
                reason = _unwanted_folder(name)
                if reason:
                    folders.remove(name)
                elif Path(folder, name).is_symlink():
                    reason = "a link to a folder"
                if reason:
                    self.left_out.append((self._below(folder, name), reason))
            for name in files:
                if reason := self._not_read(Path(folder, name)):
                    self.left_out.append((self._below(folder, name), reason))
                else:
                    yield self._below(folder, name)

    def _unread(self, error: OSError) -> None:
        path = Path(os.fsdecode(error.filename or "."))
        place = path.relative_to(self._root).as_posix() if path.is_absolute() else str(path)
        self.left_out.append((place, f"cannot be read: {_reason(error)}"))

    def _not_read(self, path: Path) -> str:
        """The reason why a file is not opened; empty if it is."""
        try:
            if not path.is_file():
                return "not a regular file"
            return "" if path.resolve().is_relative_to(self._root) else "outside the source"
        except (OSError, RuntimeError) as error:
            return f"cannot be read: {_reason(error)}"

    def _below(self, folder: str, name: str) -> str:
        return Path(folder, name).relative_to(self._root).as_posix()

    def read(self, entry: Entry) -> bytes:
        try:
            with (self._root / entry.place).open("rb") as file:
                return _within_bounds(file.read(MOST_BYTES + 1))
        except (OSError, ValueError) as error:
            raise Unreadable(f"cannot be read: {_reason(error)}") from None


class _Zip:
    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        _check_size(path, sum(info.file_size for info in self._zip.infolist()))
        self.left_out: list[tuple[str, str]] = []

    def entries(self) -> list[Entry]:
        infos = sorted(
            ((info.filename.replace("\\", "/"), at) for at, info in enumerate(self._zip.infolist()))
        )
        all_infos = self._zip.infolist()
        folder = _common_folder([path for path, _ in infos if not path.endswith("/")])
        found = []
        seen: Counter[str] = Counter()
        for path, at in infos:
            if path.endswith("/"):
                continue
            info = all_infos[at]
            seen[path] += 1
            place = path if seen[path] == 1 else f"{path} ({seen[path]})"
            entry = self._entry(path, folder, info)
            if isinstance(entry, Entry):
                found.append(entry._replace(place=place, position=at))
            else:
                self.left_out.append((place or "(no name)", entry))
        return found

    def _entry(self, path: str, folder: str, info: zipfile.ZipInfo) -> Entry | str:
        pure = PurePosixPath(path)
        if not pure.parts:
            return "it has no name"
        if pure.is_absolute() or ".." in pure.parts or ":" in pure.parts[0]:
            return "outside the source"
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            return "a link"
        # the folder that all entries share may have any name
        for part in PurePosixPath(path.removeprefix(folder)).parts[:-1]:
            if reason := _unwanted_folder(part):
                return f"in {reason}"
        if any(part.startswith(".") for part in pure.parts[:-1]):
            return "in a hidden folder"
        try:
            return _entry(path, folder, self._take(info, _HEAD))
        except Unreadable as reason:
            return str(reason)

    def read(self, entry: Entry) -> bytes:
        return _within_bounds(self._take(self._zip.infolist()[entry.position], MOST_BYTES + 1))

    def _take(self, info: zipfile.ZipInfo, most: int) -> bytes:
        if info.compress_type not in _COMPRESSION:
            # other compression methods unpack gigabytes at once, however little is read
            how = _OTHER_COMPRESSION.get(info.compress_type, f"method {info.compress_type}")
            raise Unreadable(f"cannot be read: compressed with {how}, not deflate")
        try:
            with self._zip.open(info) as file:
                return file.read(most)
        except Exception as error:  # noqa: BLE001 - zipfile raises anything on bad zip files
            raise Unreadable(f"cannot be read: {_reason(error)}") from None


class _Lines:
    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self.left_out: list[tuple[str, str]] = []

    def entries(self) -> list[Entry]:
        found, number = [], 0
        position = 0
        self._file.seek(0)
        for number, line in enumerate(iter(self._line, b""), 1):
            entry = self._entry(line, number, position) if line.strip() else None
            position = self._file.tell()
            if isinstance(entry, Entry):
                found.append(entry)
            elif entry:
                self.left_out.append((f"line {number}", entry))
        return found

    def _line(self) -> bytes:
        """The next line, cut at the maximum size of a page; empty at the end."""
        line = self._file.readline(MOST_BYTES + 1)
        rest = line
        while rest and not rest.endswith(b"\n") and len(rest) > MOST_BYTES:
            rest = self._file.readline(MOST_BYTES + 1)
        return line

    @staticmethod
    def _entry(line: bytes, number: int, position: int) -> Entry | str:
        if len(line) > MOST_BYTES:
            return f"longer than {MOST_BYTES} bytes"
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            return f"not JSON: {error}"
        if not isinstance(data, dict):
            return "not a JSON object"
        for field in ("name", "text"):
            if not isinstance(data.get(field), str):
                return f"it has no string {field!r}"
        return Entry(f"line {number}", "", data["name"], is_pmwiki=False, position=position)

    def read(self, entry: Entry) -> bytes:
        self._file.seek(entry.position)
        try:
            text: str = json.loads(self._file.readline(MOST_BYTES + 1))["text"]
            return text.encode("utf-8", "surrogatepass")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise Unreadable(f"cannot be read: {_reason(error)}") from None


def _check_size(path: Path, unpacked: int) -> None:
    """Checks the size stated in the zip file; reading never exceeds it.

    :raises Refusal: if all entries together would fill the disk.
    """
    times = unpacked // max(path.stat().st_size, 1)
    if unpacked > MOST_BYTES_OF_ZIP and times >= _MOST_COMPRESSION:
        raise Refusal(f"{path} unpacks to {times} times its size: this is not a zip file of texts")


def _within_bounds(data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise Unreadable(f"larger than {MOST_BYTES} bytes")
    return data
