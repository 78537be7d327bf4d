"""Folders of script files: data that a page loads on demand.

Each file is one function call, because a page opened from ``file://`` can load scripts but nothing
else. The manifest names the version of each file. It is deleted first and written last: if it
exists, all files do.
"""

from __future__ import annotations

import hashlib
import json
import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ..stored_files import begins_with, delete

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx.builders import Builder

__all__ = [
    "ScriptFolder",
    "call",
    "compact_json",
    "count_of_files",
    "digest",
    "shard_name",
    "shard_of",
    "text_of",
]


class ScriptFolder:
    """One folder of script files.

    :param place: the folder, as a path in the output directory.
    :param manifest: name of the manifest.
    :param marks: pattern of file names, relative to the folder -> how such a file of ours begins.
        Other files are never touched.
    """

    def __init__(
        self, builder: Builder, place: str, manifest: str, marks: Mapping[str, str]
    ) -> None:
        self._out = Path(builder.outdir)
        self.root = self._out / place
        self.manifest = manifest
        self._marks = {re.compile(pattern): mark for pattern, mark in marks.items()}

    def files(self) -> set[str]:
        """The names of the existing files, including the manifest."""
        paths = chain(self.root.glob("*.js"), self.root.glob("*/*.js"))
        names = (path.relative_to(self.root).as_posix() for path in paths)
        return {name for name in names if self._mark(name)}

    def _mark(self, name: str) -> str:
        """How a file with this name begins if it is ours; empty if we write no such names."""
        marks = self._marks.items()
        return next((mark for pattern, mark in marks if pattern.fullmatch(name)), "")

    def read(self, name: str) -> str:
        """The text of a file; empty if it can't be read."""
        return text_of(self.root / name)

    def write(self, manifest: str, texts: Mapping[str, str], obsolete: Iterable[str] = ()) -> None:
        """Writes the files whose *texts* changed, then the *manifest*. Writes nothing if nothing
        changed.

        :param obsolete: names of files to delete, if they are ours.
        :raises OSError: if something can't be written.
        """
        changed = {name: text for name, text in texts.items() if self.read(name) != text}
        gone = self._own(obsolete)
        if not changed and not gone and self.read(self.manifest) == manifest:
            return
        (self.root / self.manifest).unlink(missing_ok=True)
        for path in gone:
            delete(path, self._out)
        self.root.mkdir(parents=True, exist_ok=True)
        for name, text in changed.items():
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).write_text(text, "utf-8", errors="replace")
        (self.root / self.manifest).write_text(manifest, "utf-8", errors="replace")

    def remove(self) -> None:
        """Deletes all our files."""
        for path in self._own(self.files()):
            delete(path, self._out)

    def _own(self, names: Iterable[str]) -> list[Path]:
        """The files among *names* that are ours: they begin with the mark for their name."""
        marked = ((self.root / name, self._mark(name)) for name in sorted(names))
        return [path for path, mark in marked if mark and begins_with(path, mark)]


def text_of(path: Path) -> str:
    """The text of a file; empty if it can't be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):
        return ""


def compact_json(value: object) -> str:
    """*value* as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def digest(text: str, size: int) -> str:
    """A digest of *text*, *size* bytes long."""
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=size).hexdigest()


def count_of_files(entries: int, entries_a_file: int) -> int:
    """The number of files for *entries*, a power of two: about *entries_a_file* in each."""
    count = 1
    while count * entries_a_file < entries:
        count *= 2
    return count


def shard_of(address: str, count: int) -> int:
    """The number of the file, of *count*, with the entry of *address*: its FNV-1a hash."""
    hashed = 0x811C9DC5
    for byte in address.encode(errors="surrogatepass"):
        hashed = ((hashed ^ byte) * 0x01000193) & 0xFFFFFFFF
    # the lower bits of the hash depend only on the lower bits of each byte
    return (hashed ^ hashed >> 16) & (count - 1)


def shard_name(address: str, count: int) -> str:
    """The name of that file, without its ending."""
    return f"{shard_of(address, count):0{len(f'{count - 1:x}')}x}"


def call(function: str, arguments: Sequence[str], lines: Iterable[str]) -> str:
    """A file that calls *function* with an object made of *lines*: changing an entry changes one
    line.

    :param arguments: the arguments before the object.
    """
    before = "".join(f'"{argument}",' for argument in arguments)
    entries = ",\n".join(lines)
    return f"{function}({before}{{\n{entries}\n}});\n"
