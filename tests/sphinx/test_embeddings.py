"""Pages that show other pages: ``(:include Page:)``."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from ..conftest import CONF, Site, having_class, text_of
from .reading import broken_links, duplicate_ids, links, warnings_of
from .test_incremental import snapshot

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

FILES: dict[str, str | bytes | None] = {
    "index.rst": "Home\n====\n\n.. toctree::\n   :glob:\n\n   */*\n",
    "a/L'Été No2.trope": "Before {{Mac Guffin}}.\n\n(:include MacGuffin:)\n\nAfter.\n",
    "b/MacGuffin.trope": (
        "It is [[B9]]. [[spoiler:Dead]], see [[#plan-b|plan]][[note]]A note.[[/note]]\n\n"
        "!Plan B\n* one [[#here]]\n* two {{Wanted One}}\n!!Deep\nend\n!Other\n"
        "[[folder:Ёж]]\nin\n[[/folder]]\n\n[[#from]]\nfirst\n\nsecond\n\n[[#to]]\nthird\n"
    ),
    "b/B9.trope": "I am B.\n(:include {{Mac Guffin}}#other:)\n",
    "c/rst page.rst": (
        "Rst page\n========\n\n.. trope:: Rst Page\n   :document:\n\n"
        "Look :doc:`../index`, a `Sec tion`_ and [1]_.\n\n"
        ".. trope-include:: B9\n\nSec tion\n--------\n\n.. [1] foot\n"
    ),
}


@pytest.fixture
def wiki(site: Site) -> Site:
    return site.write(dict(FILES))


def embedding(site: Site, name: str, builder: str = "html") -> Element:
    """The first embedding of a page."""
    return having_class(site.page(name, builder), "trope-embedding")[0]


def shown(site: Site, what: str, builder: str = "html") -> str:
    """What another page shows of *what*."""
    site.write({"c/Use.trope": f"(:include {what}:)\n"})
    site.build(builder)
    return " ".join(text_of(embedding(site, "c/Use", builder)).split())


def test_a_page_shows_another_at_its_place_and_says_where_it_is_from(wiki: Site) -> None:
    wiki.build()
    assert warnings_of(wiki) == []
    text = " ".join(text_of(embedding(wiki, "a/L'Été No2")).split())
    assert text.startswith("It is B 9. Dead, see plan")
    assert text.endswith("third Mac Guffin")
    whole = " ".join(text_of(wiki.page("a/L'Été No2")).split())
    assert whole.index("Before") < whole.index("It is B 9") < whole.index("After")


def test_a_spoiler_stays_covered_where_it_is_included(wiki: Site) -> None:
    wiki.build()
    (spoiler,) = having_class(embedding(wiki, "a/L'Été No2"), "trope-spoiler")
    assert text_of(spoiler) == "Dead"


def test_a_section_is_shown_with_its_heading(wiki: Site) -> None:
    assert shown(wiki, "MacGuffin#Plan B") == "Plan B one two Wanted One Deep end Mac Guffin"


@pytest.mark.parametrize(
    ("anchor", "text"), [("here", "one"), ("from", "first second"), ("to", "third")]
)
def test_an_anchor_stands_for_its_item_or_for_what_is_up_to_the_next(
    wiki: Site, anchor: str, text: str
) -> None:
    assert shown(wiki, f"MacGuffin#{anchor}") == f"{text} Mac Guffin"


def test_a_document_of_another_markup_is_shown_with_its_links(wiki: Site) -> None:
    assert shown(wiki, "RstPage").startswith("Look Home, a Sec tion and [1]. I am B.")
    found = {text_of(link): link.get("href") for link in links(embedding(wiki, "c/Use"))}
    assert found["Home"] == "../index.html"
    assert found["Rst page"] == "rst%20page.html"
    assert found["[1]"].startswith("#embedded-")


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_no_id_is_there_twice_and_no_link_leads_nowhere(wiki: Site, builder: str) -> None:
    wiki.write(
        {"c/Use.trope": "(:include MacGuffin:)\n(:include MacGuffin:)\n(:include RstPage:)\n"}
    )
    wiki.build(builder)
    if builder != "singlehtml":  # whose contents lead nowhere, by Sphinx itself
        assert broken_links(wiki.root / builder) == []
    name = "index" if builder == "singlehtml" else "c/Use"
    if builder != "dirhtml":
        assert duplicate_ids(wiki.page(name, builder)) == []


@pytest.mark.parametrize("builder", ["text", "latex", "texinfo", "man", "epub", "xml", "gettext"])
def test_every_builder_shows_it(wiki: Site, builder: str) -> None:
    wiki.write({"c/Use.trope": "It: (:include x:)\n(:include MacGuffin#deep:)\n"})
    out = wiki.root / builder
    wiki.build(builder)
    assert [line for line in warnings_of(wiki) if "EPUB3" not in line] == []
    suffixes = (".txt", ".tex", ".texi", ".1", ".xhtml", ".xml")
    files = [p for p in out.rglob("*") if p.suffix in suffixes and "MacGuffin" not in p.name]
    text = "".join(path.read_text("utf-8") for path in files)
    if builder != "gettext":  # translators get the words of a page once
        assert text.count("Deep") > (builder not in ("text", "epub", "xml"))


def test_a_page_that_includes_itself_is_told_and_linked(wiki: Site) -> None:
    wiki.write(
        {"b/MacGuffin.trope": "x\n\n(:include B9:)\n", "b/B9.trope": "y\n\n(:include MacGuffin:)\n"}
    )
    wiki.build()
    said = warnings_of(wiki)
    assert any("b/B9.trope:3: " in line and "would include itself; a link" in line for line in said)
    assert text_of(embedding(wiki, "a/L'Été No2")).split() == [
        "x",
        "y",
        "Mac",
        "Guffin",
        "B",
        "9",
        "Mac",
        "Guffin",
    ]


def test_a_page_may_show_a_section_of_its_own_again(wiki: Site) -> None:
    text = "!First\nx\n\n!Second\n(:include L'Été 3#first:)\n\n(:include L'Été 3#second:)\n"
    wiki.write({"c/L'Été 3.trope": text})
    wiki.build()
    assert warnings_of(wiki) == []
    shown = having_class(wiki.page("c/L'Été 3"), "trope-embedding")
    texts = [" ".join(text_of(element).split()) for element in shown]
    assert texts[0] == "First x L Été 3"
    assert texts[1].startswith("Second First x L Été 3")


def test_pages_that_include_each_other_many_times_end(wiki: Site) -> None:
    lines = {n: f"(:include Twice{n + 1}:)\n\n(:include Twice{n + 1}:)\n" for n in range(20)}
    wiki.write(
        {f"b/Twice{n}.trope": text for n, text in lines.items()} | {"b/Twice20.trope": "x\n"}
    )
    wiki.build()
    assert len(having_class(wiki.page("b/Twice0"), "trope-embedding")) in range(500, 1100)
    assert warnings_of(wiki) == []


def test_what_is_not_written_is_a_red_link(wiki: Site) -> None:
    assert shown(wiki, "{{Nobody’s 3rd}}") == "Nobody’s 3rd"
    assert having_class(embedding(wiki, "c/Use"), "trope-wanted")


def test_a_page_that_includes_another_is_among_its_backlinks_once(wiki: Site) -> None:
    wiki.build()
    b9 = wiki.page("b/B9")
    found = [text_of(link) for link in links(having_class(b9, "trope-backlinks")[0])]
    assert found.count("L Été No 2") == 0
    assert found.count("Rst page") == 1


EDITS: list[dict[str, str | bytes | None]] = [
    {"b/MacGuffin.trope": "!Other\nOnly words ''differ''.\n"},
    {"b/MacGuffin.trope": "(:title A MacGuffin’s title:)\n!Other\nOnly words ''differ''.\n"},
    {"b/B9.trope": "(:title Nine:)\nI am B.\n(:include {{Mac Guffin}}#other:)\n"},
    {"b/B9.trope": None},
    {"b/B9.trope": "I am back: {{Ghost 2}}.\n"},
    {"b/Ghost2.trope": "Written.\n"},
    {
        "c/rst page.rst": ":orphan:\n\nRst page\n========\n\n.. trope:: Rst Page\n   :document:\n\n.. trope-include:: Ghost2\n"
    },
    {"b/Ghost2.trope": "Written anew.\n"},
]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_whatever_is_edited_a_build_equals_a_clean_one(
    wiki: Site, tmp_path: Path, builder: str
) -> None:
    # without a toctree: Sphinx leaves "previous" as it is when a document comes or goes
    orphan = ":orphan:\n\n" + str(FILES["c/rst page.rst"])
    wiki.write({"a/Outer.trope": "(:include RstPage:)\n", "index.rst": "Home\n====\n"})
    wiki.write({"c/rst page.rst": orphan})
    wiki.build(builder)
    for edit in EDITS:
        wiki.write(edit)
        wiki.build(builder)
        clean = Site(tmp_path / "clean")
        shutil.copytree(wiki.source, clean.source, dirs_exist_ok=True)
        clean.build(builder)
        before, after = snapshot(clean.root / builder), snapshot(wiki.root / builder)
        assert [name for name in before.keys() | after if before.get(name) != after.get(name)] == []
        shutil.rmtree(clean.root)


def test_words_alone_rewrite_the_pages_that_show_them(wiki: Site) -> None:
    wiki.build()
    wiki.write(EDITS[0])
    wiki.build()
    assert "Only words differ." in text_of(embedding(wiki, "a/L'Été No2"))
    assert "Only words differ." in text_of(embedding(wiki, "c/rst page"))


def test_a_circle_is_told_in_every_build_and_is_a_finding(wiki: Site) -> None:
    wiki.write({"c/Selfie 2.trope": "x\n(:include Selfie2:)\n"})
    wiki.build()
    wiki.build()
    (said,) = warnings_of(wiki)
    assert "c/Selfie 2.trope:2: " in said
    assert "Selfie2 would include itself" in text_of(wiki.page("tropes/health"))


def test_a_heading_called_like_an_id_of_ours_is_linked_in_its_own_page(wiki: Site) -> None:
    wiki.write({"c/Odd.trope": "!Embedded 1 x\n!Other\nSee [[#embedded-1-x|it]].\n"})
    assert shown(wiki, "Odd#other").startswith("Other See it.")
    (link, _source) = links(embedding(wiki, "c/Use"))
    assert link.get("href") == "Odd.html#embedded-1-x"


def test_a_spoiler_that_is_included_stays_covered_in_pieces_for_feeds(wiki: Site) -> None:
    wiki.write({"conf.py": f"{CONF}{PIECES}"})
    wiki.build()
    piece = (wiki.root / "html/piece.txt").read_text("utf-8")
    assert "It is" in piece
    assert "Dead" not in piece


PIECES = """
from docutils.utils import new_document

def collect(app):
    document = new_document("")
    document += list(app.env.get_doctree("a/L'Été No2").children)
    app.env.apply_post_transforms(document, "a/L'Été No2")
    (app.outdir / "piece.txt").write_text(document.astext(), "utf-8")
    return []

def setup(app):
    app.connect("html-collect-pages", collect)
"""
