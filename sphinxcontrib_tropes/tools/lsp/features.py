"""What the server can do: one registration for each request and notification."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from . import (
    call_hierarchy,
    code_actions,
    completion,
    hover,
    navigation,
    page_parts,
    renames,
    semantic_tokens,
)
from .edits import abilities_of
from .server import Server

if TYPE_CHECKING:
    from collections.abc import Callable

    from .open_wiki import Document

__all__ = ["make_server"]


def make_server() -> Server:
    """A language server with everything that it can do."""
    server = Server()
    for add in (
        _add_life,
        _add_sync,
        _add_names,
        _add_pages,
        _add_calls,
        _add_changes,
        _add_colours,
    ):
        add(server)
    return server


def _add_life(server: Server) -> None:
    @server.feature(lsp.INITIALIZE)
    def start(params: lsp.InitializeParams) -> None:
        server.start(params)

    @server.feature(lsp.INITIALIZED)
    async def initialized(params: lsp.InitializedParams) -> None:
        await server.open_folders()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def change_folders(params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        server.change_folders(params.event)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def change_settings(params: lsp.DidChangeConfigurationParams) -> None:
        """Settings are given at the start."""


def _add_sync(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: lsp.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        if server.wikis.open_text(document.uri, document.text, document.version):
            server.tell_soon()

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: lsp.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        if server.wikis.change_text(document.uri, params.content_changes, document.version):
            server.wikis.preview(document.uri, is_saved=False)
            server.tell_soon()

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: lsp.DidSaveTextDocumentParams) -> None:
        server.wikis.note_file(params.text_document.uri)
        server.wikis.preview(params.text_document.uri, is_saved=True)
        server.tell_soon()

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: lsp.DidCloseTextDocumentParams) -> None:
        server.wikis.close_text(params.text_document.uri)
        server.wikis.preview(params.text_document.uri, is_saved=True)
        server.forget_problems(params.text_document.uri)
        server.tell_soon()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_files(params: lsp.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            server.wikis.note_file(change.uri)
        server.tell_soon()


def _at(answer: Callable[..., Any], params: Any, **options: Any) -> Callable[[Document], Any]:
    """What *answer* says about the position that is asked about."""
    return lambda document: answer(document, params.position, **options)


def _add_names(server: Server) -> None:
    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION,
        lsp.CompletionOptions(trigger_characters=completion.TRIGGERS, resolve_provider=True),
    )
    async def complete(params: lsp.CompletionParams) -> lsp.CompletionList | None:
        answer = _at(completion.complete, params, has_snippets=server.has_snippets)
        return await server.ask(params.text_document.uri, answer, is_typed=True)

    @server.feature(lsp.COMPLETION_ITEM_RESOLVE)
    async def explain(item: lsp.CompletionItem) -> lsp.CompletionItem:
        uri = item.data.get("uri") if isinstance(item.data, dict) else None
        is_markdown = server.explains_in_markdown
        answer = partial(completion.explain, item=item, is_markdown=is_markdown)
        found = await server.ask_wiki(uri, answer) if isinstance(uri, str) else None
        return found or item

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def show(params: lsp.HoverParams) -> lsp.Hover | None:
        answer = _at(hover.hover, params, is_markdown=server.shows_markdown)
        return await server.ask(params.text_document.uri, answer)

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def define(params: lsp.DefinitionParams) -> lsp.Location | None:
        return await server.ask(params.text_document.uri, _at(navigation.definition, params))

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    async def refer(params: lsp.ReferenceParams) -> list[lsp.Location] | None:
        is_with = params.context.include_declaration
        answer = _at(navigation.references, params, with_definition=is_with)
        return await server.ask(params.text_document.uri, answer)


def _add_pages(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS)
    async def lenses(params: lsp.CodeLensParams) -> list[lsp.CodeLens] | None:
        answer = partial(page_parts.code_lenses, commands=server.commands)
        return await server.ask(params.text_document.uri, answer)

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol] | None:
        return await server.ask(params.text_document.uri, page_parts.document_symbols)

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    async def folds(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange] | None:
        return await server.ask(params.text_document.uri, page_parts.folding_ranges)

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_LINK)
    async def links(params: lsp.DocumentLinkParams) -> list[lsp.DocumentLink] | None:
        answer = partial(page_parts.document_links, with_tooltips=server.has_tooltips)
        return await server.ask(params.text_document.uri, answer)

    @server.feature(lsp.WORKSPACE_SYMBOL)
    async def find(params: lsp.WorkspaceSymbolParams) -> list[lsp.WorkspaceSymbol]:
        async def ask() -> list[lsp.WorkspaceSymbol]:
            wikis = await server.wikis.ready()
            for wiki in wikis:
                wiki.settle()
            return page_parts.workspace_symbols(wikis, params.query)

        return await server.answer(ask)


def _add_calls(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY)
    async def prepare(
        params: lsp.CallHierarchyPrepareParams,
    ) -> list[lsp.CallHierarchyItem] | None:
        return await server.ask(params.text_document.uri, _at(call_hierarchy.item_at, params))

    @server.feature(lsp.CALL_HIERARCHY_INCOMING_CALLS)
    async def incoming(
        params: lsp.CallHierarchyIncomingCallsParams,
    ) -> list[lsp.CallHierarchyIncomingCall] | None:
        answer = partial(call_hierarchy.incoming, item=params.item)
        return await server.ask_wiki(params.item.uri, answer)

    @server.feature(lsp.CALL_HIERARCHY_OUTGOING_CALLS)
    async def outgoing(
        params: lsp.CallHierarchyOutgoingCallsParams,
    ) -> list[lsp.CallHierarchyOutgoingCall] | None:
        answer = partial(call_hierarchy.outgoing, item=params.item)
        return await server.ask_wiki(params.item.uri, answer)


def _add_changes(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
        return await server.ask(params.text_document.uri, _at(renames.prepare, params))

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    async def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        abilities = abilities_of(server.client_capabilities)
        answer = _at(renames.rename, params, new_name=params.new_name, abilities=abilities)
        return await server.ask(params.text_document.uri, answer)

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions(code_action_kinds=code_actions.KINDS),
    )
    async def act(params: lsp.CodeActionParams) -> list[lsp.CodeAction] | None:
        abilities = abilities_of(server.client_capabilities)
        answer = partial(code_actions.code_actions, range_=params.range, abilities=abilities)
        return await server.ask(params.text_document.uri, answer)

    pattern = lsp.FileOperationPattern(glob="**/*.trope")
    filters = [lsp.FileOperationFilter(pattern=pattern, scheme="file")]

    @server.feature(
        lsp.WORKSPACE_WILL_RENAME_FILES, lsp.FileOperationRegistrationOptions(filters=filters)
    )
    async def move(params: lsp.RenameFilesParams) -> lsp.WorkspaceEdit | None:
        if len(params.files) != 1:
            return None
        file = params.files[0]
        abilities = abilities_of(server.client_capabilities)
        answer = partial(renames.rename_for_move, new_uri=file.new_uri, abilities=abilities)
        return await server.ask(file.old_uri, answer)


def _add_colours(server: Server) -> None:
    legend = semantic_tokens.LEGEND

    @server.feature(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, legend)
    async def colour(params: lsp.SemanticTokensParams) -> lsp.SemanticTokens | None:
        return await server.ask(params.text_document.uri, semantic_tokens.semantic_tokens)

    @server.feature(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, legend)
    async def colour_range(params: lsp.SemanticTokensRangeParams) -> lsp.SemanticTokens | None:
        answer = partial(semantic_tokens.semantic_tokens, range_=params.range)
        return await server.ask(params.text_document.uri, answer)
