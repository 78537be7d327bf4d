"""The properties of notes: names, tags, relations, and what has no meaning here."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.importing.readers import Unwanted
from sphinxcontrib_tropes.tools.importing.readers.markdown.front_matter import front_matter
from sphinxcontrib_tropes.tools.importing.tree import Link, Paragraph, Picture, Text, WebLink

from .markdown_pages import READER, blocks, document, kinds


def test_names_of_a_note() -> None:
    text = "\ufeff---\r\ntitle: 'Über: alles'\r\naliases:\r\n  - One\r\n  - Two, too\r\nalias: Drei\r\n---\r\nText"
    head = READER.head("Folder/Note", text)
    assert (head.name, head.group, head.title) == ("Note", "", "Über: alles")
    assert head.aliases == ("One", "Two", "too", "Drei")
    page = document(text)
    assert (page.title, page.aliases) == (head.title, head.aliases)
    assert page.blocks == (Paragraph((Text("Text"),)),)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("A/B/index", "B"),
        ("A/README", "A"),
        ("index", "index"),
        ("a:b", "a:b"),
        ("x/CON", "CON"),
        ("x/..", ".."),
        ("مرحبا", "مرحبا"),
        ("🦊 x#y", "🦊 x#y"),
        ("n" * 300, "n" * 300),
        ("pages/space/page", "page"),
    ],
)
def test_the_name_is_that_of_the_file(key: str, name: str) -> None:
    assert READER.head(key, "").name == name


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# The *first* one\n\na", "The first one"),
        ("\n\n# Note #\n\na", ""),
        ("# One\n\n# Two\n", ""),
        ("a\n\n# Late\n", ""),
        ("# See [[Dog]]\n\na", ""),
        ("---\ntitle: Own\n---\n# Other\n\na", "Own"),
        ("---\ntitle: Own\n---\n# own\n\na", "Own"),
    ],
)
def test_a_heading_at_the_start_is_the_title(text: str, title: str) -> None:
    assert READER.head("Note", text).title == title
    page = document(text, "Note")
    assert page.title == title
    words = repr(page.blocks)
    for word in ("first", "'Note'", "'own'"):
        assert word not in words
    for word in ("One", "Two", "Late", "Dog", "Other"):
        assert (word in text) == (word in words)


def test_properties_have_a_meaning_or_are_a_row() -> None:
    text = """---
up: "[[Animals|all]]"
Child:
  - "[[x/Puppy]]"
  - [[Whelp]]
related: [[A]]
see_also: plain words
author: "[[Zoë]] and [me](https://example.org/me), https://example.org"
rating: 007
seen: 2024-02-30
is-good: yes
empty:
nested: {a: 1, b: [x, "[[Y]]"]}
cover: "[[Pic 1.png]]"
image: pics/b.jpg
summary: "About [[Dogs|dogs]] & more"
categories: ["[[Pets]]", Mammals]
tags: barks, "#at night"
publish: true
created: 2020-01-01
---
Text"""
    text = text.replace('tags: barks, "#at night"', "tags: barks, loud")
    page = document(text)
    assert page.relations == (
        ("subtrope-of", "Animals"),
        ("supertrope-of", "x/Puppy"),
        ("supertrope-of", "Whelp"),
        ("compare", "A"),
    )
    assert page.categories == ("barks", "loud", "Pets", "Mammals")
    assert page.description == "About dogs & more"
    fields = dict(page.fields)
    assert fields["see_also"] == (Text("plain words"),)
    assert fields["author"] == (
        Link("Zoë", (Text("Zoë"),)),
        Text(" and "),
        WebLink("https://example.org/me", (Text("me"),)),
        Text(", "),
        WebLink("https://example.org"),
    )
    assert fields["rating"] == (Text("007"),)
    assert fields["seen"] == (Text("2024-02-30"),)
    assert fields["is-good"] == (Text("yes"),)
    assert fields["nested"] == (Text("a: 1, b: x, "), Link("Y", (Text("Y"),)))
    assert fields["cover"] == (Picture("Pic 1.png"),)
    assert fields["image"] == (Picture("pics/b.jpg"),)
    assert "empty" not in fields
    assert kinds(text) == ["property publish: left out", "property created: left out"]


def test_a_note_that_says_it_is_no_page_for_readers_is_told() -> None:
    assert kinds("---\npublish: false\n---\n") == [
        "page that says publish: false: comes in all the same"
    ]


def test_properties_of_logseq() -> None:
    text = "title:: Über Katzen\nalias:: cats, felines\ntags:: [[Pets]], fur\nup:: [[Animals]]\n\n- Text"
    head = READER.head("pages/x", text)
    assert (head.title, head.aliases) == ("Über Katzen", ("cats", "felines"))
    page = document(text)
    assert page.categories == ("Pets", "fur")
    assert page.relations == (("subtrope-of", "Animals"),)
    assert "title::" not in repr(page.blocks)


def test_two_colons_in_text_are_no_property() -> None:
    assert "std::vector" in repr(blocks("std::vector is a type"))
    assert "std::vector" in repr(blocks("a\n\nstd::vector is a type"))


def test_a_heading_of_a_page_in_length_is_no_title() -> None:
    text = "# " + "word " * 1000
    assert READER.head("x", text).title == ""
    assert len(blocks(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "---\nnot closed\n\n# A\n",
        "---\n\nprose between lines\n\n---\n\nmore",
        "--- \n- a\n- b\n---\nmore",
    ],
)
def test_text_between_lines_is_no_property(text: str) -> None:
    assert document(text).fields == ()
    assert all(word in repr(blocks(text)) for word in ("prose", "more") if word in text)


def test_no_yaml_is_read_line_by_line() -> None:
    text = "---\ntitle: A: B\naliases:\n  - x\nwhere: @home\nbad: [unclosed\nup: [[A]], [[B]]\n---\nText"
    page = document(text)
    assert page.title == "A: B"
    assert page.aliases == ("x",)
    assert dict(page.fields)["where"] == (Text("@home"),)
    assert "[unclosed" in repr(page.fields)
    assert page.relations == (("subtrope-of", "A"), ("subtrope-of", "B"))
    assert page.blocks == (Paragraph((Text("Text"),)),)
    assert kinds(text) == ["properties that are no YAML: read line by line"]


BOMBS = {
    "aliases": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: T\n",
    "itself": "a: &a [*a]\ntitle: T\n",
    "deep": "a: " + "[" * 100_000 + "\ntitle: T\n",
    "many": "a: [" + "x, " * 60_000 + "]\ntitle: T\n",
    "object": "a: !!python/object/apply:os.system [echo]\ntitle: T\n",
    "tab": "\ta: b\ntitle: T\n",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_in_the_properties_leaves_the_page(name: str) -> None:
    text = f"---\n{BOMBS[name]}---\nText"
    page = document(text)
    assert page.title == "T"
    assert page.blocks == (Paragraph((Text("Text"),)),)
    assert len(repr(page)) < 2 * len(text) + 5000


def test_properties_of_ten_megabytes_are_one_sentence() -> None:
    text = "---\n" + "a: b\n" * 2_000_000 + "---\nText"
    assert document(text).blocks == (Paragraph((Text("Text"),)),)
    assert kinds(text) == ["properties of more than 256 kB: not read"]
    assert READER.head("x", text).name == "x"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("x", "---\nexcalidraw-plugin: parsed\n---\n"),
        ("x", "---\ncreated: <% tp.date.now() %>\n---\n"),
        ("Templates/Day", "# {{date}}\n"),
        ("a/_templates/Day", "<% tp.file.title %>"),
        (".trash/Old", "a"),
        ("a/.obsidian/x", "a"),
        ("logseq/bak/x", "a"),
    ],
)
def test_what_is_not_for_readers_is_unwanted(key: str, text: str) -> None:
    with pytest.raises(Unwanted):
        READER.head(key, text)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("Templates", "{{date}}"),
        ("Templates/About", "How we use them."),
        ("x", "Write `<% tp.file.title %>`."),
        ("x", "---\nkanban-plugin: board\n---\n## To do\n"),
    ],
)
def test_what_may_be_for_readers_is_a_page(key: str, text: str) -> None:
    assert READER.head(key, text).name


def test_words_are_those_that_readers_see() -> None:
    text = (
        "---\ntitle: Shown\ncssclass: hidden\n---\n> [!hidden] Shown\n\n%%hidden%% <!--hidden-->\n"
        "```hidden\nshown\n```\n[[hidden|shown]] [[hidden/Shown#shown]] [shown](hidden.md) "
        "![[hidden.png]] <b class=hidden>shown</b> https://hidden.org ^hidden\n"
        "```\nshown %%shown%%\n"
    )
    found = {word.casefold() for word in READER.words(text)}
    assert found == {"shown"}


def test_line_ends_of_all_systems_part_properties() -> None:
    assert front_matter("---\ra: b\r---\rText").properties == (("a", "b"),)
