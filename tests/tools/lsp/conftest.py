"""Wikis that are open in an editor, without a process."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from lsprotocol.types import CreateFile, Position, Range, RenameFile, TextDocumentEdit

from sphinxcontrib_tropes.tools.lsp.configuration import default_configuration, read_configuration
from sphinxcontrib_tropes.tools.lsp.open_wiki import Document, OpenWiki
from sphinxcontrib_tropes.tools.lsp.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from lsprotocol.types import TextEdit, WorkspaceEdit

CURSOR = "‸"
CONF = "extensions = ['sphinxcontrib_tropes']\n"


class Typed(NamedTuple):
    """A text that is being typed, and the place of the cursor."""

    document: Document
    position: Position

    @property
    def range(self) -> Range:
        return Range(self.position, self.position)


class Editor:
    """A wiki, and what is typed in it."""

    def __init__(self, wiki: OpenWiki) -> None:
        self.wiki = wiki

    def type(self, path: str, text: str) -> Typed:
        """Puts *text* into a buffer; the cursor is where ``‸`` stands."""
        at = max(text.find(CURSOR), 0)
        document = self.wiki.put(path, text.replace(CURSOR, "", 1))
        self.wiki.settle()
        return Typed(document, document.positions.position(at))

    def shown(self, path: str, range_: Range) -> str:
        """The text in a range of a source."""
        document = self.wiki.document(path)
        assert document is not None
        start, end = document.positions.offsets(range_)
        return document.text[start:end]

    def path(self, uri: str) -> str:
        return uri.removeprefix(self.wiki.root.as_uri()).lstrip("/")


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder


@pytest.fixture
def editor(tmp_path: Path) -> Callable[..., Editor]:
    """Opens a wiki of some files."""

    def opened(
        files: dict[str, str],
        conf: str | None = CONF,
        encoding: str = "utf-16",
        *,
        may_run: bool = True,
    ) -> Editor:
        write(tmp_path / "wiki", files)
        root = tmp_path / "wiki"
        root.mkdir(exist_ok=True)
        if conf is not None:
            (root / "conf.py").write_text(conf, "utf-8")
        read = default_configuration if conf is None else read_configuration
        wiki = OpenWiki(read(root), encoding, tmp_path / "cache", may_run=may_run)
        for _ in wiki.scan():
            pass
        return Editor(wiki)

    return opened


def applied(editor: Editor, edit: WorkspaceEdit) -> dict[str, str]:
    """Path -> text of each file that a change leaves changed, made or moved."""
    texts: dict[str, str] = {}
    moved: dict[str, str] = {}
    for change in edit.document_changes or ():
        if isinstance(change, RenameFile):
            moved[editor.path(change.old_uri)] = editor.path(change.new_uri)
        elif isinstance(change, CreateFile):
            texts[editor.path(change.uri)] = ""
        elif isinstance(change, TextDocumentEdit):
            path = editor.path(change.text_document.uri)
            document = editor.wiki.document(path)
            before = texts.get(path, document.text if document else "")
            texts[path] = with_edits(before, change.edits, editor.wiki.encoding)
    for old, new in moved.items():
        document = editor.wiki.document(old)
        texts[new] = texts.pop(old, document.text if document else "")
    return texts


def with_edits(text: str, edits: Iterable[TextEdit], encoding: str) -> str:
    positions = Positions(text, encoding)
    spans = sorted(((*positions.offsets(e.range), e.new_text) for e in edits), reverse=True)
    for start, end, new in spans:
        text = text[:start] + new + text[end:]
    return text
