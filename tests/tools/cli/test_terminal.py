"""What names and texts hold does not steer the terminal, whichever command prints them."""

from __future__ import annotations

import ast
import json
import unicodedata
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from sphinxcontrib_tropes import tools
from sphinxcontrib_tropes.names import PageName
from sphinxcontrib_tropes.printable import one_line, printable
from sphinxcontrib_tropes.tools import diagnostics
from sphinxcontrib_tropes.tools.cli import changes, suggest
from sphinxcontrib_tropes.tools.cli.terminal import print_json, print_message, print_text
from sphinxcontrib_tropes.tools.editing.suggestions import Mention, Suggestion
from sphinxcontrib_tropes.wiki.exchange.differences import Differences
from sphinxcontrib_tropes.wiki.views.audit import Finding

MODULES = sorted(Path(tools.__file__).parent.rglob("*.py"))
HOSTILE = "Za1 \x1b]0;x\x07\x1b[31m\x9b2J\r\x08\x7f\u202egnp.\u2066\u2029\x00O'Neil ü鋼"
NAMES = st.text(st.characters(), max_size=12) | st.just(HOSTILE)


def steers(text: str) -> list[str]:
    """The characters of a result that are for a terminal."""
    bidi = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return [
        c
        for c in text
        if (unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") and c != "\n")
        or unicodedata.bidirectional(c) in bidi
    ]


def said(speak, *arguments: object) -> str:
    @click.command
    def command() -> None:
        speak(*arguments)

    done = CliRunner().invoke(command)
    assert done.exception is None, done.exception
    return done.output


@given(NAMES)
@example(HOSTILE)
@example("\ud800\udcef")
def test_no_way_to_speak_lets_a_name_steer_the_terminal(name: str) -> None:
    name = name.replace("\t", " ")
    for speak in (print_text, print_message):
        assert steers(said(speak, name)) == []
    told = said(print_json, {"name": name})
    assert steers(told) == []
    assert (
        json.loads(told)["name"].encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        or name == ""
    )


@given(NAMES, NAMES)
@example(HOSTILE, "Main/A\n  Forged")
def test_no_report_has_a_line_that_a_name_made(one: str, other: str) -> None:
    one, other = one.replace("\t", " "), other.replace("\t", " ")
    change = Differences(*[()] * len(Differences._fields))._replace(
        gained=(one,), renamed=((one, other),)
    )
    text = printable(changes.as_text(change))
    assert steers(text) == []
    assert len(text.split("\n")) == 4
    assert steers(printable(changes.as_markdown(change))) == []
    found = [
        diagnostics.Diagnostic(Finding("wanted", one, other, "d", 1, (other,)), "a.trope", False),
        diagnostics.Diagnostic(Finding("markup", one, "", "d", 1, (), other), "a.trope", False),
    ]
    annotations = printable(diagnostics.as_github(found))
    assert steers(annotations) == []
    assert len(annotations.split("\n")) == 2
    results = diagnostics.as_sarif(found)["runs"][0]["results"]
    assert not any(steers(result["message"]["text"]) for result in results)
    mention = Mention("a\x1b.trope", 1, one, PageName("Main", "A"))
    line = printable(suggest._as_text(Suggestion(mention, 1, other), Path("wiki")))
    assert steers(line) == []


def test_text_of_any_script_stays_as_it_is() -> None:
    text = "Ünïcode 鋼の錬金術師 שלום\u200f 👩‍🚀 {{A}}\n\ttab"
    assert printable(text) == text
    assert one_line("a\nb\x1b") == "a\\nb\\x1b"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_commands_speak_through_one_module(path: Path) -> None:
    if path.name == "terminal.py":
        return
    called = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }
    assert called.isdisjoint({"print", "click.echo", "click.secho", "sys.stdout.write"})


def test_a_refusal_does_not_steer_the_terminal(run, tmp_path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "two.json"
    data = {
        "version": 1,
        "pages": [],
        "wanted": [{"name": "Main/\x1b[2J\x07", "wants": 1}],
        "links": [],
    }
    one.write_text(json.dumps(data | {"wanted": []}))
    other.write_text(json.dumps(data))
    assert steers(run("diff", one, other).output) == []
    assert steers(run("diff", tmp_path / "a\x1b[2J", other).output) == []


def test_a_warning_does_not_steer_the_terminal(run, site) -> None:
    site.write({"A.trope": "[[spoiler:x\n", "b.rst": "B\n=\n\n:trope:`\u202e\x9b…`\n"})
    for form in ("text", "github", "sarif", "json"):
        done = run("check", "--format", form, site.source)
        assert steers(done.stdout) == []
        assert steers(done.stderr) == []
