"""The language server: what the client asks, and who answers."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from ..._version import __version__
from ..previews import is_running
from ..refusal import Refusal
from .facts_cache import cache_folder
from .positions import ENCODINGS
from .problems import diagnostics
from .uris import real_path
from .workspace import Options, Workspace

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .open_wiki import Document, OpenWiki

__all__ = ["Server"]

_T = TypeVar("_T")

_WAIT = 0.15
"""Seconds without a change before a writer is told."""
_LOOK_FOR_CLIENT = 5.0
"""Seconds between looks whether the client is still there."""
_LOOK_FOR_FILES = 3.0
"""Seconds between looks for changed files, for clients that do not tell of them."""
_REFUSED = -32803  # RequestFailed
_FAILED = -32603  # InternalError
_log = logging.getLogger("sphinx_tropes.lsp")


class Server(LanguageServer):
    """The language server of one client."""

    def __init__(self) -> None:
        super().__init__(
            "sphinx-tropes", __version__, lsp.TextDocumentSyncKind.Incremental, max_workers=2
        )
        self.wikis = Workspace(Options(), self.tell, self.show_progress)
        self._progress: dict[Path, str] = {}
        self.commands: frozenset[str] = frozenset()
        """The commands that the client has."""
        self._pending: asyncio.Task[None] | None = None
        self._published: dict[str, list[lsp.Diagnostic]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    # -- what the client is told

    def tell(self, sentence: str, *, is_error: bool = False) -> None:
        """Shows a sentence to the writer."""
        kind = lsp.MessageType.Error if is_error else lsp.MessageType.Warning
        self.window_show_message(lsp.ShowMessageParams(kind, sentence))

    def show_progress(self, folder: Path, count: int | None) -> None:
        """Shows how many sources of *folder* are read; None at the end."""
        window = self.client_capabilities.window
        if not (window and window.work_done_progress):
            return
        if count is None:
            if token := self._progress.pop(folder, ""):
                self.work_done_progress.end(token, lsp.WorkDoneProgressEnd())
        elif folder in self._progress:
            report = lsp.WorkDoneProgressReport(message=f"{count} pages")
            if self._progress[folder]:
                self.work_done_progress.report(self._progress[folder], report)
        else:
            self._progress[folder] = ""
            self._keep(self._begin_progress(folder))

    async def _begin_progress(self, folder: Path) -> None:
        token = f"sphinx-tropes {folder}"
        with suppress(Exception):
            await self.work_done_progress.create_async(token)
            if folder in self._progress:
                self._progress[folder] = token
                begin = lsp.WorkDoneProgressBegin(title=f"Reading {folder.name}")
                self.work_done_progress.begin(token, begin)

    def log(self, sentence: str) -> None:
        """Writes a sentence to the client's log."""
        with suppress(Exception):
            self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, sentence))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What went wrong outside an answer goes to the log."""
        self.log(f"{type(error).__name__}: {error}")

    async def answer(self, ask: Callable[[], Awaitable[_T]]) -> _T:
        """What *ask* gives; an error becomes one sentence.

        :raises JsonRpcException: if it fails.
        """
        try:
            return await ask()
        except Refusal as refusal:
            raise JsonRpcException(str(refusal), code=_REFUSED) from None
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the client is answered
            _log.exception("an answer failed")
            sentence = f"sphinx-tropes: {type(error).__name__}: {error}"
            self.log(sentence)
            raise JsonRpcException(sentence, code=_FAILED) from None

    async def ask(
        self, uri: str, answer: Callable[[Document], _T], *, is_typed: bool = False
    ) -> _T | None:
        """The *answer* about a source; None if it is none of a wiki."""

        async def ask() -> _T | None:
            document = await self.wikis.document(uri, is_typed=is_typed)
            return answer(document) if document is not None else None

        return await self.answer(ask)

    async def ask_wiki(self, uri: str, answer: Callable[[OpenWiki], _T]) -> _T | None:
        """The *answer* about the wiki of a source."""

        async def ask() -> _T | None:
            path = real_path(uri)
            wiki = await self.wikis.wiki_of(path) if path else None
            if wiki is None:
                return None
            wiki.settle()
            return answer(wiki)

        return await self.answer(ask)

    # -- the life of the server

    def start(self, params: lsp.InitializeParams) -> None:
        """Takes what the client says about itself."""
        options = params.initialization_options
        options = options if isinstance(options, dict) else {}
        chosen = self.workspace.position_encoding
        encoding = str(getattr(chosen, "value", chosen))
        self.wikis.options = Options(
            options.get("trusted") is True,
            encoding if encoding in ENCODINGS else "utf-16",
            None if options.get("cache") is False else cache_folder(),
        )
        commands = options.get("commands")
        if isinstance(commands, list):
            self.commands = frozenset(c for c in commands if isinstance(c, str))

    async def open_folders(self) -> None:
        """Opens the wikis of the folders that the client opened."""
        uris = list(self.workspace.folders) or [self.workspace.root_uri or ""]
        for uri in uris:
            if (path := real_path(uri)) is not None and path != Path(path.anchor):
                self.wikis.add_folder(path)
        self._keep(self._watch_client())
        await self._watch_files()

    def _keep(self, coroutine: Any) -> None:
        task = asyncio.ensure_future(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch_client(self) -> None:
        """Ends the server when the client's process is gone, though its pipes may live on."""
        while self.process_id and sys.platform != "win32":
            await asyncio.sleep(_LOOK_FOR_CLIENT)
            if not is_running(self.process_id):
                signal.raise_signal(signal.SIGTERM)

    async def _watch_files(self) -> None:
        """Asks the client to tell of changes on the disk; looks for them itself if it can't."""
        workspace = self.client_capabilities.workspace
        watched = workspace and workspace.did_change_watched_files
        if watched and watched.dynamic_registration:
            watchers = [
                lsp.FileSystemWatcher(pattern) for pattern in ("**/*.{trope,rst,md}", "**/conf.py")
            ]
            options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
            with suppress(Exception):
                await self.client_register_capability_async(
                    lsp.RegistrationParams([lsp.Registration("watch-sources", method, options)])
                )
                return
        self._keep(self._look_for_changes())

    async def _look_for_changes(self) -> None:
        """Looks for changes on the disk again and again, for a small part of the time."""
        wait = _LOOK_FOR_FILES
        while True:
            await asyncio.sleep(wait)
            begin = time.perf_counter()
            is_changed = False
            self.wikis.start_changed_again()
            for wiki in list(self.wikis.wikis):
                # find_sources() waits for the disk; nothing of the wiki is touched meanwhile
                files = await asyncio.to_thread(wiki.files_now)
                is_changed |= wiki.note_files(files)
            wait = max(_LOOK_FOR_FILES, 50 * (time.perf_counter() - begin))
            if is_changed:
                self.tell_soon()

    def change_folders(self, event: lsp.WorkspaceFoldersChangeEvent) -> None:
        """Opens and closes folders."""
        for folder in event.removed:
            if (path := real_path(folder.uri)) is not None:
                self.wikis.remove_folder(path)
        for folder in event.added:
            if (path := real_path(folder.uri)) is not None:
                self.wikis.add_folder(path)

    # -- what the client can show

    @property
    def has_snippets(self) -> bool:
        """Whether it takes completions with gaps to fill."""
        document = self.client_capabilities.text_document
        item = document and document.completion and document.completion.completion_item
        return bool(item and item.snippet_support)

    @property
    def has_tooltips(self) -> bool:
        """Whether it shows what a link in a document leads to."""
        document = self.client_capabilities.text_document
        links = document and document.document_link
        return bool(links and links.tooltip_support)

    @property
    def explains_in_markdown(self) -> bool:
        """Whether it shows Markdown beside completions."""
        document = self.client_capabilities.text_document
        item = document and document.completion and document.completion.completion_item
        return lsp.MarkupKind.Markdown in ((item and item.documentation_format) or ())

    @property
    def shows_markdown(self) -> bool:
        """Whether it shows Markdown."""
        document = self.client_capabilities.text_document
        formats = document and document.hover and document.hover.content_format
        return not formats or lsp.MarkupKind.Markdown in formats

    # -- diagnostics

    def tell_soon(self) -> None:
        """Tells the problems of all open sources when nothing has been typed for a moment: an edit of
        one page may turn links of another red.
        """
        if self._pending is not None:
            self._pending.cancel()
        self._pending = asyncio.ensure_future(self._tell_problems())

    async def _tell_problems(self) -> None:
        slowest = max((wiki.reading_time for wiki in self.wikis.wikis), default=0.0)
        await asyncio.sleep(max(_WAIT, 2 * slowest))
        try:
            for wiki in await self.wikis.ready():
                wiki.settle()
                for path in list(wiki.buffers):
                    if (document := wiki.buffers.get(path)) is not None:
                        self._publish(document)
                        await asyncio.sleep(0)
            self._refresh()
        except Exception as error:  # noqa: BLE001 - a page that can't be read is not the end
            _log.exception("the problems of pages can't be told")
            self.log(f"the problems of pages can't be told: {type(error).__name__}: {error}")

    def _publish(self, document: Document) -> None:
        found = diagnostics(document)
        if self._published.get(document.uri) == found:
            return
        self._published[document.uri] = found
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(document.uri, found, document.version)
        )

    def _refresh(self) -> None:
        workspace = self.client_capabilities.workspace
        if workspace and workspace.code_lens and workspace.code_lens.refresh_support:
            self._keep(self._ask_refresh())

    async def _ask_refresh(self) -> None:
        with suppress(Exception):
            await self.workspace_code_lens_refresh_async(None)

    def forget_problems(self, uri: str) -> None:
        """Takes back the problems of a source that was closed."""
        if self._published.pop(uri, None):
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))
