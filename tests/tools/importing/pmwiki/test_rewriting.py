"""Any page of PmWiki comes out in trope markup, and each change is told with its line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from .shared import page_of

PIECES = st.sampled_from(
    ["(:", "(:if ", "(:if false:)", "(:else:)", "(:ifend:)", ":)", "[[", "]]", "|", "->", "{$", "}", "{*$Name}",
     "$[", "]", "Attach:", "a.png", "\n", " ", "[=", "=]", "[@", "@]", "(:markup:)", "(:markupend:)", "<<|", "|>>",
     "!", "~", "Wikipedia:", "Film.", "Ocean's 11", "(:pagelist group=", "(:include ", "(:comment ", "(:title ",
     "(:X: y:)", "''", "`AbCd", "%red%", "%%", "*", "(:redirect ", "(:input", "(:details summary=", "+", "?action=edit",
     "#top", '"', "{(a)}", "(:footnote ", "(:*toc:)", "||", "\r", "\x00", "https://e.org/"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=3), max_size=30), st.booleans())
def test_any_text_of_pmwiki_is_rewritten_and_its_remarks_have_lines(pieces, wikiwords):
    made = page_of(
        "".join(pieces), wikiwords=wikiwords, uploads=["Film/a.png"], trails=["film.page"]
    )
    lines = [line for line, _ in made.told]
    assert lines == sorted(lines)
    assert all(1 <= line <= made.text.count("\n") + 1 for line in lines)


def test_what_has_been_rewritten_stays():
    text = (
        "(:title A:)\n[[A b]] {$Name} <<|Index|>>\n(:if false:)x(:ifend:)\n(:pagelist group=Film:)\n"
        "Wikipedia:X [[!C]] Attach:a.png\n(:markup:)\n[[a]]\n(:markupend:)\n(:footnote y:)\n[[Alien3|+]]\n"
    )
    once = page_of(text, uploads=["Film/a.png"])
    again = page_of(once.text, uploads=["Film/a.png"])
    assert again.text == once.text
    assert not again.remarks
    assert once.remarks


def test_a_definition_without_a_term_is_indented_unless_it_goes_on_with_one():
    made = page_of("a\n: :b\n:c:d\n: :e\n: :f\n\n: : g")
    assert made.text == "a\n->b\n:c:d\n: :e\n: :f\n\n->g"
    assert [line for line, _ in made.told] == [2, 7]


def test_terms_have_no_blanks_before_them():
    made = page_of("x\n: a b : c\n::  d: e\n: : f\n: no term\n")
    assert made == (
        "x\n:a b : c\n::d: e\n: : f\n: no term\n",
        [(2, "terms lose the blanks before them")],
    )


def test_a_page_in_main_keeps_its_short_names():
    made = page_of("[[Page]] [[Books/Ocean11]] <<|Index|>>", "Main.Page")
    assert made.text == "[[Page]] [[Books/Ocean11]]\n\n[[!Main/Index]]\n"
