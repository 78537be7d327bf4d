"""Lists of pages are written out, or left to the panel of backlinks."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.importing.pmwiki import WikiPage

from .shared import page_of

ALL = "* [[Film/Alien3 | Alien³]]\n* [[Film/Blade-Runner]]\n* [[Film/Page]]\n* [[Film/ÉtéMort]]"


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("group=Film", ALL),
        ("group={$Group} fmt=#simple list=normal", ALL),
        ("group=%newwin%[[Film/Film|Film]] fmt=simple", ALL),
        (
            "group=film name=*a*",
            "* [[Film/Alien3 | Alien³]]\n* [[Film/Blade-Runner]]\n* [[Film/Page]]",
        ),
        (
            "group=F*,-Books name=-P*,-B* order=-name",
            "* [[Film/ÉtéMort]]\n* [[Film/Alien3 | Alien³]]",
        ),
        (
            "group=Film order=time count=3 name=-Page",
            "* [[Film/Blade-Runner]]\n* [[Film/ÉtéMort]]\n* [[Film/Alien3 | Alien³]]",
        ),
        ("name=Books.Ocean11", "* [[Books/Ocean11 | Ocean's 11]]"),
        ("group=Film count=1", "* [[Film/Alien3 | Alien³]]"),
        ("group=Nothing", ""),
        ("group=Film Category.Sad", "[[Category/Sad]]"),
        ("Category Sad", "[[Category/Sad]]"),
        ("!Sad fmt=simple", "[[Category/Sad]]"),
        ("link=Alien3", "[[Film/Alien3 | Alien³]]"),
        ("group=Film two words", ""),
        ("group=Film $:Colour=red", ""),
        ("", ""),
    ],
)
def test_a_list_is_what_it_finds(query, written):
    made = page_of(f"a\n(:pagelist {query}:)\nb")
    assert made.text == (f"a\n{written}\nb" if written else "a\nb")
    assert len(made.remarks) == 1


@pytest.mark.parametrize(
    "query", ["link={$FullName}", "group=Film {$Name}", "{$FullName}", "fmt=simple link=Page"]
)
def test_backlinks_are_left_to_their_panel(query):
    made = page_of(f"a\n(:pagelist {query}:)\nb")
    assert made.text == "a\nb"
    (remark,) = made.remarks
    assert remark.endswith("lists the pages that link here: its backlinks do; left out")


def test_a_long_list_is_cut_and_says_so():
    pages = [WikiPage("Film", f"P{number}") for number in range(600)]
    made = page_of("(:pagelist group=Film order=random:)", pages=pages)
    assert made.text.count("* [[") == 500
    assert "601 pages, of which 500 are listed, by name and not order=random" in made.remarks[0]
