"""What stands in a line of Markdown."""

from __future__ import annotations

import re

import pytest

from sphinxcontrib_tropes.tools.importing.tree import (
    Break,
    Code,
    Inline,
    Link,
    Markup,
    Math,
    MathBlock,
    Note,
    Paragraph,
    Picture,
    Styled,
    Text,
    WebLink,
)

from .markdown_pages import blocks, document, kinds, line

STYLES = {
    "*Łódź*": Styled("emphasis", (Text("Łódź"),)),
    "**O’Neil**": Styled("strong", (Text("O’Neil"),)),
    "~~old~~": Styled("strike", (Text("old"),)),
    "==nota bene==": Styled("strong", (Text("nota bene"),)),
    "<u>7</u>": Styled("insert", (Text("7"),)),
    "<sub>2</sub>": Styled("subscript", (Text("2"),)),
    "<sup>ª</sup>": Styled("superscript", (Text("ª"),)),
    "<mark>x</mark>": Styled("strong", (Text("x"),)),
    "<kbd>Ctrl</kbd>": Code("Ctrl"),
    "`a*b`": Code("a*b"),
    "`` a`b ``": Code("a`b"),
    "$e^{i\\pi}$": Math("e^{i\\pi}"),
}


@pytest.mark.parametrize("source", STYLES)
def test_a_style_stays(source: str) -> None:
    assert line(f"ein {source} da") == (Text("ein "), STYLES[source], Text(" da"))


def test_styles_hold_other_markup() -> None:
    assert line("==the *very* [[Cat]]==") == (
        Styled(
            "strong",
            (
                Text("the "),
                Styled("emphasis", (Text("very"),)),
                Text(" "),
                Link("Cat", (Text("Cat"),)),
            ),
        ),
    )


def test_tags_that_cross_each_other_lose_no_text() -> None:
    (first, *rest) = line("<b>a *b</b> c* d")
    assert isinstance(first, Styled)
    assert "".join(piece.text for piece in rest if isinstance(piece, Text)) == " c d"


def test_comments_are_gone_except_in_code() -> None:
    assert line("a%%hidden *x*%%b<!-- and this -->c `%%d%%`") == (Text("abc "), Code("%%d%%"))


def test_a_comment_of_several_paragraphs_is_gone() -> None:
    text = "before\n%%\n# not a heading\n\n- [[Hidden]]\n%%\nafter"
    assert blocks(text) == (Paragraph((Text("before"),)), Paragraph((Text("after"),)))


def test_text_behind_the_end_of_a_comment_stays() -> None:
    assert blocks("%%\na\n%% *b*") == (Paragraph((Styled("emphasis", (Text("b"),)),)),)


@pytest.mark.parametrize(
    "text", ["%% never closed\n\nmore", "<!-- never closed\n\nmore", "<script>\n\nmore"]
)
def test_what_is_never_closed_hides_nothing(text: str) -> None:
    assert blocks(text)[-1] == Paragraph((Text("more"),))


@pytest.mark.parametrize(
    "text",
    ["$5 and $6", "from $5-$6 up", "costs 5$ or 6 $", "US$ 20, $ 30", "a \\$x\\$ b", "$"],
)
def test_money_is_no_formula(text: str) -> None:
    assert not any(isinstance(piece, Math) for piece in line(text))


def test_a_formula_of_its_own_is_a_block() -> None:
    assert blocks("$$\na\n\nb\n$$\n\n$$x$$") == (MathBlock("a\n\nb"), MathBlock("x"))
    assert line("see $$x$$ here")[1] == Math("x")


def test_a_formula_in_a_quotation_has_no_marks_of_it() -> None:
    assert "MathBlock(tex='a\\nb')" in repr(blocks("> $$\n> a\n> b\n> $$"))


def test_lines_are_kept_as_obsidian_shows_them() -> None:
    assert line("Roses are red,\nviolets blue  \nend") == (
        Text("Roses are red,"),
        Break(),
        Text("violets blue"),
        Break(),
        Text("end"),
    )


def test_lines_that_an_editor_filled_are_one_paragraph() -> None:
    text = (
        "This paragraph was written in an editor that breaks its lines at\n"
        "seventy columns or so, as many writers of Markdown do. Nobody who\n"
        "reads it expects to see where those breaks are, and none is shown\n"
        "here either."
    )
    assert line(text) == (Text(text.replace("\n", " ")),)


def test_lines_of_a_wrapped_page_are_lines_where_a_word_had_room() -> None:
    wrapped = (
        "This paragraph was written in an editor that breaks its lines at\n"
        "seventy columns or so, as many writers of Markdown do. Nobody who\n"
        "reads it expects to see where those breaks are, and none is shown\n"
        "here either."
    )
    found = blocks(f"{wrapped}\n\nRoses are red,\nviolets blue")
    assert "Break()" not in repr(found[0])
    assert "Break()" in repr(found[1])


def test_two_long_lines_of_a_note_stay_two() -> None:
    text = "**Written by:** a great many people whose names make a line long\n**In:** 1900"
    assert "Break()" in repr(blocks(text))


def test_a_break_of_html_at_the_end_of_a_line_is_one_break() -> None:
    assert line("a<br>\nb<BR/>c") == (Text("a"), Break(), Text("b"), Break(), Text("c"))


def test_tags_stay_as_text_and_become_memberships() -> None:
    page = document(
        "---\ntags: [Fables, '#zwölf/Katzen']\n---\nOn #näher-dran and #a/b, not#this, #12 or `#code`."
    )
    assert page.categories == ("Fables", "zwölf/Katzen", "näher-dran", "a/b")
    assert page.blocks[0] == Paragraph(
        (Text("On #näher-dran and #a/b, not#this, #12 or "), Code("#code"), Text("."))
    )


def test_tags_that_differ_in_case_alone_are_one() -> None:
    assert document("---\ntags: Łódź\n---\n#łódź #ŁÓDŹ #x").categories == ("Łódź", "x")


def test_a_note_stands_at_its_place() -> None:
    assert line("A[^n1] b^[short *one*].\n\n[^n1]: Long.\n\n    Two.") == (
        Text("A"),
        Note((Paragraph((Text("Long."),)), Paragraph((Text("Two."),)))),
        Text(" b"),
        Note((Paragraph((Text("short "), Styled("emphasis", (Text("one"),)))),)),
        Text("."),
    )


def test_a_note_that_no_text_refers_to_is_not_lost() -> None:
    assert "Lonely" in repr(blocks("a\n\n[^x]: Lonely"))
    assert "Second" in repr(blocks("a[^x]\n\n[^x]: First\n\n[^x]: Second"))


def test_notes_that_refer_to_themselves_end() -> None:
    text = "a[^x]\n\n[^x]: b[^y]\n\n[^y]: c[^x][^y]"
    found = repr(blocks(text))
    assert "'b'" in found
    assert "'c'" in found


def test_a_long_note_is_said_once() -> None:
    text = "[^x]" * 3000 + "\n\n[^x]: " + "word " * 500
    assert repr(blocks(text)).count("word word word") < 600


def test_a_reference_without_a_note_is_text() -> None:
    assert line("see [^missing]") == (Text("see [^missing]"),)


def test_a_block_with_an_id_is_a_place_to_lead_to() -> None:
    assert line("The quick fox. ^fox-1") == (Markup("[[#fox-1]]"), Text("The quick fox."))
    assert blocks("| a |\n|---|\n\n^tab")[0] == Paragraph((Markup("[[#tab]]"),))


def test_bare_addresses_are_links() -> None:
    assert line("See https://example.org/a_(b)_c, (https://example.org/x).") == (
        Text("See "),
        WebLink("https://example.org/a_(b)_c"),
        Text(", ("),
        WebLink("https://example.org/x"),
        Text(")."),
    )


def test_escapes_and_entities_are_their_characters() -> None:
    assert line("\\*a\\* \\[\\[b\\]\\] &amp; &#8211; &copy; \\#c") == (Text("*a* [[b]] & – © #c"),)


def test_what_is_no_tag_of_html_is_text() -> None:
    assert line("Dear <your name>, hello") == (Text("Dear <your name>, hello"),)


def test_a_tag_without_meaning_is_told_and_its_text_stays() -> None:
    assert line('<span style="x">red</span> <font>blue</font>') == (Text("red blue"),)
    assert kinds("<span>red</span>") == ["HTML <span>: its text is kept"]


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("![[Mona Lisa.PNG]]", Picture("Mona Lisa.PNG")),
        ("![[a b.png|100]]", Picture("a b.png", width=100)),
        ("![[a.svg|100x50]]", Picture("a.svg", width=100)),
        ("![[a.webp|The *cat*|right|80]]", Picture("a.webp", "The *cat*", 80, "right")),
        ("![Ein Bär|120](img/B%C3%A4r%20x.jpg)", Picture("img/Bär x.jpg", "Ein Bär", 120)),
        ("![](<img/a b.gif>)", Picture("img/a b.gif")),
        ("![x](https://example.org/a.png)", Picture("https://example.org/a.png", "x")),
        ('<img src="../a.png" width="64px" alt="An &amp; b">', Picture("../a.png", "An & b", 64)),
    ],
)
def test_a_picture_stays_where_it_is(source: str, piece: Inline) -> None:
    assert line(f"see {source} there") == (Text("see "), piece, Text(" there"))
    assert blocks(source) == (piece,) or source.startswith("<")


def test_no_note_stands_in_a_note() -> None:
    text = "a^[b[^x] c^[d]]\n\ne[^x] f[^y]\n\n[^x]: g\n\n[^y]: h^[i][^x]"
    found = repr(blocks(text))
    for word in "abcdefghi":
        assert re.search(rf"[' (]{word}[' )]", found)
    assert found.count("Note(") == 3


def test_an_exponent_in_a_cell_is_no_id() -> None:
    assert "'10 ^2'" in repr(blocks("| a |\n|---|\n| 10 ^2 |"))


def test_blocks_of_html_in_a_line_begin_lines() -> None:
    assert line("a<p/>b <div>c</div> d") == (
        Text("a"),
        Break(),
        Text("b "),
        Break(),
        Text("c"),
        Break(),
        Text(" d"),
    )
