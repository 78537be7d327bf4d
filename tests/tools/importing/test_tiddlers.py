"""A wiki of TiddlyWiki in one file, as a source."""

from __future__ import annotations

import base64
import json

import pytest

from sphinxcontrib_tropes.tools.importing.sources import Credit, Unreadable, open_source

WIKI = [
    {"title": "$:/SiteTitle", "text": "My Wiki\n"},
    {"title": "Ä/b.c", "text": "old"},
    {
        "title": "Ä/b.c",
        "text": "[[x]]\n\ny",
        "creator": "Jo",
        "modifier": "O'Neil",
        "modified": "20230102030405678",
    },
    {"title": "../../Cat", "type": "image/png", "text": base64.b64encode(b"\x89PNG").decode()},
    {"title": "Dog.png", "type": "image/png", "text": "", "_canonical_uri": "dog.png"},
]


@pytest.fixture(params=["wiki.json", "wiki.html"])
def source(request, tmp_path):
    text = json.dumps(WIKI)
    if request.param.endswith(".html"):
        script = '<script class="tiddlywiki-tiddler-store" type="application/json">'
        text = f"<!doctype html><html><!-- TiddlyWiki -->{script}{text}</script>"
    (tmp_path / request.param).write_text(text)
    return open_source(tmp_path / request.param)


def test_the_last_tiddler_with_a_title_is_the_page(source):
    entries = source.entries(None)
    assert [entry.name for entry in entries] == ["$:/SiteTitle", "Ä/b.c"]
    assert source.read(entries[1]).decode().endswith("\n\n[[x]]\n\ny")
    assert source.credit(entries[1]) == Credit(("Jo", "O'Neil"), "2023-01-02")
    assert entries[1].form == "tiddlywiki"
    assert not entries[1].may_have_group


def test_the_title_of_the_wiki_is_known(source):
    assert source.origin.title == "My Wiki"


def test_pictures_are_copied(source, tmp_path):
    source.entries(None)
    assert source.media == ["../../Cat.png", "Dog.png"]
    source.copy("../../Cat.png", tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == b"\x89PNG"
    with pytest.raises(Unreadable, match="not in the wiki"):
        source.copy("Dog.png", tmp_path / "y")


def test_json_lines_are_no_wiki_of_tiddlywiki(tmp_path):
    (tmp_path / "pages.json").write_text('{"name": "a", "text": "b"}\n')
    (entry,) = open_source(tmp_path / "pages.json").entries(None)
    assert entry.form == "trope"


def test_a_slash_is_a_letter_of_a_title(tmp_path, imported):
    source = tmp_path / "wiki.json"
    wanted = {"title": "A", "text": "[[AC/DC]] and [[Ac/Dc/Live]]"}
    source.write_text(json.dumps([wanted, {"title": "AC/DC", "text": "b"}]))
    pages, _ = imported(source)
    made = pages["Main/A.trope"].decode()
    assert "[[ACDC AC/DC]] and [[AcDcLive Ac/Dc/Live]]" in made
