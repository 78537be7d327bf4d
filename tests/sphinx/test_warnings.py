"""Warnings: each with file and line, each in every build, each to be silenced by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import Site
from .reading import place_in, places_of, warnings_of

if TYPE_CHECKING:
    from pathlib import Path

# -- wanted pages

WANTING = {
    "index.rst": "Wiki\n====\n\nText.\n\nTo :trope:`Ghost`.\n",
    "Ape.trope": "To GhostPage.\n",
    "Bee.trope": "Text.\n\nTo {{Ape}} and\n{{Film/Lost Reel}}.\n",
    "Old.trope": "(:redirect Gone:)\n",
}


@pytest.fixture
def wanting(site: Site) -> Site:
    return site.write(dict(WANTING))


def wanted(site: Site) -> list[str]:
    return sorted(places_of(site, "trope.wanted"))


def test_every_wanted_page_is_told_with_file_and_line(wanting: Site) -> None:
    wanting.build(tropes_wanted="warn")
    assert wanted(wanting) == ["Ape.trope:1", "Bee.trope:4", "Old.trope:1", "index.rst:6"]


def test_a_wanted_page_is_told_by_its_name(wanting: Site) -> None:
    wanting.build(tropes_wanted="warn")
    told = [line for line in warnings_of(wanting) if "Ape.trope" in line]
    assert "Main/GhostPage" in told[0]


def test_every_wanted_page_is_told_in_a_build_with_nothing_to_do(wanting: Site) -> None:
    for _ in range(2):
        wanting.build(tropes_wanted="warn")
    assert len(wanted(wanting)) == 4


def test_every_wanted_page_is_told_when_another_page_is_edited(wanting: Site) -> None:
    wanting.build(tropes_wanted="warn")
    wanting.write({"Bee.trope": "No link.\n"}).build(tropes_wanted="warn")
    assert wanted(wanting) == ["Ape.trope:1", "Old.trope:1", "index.rst:6"]


def test_every_wanted_page_is_told_by_a_builder_that_shares_doctrees(wanting: Site) -> None:
    wanting.build(tropes_wanted="warn")
    wanting.build("text", tropes_wanted="warn")
    assert len(wanted(wanting)) == 4


@pytest.mark.parametrize("builder", ["dummy", "latex", "dirhtml", "singlehtml", "linkcheck"])
def test_every_builder_tells_of_wanted_pages(wanting: Site, builder: str) -> None:
    wanting.build(builder, tropes_wanted="warn")
    assert len(wanted(wanting)) == 4


def test_a_wanted_page_is_told_as_soon_as_warnings_are_asked_for(wanting: Site) -> None:
    wanting.build()
    assert wanted(wanting) == []
    wanting.build(tropes_wanted="warn")
    assert len(wanted(wanting)) == 4


def test_a_page_that_is_gone_is_told_by_who_links_to_it(wanting: Site) -> None:
    wanting.build(tropes_wanted="warn")
    wanting.write({"Ape.trope": None}).build(tropes_wanted="warn")
    assert "Bee.trope:3" in wanted(wanting)


def test_a_page_that_is_written_is_told_no_more(wanting: Site) -> None:
    wanting.build(tropes_wanted="warn")
    wanting.write({"GhostPage.trope": "Here.\n"}).build(tropes_wanted="warn")
    assert "Ape.trope:1" not in wanted(wanting)


def test_a_build_of_one_file_tells_of_all_wanted_pages(wanting: Site) -> None:
    wanting.build(tropes_wanted="warn", only=["Ape.trope"])
    wanting.build(tropes_wanted="warn", only=["Ape.trope"])
    assert len(wanted(wanting)) == 4


def test_a_wanted_page_is_no_warning_for_those_who_pick_nits(wanting: Site) -> None:
    wanting.build(nitpicky=True)
    assert warnings_of(wanting) == []


# -- kinds

KINDS: dict[str, tuple[dict[str, str], dict[str, object]]] = {
    "trope.markup": ({"A.trope": "[[folder:Open]]\nText.\n"}, {}),
    "trope.wanted": ({"A.trope": "To GhostPage.\n"}, {"tropes_wanted": "warn"}),
    "trope.ambiguous": (
        {"Film/Alien.trope": "F.\n", "Music/Alien.trope": "M.\n", "A.trope": "To {{Alien}}.\n"},
        {},
    ),
    "trope.redirect": ({"A.trope": "(:redirect A:)\n"}, {}),
    "trope.duplicate": ({"A.trope": "Text.\n", "b/A.trope": "Text.\n"}, {}),
    "trope.config": ({}, {"tropes_wanted": "error"}),
    "trope.collision": ({"tropes/index.rst": ":orphan:\n\nMine\n====\n"}, {}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_warning_tells_its_kind(site: Site, kind: str) -> None:
    files, config = KINDS[kind]
    site.write(dict(files)).build(**config)
    assert len(warnings_of(site, kind)) == len(warnings_of(site)) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_warning_can_be_silenced_by_its_kind(site: Site, kind: str) -> None:
    files, config = KINDS[kind]
    site.write(dict(files)).build(suppress_warnings=[kind], **config)
    assert warnings_of(site) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_warning_can_be_silenced_at_once(site: Site, kind: str) -> None:
    files, config = KINDS[kind]
    site.write(dict(files)).build(suppress_warnings=["trope"], **config)
    assert warnings_of(site) == []


@pytest.mark.parametrize(
    "kind", ["trope.ambiguous", "trope.redirect", "trope.duplicate", "trope.collision"]
)
def test_what_is_wrong_in_the_whole_wiki_is_told_in_every_build(site: Site, kind: str) -> None:
    files, config = KINDS[kind]
    site.write(dict(files)).build(**config)
    site.build(**config)
    assert len(warnings_of(site, kind)) == 1


@pytest.mark.parametrize(
    "kind", ["trope.markup", "trope.redirect", "trope.duplicate", "trope.ambiguous"]
)
def test_a_warning_has_file_and_line(site: Site, kind: str) -> None:
    files, config = KINDS[kind]
    site.write(dict(files)).build(**config)
    (place,) = places_of(site, kind)
    name, _, line = place.partition(":")
    assert name in files
    assert line.isdigit()


def test_an_ambiguous_link_is_told_with_its_line(site: Site) -> None:
    files, _ = KINDS["trope.ambiguous"]
    site.write({**files, "A.trope": "Text.\n\nMore, to\n{{Alien}}.\n"}).build()
    assert places_of(site, "trope.ambiguous") == ["A.trope:4"]


# -- places

PLACES = {
    "A.trope": """\
(:laconic Short.:)

First line of a paragraph,
second, to GhostA,
third, to GhostB.

!!Heading
* An item
** to GhostC

[[folder:Fold]]
Text.

* To GhostD.
[[/folder]]

[=escaped
lines=] to GhostE.

[[spoiler:
To GhostF.
]]

One\\\\
two, to GhostG[[note]]noted,
to GhostH[[/note]].

||cell||GhostI||

->A quotation\\\\
to GhostJ.

:term: to GhostK
""",
    "guide.rst": """\
:orphan:

Guide
=====

.. trope:: In Guide
   :laconic: Short.

   First, to GuideA.

   [[folder:Fold]]
   * To GuideB.
   [[/folder]]

Text.

* .. trope-markup::

     To GuideC
     and GuideD.

To :trope:`GuideE`.

.. note::

   Nested.

   .. trope-markup::

      To GuideF.

.. include:: part.inc
""",
    "part.inc": """\
Included, to :trope:`IncludedA`.

.. trope-markup::

   Text.

   To IncludedB.

.. trope:: In Part

   To IncludedC.
""",
}


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("places"))
    site.write(dict(PLACES)).build("dummy", tropes_wanted="warn")
    return site


def place_of(site: Site, name: str) -> str:
    told = [line for line in warnings_of(site, "trope.wanted") if f"Main/{name} " in f"{line} "]
    assert len(told) == 1, warnings_of(site)
    return place_in(site, told[0].partition(" ")[0])


@pytest.mark.parametrize("letter", "ABCDEFGHIJK")
def test_the_line_of_a_link_in_a_page_is_right(placed: Site, letter: str) -> None:
    name = f"Ghost{letter}"
    lines = PLACES["A.trope"].split("\n")
    line = next(n for n, text in enumerate(lines, 1) if name in text)
    assert place_of(placed, name) == f"A.trope:{line}"


@pytest.mark.parametrize("letter", "ABCDEF")
def test_the_line_of_a_link_in_a_directive_is_right(placed: Site, letter: str) -> None:
    name = f"Guide{letter}"
    lines = PLACES["guide.rst"].split("\n")
    line = next(n for n, text in enumerate(lines, 1) if name in text)
    assert place_of(placed, name) == f"guide.rst:{line}"


@pytest.mark.parametrize("letter", "ABC")
def test_the_file_and_line_of_a_link_in_an_included_file_are_right(
    placed: Site, letter: str
) -> None:
    name = f"Included{letter}"
    lines = PLACES["part.inc"].split("\n")
    line = next(n for n, text in enumerate(lines, 1) if name in text)
    assert place_of(placed, name) == f"part.inc:{line}"


WRONG = "[[/folder]]"  # closes nothing


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (WRONG, 1),
        (f"(:title X:)\n\n{WRONG}", 3),
        (f"Text.\n\n!!Heading\nText.\n{WRONG}", 5),
        (f"[[folder:A]]\n[[/folder]]\n{WRONG}", 3),
        (f"[[index]]\n* X\n[[/index]]\n{WRONG}", 4),
        (f"[=two\nlines=]\n{WRONG}", 3),
        (f"[@\nas\ntyped\n@]\n{WRONG}", 5),
        (f"One \\\ntwo \\\nthree.\n{WRONG}", 4),
        (f"One.\\\\\ntwo.\n\n{WRONG}", 4),
        (f" as typed\n more\n{WRONG}", 3),
        (f"Text. %% a comment\n%% another\n{WRONG}", 3),
        (f"||a||\n||b||\n{WRONG}", 3),
        ("Text.\n\n[[folder:In]]\n* To [[javascript:x y]].\n[[/folder]]", 4),
        ("Two lines,\nthe second [[javascript:x y]].", 2),
        ("Text.\n\n[[folder:Open]]\nText.\n", 3),
    ],
)
def test_the_line_of_wrong_markup_is_right(site: Site, text: str, line: int) -> None:
    site.write({"A.trope": f"{text}\n"}).build("dummy")
    assert places_of(site, "trope.markup") == [f"A.trope:{line}"]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_the_line_is_right_whatever_ends_lines(site: Site, end: str) -> None:
    site.write({"A.trope": f"One.{end}{end}{WRONG}{end}".encode()}).build("dummy")
    assert places_of(site, "trope.markup") == ["A.trope:3"]


def test_the_line_of_wrong_markup_in_a_directive_is_right(site: Site) -> None:
    text = f"Wiki\n====\n\n.. trope:: Ape\n   :laconic: Short.\n\n   Text.\n\n   {WRONG}\n"
    site.write({"index.rst": text}).build("dummy")
    assert places_of(site, "trope.markup") == ["index.rst:9"]


def test_the_line_of_wrong_markup_in_a_nested_directive_is_right(site: Site) -> None:
    text = f"Wiki\n====\n\n.. note::\n\n   Text.\n\n   .. trope-markup::\n\n      Text.\n\n      {WRONG}\n"
    site.write({"index.rst": text}).build("dummy")
    assert places_of(site, "trope.markup") == ["index.rst:12"]


def test_the_file_of_wrong_markup_in_an_included_file_is_right(site: Site) -> None:
    site.write(
        {
            "index.rst": "Wiki\n====\n\nText.\n\n.. include:: part.inc\n",
            "part.inc": f"Text.\n\n.. trope-markup::\n\n   Text.\n\n   {WRONG}\n",
        }
    ).build("dummy")
    assert places_of(site, "trope.markup") == ["part.inc:7"]


def test_the_line_of_a_wrong_option_is_right(site: Site) -> None:
    text = "Wiki\n====\n\n.. trope:: Ape\n   :aliases: Good, !?\n\n   Text.\n"
    site.write({"index.rst": text}).build("dummy")
    assert places_of(site, "trope.markup")[0].startswith("index.rst:")
    assert 4 <= int(places_of(site, "trope.markup")[0].rpartition(":")[2]) <= 5


def test_a_warning_in_a_folder_of_the_source_has_its_path(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"deep/down/A.trope": f"Text.\n{WRONG}\n"}).build("dummy")
    assert places_of(site, "trope.markup") == ["deep/down/A.trope:2"]


def test_a_warning_is_short_however_long_the_name_that_it_is_about(site: Site) -> None:
    site.write({"B9.trope": f"[[Ünknown{'x' * 50_000}: a b]] [[Chekhovs{'y' * 50_000} Gun]]"})
    site.build(tropes_wanted="warn")
    told = [line for line in site.warnings.splitlines() if "trope.wanted" in line]
    assert told
    assert max(map(len, told)) < 2000
