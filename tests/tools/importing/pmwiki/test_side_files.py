"""The settings and files beside a folder of pages."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.importing.pmwiki import side_files

HEAD = b"version=pmwiki-2.2.0 ordered=1 urlencoded=1\n"


@pytest.mark.parametrize(
    ("config", "is_on"),
    [
        ("$LinkWikiWords = 1;", True),
        ("<?php\n  $EnableWikiWords=true;  # yes", True),
        ("$EnableWikiWords = 1;\n$LinkWikiWords = 0;", False),
        ("# $LinkWikiWords = 1;\n// $LinkWikiWords = 1;\n/* \n$LinkWikiWords = 1;\n*/", False),
        ("$LinkWikiWords = 1;\n$LinkWikiWords = 0;", False),
        ("", False),
    ],
)
def test_wikiwords_are_links_if_the_wiki_made_them_so(source, imported, config, is_on):
    folder = source(
        {"wiki.d/Film.A": HEAD + b"text=JavaScript `JavaScript\n", "local/config.php": config}
    )
    pages, report = imported(folder / "wiki.d")
    assert report["wikiwords"] is is_on
    assert pages["Film/A.trope"] == (
        b"Film/JavaScript [=JavaScript=]\n" if is_on else b"JavaScript JavaScript\n"
    )


def test_nothing_outside_the_wiki_is_read(source, tmp_path):
    folder = source({"wiki.d/x": "", "local/y": ""})
    (tmp_path / "secret.php").write_text("$LinkWikiWords = 1;\n")
    (folder / "local" / "config.php").symlink_to(tmp_path / "secret.php")
    (folder / "uploads").mkdir()
    (folder / "uploads" / "secret.png").symlink_to(tmp_path / "secret.php")
    (folder / "uploads" / "Film").mkdir()
    (folder / "uploads" / "Film" / "a.png").write_text("x")
    found = side_files(folder / "wiki.d")
    assert not found.wikiwords
    assert found.uploads == {"Film/a.png"}
    assert found.folder == folder / "uploads"


def test_a_file_has_no_files_beside_it(tmp_path):
    (tmp_path / "wiki.zip").write_text("")
    assert side_files(tmp_path / "wiki.zip").folder is None
