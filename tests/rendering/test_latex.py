"""LaTeX: a panel says on which pages of the book its page is referred to."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from ..conftest import CONF, Site
from ..sphinx.reading import warnings_of

if TYPE_CHECKING:
    from pathlib import Path

LONG = "\n\n".join(f"Paragraph {n}, and nothing in it. " * 30 for n in range(12))
FILES = {
    "index.rst": "Wiki\n====\n\n.. toctree::\n\n   first\n   RedHerring\n   Film/Alien\n   Zebra\n   lonely\n",
    "first.rst": "First\n=====\n\nTo a :trope:`RedHerring`.\n",
    "RedHerring.trope": f"It misleads.\n\n{LONG}\n",
    "Film/Alien.trope": (
        f"A RedHerring, and [[spoiler:a RedHerring]].\n\n{LONG}\n\nA {{{{Red Herring}}}} again.\n\n"
        f"{LONG}\n\n!!Of a RedHerring\nText.\n"
    ),
    "Zebra.trope": "No {{Film/Alien}}, but a RedHerring. See [[Ü,%_Page|a page]].\n",
    "Ü,%_Page.trope": "It is in no book, and has a RedHerring.\n",
    "lonely.rst": "Lonely\n======\n\n.. trope:: Lonely One\n\n   Only Zebra is named.\n",
}
REFERRED = re.compile(r"\\tropesreferred(?P<words>(?:\{[^{}]*\}){4})\{(?P<places>.*)\}\n")


def places(tex: str) -> list[list[str]]:
    """The labels in each panel, in the order of the book."""
    return [
        re.findall(r"\\tropesplace\{\\detokenize\{([^}]*)\}\}", found["places"])
        for found in REFERRED.finditer(tex)
    ]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("book"))
    site.write({**FILES, "conf.py": f"{CONF}tropes_book = False\n"}).build("latex")
    return site


@pytest.fixture(scope="module")
def tex(book: Site) -> str:
    return (book.root / "latex/wiki.tex").read_text("utf-8")


def test_a_panel_says_on_which_pages_its_page_is_referred_to(tex: str) -> None:
    assert r"\tropesreferred{Referred to on page }{}{Referred to on pages }{}" in tex


def test_the_places_of_a_panel_are_in_the_order_of_the_book(tex: str) -> None:
    assert places(tex)[0] == [
        "first:link-main-redherring",
        "Film/Alien:link-main-redherring",
        "Film/Alien:link-main-redherring-2",
        "Film/Alien:link-main-redherring-3",
        "Film/Alien:link-main-redherring-4",
        "Zebra:link-main-redherring",
    ]


def test_every_place_has_a_label_that_is_set(tex: str) -> None:
    labels = set(re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", tex))
    named = {label for panel in places(tex) for label in panel}
    assert named
    assert named <= labels


def test_no_label_is_set_twice(tex: str) -> None:
    labels = re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", tex)
    assert sorted(labels) == sorted(set(labels))


def test_a_page_outside_the_book_is_no_place_in_it(tex: str) -> None:
    assert "Page:link" not in tex


def test_a_panel_without_a_place_in_the_book_has_no_line(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write(
        {
            "index.rst": "Wiki\n====\n\n.. toctree::\n\n   Ape\n",
            "Ape.trope": "Text.\n",
            "Bee.trope": "{{Ape}}\n",
        }
    ).build("latex", tropes_book=False)
    text = (site.root / "latex/wiki.tex").read_text("utf-8")
    assert "Referenced by" in text
    assert r"\tropesreferred" not in text


def test_a_panel_keeps_its_sentences(tex: str) -> None:
    assert "again." in tex.split(r"\tropesreferred", 1)[1]


def test_the_package_is_beside_the_book(book: Site) -> None:
    assert (book.root / "latex/sphinxtropes.sty").exists()


def test_paper_is_no_warning(book: Site) -> None:
    book.build("latex", force=True)
    assert [line for line in warnings_of(book) if "toctree" not in line] == []


def test_words_around_numbers_are_escaped(book: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"Referred to on page %s": "50 % & {on} %s.", "Referred to on pages %s": "#%s_"}
    monkeypatch.setattr("sphinxcontrib_tropes.rendering.latex._", lambda text: words[text])
    book.build("latex", out="escaped", force=True)
    text = (book.root / "escaped/wiki.tex").read_text("utf-8")
    assert r"\tropesreferred{50 \% \& \{on\} }{.}{\#}{\_}" in text


@pytest.mark.parametrize("builder", ["text", "man", "texinfo", "html", "xml"])
def test_other_builders_have_no_numbers(book: Site, builder: str) -> None:
    out = book.build(builder, doctrees=f"doctrees-{builder}")
    text = "".join(p.read_text("utf-8", "ignore") for p in out.rglob("*") if p.is_file())
    assert "Referred to on page" not in text


@pytest.mark.readers
@pytest.mark.skipif(
    not (shutil.which("latexmk") and shutil.which("pdftotext")), reason="needs TeX and Poppler"
)
def test_the_numbers_are_those_of_the_pages(book: Site) -> None:
    out = book.root / "latex"
    command = ["latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "wiki.tex"]
    made = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout[-3000:]
    text = subprocess.run(
        ["pdftotext", "-layout", "wiki.pdf", "-"],
        cwd=out,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    leaves = text.split("\f")
    numbers = [re.search(r"(\d+)\s*\Z", leaf.strip()) for leaf in leaves]
    printed = {match[1]: leaf for match, leaf in zip(numbers, leaves, strict=True) if match}
    found = re.search(r"Referred to on pages ([\d, ]+)", text)
    assert found
    pages = found[1].replace(" ", "").strip(",").split(",")
    assert pages == sorted(set(pages), key=int)
    assert "To a Red Herring." in printed[pages[0]]
    assert "A Red Herring again." in printed[pages[2]]
    assert len(pages) == 5
