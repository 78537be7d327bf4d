"""The problems of a page, with their places."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.lsp.problems import diagnostics

FILES = {
    "RedHerring.trope": "See A.\n!! A part\n",
    "A.trope": "{{Red Herring}}\n",
    "Old.trope": "(:redirect Red Herring:)\n",
}


def told(editor, text: str, path: str = "New.trope") -> list[tuple[str, str, str]]:
    opened = editor(FILES)
    typed = opened.type(path, text)
    return [(d.code, opened.shown(path, d.range), d.message) for d in diagnostics(typed.document)]


def of_kind(editor, kind: str, text: str, path: str = "New.trope") -> list[tuple[str, str]]:
    return [(shown, said) for code, shown, said in told(editor, text, path) if code == kind]


def test_each_link_to_a_wanted_page_is_told(editor):
    assert of_kind(editor, "wanted", "é🎭 {{Red Hering}}s and {{Red Hering}}, {{Nobody}}") == [
        ("{{Red Hering}}", "Red Hering does not exist; did you mean Red Herring?"),
        ("{{Red Hering}}", "Red Hering does not exist; did you mean Red Herring?"),
        ("{{Nobody}}", "Nobody does not exist"),
    ]


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("A\n\nsome ''unclosed\n", "''", "'' is not closed"),
        ("x\n[[folder:A]]\ny\n", "[[folder:A]]", "[[folder:A]] is not closed"),
        ("a [[/folder]] b\n[[/folder]]\n", "[[/folder]]", "closes nothing"),
        ("(:latonic x:)\n", "(:latonic x:)", "is no page property"),
        ("(:relation nonsense Red Herring:)\n", "(:relation nonsense Red Herring:)", "is left out"),
    ],
)
def test_a_warning_is_at_its_mark(editor, text, place, sentence):
    found = of_kind(editor, "markup", text)
    assert [(shown, sentence in said) for shown, said in found][:1] == [(place, True)]


def test_a_section_that_is_missing_is_told_at_its_link(editor):
    text = "See {{Red Herring}}, [[RedHerring#a-part x]], [[RedHerring#nothing it]] [[#own it]]\n"
    assert [shown for shown, _ in of_kind(editor, "missing-section", text)] == [
        "nothing",
        "own",
    ]


def test_a_split_title_is_told_at_its_link(editor):
    assert [shown for shown, _ in of_kind(editor, "parted-title", "See [[Red Herring]].\n")] == [
        "Red"
    ]


def test_what_the_page_lacks_is_told_at_its_first_line(editor):
    found = told(editor, "(:title X:)\nPlain.\n")
    assert ("orphan", "(:title X:)", "no page links to Main/New") in found
    assert ("dead-end", "(:title X:)", "Main/New links to no existing page") in found


def test_a_page_that_is_defined_twice_is_told(editor):
    assert of_kind(editor, "duplicate", "(:alias Red Herring:)\nx\n")


def test_a_redirect_to_nothing_is_told_at_the_name(editor):
    assert (
        of_kind(editor, "broken-redirect", "x\n(:redirect Nobody Wrote It:)\n")[0][0]
        == "Nobody Wrote It"
    )


def test_links_in_other_markup_are_told(editor):
    found = of_kind(editor, "wanted", "X\n=\n\nSee :trope:`Red Hering`.\n", "x.rst")
    assert found == [("Red Hering", "Red Hering does not exist; did you mean Red Herring?")]


def test_nothing_is_told_of_a_warning_that_the_project_suppresses(editor):
    opened = editor(FILES, "suppress_warnings = ['trope.markup']\n")
    typed = opened.type("New.trope", "''unclosed\n")
    assert not [d for d in diagnostics(typed.document) if d.code == "markup"]


def test_an_edit_of_one_page_changes_the_problems_of_another(editor):
    opened = editor(FILES)
    typed = opened.type("New.trope", "{{Brand New}}\n")
    assert "wanted" in {d.code for d in diagnostics(typed.document)}
    opened.type("BrandNew.trope", "It is here now: New.\n")
    assert "wanted" not in {d.code for d in diagnostics(typed.document)}
    opened.wiki.close("BrandNew.trope")
    opened.wiki.settle()
    assert "wanted" in {d.code for d in diagnostics(typed.document)}
