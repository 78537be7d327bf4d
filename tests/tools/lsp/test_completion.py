"""What is offered while a writer types."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.lsp.completion import MOST, complete

FILES = {
    "ChekhovsGun.trope": "(:alias The Rifle on the Wall:)\n!! In this play\n[[folder:Film]]\nx\n[[/folder]]\n",
    "ChekhovsArmoury.trope": "(:title Chekhov's Armoury:)\nSee {{Red Herring}}.\n",
    "Film/TheMatrix.trope": "A film with ChekhovsGun.\n",
    "Übeltäter.trope": "x\n",
    "МойДом.trope": "x\n",
}


def offered(editor, text: str, path: str = "New.trope", **options: bool) -> dict[str, str]:
    """Label -> the line after the item is taken."""
    typed = editor(FILES).type(path, text)
    found = complete(*typed, **options)
    lines = {}
    for item in found.items if found else ():
        start, end = typed.document.positions.offsets(item.text_edit.range)
        whole = typed.document.text
        at = typed.document.positions.offset(typed.position)
        begin, last = whole.rfind("\n", 0, at) + 1, (whole + "\n").find("\n", at)
        assert begin <= start <= end <= last
        lines[item.label] = whole[begin:start] + item.text_edit.new_text + whole[end:last]
    return lines


@pytest.mark.parametrize(
    ("text", "label", "line"),
    [
        ("a {{Chek‸", "Chekhovs Gun", "a {{Chekhovs Gun}}"),
        ("a {{chek‸}} b", "Chekhov's Armoury", "a {{Chekhov's Armoury}} b"),
        ("{{chekhov's g‸", "Chekhovs Gun", "{{Chekhovs Gun}}"),
        ("{{matr‸", "The Matrix", "{{Film/The Matrix}}"),
        ("Film/{{‸", "The Matrix", "Film/{{The Matrix}}"),
        ("🎭é {{Film/‸", "The Matrix", "🎭é {{Film/The Matrix}}"),
        ("[[Chekhovs‸", "Chekhovs Gun", "[[ChekhovsGun]]"),
        ("[[Chekhovs‸ label]]", "Chekhovs Gun", "[[ChekhovsGun]] label]]"),
        ("see Chekhovs‸", "Chekhovs Gun", "see ChekhovsGun"),
        ("{{the rif‸", "The Rifle On The Wall", "{{The Rifle On The Wall}}"),
        ("{{red‸", "Red Herring", "{{Red Herring}}"),
        ("{{übel‸", "Übeltäter", "{{Übeltäter}}"),
        ("{{мой‸", "Мой Дом", "{{Мой Дом}}"),
        ("(:red‸", "redirect", "(:redirect :)"),
        ("(:exclude ‸", "search", "(:exclude search"),
        ("(:Exclude search, gr‸:)", "graph", "(:Exclude search, graph:)"),
        ("(:relation subtr‸", "subtrope-of", "(:relation subtrope-of "),
        ("(:relation subtrope-of chek‸:)", "Chekhovs Gun", "(:relation subtrope-of Chekhovs Gun:)"),
        ("(:redirect matr‸:)", "The Matrix", "(:redirect Film/The Matrix:)"),
        ("[[redirect:matr‸]]", "The Matrix", "[[redirect:Film/The Matrix]]"),
        ("[[ChekhovsGun#in‸]]", "in-this-play", "[[ChekhovsGun#in-this-play]]"),
        ("[[{{Chekhovs Gun}}#‸ x]]", "film", "[[{{Chekhovs Gun}}#film x]]"),
        ("!! Own part\n[[#‸", "own-part", "[[#own-part"),
        ("[[fol‸", "[[folder:", "[[folder:"),
    ],
)  # fmt: skip
def test_what_may_follow_is_offered(editor, text, label, line):
    assert offered(editor, text)[label] == line


@pytest.mark.parametrize(
    ("path", "text", "label", "line"),
    [
        ("x.rst", "See :trope:`chek‸", "Chekhovs Gun", "See :trope:`Chekhovs Gun`"),
        ("x.rst", "See :trope:`it <matr‸>`", "The Matrix", "See :trope:`it <Film/The Matrix>`"),
        (
            "x.rst",
            ".. trope-backlinks:: chek‸",
            "Chekhovs Gun",
            ".. trope-backlinks:: Chekhovs Gun",
        ),
        ("x.rst", ".. tro‸", "trope-index", ".. trope-index::"),
        ("x.rst", "See :tro‸", ":trope:", "See :trope:`"),
        ("x.rst", ".. trope-markup::\n\n   {{chek‸", "Chekhovs Gun", "   {{Chekhovs Gun}}"),
        ("x.md", "See {trope}`chek‸`.", "Chekhovs Gun", "See {trope}`Chekhovs Gun`."),
        ("x.md", "```{trope-ba‸", "trope-backlinks", "```{trope-backlinks}"),
        ("x.md", "See {tro‸", "{trope}", "See {trope}`"),
    ],
)
def test_roles_and_directives_are_offered_in_other_markup(editor, path, text, label, line):
    conf = "extensions = ['sphinxcontrib_tropes', 'myst_parser']\n"
    assert offered(lambda files: editor(files, conf), text, path)[label] == line


@pytest.mark.parametrize("text", ["plain wor‸", "a }} ‸", "(: ‸", "![picture](‸"])
def test_nothing_is_offered_elsewhere(editor, text):
    assert offered(editor, text) == {}


def test_snippets_are_for_clients_that_know_them(editor):
    assert (
        offered(editor, "[[fol‸", has_snippets=True)["[[folder:"]
        == "[[folder:${1:title}]]\n$0\n[[/folder]]"
    )


def test_items_are_few_and_the_client_asks_again(editor):
    opened = editor({f"Page{n}.trope": "x\n" for n in range(2 * MOST)})
    found = complete(*opened.type("New.trope", "{{‸"))
    assert len(found.items) == MOST
    assert found.is_incomplete


def test_no_item_is_dropped_by_a_client_that_filters_letters(editor):
    found = complete(*editor(FILES).type("New.trope", "{{chekhov's g‸"))
    for item in found.items:
        letters = iter(item.filter_text.casefold())
        assert all(letter in letters for letter in "chekhov's g")


def test_a_long_line_is_not_read_from_its_start(editor):
    typed = editor(FILES).type("New.trope", "{{" * 200_000 + "chek‸")
    assert complete(*typed) is not None
