"""Pages without Sphinx, and their source in colours."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import html5lib
import pytest
from docutils.core import publish_string
from docutils.writers import get_writer_class
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Name, String

from sphinxcontrib_tropes.markup import Parser
from sphinxcontrib_tropes.markup.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """(:laconic Short.:)
!!Heading
* A FunnyAnimal, [[Film/TheMatrix the ''film'']] [[spoiler:dies]]. %% hidden
[=AsIs=]
[[folder:Fold]]
Text.
[[/folder]]
"""


def test_a_page_becomes_html_by_one_command(tmp_path: Path) -> None:
    source = tmp_path / "RedHerring.trope"
    source.write_text(PAGE, "utf-8")
    command = [sys.executable, "-m", "sphinxcontrib_tropes.markup", str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    page = html5lib.parse(done.stdout, namespaceHTMLElements=False)
    hrefs = [a.get("href") for a in page.iter("a")]
    assert hrefs == ["FunnyAnimal.html", "Film/TheMatrix.html"]
    assert [e.get("class") for e in page.iter("details")] == ["trope-folder"]


def test_a_writer_of_docutils_gets_nodes_that_it_knows() -> None:
    xml = publish_string(
        PAGE, source_path="Page.trope", parser=Parser(), writer=get_writer_class("xml")()
    )
    assert b"trope_" not in xml
    assert b"[spoiler: dies]" in xml


@pytest.mark.parametrize(
    ("typed", "element"),
    [
        ("{+l'Été+}", "ins"),
        ("{-l'Été-}", "del"),
        ("[[strike:l'Été]]", "s"),
        ("[-l'Été-]", "small"),
        ("[--l'Été--]", "small"),
        ("'-l'Été-'", "small"),
        ("'^l'Été^'", "sup"),
        ("'_l'Été_'", "sub"),
        ("[[rtl:l'Été]]", "bdi"),
    ],
)
def test_markup_becomes_the_element_that_means_it(typed: str, element: str) -> None:
    page = publish_string(f"See {typed}.", parser=Parser(), writer=Writer())
    html = html5lib.parse(page, namespaceHTMLElements=False)
    assert [e.text for e in html.iter(element)] == ["l'Été"]
    assert [e.get("dir") for e in html.iter("bdi")] == ["rtl"] * (element == "bdi")
    lowered = publish_string(typed, parser=Parser(), writer=get_writer_class("html5")())
    assert "l'Été" in lowered.decode()


def test_the_source_of_a_page_has_its_colours() -> None:
    tokens = list(get_lexer_by_name("trope").get_tokens(PAGE))
    assert "".join(text for _, text in tokens) == PAGE
    kinds = {text: kind for kind, text in tokens}
    assert kinds["(:laconic Short.:)"] is Name.Decorator
    assert kinds["!!Heading"] is Generic.Heading
    assert kinds["FunnyAnimal"] is Name.Tag
    assert kinds["* "] is Keyword
    assert kinds["%% hidden"] is Comment
    assert kinds["[=AsIs=]"] is String.Escape


def test_the_colours_of_formulas_and_programs_are_not_those_of_markup() -> None:
    typed = (
        "[[math]]\n* FunnyAnimal\n[[/math]] A FunnyAnimal\n"
        "(:source lang=c:)\n!! RedHerring\n\n(:sourceend:)\n"
        "(:source lang=c:)\n\n[@ L'Été No2 @]\n* an item\n[[math]]\n** another\n(:sourceend:)\n"
    )
    tokens = list(get_lexer_by_name("trope").get_tokens(typed))
    assert "".join(text for _, text in tokens) == typed
    kinds = {text: kind for kind, text in tokens}
    assert kinds["* FunnyAnimal\n"] is kinds["!! RedHerring\n"] is String
    assert kinds["FunnyAnimal"] is Name.Tag
    assert kinds["* "] is kinds["** "] is Keyword


def test_text_in_a_style_has_the_colours_of_its_markup() -> None:
    typed = "%red%A FunnyAnimal%% and %newwin%a [[RedHerring one]]\n%red%\n%red%%%\n"
    tokens = list(get_lexer_by_name("trope").get_tokens(typed))
    assert "".join(text for _, text in tokens) == typed
    kinds = {text: kind for kind, text in tokens}
    assert kinds["FunnyAnimal"] is kinds["[[RedHerring one]]"] is Name.Tag
    assert kinds["%red%"] is kinds["%newwin%"] is String
