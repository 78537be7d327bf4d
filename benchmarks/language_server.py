"""How long an editor waits for the language server: ``python -m benchmarks.language_server PAGES ...``.

A client drives the server over pipes, as an editor does. Beside what the client waits, by the clock,
stands what the server takes of the processor: on a busy machine the first is mostly others' work.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from .forms import write
from .results import Result, table
from .wiki import Wiki

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["measure_language_server"]

_TIMES = 60
_EDITS = 1000
_WAIT = 0.15
"""Seconds that the server waits before it tells problems."""
_GOALS = {
    1000: {"answer": 20, "problems": 20, "references": 150, "rename": 1, "ready": 1.5, "memory": 120},
    10_000: {"answer": 60, "problems": 40, "ready": 3, "memory": 200},
}  # fmt: skip
_WORD = re.compile(r"\w+")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * 0.95))]


class _Editor:
    """A client with one open page."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self._folder = folder
        self._cache = cache
        self._client = LanguageClient("benchmark", "1")
        self._told: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()
        self._version = 1

        @self._client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def take(params: lsp.PublishDiagnosticsParams) -> None:
            self._told.put_nowait(params)

        @self._client.feature(lsp.WINDOW_LOG_MESSAGE)
        @self._client.feature(lsp.WINDOW_SHOW_MESSAGE)
        def show(params: lsp.LogMessageParams | lsp.ShowMessageParams) -> None:
            print(params.message, flush=True)

    async def start(self, page: str) -> float:
        """Starts the server; seconds until it answers about the page."""
        begin = time.perf_counter()
        environment = {**os.environ, "XDG_CACHE_HOME": str(self._cache)}
        command = (sys.executable, "-m", "sphinxcontrib_tropes.tools.lsp")
        await self._client.start_io(*command, env=environment)
        operations = [lsp.ResourceOperationKind.Create, lsp.ResourceOperationKind.Rename]
        edit = lsp.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=operations
        )
        await self._client.initialize_async(
            lsp.InitializeParams(
                capabilities=lsp.ClientCapabilities(
                    workspace=lsp.WorkspaceClientCapabilities(workspace_edit=edit)
                ),
                workspace_folders=[lsp.WorkspaceFolder(self._folder.as_uri(), "wiki")],
                initialization_options={"trusted": True},
            )
        )
        self._client.initialized(lsp.InitializedParams())
        file = self._folder / page
        self.text = file.read_text("utf-8")
        self.document = lsp.TextDocumentIdentifier(file.as_uri())
        item = lsp.TextDocumentItem(file.as_uri(), "trope", 1, self.text)
        self._client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        await self.ask("code_lens", lsp.CodeLensParams(self.document))
        return time.perf_counter() - begin

    def ask(self, method: str, params: Any) -> Awaitable[Any]:
        """The answer to a request about the document."""
        answer: Awaitable[Any] = getattr(self._client, f"text_document_{method}_async")(params)
        return answer

    def change(self, text: str) -> None:
        """Types."""
        self._version += 1
        self._client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(self._version, self.document.uri),
                [lsp.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    async def problems_after(self, text: str) -> float:
        """Seconds until the problems of a new text are told."""
        while not self._told.empty():
            self._told.get_nowait()
        begin = time.perf_counter()
        self.change(text)
        await self._told.get()
        return time.perf_counter() - begin

    def processor(self) -> float:
        """Seconds that the server has worked."""
        fields = Path(f"/proc/{self._pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory(self) -> float:
        """Megabytes of the server."""
        status = Path(f"/proc/{self._pid}/status").read_text("utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    @property
    def _pid(self) -> int:
        server = self._client._server  # noqa: SLF001 - there is no other way to it
        assert server is not None
        return server.pid

    async def stop(self) -> None:
        await self._client.shutdown_async(None)
        self._client.exit(None)
        await self._client.stop()


async def _timed(
    editor: _Editor, what: str, ask: Callable[[int], Awaitable[Any]], goal: float | None,
    times: int = _TIMES,
) -> Result:  # fmt: skip
    waits = []
    worked = editor.processor()
    for number in range(times):
        begin = time.perf_counter()
        await ask(number)
        waits.append(time.perf_counter() - begin)
    work = (editor.processor() - worked) / times
    detail = f"median {1000 * median(waits):.1f} ms, processor {1000 * work:.1f} ms"
    return Result(f"{what}, 95 of 100 within", 1000 * _p95(waits), "ms", goal, detail=detail)


def _hub(folder: Path) -> str:
    """The page that most pages link to."""
    pages = list(folder.glob("**/*.trope"))
    names = {page.stem for page in pages}
    counts = Counter(
        word
        for page in pages
        for word in {*_WORD.findall(page.read_text("utf-8").replace(" ", ""))} & names
    )
    return counts.most_common(1)[0][0]


async def _measure(folder: Path, cache: Path, size: int, page: str, hub: str) -> list[Result]:
    goals: dict[str, float] = _GOALS.get(size, {})
    first = _Editor(folder, cache)
    cold = await first.start(page)
    await first.stop()
    editor = _Editor(folder, cache)
    ready = await editor.start(page)
    results = [
        Result("ready, nothing known", cold, "s"),
        Result("ready, pages known", ready, "s", goals.get("ready")),
    ]
    text, document = editor.text.rstrip("\n"), editor.document
    line = text.count("\n") + 1
    for typed in ("{{", "{{Gr", "[[Gr", "Great"):

        async def complete(_number: int, typed: str = typed) -> None:
            editor.change(f"{text}\n{typed}")
            at = lsp.Position(line, len(typed))
            await editor.ask("completion", lsp.CompletionParams(document, at))

        results.append(
            await _timed(editor, f"completion of {typed}", complete, goals.get("answer"))
        )
    editor.change(text)
    at = _place(text)
    for method, params in (
        ("hover", lsp.HoverParams(document, at)),
        ("definition", lsp.DefinitionParams(document, at)),
        ("code_lens", lsp.CodeLensParams(document)),
        ("semantic_tokens_full", lsp.SemanticTokensParams(document)),
    ):
        ask = _asking(editor, method, params)
        results.append(await _timed(editor, method.replace("_", " "), ask, goals.get("answer")))
    results += await _of_hub(editor, hub, text, line, goals)
    results += await _of_edits(editor, text, goals)
    await editor.stop()
    return results


def _place(text: str) -> lsp.Position:
    """Inside the first link in braces."""
    lines = text.split("\n")
    return next(lsp.Position(n, row.index("{{") + 3) for n, row in enumerate(lines) if "{{" in row)


def _asking(editor: _Editor, method: str, params: Any) -> Callable[[int], Awaitable[Any]]:
    return lambda _number: editor.ask(method, params)


async def _of_hub(
    editor: _Editor, hub: str, text: str, line: int, goals: dict[str, float]
) -> list[Result]:
    editor.change(f"{text}\n[[{hub}]]")
    at = lsp.Position(line, 3)
    context = lsp.ReferenceContext(include_declaration=False)
    params = lsp.ReferenceParams(context, editor.document, at)
    found = await editor.ask("references", params)
    files = len({place.uri for place in found})
    ask = _asking(editor, "references", params)
    what = f"references of a page in {files} files"
    references = await _timed(editor, what, ask, goals.get("references"), 20)
    worked, begin = editor.processor(), time.perf_counter()
    edit = await editor.ask("rename", lsp.RenameParams(editor.document, at, "Quite Another Name"))
    took, work = time.perf_counter() - begin, editor.processor() - worked
    detail = f"processor {work:.2f} s, changes {len(edit.document_changes)}"
    rename = Result(
        f"rename of a page in {files} files", took, "s", goals.get("rename"), detail=detail
    )
    editor.change(text)
    return [references, rename]


async def _of_edits(editor: _Editor, text: str, goals: dict[str, float]) -> list[Result]:
    waits, worked = [], editor.processor()
    for number in range(100):
        new = f"{text}\nA word {number}, {{{{Nobody Wrote This {number}}}}} and ''unclosed\n"
        waits.append(await editor.problems_after(new) - _WAIT)
    work = (editor.processor() - worked) / 100
    detail = f"median {1000 * median(waits):.1f} ms, processor {1000 * work:.1f} ms"
    what = "problems after a key, without the wait, 95 of 100 within"
    told = Result(what, 1000 * _p95(waits), "ms", goals.get("problems"), detail=detail)
    before = editor.memory()
    for number in range(_EDITS):
        editor.change(f"{text}\nAnd {{{{Nobody Wrote That {number}}}}}.\n")
        if not number % 10:
            await editor.ask("code_lens", lsp.CodeLensParams(editor.document))
    after = editor.memory()
    detail = f"{after:.0f} MB after {_EDITS} edits"
    return [told, Result("memory of the server", before, "MB", goals.get("memory"), detail=detail)]


def measure_language_server(folder: Path, size: int) -> list[Result]:
    """The rows about the language server, for a wiki of *size* pages that is written to *folder*."""
    write(Wiki(size), ["trope"], folder)
    (folder / "trope" / "conf.py").write_text("extensions = ['sphinxcontrib_tropes']\n", "utf-8")
    source = folder / "trope"
    page = min(source.glob("**/*.trope")).relative_to(source).as_posix()
    return asyncio.run(_measure(source, folder / "cache", size, page, _hub(source)))


def main() -> None:
    """Prints a table for each size."""
    for argument in sys.argv[1:] or ["1000"]:
        with TemporaryDirectory(prefix="tropes-") as name:
            print(f"{argument} pages")
            print(table(measure_language_server(Path(name), int(argument))), flush=True)


if __name__ == "__main__":
    main()
