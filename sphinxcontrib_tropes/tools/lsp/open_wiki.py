"""A wiki that is open in an editor: its sources, with unsaved text instead of what is on the disk."""

from __future__ import annotations

import logging
import time
from array import array
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of
from ...wiki import PackedFacts, Wiki
from ...wiki.facts.document import Notice
from .facts_cache import FactsCache
from .other_markup import read_other
from .positions import Columns, Positions
from .reading import NOTHING, Reading, read_trope
from .sources import find_sources, is_source, read_source, source_file
from .uris import uri_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ...markup.span_types import Context
    from ...names import PageName
    from ...wiki import DocumentFacts, Resolution, WikiPage
    from .configuration import Configuration
    from .reading import NamedPlace
    from .sources import SourceFile

__all__ = ["Document", "OpenWiki"]

_NOWHERE = 0xFFFFFFFF
_log = logging.getLogger("sphinx_tropes.lsp")


class Document:
    """A source as it is now, in the editor or on the disk.

    :param path: from the source folder.
    """

    def __init__(self, wiki: OpenWiki, path: str, text: str, version: int | None = None) -> None:
        self.wiki = wiki
        self.path = path
        self.text = text
        self.version = version
        """The client's number of the text; None if it is on the disk alone."""
        self.kind = wiki.configuration.kind(path)
        self.docname = wiki.configuration.docname(path)

    @cached_property
    def positions(self) -> Positions:
        """Where its lines begin."""
        return Positions(self.text, self.wiki.encoding)

    @cached_property
    def reading(self) -> Reading:
        """What it says."""
        return self.wiki.read(self.path, self.text)

    @property
    def uri(self) -> str:
        """Its address."""
        return self.wiki.uri(self.path)

    def at(self, offset: int) -> NamedPlace | None:
        """The name of a page that is there."""
        found = (p for p in self.reading.places if p.start <= offset <= p.end)
        return next(found, None)


class _Known(NamedTuple):
    """What is known of a source file."""

    facts: DocumentFacts | PackedFacts
    columns: bytes
    """As :attr:`.Stored.columns`."""
    shape: int


class OpenWiki:
    """A wiki, its sources and its buffers.

    :param encoding: how the client counts columns.
    :param cache: the folder for what files said; None: nothing is kept.
    :param may_run: whether the code of the project may be run.
    """

    def __init__(
        self,
        configuration: Configuration,
        encoding: str = "utf-16",
        cache: Path | None = None,
        *,
        may_run: bool = False,
    ) -> None:
        self.configuration = configuration
        self.root = configuration.root
        self.encoding = encoding
        self.may_run = may_run
        self.wiki = self._wiki({})
        self.buffers: dict[str, Document] = {}
        """Path -> the unsaved text of each source that is open."""
        self.reading_time = 0.0
        """Seconds that the last reading of buffers took."""
        self.uris: dict[str, str] = {}
        """Path -> address as the client spells it."""
        self._cache = FactsCache(configuration, encoding, cache)
        self._known: dict[str, _Known] = {}
        self._paths: dict[str, str] = {}
        """Docname -> path."""
        self._waiting: set[str] = set()
        self._unread: set[SourceFile] = set()
        """Files as they were when they could not be read."""

    def _wiki(self, facts: dict[str, DocumentFacts | PackedFacts]) -> Wiki:
        configuration = self.configuration
        return Wiki(
            facts,
            configuration.settings.namespaces,
            context_length=configuration.context_length,
            refused=configuration.refused,
        )

    # -- reading

    def scan(self) -> Iterator[int]:
        """Reads all sources on the disk. Gives how many are read, now and then."""
        begin = time.perf_counter()
        paths = set()
        for number, file in enumerate(find_sources(self.configuration)):
            paths.add(file.path)
            if (
                self._paths.setdefault(self.configuration.docname(file.path), file.path)
                == file.path
            ):
                self._read_file(file)
            if time.perf_counter() - begin > _PATIENCE:
                yield number
                begin = time.perf_counter()
        self._cache.keep_only(paths)
        self._start_wiki()

    def _start_wiki(self) -> None:
        self.wiki = self._wiki(
            {docname: self._known[path].facts for docname, path in self._paths.items()
             if path in self._known}
        )  # fmt: skip
        self._waiting.update(self.buffers)

    def save_cache(self) -> None:
        """Keeps what the files say for the next start."""
        self._cache.write()

    def read(self, path: str, text: str) -> Reading:
        """What *text* says in the place of *path*. A text that can't be read says so."""
        kind = self.configuration.kind(path)
        try:
            if kind == "trope":
                return read_trope(path, text, self.configuration)
            return read_other(path, text, self.configuration) if kind else Reading(NOTHING, ())
        except Exception as error:  # noqa: BLE001 - one page is not the end of the wiki
            _log.exception("%s can't be read", path)
            notice = Notice("markup", f"this page can't be read: {type(error).__name__}", 1)
            return Reading(NOTHING._replace(notices=(notice,)), ())

    def _read_file(self, file: SourceFile) -> bool:
        """Reads a file, unless it is known. Returns whether that is possible."""
        path = file.path
        entry = self._cache.get(file)
        if entry is None:
            source = read_source(self.root, path)
            if source is None:
                self._unread.add(file)
                return False
            reading = self.read(path, source.text)
            facts = reading.facts
            if source.sentence:
                notice = Notice("encoding", source.sentence, source.line)
                facts = facts._replace(notices=(notice, *facts.notices))
            positions = Positions(source.text, self.encoding)
            columns = _columns(reading, positions)
            entry = self._cache.put(file, facts, columns, reading.shape)
        self._known[path] = _Known(self._cache.facts(entry), entry.columns, entry.shape)
        return True

    # -- edits

    def put(self, path: str, text: str, version: int | None = None) -> Document:
        """Takes the unsaved text of a source. It is read when something is asked."""
        document = self.buffers[path] = Document(self, path, text, version)
        self._paths.setdefault(document.docname, path)
        self._waiting.add(path)
        return document

    def close(self, path: str) -> None:
        """Takes the text of a source from the disk again, if it is still there."""
        if self.buffers.pop(path, None) is not None:
            self._waiting.add(path)

    def note_change(self, path: str) -> None:
        """Looks at a file again that was changed, created or deleted on the disk."""
        if path in self.buffers or not is_source(self.configuration, path):
            return
        self._waiting.add(path)

    def files_now(self) -> list[SourceFile]:
        """The sources on the disk."""
        return list(find_sources(self.configuration))

    def note_files(self, files: Iterable[SourceFile]) -> bool:
        """Looks again at those of *files* that have changed, and at those that are gone. Returns whether
        there are any.
        """
        now = {file.path: file for file in files}
        docname = self.configuration.docname
        changed = {
            path
            for path, file in now.items()
            if path not in self.buffers
            and file not in self._unread
            and self._paths.get(docname(path), path) == path  # of two, only one is the document
            and self._cache.get(file) is None
        }
        changed.update(path for path in self._known if path not in now)
        self._waiting |= changed
        return bool(changed)

    def settle(self, but: str = "") -> None:
        """Makes the wiki know all that was changed.

        :param but: the path of a buffer that may wait: what is asked does not depend on its text.
        """
        waiting = self._waiting - {but}
        if not waiting:
            return
        self._waiting -= waiting
        begin = time.perf_counter()
        changes: dict[str, DocumentFacts | PackedFacts | None] = {}
        for path in sorted(waiting):
            changes |= self._change(path)
        self.wiki.update(changes)
        self.reading_time = time.perf_counter() - begin

    def _change(self, path: str) -> dict[str, DocumentFacts | PackedFacts | None]:
        docname = self.configuration.docname(path)
        if self._paths.setdefault(docname, path) != path:
            return {}
        facts = self._facts_of(path)
        if facts is not None:
            return {docname: facts}
        self._cache.drop(path)
        del self._paths[docname]
        for suffix in self.configuration.kinds:  # a file that had lost its name to this one
            other = f"{docname}{suffix}"
            if other != path and is_source(self.configuration, other):
                facts = self._facts_of(other)
                if facts is not None:
                    self._paths[docname] = other
                    return {docname: facts}
        return {docname: None}

    def _facts_of(self, path: str) -> DocumentFacts | PackedFacts | None:
        """What a source says as it is now, in its buffer or on the disk; None if it can't be read."""
        self._known.pop(path, None)
        buffer = self.buffers.get(path)
        if buffer is not None:
            return buffer.reading.facts
        file = source_file(self.root, path)
        if file is not None and self._read_file(file):
            return self._known[path].facts
        return None

    # -- questions

    @property
    def paths(self) -> Iterator[str]:
        """The paths of all sources."""
        return iter(sorted(self._paths.values()))

    def path(self, docname: str) -> str:
        """The path of a document."""
        return self._paths.get(docname) or f"{docname}.trope"

    def uri(self, path: str) -> str:
        """The address of a source."""
        return self.uris.get(path) or uri_of(self.root / path)

    def document(self, path: str) -> Document | None:
        """A source as it is now; None if it can't be read."""
        buffer = self.buffers.get(path)
        if buffer is not None:
            return buffer
        source = read_source(self.root, path) if self.configuration.kind(path) else None
        return Document(self, path, source.text) if source is not None else None

    def temporary(self, path: str, text: str) -> Document:
        """A source as it would be with another text."""
        return Document(self, path, text)

    def columns(self, path: str, links: Iterable[int] | None = None) -> list[Columns | None]:
        """Where the names in the links of a source are, in the order of its facts.

        :param links: only those of these links.
        """
        buffer = self.buffers.get(path)
        if buffer is not None:
            packed = _columns(buffer.reading, buffer.positions)
        elif path in self._known:
            packed = self._known[path].columns
        else:
            return []
        numbers = array("I")
        numbers.frombytes(packed)
        found: list[Columns | None] = []
        for at in range(len(numbers) // 4) if links is None else links:
            line, start, end, context = numbers[4 * at : 4 * at + 4]
            is_known = line != _NOWHERE
            found.append(Columns(line, start, end, _CONTEXTS[context]) if is_known else None)
        return found

    def shape(self, path: str) -> int:
        """As :attr:`.Reading.shape`, of a source whose text is still the one that was read; else 0."""
        buffer = self.buffers.get(path)
        if buffer is not None:
            return buffer.reading.shape
        known = self._known.get(path)
        file = source_file(self.root, path)
        is_same = known is not None and file is not None and self._cache.get(file) is not None
        return known.shape if known is not None and is_same else 0

    def page_name(self, spelling: str) -> PageName | None:
        """The page that a text names."""
        return self.configuration.settings.namespaces.page_name(spelling)

    def resolve(self, name: str) -> Resolution:
        """What a canonical name resolves to."""
        return self.wiki.resolve(name)

    def resolve_key(self, key: str) -> str:
        """The key of the page that a name with that key leads to."""
        page = self.wiki.pages.get(key)
        return self.resolve(page.name if page else key).key

    def page_of(self, path: str) -> WikiPage | None:
        """The page that a file is; None if it is none, or another file is that page."""
        facts = self.wiki.documents.get(self.configuration.docname(path))
        pages = (self.wiki.pages.get(key_of(own.name)) for own in (facts.pages if facts else ()))
        return next((p for p in pages if p is not None and self.path(p.docname) == path), None)


_PATIENCE = 0.05
"""Seconds of reading without looking at what the client says."""


_CONTEXTS: tuple[Context, ...] = ("link", "target", "words", "")


def _columns(reading: Reading, positions: Positions) -> bytes:
    numbers = array("I", [_NOWHERE]) * (4 * len(reading.facts.links))
    for place in reading.places:
        if place.link >= 0:
            line, start = positions.columns_of(place.start)
            last, end = positions.columns_of(place.end)
            context = _CONTEXTS.index(place.context)
            at = 4 * place.link
            numbers[at : at + 4] = array(
                "I", [line, start, end if last == line else start, context]
            )
    return numbers.tobytes()
