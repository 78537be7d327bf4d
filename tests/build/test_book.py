"""Pages that no toctree leads to, as chapters of books."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest

from ..conftest import Site, having_class, parse, text_of
from ..sphinx.reading import warnings_of

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

CONFIG = {"copyright": "2026", "version": "1", "language": "en"}
FRONT = "Wiki\n====\n\nSee :trope:`Humans`.\n\n.. toctree::\n\n   In Contents 3\n"
FILES: dict[str, str | bytes | None] = {
    "index.rst": FRONT,
    "In Contents 3.trope": "Of {{Éclair}}.\n",
    "HumanZoo.trope": (
        '(:title Zoo <b> & "2":)\n[[index]]\n* {{Humans}}\n* Film/{{12 O Clock}}\n[[/index]]\n'
    ),
    "Humans.trope": "Of {{Human Zoo}}.\n\n!!Section 2\nText.\n",
    "Film/12 O'Clock.trope": "Of {{Humans}} and {{Never Written}}.\n",
    "Éclair.trope": "Near {{ape}}.\n",
    "ape.trope": "Of [[Humans#Section 2 a section]].\n",
    "Moved.trope": "(:redirect Humans:)\n",
    "Template.trope": "(:exclude index:)\n{{Humans}}.\n",
    "notes.rst": ":orphan:\n\nNotes\n=====\n\nNo page.\n",
}
BY_INDEX = [
    (0, "In Contents 3"), (0, "Ape"), (0, "Éclair"), (0, "Zoo <b> & “2”"), (1, "Humans"),
    (1, "12 O Clock"),
]  # fmt: skip
BY_TITLE = [
    (0, "In Contents 3"), (0, "12 O Clock"), (0, "Ape"), (0, "Éclair"), (0, "Humans"),
    (0, "Zoo <b> & “2”"),
]  # fmt: skip


@pytest.fixture
def wiki(site: Site) -> Site:
    return site.write(dict(FILES))


def headings(out: Path) -> list[tuple[int, str]]:
    """Level and title of each chapter and section of a LaTeX file, without the sections of pages."""
    text = (out / "wiki.tex").read_text("utf-8")
    for command, letter in ((r"\textless{}", "<"), (r"\textgreater{}", ">"), (r"\&", "&")):
        text = text.replace(command, letter)
    found = re.findall(r"^\\(chapter|section|subsection)\{(.*)\}$", text, re.MULTILINE)
    levels = ["chapter", "section", "subsection"]
    return [(levels.index(level), title) for level, title in found if title != "Section 2"]


def entries(out: Path) -> list[tuple[int, str]]:
    """Level and title of each entry of the contents of an EPUB, without the sections of pages."""
    found: dict[tuple[int, str], None] = {}
    depth = 0
    for tag in re.findall(r"<ol|</ol|<a[^<]*", (out / "nav.xhtml").read_text("utf-8")):
        depth += {"<ol": 1, "</ol": -1}.get(tag, 0)
        title = (
            tag.partition(">")[2].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        )
        if tag.startswith("<a") and title not in ("Wiki", "Section 2"):
            found[depth - 1, title] = None
    return list(found)


@pytest.mark.parametrize(("by", "contents"), [("index", BY_INDEX), ("a-z", BY_TITLE)])
def test_pages_in_no_toctree_are_chapters_on_paper(
    wiki: Site, by: str, contents: list[tuple[int, str]]
) -> None:
    out = wiki.build("latex", tropes_book=by)
    assert headings(out) == contents
    assert not warnings_of(wiki)


@pytest.mark.parametrize(("by", "contents"), [("index", BY_INDEX), ("a-z", BY_TITLE)])
def test_pages_in_no_toctree_are_in_the_contents_of_an_epub(
    wiki: Site, by: str, contents: list[tuple[int, str]]
) -> None:
    out = wiki.build("epub", tropes_book=by, **CONFIG)
    assert [title for _level, title in entries(out)] == [title for _level, title in contents]
    assert not [line for line in warnings_of(wiki) if "duplicated" in line]


def test_without_the_option_a_book_holds_what_toctrees_lead_to(wiki: Site) -> None:
    out = wiki.build("latex", tropes_book=False)
    assert headings(out) == [(0, "In Contents 3")]
    out = wiki.build("epub", tropes_book=False, **CONFIG)
    assert [title for _level, title in entries(out)] == ["In Contents 3"]


def test_links_between_chapters_are_links_inside_the_book(wiki: Site) -> None:
    text = (wiki.build("latex") / "wiki.tex").read_text("utf-8")
    assert r"\hyperref[\detokenize{Humans::doc}]{\sphinxcrossref{Humans}}" in text
    assert r"\tropesplace{\detokenize{Film/12 O'Clock:link-main-humans}}" in text


@pytest.mark.parametrize(
    ("builder", "file"), [("singlehtml", "index.html"), ("texinfo", "wiki.texi")]
)
def test_other_books_of_one_file_have_them_too(wiki: Site, builder: str, file: str) -> None:
    text = (wiki.build(builder) / file).read_text("utf-8")
    places = [text.index(word) for word in ("Of ", "Near ", "12 O Clock")]
    assert "Never" in text
    assert places == sorted(places)
    assert "No page." not in text
    assert not warnings_of(wiki)


def test_the_front_page_of_a_site_does_not_list_them(wiki: Site) -> None:
    wiki.build("latex")
    wiki.build("html")
    front = having_class(wiki.page("index"), "toctree-wrapper")
    assert [text_of(found) for found in front] == ["In Contents 3"]


def test_an_application_that_builds_twice_lists_them_once(wiki: Site) -> None:
    def build_before(app: Sphinx) -> None:
        app.build()
        assert "get_doctree" not in vars(app.env)
        assert app.env.toctree_includes["index"] == ["In Contents 3"]

    out = wiki.build("latex", on_app=build_before)
    assert headings(out) == BY_INDEX


def test_a_page_that_comes_later_is_in_the_contents_of_the_epub(wiki: Site) -> None:
    wiki.build("epub", **CONFIG)
    wiki.write({"Late 9.trope": "New.\n"}).build("epub", **CONFIG)
    out = wiki.root / "epub"
    assert "Late 9" in [title for _level, title in entries(out)]
    assert "Late 9" in text_of(parse(out / "index.xhtml"))
    # a toctree of another document takes it in
    wiki.write({"notes.rst": ":orphan:\n\nNotes\n=====\n\n.. toctree::\n\n   Late 9\n"})
    wiki.build("epub", **CONFIG)
    assert "Late 9" not in text_of(parse(out / "index.xhtml"))


def test_a_manual_that_begins_elsewhere_has_no_chapters(wiki: Site) -> None:
    manual = [("notes", "notes.tex", "Notes", "O'Brien", "manual")]
    out = wiki.build("latex", latex_documents=manual)
    assert "chapter{Humans" not in (out / "notes.tex").read_text("utf-8")


def test_an_appendix_is_no_chapter(wiki: Site) -> None:
    out = wiki.build("latex", latex_appendices=["ape"])
    assert [title for _level, title in headings(out)].count("Ape") == 1


@pytest.mark.parametrize(
    ("by", "builder", "said"),
    [
        ("index", "latex", "5 pages of the wiki are in no toctree; these are chapters of the book, by index"),
        ("a-z", "epub", "5 pages of the wiki are in no toctree; these are chapters of the book, from A to Z"),
        (False, "latex", "5 pages of the wiki are in no toctree; the book leaves these out (see the option"),
        ("index", "html", ""),
    ],
)  # fmt: skip
def test_one_sentence_says_what_becomes_of_them(
    wiki: Site, by: object, builder: str, said: str
) -> None:
    told: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    listener, logger = Listener(), logging.getLogger("sphinx.sphinxcontrib_tropes.build.book")
    wiki.build(builder, on_app=lambda _: logger.addHandler(listener), tropes_book=by, **CONFIG)
    logger.removeHandler(listener)
    assert len(told) == bool(said)
    assert said in " ".join(told)
