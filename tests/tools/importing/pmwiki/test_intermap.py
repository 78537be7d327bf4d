"""Links to other wikis become addresses."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.importing.pmwiki import prefixes_in

from .shared import page_of

MAP = {"Ours": "https://example.org/", "Deep": "https://example.org/$1.html"}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("See Ours:Page.", "See [[https://example.org/Page | Ours:Page]]."),
        ("[[Ours:A page]]s", "[[https://example.org/A%20page | Ours:A page]]s"),
        ("[[Ours:Page#there|label]]", "[[https://example.org/Page#there |label]]"),
        ("[[label -> Ours:Page]]", "[[label -> https://example.org/Page]]"),
        ("[[(Ours:)Page]]", "[[https://example.org/Page | Page]]"),
        ("[[Ours:Page|+]]", "[[https://example.org/Page | Ours:Page]]"),
        ("[[Ours:. | home]]", "[[https://example.org/ | home]]"),
        ("Deep:a/b", "[[https://example.org/a/b.html | Deep:a/b]]"),
        ("[[Ours:été | l'été]]", "[[https://example.org/%C3%A9t%C3%A9 | l'été]]"),
        ("(:redirect Ours:Page:)", "→ https://example.org/Page"),
        ("Ours: a list, Ours:, MyOurs:x Other:x http://Ours:x [=Ours:x=]", None),
        ("[[https://example.org/ | see Ours:Page]]", None),
        (
            '[[Ours:X"a tip"]] [[Ours:X"a tip"|y]]',
            "[[https://example.org/X | Ours:X]] [[https://example.org/X |y]]",
        ),
        ("[[Path:/file | the file]]", "the file"),
        ("[[Theirs:Page | the page]], [[(Theirs:)Page]]", "the page, Page"),
        ("[[MAILTO:ada@example.org | Ada]]", None),
    ],
)
def test_a_link_of_the_intermap_is_an_address(typed, written):
    made = page_of(typed, intermap=MAP)
    assert made.text == (typed if written is None else written)
    assert bool(made.remarks) == (written is not None)


def test_an_intermap_is_read_line_by_line():
    text = """# a comment
Ours   https://example.org/
Deep:  https://example.org/$1.html
Here:  $ScriptUrl/
Bad:   javascript:alert(1)
Worse: https://example.org/"><script>
 Old   http://old.example.org/wiki?
"""
    assert prefixes_in(text) == MAP | {"Old": "http://old.example.org/wiki?"}


def test_the_maps_of_a_wiki_are_found_beside_its_pages(source, imported):
    head = b"version=pmwiki-2.2.0 ordered=1 urlencoded=1\ntext="
    folder = source(
        {
            "wiki.d/Film.A": head + b"Ours:X Farm:X Own:X Wikipedia:X\n",
            "wiki.d/Site.InterMap": head + b"Own: https://own.example.org/%0a",
            "local/localmap.txt": "Ours: https://example.org/\nWikipedia: https://de.wikipedia.org/wiki/\n",
            "local/farmmap.txt": "Ours: https://farm.example.org/\nFarm: https://farm.example.org/\n",
        }
    )
    pages, _ = imported(folder / "wiki.d")
    assert pages == {
        "Film/A.trope": b"[[https://example.org/X | Ours:X]] [[https://farm.example.org/X | Farm:X]] "
        b"[[https://own.example.org/X | Own:X]] [[https://de.wikipedia.org/wiki/X | Wikipedia:X]]\n"
    }
