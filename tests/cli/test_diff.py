"""``sphinx-tropes diff``."""

from __future__ import annotations

import json

import pytest

from sphinxcontrib_tropes.tools.cli.changes import as_markdown, compare


def page(name, aliases=()):
    return {
        "name": name,
        "title": name,
        "url": "",
        "namespace": name.partition("/")[0],
        "laconic": "",
        "aliases": list(aliases),
    }


def wiki(pages=(), links=(), wanted=()):
    """``links``: source, target, and the sentence."""
    return {
        "version": 1,
        "pages": [page(*p) if isinstance(p, tuple) else page(p) for p in pages],
        "wanted": [{"name": name, "wants": 1} for name in wanted],
        "links": [
            {"source": source, "target": target, "url": "", "context": context}
            for source, target, context in links
        ],
    }


def test_a_wiki_did_not_change_against_itself():
    one = wiki(["Main/A", "Main/B"], [("Main/A", "Main/B", "x")], ["Main/C"])
    assert not any(compare(one, one))


def test_pages_are_gained_and_lost():
    change = compare(wiki(["Main/A", "Main/B"]), wiki(["Main/A", "Main/C"]))
    assert (change.gained, change.lost) == (("Main/C",), ("Main/B",))


def test_a_page_whose_old_name_is_an_alias_was_renamed():
    change = compare(wiki(["Main/A"]), wiki([("Main/B", ["Main/A"])]))
    assert change.renamed == (("Main/A", "Main/B"),)
    assert not change.gained
    assert not change.lost


def test_a_page_that_says_what_another_said_was_renamed():
    before = wiki(["Main/A", "Main/X"], [("Main/A", "Main/X", "a long sentence")])
    after = wiki(["Main/B", "Main/X"], [("Main/B", "Main/X", "a long sentence")])
    assert compare(before, after).renamed == (("Main/A", "Main/B"),)


def test_a_page_that_says_something_else_was_not_renamed():
    before = wiki(["Main/A", "Main/X"], [("Main/A", "Main/X", "a long sentence")])
    after = wiki(["Main/B", "Main/X"], [("Main/B", "Main/X", "something else")])
    change = compare(before, after)
    assert (change.renamed, change.gained, change.lost) == ((), ("Main/B",), ("Main/A",))


def test_links_of_and_to_a_renamed_page_are_the_same_links():
    before = wiki(["Main/A", "Main/X"], [("Main/A", "Main/X", "x"), ("Main/X", "Main/A", "y")])
    after = wiki(
        [("Main/B", ["Main/A"]), "Main/X"], [("Main/B", "Main/X", "x"), ("Main/X", "Main/B", "y")]
    )
    change = compare(before, after)
    assert (change.links_made, change.links_lost) == ((), ())
    assert (change.orphans_made, change.orphans_ended) == ((), ())


def test_links_are_made_and_lost():
    before = wiki(["Main/A", "Main/B"], [("Main/A", "Main/B", "")])
    after = wiki(["Main/A", "Main/B"], [("Main/B", "Main/A", "")])
    change = compare(before, after)
    assert change.links_made == (("Main/B", "Main/A"),)
    assert change.links_lost == (("Main/A", "Main/B"),)


def test_wants_are_met_made_and_dropped():
    before = wiki(["Main/A"], wanted=["Main/B", "Main/C", "Main/Alias"])
    after = wiki(["Main/A", ("Main/B", ["Main/Alias"])], wanted=["Main/D"])
    change = compare(before, after)
    assert change.wants_met == ("Main/Alias", "Main/B")
    assert change.wants_made == ("Main/D",)
    assert change.wants_dropped == ("Main/C",)


def test_orphans_are_made_and_linked_to():
    before = wiki(["Main/A", "Main/B", "Main/C"], [("Main/A", "Main/B", "")])
    after = wiki(["Main/A", "Main/B", "Main/C"], [("Main/A", "Main/C", "")])
    change = compare(before, after)
    assert (change.orphans_made, change.orphans_ended) == (("Main/B",), ("Main/C",))


def test_a_link_to_itself_saves_no_page_from_being_an_orphan():
    before = wiki()
    after = wiki(["Main/A"], [("Main/A", "Main/A", "")])
    assert compare(before, after).orphans_made == ("Main/A",)


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


def related(page_of, indexes=(), relations=()):
    told = [{"kind": kind, "name": name} for kind, name in relations]
    return page(page_of) | {"indexes": list(indexes), "relations": told}


def test_relations_and_members_of_indexes_are_gained_and_lost():
    one, two = wiki(["Main/A"]), wiki(["Main/A"])
    one["pages"] = [related("Main/A", ["Main/I"], [("subtrope-of", "Main/B")])]
    two["pages"] = [related("Main/A", ["Main/J"], [("compare", "Main/B")])]
    change = compare(one, two)
    assert change.relations_made == (("Main/A", "compare", "Main/B"),)
    assert change.relations_lost == (("Main/A", "subtrope-of", "Main/B"),)
    assert change.listings_made == (("Main/J", "Main/A"),)
    assert change.listings_lost == (("Main/I", "Main/A"),)
    assert "Main/A subtrope-of Main/B" in as_markdown(change)


def test_an_export_without_relations_tells_of_no_change_in_them():
    two = wiki(["Main/A"])
    two["pages"] = [related("Main/A", ["Main/J"], [("compare", "Main/B")])]
    assert not any(compare(wiki(["Main/A"]), two))
