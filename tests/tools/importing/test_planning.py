"""Names and files of imported pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_tropes.markup import MarkupSettings, page_section
from sphinxcontrib_tropes.markup.parser import page_name_of_file
from sphinxcontrib_tropes.names import Namespaces, PageName
from sphinxcontrib_tropes.tools.importing.archives import Entry
from sphinxcontrib_tropes.tools.importing.planning import plan

from .shared import files_in, remarks


def test_a_separator_in_a_title_makes_no_namespace(tmp_path, imported):
    names = [
        "Node.js", "AC/DC", "AC/DC Live", "Mr. Robot", "Mr.Robot", "Face/Off II", "1.5", "x86.asm",
        "vue.js", "Vue.JS 2", "Either/Or", "Film/", "/etc/passwd", "A.I.",
    ]  # fmt: skip
    dump = tmp_path / "dump.jsonl"
    dump.write_text("".join(json.dumps({"name": name, "text": name}) + "\n" for name in names))
    pages, report = imported(dump)
    assert report["namespaces"] == {}
    assert {name.partition("/")[0] for name in pages} == {"Main"}
    assert len(pages) == len(names)
    assert pages["Main/NodeJs.trope"] == b"(:title Node.js:)\nNode.js\n"


def test_a_separator_in_a_files_name_makes_no_namespace_either(source, imported):
    pages, report = imported(
        source(
            {"Node.js.txt": "x", "Recipes/Cake.txt": "x", "Recipes.Pie.txt": "x", "Film.Up": "x"}
        )
    )
    assert set(pages) == {"Main/NodeJs.trope", "Recipes/Cake.trope", "Recipes/Pie.trope"}
    assert [entry["place"] for entry in report["left_out"]] == ["Film.Up"]


def planned(*names):
    return [
        page.name for page in plan([Entry(name, "", name, is_pmwiki=False) for name in names]).pages
    ]


def test_names_that_are_one_page_are_kept_apart(source, tmp_path, imported):
    dump = tmp_path / "dump.jsonl"
    names = ["FunnyAnimal", "FUNNYANIMAL", "Funny animal", "FunnyAnimal2"]
    dump.write_text("".join(json.dumps({"name": n, "text": n}) + "\n" for n in names))
    pages, report = imported(dump)
    assert sorted(name.casefold() for name in pages) == [
        "main/funnyanimal.trope",
        "main/funnyanimal2.trope",
        "main/funnyanimal3.trope",
        "main/funnyanimal4.trope",
    ]
    assert sorted(data.splitlines()[-1].decode() for data in pages.values()) == sorted(names)
    assert pages["Main/FunnyAnimal2.trope"] == b"FunnyAnimal2\n"
    assert (
        len([remark for remark in remarks(report) if "another page is already named" in remark])
        == 2
    )


def test_a_name_without_letters_gets_one_and_keeps_its_title(source, imported):
    pages, report = imported(source({"???.txt": "x\n", "!!.txt": "y\n"}))
    assert pages == {
        "Main/Unnamed.trope": b"(:title !!:)\ny\n",
        "Main/Unnamed2.trope": b"(:title ???:)\nx\n",
    }
    assert remarks(report)[0] == "'!!' has no letter or digit: the page is named Main/Unnamed"


def test_a_title_that_its_name_cannot_say_is_kept(source, imported):
    pages, _ = imported(
        source({"Ocean's 11.txt": "x\n", "Furry Confusion.txt": "x\n", "T.txt": "(:title Own:)\n"})
    )
    assert pages["Main/Oceans11.trope"] == b"(:title Ocean's 11:)\nx\n"
    assert pages["Main/FurryConfusion.trope"] == b"x\n"
    assert pages["Main/T.trope"] == b"(:title Own:)\n"


def test_a_title_may_hold_what_ends_a_property(source, imported):
    pages, _ = imported(source({"O'Zork (:alias X:) 2.txt": "x\n"}))
    (text,) = pages.values()
    section = page_section(
        text.decode(), PageName("Main", "X"), MarkupSettings(), lambda line, sentence: None
    )
    assert section.children[0].astext() == "O'Zork (:alias X:) 2"


def test_a_name_that_is_too_long_for_a_file_stays_an_alias(tmp_path, imported):
    dump = tmp_path / "dump.jsonl"
    dump.write_text(json.dumps({"name": "Ä" * 300, "text": "x"}))
    pages, _ = imported(dump)
    ((file, data),) = pages.items()
    assert len(file.encode()) < 255
    assert data.startswith(f"(:alias {'Ä' * 300}:)\n".encode())


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=300)), max_size=8))
def test_any_names_get_files_of_their_own_inside_the_folder(names):
    entries = [Entry(str(at), *spelled, is_pmwiki=False) for at, spelled in enumerate(names)]
    made = plan(entries)
    files = [page.file for page in made.pages]
    assert len({file.casefold() for file in files}) == len(names)
    namespaces = Namespaces(made.labels)
    for page in made.pages:
        folder, namespace, file = page.file.split("/")
        assert folder == "wiki"
        assert not {namespace, file} & {"", ".", ".."}
        assert "\\" not in page.file
        assert len(file.encode("utf-8", "surrogatepass")) < 255
        assert file.partition(".")[0].casefold() not in {"con", "nul", "aux", "prn", "com1"}
        # the file says the name
        assert page_name_of_file(page.file, namespaces).key == page.name.key
    assert all(name.isalnum() for name in made.namespaces)


HOSTILE = [
    {"name": "half \ud800", "text": "half \udfff of a character\n"},
    {"name": "with\0nul", "text": "nul \0 here\n"},
    {"name": "bell\x07", "text": "\x07\n"},
    {"name": "../../../etc/passwd", "text": "x\n"},
    {"name": "/abs/olute", "text": "x\n"},
    {"name": "C:\\Windows\\System32", "text": "x\n"},
    {"name": "", "text": "x\n"},
    {"name": " ", "text": "x\n"},
    {"name": "con", "text": "x\n"},
    {"name": "x" * 300, "text": "x\n"},
    {"name": "Film/" + "\u00c4" * 300, "text": "x\n"},
    {"name": "same name", "text": "x\n"},
    {"name": "SAME NAME", "text": "x\n"},
    {"name": "Same-Name!", "text": "x\n"},
]


def test_any_hostile_name_becomes_a_page_that_builds(tmp_path, imported):
    lines = [json.dumps(line) for line in HOSTILE]
    (tmp_path / "dump.jsonl").write_text("\n".join([*lines, '{"name": "broken', "[" * 99999]))
    pages, report = imported(tmp_path / "dump.jsonl")
    assert len(pages) == len({name.casefold() for name in pages}) == len(HOSTILE)
    assert len(report["left_out"]) == 2
    assert set(files_in(tmp_path)) - {f"wiki/wiki/{name}" for name in pages} == {
        "dump.jsonl", "wiki/.gitignore", "wiki/Makefile", "wiki/conf.py", "wiki/import-report.txt",
        "wiki/index.rst", "wiki/make.bat",
    }  # fmt: skip
    built = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", tmp_path / "wiki"]
    done = subprocess.run([*built, tmp_path / "html"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_file_whose_name_is_no_text_is_imported(run, tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / os.fsdecode(b"na\xefve.txt")).write_text("x\n")
    said = run("import", folder, tmp_path / "wiki", "-j", 1, "--format", "json")
    assert said.exit_code == 0
    (page,) = json.loads(said.stdout)["pages"]
    assert page["place"] == "na\udcefve.txt"
    assert (tmp_path / "wiki" / page["file"]).exists()


def test_thousands_of_one_name_are_numbered_in_their_order_in_no_time():
    made = plan(Entry(str(at), "", "One name", is_pmwiki=False) for at in range(20_000))
    assert made.pages[0].name.name == "OneName"
    assert made.pages[-1].name.name == "OneName20000"
