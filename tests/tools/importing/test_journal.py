"""An import that is stopped, and continued."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from sphinxcontrib_tropes.tools.importing import journal

from .shared import files_in, pages_in, zipped


def test_a_second_entry_of_one_name_is_imported_when_a_stopped_import_goes_on(
    run, tmp_path, monkeypatch
):
    path = zipped(tmp_path / "x.zip", [("A.txt", "One.\n"), ("A.txt", "Two.\n"), ("A.txt", "3.\n")])
    with monkeypatch.context() as patch:
        stop_after(patch, 1)
        assert run("import", path, tmp_path / "wiki", "-j", 1).exit_code == 2
    said = run("import", path, tmp_path / "wiki", "-j", 1, "--format", "json")
    assert [page["place"] for page in json.loads(said.stdout)["pages"]] == [
        "A.txt", "A.txt (2)", "A.txt (3)",
    ]  # fmt: skip
    assert len(pages_in(tmp_path / "wiki")) == 3


def test_a_folder_that_holds_something_is_left_alone(run, source, tmp_path):
    (tmp_path / "wiki").mkdir()
    (tmp_path / "wiki" / "mine").write_text("mine")
    said = run("import", source({"A.txt": "x"}), tmp_path / "wiki")
    assert said.exit_code == 2
    assert "is not empty; nothing was written" in said.stderr
    assert files_in(tmp_path / "wiki") == {"mine": b"mine"}


def stop_after(monkeypatch, count):
    """The import is interrupted at that write of a page."""
    write, done = journal.write_atomic, []

    def stopping(path, data, through):
        if path.suffix == ".trope":
            if len(done) == count:
                raise KeyboardInterrupt
            done.append(path)
        write(path, data, through)

    monkeypatch.setattr(journal, "write_atomic", stopping)


@pytest.fixture
def ten(source):
    return source({f"Page{n}.txt": f"Text {n}. (:colour:)\n" for n in range(10)})


@pytest.mark.parametrize("count", [0, 1, 5, 9])
def test_an_import_that_was_stopped_goes_on(run, ten, tmp_path, monkeypatch, count):
    with monkeypatch.context() as patch:
        stop_after(patch, count)
        said = run("import", ten, tmp_path / "wiki", "-j", 1)
    assert said.exit_code == 2
    assert f"stopped: {count} of 10 pages are done" in said.stderr
    assert len(pages_in(tmp_path / "wiki")) == count
    assert run("import", ten, tmp_path / "wiki", "-j", 1).exit_code == 0
    run("import", ten, tmp_path / "whole", "-j", 1)
    assert files_in(tmp_path / "wiki") == files_in(tmp_path / "whole")


def test_a_kill_between_a_page_and_its_note_loses_nothing(run, ten, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        stop_after(patch, 5)
        run("import", ten, tmp_path / "wiki", "-j", 1)
    notes = tmp_path / "wiki" / ".sphinx-tropes-import"
    notes.write_bytes(notes.read_bytes()[:-20])  # the last note is torn
    assert run("import", ten, tmp_path / "wiki", "-j", 1).exit_code == 0
    run("import", ten, tmp_path / "whole", "-j", 1)
    assert files_in(tmp_path / "wiki") == files_in(tmp_path / "whole")


_KILLED = """
import os, pathlib, sys
from sphinxcontrib_tropes.tools.cli.command import sphinx_tropes
put, times = pathlib.Path.replace, int(sys.argv.pop(1))
def replace(self, target):
    global times
    times -= 1
    if times < 0:
        os._exit(9)
    return put(self, target)
pathlib.Path.replace = replace
sphinx_tropes()
"""


@pytest.mark.parametrize("times", [0, 1, 5, 11, 14])
def test_a_kill_in_the_middle_of_a_file_leaves_nothing_behind(run, ten, tmp_path, times):
    killed = [sys.executable, "-c", _KILLED, str(times), "import", ten, tmp_path / "wiki", "-j1"]
    assert subprocess.run(killed, check=False).returncode == 9
    assert run("import", ten, tmp_path / "wiki", "-j", 1).exit_code == 0
    run("import", ten, tmp_path / "whole", "-j", 1)
    assert files_in(tmp_path / "wiki") == files_in(tmp_path / "whole")


def test_a_page_edited_meanwhile_is_kept_and_reported(run, ten, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        stop_after(patch, 5)
        run("import", ten, tmp_path / "wiki", "-j", 1)
    (tmp_path / "wiki" / "wiki" / "Main" / "Page0.trope").write_text("Mine.\n")
    said = run("import", ten, tmp_path / "wiki", "-j", 1, "--format", "json")
    assert pages_in(tmp_path / "wiki")["Main/Page0.trope"] == b"Mine.\n"
    edited = [p["name"] for p in json.loads(said.stdout)["pages"] if p["remarks"]]
    assert edited == ["Main/Page0"]


def test_a_foreign_file_in_the_way_is_not_written_over(run, ten, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        stop_after(patch, 5)
        run("import", ten, tmp_path / "wiki", "-j", 1)
    mine = tmp_path / "wiki" / "wiki" / "Main" / "Page7.trope"
    mine.write_text("Mine.\n")
    said = run("import", ten, tmp_path / "wiki", "-j", 1)
    assert said.exit_code == 2
    assert "already exists, and differs from Page7.txt" in said.stderr
    assert mine.read_text() == "Mine.\n"


def test_another_source_does_not_go_on_with_it(run, ten, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        stop_after(patch, 5)
        run("import", ten, tmp_path / "wiki", "-j", 1)
    (ten / "Page99.txt").write_text("new")
    said = run("import", ten, tmp_path / "wiki", "-j", 1)
    assert said.exit_code == 2
    assert "holds the unfinished import of" in said.stderr


def test_a_stop_while_the_project_is_written_goes_on(run, ten, tmp_path, monkeypatch):
    def stop(self, path, data):
        if path.name == "conf.py":
            raise KeyboardInterrupt
        put(self, path, data)

    put = journal.Journal.put
    with monkeypatch.context() as patch:
        patch.setattr(journal.Journal, "put", stop)
        assert run("import", ten, tmp_path / "wiki", "-j", 1).exit_code == 2
    assert run("import", ten, tmp_path / "wiki", "-j", 1).exit_code == 0
    assert (tmp_path / "wiki" / "conf.py").exists()


def test_an_import_brings_its_project_up_to_date_and_keeps_what_was_edited(run, source, tmp_path):
    texts = {f"O'Page {n}.txt": f"Text {n}.\n" for n in range(6)}
    folder = source(texts)
    run("import", folder, tmp_path / "wiki", "-j", 1)
    pages = tmp_path / "wiki" / "wiki" / "Main"
    (pages / "OPage0.trope").write_text("Mine.\n")
    (pages / "Own.trope").write_text("My own page.\n")
    (folder / "O'Page 0.txt").write_text("newer\n")
    (folder / "O'Page 1.txt").write_text("newer\n")
    (folder / "Own.txt").write_text("theirs\n")
    (folder / "Zoë.txt").write_text("new\n")
    (folder / "O'Page 5.txt").unlink()
    report = json.loads(
        run("import", folder, tmp_path / "wiki", "-j", 1, "--format", "json").stdout
    )
    new = pages_in(tmp_path / "wiki")
    assert new["Main/OPage0.trope"] == b"Mine.\n"
    assert new["Main/OPage1.trope"] == b"(:title O'Page 1:)\nnewer\n"
    assert new["Main/Own.trope"] == b"My own page.\n"
    assert new["Main/Zoë.trope"] == b"new\n"
    assert new["Main/OPage5.trope"] == b"(:title O'Page 5:)\nText 5.\n"
    assert report["edited"] == ["wiki/Main/OPage0.trope", "wiki/Main/Own.trope"]
    assert report["gone"] == ["wiki/Main/OPage5.trope"]
    again = json.loads(run("import", folder, tmp_path / "wiki", "-j", 1, "--format", "json").stdout)
    assert again == report
    assert pages_in(tmp_path / "wiki") == new


def test_a_page_keeps_its_number_when_the_one_before_it_goes(run, source, tmp_path):
    folder = source({"a/C#.txt": "sharp\n", "a/C++.txt": "plus\n"})
    run("import", folder, tmp_path / "wiki", "-j", 1)
    assert pages_in(tmp_path / "wiki")["A/C2.trope"] == b"(:title C++:)\nplus\n"
    (folder / "a" / "C#.txt").unlink()
    (folder / "a" / "C!.txt").write_text("bang\n")
    run("import", folder, tmp_path / "wiki", "-j", 1)
    assert pages_in(tmp_path / "wiki") == {
        "A/C.trope": b"(:title C!:)\nbang\n", "A/C2.trope": b"(:title C++:)\nplus\n"
    }  # fmt: skip


def test_an_update_that_is_stopped_goes_on_and_still_knows_what_was_edited(
    run, ten, tmp_path, monkeypatch
):
    run("import", ten, tmp_path / "wiki", "-j", 1)
    pages = tmp_path / "wiki" / "wiki" / "Main"
    (pages / "Page3.trope").write_text("Mine.\n")
    for n in range(10):
        (ten / f"Page{n}.txt").write_text(f"newer {n}\n")
    for count in (2, 4):
        with monkeypatch.context() as patch:
            stop_after(patch, count)
            assert run("import", ten, tmp_path / "wiki", "-j", 1).exit_code == 2
        (ten / f"Q{count}.txt").write_text("and one more\n")
    report = json.loads(run("import", ten, tmp_path / "wiki", "-j", 1, "--format", "json").stdout)
    assert report["edited"] == ["wiki/Main/Page3.trope"]
    assert {name: data for name, data in pages_in(tmp_path / "wiki").items() if "Page" in name} == {
        f"Main/Page{n}.trope": f"newer {n}\n".encode() if n != 3 else b"Mine.\n" for n in range(10)
    }


def test_a_journal_that_is_not_one_is_a_refusal(run, ten, tmp_path):
    for text in ("[]\n", "{}\n[1]\n", '{"version": 1}\n{"place": "x"}\n', "null\n"):
        folder = tmp_path / f"wiki{len(text)}"
        folder.mkdir()
        (folder / ".sphinx-tropes-import").write_text(text)
        said = run("import", ten, folder, "-j", 1)
        assert said.exit_code == 2, text
        assert "Traceback" not in said.output


@pytest.mark.parametrize("name", ["../../x", "Main/../x", "/etc/x", "Main", ""])
def test_a_journal_whose_names_lead_outside_is_a_refusal(run, source, tmp_path, name):
    folder = source({"A.txt": "x"})
    run("import", folder, tmp_path / "wiki", "-j", 1)
    path = tmp_path / "wiki" / ".sphinx-tropes-import"
    path.write_text(path.read_text().replace('"Main/A"', json.dumps(name)))
    said = run("import", folder, tmp_path / "wiki", "-j", 1)
    assert said.exit_code == 2
    assert "is no name of a page" in said.stderr
    assert not (tmp_path / "x.trope").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_is_one_sentence_whatever_the_number_of_processes(run, source, tmp_path, jobs):
    script = """
import errno, sys
from sphinxcontrib_tropes.tools.importing import journal

write = journal.write_atomic

def full(path, data, through):
    if path.name == "Page150.trope":
        raise OSError(errno.ENOSPC, "No space left on device")
    write(path, data, through)

journal.write_atomic = full
from sphinxcontrib_tropes.tools.cli.command import sphinx_tropes

if __name__ == "__main__":
    sphinx_tropes(sys.argv[1:])
"""
    folder = source({f"Page{n}.txt": f"Text {n}.\n" for n in range(600)})
    command = [sys.executable, "-c", script, "import", folder, tmp_path / "wiki", "-j", str(jobs)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert said.stderr.splitlines()[-1].endswith("Page150.trope: No space left on device")
    assert "Traceback" not in said.stderr
