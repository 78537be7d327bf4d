"""Org's pages: heads, links by id and title, and what Pandoc makes of the rest."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.importing.readers import Page
from sphinxcontrib_tropes.tools.importing.readers.org import READER
from sphinxcontrib_tropes.tools.importing.readers.pandoc.blocks import Blocks
from sphinxcontrib_tropes.tools.importing.readers.pandoc.process import find_pandoc
from sphinxcontrib_tropes.tools.importing.remarks import Remarks
from sphinxcontrib_tropes.tools.importing.tree import (
    Heading,
    Link,
    List,
    Paragraph,
    Picture,
    Text,
    WebLink,
)

ROAM = """\
:PROPERTIES:
:ID:       2f9e-AB
:ROAM_ALIASES: "The Ünder World" Hell
:END:
#+title: Under World's  End
#+filetags: :place:dark:
#+Filetags: deep

* A heading
:PROPERTIES:
:ID: head-1
:ROAM_ALIASES: no
:END:
text
"""

needs_pandoc = pytest.mark.skipif(not find_pandoc(), reason="there is no Pandoc")


def read(text, remarks=None):
    return READER.read(text, Page("notes/a", remarks or Remarks(), {}))


def test_the_head_has_title_aliases_and_ids():
    head = READER.head("notes/20240102030405-under_world", ROAM)
    assert head.name == "Under World's End"
    assert head.aliases == ("The Ünder World", "Hell")
    assert head.keys == ("20240102030405-under_world", "id:2f9e-AB", "id:head-1")


def test_a_page_without_title_has_the_name_of_its_file():
    assert READER.head("notes/20240102030405-under_world", "x").name == "under world"
    assert READER.head("20240102", "").name == "20240102"


def test_ids_are_looked_up_as_ids_alone():
    assert list(READER.keys("id:2F9e-ab", "notes/a")) == [READER.folded("id:2f9e-AB")]
    assert list(READER.keys("../b_c.org", "notes/a")) == ["b c", "../b c"]


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("id:2f9e", ("id:2f9e", "")),
        ("id:2f9e::*Some heading", ("id:2f9e", "Some heading")),
        ("file:a%20b.org::*H", ("a b.org", "H")),
        ("a.org::#custom", ("a.org", "custom")),
        ("#custom", ("", "custom")),
        ("https://x.org/a::b#c", ("https://x.org/a::b", "c")),
    ],
)
def test_targets(target, found):
    assert READER.spelled(target) == found


def test_links_that_pandoc_does_not_know_lead_to_headings_or_pages():
    def spurious(target):
        span = ["", ["spurious-link"], [["target", target]]]
        emphasis = {"t": "Emph", "c": [{"t": "Str", "c": target}]}
        return {"t": "Para", "c": [{"t": "Span", "c": [span, [emphasis]]}]}

    header = {"t": "Header", "c": [1, ["h", [], []], [{"t": "Str", "c": "Here"}]]}
    nodes = [header, *map(spurious, ("*Here", "Here", "Elsewhere"))]
    blocks = Blocks({"blocks": nodes}, Remarks(), READER.spelled).read()
    assert blocks[1:] == (
        Paragraph((Link("", (Text("Here"),), "Here"),)),
        Paragraph((Link("", (Text("Here"),), "Here"),)),
        Paragraph((Link("Elsewhere", (Text("Elsewhere"),)),)),
    )


def test_a_link_to_a_heading_of_the_page_by_its_id_leads_to_the_heading():
    header = {"t": "Header", "c": [1, ["h-1", [], []], [{"t": "Str", "c": "Here"}]]}
    link = {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": "x"}], ["id:h-1", ""]]}
    blocks = Blocks(
        {"blocks": [header, {"t": "Para", "c": [link]}]}, Remarks(), READER.spelled
    ).read()
    assert blocks[1] == Paragraph((Link("", (Text("x"),), "Here"),))


def test_words_leave_out_keywords_and_targets():
    assert list(READER.words("#+title: x\n:ID: y\na [[id:1][b]] c\n:ID:\n")) == ["a", "b]]", "c"]


@needs_pandoc
def test_a_page_of_org_roam():
    found = read(ROAM)
    assert found.title == "Under World's End"
    assert found.categories == ("place", "dark", "deep")
    assert found.blocks == (Heading(1, (Text("A heading"),)), Paragraph((Text("text"),)))


@needs_pandoc
def test_the_links_of_org():
    text = "[[id:2f9e][x]] [[id:2f9e]] [[file:b.org::*H][y]] [[https://x.org]] [[file:c.png]] z"
    assert read(text).blocks == (
        Paragraph(
            (
                Link("id:2f9e", (Text("x"),)),
                Text(" "),
                Link("id:2f9e"),
                Text(" "),
                Link("b.org", (Text("y"),), "H"),
                Text(" "),
                WebLink("https://x.org"),
                Text(" "),
                Picture("c.png"),
                Text(" z"),
            )
        ),
    )


@needs_pandoc
def test_the_last_item_stays_and_quotes_are_as_typed():
    assert read('- a\n- it\'s "b"').blocks == (
        List(((Paragraph((Text("a"),)),), (Paragraph((Text('it\'s "b"'),)),))),
    )


@needs_pandoc
def test_what_is_included_and_tags_of_headings_are_left_out_with_a_remark():
    remarks = Remarks()
    found = read('#+INCLUDE: "/etc/passwd" src\n* H :tag:\n', remarks)
    assert found.blocks == (Heading(1, (Text("H"),)),)
    assert [remark.kind for remark in remarks.found] == [
        "#+INCLUDE: left out",
        "tag of a heading: left out",
    ]
