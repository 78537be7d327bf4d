"""``tropes.json``: the whole wiki as data, beside the pages, with one entry per line.

For a large wiki the file has some eighty megabytes, and an edit changes a few lines. So the state
of the output directory stores where the entries of each page and document are. The new file is put
together from new entries and those of the previous file.
"""

from __future__ import annotations

from functools import cache
from mmap import ACCESS_READ, mmap
from operator import index
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from zlib import crc32

from ..builders import abilities
from ..pages.aliases import told_apart
from ..pages.site_map import DATA_FILE
from ..stored_files import delete, replaced
from ..wiki.exchange.schema import VERSION
from ..wiki.exchange.tropes_json import (
    as_data,
    documents_data,
    links_data,
    page_data,
    pages_by_name,
    redirects_data,
    unlinked_data,
    wanted_data,
)
from ..wiki.views.invalidation import NOTHING
from .alias_pages import written_aliases
from .emitters import add_emitter
from .json_lines import BETWEEN, entries_text, opens_and_closes, value_text
from .script_files import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ..wiki import Wiki
    from .emitters import Emission

__all__ = ["TropesJson", "exported", "setup"]


def _addresses(builder: Builder) -> Callable[[str, str], str]:
    uri_of = cache(builder.get_target_uri)  # cached: a document may have forty links

    def address(docname: str, anchor: str) -> str:
        uri = uri_of(docname)
        return f"{uri}#{anchor}" if anchor else uri

    return address


def exported(builder: Builder, wiki: Wiki) -> dict[str, Any]:
    """The content of the file, with the addresses of *builder*."""
    aliases = {}
    if builder.config.tropes_alias_pages and abilities(builder).is_served:
        found, _left_out = told_apart(builder, wiki, ())
        aliases = {page.name: builder.get_target_uri(page.docname) for page in found}
    return as_data(wiki, _addresses(builder), str(builder.config.project), aliases)


class TropesJson:
    """Emits the file."""

    name = "tropes.json"

    def place(self, emission: Emission) -> str:
        return DATA_FILE

    def usual_place(self, prefix: str) -> str:
        return ""

    def is_complete(self, builder: Builder, place: str, stored: Any) -> bool:
        try:
            size = Path(builder.outdir, place).stat().st_size
        except OSError:
            return False
        stamp = stored.get("stamp") if isinstance(stored, dict) else None
        is_same = isinstance(stamp, list) and stamp[1:] == [size]
        return is_same and stored.get("aliases") == _digest_of(written_aliases(builder))

    def remove(self, builder: Builder, place: str) -> None:
        if place == DATA_FILE:  # a state from elsewhere may name any file
            delete(Path(builder.outdir, place), Path(builder.outdir))

    def write(self, emission: Emission, place: str, stored: Any) -> dict[str, Any]:
        wiki, invalidated = emission.wiki, emission.invalidated
        project = str(emission.builder.config.project)
        address = _addresses(emission.builder)
        before = _Before(
            Path(emission.builder.outdir, place), None if invalidated is None else stored
        )
        changed = invalidated or NOTHING
        pages = (
            (
                page.key,
                before.entries("pages", page.key, changed.pages)
                or entries_text([page_data(wiki, address, page)]),
            )
            for page in pages_by_name(wiki)
        )
        links = (
            (
                docname,
                before.entries("links", docname, changed.documents)
                or entries_text(links_data(wiki, address, docname)),
            )
            for docname in wiki.documents
        )
        aliases = written_aliases(emission.builder)
        wanted = before.entries("wanted", "", changed.whole & {"wanted"} and {""})
        parts: dict[str, bytes | Iterable[tuple[str, bytes]]] = {
            "documents": [("", entries_text(documents_data(wiki, address)))],
            "links": links,
            "pages": pages,
            "project": value_text(project),
            "redirects": [("", entries_text(redirects_data(wiki, address, aliases)))],
            "unlinked": [("", entries_text(unlinked_data(wiki, address)))],
            "version": value_text(VERSION),
            "wanted": [("", wanted or entries_text(wanted_data(wiki)))],
        }
        return {**before.write(parts), "aliases": _digest_of(aliases)}


def _digest_of(aliases: Mapping[str, str]) -> str:
    return digest(repr(aliases), 8)


class _Before:
    """The file as an earlier build left it.

    :param stored: what is stored about the file; None to ignore the file.
    """

    def __init__(self, path: Path, stored: object) -> None:
        self._path = path
        self._at: dict[tuple[str, str], tuple[int, int]] = {}
        self._text = _mapped(path)
        self._stamp = [crc32(self._text), len(self._text)]
        try:
            self._find(stored)
        except (AttributeError, KeyError, TypeError, ValueError):
            self._at = {}  # stored in another form, or for another file

    def _find(self, stored: Any) -> None:
        """Finds where entries begin and end, as stored. If any does not begin and end as entries
        do, none are used.
        """
        if not stored or stored["stamp"] != self._stamp:
            return
        for part, begin, entries in stored["parts"]:
            at = index(begin)
            for name, length in entries:
                end = at + index(length)
                if length and not opens_and_closes(self._text, at, end):
                    raise ValueError(name)
                self._at[part, name] = at, end
                at = end + len(BETWEEN) if length else at

    def entries(self, part: str, name: str, changed: AbstractSet[str]) -> bytes:
        """The entries of a page or document; nothing if they may have changed."""
        if name in changed:
            return b""
        at, end = self._at.get((part, name), (0, 0))
        return self._text[at:end]

    def write(self, parts: Mapping[str, bytes | Iterable[tuple[str, bytes]]]) -> dict[str, Any]:
        """Writes the *parts* in their order: values, or lists of named entries. The whole file is
        never in memory at once.

        :returns: what to store: the stamp, and for each list of entries its name, where it begins,
            and the name and length of each entry, in the order of the file. These are lists because
            order counts: a mapping may come back in another order.
        """
        stored: list[list[Any]] = []
        with replaced(self._path) as temporary:
            with temporary.open("wb") as file:
                new = _Stamped(file)
                for number, (part, value) in enumerate(parts.items()):
                    new.write(b"{\n" if number == 0 else b",\n")
                    new.write(f'"{part}": '.encode())
                    if isinstance(value, bytes):
                        new.write(value)
                        continue
                    new.write(b"[")
                    entries: list[list[Any]] = []
                    stored.append([part, new.size + 1, entries])
                    between = b"\n"
                    for name, text in value:
                        entries.append([name, len(text)])
                        if text:
                            new.write(between + text)
                            between = BETWEEN
                    new.write(b"]" if between == b"\n" else b"\n]")
                new.write(b"\n}\n")
            if isinstance(self._text, mmap):
                self._text.close()  # some systems can't replace an open file
            if new.stamp == self._stamp:
                temporary.unlink()
        return {"stamp": new.stamp, "parts": stored}


class _Stamped:
    """A file being written, with a checksum. It guards against accidents only, but takes a fifth of
    a digest's time.
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


def _mapped(path: Path) -> bytes | mmap:
    """The content of a file, mapped into memory; nothing if there is no file."""
    try:
        with path.open("rb") as file:
            return mmap(file.fileno(), 0, access=ACCESS_READ)
    except (OSError, ValueError):  # an empty one can't be mapped
        return b""


def setup(app: Sphinx) -> None:
    """Adds the emitter."""
    add_emitter(app, TropesJson())
