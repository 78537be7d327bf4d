"""Renames of pages, aliases, wanted names and sections."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.lsp.edits import Abilities, text_edits
from sphinxcontrib_tropes.tools.lsp.renames import prepare, rename, rename_for_move
from sphinxcontrib_tropes.tools.refusal import Refusal

from .conftest import applied, with_edits

FILES = {
    "RedHerring.trope": "(:alias False Clue:)\nIt leads astray, says RedHerring.\n\n!! In this play\nx [[#in-this-play up]]\n",
    "A.trope": "é🎭 {{Red Herring}}s, {{False Clue}}; [[RedHerring#in-this-play that]], RedHerring#x.\r\n",
    "B.trope": "(:relation subtrope-of Red Herring:)\nNothing. [=RedHerring=] %comment%RedHerring%%\n",
    "C.trope": "[[Red|Herring]] {{Blue Herring}} BlueHerring\n",
}  # fmt: skip


def renamed(editor, text: str, new: str, path: str = "New.trope", files=FILES, **options):
    opened = editor(files, **options)
    typed = opened.type(path, text)
    return applied(opened, rename(*typed, new, Abilities()))


def test_a_page_moves_with_all_links_to_it(editor):
    assert renamed(editor, "See {{red‸ herring}}.", "Smoked Herring") == {
        "A.trope": FILES["A.trope"].replace("{{Red", "{{Smoked").replace("RedHerr", "SmokedHerr"),
        "B.trope": FILES["B.trope"].replace("of Red", "of Smoked"),
        "New.trope": "See {{smoked herring}}.",
        "SmokedHerring.trope": FILES["RedHerring.trope"].replace("says Red", "says Smoked"),
    }


def test_a_page_can_move_to_a_namespace(editor):
    texts = renamed(editor, "RedHerring‸", "Film/Red Herring")
    assert "Film/RedHerring.trope" in texts
    assert texts["New.trope"] == "Film/RedHerring"


def test_unsaved_text_counts_in_a_rename(editor):
    opened = editor(FILES)
    opened.type("C.trope", "Now it names {{Red Herring}}.\n")
    typed = opened.type("New.trope", "RedHerring‸")
    texts = applied(opened, rename(*typed, "Kipper", Abilities()))
    assert texts["C.trope"] == "Now it names {{Kipper}}.\n"


def test_an_alias_gets_another_name_where_it_stands_and_where_it_is_used(editor):
    assert renamed(editor, "{{False‸ Clue}}", "Wrong Clue") == {
        "A.trope": FILES["A.trope"].replace("{{False", "{{Wrong"),
        "New.trope": "{{Wrong Clue}}",
        "RedHerring.trope": FILES["RedHerring.trope"].replace("alias False", "alias Wrong"),
    }
    text = FILES["RedHerring.trope"].replace("alias False", "alias Fal‸se")
    assert "RedHerring.trope" in renamed(editor, text, "Wrong Clue", "RedHerring.trope")


def test_a_wanted_name_is_changed_in_all_links(editor):
    assert renamed(editor, "{{Blue‸ Herring}}", "Green Herring") == {
        "C.trope": FILES["C.trope"].replace("{{Blue", "{{Green").replace("BlueH", "GreenH"),
        "New.trope": "{{Green Herring}}",
    }


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("New.trope", "[[RedHerring#in-‸this-play it]] [[{{Red Herring}}#InThisPlay it]]"),
        ("RedHerring.trope", FILES["RedHerring.trope"].replace("In this", "In ‸this")),
    ],
)
def test_a_section_gets_another_title_and_links_follow(editor, path, text):
    texts = renamed(editor, text, "On the stage", path)
    assert texts["RedHerring.trope"] == FILES["RedHerring.trope"].replace(
        "!! In this play", "!! On the stage"
    ).replace("#in-this-play", "#on-the-stage")
    assert "[[RedHerring#on-the-stage that]]" in texts["A.trope"]
    if path == "New.trope":
        assert (
            texts["New.trope"] == "[[RedHerring#on-the-stage it]] [[{{Red Herring}}#OnTheStage it]]"
        )


def test_a_section_is_renamed_in_markup_alone(editor):
    text = "!! Old‸ part\n[[#old-part|up]] [[x -> #OldPart]] [=[[#old-part|no]]=]\n%% [[#old-part|no]]\n"
    renamed_text = renamed(editor, text, "L'Été 2", "A.trope", {})["A.trope"]
    assert renamed_text == (
        "!! L'Été 2\n[[#lété-2|up]] [[x -> #Lété2]] [=[[#old-part|no]]=]\n%% [[#old-part|no]]\n"
    )


def test_links_that_leave_the_namespace_out_are_renamed_as_well(editor):
    files = {"Film/Nosferatu.trope": "x\n", "A.trope": "{{Nosferatu}}, Film/{{Nosferatu}}.\n"}
    texts = renamed(editor, "{{Nosferatu‸}}", "Film/Count Orlok", files=files)
    assert "Film/CountOrlok.trope" in texts
    assert texts["A.trope"] == "{{Count Orlok}}, Film/{{Count Orlok}}.\n"
    files["Series/CountOrlok.trope"] = "x\n"
    with pytest.raises(Refusal, match=r"A\.trope:1 names the page Main/Nosferatu, without"):
        renamed(editor, "Film/{{Nosferatu‸}}", "Film/Count Orlok", files=files)


@pytest.mark.parametrize(
    ("text", "new", "sentence"),
    [
        ("RedHerring‸", "A", "there is already a page Main/A"),
        ("RedHerring‸", "Nowhere/A", "'Nowhere' is not a namespace"),
        ("RedHerring‸", "!!", "is not a page name"),
        ("RedHerring‸", "Red Herring", "the same name"),
        ("{{False Clue‸}}", "A", "Main/A is already a name of Main/A"),
        ("[[RedHerring#in-this‸-play x]]", "]]", "can't be the title"),
        ("pl‸ain", "X", "no page and no section is named here"),
    ],
)
def test_what_can_not_be_done_right_is_refused(editor, text, new, sentence):
    with pytest.raises(Refusal, match=sentence):
        renamed(editor, text, new)


def test_a_link_that_can_not_be_rewritten_is_refused_with_its_line(editor):
    files = FILES | {"D.trope": "x\n\n[[Red[=Her=]ring]]\n"}
    with pytest.raises(Refusal, match=r"D\.trope:3 refers to Main/RedHerring"):
        renamed(editor, "RedHerring‸", "Kipper", files=files)


def test_other_markup_is_changed_in_trusted_folders(editor):
    files = FILES | {
        "index.rst": "X\n=\n\nSee :trope:`Red Herring` and :trope:`it <RedHerring>`.\n"
    }
    texts = renamed(editor, "RedHerring‸", "Kipper", files=files)
    assert texts["index.rst"] == "X\n=\n\nSee :trope:`Kipper` and :trope:`it <Kipper>`.\n"
    with pytest.raises(Refusal, match=r"index\.rst may name the page.*trust this folder"):
        renamed(editor, "RedHerring‸", "Kipper", files=files, may_run=False)


def test_a_client_that_can_not_move_files_is_told_so(editor):
    opened = editor(FILES)
    typed = opened.type("New.trope", "RedHerring‸")
    with pytest.raises(Refusal, match=r"can't move RedHerring\.trope"):
        rename(*typed, "Kipper", Abilities(has_versions=False, creates=False, renames=False))


def test_the_editor_may_move_the_file_itself(editor):
    opened = editor(FILES)
    document = opened.wiki.document("RedHerring.trope")
    edit = rename_for_move(document, (opened.wiki.root / "Kipper.trope").as_uri(), Abilities())
    texts = applied(opened, edit)
    assert texts["RedHerring.trope"] == FILES["RedHerring.trope"].replace(
        "says RedHerring", "says [[Kipper]]"
    )
    assert "{{Kipper}}s" in texts["A.trope"]


@pytest.mark.parametrize(
    ("text", "shown", "name"),
    [
        ("a {{red ‸herring}}s", "{{red herring}}", "Red Herring"),
        ("{{False‸ Clue}}", "{{False Clue}}", "False Clue"),
        ("[[RedHerring#in-this‸-play x]]", "in-this-play", "in-this-play"),
        ("!! A tit‸le 🎭\n", "A title 🎭", "A title 🎭"),
    ],
)
def test_what_would_be_renamed_is_shown_first(editor, text, shown, name):
    opened = editor(FILES)
    found = prepare(*opened.type("New.trope", text))
    assert opened.shown("New.trope", found.range) == shown
    assert found.placeholder == name


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\r\nb\r\n", "a\r\nx\r\n"), ("a\r\nb", "a\r\n\r\nb"), ("🎭x\n", "🎭y\n"), ("", "x"), ("x", ""),
        ("aXa\n", "aXaXa\n"), ("a\rb", "a\r\nb"),
    ],
)  # fmt: skip
def test_edits_turn_one_text_into_the_other(before, after):
    assert with_edits(before, text_edits(before, after, "utf-16"), "utf-16") == after
