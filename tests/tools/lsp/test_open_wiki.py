"""A wiki that is open: files, buffers, and what is kept of them."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.tools.lsp import open_wiki
from sphinxcontrib_tropes.tools.lsp.completion import complete
from sphinxcontrib_tropes.tools.lsp.configuration import default_configuration, read_configuration
from sphinxcontrib_tropes.tools.lsp.facts_cache import FactsCache
from sphinxcontrib_tropes.tools.lsp.open_wiki import OpenWiki
from sphinxcontrib_tropes.tools.lsp.problems import diagnostics
from sphinxcontrib_tropes.tools.lsp.semantic_tokens import semantic_tokens
from sphinxcontrib_tropes.tools.lsp.sources import find_sources, is_source
from sphinxcontrib_tropes.wiki import Wiki

from ...linear_growth import assert_linear
from .conftest import write

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"A.trope": "{{B}} and {{Red Herring}}\n", "B.trope": "x\n", "sub/C.trope": "A\n"}


def opened(folder: Path, cache: Path | None = None) -> OpenWiki:
    wiki = OpenWiki(default_configuration(folder), cache=cache)
    for _ in wiki.scan():
        pass
    return wiki


def answers(wiki: OpenWiki) -> dict[str, object]:
    return {
        docname: (facts.links, facts.pages, facts.notices, wiki.columns(wiki.path(docname)))
        for docname, facts in wiki.wiki.documents.items()
    }


# -- files


def test_a_file_that_vanishes_is_forgotten_and_one_that_comes_is_read(tmp_path):
    wiki = opened(write(tmp_path, FILES))
    (tmp_path / "B.trope").unlink()
    write(tmp_path, {"RedHerring.trope": "x\n"})
    for path in ("B.trope", "RedHerring.trope", "_build/X.trope", "../B.trope"):
        wiki.note_change(path)
    wiki.settle()
    assert wiki.resolve("Main/B").kind == "wanted"
    assert wiki.resolve("Main/RedHerring").kind == "page"
    assert answers(wiki) == answers(opened(tmp_path))


def test_a_file_that_vanishes_before_it_is_read_is_no_page(tmp_path):
    wiki = opened(write(tmp_path, FILES))
    (tmp_path / "B.trope").unlink()
    assert wiki.document("B.trope") is None


def test_bytes_that_are_no_utf_8_are_read_and_told(tmp_path):
    write(tmp_path, FILES)
    (tmp_path / "D.trope").write_bytes(b"caf\xe9 {{B}}\n")
    wiki = opened(tmp_path)
    (notice,) = wiki.wiki.documents["D"].notices
    assert notice.kind == "encoding"
    assert wiki.document("D.trope").text == "café {{B}}\n"
    assert [found.code for found in diagnostics(wiki.document("D.trope"))].count("encoding") == 1


def test_a_page_that_can_not_be_read_does_not_stop_the_others(tmp_path, monkeypatch):
    real = open_wiki.read_trope

    def fail(path, text, configuration):
        if path == "B.trope":
            raise RecursionError
        return real(path, text, configuration)

    monkeypatch.setattr(open_wiki, "read_trope", fail)
    wiki = opened(write(tmp_path, FILES))
    assert "can't be read: RecursionError" in wiki.wiki.documents["B"].notices[0].sentence
    assert wiki.resolve("Main/A").kind == "page"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links")
def test_links_between_folders_have_an_end(tmp_path):
    write(tmp_path, FILES | {"conf.py": ""})
    for name in ("up", "again", "sub/up"):
        (tmp_path / name).symlink_to(tmp_path)
    found = [file.path for file in find_sources(default_configuration(tmp_path))]
    assert sorted(found) == ["A.trope", "B.trope", "sub/C.trope"]


def test_what_sphinx_leaves_out_is_left_out(tmp_path):
    files = dict.fromkeys(
        ["A.trope", "_build/B.trope", "old/C.trope", ".git/D.trope", "E.txt"], "x\n"
    )
    write(tmp_path, files | {"conf.py": "exclude_patterns = ['old', 7]\n"})
    configuration = read_configuration(tmp_path)
    assert [file.path for file in find_sources(configuration)] == ["A.trope"]
    assert [path for path in files if is_source(configuration, path)] == ["A.trope"]


@pytest.mark.parametrize(
    "conf",
    [
        "tropes_namespaces = 7\n", "source_suffix = 3\n", "source_suffix = {'.x': 4}\n",
        "language = 9\n", "extensions = None\n", "exclude_patterns = 'x'\n", "tropes_wikiwords = ''\n",
    ],
)  # fmt: skip
def test_values_that_are_not_accepted_have_their_defaults(tmp_path, conf):
    write(tmp_path, FILES | {"conf.py": conf})
    configuration = read_configuration(tmp_path)
    assert configuration.kind("A.trope") == "trope"
    assert configuration.language == "en"
    assert configuration.settings.wikiwords


@pytest.mark.parametrize(
    "conf", ["1/0", "raise SystemExit", "import nothing_of_the_kind", "((", "\0"]
)
def test_a_conf_py_that_fails_is_one_sentence(tmp_path, conf):
    write(tmp_path, {"conf.py": conf})
    with pytest.raises(ValueError, match=r"conf\.py: [^\n]+\Z"):
        read_configuration(tmp_path)


# -- buffers


def test_a_buffer_counts_until_it_is_closed(tmp_path):
    wiki = opened(write(tmp_path, FILES))
    wiki.put("B.trope", "(:alias Red Herring:)\n")
    wiki.settle()
    assert wiki.resolve("Main/RedHerring").key == "main/b"
    wiki.close("B.trope")
    wiki.settle()
    assert wiki.resolve("Main/RedHerring").kind == "wanted"


def test_after_many_edits_the_answers_are_those_of_a_new_wiki(tmp_path):
    wiki = opened(write(tmp_path, FILES))
    texts = [
        "{{A}}",
        "(:alias Kipper:)",
        "",
        "[[A#x y]] {{B}}",
        "[[spoiler:{{C}}]]",
        "\ud800 é🎭 {{B}}",
    ]
    for number in range(60):
        path = ["A.trope", "B.trope", "New.trope"][number % 3]
        wiki.put(path, texts[number % len(texts)] + "\n")
        wiki.settle()
    anew = Wiki(dict(wiki.wiki.documents), wiki.configuration.settings.namespaces)
    for key in ("main/a", "main/b", "main/new", "main/kipper"):
        assert list(wiki.wiki.sources(key)) == list(anew.sources(key))
        assert wiki.wiki.backlinks(key) == anew.backlinks(key)


def test_of_two_files_for_a_document_the_other_counts_when_one_goes(tmp_path):
    wiki = opened(write(tmp_path, {"L'Été 2.trope": "{{Aa}}\n", "L'Été 2.rst": "B\n=\n\nx\n"}))
    assert wiki.path("L'Été 2") == "L'Été 2.rst"
    assert not wiki.note_files(wiki.files_now())
    (tmp_path / "L'Été 2.rst").unlink()
    wiki.note_change("L'Été 2.rst")
    wiki.settle()
    assert wiki.path("L'Été 2") == "L'Été 2.trope"
    assert list(wiki.wiki.sources("main/aa")) == ["L'Été 2"]


def test_a_file_that_cannot_be_read_is_looked_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr("sphinxcontrib_tropes.tools.lsp.open_wiki.read_source", lambda *_: None)
    wiki = opened(write(tmp_path, FILES))
    assert not wiki.note_files(wiki.files_now())
    (tmp_path / "A.trope").write_text("Other words, {{B}}.\n")
    assert wiki.note_files(wiki.files_now())


def test_a_buffer_outside_of_the_files_is_a_page_until_it_is_closed(tmp_path):
    wiki = opened(write(tmp_path, FILES))
    wiki.put("RedHerring.trope", "x\n")
    wiki.settle()
    assert wiki.resolve("Main/RedHerring").kind == "page"
    wiki.close("RedHerring.trope")
    wiki.settle()
    assert wiki.resolve("Main/RedHerring").kind == "wanted"
    assert answers(wiki) == answers(opened(tmp_path))


@pytest.mark.parametrize(
    "piece",
    ["[[", "{{A}} ", "[[folder:x]]\n", "''", "[[A#x y]] ", "\r", "🎭", "(:alias A:)\n", "!! A\n"],
)
def test_a_huge_buffer_takes_linear_time(tmp_path, piece):
    wiki = opened(write(tmp_path, FILES))

    def read(size: int) -> None:
        document = wiki.put("Huge.trope", piece * size)
        wiki.settle()
        diagnostics(document)
        semantic_tokens(document)
        complete(document, document.positions.position(len(document.text)))

    assert_linear(read, 300)


# -- what is kept


def test_a_second_start_answers_as_the_first(tmp_path):
    write(tmp_path / "wiki", FILES | {"index.rst": "X\n=\n\n:trope:`A`\n"})
    first = opened(tmp_path / "wiki", tmp_path / "cache")
    first.save_cache()
    write(tmp_path / "wiki", {"B.trope": "now {{A}}, too\n"})
    (tmp_path / "wiki" / "sub" / "C.trope").unlink()
    second = opened(tmp_path / "wiki", tmp_path / "cache")
    assert answers(second) == answers(opened(tmp_path / "wiki"))


def test_files_that_are_known_are_not_read_again(tmp_path, monkeypatch):
    opened(write(tmp_path / "wiki", FILES), tmp_path / "cache").save_cache()
    monkeypatch.setattr(open_wiki, "read_source", lambda root, path: pytest.fail(path))
    opened(tmp_path / "wiki", tmp_path / "cache")


class Evil:
    def __reduce__(self):
        return pytest.fail, ("code of a cache was run",)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\0" * 100, pickle.dumps(Evil()), pickle.dumps(([], {"A.trope": (1, 2)})),
        pickle.dumps(([7], {})), pickle.dumps(([], {"A.trope": (1, 2, (), b"", 0)})), pickle.dumps(7),
    ],
)  # fmt: skip
def test_a_cache_that_is_not_ours_is_not_used(tmp_path, content):
    first = opened(write(tmp_path / "wiki", FILES), tmp_path / "cache")
    first.save_cache()
    (file,) = (tmp_path / "cache").iterdir()
    cache = FactsCache(first.configuration, "utf-16", tmp_path / "cache")
    file.write_bytes(cache._digest(content) + content)
    assert answers(opened(tmp_path / "wiki", tmp_path / "cache")) == answers(first)
    file.write_bytes(content)
    assert answers(opened(tmp_path / "wiki", tmp_path / "cache")) == answers(first)


def test_a_folder_for_caches_that_can_not_be_written_is_no_error(tmp_path):
    (tmp_path / "cache").write_text("a file")
    opened(write(tmp_path / "wiki", FILES), tmp_path / "cache").save_cache()
