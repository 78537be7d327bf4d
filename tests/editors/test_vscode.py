"""The extension for VS Code: what it declares is there, and right in the markup's own terms."""

from __future__ import annotations

import json
import re

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


def test_a_folder_that_is_not_trusted_can_set_no_command() -> None:
    trust = PACKAGE["capabilities"]["untrustedWorkspaces"]
    assert (trust["supported"], trust["restrictedConfigurations"]) == (
        "limited",
        ["tropes.command"],
    )
    settings = PACKAGE["contributes"]["configuration"]["properties"]
    assert settings["tropes.command"]["scope"] == "machine-overridable"
    assert [*settings] == trust["restrictedConfigurations"]


def test_every_command_is_in_the_client() -> None:
    client = "".join(file.read_text("utf-8") for file in (FOLDER / "client").glob("*.js"))
    named = [entry["command"] for entry in PACKAGE["contributes"]["commands"]]
    assert set(named) | {"tropes.showReferences"} == set(
        re.findall(r'registerCommand\("([^"]+)"', client)
    )
    assert {entry["command"] for entry in PACKAGE["contributes"]["menus"]["editor/title"]} <= {
        *named
    }


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
