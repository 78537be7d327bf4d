"""Tables of wikitext and of tags."""

from __future__ import annotations

import pytest

from .mediawiki_pages import kinds, shown


def cell(words, facts=""):
    return f"Cell{f'({facts})' if facts else ''}[Paragraph[{words}]]"


TABLES = {
    "cells before the first row mark": (
        '{| class="x"\n! a !! b\n|-\n| c || d\n|}',
        f"Table[{cell('a', 'is_header=True')} | {cell('b', 'is_header=True')} / {cell('c')} | {cell('d')}]",
    ),
    "a caption, and comments between": (
        "{|\n|+ style='x' | The ''cap''\n<!-- one -->\n|-\n<!-- two -->\n| a\n| b\n|}",
        f"Table[{cell('a')} | {cell('b')} The  Styled(style=emphasis)[cap]]",
    ),
    "spans and alignment": (
        '{|\n| colspan="2" align=right | a\n|-\n| rowspan=3 style="text-align: center" | b || c\n|}',
        f"Table[{cell('a', 'columns=2, align=right')} / {cell('b', 'rows=3, align=center')} | {cell('c')}]",
    ),
    "absurd spans are cut": (
        "{|\n| colspan=99999999 rowspan=-1 | a || b\n|}",
        f"Table[{cell('a', 'columns=100')} | {cell('b')}]",
    ),
    "bars in links part no cells": (
        "{|\n| [[a|b]] || [[c|d]]\n|}",
        f"Table[{cell('Link(target=a)[b]')} | {cell('Link(target=c)[d]')}]",
    ),
    "lists and paragraphs in cells": (
        "{|\n|\n* a\n* b\n| c\n\nd\n|}",
        "Table[Cell[List[Paragraph[a] * Paragraph[b]]] | Cell[Paragraph[c] Paragraph[d]]]",
    ),
    "nested tables": (
        "{|\n| a\n|\n{|\n| b || c\n|}\n| d\n|}",
        f"Table[{cell('a')} | Cell[Table[{cell('b')} | {cell('c')}]] | {cell('d')}]",
    ),
    "an unclosed table ends with the page": ("{|\n| a || b", f"Table[{cell('a')} | {cell('b')}]"),
    "tags in a cell end with it": (
        "{|\n| <b>a\n| b</b>\n|}",
        f"Table[{cell('a')} | {cell('b')}]",
    ),
    "an indented table": (":{|\n| a || b\n|}", f"Table[{cell('a')} | {cell('b')}]"),
    "signs alone in a cell": ("{|\n| - || *\n|}", f"Table[{cell('-')} | {cell('*')}]"),
    "a frame of one cell": ("{|\n| a\n|}", "Paragraph[a]"),
    "empty tables": ("{|\n|}a", "Paragraph[a]"),
    "of tags, not closed": (
        "<table border=1><caption>x</caption><tr><th>a<td colspan=2>b<tr><td>[[c]]</table>",
        f"Table[{cell('a', 'is_header=True')} | {cell('b', 'columns=2')} / {cell('Link(target=c)[c]')} x]",
    ),
    "bars by a template": (
        "{{Box|\n{{{!}}\n{{!}} a {{!}}{{!}} b\n{{!}}}\n}}",
        f"Table[{cell('a')} | {cell('b')}]",
    ),
    "text behind": ("{|\n| a || b\n|}\nc", f"Table[{cell('a')} | {cell('b')}] Paragraph[c]"),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables(name):
    text, expected = TABLES[name]
    assert shown(text) == expected


def test_rows_that_templates_make_are_told():
    text = "{|\n! a !! b\n{{row|c|d=[[e]]}}\n|-\n| f\n|}"
    header = f"{cell('a', 'is_header=True')} | {cell('b', 'is_header=True')}"
    assert (
        shown(text) == f"Table[{header} / {cell('c')} | {cell('Link(target=e)[e]')} / {cell('f')}]"
    )
    assert kinds(text) == ["template {{row}} in a table: its arguments are a row"]


def test_a_template_alone_in_a_cell_is_its_first_argument():
    assert shown("{|\n| {{item|Ünï sword}} || b\n|}") == f"Table[{cell('Ünï sword')} | {cell('b')}]"


def test_a_rule_makes_a_row():
    made = shown("{|\n| a || b\n{{row|c|d}}\n|}", rules={"row": "''$1''"})
    assert made == f"Table[{cell('a')} | {cell('b')} / Cell[Paragraph[Markup[''] c Markup['']]]]"


def test_a_mark_behind_a_bar_or_a_tag_is_text():
    table = "{|\n| # of lines || * x\n|-\n|\n# one\n| : y\n|}"
    assert shown(table) == (
        "Table[Cell[Paragraph[# of lines]] | Cell[Paragraph[* x]] / "
        "Cell[List(is_ordered=True)[Paragraph[one]]] | Cell[Paragraph[: y]]]"
    )
    assert shown("<table><tr><td># of lines</td><td>b</td></tr></table>") == (
        "Table[Cell[Paragraph[# of lines]] | Cell[Paragraph[b]]]"
    )
    assert shown("<div># a</div>") == "Paragraph[# a]"


def test_what_a_row_of_a_template_says_of_things_is_a_cell():
    table = "{|\n! a !! b\n{{row|class=Warrior|height=3 m}}\n|}"
    assert shown(table).endswith("Cell[Paragraph[Warrior]] | Cell[Paragraph[3 m]]]")


def test_how_a_row_of_a_template_looks_is_no_cell():
    table = "{|\n! a !! b\n{{row|header=c|headerstyle=background:#fff|d}}\n|}"
    assert shown(table) == (
        "Table[Cell(is_header=True)[Paragraph[a]] | Cell(is_header=True)[Paragraph[b]] / "
        "Cell[Paragraph[c]] | Cell[Paragraph[d]]]"
    )
