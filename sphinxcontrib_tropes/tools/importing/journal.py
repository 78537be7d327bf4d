"""An import that can be stopped at any moment and started again."""

from __future__ import annotations

import hashlib
import json
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from ..files import write_whole
from ..refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from .pages import Prepared
    from .planning import Planned

__all__ = ["Journal", "Record"]

_FILE = ".sphinx-tropes-import"
_UNWRITTEN = ".sphinx-tropes-unwritten"
"""What is being written: the one file that a kill may leave half done."""


class Record(NamedTuple):
    """What became of one entry."""

    place: str
    name: str
    file: str
    """Empty if it was left out."""
    digest: str
    remarks: tuple[str, ...]


class Journal:
    """What is done of an import: one line for each page, written behind it.

    :param directory: that of the new project.
    :param header: says which import it is.
    :raises Refusal: if the folder holds anything but an unfinished import of that kind.
    """

    def __init__(self, directory: Path, header: dict[str, Any]) -> None:
        self._directory = directory
        self._path = directory / _FILE
        self.records: dict[str, Record] = {}
        """By the place in the source."""
        try:
            self._file = self._open(header)
        except OSError as error:
            raise Refusal(f"{directory} can't be written: {error.strerror}") from None

    def _open(self, header: dict[str, Any]) -> IO[bytes]:
        if self._path.is_file():
            self._read(header)
        elif self._directory.exists() and any(
            path.name != _UNWRITTEN for path in self._directory.iterdir()
        ):
            raise Refusal(f"{self._directory} is not empty; nothing is written")
        else:
            self._directory.mkdir(parents=True, exist_ok=True)
            self.put(self._path, _line(header))
        return self._path.open("ab")

    def _read(self, header: dict[str, Any]) -> None:
        data = self._path.read_bytes()
        # a line that the end of a run has cut is written again
        whole = data[: data.rfind(b"\n") + 1]
        first, *lines = whole.splitlines() or [b"{}"]
        try:
            found = json.loads(first)
            for line in lines:
                place, name, file, digest, remarks = json.loads(line)
                self.records[place] = Record(place, name, file, digest, tuple(remarks))
        except (ValueError, TypeError) as error:
            raise Refusal(f"{self._path} can't be read: {error}") from None
        if found != header:
            told = found.get("source") if isinstance(found, dict) else None
            raise Refusal(
                f"{self._directory} holds the unfinished import of {told}, or of what has changed "
                "since; import into another folder, or remove this one"
            )
        if len(whole) < len(data):
            self.put(self._path, whole)

    def is_done(self, planned: Planned) -> bool:
        """Whether an earlier run has finished *planned*, and it is still there."""
        record = self.records.get(planned.entry.place)
        if record is None:
            return False
        return not record.file or (self._directory / record.file).exists()

    def write(self, prepared: Prepared) -> Record:
        """Writes a page, then notes it.

        :raises Refusal: if its file is there and holds something else.
        """
        planned, data = prepared.planned, prepared.data
        place, name = planned.entry.place, str(planned.name)
        record = Record(place, name, "", "", prepared.remarks)
        if data is not None:
            path = self._directory / planned.file
            record = record._replace(file=planned.file, digest=_digest(data))
            try:
                if not path.exists():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    self.put(path, data)
                elif _digest(path.read_bytes()) != record.digest:
                    raise Refusal(f"{path} is there already, and is not what {place} holds")
            except OSError as error:
                raise Refusal(f"{path} can't be written: {error.strerror}") from None
        self._file.write(_line(record))
        self._file.flush()
        self.records[place] = record
        return record

    def put(self, path: Path, data: bytes) -> None:
        """Writes a file of the project."""
        write_whole(path, data, self._directory / _UNWRITTEN)

    def changed_since(self, record: Record) -> bool:
        """Whether somebody has edited the page that an earlier run wrote."""
        return bool(record.file) and (
            _digest((self._directory / record.file).read_bytes()) != record.digest
        )

    def close(self) -> None:
        """Ends this run."""
        self._file.close()

    def finish(self) -> None:
        """Ends the import: there is nothing to go on with."""
        self.close()
        (self._directory / _UNWRITTEN).unlink(missing_ok=True)
        self._path.unlink()


def _line(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=True).encode() + b"\n"


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
