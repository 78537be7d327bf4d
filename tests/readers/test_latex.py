"""LaTeX reads our books: every number is a number, and no letter is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ..conftest import Site
from .conftest import DEMO, UNLISTED, build, compiled, need

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.readers

TOO_WIDE = 10
"""Points: what is wider than its column by more is printed over its neighbour."""


def faults_of(log: str) -> list[str]:
    """What TeX says of links without an end, of ends that are there twice, of letters that no font
    has, and of lines that are far too long.
    """
    said = re.findall(r"^.*(?:undefined|multiply.defined|Missing character).*$", log, re.MULTILINE)
    wide = re.findall(r"Overfull \\hbox \(([\d.]+)pt too wide\)[^\n]*\n[^\n]*", log)
    return [
        *(line for line in said if "Font Warning" not in line),  # a font without bold letters
        *(f"{points} points too wide" for points in wide if float(points) > TOO_WIDE),
    ]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The log of the demo, and the text of its pages."""
    need("latexmk", "xelatex", "pdftotext")
    out = build(DEMO, "latex", tmp_path_factory.mktemp("demo") / "latex")
    return compiled(out, "sphinxcontrib-tropes", "-xelatex")


def test_tex_finds_no_fault_in_the_demo(demo: tuple[str, str]) -> None:
    assert faults_of(demo[0]) == []


def test_no_number_of_a_page_in_the_demo_is_unknown(demo: tuple[str, str]) -> None:
    assert "Referred to on page" in demo[1]
    assert [line for line in demo[1].splitlines() if "??" in line] == []


def test_the_demo_on_paper_has_every_script(demo: tuple[str, str]) -> None:
    for word in ("鋼の錬金術師", "Ёлка", "Μέγας Αλέξανδρος"):
        assert word in demo[1]


def test_pages_in_no_toctree_are_chapters_whose_links_have_ends(tmp_path: Path) -> None:
    need("latexmk", "pdflatex", "pdftotext")
    site = Site(tmp_path).write(dict(UNLISTED))
    log, text = compiled(build(site.source, "latex", tmp_path / "latex"), "wiki")
    assert faults_of(log) == []
    assert "??" not in text
    assert re.search(r"2\s+Zoo <b> & 2", text)
    assert re.search(r"2\.1\s+Humans", text)


@pytest.mark.parametrize("show_pages", ["0", "1"])
def test_tex_finds_every_place_that_a_link_stands_in(
    every_place: Site, tmp_path: Path, show_pages: str
) -> None:
    need("latexmk", "pdflatex", "pdftotext")
    options = ("-D", f"latex_show_pagerefs={show_pages}")
    out = build(every_place.source, "latex", tmp_path / "latex", *options)
    log, text = compiled(out, "wiki")
    assert faults_of(log) == []
    assert "??" not in text
    assert re.search(r"Referred to on pages \d+(, \d+){2,}", text)
