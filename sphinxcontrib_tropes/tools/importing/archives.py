"""Where pages are imported from: a folder, a zip file, or lines of JSON.

Nothing is ever unpacked: an entry's path is a name to be read, and says nowhere to write.
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
"""What is larger is no page: keeps a zip of a thousand times its size out of memory."""

MOST_IN_ZIP = 2**30
"""What unpacks to more, and to a hundred times its size, is no zip of texts: those have a tenth."""

_HEAD = 1024
_MOST_TIMES = 100
_SUFFIXES = (".trope", ".txt", ".text", ".wiki", ".pmwiki", ".tmd")
_JSON_SUFFIXES = (".jsonl", ".ndjson", ".json")
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PACKERS = {zipfile.ZIP_BZIP2: "bzip2", zipfile.ZIP_LZMA: "lzma"}
_MADE_FOLDERS = frozenset(
    ["__pycache__", "_build", "_sources", "_static", "node_modules", "site-packages", "venv"]
)
"""Folders of what programs have written: builds, and what was installed."""

READS = (
    f"files of pages ({', '.join(_SUFFIXES)} or no suffix), PmWiki's own files, and objects with "
    f"'name' and 'text' in the lines of a {' or '.join(_JSON_SUFFIXES[:2])} file"
)
"""What is taken for a page, for messages."""


class Unreadable(Exception):  # noqa: N818 - it is told in the report
    """Why an entry can't be imported."""


class Entry(NamedTuple):
    """One page in a source."""

    place: str
    """Where it is, for people: a path, or the number of a line."""
    group: str
    """What stands for a namespace, as it is spelled there; or empty."""
    name: str
    """As it is spelled there; where no group is known, one may stand before a separator."""
    is_pmwiki: bool
    position: int = 0
    """Where a line begins."""


class Source(Protocol):
    """Where pages come from."""

    left_out: list[tuple[str, str]]
    """Place and reason of what is no page, once :meth:`entries` has run."""

    def entries(self) -> list[Entry]:
        """What is there, in an order that stays the same."""

    def read(self, entry: Entry) -> bytes:
        """What an entry holds.

        :raises Unreadable: if it can't be had.
        """


def open_source(path: Path) -> Source:
    """The source that *path* is.

    :raises Refusal: if it is none.
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
    except Exception as error:  # noqa: BLE001 - what a zip may hold makes zipfile raise anything
        raise Refusal(f"{path} can't be read: {_told(error)}") from None
    kinds = "a folder of pages, a wiki.d folder, a zip file of one, or a .jsonl file"
    raise Refusal(f"{path} is nothing that can be imported: {kinds} can")


def _told(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else ""
    return reason or str(error) or type(error).__name__


def _entry(path: str, folder: str, head: bytes) -> Entry | str:
    """The page in the file *path* whose first bytes are *head*; or why it is none.

    :param folder: what all paths begin with.
    """
    file = PurePosixPath(path)
    if is_pmwiki(head):
        if "," in file.name:
            return "a deleted page, or an old copy of one"
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
            return f"no page, by its suffix {file.suffix}"
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "no text"
    if not stem.strip(". "):
        return "it has no name"
    parent = path.removeprefix(folder).rpartition("/")[0].rpartition("/")[2]
    return Entry(path, parent, stem, is_pmwiki=False)


def _unwanted_folder(name: str) -> str:
    """Why nothing in a folder of that *name* is a page; empty if it may be."""
    if name.startswith("."):
        return "a hidden folder"
    return "a folder that a program has written" if name in _MADE_FOLDERS else ""


def _common_folder(paths: list[str]) -> str:
    """The folder that holds all *paths* where there is more than one step to each; ``a/b/``."""
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
                entry = f"it can't be read: {_told(error)}"
            if isinstance(entry, Entry):
                found.append(entry)
            else:
                self.left_out.append((path, entry))
        return found

    def _files(self) -> Iterator[str]:
        """Paths below the root of all files in it that are files: a pipe would be waited for."""
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
        self.left_out.append((place, f"it can't be read: {_told(error)}"))

    def _not_read(self, path: Path) -> str:
        """Why a file is not even opened; empty if it is."""
        try:
            if not path.is_file():
                return "no file"
            return "" if path.resolve().is_relative_to(self._root) else "it leads outside"
        except (OSError, RuntimeError) as error:
            return f"it can't be read: {_told(error)}"

    def _below(self, folder: str, name: str) -> str:
        return Path(folder, name).relative_to(self._root).as_posix()

    def read(self, entry: Entry) -> bytes:
        try:
            with (self._root / entry.place).open("rb") as file:
                return _within_bounds(file.read(MOST_BYTES + 1))
        except (OSError, ValueError) as error:
            raise Unreadable(f"it can't be read: {_told(error)}") from None


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
            return "it leads outside"
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            return "a link"
        # below what all entries share, which may be called anything
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
        if info.compress_type not in _PACKED:
            # the others unpack gigabytes at once, whatever little is asked for
            how = _PACKERS.get(info.compress_type, f"method {info.compress_type}")
            raise Unreadable(f"it can't be read: packed by {how}, not by deflate")
        try:
            with self._zip.open(info) as file:
                return file.read(most)
        except Exception as error:  # noqa: BLE001 - what a zip may hold makes zipfile raise anything
            raise Unreadable(f"it can't be read: {_told(error)}") from None


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
        """The next line, or as much of it as a page may have; nothing at the end."""
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
            return f"no JSON: {error}"
        if not isinstance(data, dict):
            return "no JSON object"
        for field in ("name", "text"):
            if not isinstance(data.get(field), str):
                return f"it has no {field!r} that is a text"
        return Entry(f"line {number}", "", data["name"], is_pmwiki=False, position=position)

    def read(self, entry: Entry) -> bytes:
        self._file.seek(entry.position)
        try:
            text: str = json.loads(self._file.readline(MOST_BYTES + 1))["text"]
            return text.encode("utf-8", "surrogatepass")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise Unreadable(f"it can't be read: {_told(error)}") from None


def _check_size(path: Path, unpacked: int) -> None:
    """No more of an entry is ever read than the zip says it holds.

    :raises Refusal: if all of them together would fill the disk.
    """
    times = unpacked // max(path.stat().st_size, 1)
    if unpacked > MOST_IN_ZIP and times >= _MOST_TIMES:
        raise Refusal(f"{path} unpacks to {times} times its size: that is no zip of texts")


def _within_bounds(data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise Unreadable(f"larger than {MOST_BYTES} bytes")
    return data
