"""Names and files of imported pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_tropes.markup import MarkupSettings, page_section
from sphinxcontrib_tropes.markup.parser import page_name_of_file
from sphinxcontrib_tropes.names import Namespaces, PageName
from sphinxcontrib_tropes.tools.importing.planning import plan
from sphinxcontrib_tropes.tools.importing.sources import Entry

from .shared import files_in, kinds, pages_in, remarks


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
    return [page.name for page in plan([Entry(name, "", name, "trope") for name in names]).pages]


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
    numbered = next(kind for kind in report["kinds"] if "with the name of another" in kind["kind"])
    assert numbered["pages"] == 2


def test_a_name_without_letters_gets_one_and_keeps_its_title(source, imported):
    pages, report = imported(source({"???.txt": "x\n", "!!.txt": "y\n"}))
    assert pages == {
        "Main/Unnamed.trope": b"(:title !!:)\ny\n",
        "Main/Unnamed2.trope": b"(:title ???:)\nx\n",
    }
    assert remarks(report)[0] == "'!!' is Main/Unnamed"
    assert "a name without a letter or digit: the page is numbered" in kinds(report)


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
    entries = [Entry(str(at), *spelled, "trope") for at, spelled in enumerate(names)]
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
        "dump.jsonl", "wiki/.gitignore", "wiki/.sphinx-tropes-import", "wiki/Makefile", "wiki/conf.py", "wiki/import-report.txt",
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
    made = plan(Entry(str(at), "", "One name", "trope") for at in range(20_000))
    assert made.pages[0].name.name == "OneName"
    assert made.pages[-1].name.name == "OneName20000"


def as_lines(path, names):
    path.write_text("".join(json.dumps({"name": n, "text": f"Text of {n}"}) + "\n" for n in names))
    return path


def test_a_line_of_json_keeps_its_page_when_lines_before_it_come_and_go(run, tmp_path):
    dump = tmp_path / "dump.jsonl"
    run("import", as_lines(dump, ["Alpha", "Beta", "Film/Gamma"]), tmp_path / "wiki", "-j", 1)
    said = run(
        "import", as_lines(dump, ["Beta", "Film/Gamma", "Beta", "New"]),
        tmp_path / "wiki", "--format", "json", "-j", 1,
    )  # fmt: skip
    report = json.loads(said.stdout)
    assert [(page["place"], page["name"]) for page in report["pages"]] == [
        ("Beta", "Main/Beta"), ("Film/Gamma", "Film/Gamma"), ("Beta (2)", "Main/Beta2"),
        ("New", "Main/New"),
    ]  # fmt: skip
    assert report["gone"] == ["wiki/Main/Alpha.trope"]


def test_a_name_of_a_namespace_too_long_for_a_folder_is_cut(tmp_path, imported):
    dump = tmp_path / "dump.jsonl"
    groups = ["A" * 300, "日" * 100, "A" * 299 + "B"]
    dump.write_text(
        "".join(json.dumps({"name": "X", "namespace": g, "text": "x"}) + "\n" for g in groups)
    )
    pages, report = imported(dump)
    assert len(pages) == len(report["namespaces"]) == 3
    assert all(len(part.encode()) < 200 for page in pages for part in page.split("/"))


def test_a_namespace_that_was_declared_once_stays(run, tmp_path):
    dump = as_lines(tmp_path / "dump.jsonl", ["Foo/A"])
    run("import", dump, tmp_path / "wiki", "--namespace", "Foo", "-j", 1)
    as_lines(dump, ["Foo/A", "Foo/B"])
    said = run("import", dump, tmp_path / "wiki", "--format", "json", "-j", 1)
    report = json.loads(said.stdout)
    assert report["namespaces"] == {"Foo": "Foo"}
    assert [page["name"] for page in report["pages"]] == ["Foo/A", "Foo/B"]


@pytest.mark.parametrize("name", ["", "..", "/", "{{"])
def test_a_namespace_without_a_letter_is_refused(run, tmp_path, name):
    dump = as_lines(tmp_path / "dump.jsonl", ["A"])
    said = run("import", dump, tmp_path / "wiki", "--namespace", name)
    assert said.exit_code == 2
    assert "it has no letter or digit" in said.stderr


def test_a_cut_name_stays_the_same_when_the_import_is_run_again(run, tmp_path):
    dump = as_lines(tmp_path / "dump.jsonl", ["A" * 300, "a" * 300])
    run("import", dump, tmp_path / "wiki", "-j", 1)
    before = pages_in(tmp_path / "wiki")
    said = run("import", dump, tmp_path / "wiki", "--format", "json", "-j", 1)
    assert json.loads(said.stdout)["gone"] == []
    assert pages_in(tmp_path / "wiki") == before
    assert sum(data.count(b"(:alias ") for data in before.values()) == 1


def test_a_title_of_another_wiki_is_shown_as_it_was_also_if_it_looks_like_a_wikiword(
    source, imported
):
    text = "[[OpenGLES]] and [[McÉwan]]s, [[McWanted]].\n"
    pages, _ = imported(source({"OpenGLES.mediawiki": "x\n", "McÉwan.mediawiki": text}))
    assert pages["Main/OpenGLES.trope"].startswith(b"(:title OpenGLES:)\n")
    assert pages["Main/McÉwan.trope"].decode().splitlines()[-1] == (
        "{{OpenGLES}} and [[McÉwan McÉwans]], [[{{McWanted}} McWanted]]."
    )
