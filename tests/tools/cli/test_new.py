"""``sphinx-tropes new``."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sphinxcontrib_tropes.tools.project_template import configuration, index

TITLES = ["Wiki", 'A "wiki" of \\ *tropes*', "Тропы · 物語", "`a`_ |b| :c:`d`", "x" * 200]


def build(source, out, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-n", "-W", *arguments, source, out],
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("title", TITLES)
def test_a_new_project_builds_without_a_warning(run, tmp_path, title):
    assert run("new", tmp_path / "wiki", "--title", title).exit_code == 0
    done = build(tmp_path / "wiki", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out" / "wiki" / "StarCrossedLovers.html").exists()


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_its_makefile_builds_it(run, tmp_path):
    run("new", tmp_path)
    sphinx_build = f"SPHINXBUILD={sys.executable} -m sphinx -q -W"
    subprocess.run(["make", "-C", tmp_path, "html", sphinx_build], check=True)
    assert (tmp_path / "_build" / "html" / "index.html").exists()


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_its_makefile_shows_it_while_it_is_written(run, tmp_path):
    run("new", tmp_path)
    done = subprocess.run(
        ["make", "-n", "-C", tmp_path, "preview", "SERVEOPTS=--port 8080"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert 'sphinx-tropes serve "." "_build/html" --port 8080\n' in done.stdout


def test_a_new_project_writes_over_nothing(run, tmp_path):
    (tmp_path / "Makefile").write_text("mine")
    result = run("new", tmp_path)
    assert result.exit_code == 2
    assert "Makefile already exists; nothing was written" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["Makefile"]


def test_a_place_that_cannot_be_written_is_one_sentence(run, tmp_path):
    (tmp_path / "file").write_text("")
    result = run("new", tmp_path / "file" / "wiki")
    assert result.exit_code == 2
    assert "cannot write" in result.output


@given(st.text(), st.dictionaries(st.text("abcÄ", min_size=1), st.text(), max_size=3))
def test_any_title_and_any_labels_are_python(title, labels):
    values: dict[str, object] = {}
    exec(configuration(title, labels), values)
    assert values["project"] == title.encode("utf-8", "replace").decode()
    for name, label in labels.items():
        assert values["tropes_namespaces"][name] == label.encode("utf-8", "replace").decode()


@example("\\")
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])))
def test_any_title_is_the_heading_of_the_front_page(title):
    from docutils.core import publish_doctree

    words = " ".join(title.split()) or "Wiki"
    source = index(words).partition("\n\n")[0]
    doctree = publish_doctree(source, settings_overrides={"report_level": 5})
    assert doctree["title"] == " ".join(words.split())


def test_what_a_build_makes_is_kept_out_of_git(run, tmp_path):
    run("new", tmp_path / "wiki")
    assert (tmp_path / "wiki" / ".gitignore").read_text() == "_build/\n"
