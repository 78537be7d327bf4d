"""A wiki of TiddlyWiki in one file: its tiddlers are the pages, and the pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..readers.tiddlywiki import READER, tiddlers
from .entries import MOST_BYTES, Credit, Entry, Origin, Unreadable, within_bounds

if TYPE_CHECKING:
    from pathlib import Path

    from ..readers.tiddlywiki import Tiddler

__all__ = ["Tiddlers"]

_TITLE: Final = "$:/SiteTitle"
_DATE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)\d*\Z", re.ASCII)


class Tiddlers:
    """The tiddlers in a ``.html`` or ``.json`` file."""

    def __init__(self, path: Path) -> None:
        # where two have a title, TiddlyWiki shows the last
        self._tiddlers = {tiddler.title: tiddler for tiddler in tiddlers(path)}
        self._files = {
            tiddler.file_name: tiddler for tiddler in self._tiddlers.values() if tiddler.is_file
        }
        self._last: Tiddler | None = None
        self.left_out: list[tuple[str, str]] = []
        self.media: list[str] = []
        site = self._tiddlers.get(_TITLE)
        self.origin = Origin(site.text.strip() if site else "")

    def entries(self, form: str | None) -> list[Entry]:
        self.media.extend(self._files)
        return [
            Entry(title, "", title, READER.name, key=title, may_have_group=False)
            for title, tiddler in self._tiddlers.items()
            if title and not tiddler.is_file
        ]

    def read(self, entry: Entry) -> bytes:
        self._last = self._tiddlers[entry.place]
        return within_bounds(self._last.as_tid().encode("utf-8", "replace"))

    def credit(self, entry: Entry) -> Credit:
        fields = self._last.fields if self._last else {}
        authors = dict.fromkeys(filter(None, (fields.get("creator"), fields.get("modifier"))))
        date = _DATE.match(fields.get("modified") or fields.get("created", ""))
        return Credit(tuple(authors), "-".join(date.groups()) if date else "")

    def copy(self, path: str, destination: Path) -> None:
        content = self._files[path].content()
        if not content:
            raise Unreadable("it is not in the wiki")
        if len(content) > MOST_BYTES:
            raise Unreadable(f"larger than {MOST_BYTES} bytes")
        destination.write_bytes(content)
