"""Sources that are not what they claim to be: nothing is written outside the folder."""

from __future__ import annotations

import contextlib
import json
import os
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxcontrib_tropes.tools.importing.sources import Unreadable, open_source
from sphinxcontrib_tropes.tools.refusal import Refusal

from .shared import files_in, zipped


def test_what_a_build_has_written_is_no_page(source, imported, tmp_path):
    made = ["_build/html/A.txt", "docs/_static/B.txt", "_sources/C.txt", "node_modules/x/D.txt"]
    _, report = imported(source({"Good.txt": "x", **dict.fromkeys(made, "x")}))
    assert [page["place"] for page in report["pages"]] == ["Good.txt"]
    assert {entry["place"]: entry["reason"] for entry in report["left_out"]} == dict.fromkeys(
        ("_build", "docs/_static", "_sources", "node_modules"),
        "a generated folder",
    )


def test_what_a_build_has_written_is_no_page_of_a_zip(tmp_path, imported):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name in ("w/Good.txt", "w/_build/A.txt", "w/x/node_modules/B.txt", "w/.git/config"):
            archive.writestr(name, "x")
    pages, report = imported(tmp_path / "x.zip")
    assert set(pages) == {"Main/Good.trope"}
    assert len(report["left_out"]) == 3


def test_pictures_and_what_is_hidden_are_left_out_and_named(source, imported):
    _, report = imported(
        source({"A.txt": "x", "b.png": b"\x89PNG\0", "C": b"\0", ".git/config": "x", ".x": "x"})
    )
    assert [(entry["place"], entry["reason"]) for entry in report["left_out"]] == [
        (".git", "a hidden folder"),
        (".x", "a hidden file"),
        ("C", "not a text file"),
        ("b.png", "a picture or file that no page shows"),
    ]


def test_links_that_lead_outside_are_not_followed(source, imported, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "B.txt").write_text("secret")
    folder = source({"A.txt": "x\n"})
    (folder / "Secret.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "More").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(folder / "pipe.txt")
    pages, report = imported(folder)
    assert set(pages) == {"Main/A.trope"}
    assert {entry["place"] for entry in report["left_out"]} == {"Secret.txt", "More", "pipe.txt"}


def test_a_zip_that_leads_outside_writes_nothing_there(tmp_path, imported):
    link = zipfile.ZipInfo("Link.txt")
    link.external_attr = 0o120777 << 16
    outside = ["../../Evil.txt", "/etc/Evil.txt", "C:/Evil.txt", "..\\Evil.txt", "a/../../Evil.txt"]
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in" / "x.zip", "w") as archive:
        archive.writestr("Good.txt", "Good.\n")
        archive.writestr(link, "/etc/passwd")
        for name in outside:
            archive.writestr(name, "Evil.\n")
    before = files_in(tmp_path)
    pages, report = imported(tmp_path / "in" / "x.zip")
    assert pages == {"Main/Good.trope": b"Good.\n"}
    assert {entry["reason"] for entry in report["left_out"]} == {"outside the source", "a link"}
    assert len(report["left_out"]) == 1 + len(outside)
    assert {name for name in files_in(tmp_path) if not name.startswith("wiki/")} == set(before)


NAMES_OF_ENTRIES = [
    ".", "", "/", "//", "..", "./", "./.", "a/.", "a/..", " ", "\\", "C:", "C:\\x.txt", "con.txt", "NUL",
    "aux/x.txt", "A.txt", "a.TXT", "A.txt", "A/../A.txt", "x\n.txt", "\x1b[31m.txt", "....txt", ".txt",
    "\u202e.txt", "Ünï.txt", "x" * 300 + ".txt", "d/" * 300 + "x.txt", "CON/PRN/x.wiki", "~/x.txt",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES_OF_ENTRIES)
def test_an_entry_of_any_name_ends_no_import(tmp_path, imported, name):
    path = zipped(tmp_path / "x.zip", [("Good.txt", "Good.\n"), (name, "x\n")])
    pages, report = imported(path)
    assert pages["Main/Good.trope"] == b"Good.\n"
    is_folder = name.replace("\\", "/").endswith("/")
    assert len(report["pages"]) + len(report["left_out"]) == 1 + (not is_folder)


def test_entries_of_all_names_together_are_all_told(tmp_path, imported):
    path = zipped(
        tmp_path / "x.zip", [(name, f"{at}\n") for at, name in enumerate(NAMES_OF_ENTRIES)]
    )
    pages, report = imported(path)
    folders = [name for name in NAMES_OF_ENTRIES if name.replace("\\", "/").endswith("/")]
    assert len(pages) == len({name.casefold() for name in pages})
    assert len(pages) + len(report["left_out"]) == len(NAMES_OF_ENTRIES) - len(folders)
    places = [entry["place"] for entry in report["pages"] + report["left_out"]]
    assert len(set(places)) == len(places) or places.count("(no name)") > 1


@pytest.mark.parametrize("pack", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_to_gigabytes_at_once_is_left_out_and_named(tmp_path, imported, pack):
    path = zipped(tmp_path / "x.zip", [("Good.txt", "x\n")])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Bomb.txt", bytes(10_000_000), compress_type=pack)
    pages, report = imported(path)
    assert set(pages) == {"Main/Good.trope"}
    assert "not deflate" in report["left_out"][0]["reason"]


def test_an_entry_that_says_less_than_it_holds_is_left_out(tmp_path, imported):
    path = zipped(tmp_path / "x.zip", [("Good.txt", "x\n"), ("Liar.txt", "a" * 90_000)])
    size = (90_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))
    pages, report = imported(path)
    assert "Main/Good.trope" in pages
    assert len(pages) + len(report["left_out"]) == 2


def test_an_encrypted_entry_and_an_archive_in_the_archive_are_left_out(tmp_path, imported):
    inner = zipped(tmp_path / "inner.zip", [("A.txt", "x")]).read_bytes()
    path = zipped(
        tmp_path / "x.zip",
        [("Good.txt", "x\n"), ("in.zip", inner), ("In.txt", inner), ("Secret.txt", "x")],
        zipfile.ZIP_STORED,
    )
    data = bytearray(path.read_bytes())
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rfind(sign) + flags] |= 1
    path.write_bytes(data)
    pages, report = imported(path)
    assert set(pages) == {"Main/Good.trope"}
    reasons = {entry["place"]: entry["reason"] for entry in report["left_out"]}
    assert set(reasons) == {"in.zip", "In.txt", "Secret.txt"}
    assert "encrypted" in reasons["Secret.txt"]


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_zip_is_imported_as_far_as_it_can_be_or_refused(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("damaged")
    entries = [(f"P{at}.txt", f"Text {at}.\n" * at) for at in range(4)]
    pack = data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA]))
    path = zipped(folder / "x.zip", entries, pack)
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(raw[: data.draw(st.integers(len(raw) // 2, len(raw)))])
    try:
        source = open_source(path)
        for entry in source.entries(None):
            with contextlib.suppress(Unreadable):
                assert len(source.read(entry)) <= 16 * 2**20
    except Refusal:
        pass


def test_a_folder_that_can_not_be_read_is_named(source, imported, monkeypatch):
    folder = source({"Good.txt": "x", "closed/A.txt": "x"})
    scandir = os.scandir

    def closed(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    _, report = imported(folder)
    assert report["left_out"] == [
        {"place": "closed", "reason": "cannot be read: Permission denied"}
    ]


def test_a_zip_bomb_is_left_out(tmp_path, imported, monkeypatch):
    monkeypatch.setattr("sphinxcontrib_tropes.tools.importing.sources.entries.MOST_BYTES", 1000)
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("A.txt", "x\n")
        archive.writestr("Bomb.txt", "0" * 10_000_000)
    pages, report = imported(tmp_path / "x.zip")
    assert set(pages) == {"Main/A.trope"}
    assert report["left_out"] == [{"place": "Bomb.txt", "reason": "larger than 1000 bytes"}]


def test_a_bomb_of_many_small_pages_is_refused(run, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "sphinxcontrib_tropes.tools.importing.sources.zip_file.MOST_BYTES_OF_ZIP", 100_000
    )
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(200):
            archive.writestr(f"P{number}.txt", "0" * 50_000)
    said = run("import", tmp_path / "x.zip", tmp_path / "wiki")
    assert said.exit_code == 2
    assert "times its size: this is not a zip file of texts" in said.stderr
    assert not (tmp_path / "wiki").exists()


def test_a_large_zip_of_text_is_none(tmp_path, imported, monkeypatch):
    monkeypatch.setattr(
        "sphinxcontrib_tropes.tools.importing.sources.zip_file.MOST_BYTES_OF_ZIP", 10
    )
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("A.txt", "A text of the usual kind, which does not get much smaller.\n")
    pages, _ = imported(tmp_path / "x.zip")
    assert set(pages) == {"Main/A.trope"}


def test_two_entries_of_one_name_are_both_kept(tmp_path, imported):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("A.txt", "One.\n")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("A.txt", "Two.\n")
    pages, _ = imported(tmp_path / "x.zip")
    assert pages == {"Main/A.trope": b"One.\n", "Main/A2.trope": b"(:title A:)\nTwo.\n"}


def test_a_broken_entry_is_left_out_and_named(tmp_path, imported):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("A.txt", "good\n")
        archive.writestr("B.txt", "broken\n")
    data = (tmp_path / "x.zip").read_bytes()
    (tmp_path / "x.zip").write_bytes(data.replace(b"broken\n", b"BROKEN\n"))
    pages, report = imported(tmp_path / "x.zip")
    assert set(pages) == {"Main/A.trope"}
    (left_out,) = report["left_out"]
    assert "Bad CRC-32" in left_out["reason"]


def test_lines_that_are_no_page_are_left_out_and_named(tmp_path, imported):
    lines = [
        '{"name": "A", "text": "\\ud800"}',
        "{",
        "[]",
        '{"name": 1, "text": ""}',
        "",
        "[" * 9999,
    ]
    (tmp_path / "x.jsonl").write_text("\n".join(lines))
    pages, report = imported(tmp_path / "x.jsonl")
    assert set(pages) == {"Main/A.trope"}
    assert [entry["place"] for entry in report["left_out"]] == [
        "line 2", "line 3", "line 4", "line 6",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x"])
def test_what_is_no_source_is_one_sentence(run, tmp_path, name):
    (tmp_path / name).write_bytes(b"PK\x03\x04 no zip")
    said = run("import", tmp_path / name, tmp_path / "wiki")
    assert said.exit_code == 2
    assert "it must be a folder of pages" in said.stderr
    assert not (tmp_path / "wiki").exists()


_DOKUWIKI = {
    "data/pages/quay.txt": "====== Quay ======\nSee [[pages:meta]]. {{island:島.png}}\n",
    "data/pages/pages/meta.txt": "====== Meta ======\nA page.\n",
    "data/media/island/%E5%B3%B6.png": "picture",
    "data/media/notes.txt": "====== Notes ======\nA file to fetch.\n",
    "data/meta/quay.changes": "1700000000\t127.0.0.1\tC\tquay\n",
    "data/meta/_htcookiesalt2": "s3cret",
    "data/attic/quay.1700000000.txt.gz": "old",
    "data/attic/quay.1600000000.txt": "====== Old ======\nold\n",
    "data/media_attic/old.1700000000.png": "old",
    "data/cache/a/ab0123456789ab0123456789ab012345.xhtml": "<h1>Quay</h1><p>x</p>",
    "data/index/page.idx": "quay\n",
    "data/locks/x": "locked by someone",
    "lib/plugins/odd/lang/de/help.txt": "====== Hilfe ======\nOf the program.\n",
    "README": "of the program",
}


@pytest.mark.parametrize("below", ["", "data/", "my wiki/"])
def test_of_a_dokuwiki_only_pages_and_media_are_read(below, source, imported):
    files = {
        f"my wiki/{path}" if below == "my wiki/" else path.removeprefix(below): text
        for path, text in _DOKUWIKI.items()
    }
    pages, report = imported(source(files))
    assert set(pages) == {"Main/Quay.trope", "Pages/Meta.trope"}
    reasons = {entry["reason"] for entry in report["left_out"]}
    assert reasons == {
        "not among the pages and media of the DokuWiki",
        "a file that pages can't show",
    }
    assert not any(b"s3cret" in page for page in pages.values())


def test_of_a_zipped_dokuwiki_only_pages_and_media_are_read(imported, tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for path, text in _DOKUWIKI.items():
            archive.writestr(f"backup/{path}", text)
    pages, _ = imported(tmp_path / "x.zip")
    assert set(pages) == {"Main/Quay.trope", "Pages/Meta.trope"}


def test_folders_that_are_only_named_as_those_of_a_dokuwiki_are_read(source, imported):
    pages, _ = imported(source({"pages/A.txt": "x\n", "meta/B.txt": "x\n", "cache/C.txt": "x\n"}))
    assert len(pages) == 3


@pytest.mark.parametrize("name", ["x", "x.jsonl", "x.xml"])
def test_a_pipe_is_refused_instead_of_waited_for(run, tmp_path, name):
    os.mkfifo(tmp_path / name)
    said = run("import", tmp_path / name, tmp_path / "wiki")
    assert said.exit_code == 2
    assert "it is neither a folder nor a regular file" in said.stderr


def test_the_project_of_an_import_in_its_own_source_is_no_source(run, source):
    folder = source({"A.txt": "x", "Sub/B.txt": "x"})
    for _ in range(2):
        said = run("import", folder, folder / "wiki", "--format", "json", "-j", 1)
        report = json.loads(said.stdout)
        assert [page["place"] for page in report["pages"]] == ["A.txt", "Sub/B.txt"]
    assert report["left_out"] == [{"place": "wiki", "reason": "a project that an import made"}]


@pytest.mark.parametrize("part", ["wiki", "wiki/wiki", "wiki/wiki/Main"])
def test_a_project_or_a_part_of_it_is_not_imported_into_itself(run, source, tmp_path, part):
    run("import", source({"A.txt": "x"}), tmp_path / "wiki", "-j", 1)
    before = files_in(tmp_path / "wiki")
    said = run("import", tmp_path / part, tmp_path / "wiki", "-j", 1)
    assert said.exit_code == 2
    assert "which it is a part of" in said.stderr
    assert files_in(tmp_path / "wiki") == before
