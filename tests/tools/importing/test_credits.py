"""Where pages are from, and whom."""

from __future__ import annotations

import subprocess
import sys

from .shared import PMWIKI

DUMP = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11">
<siteinfo><sitename>Katzen &amp; ''Co''</sitename><base>https://www.example.org/wiki/Home</base></siteinfo>
<page><title>O'Neill</title><ns>0</ns><id>1</id><revision><id>1</id>
<timestamp>2015-01-02T12:00:00Z</timestamp><contributor><username>Zo\u00eb [[x]]</username></contributor>
<text>One.</text></revision><revision><id>2</id><timestamp>2016-01-02T12:00:00Z</timestamp>
<contributor><ip>127.0.0.1</ip></contributor><text>Two.</text></revision></page></mediawiki>"""


def test_authors_licence_and_address_are_kept_in_the_page_and_credited(tmp_path, imported):
    (tmp_path / "dump.xml").write_text(DUMP, encoding="utf-8")
    pages, report = imported(tmp_path / "dump.xml", "--licence", "CC BY-SA 4.0 '''x'''")
    page = pages["Main/ONeill.trope"].decode()
    assert "(:comment Imported by Zo\u00eb [[x]]" in page
    assert page.endswith("Two.\n")
    credited = pages["Administrivia/ImportedPages.trope"].decode()
    assert "https://www.example.org/wiki/Home" in credited
    assert "[=[[x]]=]" in credited
    assert "CC BY-SA 4.0" in credited
    assert report["pages"][0]["authors"][0] == "Zo\u00eb [[x]]"
    built = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", tmp_path / "wiki"]
    done = subprocess.run([*built, tmp_path / "html"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_nothing_is_credited_where_nothing_is_known(source, imported):
    pages, _ = imported(source({"A.txt": "x\n"}))
    assert list(pages) == ["Main/A.trope"]


def test_a_page_of_that_name_keeps_it(source, imported):
    data = PMWIKI + b"author=Zo%c3%ab\ntext=Mine.\n"
    pages, _ = imported(source({"Administrivia.ImportedPages": data}))
    assert pages["Administrivia/ImportedPages.trope"].endswith(b"Mine.\n")
    assert "Zo\u00eb" in pages["Administrivia/ImportedPages2.trope"].decode()


def test_a_time_that_no_calendar_has_is_left_out_and_the_page_is_read(source, imported):
    data = PMWIKI + b"author=Zo%c3%ab\ntime=999999999999\ntext=''Mine''.\n"
    pages, report = imported(source({"Main.O'Dd": data}))
    assert pages["Main/ODd.trope"].endswith(b"(:comment Imported by Zo\xc3\xab:)\n''Mine''.\n")
    assert not [kind for kind in report["kinds"] if kind["loss"] == "not_read"]
