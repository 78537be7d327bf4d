"""``sphinx-tropes diff``."""

from __future__ import annotations

import json

import pytest

from sphinxcontrib_tropes.tools.cli.changes import as_markdown
from sphinxcontrib_tropes.wiki.exchange.differences import compare

from ...wiki.exchange.exports import page, wiki


def test_markdown_holds_any_name_as_code():
    change = compare(wiki(), wiki(links=[("docs/`x`", "Main/A", "")]))
    assert "- `` docs/`x` -> Main/A ``" in as_markdown(change)


def test_long_lists_are_cut_in_markdown_and_say_so():
    change = compare(wiki(), wiki([f"Main/P{number}" for number in range(60)]))
    text = as_markdown(change)
    assert text.count("- `Main/P") == 2 * 50
    assert text.count("- and 10 more") == 2


@pytest.fixture
def files(tmp_path):
    """Two states of a wiki as files."""
    (tmp_path / "old.json").write_text(json.dumps(wiki(["Main/A"])))
    (tmp_path / "new.json").write_text(json.dumps(wiki(["Main/A", "Main/B"])))
    return tmp_path / "old.json", tmp_path / "new.json"


def test_the_command_says_what_changed(run, files):
    said = run("diff", *files)
    assert (said.exit_code, said.output) == (
        0,
        "Pages gained: 1\n  Main/B\nOrphans made: 1\n  Main/B\n",
    )


def test_the_exit_code_tells_of_a_change_when_asked(run, files):
    assert run("diff", "--exit-code", *files).exit_code == 1
    assert run("diff", "--exit-code", files[0], files[0]).exit_code == 0


def test_a_script_gets_json(run, files):
    assert json.loads(run("diff", "--format", "json", *files).output)["gained"] == ["Main/B"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 2}',
        '{"version": 1, "pages": 3}',
        '{"version": 1, "pages": [{"name": 1}], "wanted": [], "links": []}',
        "[" * 100000,
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_what_is_no_tropes_json_is_one_sentence(run, files, text):
    files[1].write_text(text)
    said = run("diff", *files)
    assert said.exit_code == 2
    assert said.output.startswith(f"Error: {files[1]} is no tropes.json: ")


def test_the_output_folders_do_as_well(run, site):
    site.write({"A.trope": "A page.\n"})
    before = site.build(out="before")
    site.write({"B.trope": "See {{A}}.\n"})
    after = site.build(out="after")
    said = run("diff", before, after).output
    assert "Pages gained: 1\n  Main/B\n" in said
    assert "Orphans linked to: 1\n  Main/A\n" in said


def test_a_relation_is_printed_with_its_kind():
    two = wiki(["Main/A"])
    two["pages"] = [
        page("Main/A") | {"indexes": [], "relations": [{"kind": "compare", "name": "Main/B"}]}
    ]
    assert "Main/A compare Main/B" in as_markdown(compare(wiki(), two))
