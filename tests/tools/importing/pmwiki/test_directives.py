"""Directives of PmWiki."""

from __future__ import annotations

import pytest

from ....linear_growth import assert_linear
from .shared import page_of


@pytest.mark.parametrize(
    ("typed", "written", "told"),
    [
        ("a\n(:searchbox size=40:)\nb", "a\nb", "a form needs a server"),
        ("a (:input text x value=3:) b", "a  b", "a form needs a server"),
        ("(:attachlist:)", "", "made by the server"),
        ("(:noleft:)\nx", "x", "about the page around"),
        ("(:section:)x(:sectionend:)", "x", "a mark of a region"),
        ("(:include Alien3#a#b:)", "(:include Film/Alien3#a:)", "embeds a page, without"),
        ("(:include Alien3#Äb:)", "(:include Film/Alien3#äb:)", "still embeds a page"),
        ("* (:include Alien3:)", "* [[Film/Alien3]]", "embeds a page inside a line"),
        (
            "(:include Nothing Books.Ocean11 lines=3:)",
            "(:include Books/Ocean11:)",
            "embeds a page, without",
        ),
        ("(:include {$FullName}:)", "", "repeats its own page"),
        ("(:include Site.SideBar:)", "", "is not here"),
        ('(:skill "Gunnery Skills" level=4 V:)', "Gunnery Skills V", "its words are kept"),
        ("(:map #anchor zoom=3:)", "", "is not known here"),
        ("x(:footnote Not ''all''.:)", "x[[note]]Not ''all''.[[/note]]", "is a note"),
        (
            "(:Audience: authors, [[!Readers]] :)",
            "(:comment Audience: authors, [[!Readers]]:)\n\n[[!Category/Readers]]\n",
            "as a comment",
        ),
        (
            "(:details summary='More':)\nx\n(:detailsend:)",
            "[[folder:More]]\n\nx\n\n[[/folder]]",
            "is a folder",
        ),
    ],
)
def test_a_directive_becomes_what_it_stands_for(typed, written, told):
    made = page_of(typed)
    assert made.text.strip("\n") == written.strip("\n")
    assert [remark for remark in made.remarks if told in remark]


def test_a_kind_is_told_once_for_a_page():
    made = page_of("(:input text a:)\n(:input text b:)\nx\n(:input submit:)")
    assert made.told == [(1, "(:input:) is left out: a form needs a server (3 times)")]


@pytest.mark.parametrize(
    "text",
    [
        "(:title A: b:)",
        "(:summary What it is:) (:keywords a, b:)",
        "(:toc:)\n(:toc-float:)",
        "(:table border=1:)\n(:cellnr:) a\n(:cell:) b\n(:tableend:)",
        "(:div2 class=x:)\na\n(:div2end:)",
        "(:source lang=python:)",
        "(:comment no one sees it:)",
        "(:comment a:) (:title b:)(:summary c:) (:toc:)",
        "(: a smile :) and ;-:) (:)",
        "(:not closed\n\nor closed late:)",
        "[=(: as typed :)=]",
    ],
)
def test_what_is_read_here_stays(text):
    made = page_of(text)
    assert made == (text, []) or "toc-float" in text


def test_what_is_not_shown_is_taken_out_of_a_line():
    made = page_of("* a (:comment b:) c (:Size: 4:) d (:title E:)f (:keywords g:)\nh")
    assert made.text == "* a  c  d f \nh\n\n(:title E:)\n(:keywords g:)\n"
    assert made.remarks == [
        "(:comment b:) stood inside a line; left out",
        "(:Size: 4:) stood inside a line; left out",
        "(:title E:) is on a line of its own now",
        "(:keywords g:) is on a line of its own now",
    ]


def test_comments_and_titles_of_several_lines_are_on_one():
    made = page_of("(:comment a\nb:)\n(:title A\nlong one:)")
    assert made.text == "(:comment a b:)\n(:title A long one:)"


def test_directives_in_a_table_of_contents_with_a_star_lose_it():
    assert page_of("(:*toc:)\nx").text == "(:toc:)\nx"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("(:markup:)\n[[a b]] [@c@]\n(:markupend:)", " [=[[a b]] [@c@]=]"),
        ("(:markup class=horiz:)[[a b]](:markupend:) x", "[@\n[[a b]]\n@]\nx"),
        ("(:markup caption='It is':)\nx\n(:markupend:)", "''It is''\n[@\nx\n@]"),
        ("a (:markup:) [=[[a]]=] b", "a \n[@\n[[a]]\n@]\n b"),
        ("(:markup:)\n[@a=]=]\n@]\n(:markupend:)", " [=[@a==][=]==][=]=]\n [=@]=]"),
        ("(:markup:)[[One]]", "[[Film/One]]"),
        ("[[One]](:markupend:)", "[[Film/One]]"),
        ("[=call('{$Name}')=] [=Ada (or {$Name})=]", "[@call('{$Name}')@] [=Ada (or {$Name})=]"),
        (
            "[=||=] [= * (:if x:) b =] [=$Var = '{$Name}';=]",
            "[@||@] [@* (:if x:) b@] [@$Var = '{$Name}';@]",
        ),
        (
            "[=John [[x]]=] [=JavaScript=] [=* item=] [=$ 5=]",
            "[=John [[x]]=] [=JavaScript=] [=* item=] [=$ 5=]",
        ),
    ],
)
def test_an_example_of_markup_is_code(typed, written):
    assert page_of(typed).text == written


@pytest.mark.parametrize(
    "piece",
    ["(:a ", "(:a x:)", "(:comment ", "(:markup:)", "(:input x:)", "{$a", "{$Name}", "{a$Name} ", "(:if ", "(:if x:)",
     "<<|", "<<|a|>>", "Attach:", "Attach:a.png", "Wiki:", "Wiki:a ", "[[", "%a", "`A", "`AbCd ", "(:markupend:)",
     "* [[a", "{(", "$[a"],
)  # fmt: skip
def test_a_long_line_takes_no_longer_for_each_of_its_letters(piece):
    assert_linear(lambda count: page_of(piece * count), 1000)
