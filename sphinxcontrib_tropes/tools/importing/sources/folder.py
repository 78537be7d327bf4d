"""A folder of pages."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from .dokuwiki_data import outside_dokuwiki
from .entries import (
    HEAD,
    JOURNAL,
    MOST_BYTES,
    Credit,
    Entry,
    Origin,
    Unreadable,
    classified,
    is_media,
    reason_of,
    unwanted_folder,
    within_bounds,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Folder"]


class Folder:
    """A folder of pages, with the folders in it."""

    def __init__(self, path: Path) -> None:
        self._root = path.resolve()
        self.left_out: list[tuple[str, str]] = []
        self.media: list[str] = []
        self.origin = Origin()

    def entries(self, form: str | None) -> list[Entry]:
        found = []
        paths = sorted(self._files())
        outside = outside_dokuwiki(paths)
        for path in paths:
            if reason := outside(path):
                self.left_out.append((path, reason))
                continue
            if is_media(path):
                self.media.append(path)
                continue
            try:
                with (self._root / path).open("rb") as file:
                    entry = classified(path, "", file.read(HEAD), form)
            except (OSError, ValueError) as error:
                entry = f"cannot be read: {reason_of(error)}"
            if isinstance(entry, Entry):
                found.append(entry)
            else:
                self.left_out.append((path, entry))
        return found

    def _files(self) -> Iterator[str]:
        """Relative paths of all regular files: reading a pipe would block."""
        for folder, folders, files in os.walk(self._root, onerror=self._unread):
            for name in sorted(folders):
                reason = unwanted_folder(name)
                if not reason and Path(folder, name, JOURNAL).is_file():
                    reason = "a project that an import made"
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
        self.left_out.append((place, f"cannot be read: {reason_of(error)}"))

    def _not_read(self, path: Path) -> str:
        """The reason why a file is not opened; empty if it is."""
        try:
            if not path.is_file():
                return "not a regular file"
            return "" if path.resolve().is_relative_to(self._root) else "outside the source"
        except (OSError, RuntimeError) as error:
            return f"cannot be read: {reason_of(error)}"

    def _below(self, folder: str, name: str) -> str:
        return Path(folder, name).relative_to(self._root).as_posix()

    def read(self, entry: Entry) -> bytes:
        try:
            with (self._root / entry.place).open("rb") as file:
                return within_bounds(file.read(MOST_BYTES + 1))
        except (OSError, ValueError) as error:
            raise Unreadable(f"cannot be read: {reason_of(error)}") from None

    def credit(self, entry: Entry) -> Credit:
        return Credit()

    def copy(self, path: str, destination: Path) -> None:
        try:
            source = (self._root / path).open("rb")
        except (OSError, ValueError) as error:
            raise Unreadable(f"cannot be read: {reason_of(error)}") from None
        with source, destination.open("wb") as file:
            shutil.copyfileobj(source, file)
