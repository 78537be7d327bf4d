"""Pictures and files of a source."""

from __future__ import annotations

import json
import time
import zipfile
from pathlib import PurePosixPath

from sphinxcontrib_tropes.tools.importing.media import Media

from .shared import PMWIKI, files_in, zipped

PNG = b"\x89PNG\r\n\x1a\n"


def test_pictures_are_found_by_path_or_name_and_copied_where_pages_find_them(
    source, imported, tmp_path
):
    folder = source(
        {
            "Notes/A.md": "![[My Cat.PNG|120]] ![dog](../pics/dog.png) ![[gone.png]]\n",
            "assets/deep/My Cat.PNG": PNG,
            "pics/dog.png": PNG + b"dog",
            "pics/unused.png": PNG,
        }
    )
    pages, report = imported(folder)
    page = pages["Main/A.trope"].decode()
    assert "[[image:120:/images/assets/deep/My-Cat.PNG" in page
    assert "[[image:/images/pics/dog.png dog]]" in page
    files = files_in(tmp_path / "wiki")
    assert files["images/assets/deep/My-Cat.PNG"] == PNG
    assert files["images/pics/dog.png"] == PNG + b"dog"
    assert report["media"] == ["images/assets/deep/My-Cat.PNG", "images/pics/dog.png"]
    assert [entry["place"] for entry in report["left_out"]] == ["pics/unused.png"]


def test_pictures_come_from_another_folder_or_zip(tmp_path, source, imported):
    with zipfile.ZipFile(tmp_path / "media.zip", "w") as archive:
        archive.writestr("images/a/ab/Cat_(1).png", PNG)
        archive.writestr("../evil.png", PNG)
    folder = source({"P.mediawiki": "[[File:cat (1).png|thumb|A ''cat'']] [[File:../evil.png]]"})
    pages, _ = imported(folder, "--media", tmp_path / "media.zip")
    assert "/Cat_-1.png" in pages["Main/P.trope"].decode()
    assert not (tmp_path / "evil.png").exists()
    assert not [name for name in files_in(tmp_path / "wiki") if "evil" in name]


def test_attached_files_of_pmwiki_are_copied(tmp_path, imported):
    (tmp_path / "wiki.d").mkdir()
    (tmp_path / "uploads" / "Main").mkdir(parents=True)
    (tmp_path / "uploads" / "Main" / "cat.png").write_bytes(PNG)
    (tmp_path / "wiki.d" / "Main.A").write_bytes(PMWIKI + b"text=See Attach:cat.png here.\n")
    pages, report = imported(tmp_path / "wiki.d")
    assert b"[[image:/images/Main/cat.png" in pages["Main/A.trope"]
    assert report["media"] == ["images/Main/cat.png"]
    assert files_in(tmp_path / "wiki")["images/Main/cat.png"] == PNG


def test_no_path_leads_outside_and_no_two_files_become_one():
    paths = ["a/b.png", "a/B.png", "A/b.png", "../../x.png", "/etc/y.png", "CON.png", "a b.png",
             "a-b.png", "\u202egnp.exe.png", "x" * 300 + ".png", ".hidden.png", "a/..png"]  # fmt: skip
    made = Media.of(paths).files
    assert len({place.casefold() for place in made.values()}) == len(paths)
    for place in made.values():
        assert place.startswith("images/")
        assert ".." not in place.split("/")
        assert all(len(step.encode()) < 256 for step in place.split("/"))
    assert made["CON.png"] != "images/CON.png"


def test_a_file_does_not_get_the_name_of_a_folder():
    paths = ["x.png", "x.png/y.png", "a!.png", "a?.png/B.png", "A.png"]
    files = Media.of(paths).files
    places = [PurePosixPath(place.casefold()) for place in files.values()]
    assert len(set(places)) == len(paths)
    assert not {folder for place in places for folder in place.parents} & set(places)


def test_many_files_of_one_name_take_linear_time():
    begun = time.process_time()
    files = Media.of(f"{chr(0x2190 + n % 50) * (1 + n // 50)}.png" for n in range(20_000)).files
    assert len(set(files.values())) == 20_000
    assert time.process_time() - begun < 5


def test_a_picture_that_changed_in_the_source_is_changed_here_unless_it_was_edited(
    run, source, tmp_path
):
    text = {"A.md": "![](one.png) ![](two.png) ![](three.png)"}
    pictures = {"one.png": b"1", "two.png": b"2", "three.png": b"3"}
    run("import", source(text | pictures), tmp_path / "wiki", "-j", 1)
    images = tmp_path / "wiki" / "images"
    (images / "two.png").write_bytes(b"mine")
    new = source({"one.png": b"new 1", "two.png": b"new 2"})
    for _ in range(2):
        said = run("import", new, tmp_path / "wiki", "--format", "json", "-j", 1)
        assert files_in(images) == {"one.png": b"new 1", "two.png": b"mine", "three.png": b"3"}
        report = json.loads(said.stdout)
        assert report["edited"] == ["images/two.png"]
        assert report["gone"] == []


def test_a_picture_that_is_no_more_in_the_source_is_named(run, source, tmp_path):
    folder = source({"A.md": "![](one.png)", "one.png": b"1"})
    run("import", folder, tmp_path / "wiki", "-j", 1)
    (folder / "A.md").write_text("No picture.")
    (folder / "one.png").unlink()
    for _ in range(2):
        said = run("import", folder, tmp_path / "wiki", "--format", "json", "-j", 1)
        assert json.loads(said.stdout)["gone"] == ["images/one.png"]


def test_a_second_file_of_one_name_in_a_zip_is_named(tmp_path, imported):
    entries = [("A.md", "![](x.png)"), ("x.png", b"1"), ("x.png", b"2")]
    _, report = imported(zipped(tmp_path / "x.zip", entries))
    assert files_in(tmp_path / "wiki" / "images") == {"x.png": b"1"}
    assert [entry["place"] for entry in report["left_out"]] == ["x.png (2)"]
