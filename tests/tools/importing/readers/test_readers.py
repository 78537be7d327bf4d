"""The readers of wikis, and those of plugins."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from sphinxcontrib_tropes.tools.importing import readers as room
from sphinxcontrib_tropes.tools.importing.readers import GROUP, Head, Unwanted
from sphinxcontrib_tropes.tools.importing.tree import Document, Link, Paragraph, Spoiler, Text


class Shouts:
    """Reads a made-up kind of wiki: a line of capitals is a spoiler, ``@name`` a link."""

    name = "shouts"
    suffixes = (".shout",)

    def recognises(self, path, head):
        return head.startswith(b"SHOUT")

    def key(self, path):
        return path.rpartition("/")[2].rpartition(".")[0]

    def head(self, key, text):
        if "secret" in key:
            raise Unwanted("a secret")
        return Head(key.replace("_", " "))

    def keys(self, target, here):
        return [self.folded(target)]

    def folded(self, key):
        return key.casefold()

    def media(self, target, here):
        return []

    def words(self, text):
        return [text]

    def read(self, text, page):
        page.remarks.changed("a shout: covered")
        blocks = []
        for line in text.splitlines():
            words = tuple(
                Link(word[1:]) if word[0] == "@" else Text(f"{word} ") for word in line.split()
            )
            blocks.append(Paragraph((Spoiler(words),) if line.isupper() else words))
        return Document(tuple(blocks))


@pytest.fixture
def plugin(monkeypatch):
    """Makes objects of this module readers, by their names."""

    def plugin(*names):
        points = [EntryPoint(name, f"{__name__}:{name}", GROUP) for name in names]
        monkeypatch.setattr(room, "entry_points", lambda group: points if group == GROUP else [])
        room.readers.cache_clear()

    yield plugin
    room.readers.cache_clear()


SHOUTS = Shouts()


class _Taken(Shouts):
    name = "mediawiki"


TAKEN = _Taken()


def test_a_plugin_reads_its_own_kind_of_wiki(plugin, source, imported):
    plugin("SHOUTS")
    folder = source(
        {
            "O'Neill_2.shout": "See @zoë_x and @Nobody.\n* it's {{text}}\nHE DID IT\n",
            "Zoë_X.shout": "x\n",
            "secret_1.shout": "x\n",
            "other.txt": "SHOUT\n",
        }
    )
    pages, report = imported(folder)
    page = pages["Main/ONeill2.trope"].decode()
    assert "See [[ZoëX zoë_x]]and [[Nobody Nobody.]]" in page
    assert "[==]* it's [={{text}}=]" in page
    assert "[[spoiler:HE DID IT ]]" in page
    assert [entry["reason"] for entry in report["left_out"]] == ["a secret"]
    assert "Main/Other.trope" in pages


@pytest.mark.parametrize(
    ("name", "says"),
    [("MISSING", "the reader 'MISSING' can't be loaded"), ("TAKEN", "has the name of another")],
)
def test_a_plugin_that_is_none_is_a_refusal(plugin, source, run, tmp_path, name, says):
    plugin(name)
    said = run("import", source({"A.txt": "x"}), tmp_path / "wiki", "-j", 1)
    assert said.exit_code == 2
    assert says in said.stderr


def test_what_a_reader_misses_is_said_once_for_its_pages_and_the_rest_comes_in(
    source, imported, run, monkeypatch, tmp_path
):
    reader = room.readers()["markdown"]
    monkeypatch.setattr(type(reader), "missing", lambda self: "Markdown needs X: pip install y")
    pages, report = imported(source({"A.md": "x", "B.md": "x", "C.txt": "x\n"}))
    assert pages == {"Main/C.trope": b"x\n"}
    assert {entry["reason"] for entry in report["left_out"]} == {"Markdown needs X: pip install y"}


def test_unknown_markup_is_an_error_that_names_what_is_known(run, source, tmp_path):
    said = run("import", source({"A.txt": "x"}), tmp_path / "wiki", "--markup", "wordstar")
    assert said.exit_code == 2
    assert "auto, trope, pmwiki" in said.stderr
    assert "mediawiki" in said.stderr
