"""Which file belongs to which wiki, and texts that are changed piece by piece."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import TextDocumentContentChangePartial

from sphinxcontrib_tropes.tools.lsp.positions import ENCODINGS, Positions
from sphinxcontrib_tropes.tools.lsp.workspace import Options, Root, Workspace

from .conftest import write

if TYPE_CHECKING:
    from collections.abc import Callable


def workspace(**options: Any) -> Workspace:
    return Workspace(Options(**options), lambda sentence, is_error=False: None, lambda *_: None)


def asked(act: Callable[[Workspace], Any], **options: Any) -> Any:
    async def run() -> Any:
        found = act(workspace(**options))
        return await found if asyncio.iscoroutine(found) else found

    return asyncio.run(run())


def test_a_file_belongs_to_the_nearest_conf_py_around_it(tmp_path):
    files = ["a/conf.py", "a/b/conf.py", "a/b/X.trope", "a/Y.trope", "Z.trope"]
    write(tmp_path, dict.fromkeys(files, ""))
    opened = workspace()
    opened.folders.append(tmp_path)
    assert opened.root_of(tmp_path / "a/b/X.trope") == Root(tmp_path / "a/b", is_deep=True)
    assert opened.root_of(tmp_path / "a/Y.trope") == Root(tmp_path / "a", is_deep=True)
    assert opened.root_of(tmp_path / "Z.trope") == Root(tmp_path, is_deep=True)


def test_a_page_outside_of_all_folders_is_one_of_its_own_folder_alone(tmp_path):
    write(tmp_path, {"x/A.trope": "{{B}} {{C}}", "x/B.trope": "x", "x/deep/C.trope": "x"})

    async def ask(opened: Workspace) -> list[str]:
        document = await opened.document((tmp_path / "x/A.trope").as_uri())
        return [document.wiki.resolve(name).kind for name in ("Main/B", "Main/C")]

    assert asked(ask) == ["page", "wanted"]
    assert workspace().root_of(tmp_path / "x/notes.md") is None


@pytest.mark.parametrize(("folder", "ran"), [("wiki", True), ("wiki/deep", False)])
def test_trust_ends_at_the_folder_that_was_opened(tmp_path, folder, ran):
    conf = "import pathlib; pathlib.Path(__file__).with_name('ran').touch()"
    write(tmp_path, {"wiki/conf.py": conf, "wiki/deep/A.trope": "x"})

    async def ask(opened: Workspace) -> None:
        opened.add_folder(tmp_path / folder)
        await opened.document((tmp_path / "wiki/deep/A.trope").as_uri())

    asked(ask, is_trusted=True)
    assert (tmp_path / "wiki/ran").exists() == ran


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "A.trope%00", "%2e%2e/X.trope", "."]
)
def test_an_address_does_not_lead_out_of_its_wiki(tmp_path, path):
    write(tmp_path, {"X.trope": "outside", "wiki/conf.py": "", "wiki/A.trope": "x"})

    async def ask(opened: Workspace) -> Any:
        opened.add_folder(tmp_path / "wiki")
        document = await opened.document(f"{(tmp_path / 'wiki').as_uri()}/{path}")
        return document and (document.wiki.root, document.path)

    found = asked(ask)
    assert found is None or found[0] != tmp_path / "wiki"


@given(data=st.data(), encoding=st.sampled_from(ENCODINGS))
def test_changes_piece_by_piece_give_the_text_of_the_client(tmp_path_factory, data, encoding):
    folder = tmp_path_factory.getbasetemp()
    uri = (folder / "A.trope").as_uri()
    letters = st.text("aé🎭\r\n\u2028\x0c{", max_size=6)
    text = data.draw(letters)

    def act(opened: Workspace) -> None:
        nonlocal text
        opened.open_text(uri, text, 1)
        for version in range(2, 6):
            positions = Positions(text, encoding)
            start, end = sorted(
                positions.offset(positions.position(data.draw(st.integers(0, len(text)))))
                for _ in range(2)
            )
            new = data.draw(letters)
            change = TextDocumentContentChangePartial(positions.range(start, end), new)
            text = text[:start] + new + text[end:]
            assert opened.change_text(uri, [change], version)
            assert opened.buffers[uri].text == text

    async def run() -> None:
        act(workspace(encoding=encoding))

    asyncio.run(run())
