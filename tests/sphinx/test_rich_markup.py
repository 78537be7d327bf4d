"""Pictures, boxes, formulas and programs, with every builder."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from ..conftest import Site, having_class, parse, text_of
from .reading import warnings_of
from .test_builders import CONFIG, OWN_NODE, all_text

if TYPE_CHECKING:
    from pathlib import Path

BUILDERS = [
    "html",
    "dirhtml",
    "singlehtml",
    "epub",
    "latex",
    "text",
    "man",
    "texinfo",
    "xml",
    "pseudoxml",
    "gettext",
    "dummy",
    "json",
]
SHOWN = [name for name in BUILDERS if name not in ("gettext", "dummy")]


def _chunk(kind: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\0"))
    + _chunk(b"IEND", b"")
)
PAGE = r"""
Beside a MacGuffin, [[math:e = mc^2]] and [[image:40:"../pics/my cat.png" the cat]] stand.

[[box:tip]]
A tip to a {{Mac Guffin}}.
[[box:danger:Boxed ''title'']]
* inner, [[image:"/pics/my cat.png" again]]
[[/box]]
[[/box]]
[[box:bug]]
||[[math:\pi_0]]||[[image:../pics/map.* a map]]||
[[/box]]
[[box:seealso]]
!Ёж
[[folder:Né]]
in a folder
[[/folder]]
[[/box]]

[[spoiler:Hidden [[math:h = 1]] and [[image:"../pics/my cat.png" hid]] of MacGuffin.]]

[[math]]
\sum_{i=1}^n a_{[i]} \\
+ 1

= 2
[[/math]]
(:source lang=python:)
[@
def boxed(x): return x
@]
(:source lang=nonesuch:)
odd <b> &
(:sourceend:)
"""
FILES: dict[str, str | bytes | None] = {
    "index.rst": "Wiki\n====\n\n.. toctree::\n   :glob:\n\n   pages/*\n\n.. trope-markup::\n\n"
    "   [[math]]\n   z = 1\n   [[/math]]\n\n   [[image:pics/my-dog.png a dog]]\n",
    "pages/L'Été No2.trope": PAGE,
    "pages/MacGuffin.trope": "(:laconic Is [[math:x^2]] [[image:a.png pic]].:)\n\nIt is.\n",
    "pics/my cat.png": PNG,
    "pics/map.png": PNG,
    "pics/my-dog.png": PNG,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("rich")).write(dict(FILES))


BUILT: dict[str, list[str]] = {}


def build(site: Site, name: str) -> Path:
    if name not in BUILT:
        doctrees = "doctrees-gettext" if name == "gettext" else "doctrees"
        extra = {"man_pages": [("index", "wiki", "Wiki", ["us"], 1)]} if name == "man" else {}
        extra["extensions"] = ["sphinxcontrib_tropes", "sphinx.ext.mathjax"]
        site.build(name, doctrees=doctrees, **CONFIG, **extra)
        BUILT[name] = warnings_of(site)
    return site.root / name


@pytest.fixture(scope="module", autouse=True)
def _forget() -> None:
    BUILT.clear()


@pytest.mark.parametrize("name", BUILDERS)
def test_no_builder_warns_but_of_what_is_wrong(site: Site, name: str) -> None:
    build(site, name)
    expected = ["nonesuch"] if name in ("html", "gettext") else []  # where pages are read
    assert [word for w in BUILT[name] for word in ("nonesuch",) if word in w] == expected
    assert len(BUILT[name]) == len(expected)


@pytest.mark.parametrize("name", SHOWN)
def test_no_markup_is_left(site: Site, name: str) -> None:
    text = all_text(build(site, name))
    for mark in ("[[math", "[[image", "[[box", "[[/", "(:source", "@]"):
        assert mark not in text
    assert "e = mc^2" in text
    assert "A tip to a" in text
    assert not OWN_NODE.findall(text)


@pytest.mark.parametrize(
    ("name", "folder"),
    [("html", "_images"), ("epub", "_images"), ("latex", "."), ("texinfo", "wiki-figures")],
)
def test_pictures_are_copied(site: Site, name: str, folder: str) -> None:
    for file in ("my cat.png", "map.png", "my-dog.png"):
        assert (build(site, name) / folder / file).read_bytes() == PNG


def test_a_box_with_a_title_has_the_colours_of_its_kind_in_latex(site: Site) -> None:
    text = (build(site, "latex") / "wiki.tex").read_text("utf-8")
    assert r"\begin{sphinxadmonition}{danger}{Boxed \sphinxstyleemphasis{title}}" in text
    assert r"\begin{sphinxadmonition}{note}{Bug}" in text
    assert text.count(r"\begin{sphinxadmonition}") == text.count(r"\end{sphinxadmonition}")


@pytest.mark.parametrize(
    ("name", "heading"),
    [("latex", r"\sphinxstylestrong{{{}}}"), ("texinfo", "`{}'"), ("text", "**{}**")],
)
def test_headings_in_boxes_are_bold_paragraphs_in_books(
    site: Site, name: str, heading: str
) -> None:
    text = all_text(build(site, name))
    assert heading.format("Ёж") in text
    assert heading.format("Né") in text


def test_programs_have_their_colours(site: Site) -> None:
    build(site, "html")
    page = site.page("pages/L'Été No2")
    python, odd = having_class(page, "trope-preformatted")
    assert "highlight-python" in python.get("class", "").split()
    assert list(python.iter("span"))
    assert "trope-language-nonesuch" in odd.get("class", "").split()
    assert text_of(odd) == "odd <b> &"


def test_the_script_for_formulas_is_loaded(site: Site) -> None:
    build(site, "html")
    for name in ("index", "pages/L'Été No2"):
        assert "mathjax" in (site.root / f"html/{name}.html").read_text("utf-8").lower()


def test_a_backlink_shows_a_formula_as_it_is_written_and_the_words_of_a_picture(site: Site) -> None:
    text = text_of(parse(build(site, "html") / "pages/MacGuffin.html"))
    assert "Beside a Mac Guffin, e = mc^2 and the cat stand." in text
    assert "hid" not in text.split("Referenced by")[1]
    assert "h = 1" not in text


def test_equations_are_numbered_as_those_of_sphinx(tmp_path: Path) -> None:
    equations = "[[math]]\na\n[[/math]]\n[[math]]\nb\n[[/math]]\n"
    site = Site(tmp_path).write({"Page.trope": equations})
    config = {"extensions": ["sphinxcontrib_tropes", "sphinx.ext.mathjax"]}
    site.build(math_number_all=True, **config)
    assert [text_of(e)[:3] for e in having_class(site.page("Page"), "eqno")] == ["(1)", "(2)"]
    site.build("latex", math_number_all=True, **config)
    assert warnings_of(site) == []
