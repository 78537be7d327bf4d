"""Changes of texts, as an editor applies them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lsprotocol.types import (
    CreateFile,
    CreateFileOptions,
    OptionalVersionedTextDocumentIdentifier,
    RenameFile,
    ResourceOperationKind,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from ..refusal import Refusal
from .positions import Positions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lsprotocol.types import ClientCapabilities

    from .open_wiki import OpenWiki

__all__ = ["Abilities", "abilities_of", "creating", "replacing", "text_edits", "workspace_edit"]


class Abilities(NamedTuple):
    """Which changes of files a client can make."""

    has_versions: bool = True
    """Whether it takes changes of documents in order, with their versions."""
    creates: bool = True
    renames: bool = True


def abilities_of(capabilities: ClientCapabilities) -> Abilities:
    """What a client can do, as it says."""
    workspace = capabilities.workspace
    edit = workspace.workspace_edit if workspace else None
    operations = (edit.resource_operations if edit else None) or ()
    # Neovim 0.7 names the operations alone
    has_versions = bool(operations) or bool(edit and edit.document_changes)
    return Abilities(
        has_versions,
        ResourceOperationKind.Create in operations,
        ResourceOperationKind.Rename in operations,
    )


def text_edits(before: str, after: str, encoding: str) -> list[TextEdit]:
    """What turns a text into another, line by line where both have as many lines."""
    positions = Positions(before, encoding)
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(old) != len(new):
        head, tail = _alike(before, after)
        place = positions.range(head, len(before) - tail)
        return [TextEdit(place, after[head : len(after) - tail])]
    found, at = [], 0
    for was, now in zip(old, new, strict=True):
        if was != now:
            head, tail = _alike(was, now)
            place = positions.range(at + head, at + len(was) - tail)
            found.append(TextEdit(place, now[head : len(now) - tail]))
        at += len(was)
    return found


def _alike(before: str, after: str) -> tuple[int, int]:
    """How many characters are the same at the start and at the end; never between the two of a line
    end.
    """
    head = _same(before, after, len(before))
    tail = _same(before[::-1], after[::-1], min(len(before), len(after)) - head)
    if before[head - 1 : head] == "\r":
        head -= 1
    if tail and before[len(before) - tail - 1 : len(before) - tail + 1] == "\r\n":
        tail -= 1
    return head, tail


def _same(one: str, other: str, most: int) -> int:
    """The length of the common beginning, *most* at most."""
    pairs = enumerate(zip(one, other, strict=False))
    found = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    return min(found, most)


def workspace_edit(
    wiki: OpenWiki,
    texts: Mapping[str, tuple[str, str]],
    moved: tuple[str, str] | None,
    abilities: Abilities,
) -> WorkspaceEdit:
    """Changes of many sources.

    :param texts: path -> text before and after.
    :param moved: old and new path of a file that moves.
    :raises Refusal: if the client can't move files, and one moves.
    """
    edits = {
        path: text_edits(before, after, wiki.encoding) for path, (before, after) in texts.items()
    }
    if not abilities.has_versions:
        if moved:
            raise _no_move(moved)
        return WorkspaceEdit(changes={wiki.uri(path): found for path, found in edits.items()})
    changes: list[TextDocumentEdit | RenameFile | CreateFile] = []
    for path, found in edits.items():
        changes.append(_of_document(wiki, path, found))
    if moved:
        if not abilities.renames:
            raise _no_move(moved)
        changes.append(RenameFile(old_uri=wiki.uri(moved[0]), new_uri=wiki.uri(moved[1])))
    return WorkspaceEdit(document_changes=[*changes])


def _of_document(wiki: OpenWiki, path: str, edits: list[TextEdit]) -> TextDocumentEdit:
    """*edits* of the text that the client has, if it has any."""
    buffer = wiki.buffers.get(path)
    identifier = OptionalVersionedTextDocumentIdentifier(
        wiki.uri(path), buffer.version if buffer else None
    )
    return TextDocumentEdit(identifier, [*edits])


def _no_move(moved: tuple[str, str]) -> Refusal:
    return Refusal(
        f"this editor can't move {moved[0]} to {moved[1]} by itself: use sphinx-tropes rename"
    )


def replacing(
    wiki: OpenWiki, path: str, edits: list[TextEdit], abilities: Abilities
) -> WorkspaceEdit:
    """Changes of one source."""
    if not abilities.has_versions:
        return WorkspaceEdit(changes={wiki.uri(path): edits})
    return WorkspaceEdit(document_changes=[_of_document(wiki, path, edits)])


def creating(
    wiki: OpenWiki, path: str, text: str, more: WorkspaceEdit | None = None
) -> WorkspaceEdit:
    """A new file with *text*, and then *more*."""
    create = CreateFile(uri=wiki.uri(path), options=CreateFileOptions(ignore_if_exists=True))
    start = Positions("", wiki.encoding).range(0, 0)
    fill = _of_document(wiki, path, [TextEdit(start, text)])
    rest = (more.document_changes if more else None) or ()
    return WorkspaceEdit(document_changes=[create, fill, *rest])
