"""What stands on lines of its own in Markdown."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.importing.tree import (
    Callout,
    Cell,
    CodeBlock,
    DefinitionList,
    Heading,
    Link,
    List,
    Markup,
    Paragraph,
    Picture,
    Quotation,
    Rule,
    Styled,
    Table,
    Text,
)

from .markdown_pages import blocks, kinds


def said(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def test_headings_of_both_kinds() -> None:
    assert blocks("# A\n\nB\n===\n\nC *c*\n---\n\n###### D ######") == (
        Heading(1, (Text("A"),)),
        Heading(1, (Text("B"),)),
        Heading(2, (Text("C "), Styled("emphasis", (Text("c"),)))),
        Heading(6, (Text("D"),)),
    )


def test_a_tag_at_the_head_of_a_line_is_no_heading() -> None:
    assert blocks("#tag here") == (said("#tag here"),)


def test_lists_and_what_is_in_them() -> None:
    text = "- a\n\n  more\n- b\n  1. c\n  2. d\n- ```py\n  x\n  ```"
    assert blocks(text) == (
        List(
            (
                (said("a"), said("more")),
                (said("b"), List(((said("c"),), (said("d"),)), is_ordered=True)),
                (CodeBlock("x", "py"),),
            )
        ),
    )


def test_a_list_that_starts_later_is_told() -> None:
    assert len(kinds("7. a\n8. b")) == 1


def test_tasks_have_a_box() -> None:
    text = "- [ ] a\n- [x] **b**\n- [-] c\n- [/] d\n1. [X] e\n- [ ]\n- [y] f\n- [a](b) g"
    found = repr(blocks(text))
    for piece in ("☐ ", "a", "☑ ", "☒ ", "☐ ", "☑ ", "☐", "[y] f"):
        assert f"Text(text='{piece}" in found
    assert "[ ]" not in found
    assert kinds("- [/] d") == ["task of a state of its own: an open task"]


def test_a_callout_keeps_kind_title_and_blocks() -> None:
    text = "> [!warning] Mind the *gap*\n> It is\n>\n> - wide"
    assert blocks(text) == (
        Callout(
            "warning",
            (Text("Mind the "), Styled("emphasis", (Text("gap"),))),
            (said("It is"), List(((said("wide"),),))),
        ),
    )


@pytest.mark.parametrize(
    ("head", "kind", "title", "is_folded"),
    [
        ("[!NOTE]", "note", (), False),
        ("[!tip]-", "tip", (), True),
        ("[!tldr]+ Kurz", "tldr", (Text("Kurz"),), False),
        ("[!my-own]", "my-own", (Text("My own"),), False),
        ("[!note|left] T", "note", (Text("T"),), False),
        ("[!日本]- 題", "日本", (Text("題"),), True),
    ],
)
def test_heads_of_callouts(head: str, kind: str, title: tuple[Text, ...], is_folded: bool) -> None:
    assert blocks(f"> {head}") == (Callout(kind, title, (), is_folded),)


def test_callouts_stand_in_one_another() -> None:
    (outer,) = blocks("> [!question] Q\n> > [!todo]- T\n> > > plain")
    assert outer == Callout(
        "question",
        (Text("Q"),),
        (Callout("todo", (Text("T"),), (Quotation((said("plain"),)),), is_folded=True),),
    )


def test_a_callout_right_below_a_paragraph_is_one() -> None:
    assert len(blocks("text\n> [!note] x\n> y")) == 2


def test_a_quotation_is_no_callout() -> None:
    assert blocks("> [a]\n> b") == blocks("> \\[a]\n> b")


def test_code_keeps_its_language() -> None:
    assert blocks("```C++ {.x}\na\n\n b\n```\n\n    in\n     dented") == (
        CodeBlock("a\n\n b", "C++"),
        CodeBlock("in\n dented"),
    )


@pytest.mark.parametrize("name", ["mermaid", "dataview", "query", "base"])
def test_code_that_a_program_computes_is_kept_and_told(name: str) -> None:
    assert blocks(f"```{name}\nTABLE x\n```") == (CodeBlock("TABLE x"),)
    assert kinds(f"```{name}\nTABLE x\n```") == [f"```{name}: kept as code"]


def test_a_table_keeps_alignment_and_bars() -> None:
    text = "| a | `b\\|c` |\n|:--|--:|\n| ![[x.png\\|20]] | |\n| [[D\\|d]] | e<br>f | lost |"
    (table,) = blocks(text)
    assert isinstance(table, Table)
    head, first, second = table.rows
    assert head[0] == Cell((said("a"),), is_header=True, align="left")
    assert first == (
        Cell((Picture("x.png", width=20),), align="left"),
        Cell((), align="right"),
    )
    assert second[0].blocks == (Paragraph((Link("D", (Text("d"),)),)),)


def test_definitions() -> None:
    assert blocks("Term *one*\n: First\n: Second\n\nOther\n: Third") == (
        DefinitionList(
            (
                (
                    (Text("Term "), Styled("emphasis", (Text("one"),))),
                    (said("First"), said("Second")),
                ),
                ((Text("Other"),), (said("Third"),)),
            )
        ),
    )


def test_rules_and_pictures_stand_alone() -> None:
    assert blocks("***\n![[a.png]]\n\n---") == (Rule(), Picture("a.png"), Rule())


def test_details_are_folded() -> None:
    text = "<details>\n<summary>More <b>here</b></summary>\n\n- *a*\n\n</details>\n\nafter"
    folded, after = blocks(text)
    assert folded == Callout(
        "",
        (Text("More "), Styled("strong", (Text("here"),))),
        (List(((Paragraph((Styled("emphasis", (Text("a"),)),)),),)),),
        is_folded=True,
    )
    assert after == said("after")


def test_html_has_its_meaning() -> None:
    text = (
        "<h2>Head</h2>\n<p>One <i>two</i><br>three</p>\n<ul><li>a<li>b<ol><li>c</li></ol></ul>\n"
        "<table><caption>Cap</caption><tr><th>x<td colspan=2>y</table>\n<pre>\n a\n b\n</pre>"
    )
    heading, paragraph, listed, table, code = blocks(text)
    assert heading == Heading(2, (Text("Head"),))
    assert isinstance(paragraph, Paragraph)
    assert listed == List(((said("a"),), (said("b"), List(((said("c"),),), is_ordered=True))))
    assert table == Table(
        ((Cell((said("x"),), is_header=True), Cell((said("y"),), columns=2)),), (Text("Cap"),)
    )
    assert code == CodeBlock(" a\n b")


def test_scripts_are_left_out_and_told() -> None:
    assert blocks("<script>\nalert('[[x]]')\n</script>\n\na") == (said("a"),)
    assert kinds("<script>\nx\n</script>") == ["HTML <script>: left out"]


def test_a_tag_of_html_closes_nothing_of_markdown() -> None:
    text = "> a\n> </blockquote></ul></details>\n>\n> b"
    (quotation,) = blocks(text)
    assert isinstance(quotation, Quotation)
    assert "'b'" in repr(quotation)


def test_what_html_leaves_open_ends_with_what_is_around_it() -> None:
    text = "- a\n\n  <details><summary>s</summary>\n\n  b\n\n- c"
    (found,) = blocks(text)
    assert isinstance(found, List)
    assert len(found.items) == 2


def test_logseq_keeps_no_marks_of_its_program() -> None:
    text = (
        "- A thought\n  collapsed:: true\n  :LOGBOOK:\n  CLOCK: [2024-01-01 Mon 10:00:00]\n  :END:\n"
        "\t- below\n\t  rating:: 5"
    )
    found = repr(blocks(text))
    assert "collapsed" not in found
    assert "CLOCK" not in found
    assert "LOGBOOK" not in found
    assert "rating:: 5" in found


def test_the_id_of_an_item_is_in_the_item() -> None:
    assert blocks("- a ^x\n- b") == (
        List(((Paragraph((Markup("[[#x]]"), Text("a"))),), (said("b"),))),
    )


def test_headings_in_an_outline_head_what_is_below_them() -> None:
    text = "- Intro\n- ## Ältere\n\t- a\n\t\t- ### too deep\n\t- ## In between\n\t\t- b\n- c"
    assert blocks(text) == (
        List(((said("Intro"),),)),
        Heading(2, (Text("Ältere"),)),
        List(((said("a"), List(((Paragraph((Styled("strong", (Text("too deep"),)),)),),))),)),
        Heading(2, (Text("In between"),)),
        List(((said("b"),),)),
        List(((said("c"),),)),
    )


def test_blocks_of_logseq_between_begin_and_end() -> None:
    text = (
        "#+BEGIN_TIP\nDo *it*\n- a\n#+END_TIP\n-\n  #+begin_quote\n  Q\n  #+end_quote\n"
        "#+BEGIN_SRC python\nx = 1\n#+END_SRC\n#+BEGIN_COMMENT\nhidden\n#+END_COMMENT\n#+BEGIN_NOTE\nopen"
    )
    tip, listed, code, paragraph = blocks(text)
    assert tip == Callout(
        "tip",
        (),
        (Paragraph((Text("Do "), Styled("emphasis", (Text("it"),)))), List(((said("a"),),))),
    )
    assert listed == List(((Quotation((said("Q"),)),),))
    assert code == CodeBlock("x = 1", "python")
    assert "#+BEGIN_NOTE" in repr(paragraph)
    assert "hidden" not in repr(paragraph)


def test_a_block_of_logseq_ends_in_its_own_item() -> None:
    text = "- #+BEGIN_NOTE\n- b\n- #+BEGIN_NOTE\n  c\n  #+END_NOTE"
    (listed,) = blocks(text)
    assert isinstance(listed, List)
    assert len(listed.items) == 3
    assert listed.items[2] == (Callout("note", (), (said("c"),)),)


def test_admonitions_in_fences_are_callouts() -> None:
    text = "````ad-warning\ntitle: Mind the *gap*\ncollapse: closed\n\nIt is\n```ad-note\n- [ ] wide\n```\n````"
    assert blocks(text) == (
        Callout(
            "warning",
            (Text("Mind the "), Styled("emphasis", (Text("gap"),))),
            (
                said("It is"),
                Callout("note", (), (List(((Paragraph((Text("☐ "), Text("wide"))),),)),)),
            ),
            is_folded=True,
        ),
    )


def test_a_place_is_made_before_code() -> None:
    assert blocks("```\na\n```\n^here") == (Paragraph((Markup("[[#here]]"),)), CodeBlock("a"))


def test_what_markdown_does_not_show_is_told() -> None:
    assert kinds("| a | b\\|c |\n|---|---|\n| 1 | 2 |\n| 1 | 2\\|3 | lost |\n") == [
        "cells beyond the last column of a table: left out"
    ]
    assert kinds('```py title="Lost"\nx\n```') == ["options behind the language of code: left out"]
    assert kinds("```{python}\nx\n```") == []


def test_a_language_that_nobody_can_highlight_is_left_out() -> None:
    assert blocks("```Klingon\nx\n```") == blocks("```plain\nx\n```") == (CodeBlock("x"),)
    assert kinds("```Klingon\nx\n```") == ["a language that can't be highlighted: left out"]
    assert kinds("```plain\nx\n```") == []
