"""The wikis of a client: which file belongs to which, and the texts that are open."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from lsprotocol.types import TextDocumentContentChangePartial

from ...internals import gc_policy
from .configuration import default_configuration, read_configuration
from .live_preview import LivePreview
from .open_wiki import OpenWiki
from .positions import Positions
from .sources import is_source, source_file
from .uris import inside_of, real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lsprotocol.types import TextDocumentContentChangeEvent

    from .open_wiki import Document

__all__ = ["Buffer", "Options", "Root", "Workspace"]

_SUFFIXES = (".trope", ".rst", ".md", ".txt")
_DEPTHS = ("conf.py", "*/conf.py", "*/*/conf.py")
_MOST_ROOTS = 50
_BREATH = 0.002
"""Seconds between shares of reading, in which what the client says is taken."""
_LARGEST = 32 << 20
"""Maximum characters of a buffer."""


class Options(NamedTuple):
    """What the client said when it started the server."""

    is_trusted: bool = False
    """Whether ``conf.py`` may be run."""
    encoding: str = "utf-16"
    cache: Path | None = None


class Root(NamedTuple):
    """The source folder that a file belongs to."""

    folder: Path
    is_deep: bool
    """Whether all folders in it belong to the wiki."""


class Buffer(NamedTuple):
    """A text that is open."""

    uri: str
    path: Path
    text: str
    version: int | None


class Tell(Protocol):
    """Shows a sentence to the writer."""

    def __call__(self, sentence: str, *, is_error: bool = False) -> object: ...


class _Entry:
    """A wiki that is being opened, or is open."""

    def __init__(self, wiki: OpenWiki) -> None:
        self.wiki = wiki
        self.ready: asyncio.Task[None] | None = None
        self.configured = source_file(wiki.root, "conf.py")


class Workspace:
    """The wikis of a client.

    :param tell: shows a sentence to the writer.
    :param progress: told how many sources of a folder are read; None at the end.
    """

    def __init__(
        self, options: Options, tell: Tell, progress: Callable[[Path, int | None], object]
    ) -> None:
        self.options = options
        self.folders: list[Path] = []
        self.buffers: dict[str, Buffer] = {}
        """Address -> text."""
        self._tell = tell
        self._progress = progress
        self._entries: dict[Path, _Entry] = {}
        self._told: set[str] = set()
        self._previews: dict[Path, LivePreview] = {}

    # -- wikis

    @property
    def wikis(self) -> Iterator[OpenWiki]:
        """The wikis that are open."""
        for entry in self._entries.values():
            if entry.ready is not None and entry.ready.done():
                yield entry.wiki

    def root_of(self, path: Path) -> Root | None:
        """The source folder that a file belongs to: the nearest folder around it with ``conf.py``; else
        the folder that the client opened; else, for a page alone, its own folder.
        """
        folder = next((f for f in self.folders if path.is_relative_to(f)), None)
        for parent in path.parents:
            if _is_file(parent / "conf.py"):
                return Root(parent, is_deep=True)
        if folder is not None:
            return Root(folder, is_deep=True)
        return Root(path.parent, is_deep=False) if path.suffix == ".trope" else None

    def roots_in(self, folder: Path) -> list[Root]:
        """The source folders of a folder that the client opened."""
        for parent in (folder, *folder.parents):
            if _is_file(parent / "conf.py"):
                return [Root(parent, is_deep=True)]
        for pattern in _DEPTHS:
            if found := sorted(folder.glob(pattern))[:_MOST_ROOTS]:
                return [Root(file.parent, is_deep=True) for file in found]
        has_pages = any(next(folder.glob(p), None) for p in ("*.trope", "*/*.trope"))
        return [Root(folder, is_deep=True)] if has_pages else []

    def add_folder(self, folder: Path) -> None:
        """Opens the wikis of a folder that the client opened."""
        if folder not in self.folders:
            self.folders.append(folder)
        try:
            roots = self.roots_in(folder)
        except OSError:
            return
        for root in roots:
            self._entry(root)

    def remove_folder(self, folder: Path) -> None:
        """Forgets a folder, and its wikis without open texts."""
        if folder in self.folders:
            self.folders.remove(folder)
        for root, entry in [*self._entries.items()]:
            if root.is_relative_to(folder) and not entry.wiki.buffers:
                self._close(root)

    def _close(self, root: Path) -> None:
        entry = self._entries.pop(root)
        if entry.ready is not None:
            entry.ready.cancel()

    def _entry(self, root: Root) -> _Entry:
        entry = self._entries.get(root.folder)
        if entry is None:
            entry = self._entries[root.folder] = _Entry(self._open(root))
            for buffer in self.buffers.values():
                if self.root_of(buffer.path) == root:
                    self._put(entry.wiki, buffer)
            entry.ready = asyncio.ensure_future(self._read(entry.wiki))
        return entry

    def _open(self, root: Root) -> OpenWiki:
        configuration = default_configuration(root.folder, is_deep=root.is_deep)
        may_run = self._may_run(root.folder)
        if configuration.is_project and may_run:
            try:
                configuration = read_configuration(root.folder)
            except ValueError as error:
                self._tell_once(f"{error}; the default settings are used", is_error=True)
        elif configuration.is_project:
            self._tell_once(
                f"{root.folder / 'conf.py'} was not run, because this folder is not trusted: the "
                "default settings are used"
            )
        options = self.options
        return OpenWiki(configuration, options.encoding, options.cache, may_run=may_run)

    def _may_run(self, folder: Path) -> bool:
        """Whether ``conf.py`` of a folder may be run: trust ends at the folders that the client
        opened.
        """
        return self.options.is_trusted and any(folder.is_relative_to(f) for f in self.folders)

    async def _read(self, wiki: OpenWiki) -> None:
        try:
            for count in wiki.scan():
                self._progress(wiki.root, count)
                await asyncio.sleep(_BREATH)
        finally:
            self._progress(wiki.root, None)
        wiki.save_cache()
        gc_policy.keep()  # a collection of the whole wiki, between two keys, takes 0.1 s

    def _tell_once(self, sentence: str, *, is_error: bool = False) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self._tell(sentence, is_error=is_error)

    async def ready(self) -> list[OpenWiki]:
        """All wikis, once they are read."""
        entries = [*self._entries.values()]
        await asyncio.gather(*(e.ready for e in entries if e.ready), return_exceptions=True)
        return [entry.wiki for entry in entries]

    async def wiki_of(self, path: Path) -> OpenWiki | None:
        """The wiki that a file belongs to, once it is read; None if it belongs to none."""
        root = self.root_of(path)
        if root is None:
            return None
        entry = self._entry(root)
        assert entry.ready is not None
        await asyncio.shield(entry.ready)
        return entry.wiki

    def start_again(self, root: Path) -> None:
        """Opens a wiki again, as when its ``conf.py`` has changed."""
        if root in self._entries:
            is_deep = self._entries[root].wiki.configuration.is_deep
            self._close(root)
            self._told = {sentence for sentence in self._told if str(root) not in sentence}
            self._entry(Root(root, is_deep=is_deep))

    def start_changed_again(self) -> None:
        """Opens the wikis again whose ``conf.py`` has changed."""
        for root, entry in [*self._entries.items()]:
            if source_file(root, "conf.py") != entry.configured:
                self.start_again(root)

    # -- documents

    async def document(self, uri: str, *, is_typed: bool = False) -> Document | None:
        """The source with that address, as it is now; None if it is none of a wiki.

        :param is_typed: whether what is asked does not need to know what the source itself says.
        """
        path = real_path(uri)
        wiki = await self.wiki_of(path) if path is not None else None
        if wiki is None or path is None:
            return None
        inside = inside_of(path, wiki.root)
        wiki.settle(but=inside if is_typed else "")
        return wiki.document(inside) if is_source(wiki.configuration, inside) else None

    def open_text(self, uri: str, text: str, version: int | None) -> bool:
        """Takes the text of a source that was opened, or is now another. Returns whether it is one."""
        path = real_path(uri)
        if path is None or not path.name.endswith(_SUFFIXES) or len(text) > _LARGEST:
            return False
        root = self.root_of(path)
        if root is None:
            return False
        buffer = self.buffers[uri] = Buffer(uri, path, text, version)
        self._put(self._entry(root).wiki, buffer)
        return True

    def _put(self, wiki: OpenWiki, buffer: Buffer) -> None:
        inside = inside_of(buffer.path, wiki.root)
        if is_source(wiki.configuration, inside):
            wiki.uris[inside] = buffer.uri
            wiki.put(inside, buffer.text, buffer.version)

    def change_text(
        self, uri: str, changes: Iterable[TextDocumentContentChangeEvent], version: int | None
    ) -> bool:
        """Takes changes of an open text."""
        buffer = self.buffers.get(uri)
        if buffer is None:
            return False
        text = buffer.text
        for change in changes:
            if isinstance(change, TextDocumentContentChangePartial):
                start, end = Positions(text, self.options.encoding).offsets(change.range)
                text = f"{text[:start]}{change.text}{text[end:]}"
            else:
                text = change.text
        return self.open_text(uri, text, version)

    def preview(self, uri: str, *, is_saved: bool) -> None:
        """Shows an open text in the live preview of its project, if one runs.

        :param is_saved: whether the file on the disk has it.
        """
        path = real_path(uri)
        root = self.root_of(path) if path else None
        if path is None or root is None or not _is_file(root.folder / "conf.py"):
            return
        shown = self._previews.get(root.folder)
        if shown is None:
            shown = self._previews[root.folder] = LivePreview(root.folder)
        buffer = self.buffers.get(uri)
        shown.put(path, None if is_saved or buffer is None else buffer.text)

    def close_text(self, uri: str) -> None:
        """Forgets an open text: the file on the disk counts again."""
        buffer = self.buffers.pop(uri, None)
        root = self.root_of(buffer.path) if buffer else None
        if buffer is not None and root is not None and root.folder in self._entries:
            wiki = self._entries[root.folder].wiki
            wiki.close(inside_of(buffer.path, wiki.root))

    def note_file(self, uri: str) -> None:
        """Looks at a file again that was changed, created or deleted on the disk."""
        path = real_path(uri)
        if path is None:
            return
        if path.name == "conf.py":
            self.start_again(path.parent)
            return
        for root, entry in self._entries.items():
            if inside := inside_of(path, root):
                entry.wiki.note_change(inside)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
