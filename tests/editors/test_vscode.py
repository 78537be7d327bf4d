"""The extension for VS Code: what it declares is there, and right in the markup's own terms."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile

import pytest

from sphinxcontrib_tropes.markup import MarkupSettings, page_section
from sphinxcontrib_tropes.markup.dialect import DIALECT
from sphinxcontrib_tropes.names import MAIN, PageName

from ..conftest import ROOT

FOLDER = ROOT / "editors" / "vscode"
PACKAGE = json.loads((FOLDER / "package.json").read_text("utf-8"))
SNIPPETS = json.loads((FOLDER / "snippets" / "trope.json").read_text("utf-8"))
LANGUAGE = json.loads((FOLDER / "language-configuration.json").read_text("utf-8"))

# what a file name, ${1:text}, ${1|one,two|} and $0 stand for
_PLACE = re.compile(r"\$\{\d:([^${}]*)\}|\$\{\d\|([^,|]+)[^|]*\|\}|\$\{\d:\$\w+\}|\$\{?\d\}?")


def filled(body: str | list[str]) -> str:
    text = body if isinstance(body, str) else "\n".join(body)
    return _PLACE.sub(lambda match: match[1] or match[2] or "AWord", text)


def test_every_file_that_it_names_is_there() -> None:
    contributed = PACKAGE["contributes"]
    paths = [entry["path"] for key in ("grammars", "snippets") for entry in contributed[key]]
    paths += [entry["configuration"] for entry in contributed["languages"]]
    assert [path for path in paths if not (FOLDER / path).is_file()] == []
    for grammar in contributed["grammars"]:
        assert (
            json.loads((FOLDER / grammar["path"]).read_text("utf-8"))["scopeName"]
            == (grammar["scopeName"])
        )


def test_its_licence_is_that_of_the_project() -> None:
    assert (FOLDER / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_markup_without_warnings(name) -> None:
    told: list[str] = []
    text = filled(SNIPPETS[name]["body"])
    assert "$" not in text
    section = page_section(
        text,
        PageName(MAIN, "APage"),
        MarkupSettings(),
        lambda line, sentence: told.append(sentence),
    )
    assert told == []
    assert "[[" not in section.astext()


def test_a_word_is_a_name_as_a_writer_spells_it() -> None:
    word = re.compile(LANGUAGE["wordPattern"])
    text = "In {{Braced Words}}, Film/TheMatrix and l'été: [[FunnyAnimal a label]]s."
    assert word.findall(text) == [
        *["In", "{{Braced Words}}", "Film", "TheMatrix", "and", "l", "été"],
        *["FunnyAnimal", "a", "label", "s"],
    ]


def test_what_opens_and_closes_blocks_can_be_folded() -> None:
    starts, ends = (re.compile(LANGUAGE["folding"]["markers"][key]) for key in ("start", "end"))
    lines = [line for c in DIALECT.blocks for line in c.example.split("\n")]
    assert [line for line in lines if starts.search(line)] == [
        *["(:table:)", "[[folder:Literature]]", "[[folder:Literature [old]]", "[[index]]"],
        *["[[WMG:She was a ghost all along]]", "[[WMG:She was [a ghost]]"],
        *["[[box:warning:Late spoilers]]", "[[box:note:[old]]", "[[math]]", "[[spoiler:"],
        *["[[note]]", ">>center<<"],
    ]
    assert not [line for line in lines if starts.search(line) and ends.search(line)]


@pytest.mark.skipif(shutil.which("npm") is None, reason="needs npm")
def test_the_package_contains_what_is_used_and_nothing_else(tmp_path) -> None:
    done = subprocess.run(
        ["make", "vsix", f"VSIX={tmp_path}/"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (file,) = tmp_path.glob("*.vsix")
    with zipfile.ZipFile(file) as package:
        names = {name.lower() for name in package.namelist()}
    of_files = {
        f"extension/{path.relative_to(FOLDER).as_posix()}".lower()
        for path in FOLDER.rglob("*")
        if path.is_file()
    }
    packed = {re.sub(r"license(\.\w+)?$", "license", name) for name in names}
    assert packed == of_files | {"[content_types].xml", "extension.vsixmanifest"}
    assert file.stat().st_size < 40_000
