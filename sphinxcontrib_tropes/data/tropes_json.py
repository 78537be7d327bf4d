"""``tropes.json``: the whole wiki as data, beside the pages.

A large wiki has a hundred megabytes of it, and an edit changes a few lines. So where the entries of
each page and document begin is noted beside it, and the file is put together from what is new and
what was there.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from json.encoder import encode_basestring
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from zlib import crc32

from ..pages.site_map import DATA_FILE
from ..stored_files import replaced
from ..wiki.exchange.tropes_json import (
    VERSION,
    as_data,
    documents_data,
    links_data,
    page_data,
    pages_by_name,
    unlinked_data,
    wanted_data,
)
from ..wiki.views.invalidation import NOTHING, Affected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.builders import Builder

    from ..wiki import Wiki

__all__ = ["as_json", "exported", "is_data_there", "write_data"]


_BETWEEN = b",\n  "


def _urls(builder: Builder) -> Callable[[str, str], str]:
    uri_of = cache(builder.get_target_uri)  # of a document with forty links: once

    def url(docname: str, anchor: str) -> str:
        uri = uri_of(docname)
        return f"{uri}#{anchor}" if anchor else uri

    return url


def exported(builder: Builder, wiki: Wiki) -> dict[str, Any]:
    """What the file holds, with the addresses of *builder*."""
    return as_data(wiki, _urls(builder), str(builder.config.project))


def write_data(
    builder: Builder, wiki: Wiki, noted: object, affected: Affected | None
) -> dict[str, Any]:
    """Writes the file, if what it would hold is new.

    :param noted: what an earlier build returned, as it was stored.
    :param affected: what may be another since that, if it is known.
    :returns: what is to be noted of the file.
    :raises OSError: if it can't be written.
    """
    path, url = Path(builder.outdir, DATA_FILE), _urls(builder)
    before = _Before(path, None if affected is None else noted)
    changed = affected or NOTHING
    pages = (
        (
            page.key,
            before.piece("pages", page.key, changed.pages)
            or _entries([page_data(wiki, url, page)]),
        )
        for page in pages_by_name(wiki)
    )
    links = (
        (
            docname,
            before.piece("links", docname, changed.documents)
            or _joined(map(_link, links_data(wiki, url, docname))),
        )
        for docname in wiki.documents
    )
    wanted = before.piece("wanted", "", changed.whole & {"wanted"} and {""})
    parts: dict[str, bytes | Iterable[tuple[str, bytes]]] = {
        "documents": _value(list(documents_data(wiki, url))),
        "links": links,
        "pages": pages,
        "project": _value(str(builder.config.project)),
        "unlinked": _value(unlinked_data(wiki, url)),
        "version": _value(VERSION),
        "wanted": [("", wanted or _entries(wanted_data(wiki)))],
    }
    return before.write(parts)


class _Before:
    """The file as an earlier build left it.

    :param noted: what was noted of it; nothing, if it is not to be used.
    """

    def __init__(self, path: Path, noted: object) -> None:
        self._path = path
        self._at: dict[tuple[str, str], tuple[int, int]] = {}
        self._text = _mapped(path)
        self._stamp = [crc32(self._text), len(self._text)]
        try:
            self._find(noted)
        except (AttributeError, KeyError, TypeError, ValueError):
            self._at = {}  # of another form, or of another file

    def _find(self, noted: Any) -> None:
        """Where the entries begin and end, as noted. What stands there is looked at: one that is
        wrong makes all of them doubtful.
        """
        if not noted or noted["stamp"] != self._stamp:
            return
        text = self._text
        for part, begin, entries in noted["parts"]:
            at, last = begin, 0
            for name, length in entries:
                end = at + length
                if length and (text[at - 3 : at + 1], text[end - 4 : end]) != (_OPENS, _CLOSES):
                    raise ValueError(name)
                self._at[part, name] = at, end
                last, at = (end, end + len(_BETWEEN)) if length else (last, at)
            if last and text[last : last + len(_END)] != _END:
                raise ValueError(part)

    def piece(self, part: str, name: str, changed: AbstractSet[str]) -> bytes:
        """The entries of a page or document, unless they may be others; else nothing."""
        if name in changed:
            return b""
        at, end = self._at.get((part, name), (0, 0))
        return self._text[at:end]

    def write(self, parts: Mapping[str, bytes | Iterable[tuple[str, bytes]]]) -> dict[str, Any]:
        """Writes the *parts*, in their order: values, or lists of named entries. All of it together
        is never in memory.

        :returns: what is to be noted: the stamp, and of each list of entries its name, where it
            begins, and name and length of each, in the order of the file. Order is what counts, so
            these are lists: a mapping may come back in another.
        """
        noted: list[list[Any]] = []
        with replaced(self._path) as temporary:
            with temporary.open("wb") as file:
                new = _Checked(file)
                for number, (part, value) in enumerate(parts.items()):
                    new.write(b"{\n " if number == 0 else b",\n ")
                    new.write(f'"{part}": '.encode())
                    if isinstance(value, bytes):
                        new.write(value)
                        continue
                    entries: list[list[Any]] = []
                    noted.append([part, new.size + len(_BEGIN), entries])
                    between = _BEGIN
                    for name, text in value:
                        entries.append([name, len(text)])
                        if text:
                            new.write(between)
                            new.write(text)
                            between = _BETWEEN
                    new.write(b"[]" if between is _BEGIN else _END)
                new.write(b"\n}\n")
            if isinstance(self._text, mmap):
                self._text.close()  # some systems replace no file that is open
            if new.stamp == self._stamp:
                temporary.unlink()
        return {"stamp": new.stamp, "parts": noted}


_BEGIN, _END = b"[\n  ", b"\n ]"
_OPENS, _CLOSES = b"\n  {", b"\n  }"
"""Around an entry, and around several."""


class _Checked:
    """A file that is being written, and what is another one when its bytes are: against accidents,
    in a fifth of a digest's time.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sum = 0
        self.size = 0

    def write(self, text: bytes) -> None:
        self._file.write(text)
        self._sum = crc32(text, self._sum)
        self.size += len(text)

    @property
    def stamp(self) -> list[int]:
        return [self._sum, self.size]


def is_data_there(builder: Builder, noted: object) -> bool:
    """Whether the file is there, and as long as *noted*."""
    try:
        size = Path(builder.outdir, DATA_FILE).stat().st_size
    except OSError:
        return False
    stamp = noted.get("stamp") if isinstance(noted, dict) else None
    return isinstance(stamp, list) and stamp[1:] == [size]


def _mapped(path: Path) -> bytes | mmap:
    """What a file holds; nothing, if there is none."""
    try:
        with path.open("rb") as file:
            return mmap(file.fileno(), 0, access=ACCESS_READ)
    except (OSError, ValueError):  # an empty one can't be mapped
        return b""


def _entries(values: Iterable[Any]) -> bytes:
    return _joined(_indented(value, "\n  ") for value in values)


def _joined(entries: Iterable[str]) -> bytes:
    return _BETWEEN.decode().join(entries).encode()


_LINK = {"context", "source", "target", "url", "words"}


def _link(entry: dict[str, Any]) -> str:
    """A link as any other entry, in two fifths of the time: links are most of the file."""
    if entry.keys() != _LINK:  # there is more to say of few
        return _indented(entry, "\n  ")
    start, end = entry["words"]
    return f"""{{
   "context": {encode_basestring(entry["context"])},
   "source": {encode_basestring(entry["source"])},
   "target": {encode_basestring(entry["target"])},
   "url": {encode_basestring(entry["url"])},
   "words": [
    {start},
    {end}
   ]
  }}"""


def _value(value: Any) -> bytes:
    return _indented(value, "\n ").encode()


def as_json(data: Any) -> str:
    """A line for each page and link, so that a change of one is a change of a line."""
    return _indented(data, "\n") + "\n"


def _indented(value: Any, line_end: str) -> str:
    """What ``json.dumps`` gives with an indent of 1 and sorted keys, in an eighth of the time: with
    an indent, that is pure Python, piece by piece.
    """
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is int:
        return repr(value)
    within = f"{line_end} "
    if isinstance(value, dict) and value:
        keys, form = _form(tuple(value), line_end)
        return form % tuple([_indented(value[key], within) for key in keys])
    if isinstance(value, list | tuple) and value:
        lines = [_indented(item, within) for item in value]
        return f"[{within}{f',{within}'.join(lines)}{line_end}]"
    return json.dumps(value)


@lru_cache
def _form(keys: tuple[str, ...], line_end: str) -> tuple[list[str], str]:
    """The *keys* in their order, and what is around their values: the same for each page and link."""
    in_order = sorted(keys)
    lines = (f"{line_end} {encode_basestring(key).replace('%', '%%')}: %s" for key in in_order)
    return in_order, f"{{{','.join(lines)}{line_end}}}"
