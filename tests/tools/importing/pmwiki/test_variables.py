"""Variables of PmWiki are filled in once, at import."""

from __future__ import annotations

import pytest

from .shared import page_of


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("{$Name} {*$Name} {=$Name}", "Page Page Page"),
        ("{$Group} {$FullName} {$Namespaced}", "Film Film.Page Page"),
        ("{$LastModifiedBy}, {$LastModified}", "Ada, 2001-09-09"),
        ("{$DefaultGroup} {$Action}", "Main browse"),
        ("{Books.Ocean11$Title} {Books/Ocean11$Name}", "Ocean's 11 Ocean11"),
        ("{Alien3$Title} {ÉtéMort$Titlespaced}", "Alien³ Été Mort"),
        ("{Main.HomePage$Title}", "A b home"),
        ("{HomePage$Name}", ""),
        ("{Books.Ocean11$:Colour}{Books.Ocean11$:Bad}{$:None}", "red"),
        ("[[{$Group}/Alien3]] [[{$Name}]]", "[[Film/Alien3]] [[Film/Page]]"),
    ],
)
def test_a_variable_becomes_its_value(typed, written):
    assert page_of(typed).text.strip() == written


def test_text_variables_have_the_value_that_the_page_sets_last():
    made = page_of(
        "Colour: red\n:Colour: deep blue\n(:Size: 4 (four):)\nIt is {$:Colour} and {$:Size}.\n"
    )
    assert made.text.endswith("It is deep blue and 4 (four).\n")


def test_what_only_the_old_wiki_knows_is_named_and_links_nowhere():
    made = page_of("{$PageUrl} and $ScriptUrl, {<$Name}{(ftime)} [[{$PageUrl}?action=edit | Edit]]")
    assert made.text == "$PageUrl and $ScriptUrl, [@{(ftime)}@] Edit"
    assert [remark for remark in made.remarks if "only known to the old wiki" in remark]
    assert (
        "[[{$PageUrl}?action=edit | Edit]] leads to a page that only the old wiki knows"
        in "".join(made.remarks)
    )


def test_what_is_no_variable_stays():
    text = "(:title A PmWiki guide to $ScriptUrl:)\n$FullName, {$1}, ${Name}, {a$b c}, US$Name, {} {$}\n"
    assert page_of(text) == (text, [])


def test_phrases_are_shown_in_the_language_that_they_are_written_in():
    made = page_of("$[Edit this], [[Alien3 | $[Alien 3]]]")
    assert made.text == "Edit this, [[Film/Alien3 | Alien 3]]"


def test_a_variable_in_an_example_stays():
    assert page_of("[@{$Name}@]").text == "[@{$Name}@]"


def test_a_value_brings_no_markup_with_it():
    made = page_of("(:Evil: ''a'' [[spoiler:b]] (:include x || `c` %red%d:)\n{$:Evil}")
    assert made.text.splitlines()[-1] == "a spoiler:b include x c d"
