"""The journal of an import, which can be stopped at any moment and continued."""

from __future__ import annotations

import hashlib
import json
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from ..files import refusing_unwritable, write_atomic
from ..refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from .pages import Prepared
    from .planning import Planned

__all__ = ["Journal", "Record"]

_FILE = ".sphinx-tropes-import"
_UNFINISHED = ".sphinx-tropes-unwritten"
"""The file being written: the only one that a kill may leave incomplete."""


class Record(NamedTuple):
    """The result of one entry."""

    place: str
    name: str
    file: str
    """The file of the page; empty if the page was left out."""
    digest: str
    remarks: tuple[str, ...]


class Journal:
    """The pages imported so far: one line for each, added once the page is written.

    :param directory: the folder of the new project.
    :param header: identifies the import.
    :raises Refusal: if the folder contains anything but an unfinished import with that header.
    """

    def __init__(self, directory: Path, header: dict[str, Any]) -> None:
        self._directory = directory
        self._path = directory / _FILE
        self.records: dict[str, Record] = {}
        """Place in the source -> record."""
        with refusing_unwritable(directory):
            self._file = self._open(header)

    def _open(self, header: dict[str, Any]) -> IO[bytes]:
        if self._path.is_file():
            self._read(header)
        elif self._directory.exists() and any(
            path.name != _UNFINISHED for path in self._directory.iterdir()
        ):
            raise Refusal(f"{self._directory} is not empty; nothing was written")
        else:
            self._directory.mkdir(parents=True, exist_ok=True)
            self.put(self._path, _line(header))
        return self._path.open("ab")

    def _read(self, header: dict[str, Any]) -> None:
        data = self._path.read_bytes()
        # a line cut off by a kill is written again
        whole = data[: data.rfind(b"\n") + 1]
        first, *lines = whole.splitlines() or [b"{}"]
        try:
            found = json.loads(first)
            for line in lines:
                place, name, file, digest, remarks = json.loads(line)
                self.records[place] = Record(place, name, file, digest, tuple(remarks))
        except (ValueError, TypeError) as error:
            raise Refusal(f"cannot read {self._path}: {error}") from None
        if found != header:
            source = found.get("source") if isinstance(found, dict) else None
            raise Refusal(
                f"{self._directory} holds the unfinished import of {source}, which differs or has "
                "changed since; import into another folder, or remove this one"
            )
        if len(whole) < len(data):
            self.put(self._path, whole)

    def is_done(self, planned: Planned) -> bool:
        """Whether an earlier run wrote the page, and it still exists."""
        record = self.records.get(planned.entry.place)
        if record is None:
            return False
        return not record.file or (self._directory / record.file).exists()

    def write(self, prepared: Prepared) -> Record:
        """Writes a page, then its record.

        :raises Refusal: if the file exists with other content.
        """
        planned, data = prepared.planned, prepared.data
        place, name = planned.entry.place, str(planned.name)
        record = Record(place, name, "", "", prepared.remarks)
        if data is not None:
            path = self._directory / planned.file
            record = record._replace(file=planned.file, digest=_digest(data))
            with refusing_unwritable(path):
                if not path.exists():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    self.put(path, data)
                elif _digest(path.read_bytes()) != record.digest:
                    raise Refusal(f"{path} already exists, and differs from {place}")
        self._file.write(_line(record))
        self._file.flush()
        self.records[place] = record
        return record

    def put(self, path: Path, data: bytes) -> None:
        """Writes a file of the project."""
        write_atomic(path, data, self._directory / _UNFINISHED)

    def changed_since(self, record: Record) -> bool:
        """Whether the page was edited since an earlier run wrote it."""
        return bool(record.file) and (
            _digest((self._directory / record.file).read_bytes()) != record.digest
        )

    def close(self) -> None:
        """Ends this run."""
        self._file.close()

    def finish(self) -> None:
        """Ends the import: there is nothing left to continue."""
        self.close()
        (self._directory / _UNFINISHED).unlink(missing_ok=True)
        self._path.unlink()


def _line(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=True).encode() + b"\n"


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
