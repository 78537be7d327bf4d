"""What the files of a wiki said when they were read last, kept in the user's cache folder, so that
the next start need not read them again.

A cache may come from another version, or be damaged: it is checked before use, and can hold tuples of
numbers and texts only.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..._version import __version__
from ...wiki import PackedFacts
from ...wiki.facts.packed import Names, facts_version, pack_links
from ..files import write_atomic

if TYPE_CHECKING:
    from ...wiki import DocumentFacts
    from .configuration import Configuration
    from .sources import SourceFile

__all__ = ["FactsCache", "Stored", "cache_folder"]

_FORM = 1
"""Raise this when what is stored changes, or what is read from a text."""
_LARGEST = 1 << 30
_DIGEST = 32


class Stored(NamedTuple):
    """What a file said."""

    size: int
    time: int
    """In nanoseconds: when it was changed."""
    packed: tuple[Any, ...]
    """Its facts, packed."""
    columns: bytes
    """Line, start, end and context of the name in each of its links, as 32-bit numbers."""
    shape: int
    """As :attr:`.Reading.shape`."""


class FactsCache:
    """What the files of one wiki said.

    :param encoding: how the client counts columns.
    """

    def __init__(self, configuration: Configuration, encoding: str, folder: Path | None) -> None:
        settings = configuration.settings
        made_from = (
            _FORM, __version__, facts_version(), sys.version_info[:2], encoding,
            str(configuration.root), settings.wikiwords, tuple(settings.namespaces.labels.items()),
            sorted(settings.languages), configuration.language, dict(configuration.kinds),
            configuration.suppressed, configuration.has_unlinked,
        )  # fmt: skip
        self._mark = hashlib.sha256(repr(made_from).encode("utf-8", "surrogateescape")).digest()
        name = hashlib.sha256(os.fsencode(configuration.root)).hexdigest()[:16]
        self._file = folder / f"{name}-{encoding}.facts" if folder else None
        self._names = Names([])
        self._entries: dict[str, Stored] = {}
        self._is_changed = False
        self._read()

    def get(self, file: SourceFile) -> Stored | None:
        """What a file said, if it is as it was."""
        entry = self._entries.get(file.path)
        is_same = entry is not None and (entry.size, entry.time) == (file.size, file.time)
        return entry if is_same else None

    def put(self, file: SourceFile, facts: DocumentFacts, columns: bytes, shape: int) -> Stored:
        """Keeps what a file says now."""
        title, pages, _links, *rest = facts.pack()
        links = pack_links(facts.links, facts.texts, self._names)
        entry = Stored(file.size, file.time, (title, pages, links, *rest), columns, shape)
        self._entries[file.path] = entry
        self._is_changed = True
        return entry

    def drop(self, path: str) -> None:
        """Forgets a file that is gone."""
        self._is_changed |= self._entries.pop(path, None) is not None

    def facts(self, entry: Stored) -> PackedFacts:
        """The facts of an entry."""
        return PackedFacts(entry.packed, self._names.names)

    def keep_only(self, paths: set[str]) -> None:
        """Forgets all other files."""
        for path in self._entries.keys() - paths:
            self.drop(path)

    def write(self) -> None:
        """Writes the cache, if anything changed. Without a word where that fails: then the next start
        takes longer.
        """
        if self._file is None or not self._is_changed:
            return
        content = pickle.dumps(
            (list(self._names.names), {path: tuple(e) for path, e in self._entries.items()}), 5
        )
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomic(self._file, self._digest(content) + content)
            self._is_changed = False

    def _digest(self, content: bytes) -> bytes:
        found = hashlib.sha256(self._mark)
        found.update(content)
        return found.digest()

    def _read(self) -> None:
        if self._file is None:
            return
        with suppress(OSError):
            if self._file.stat().st_size > _LARGEST:
                return
            with self._file.open("rb") as file:
                digest, content = file.read(_DIGEST), file.read()
            if digest != self._digest(content):
                return
            names, entries = _checked(content)
            self._names = Names(names)
            self._entries = entries


class _Unpickler(pickle.Unpickler):
    """Makes no objects but those of built-in types: no code of a file is run."""

    def find_class(self, module: str, name: str) -> Any:
        """Nothing is found.

        :raises pickle.UnpicklingError: always.
        """
        raise pickle.UnpicklingError(f"{module}.{name}")


def _checked(content: bytes) -> tuple[list[str], dict[str, Stored]]:
    """The names and entries in a cache; empty where it is not one."""
    try:
        names, entries = _Unpickler(io.BytesIO(content)).load()
        found = {path: Stored(*entry) for path, entry in entries.items()}
        if not all(type(name) is str for name in names):
            return [], {}
        for entry in found.values():
            PackedFacts(entry.packed, names)
            if type(entry.columns) is not bytes or {
                *map(type, (entry.size, entry.time, entry.shape))
            } != {int}:
                return [], {}
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not used
        return [], {}
    return list(names), found


def cache_folder() -> Path | None:
    """Where caches are, in the user's own cache folder; None if there is none."""
    name = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    with suppress(RuntimeError):
        return Path(os.environ.get(name) or Path("~/.cache").expanduser(), "sphinx-tropes", "lsp")
    return None
