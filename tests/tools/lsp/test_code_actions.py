"""What can be done with a link, words or lines."""

from __future__ import annotations

import pytest
from lsprotocol.types import Range

from sphinxcontrib_tropes.tools.lsp.code_actions import code_actions
from sphinxcontrib_tropes.tools.lsp.edits import Abilities

from .conftest import applied

FILES = {
    "RedHerring.trope": "x\n",
    "ChekhovsGun.trope": "x\n",
    "Film/TheMatrix.trope": "x\n",
    "Film/Nosferatu.trope": "x\n",
    "Series/Nosferatu.trope": "x\n",
    "Übel.trope": "x\n",
}


def done(editor, text: str, path: str = "New.trope", **options) -> dict[str, dict[str, str]]:
    """Title of each action -> files that it changes; from ``‸`` to ``‸`` is selected."""
    opened = editor(FILES, **options)
    start, _, rest = text.partition("‸")
    selected, mark, _end = rest.partition("‸")
    typed = opened.type(path, text.replace("‸", ""))
    at = len(start) + (len(selected) if mark else 0)
    positions = typed.document.positions
    range_ = Range(positions.position(len(start)), positions.position(at))
    found = code_actions(typed.document, range_, Abilities())
    return {action.title: applied(opened, action.edit) for action in found}


@pytest.mark.parametrize(
    ("text", "title", "now"),
    [
        ("é🎭 {{red ‸hering}}s", "Did you mean Red Herring?", "é🎭 {{red herring}}s"),
        ("[[RedHering‸ it]]", "Did you mean Red Herring?", "[[RedHerring it]]"),
        ("RedHering‸", "Did you mean Red Herring?", "RedHerring"),
        ("{{Nosferatu‸}}", "Did you mean Film: Nosferatu?", "Film/{{Nosferatu}}"),
        ("[[Chekhovs‸ Gun]]", "Did you mean Chekhovs Gun?", "{{Chekhovs Gun}}"),
        ("RedHerring‸", "Write the link as {{Red Herring}}", "{{Red Herring}}"),
        ("{{red‸ herring}}s", "Write the link as [[RedHerring]]", "[[RedHerring]]s"),
        ("{{The Matrix}}, Film/{{The‸ Matrix}}", "Write the link as Film/TheMatrix", "{{The Matrix}}, Film/TheMatrix"),
        ("a red her‸ring, he", "Link to Red Herring", "a [[RedHerring red herring]], he"),
        ("‸Chekhov's gun‸ is", "Link to Chekhovs Gun", "[[ChekhovsGun Chekhov's gun]] is"),
        ("Das ‸Übel‸.", "Link to Übel", "Das [[Übel Übel]]."),
    ],
)  # fmt: skip
def test_a_link_is_mended_or_made(editor, text, title, now):
    assert done(editor, text)[title] == {"New.trope": now}


@pytest.mark.parametrize(
    ("path", "text", "now"),
    [
        ("x.rst", "X\n=\n\na red‸ herring.\n", "X\n=\n\na :trope:`red herring <RedHerring>`.\n"),
        ("x.md", "# X\n\na red‸ herring.\n", "# X\n\na {trope}`red herring <RedHerring>`.\n"),
    ],
)
def test_words_become_a_role_in_other_markup(editor, path, text, now):
    conf = "extensions = ['sphinxcontrib_tropes', 'myst_parser']\n"
    assert done(editor, text, path, conf=conf)["Link to Red Herring"] == {path: now}


def test_a_page_is_made_where_those_of_its_namespace_are(editor):
    assert done(editor, "Film/{{The Other‸ One}}")["Create the page The Other One"] == {
        "Film/TheOtherOne.trope": "The Other One is\n"
    }


def test_lines_move_to_a_page_of_their_own(editor):
    text = "Before.\n‸!! A long part\nIt is long.\n‸After.\n"
    assert done(editor, text)["Move to a new page A Long Part"] == {
        "ALongPart.trope": "It is long.\n",
        "New.trope": "Before.\nSee {{A Long Part}}.\nAfter.\n",
    }


@pytest.mark.parametrize("text", ["[=Red‸Herring=]", "plain ‸ text", "%comment%red ‸herring%%"])
def test_nothing_is_offered_where_no_link_can_be(editor, text):
    assert done(editor, text) == {}


def test_a_client_that_can_not_make_files_is_offered_none(editor):
    opened = editor(FILES)
    typed = opened.type("New.trope", "{{Nobody‸ Wrote}}")
    abilities = Abilities(has_versions=True, creates=False, renames=False)
    found = code_actions(typed.document, typed.range, abilities)
    assert not [action.title for action in found if "page" in action.title]
