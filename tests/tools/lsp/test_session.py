"""A client and the server, as two processes."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient

from .conftest import write

if TYPE_CHECKING:
    from pathlib import Path

SERVER = [sys.executable, "-m", "sphinxcontrib_tropes.tools.cli", "lsp"]
FILES = {
    "conf.py": "extensions = ['sphinxcontrib_tropes']\nprint('not for the client')\n",
    "index.rst": "X\n=\n\nSee :trope:`Red Herring`.\n",
    "RedHerring.trope": "(:laconic A clue.:)\nIt leads astray.\n\n!! A part\nSee {{A}}.\n",
    "A.trope": "é🎭 {{Red Herring}} and {{Red Hering}}.\n",
}
CAPABILITIES: dict[str, Any] = {
    "workspace": lsp.WorkspaceClientCapabilities(
        workspace_edit=lsp.WorkspaceEditClientCapabilities(
            document_changes=True,
            resource_operations=[
                lsp.ResourceOperationKind.Create,
                lsp.ResourceOperationKind.Rename,
            ],
        )
    )
}


class Session:
    """A client with a wiki."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.folder = folder

    async def begin(
        self, *folders: Path, options: object = None, encodings: list[str] | None = None
    ) -> lsp.InitializeResult:
        general = lsp.GeneralClientCapabilities(position_encodings=encodings)
        return await self.client.initialize_session(
            lsp.InitializeParams(
                capabilities=lsp.ClientCapabilities(**CAPABILITIES, general=general),
                workspace_folders=[
                    lsp.WorkspaceFolder(f.as_uri(), f.name) for f in folders or [self.folder]
                ],
                initialization_options={"trusted": True} if options is None else options,
            )
        )

    def uri(self, path: str) -> str:
        return (self.folder / path).as_uri()

    def open(self, path: str, text: str | None = None) -> lsp.TextDocumentIdentifier:
        uri = self.uri(path)
        if text is None:
            text = (self.folder / path).read_text("utf-8")
        self.client.text_document_did_open(
            lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "trope", 1, text))
        )
        return lsp.TextDocumentIdentifier(uri)

    async def told(self, path: str, code: str) -> list[lsp.Diagnostic]:
        """Waits until a problem of that kind is told."""
        for _ in range(400):
            found = [d for d in self.client.diagnostics.get(self.uri(path), ()) if d.code == code]
            if found:
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(self.client.diagnostics)


@pytest_lsp.fixture(config=ClientServerConfig(server_command=SERVER, server_env=dict(os.environ)))
async def client(lsp_client: LanguageClient):
    yield
    await lsp_client.shutdown_session()


@pytest.fixture
def session(client: LanguageClient, tmp_path: Path) -> Session:
    return Session(client, write(tmp_path / "wiki", FILES))


AT = lsp.Position(0, 6)


@pytest.mark.asyncio
async def test_every_feature_answers(session):
    client = session.client
    result = await session.begin()
    assert result.server_info.name == "sphinx-tropes"
    a = session.open("A.trope")
    context = lsp.ReferenceContext(include_declaration=False)
    shown = await client.text_document_hover_async(lsp.HoverParams(a, AT))
    assert "A clue." in shown.contents.value
    assert shown.range == lsp.Range(lsp.Position(0, 4), lsp.Position(0, 19))
    place = await client.text_document_definition_async(lsp.DefinitionParams(a, AT))
    assert place.uri == session.uri("RedHerring.trope")
    places = await client.text_document_references_async(lsp.ReferenceParams(context, a, AT))
    assert [p.uri for p in places] == [session.uri("A.trope"), session.uri("index.rst")]
    items = await client.text_document_completion_async(
        lsp.CompletionParams(a, lsp.Position(0, 10))
    )
    assert items.items[0].label == "Red Herring"
    explained = await client.completion_item_resolve_async(items.items[0])
    assert "A clue" in explained.documentation.value
    found = await session.told("A.trope", "wanted")
    actions = await client.text_document_code_action_async(
        lsp.CodeActionParams(a, found[0].range, lsp.CodeActionContext(found))
    )
    assert actions[0].title == "Did you mean Red Herring?"
    lenses = await client.text_document_code_lens_async(lsp.CodeLensParams(a))
    assert [lens.command.title for lens in lenses] == ["referenced by 1"]
    r = session.open("RedHerring.trope")
    symbols = await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(r))
    assert [s.name for s in symbols[0].children] == ["A part"]
    folds = await client.text_document_folding_range_async(lsp.FoldingRangeParams(r))
    assert [(f.start_line, f.end_line) for f in folds] == [(3, 4)]
    links = await client.text_document_document_link_async(lsp.DocumentLinkParams(a))
    assert [link.target for link in links] == [session.uri("RedHerring.trope")]
    pages = await client.workspace_symbol_async(lsp.WorkspaceSymbolParams("rdhr"))
    assert [page.name for page in pages] == ["Red Herring"]
    tokens = await client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(a))
    assert [*tokens.data[:5]] == [0, 4, 15, 0, 0]
    assert tokens.data[9] == 1
    calls = await client.text_document_prepare_call_hierarchy_async(
        lsp.CallHierarchyPrepareParams(a, AT)
    )
    incoming = await client.call_hierarchy_incoming_calls_async(
        lsp.CallHierarchyIncomingCallsParams(calls[0])
    )
    assert {call.from_.detail for call in incoming} == {
        "é🎭 Red Herring and Red Hering.",
        "See Red Herring.",
    }
    outgoing = await client.call_hierarchy_outgoing_calls_async(
        lsp.CallHierarchyOutgoingCallsParams(calls[0])
    )
    assert [call.to.name for call in outgoing] == ["A"]


@pytest.mark.asyncio
async def test_a_page_is_renamed_in_all_files(session):
    await session.begin()
    a = session.open("A.trope")
    shown = await session.client.text_document_prepare_rename_async(lsp.PrepareRenameParams(a, AT))
    assert shown.placeholder == "Red Herring"
    edit = await session.client.text_document_rename_async(lsp.RenameParams(a, AT, "Kipper"))
    *changes, move = edit.document_changes
    assert {change.text_document.uri: change.text_document.version for change in changes} == {
        session.uri("A.trope"): 1,
        session.uri("index.rst"): None,
    }
    assert move.new_uri == session.uri("Kipper.trope")
    with pytest.raises(Exception, match="there is already a page Main/A"):
        await session.client.text_document_rename_async(lsp.RenameParams(a, AT, "A"))


@pytest.mark.asyncio
@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 7), ("utf-16", 4), ("utf-32", 3)])
async def test_columns_are_counted_as_the_client_wants(session, encoding, column):
    result = await session.begin(encodings=[encoding])
    assert result.capabilities.position_encoding == encoding
    a = session.open("A.trope")
    links = await session.client.text_document_document_link_async(lsp.DocumentLinkParams(a))
    assert links[0].range.start == lsp.Position(0, column)
    session.client.text_document_did_change(
        lsp.DidChangeTextDocumentParams(
            lsp.VersionedTextDocumentIdentifier(2, a.uri),
            [
                lsp.TextDocumentContentChangePartial(
                    lsp.Range(lsp.Position(0, column), lsp.Position(0, column)), "A and "
                )
            ],
        )
    )
    links = await session.client.text_document_document_link_async(lsp.DocumentLinkParams(a))
    assert links[0].range.start == lsp.Position(0, column + 6)


@pytest.mark.asyncio
async def test_conf_py_is_not_run_in_a_folder_that_is_not_trusted(session):
    (session.folder / "conf.py").write_text(
        "import pathlib\npathlib.Path(__file__).with_name('ran').touch()\n"
    )
    await session.begin(options={})
    a = session.open("A.trope")
    assert await session.client.text_document_definition_async(lsp.DefinitionParams(a, AT))
    assert not (session.folder / "ran").exists()
    assert "not trusted" in session.client.messages[0].message
    assert len(session.client.messages) == 1


@pytest.mark.asyncio
async def test_conf_py_that_fails_is_told_and_the_defaults_are_used(session):
    (session.folder / "conf.py").write_text("import no_such_module\n")
    await session.begin()
    a = session.open("A.trope")
    assert await session.client.text_document_definition_async(lsp.DefinitionParams(a, AT))
    assert "no_such_module" in session.client.messages[0].message


@pytest.mark.asyncio
async def test_conf_py_is_read_again_when_it_changes(session):
    await session.begin()
    a = session.open("A.trope", "See {{Play/Hamlet}}.\n")
    write(session.folder, {"Play/Hamlet.trope": "x\n"})
    (session.folder / "conf.py").write_text("tropes_namespaces = {'Play': 'Plays'}\n")
    events = [lsp.FileEvent(session.uri("conf.py"), lsp.FileChangeType.Changed)]
    session.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(events))
    place = await session.client.text_document_definition_async(lsp.DefinitionParams(a, AT))
    assert place.uri == session.uri("Play/Hamlet.trope")


@pytest.mark.asyncio
async def test_files_that_come_and_go_are_noticed(session):
    await session.begin()
    a = session.open("A.trope", "See {{Kipper}}.\n")
    ask = lsp.DefinitionParams(a, AT)
    assert await session.client.text_document_definition_async(ask) is None
    write(session.folder, {"Kipper.trope": "x\n"})
    for kind, is_there in ((lsp.FileChangeType.Created, True), (lsp.FileChangeType.Deleted, False)):
        if not is_there:
            (session.folder / "Kipper.trope").unlink()
        events = [lsp.FileEvent(session.uri("Kipper.trope"), kind)]
        session.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(events))
        place = await session.client.text_document_definition_async(ask)
        assert (place is not None) == is_there


@pytest.mark.asyncio
async def test_a_folder_without_conf_py_and_two_folders_at_once_work(session, tmp_path):
    other = write(tmp_path / "other", {"RedHerring.trope": "{{B}}\n", "Film/B.trope": "x\n"})
    await session.begin(session.folder, other)
    pages = await session.client.workspace_symbol_async(lsp.WorkspaceSymbolParams("herring"))
    assert {page.location.uri for page in pages} == {
        session.uri("RedHerring.trope"),
        (other / "RedHerring.trope").as_uri(),
    }
    assert session.client.messages == []


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "uri",
    ["untitled:Untitled-1", "file:///etc/passwd", "http://x/A.trope", "file:///%00", "file:A", ""],
)
async def test_what_is_no_source_is_answered_with_nothing(session, uri):
    await session.begin()
    document = lsp.TextDocumentIdentifier(uri)
    session.client.text_document_did_open(
        lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "trope", 1, "{{A}}"))
    )
    assert not await session.client.text_document_hover_async(lsp.HoverParams(document, AT))
    symbols = lsp.DocumentSymbolParams(document)
    assert not await session.client.text_document_document_symbol_async(symbols)


@pytest.mark.asyncio
async def test_the_server_ends_when_the_client_hangs_up(session):
    await session.begin()
    server = session.client._server
    server.stdin.close()
    assert await asyncio.wait_for(server.wait(), 20) is not None
    session.client.error = RuntimeError("the server has ended, as it should")


@pytest.mark.asyncio
async def test_changed_files_are_found_without_the_help_of_the_client(session):
    await session.begin()
    a = session.open("A.trope", "See {{Kipper}}.\n")
    ask = lsp.DefinitionParams(a, AT)
    assert await session.client.text_document_definition_async(ask) is None
    write(session.folder, {"Kipper.trope": "x\n"})
    for _ in range(100):
        await asyncio.sleep(0.2)
        if await session.client.text_document_definition_async(ask):
            return
    pytest.fail("the new file was not found")


@pytest.mark.asyncio
async def test_a_request_that_fails_is_answered_with_one_sentence(session):
    await session.begin()
    a = session.open("A.trope")
    item = lsp.CallHierarchyItem(
        "x", lsp.SymbolKind.File, a.uri, lsp.Range(AT, AT), lsp.Range(AT, AT), data=[7]
    )
    params = lsp.CallHierarchyIncomingCallsParams(item)
    assert not await session.client.call_hierarchy_incoming_calls_async(params)
    far = lsp.Position(2**31 - 1, 2**31 - 1)
    assert await session.client.text_document_hover_async(lsp.HoverParams(a, far)) is None
    with pytest.raises(Exception, match="no page and no section is named here"):
        await session.client.text_document_rename_async(lsp.RenameParams(a, far, "X"))


@pytest.mark.asyncio
async def test_reading_a_wiki_for_the_first_time_shows_how_far_it_is(session, tmp_path):
    write(session.folder, {f"Page{n}.trope": "{{Red Herring}} " * 50 + "\n" for n in range(400)})
    general = lsp.GeneralClientCapabilities(position_encodings=["utf-8"])
    window = lsp.WindowClientCapabilities(work_done_progress=True)
    await session.client.initialize_session(
        lsp.InitializeParams(
            capabilities=lsp.ClientCapabilities(general=general, window=window),
            workspace_folders=[lsp.WorkspaceFolder(session.folder.as_uri(), "wiki")],
        )
    )
    await session.client.workspace_symbol_async(lsp.WorkspaceSymbolParams("herring"))
    (reports,) = session.client.progress_reports.values()
    kinds = [report.kind for report in reports]
    assert kinds[0] == "begin"
    assert kinds[-1] == "end"


@pytest.mark.asyncio
async def test_what_the_project_leaves_out_is_no_page(session):
    write(session.folder, {"_build/A2.trope": "{{Red Herring}}\n"})
    await session.begin()
    a = session.open("_build/A2.trope")
    assert await session.client.text_document_hover_async(lsp.HoverParams(a, AT)) is None
    pages = await session.client.workspace_symbol_async(lsp.WorkspaceSymbolParams("a2"))
    assert not pages


@pytest.mark.asyncio
@pytest.mark.skipif(sys.platform == "win32", reason="its processes can't be asked")
async def test_the_server_ends_when_the_process_of_the_client_is_gone(session):
    gone = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await gone.wait()
    await session.client.initialize_session(
        lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), process_id=gone.pid)
    )
    assert await asyncio.wait_for(session.client._server.wait(), 30) is not None
    session.client.error = RuntimeError("the server has ended, as it should")
