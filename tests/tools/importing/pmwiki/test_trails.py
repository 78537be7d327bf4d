"""Trails make pages members of an index."""

from __future__ import annotations

import pytest

from .shared import page_of


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("<<|HorrorIndex|>>\n\nText\n", "Text\n\n[[!Film/HorrorIndex]]\n"),
        ("Text <|[[Books/An index | +]]|> more", "Text  more\n\n[[!Books/An index]]\n"),
        ("^|[[{$Group}/Alien3(#a#b)]]|^ <<|Alien3|>>\nText", "Text\n\n[[!Film/Alien3]]\n"),
        ("<<|[[the way -> Books.Ocean11#top]]|>>", "[[!Books/Ocean11]]\n"),
        ("<<|Page|>>\nText", "Text"),
        ("<<|{$Other}|>>Text", "Text"),
        ("[=<<|A|>>=] a || b | c |>> d", "[@<<|A|>>@] a || b | c |>> d"),
    ],
)
def test_a_trail_is_a_membership(typed, written):
    assert page_of(typed).text.strip() == written.strip()


def test_lists_of_a_page_that_others_name_as_their_trail_are_an_index():
    text = "A\n* [[Alien3]]\n** [[Blade-Runner]]\nB\n* no link\n"
    made = page_of(text, trails=["film.page"])
    assert made.text.startswith(
        "A\n[[index]]\n* [[Film/Alien3]]\n** [[Film/Blade-Runner]]\n[[/index]]\nB\n* no"
    )
    assert "its list is an index: other pages name it as their trail" in made.remarks


def test_a_trail_is_known_before_its_page_is_rewritten(source, imported):
    head = b"version=pmwiki-2.2.0 ordered=1 urlencoded=1\ntext="
    pages, report = imported(
        source(
            {
                "Film.Index": head + b"* [[One]]%0a* [[Two]]%0a",
                "Film.One": head + b"%3c%3c|Index|>>%0aText",
                "Film.Two": head + b"%3c|[[Books/Index]]|>",
                "Film.Other": head + b"* [[One]]%0a",
                "Film.GroupFooter": head + b"%3c|[[{*$Group}/Other]]|>",
            }
        )
    )
    assert pages["Film/Index.trope"] == b"[[index]]\n* [[Film/One]]\n* [[Film/Two]]\n[[/index]]\n"
    assert pages["Film/One.trope"] == b"Text\n\n[[!Film/Index]]\n"
    assert pages["Film/Two.trope"] == b"[[!Books/Index]]\n"
    assert pages["Film/Other.trope"] == b"[[index]]\n* [[Film/One]]\n[[/index]]\n"
    assert "Books" in report["namespaces"]
