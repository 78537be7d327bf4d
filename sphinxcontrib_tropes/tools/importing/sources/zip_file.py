"""A zip file of pages."""

from __future__ import annotations

import itertools
import zipfile
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ...refusal import Refusal
from .dokuwiki_data import outside_dokuwiki
from .entries import (
    HEAD,
    MOST_BYTES,
    Credit,
    Entry,
    Origin,
    Unreadable,
    classified,
    is_media,
    numbered,
    reason_of,
    unwanted_folder,
    within_bounds,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ZipFile"]

MOST_BYTES_OF_ZIP = 2**30
"""A zip file that unpacks to more than this, and to at least a hundred times its size, is refused:
texts unpack to ten times their size.
"""

_MOST_COMPRESSION = 100
_MOST_BYTES_OF_MEDIA = 2**28
_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OTHER_COMPRESSION = {zipfile.ZIP_BZIP2: "bzip2", zipfile.ZIP_LZMA: "lzma"}


def _common_folder(paths: list[str]) -> str:
    """The folder that all *paths* share, as ``a/b/``; empty if there is none."""
    folders = [PurePosixPath(path).parts[:-1] for path in paths]
    steps = itertools.takewhile(lambda step: len(set(step)) == 1, zip(*folders, strict=False))
    return "".join(f"{step[0]}/" for step in steps)


class ZipFile:
    """A zip file, read entry by entry."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        _check_size(path, sum(info.file_size for info in self._zip.infolist()))
        self.left_out: list[tuple[str, str]] = []
        self.media: list[str] = []
        self.origin = Origin()
        self._media: dict[str, zipfile.ZipInfo] = {}

    def entries(self, form: str | None) -> list[Entry]:
        infos = sorted(
            ((info.filename.replace("\\", "/"), at) for at, info in enumerate(self._zip.infolist()))
        )
        all_infos = self._zip.infolist()
        folder = _common_folder([path for path, _ in infos if not path.endswith("/")])
        outside = outside_dokuwiki([path.removeprefix(folder) for path, _ in infos])
        found = []
        seen: Counter[str] = Counter()
        for path, at in infos:
            if path.endswith("/"):
                continue
            info = all_infos[at]
            seen[path] += 1
            place = numbered(path, seen[path])
            entry = outside(path.removeprefix(folder)) or self._entry(path, folder, info, form)
            if entry is None:
                below = path.removeprefix(folder)
                if below in self._media:
                    self.left_out.append((place, "a file of a name that the zip file has twice"))
                    continue
                self.media.append(below)
                self._media[below] = info
            elif isinstance(entry, Entry):
                found.append(entry._replace(place=place, position=at))
            else:
                self.left_out.append((place or "(no name)", entry))
        return found

    def _entry(
        self, path: str, folder: str, info: zipfile.ZipInfo, form: str | None
    ) -> Entry | str | None:
        """The page in an entry of the zip file, the reason why there is none, or None for media."""
        pure = PurePosixPath(path)
        if not pure.parts:
            return "it has no name"
        if pure.is_absolute() or ".." in pure.parts or ":" in pure.parts[0]:
            return "outside the source"
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            return "a link"
        # the folder that all entries share may have any name
        for part in PurePosixPath(path.removeprefix(folder)).parts[:-1]:
            if reason := unwanted_folder(part):
                return f"in {reason}"
        if any(part.startswith(".") for part in pure.parts[:-1]):
            return "in a hidden folder"
        if is_media(path):
            return None
        try:
            return classified(path, folder, self._take(info, HEAD), form)
        except Unreadable as reason:
            return str(reason)

    def read(self, entry: Entry) -> bytes:
        return within_bounds(self._take(self._zip.infolist()[entry.position], MOST_BYTES + 1))

    def _take(self, info: zipfile.ZipInfo, most: int) -> bytes:
        if info.compress_type not in _COMPRESSION:
            # other compression methods unpack gigabytes at once, however little is read
            how = _OTHER_COMPRESSION.get(info.compress_type, f"method {info.compress_type}")
            raise Unreadable(f"cannot be read: compressed with {how}, not deflate")
        try:
            with self._zip.open(info) as file:
                return file.read(most)
        except Exception as error:  # noqa: BLE001 - zipfile raises anything on bad zip files
            raise Unreadable(f"cannot be read: {reason_of(error)}") from None

    def credit(self, entry: Entry) -> Credit:
        return Credit()

    def copy(self, path: str, destination: Path) -> None:
        info = self._media[path]
        if info.file_size > _MOST_BYTES_OF_MEDIA:
            raise Unreadable(f"larger than {_MOST_BYTES_OF_MEDIA} bytes")
        destination.write_bytes(self._take(info, _MOST_BYTES_OF_MEDIA))


def _check_size(path: Path, unpacked: int) -> None:
    """Checks the size stated in the zip file; reading never exceeds it.

    :raises Refusal: if all entries together would fill the disk.
    """
    times = unpacked // max(path.stat().st_size, 1)
    if unpacked > MOST_BYTES_OF_ZIP and times >= _MOST_COMPRESSION:
        raise Refusal(f"{path} unpacks to {times} times its size: this is not a zip file of texts")
