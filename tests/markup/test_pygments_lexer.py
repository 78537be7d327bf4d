"""The Pygments lexer: it colours what the parser found."""

from __future__ import annotations

from itertools import chain

import pytest
from pygments.token import Comment, Generic, Keyword, Name, Operator, String, Text

from sphinxcontrib_tropes.markup.pygments_lexer import TropeLexer

from ..conftest import ROOT
from ..editors.line_lexer import LineLexer
from ..linear_growth import assert_linear
from .spec_reader import read_spec

WIKI = sorted((ROOT / "demo_docs" / "wiki").rglob("*.trope"))


def kinds(text):
    tokens = list(TropeLexer().get_tokens_unprocessed(text))
    assert "".join(part for _, _, part in tokens) == text
    return list(chain.from_iterable([kind] * len(part) for _, kind, part in tokens))


def by_line(text):
    return list(chain.from_iterable([kind] * len(part) for kind, part in LineLexer().tokens(text)))


def coloured(text, kind):
    return [part for _, k, part in TropeLexer().get_tokens_unprocessed(text) if k is kind]


def test_the_wiki_looks_as_editors_show_it():
    for file in WIKI:
        text = file.read_text("utf-8")
        shown = zip(text, kinds(text), by_line(text), strict=True)
        assert [c for c, one, other in shown if one is not other and c != "\n"] == [], file


def test_only_what_the_parser_alone_knows_is_coloured_otherwise_than_in_editors():
    texts = [e.input for e in read_spec() if not set("\r\ufeff") & set(e.input)]
    others = [text for text in texts if kinds(text + "\n") != by_line(text + "\n")]
    assert len(others) < 80  # 900 examples, many of them of marks that are text


@pytest.mark.parametrize(
    ("text", "kind", "parts"),
    [
        ("see {{Funny\nAnimal}}s", Name.Tag, ["{{Funny\n", "Animal}}s"]),
        ("[[Page a\nlabel]]", Name.Tag, ["[[Page a\n", "label]]"]),
        ("(:titel A b:) c", Name.Decorator, []),
        ("(:title A b:)", Name.Decorator, ["(:title A b:)"]),
        ("(:nolinkwikiwords:)\nSomeWord {{B}}", Name.Tag, ["{{B}}"]),
        ("[[note]]\na[[/note]] b", Operator, ["[[note]]", "[[/note]]"]),
        ("[[note]]\n\na\n[[/note]]", Keyword, ["[[note]]", "[[/note]]"]),
        ("[[folder:a]] * b [[/folder]]", Keyword, ["[[folder:", "]]", "* ", "[[/folder]]"]),
        ("a\n====\n\nb\nc\n====", Generic.Heading, ["===="]),
        ("(:source:)\nSomeWord\n(:sourceend:)", String, ["SomeWord\n"]),
        ("%red%''SomeWord''%% b", String, ["%red%", "%%"]),
        ("{{a [=b\nc=] d}} [=x=]", String.Escape, ["[=b\n", "c=]", "[=x=]"]),
        ("||a||{{b}}||", Keyword, ["||", "||", "||"]),
        ("%% SomeWord", Comment, ["%% SomeWord"]),
        ("", Text, []),
    ],
)
def test_what_the_parser_finds_is_coloured(text, kind, parts):
    assert coloured(text, kind) == parts


@pytest.mark.parametrize(
    "piece", ["[[a ", "||a", "[=a=]", "[[folder:a]]", "%red%", "* a\n", " a\n"]
)
def test_the_time_is_linear(piece):
    assert_linear(lambda size: kinds(piece * size), 500)
