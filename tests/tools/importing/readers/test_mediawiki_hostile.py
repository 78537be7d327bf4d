"""Wikitext that means to take long, or to break the reader."""

from __future__ import annotations

import random
from time import process_time

import pytest

from sphinxcontrib_tropes.tools.importing.readers.mediawiki import READER

from .mediawiki_pages import kinds, read, show

SIZE = 30_000
SECONDS = 4.0
"""Linear time needs a tenth of it; quadratic time many times more."""

REPEATED = [
    *(
        "{{",
        "[[",
        "{{a|",
        "[[a|",
        "{{{",
        "{{{a|",
        "}}",
        "]]",
        "{{a}} ",
        "{{a|b}}",
        "[[a|b]] ",
        "{{!}}",
        "{{(!}}\n",
    ),
    *(
        "<b>",
        "<div>",
        "<ref>",
        "<ref name=a/>",
        "<ref name=a>",
        "<td>",
        "<li>",
        "</b>",
        "<div ",
        "<a b='",
        "<nowiki>",
    ),
    *(
        "<table><tr><td>",
        "<small>\n*",
        "<tabber>a=",
        "<math>",
        "<poem>",
        "<!--",
        "\n<!-- -->",
        "<gallery>\na|[[b\n",
    ),
    *(
        "''",
        "'''x",
        "''[[a|''",
        "a ''b'' '''c''' ",
        "==a\n",
        "=",
        "== a ==\n",
        "*",
        "*a\n",
        "*#",
        ";a:b\n",
        "\n:",
        "\n x",
    ),
    *("{|\n", "\n{|\n|", "\n{|\n|a\n|}\n", "||", "!!", "\n|", "\n|-", "\n{|\n!a||", "\n{|\n|a='"),
    *(
        "[http://a ",
        "http://a",
        "a http:",
        "&",
        "&amp;",
        "-{zh:",
        "~",
        "__TOC",
        "[[File:a|",
        "[[Category:",
        "[[/",
        "[[../",
    ),
    *(
        "{{#if:",
        "{{#switch:a|",
        "{{lc:",
        "{{main|",
        "{{cite web|title=",
        "{{a|<b>",
        "<b>[[",
        "[[a\n",
        "#redirect",
    ),
]


@pytest.mark.parametrize("piece", REPEATED)
def test_time_is_linear(piece):
    text = piece * (SIZE // len(piece))
    before = process_time()
    read(text)
    list(READER.words(text))
    READER.head("Here", text)
    assert process_time() - before < SECONDS


NESTED = {
    "templates": ("{{a|", "x", "}}"),
    "functions": ("{{#if:y|", "x", "}}"),
    "functions in conditions": ("{{#ifeq:{{lc:", "x", "}}|x|y}}"),
    "cases": ("{{lc:", "x", "}}"),
    "citations": ("{{cite web|a=1|b=2|title=", "", "}}"),
    "names": ("{{", "x", "}}"),
    "links": ("[[a|", "x", "]]"),
    "files": ("[[File:a.png|thumb|", "x", "]]"),
    "tags": ("<div>", "x", "</div>"),
    "tables": ("\n{|\n|\n", "x", "\n|}"),
    "notes": ("<ref name=a>", "x", "</ref>"),
    "tabs": ("<tabber>a=", "x", "</tabber>"),
    "parameters": ("{{{a|", "x", "}}}"),
}


@pytest.mark.parametrize("name", NESTED)
@pytest.mark.parametrize("depth", [50, 3000])
def test_nesting_is_bounded(name, depth):
    opening, inner, closing = NESTED[name]
    before = process_time()
    read(opening * depth + inner + closing * depth)
    assert process_time() - before < SECONDS


def test_nesting_that_is_too_deep_is_told_and_its_text_kept():
    document, remarks = read("{{nowrap|" * 100 + "x" + "}}" * 100)
    assert show(document.blocks) == f"Paragraph[{'{{nowrap|' * 40}x{'}}' * 40}]"
    assert {remark.kind for remark in remarks.found} == {"nested more than 60 deep: shown as text"}


def test_links_behind_thousands_of_unclosed_openings_are_found():
    for opening in ("{{", "[[", "<b>", "<div>", "[http://x ", "{{a|"):
        assert "Link(target=Found)" in show(read(opening * 3000 + "\n\n[[Found]]")[0].blocks)


def test_a_remark_of_the_same_kind_is_not_made_thousands_of_times():
    assert len(kinds("<foo>" * 5000 + "</foo>")) < 200


def test_no_mixture_breaks_the_reader():
    chance = random.Random(16)
    pieces = [
        *REPEATED,
        "|",
        "\n",
        " ",
        "x",
        "猫",
        "|}",
        "</table>",
        "</ref>",
        "-->",
        "</nowiki>",
        "}}}",
        "=",
        ":",
    ]
    for _ in range(400):
        text = "".join(chance.choices(pieces, k=chance.randrange(1, 40)))
        read(text, rules={"a": "$1 [[b]] $*"})
        list(READER.words(text))


def test_marks_of_the_reader_in_a_text_are_no_marks():
    assert show(read("a\U0010fff00\U0010fff1b\U0010fff2 <nowiki>c</nowiki>")[0].blocks) == (
        "Paragraph[a\ufffd0\ufffdb\ufffd c]"
    )
