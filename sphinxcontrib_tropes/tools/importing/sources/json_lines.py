"""Pages as JSON objects, one on each line."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from .entries import MOST_BYTES, Credit, Entry, Origin, Unreadable, numbered, reason_of

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["JsonLines"]


class JsonLines:
    """A file of JSON objects: ``name``, ``text`` and maybe ``namespace``, all strings."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self.left_out: list[tuple[str, str]] = []
        self.media: list[str] = []
        self.origin = Origin()

    def entries(self, form: str | None) -> list[Entry]:
        found, number = [], 0
        position = 0
        seen: Counter[str] = Counter()
        self._file.seek(0)
        for number, line in enumerate(iter(self._line, b""), 1):
            entry = self._entry(line, position, form) if line.strip() else None
            position = self._file.tell()
            if isinstance(entry, Entry):
                # not its line: that changes when another page is added or goes
                seen[entry.place] += 1
                place = numbered(entry.place, seen[entry.place])
                found.append(entry._replace(place=place))
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
    def _entry(line: bytes, position: int, form: str | None) -> Entry | str:
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
        namespace, name = data.get("namespace", ""), data["name"]
        if not isinstance(namespace, str):
            return "its 'namespace' is not a string"
        place = f"{namespace}/{name}" if namespace else name
        if form not in (None, "trope", "pmwiki"):
            return Entry(place, namespace, name, form, position, key=place, may_have_group=False)
        return Entry(place, namespace, name, "trope", position, may_have_group=not namespace)

    def read(self, entry: Entry) -> bytes:
        self._file.seek(entry.position)
        try:
            text: str = json.loads(self._file.readline(MOST_BYTES + 1))["text"]
            return text.encode("utf-8", "surrogatepass")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise Unreadable(f"cannot be read: {reason_of(error)}") from None

    def credit(self, entry: Entry) -> Credit:
        return Credit()

    def copy(self, path: str, destination: Path) -> None:
        raise Unreadable("JSON lines hold no files")
