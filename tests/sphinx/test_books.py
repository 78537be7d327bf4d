"""EPUB: what a book may not have, and what belongs in no book."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ..conftest import Site
from .reading import warnings_of

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

CONFIG = {"copyright": "2026", "version": "1", "language": "en"}
FILES: dict[str, str | bytes | None] = {
    "index.rst": "Wiki\n====\n\n.. toctree::\n\n   Ape2\n   In_Contents\n\nBy :doc:`Led To`.\n",
    "Ape2.trope": "Said of {{Old Name}} and {{Led To}}, and of http://example.org/%%20a%zz, b here.\n",
    "Old Name.trope": "(:redirect Ape2:)\n",
    "Led To.trope": "(:redirect Ape2:)\n",
    "In_Contents.trope": "(:redirect Ape2:)\n",
    "Nowhere.trope": "(:redirect Never Written:)\n",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp("epub")).write(dict(FILES))
    out = site.build("epub", **CONFIG)
    assert [line for line in warnings_of(site) if "Never" not in line] == []
    return out


def test_a_redirect_that_nothing_leads_to_is_in_no_book(book: Path) -> None:
    assert "Old%20Name.xhtml" not in (book / "content.opf").read_text("utf-8")


@pytest.mark.parametrize("page", ["Led%20To", "In_Contents", "Nowhere", "Ape2"])
def test_every_other_page_is_in_the_book(book: Path, page: str) -> None:
    assert f'href="{page}.xhtml"' in (book / "content.opf").read_text("utf-8")


def test_a_redirect_that_is_led_to_later_is_in_the_book(tmp_path: Path) -> None:
    site = Site(tmp_path).write({"Ape.trope": "It.\n", "Old One.trope": "(:redirect Ape:)\n"})
    contents = "Wiki\n====\n\n.. toctree::\n\n   Ape\n"
    site.write({"index.rst": contents}).build("epub", **CONFIG)
    site.write({"index.rst": contents + "\nBy :doc:`Old One`.\n"}).build("epub", **CONFIG)
    assert "Old%20One.xhtml" in (site.root / "epub/content.opf").read_text("utf-8")


@pytest.mark.parametrize("fails", [False, True])
def test_what_one_build_leaves_out_the_next_does_not(tmp_path: Path, *, fails: bool) -> None:
    site = Site(tmp_path).write({"Ape2.trope": "It.\n", "O'Old.trope": "(:redirect Ape2:)\n"})
    site.write({"index.rst": "Wiki\n====\n\n.. toctree::\n\n   Ape2\n"})
    book = site.root / "epub/content.opf"
    config = {**CONFIG, "epub_exclude_files": ["x.xhtml"]}

    def build_twice(app: Sphinx) -> None:
        before = list(app.config.epub_exclude_files)
        handle_finish = app.builder.handle_finish
        if fails:  # the book is not bound
            app.builder.handle_finish = lambda: 1 / 0  # type: ignore[method-assign]
            with pytest.raises(ZeroDivisionError):
                app.build()
            app.builder.handle_finish = handle_finish  # type: ignore[method-assign]
        else:
            app.build()
            assert "Old.xhtml" not in book.read_text("utf-8")
        assert app.config.epub_exclude_files == before
        site.write({"O'Old.trope": "A page.\n"})

    site.build("epub", on_app=build_twice, **config)
    assert "Old.xhtml" in book.read_text("utf-8")
    read: list[str] = []
    site.build(
        "epub",
        on_app=lambda app: app.connect("source-read", lambda _, docname, __: read.append(docname)),
        **config,
    )
    assert read == []
    assert "Old.xhtml" in book.read_text("utf-8")


def test_the_styles_of_a_book_say_no_direction(book: Path) -> None:
    styles = (book / "_static/tropes-book.css").read_text("utf-8")
    assert not re.search(r"(?<![\w-])direction:", styles)
    assert "unicode-bidi:" not in styles
    assert "span.trope-spoiler {" in styles
    assert "_static/tropes-book.css" in (book / "Ape2.xhtml").read_text("utf-8")
    assert "_static/tropes.css" not in (book / "content.opf").read_text("utf-8")


@pytest.mark.parametrize(("language", "is_said"), [("he", True), ("en", False)])
def test_a_book_says_its_direction_in_its_markup(
    tmp_path: Path, language: str, *, is_said: bool
) -> None:
    site = Site(tmp_path).write({"Ape.trope": "It.\n"})
    out = site.build("epub", **{**CONFIG, "language": language})
    assert ('<html dir="rtl" ' in (out / "Ape.xhtml").read_text("utf-8")) is is_said


def test_what_may_stand_in_no_address_is_its_code(book: Path) -> None:
    page = (book / "Ape2.xhtml").read_text("utf-8")
    assert 'href="http://example.org/%25%20a%25zz"' in page
    assert ">http://example.org/%%20a%zz<" in page
