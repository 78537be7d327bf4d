"""Every builder: none fails, the text is there, no node of ours survives, links are right."""

from __future__ import annotations

import json
import pickle
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from ..conftest import Site, having_class, parse, text_of
from .reading import body, broken_links, duplicate_ids, ids_of, links, warnings_of

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
    "linkcheck",
    "dummy",
    "json",
    "pickle",
    "changes",
]
CONFIG = {"copyright": "2026", "version": "1", "language": "en", "linkcheck_anchors": False}
FILES = {
    "index.rst": """\
Wiki
====

.. toctree::
   :glob:
   :maxdepth: 2

   guide
   pages/*

To :trope:`RedHerring`, :trope:`NeverWritten` and a :trope:`place in it <RedHerring#APart>`.

.. trope-index::

.. trope-wanted::

.. trope-backlinks:: MacGuffin

.. trope-graph:: MacGuffin
   :depth: 2

.. trope-graph:: GhostPage
""",
    "guide.rst": """\
Guide
=====

.. trope:: In Guide

   A RedHerring again. [[note]]Noted once.[[/note]]

   !!A heading
   [[folder:Fold in guide]]
   * Folded in guide.
   [[/folder]]
""",
    "pages/RedHerring.trope": """\
(:laconic What misleads.:)

->A quotation.
-->-- Somebody

Opening words, ''emphasis'', '''strong''' and [[spoiler:hidden words with a MacGuffin]].\\\\
After a break[[note]]a first note[[/note]], [[red:in red]], [[labelnote:why?]]Because.[[/labelnote]]

!!A Part
[[foldercontrol]]

[[folder:First fold]]
* An example of a MacGuffin.
** InGuide, too.
[[/folder]]

[[spoiler:
A hidden block with a MacGuffin.
]]

[[note]]
A note of a block.
[[/note]]

!!Another
||border=1
||~Head||~Other||
||cell||A GhostPage||

:term: a definition of it

@@mono@@ [-small-] '^up^' {+new+} {-old-} [[strike:gone]] [[rtl:right]] https://www.example.invalid/
[@
as  typed
@]
""",
    "pages/MacGuffin.trope": """\
Unlike a {{Red Herring}}.

!!A Part
Of another page of that name: [[RedHerring#APart the first]].

[[index]]
* RedHerring
* InGuide
[[/index]]
""",
    "pages/LayOut.trope": """\
A &lt;layout&gt; of %red%2 rows[[<<]]and more.

Underlined
==========

(:table:)
(:head:)Head
(:head colspan=2:)Two heads
(:cellnr rowspan=3:)
* item in a cell
** deeper

:term:def
(:cell:)
||~ nested head ||nested ''cell''||
||MacGuffin||last||
(:cell align=right:)
[@
as  typed
@]
(:cellnr:)
[[folder:Fold in a cell]]
one
----
two
[[/folder]]
(:cell:)
!!Heading in a cell
-> quoted
[[spoiler:
hidden in a cell
]]
(:cellnr:)
[[note]]
A note.
[[/note]]
(:tableend:)

(:div class=frame:)
A division.
(:divend:)
""",
    "pages/OldName.trope": "(:redirect RedHerring:)\n",
}
OWN_NODE = re.compile(r"trope_\w+|<#text")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("builders"))
    site.write(dict(FILES))
    return site


WARNED: dict[str, list[str]] = {}


@pytest.fixture(scope="module", params=BUILDERS)
def builder(request: pytest.FixtureRequest, site: Site) -> str:
    """The name of a builder that has built the site."""
    name: str = request.param
    build(site, name)
    return name


def build(site: Site, name: str) -> Path:
    """The output of a builder, built once."""
    if name not in WARNED:
        doctrees = "doctrees-gettext" if name == "gettext" else "doctrees"
        extra = {"man_pages": [("index", "wiki", "Wiki", ["us"], 1)]} if name == "man" else {}
        if name == "linkcheck":
            extra["linkcheck_ignore"] = [r"https://www\.example\.invalid/"]
        site.build(name, doctrees=doctrees, **CONFIG, **extra)
        WARNED[name] = warnings_of(site)
    return site.root / name


@pytest.fixture(scope="module", autouse=True)
def _forget() -> None:
    WARNED.clear()


def all_text(folder: Path) -> str:
    return "\n".join(
        path.read_text("utf-8", "replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in SUFFIXES and "_static" not in path.parts
        and "_sources" not in path.parts
    )  # fmt: skip


SUFFIXES = {
    ".html", ".xhtml", ".tex", ".txt", ".1", ".texi", ".xml", ".pseudoxml", ".pot", ".fjson",
    ".fpickle",
}  # fmt: skip


def test_no_builder_warns(builder: str) -> None:
    assert WARNED[builder] == []


@pytest.mark.parametrize(
    "name", [b for b in BUILDERS if b not in ("linkcheck", "dummy", "changes")]
)
@pytest.mark.parametrize(
    "words",
    ["Opening words", "Folded in guide", "hidden words", "First fold", "item in a cell", "last"],
)
def test_the_text_of_pages_is_shown(site: Site, name: str, words: str) -> None:
    assert words in all_text(build(site, name)).replace("\\", "")


@pytest.mark.parametrize("name", ["xml", "pseudoxml", "latex", "text", "man", "texinfo", "html"])
def test_no_node_of_ours_survives(site: Site, name: str) -> None:
    assert set(OWN_NODE.findall(all_text(build(site, name)))) == set()


@pytest.mark.parametrize(
    "name", [b for b in BUILDERS if b not in ("gettext", "linkcheck", "dummy", "changes")]
)
def test_the_panel_is_there(site: Site, name: str) -> None:
    assert "Referenced by" in all_text(build(site, name))


@pytest.mark.parametrize("name", ["html", "dirhtml"])
def test_no_link_leads_nowhere(site: Site, name: str) -> None:
    assert broken_links(build(site, name)) == []


def test_no_link_of_epub_leads_nowhere(site: Site) -> None:
    assert broken_links(build(site, "epub"), ".xhtml") == []


def test_links_of_dirhtml_lead_to_folders(site: Site) -> None:
    page = parse(build(site, "dirhtml") / "pages/MacGuffin/index.html")
    hrefs = [link.get("href") for link in links(body(page))]
    assert "../RedHerring/" in hrefs
    assert not [href for href in hrefs if href and ".html" in href]


def test_links_of_singlehtml_lead_to_places_in_its_page(site: Site) -> None:
    # Sphinx's own lead to "#document-guide#a-heading", which is nowhere
    page = parse(build(site, "singlehtml") / "index.html")
    hrefs = [a.get("href", "") for a in having_class(page, "trope") if a.get("href")]
    assert hrefs
    assert [href for href in hrefs if href != "#" and href[1:] not in ids_of(page)] == []


def test_links_of_pages_that_singlehtml_takes_in_are_links(site: Site) -> None:
    page = parse(build(site, "singlehtml") / "index.html")
    example = next(e for e in page.iter("li") if text_of(e) == "In Guide, too.")
    assert [text_of(a) for a in links(example)] == ["In Guide"]


def test_links_of_pages_that_latex_takes_in_are_links(site: Site) -> None:
    text = (build(site, "latex") / "wiki.tex").read_text("utf-8")
    assert "\nIn Guide, too." not in text


def test_the_ids_of_links_in_singlehtml_are_unique(site: Site) -> None:
    page = parse(build(site, "singlehtml") / "index.html")
    assert [id_ for id_ in duplicate_ids(page) if "link-" in id_] == []


@pytest.mark.parametrize("name", ["html", "dirhtml", "epub"])
def test_the_ids_of_a_page_are_unique(site: Site, name: str) -> None:
    folder = build(site, name)
    pages = [*folder.rglob("*.html"), *folder.rglob("*.xhtml")]
    found = {str(path.relative_to(folder)): duplicate_ids(parse(path)) for path in pages}
    assert {page: ids for page, ids in found.items() if ids} == {}


def test_every_page_of_epub_is_well_formed(site: Site) -> None:
    for path in build(site, "epub").rglob("*.xhtml"):
        ET.parse(path)


def test_every_page_of_epub_is_in_its_manifest(site: Site) -> None:
    folder = build(site, "epub")
    manifest = (folder / "content.opf").read_text("utf-8")
    pages = [path.relative_to(folder).as_posix() for path in folder.rglob("*.xhtml")]
    assert [page for page in pages if f'href="{page}"' not in manifest] == []


def test_epub_has_no_script(site: Site) -> None:
    for path in build(site, "epub").rglob("*.xhtml"):
        assert "<script" not in path.read_text("utf-8")


def test_every_file_of_xml_is_well_formed(site: Site) -> None:
    for path in build(site, "xml").rglob("*.xml"):
        ET.parse(path)


def test_the_pages_without_a_source_are_in_epub(site: Site) -> None:
    assert (build(site, "epub") / "tropes/index.xhtml").exists()


@pytest.mark.parametrize("name", ["latex", "text", "man", "texinfo"])
def test_what_html_hides_is_marked_where_it_is_shown(site: Site, name: str) -> None:
    assert "spoiler" in all_text(build(site, name))


@pytest.mark.parametrize("name", ["latex", "text", "man", "texinfo", "singlehtml"])
def test_the_index_in_place_is_shown(site: Site, name: str) -> None:
    assert "What misleads" in all_text(build(site, name))


def test_the_panel_of_latex_refers_to_pages(site: Site) -> None:
    text = (build(site, "latex") / "wiki.tex").read_text("utf-8")
    assert "{pages/MacGuffin" in text.split("Referenced by", 1)[1].replace(r"\sphinxhyphen", "")


def test_gettext_has_the_messages_of_a_page(site: Site) -> None:
    text = all_text(build(site, "gettext"))
    assert "What misleads" in text or "Opening words" in text


def test_gettext_has_no_message_of_a_panel(site: Site) -> None:
    assert "Referenced by" not in all_text(build(site, "gettext"))


def test_red_links_are_no_broken_links(site: Site) -> None:
    output = (build(site, "linkcheck") / "output.txt").read_text("utf-8")
    assert "broken" not in output


def test_json_holds_the_page(site: Site) -> None:
    page = json.loads((build(site, "json") / "pages/RedHerring.fjson").read_text("utf-8"))
    assert "Referenced by" in page["body"]


def test_pickle_holds_the_page(site: Site) -> None:
    page = pickle.loads((build(site, "pickle") / "pages/RedHerring.fpickle").read_bytes())
    assert "Referenced by" in page["body"]


# -- headings that hold markup: every builder shows them in its table of contents, too

HEADINGS = {
    "index.rst": "Wiki\n====\n\n.. toctree::\n   :glob:\n   :maxdepth: 3\n\n   *\n",
    "Ape.trope": "Text.\n",
}
IN_HEADING = {
    "link": "On {{Ape}}s",
    "red_link": "On {{Ghost}}s",
    "spoiler": "On [[spoiler:hidden apes]]",
    "note": "On apes[[note]]noted apes[[/note]]",
    "emphasis": "On ''apes'' and @@more@@",
    "colour": "On [[red:apes]]",
    "break": "On apes \\\\ and more",
}


@pytest.mark.parametrize("name", ["html", "singlehtml", "epub", "latex", "text", "texinfo"])
@pytest.mark.parametrize("markup", IN_HEADING)
def test_a_heading_may_hold_markup(tmp_path: Path, name: str, markup: str) -> None:
    site = Site(tmp_path)
    page = f"Text.\n\n!!{IN_HEADING[markup]}\nMore.\n\n!!!Deeper\nText.\n"
    site.write(HEADINGS | {"Page.trope": page}).build(name, **CONFIG)
    assert warnings_of(site) == []


# -- pages without a source where there are none


@pytest.mark.parametrize("name", ["text", "latex", "singlehtml", "linkcheck"])
def test_a_reference_to_a_page_without_a_source_is_no_warning(tmp_path: Path, name: str) -> None:
    site = Site(tmp_path)
    words = "The :ref:`trope-index`, :doc:`tropes/index` and :doc:`wanted <tropes/wanted>`."
    site.write({"index.rst": f"Wiki\n====\n\n{words}\n", "Ape.trope": "Text.\n"}).build(name)
    assert warnings_of(site) == []


def test_a_redirect_of_epub_does_not_lead_on_by_itself(site: Site) -> None:
    page = (build(site, "epub") / "pages/OldName.xhtml").read_text("utf-8")
    assert "http-equiv" not in page.lower().replace('http-equiv="content-type"', "")


# -- rebuilding with a builder that shares doctrees


@pytest.mark.parametrize("name", ["latex", "singlehtml", "man", "texinfo"])
def test_a_builder_that_writes_all_in_one_file_shows_what_is_new(tmp_path: Path, name: str) -> None:
    site = Site(tmp_path)
    extra = {"man_pages": [("index", "wiki", "Wiki", ["us"], 1)]} if name == "man" else {}
    site.write(HEADINGS | {"Bee.trope": "To {{Ape}}.\n"}).build(name, **extra)
    site.write({"Bee.trope": "Something about {{Ape}} that is new.\n"}).build(name, **extra)
    after = all_text(site.root / name).rpartition("Referenced by")[2]
    assert "that is new" in " ".join(after.split())


def test_text_sets_the_parts_of_a_trail_apart(site: Site) -> None:
    index = "[[index]]\n* {{Ape}}\n* {{Bee}}\n* {{Cat}}\n[[/index]]\n"
    site.write({"Animals.trope": index, **{f"{n}.trope": "It.\n" for n in ("Ape", "Bee", "Cat")}})
    out = site.build("text")
    assert "← Ape | Animals | Cat →" in (out / "Bee.txt").read_text("utf-8")
    assert "\nAnimals | Bee →" in (out / "Ape.txt").read_text("utf-8")


def test_a_folder_without_a_name_has_no_empty_heading_in_other_builders(tmp_path: Path) -> None:
    markup = "   [[folder:]]\n   Words in it.\n   [[/folder]]\n"
    site = Site(tmp_path).write({"index.rst": f"Wiki\n====\n\n.. trope-markup::\n\n{markup}"})
    text = (site.build("texinfo") / "wiki.texi").read_text("utf-8")
    assert "Words in it." in text
    assert not [line for line in text.splitlines() if line.strip().endswith("heading")]
