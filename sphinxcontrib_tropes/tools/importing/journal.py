"""The journal of an import: it can be stopped at any moment and continued, and run again on a newer
source.
"""

from __future__ import annotations

import hashlib
import json
from typing import IO, TYPE_CHECKING, Any

from ...names import is_canonical
from ..files import refusing_unwritable, write_atomic
from ..refusal import Refusal
from .records import Record
from .remarks import Loss, Remark
from .sources import JOURNAL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .pages import Prepared
    from .planning import Planned
    from .sources import Source

__all__ = ["Journal"]

_FILE = JOURNAL
_UNFINISHED = ".sphinx-tropes-unwritten"
"""The file being written: the only one that a kill may leave incomplete."""
_FINISHED = {"finished": True}
_EDITED = Remark(Loss.KEPT, "a page edited since it was imported: kept as it is")


class Journal:
    """The pages imported so far: one line for each, added once the page is written.

    :param directory: the folder of the new project.
    :raises Refusal: if the folder contains anything but an import.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._path = directory / _FILE
        self.records: dict[str, Record] = {}
        """Place in the source -> record."""
        self.earlier: dict[str, str] = {}
        """The files of an earlier import -> the digest of what it wrote."""
        self.names: dict[str, str] = {}
        """Place in the source -> the page that an earlier import made of it."""
        self.kept_files: list[str] = []
        """The pictures and other files that were edited since an import wrote them, and stay."""
        self._copied: dict[str, str] = {}
        self._file: IO[bytes] | None = None
        self._header: dict[str, Any] = {}
        self._is_finished = False
        self._length = 0
        with refusing_unwritable(directory):
            if self._path.is_file():
                self._read()
            elif directory.exists() and any(
                path.name != _UNFINISHED for path in directory.iterdir()
            ):
                raise Refusal(f"{directory} is not empty; nothing was written")

    def _read(self) -> None:
        data = self._path.read_bytes()
        # a line cut off by a kill is written again
        whole = data[: data.rfind(b"\n") + 1]
        first, *lines = whole.splitlines() or [b"{}"]
        try:
            header = json.loads(first)
            for line in lines:
                values = json.loads(line)
                if values == _FINISHED:
                    self._is_finished = True
                else:
                    record = Record.of(values)
                    self.records[record.place] = record
            self.earlier = header.pop("earlier", {})
            self.names = header.pop("names", {})
            self._check_names()
            self._header = header
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise Refusal(f"cannot read {self._path}: {error}") from None
        self._length = len(whole)
        if self._is_finished:
            self._begin_again()

    def _check_names(self) -> None:
        """Checks the names of pages: files are named by them.

        :raises ValueError: if one is none.
        """
        names = [*self.names.values(), *(record.name for record in self.records.values())]
        for name in names:
            if not is_canonical(name):
                raise ValueError(f"{name!r} is no name of a page")

    def _begin_again(self) -> None:
        """Makes the finished import the earlier one."""
        files = {record.file: record.digest for record in self.records.values() if record.file}
        self.earlier = self._header.get("files", {}) | self.earlier | files
        self.names |= {record.place: record.name for record in self.records.values()}
        self.records = {}

    @property
    def is_update(self) -> bool:
        """Whether the folder holds a finished import, which this one brings up to date."""
        return bool(self.earlier)

    def open(self, header: dict[str, Any]) -> None:
        """Begins to write.

        :param header: identifies the import.
        :raises Refusal: if the folder contains an unfinished import with another header.
        """
        with refusing_unwritable(self._directory):
            if self.is_update and self._header != header and not self._is_finished:
                self._begin_again()  # the source has changed once more
                self._is_finished = True
            if self._header and not self._is_finished:
                if self._header != header:
                    raise Refusal(
                        f"{self._directory} holds the unfinished import of "
                        f"{self._header.get('source')}, which differs or has changed since; import "
                        "into another folder, or remove this one"
                    )
                data = self._path.read_bytes()
                if self._length < len(data):
                    self.put(self._path, data[: self._length])
            else:
                self._directory.mkdir(parents=True, exist_ok=True)
                more = {"earlier": self.earlier, "names": self.names} if self.is_update else {}
                self.put(self._path, _line(header | more))
            self._header = header
            self._file = self._path.open("ab")

    def is_done(self, planned: Planned) -> bool:
        """Whether this import, stopped since, has written the page, and it still exists."""
        record = self.records.get(planned.entry.place)
        if record is None:
            return False
        return not record.file or (self._directory / record.file).exists()

    def write(self, prepared: Prepared) -> Record:
        """Writes a page, then its record. A page that was edited since an earlier import stays.

        :raises Refusal: if the file exists, and no import wrote it.
        """
        planned, data = prepared.planned, prepared.data
        place, name = planned.entry.place, str(planned.name)
        record = Record(
            place,
            name,
            "",
            "",
            prepared.remarks,
            prepared.template_uses,
            prepared.media,
            prepared.words,
            prepared.credit,
        )
        if data is not None:
            record = record._replace(file=planned.file, digest=_digest(data))
            for file, content in prepared.files:
                self._copied[file] = _digest(content)
                if not self.write_file(file, content):
                    self._kept(file)
            if not self.write_file(planned.file, data):
                if not self.is_update:
                    path = self._directory / planned.file
                    raise Refusal(f"{path} already exists, and differs from {place}")
                record = record._replace(
                    digest=self.earlier.get(planned.file, ""), remarks=(*record.remarks, _EDITED)
                )
        assert self._file is not None
        self._file.write(_line(record))
        self._file.flush()
        self.records[place] = record
        return record

    def write_file(self, name: str, data: bytes) -> bool:
        """Writes a file of the project.

        :returns: False if it is there, and differs from what an import wrote: then it stays.
        """
        path = self._directory / name
        with refusing_unwritable(path):
            if path.exists():
                there = _digest(path.read_bytes())
                if there == _digest(data):
                    return True
                if self.earlier.get(name) != there:
                    return False
            path.parent.mkdir(parents=True, exist_ok=True)
            self.put(path, data)
        return True

    def put(self, path: Path, data: bytes) -> None:
        """Writes a file of the project, whatever was there."""
        write_atomic(path, data, self._directory / _UNFINISHED)

    def copy(self, source: Source, path: str, destination: Path) -> None:
        """Copies a file that pages show. One that was edited since an earlier import stays.

        :raises Unreadable: if the source can't read it.
        """
        unfinished = self._directory / _UNFINISHED
        unfinished.unlink(missing_ok=True)
        source.copy(path, unfinished)
        new, place = _digest_of(unfinished), destination.relative_to(self._directory).as_posix()
        there = _digest_of(destination) if destination.exists() else ""
        self._copied[place] = new
        if there in ("", self.earlier.get(place)):
            unfinished.replace(destination)
        else:
            unfinished.unlink()
            if there != new:
                self._kept(place)

    def _kept(self, file: str) -> None:
        """Notes that a picture or other file was edited since an import wrote it, and stays."""
        self.kept_files.append(file)
        self._copied[file] = self.earlier.get(file, "")

    def is_edited(self, record: Record) -> bool:
        """Whether the page was edited since an import wrote it, and was kept."""
        return _EDITED in record.remarks

    def as_edited(self, record: Record) -> Record:
        """*record* of a page that was edited while the import was stopped."""
        return record._replace(remarks=(*record.remarks, _EDITED))

    def changed_since(self, record: Record) -> bool:
        """Whether the page was edited since this import wrote it."""
        return bool(record.file) and (
            _digest((self._directory / record.file).read_bytes()) != record.digest
        )

    def gone(self, files: set[str]) -> list[str]:
        """The files of an earlier import that are not in the source any more, and still here.

        :param files: what this import wrote.
        """
        there = {name for name in self.earlier if (self._directory / name).exists()}
        shown = (place for record in self.records.values() for place in record.media)
        return sorted(there.difference(files, shown))

    def close(self) -> None:
        """Ends this run."""
        if self._file is not None:
            self._file.close()

    def finish(self, files: Mapping[str, bytes]) -> None:
        """Ends the import: there is nothing left to continue.

        :param files: the other files of the project that this import wrote.
        """
        assert self._file is not None
        gone = self.gone({record.file for record in self.records.values()} | files.keys())
        digests = {name: self.earlier[name] for name in gone}
        digests |= {name: _digest(data) for name, data in files.items()}
        digests |= self._digests_of_media()
        lines = [_line(self._header | {"files": digests})]
        lines += (_line(record) for record in self.records.values())
        self.close()
        (self._directory / _UNFINISHED).unlink(missing_ok=True)
        self.put(self._path, b"".join([*lines, _line(_FINISHED)]))

    def _digests_of_media(self) -> dict[str, str]:
        """The pictures and other files of this import -> the digest of what it wrote."""
        found = {}
        for record in self.records.values():
            for place in record.media:
                path = self._directory / place
                if place in self._copied:
                    found[place] = self._copied[place]
                elif place in self.earlier:
                    found[place] = self.earlier[place]
                elif place not in found and path.is_file():  # a run that was stopped wrote it
                    found[place] = _digest_of(path)
        return found


def _line(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=True).encode() + b"\n"


def _digest_of(path: Path) -> str:
    """The digest of a file, which may be larger than memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
