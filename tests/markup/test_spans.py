"""Spans: where the markup of a source is, as the parser reads it."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter

import pytest
from docutils import nodes

from sphinxcontrib_tropes.markup import MarkupSettings
from sphinxcontrib_tropes.markup.dialect import DIALECT
from sphinxcontrib_tropes.markup.nodes import trope_link, trope_page
from sphinxcontrib_tropes.markup.page import page_section
from sphinxcontrib_tropes.markup.spans import read_with_spans
from sphinxcontrib_tropes.names import PageName

from ..conftest import ROOT
from ..linear_growth import assert_linear
from .linear_time import REPEATED
from .spec_reader import read_spec

NAME = PageName("Main", "Seen")
SETTINGS = MarkupSettings()
TEXTS = {f"{e.file.name}:{e.line}": e.input for e in read_spec()} | {
    str(file): file.read_text("utf-8") for file in sorted((ROOT / "demo_docs").rglob("*.trope"))
}


def read_plainly(text: str) -> tuple[nodes.section, list[tuple[int, str]]]:
    warnings: list[tuple[int, str]] = []
    return page_section(text, NAME, SETTINGS, lambda *warned: warnings.append(warned)), warnings


def spans(text: str, construct: str) -> list[str]:
    read = read_with_spans(text, NAME, SETTINGS)
    return [text[s.start : s.end] for s in read.spans if s.construct == construct]


def parts(text: str, construct: str) -> list[tuple[str, str]]:
    read = read_with_spans(text, NAME, SETTINGS)
    return [(s.part, text[s.start : s.end]) for s in read.spans if s.construct == construct]


def names(text: str) -> list[tuple[str, str, str]]:
    read = read_with_spans(text, NAME, SETTINGS)
    return [(n.role, n.page, text[n.start : n.end]) for n in read.names]


def spelled(text: str) -> list[str]:
    return [name[2] for name in names(text)]


def warned(text: str) -> list[str]:
    read = read_with_spans(text, NAME, SETTINGS)
    return [text[slice(*report.about)] for report in read.reports if report.about]


# -- the parser decides


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_page_and_its_warnings_are_those_of_any_reading(text):
    plain, warnings = read_plainly(text)
    read = read_with_spans(text, NAME, SETTINGS)
    assert read.section.pformat() == plain.pformat()
    assert [report[:2] for report in read.reports] == warnings


@pytest.mark.parametrize("seed", range(40))
def test_random_pages_are_read_the_same_and_all_their_links_are_found(seed):
    chance = random.Random(seed)
    lines = [line for c in DIALECT.constructs for line in c.example.split("\n")]
    pieces = [
        *lines,
        *REPEATED,
        "\n",
        "\n",
        "\n\n",
        "\\\n",
        "\r\n",
        " ",
        "SomeWord",
        "{{A b}}",
        "e\u0301",
    ]
    for _ in range(10):
        text = "".join(chance.choice(pieces) for _ in range(chance.randint(2, 30)))
        plain, warnings = read_plainly(text)
        read = read_with_spans(text, NAME, SETTINGS)
        assert read.section.pformat() == plain.pformat()
        assert [report[:2] for report in read.reports] == warnings
        links = Counter((node["target"], node.line) for node in plain.findall(trope_link))
        names = Counter((n.page, n.line) for n in read.names if n.role in ("link", "redirect"))
        assert names == links, text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_name_that_counts_is_found_and_no_other(text):
    read = read_with_spans(text, NAME, SETTINGS)
    page = next(read.section.findall(trope_page))
    wanted = Counter(
        ("link", node["target"], node["section"], node.line)
        for node in read.section.findall(trope_link)
    )
    if page["redirect"]:
        link = next(read.section.findall(trope_link))
        wanted[link["target"] and ("link", link["target"], link["section"], link.line)] -= 1
        wanted["redirect", page["redirect"], link["section"], link.line] += 1
    found = Counter(
        (name.role, name.page, name.section, name.line)
        for name in read.names
        if name.role in ("link", "redirect")
    )
    assert found == +wanted
    aliases = [name.page for name in read.names if name.role == "alias"]
    assert list(dict.fromkeys(aliases)) == page["aliases"]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_name_is_where_it_is_spelled(text):
    for name in read_with_spans(text, NAME, SETTINGS).names:
        typed = text[name.start : name.end]
        if name.context == "link":
            typed = typed.removeprefix("[[").removesuffix("]]")
        found = SETTINGS.namespaces.page_name(typed)
        assert "[=" in typed or str(found) == name.page


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_positions_are_those_of_the_text_as_written(text):
    windows = "\ufeff" + unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    here, there = (read_with_spans(t, NAME, SETTINGS) for t in (text, windows))
    assert len(here.spans) == len(there.spans)
    for one, other in zip(here.spans, there.spans, strict=True):
        typed = windows[other.start : other.end].replace("\r\n", "\n")
        assert one.construct == other.construct
        assert unicodedata.normalize("NFC", typed) == unicodedata.normalize(
            "NFC", text[one.start : one.end]
        )


# -- where it is


def test_what_a_program_or_an_equation_takes_is_no_markup():
    text = "(:source:)\nAWikiWord\n(:sourceend:) BehindIt\n[[math]]\nInIt [[a b]]\n[[/math]]"
    assert spelled(text) == ["BehindIt"]
    assert spans(text, "program") == ["(:source:)\nAWikiWord\n(:sourceend:)"]
    assert spans(text, "equation") == ["[[math]]\nInIt [[a b]]\n[[/math]]"]


def test_the_rest_of_a_line_starts_another_block():
    text = "[[folder:A FolderTitle]][[index]] * AnItem [[/index]] [[/folder]] * OtherItem"
    assert spelled(text) == ["FolderTitle", "AnItem", "OtherItem"]
    assert spans(text, "folder") == ["[[folder:A FolderTitle]]"]
    assert spans(text, "item") == ["* AnItem", "* OtherItem"]


def test_a_cell_is_found_behind_one_of_the_same_words():
    text = "||AbCd||{{Ab Cd}}||x {{Ab Cd}}||\n||~AbCd~||AbCd||"
    read = read_with_spans(text, NAME, SETTINGS)
    assert [n.start for n in read.names] == [2, 8, 21, 36, 43]


def test_a_label_is_found_behind_a_target_of_the_same_words():
    text = "[[é🎭 a&amp;b | é🎭 a&amp;b]]"
    assert [s.start for s in read_with_spans(text, NAME, SETTINGS).spans] == [0, 19]


def test_joined_lines_keep_their_positions():
    text = "* a \\\n  OneWord\\\\\nTwoWord \\\nThreeWord\n\n{{Four \\\nWords}}"
    assert spelled(text) == ["OneWord", "TwoWord", "ThreeWord", "{{Four \\\nWords}}"]


def test_escapes_may_stand_in_front_of_a_name_and_in_it():
    text = "[=a\n[[b c]]=] OneWord [@x@] {{C [=+=] D}} OtherWord"
    assert spelled(text) == ["OneWord", "{{C [=+=] D}}", "OtherWord"]
    assert spans(text, "escaped") == ["[=a\n[[b c]]=]", "[@x@]", "[=+=]"]


def test_styled_text_is_read_by_itself():
    assert spelled("%red%''OneWord'' [[Target ''label'']]%% TwoWord") == [
        "OneWord",
        "Target",
        "TwoWord",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[[Target a {{Label}} of SomeWord]]",
        "[[Target | a {{Label}}]]",
        "(:title A {{Page}}:)",
        "(:laconic of {{A Page}}:)",
        "(:nolinkwikiwords:)\nSomeWord",
        "`SomeWord www.example.org/SomeWord SomeWord.png",
        "%% SomeWord",
        " SomeWord",
    ],
)
def test_what_becomes_no_link_names_no_page(text):
    assert "SomeWord" not in spelled(text)
    assert not [n for n in spelled(text) if n.startswith("{{")]


def test_a_namespace_that_the_wiki_does_not_have_is_no_part_of_a_name():
    assert names("Film/AbCd Nope/AbCd Nope/{{Ab c}} Film/{{Ab c}}") == [
        ("link", "Film/AbCd", "Film/AbCd"),
        ("link", "Main/AbCd", "AbCd"),
        ("link", "Main/AbC", "{{Ab c}}"),
        ("link", "Film/AbC", "Film/{{Ab c}}"),
    ]


def test_properties_name_pages():
    text = "(:alias {{Foo, Bar}}, x/y:)(:relation subtrope-of [[Other]], {{Third One}}:)\n(:redirect [[Page#part]] quiet=1:)"
    assert names(text) == [
        ("alias", "Main/FooBar", "{{Foo, Bar}}"),
        ("alias", "Main/XY", "x/y"),
        ("relation", "Main/Other", "Other"),
        ("relation", "Main/ThirdOne", "{{Third One}}"),
        ("redirect", "Main/Page", "Page"),
    ]


def test_a_section_is_found_behind_the_name():
    text = "[[Page#The part x]] [[Page # a b|x]]\n[[{{C# x}}#y z]] [[Tom &#38; x -> Page#q]]\n(:redirect [[A#b c | x]]:)"
    read = read_with_spans(text, NAME, SETTINGS)
    assert [text[slice(*n.section_at)] for n in read.names if n.section_at] == [
        "The",
        "a b",
        "y",
        "q",
        "b c",
    ]
    assert [n.section for n in read.names] == ["the", "a-b", "y", "q", "b-c"]


def test_a_picture_may_be_a_link():
    text = "[[{{A Page}} [[quoteright:250:https://www.example.org/a.png]]]]"
    assert names(text) == [("link", "Main/APage", "{{A Page}}")]
    assert names(text.replace("https:", "gopher:")) == []


def test_a_heading_may_be_underlined():
    text = "OneWord and [[Other thing]]\n====="
    assert spelled(text) == ["OneWord", "Other"]


def test_a_mark_knows_its_partner_or_is_text():
    assert parts("[[spoiler:a]] [[spoiler:b", "spoiler") == [
        ("opens", "[[spoiler:"),
        ("closes", "]]"),
        ("opens", "[[spoiler:"),
    ]
    assert parts("''a'' [-b", "smaller") == [("text", "[-")]
    assert parts("''a'' ''", "emphasis") == [("opens", "''"), ("closes", "''"), ("text", "''")]


def test_what_is_shown_as_typed_is_text():
    assert parts("SomeWord www.example.org/SomeWord", "wikiword") == [
        ("whole", "SomeWord"),
        ("text", "SomeWord"),
    ]
    assert parts("{{a}} {{+}}", "braces") == [("whole", "{{a}}"), ("text", "{{+}}")]
    assert parts("`a b` `SomeWord", "unlinked") == [("whole", "`SomeWord")]
    assert parts("&amp;", "entity") == [("whole", "&amp;")]


def test_a_block_that_is_none_is_text():
    assert parts("[[note]]\na[[/note]] b", "note_block") == [("text", "[[note]]")]
    assert parts("(:titel of a:)", "property") == [("text", "(:titel of a:)")]


def test_groups_are_in_the_source_as_written():
    text = "e\u0301 [[Ta[=x=]rget | a label]]s"
    (span,) = [s for s in read_with_spans(text, NAME, SETTINGS).spans if s.construct == "piped"]
    assert {name: text[slice(*at)] for name, at in span.groups.items()} == {
        "piped_target": "Ta[=x=]rget ",
        "piped_label": " a label",
        "piped_suffix": "s",
    }


# -- warnings


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("é [[{{+}} ''x'']] and {{!}}", ["{{!}}", "[[{{+}}"]),
        ("a [[spoiler:b\nc ''d", ["[[spoiler:", "''"]),
        ("a [[/nte]]\n* b [[/folder]]", ["[[/nte]]", "[[/folder]]"]),
        ("(:alias +:)(:titel a:)", ["(:titel a:)", "(:alias +:)"]),
        ("  [[folder:A]] x\n[[folder:B]] y", ["[[folder:B]]"]),
        ("(:source nope=1 lang=nope:)\nx\n(:sourceend:)", 2 * ["(:source nope=1 lang=nope:)"]),
        ("[[nonsense:x]]", ["[[nonsense:x]]"]),
        ("text\n= [=x=] ``a b`` y", ["``a b``"]),
        ("[[color:nope: x]]", ["[[color:nope:"]),
        ("", [""]),
        ("\r\n\r\n", [""]),
    ],
)
def test_a_warning_has_the_markup_that_it_is_about(text, about):
    assert warned(text) == about


# -- time

LINES = {
    "cells": "||AbCd" * 40,
    "rows": "||AbCd||\n",
    "joined": "AbCd\\\n",
    "rests": "[[folder:a]][[/folder]]",
    "escapes": "[=a=]{{b[=c=]d}}",
    "letters": "e\u0301",
    "jamo": "\u1112\u1161\u11ab",
    "form feeds": "\f\n\fa",
    "returns": "a\r\n",
    "labels": "[[a | b {{c}} ''d'' ",
    "aliases": "(:alias a:)\n",
    "warned": "[[/a]]\n",
    "programs": "(:source:)\na\n(:sourceend:)",
}


@pytest.mark.parametrize("piece", [*REPEATED, *LINES.values()])
def test_the_time_is_linear(piece):
    count = max(1, 600 // len(piece))
    assert_linear(lambda size: read_with_spans(piece * size, NAME, SETTINGS), count)


def test_deep_nesting_is_read():
    read = read_with_spans("[[spoiler:" * 3000 + "SomeWord" + "]]" * 3000, NAME, SETTINGS)
    assert len(read.spans) == 6001
    assert isinstance(read.section, nodes.section)
