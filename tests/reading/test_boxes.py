"""The words of boxes that have no title of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxcontrib_tropes.markup.constructs.callouts import TITLES
from sphinxcontrib_tropes.reading import boxes

from ..conftest import having_class, text_of

if TYPE_CHECKING:
    from ..conftest import Site

PAGE = """\
[[box:FAQ]]
one
[[/box]]
[[box:info:Mine]]
two
[[/box]]
[[box:seealso]]
* [[box:x]]
[[/box]]
[[box:warning]]
four
[[/box]]
"""
INDEX = "Wiki\n====\n\n.. trope-markup::\n\n   [[box:bug]]\n   five\n   [[/box]]\n"


def test_each_kind_has_words() -> None:
    assert boxes._WORDS.keys() == TITLES.keys() - {"seealso"}


def test_a_box_without_a_title_gets_the_words_of_its_kind(site: Site) -> None:
    site.write({"index.rst": INDEX, "ÉtéNo2.trope": PAGE}).build()
    titles = [text_of(e) for e in having_class(site.page("ÉtéNo2"), "admonition-title")]
    assert titles == ["Question", "Mine", "See also", "Warning"]
    assert text_of(having_class(site.page("index"), "bug")[0]) == "Bug five"


def test_words_are_in_the_language_of_the_project(site: Site) -> None:
    site.write({"ÉtéNo2.trope": PAGE}).build(language="de")
    titles = [text_of(e) for e in having_class(site.page("ÉtéNo2"), "admonition-title")]
    assert titles[2:] == ["Siehe auch", "Warnung"]
