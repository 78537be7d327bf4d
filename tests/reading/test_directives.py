"""Pages, markup and lists of pages inside any document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import Site, having_class, text_of
from ..sphinx.reading import body, duplicate_ids, ids_of, link_named, links, places_of, warnings_of

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

GUIDE = """\
:orphan:

Guide
=====

.. trope:: Red Herring
   :title: Herring, Red
   :aliases: False Clue, FalseLead
   :laconic: What misleads.
   :indexes: Plot Devices

   It ''misleads'', unlike a MacGuffin.

   !!Examples
   * An example of {{Never Written}}.

.. trope:: Mac Guffin

   Not a FalseClue. [[folder:More]]

   * A folder.

.. trope:: The Matrix
   :namespace: Film
   :no-index-entry:

   (:laconic Said in the body.:)

   A film.

.. trope:: Lost
   :namespace: Nowhere

   In no namespace.

.. trope:: Old Name

   (:redirect RedHerring:)
"""

MARKUP = """\
:orphan:

Markup
======

.. trope-markup::

   (:title Not a page:)

   A RedHerring, ''emphasis''.

   !!A heading
   [[folder:A fold]]
   Text.
   [[/folder]]

After.
"""

LISTS = """\
Wiki
====

.. container:: all

   .. trope-index::

.. container:: films

   .. trope-index::
      :namespace: film

.. container:: devices

   .. trope-index::
      :index: PlotDevices

.. container:: nowhere

   .. trope-index::
      :namespace: Nowhere

.. container:: backlinks

   .. trope-backlinks:: Red Herring

.. container:: backlinks-wanted

   .. trope-backlinks:: NeverWritten

.. container:: wanted

   .. trope-wanted::
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("directives"))
    site.write(
        {
            "index.rst": LISTS,
            "guide.rst": GUIDE,
            "markup.rst": MARKUP,
            "Film/Alien.trope": "A film with a {{Red Herring}}.\n",
            "PlotDevices.trope": "[[index]]\n* MacGuffin, unlike RedHerring\n[[/index]]\n",
        }
    )
    site.build()
    return site


def part(page: Element, name: str) -> Element:
    return having_class(body(page), name)[0]


def page_in(page: Element, id_: str) -> Element:
    (found,) = (e for e in having_class(page, "trope-page") if e.get("id") == id_)
    return found


@pytest.fixture(scope="module")
def herring(site: Site) -> Element:
    return page_in(site.page("guide"), "trope-main-redherring")


# -- trope


def test_a_page_in_a_document_shows_its_title(herring: Element) -> None:
    assert text_of(having_class(herring, "trope-title")[0]) == "Herring, Red"


def test_the_body_of_a_page_is_trope_markup(herring: Element) -> None:
    assert [text_of(e) for e in herring.iter("em")][:1] == ["misleads"]


def test_a_page_in_a_document_is_linked_to_by_every_alias(site: Site) -> None:
    link = link_named(site.page("guide"), "False Clue")
    assert link.get("href", "").endswith("#trope-main-redherring")


def test_a_page_in_a_document_has_a_panel_of_its_own(herring: Element) -> None:
    (panel,) = having_class(herring, "trope-backlinks")
    assert "Mac Guffin" in text_of(panel)


def test_pages_of_one_document_refer_to_each_other(site: Site) -> None:
    macguffin = page_in(site.page("guide"), "trope-main-macguffin")
    (panel,) = having_class(macguffin, "trope-backlinks")
    assert "Herring, Red" in text_of(panel)


def test_the_ids_of_a_document_with_pages_are_unique(site: Site) -> None:
    assert duplicate_ids(site.page("guide")) == []


def test_the_namespace_of_a_page_can_be_told(site: Site) -> None:
    assert "trope-film-thematrix" in ids_of(site.page("guide"))


def test_a_namespace_that_is_none_is_told_with_file_and_line(site: Site) -> None:
    line = GUIDE.split("\n").index(".. trope:: Lost") + 1
    assert f"guide.rst:{line}" in places_of(site, "trope.markup")


def test_a_page_in_a_document_may_redirect(site: Site) -> None:
    old = page_in(site.page("guide"), "trope-main-oldname")
    assert links(old)[0].get("href", "").endswith("#trope-main-redherring")


def test_a_document_with_pages_is_no_orphan_for_that(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"guide.rst": "Guide\n=====\n\n.. trope:: Red\n\n   Text.\n"}).build()
    assert "toc.not_included" in site.warnings


def test_a_trope_without_a_name_that_can_be_read_is_told(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"index.rst": "Wiki\n====\n\n.. trope:: !?\n\n   Text.\n"}).build()
    assert places_of(site, "trope.markup") == ["index.rst:4"]
    assert "Text." in text_of(body(site.page("index")))


def test_a_trope_without_a_body_is_a_page(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"index.rst": "Wiki\n====\n\n.. trope:: Red Herring\n\nTo :trope:`red herring`.\n"})
    site.build()
    assert link_named(site.page("index"), "Red Herring").get("href") == "#trope-main-redherring"


def test_a_heading_in_a_page_can_be_linked_to(tmp_path: Path) -> None:
    site = Site(tmp_path)
    text = "Wiki\n====\n\n.. trope:: Red\n\n   !!Examples\n   Some.\n\nTo :trope:`some <Red#Examples>`.\n"
    site.write({"index.rst": text}).build()
    href = link_named(site.page("index"), "some").get("href", "")
    assert href.partition("#")[2] in ids_of(site.page("index"))
    assert href != "#trope-main-red"


def test_two_pages_of_a_document_may_have_headings_of_one_name(tmp_path: Path) -> None:
    site = Site(tmp_path)
    pages = "".join(f".. trope:: {n}\n\n   !!Examples\n   Of {n}.\n\n" for n in ("One", "Two"))
    roles = ":trope:`first <One#Examples>` :trope:`second <Two#Examples>`\n"
    site.write({"index.rst": f"Wiki\n====\n\n{pages}{roles}"}).build()
    page = site.page("index")
    first, second = link_named(page, "first").get("href"), link_named(page, "second").get("href")
    assert first != second
    assert duplicate_ids(page) == []


# -- trope-markup


def test_markup_is_rendered_in_place(site: Site) -> None:
    assert [text_of(e) for e in body(site.page("markup")).iter("em")] == ["emphasis"]


def test_markup_defines_no_page(site: Site) -> None:
    assert "Not a page" not in text_of(site.page("tropes/index"))


def test_links_of_markup_are_backlinks_of_the_document(site: Site, herring: Element) -> None:
    (panel,) = having_class(herring, "trope-backlinks")
    assert any(link.get("href") == "markup.html" for link in links(panel))


def test_markup_holds_folders(site: Site) -> None:
    assert having_class(site.page("markup"), "trope-folder")


# -- lists


def test_an_index_in_place_lists_all_pages(site: Site) -> None:
    text = text_of(part(site.page("index"), "all"))
    assert all(t in text for t in ("Alien", "Herring, Red", "Mac Guffin", "Plot Devices"))


def test_an_index_lists_aliases(site: Site) -> None:
    assert "False Lead" in text_of(part(site.page("index"), "all"))


def test_an_index_leaves_out_what_is_not_to_be_listed(site: Site) -> None:
    assert "The Matrix" not in text_of(part(site.page("index"), "all"))


def test_an_index_shows_the_laconic(site: Site) -> None:
    assert "What misleads." in text_of(part(site.page("index"), "all"))


def test_an_index_of_a_namespace_lists_its_pages_only(site: Site) -> None:
    found = [text_of(link) for link in links(part(site.page("index"), "films"))]
    assert "Alien" in found
    assert "Mac Guffin" not in found


def test_an_index_of_an_index_lists_its_members_only(site: Site) -> None:
    found = {text_of(link) for link in links(part(site.page("index"), "devices"))}
    assert {"Mac Guffin", "Herring, Red"} <= found
    assert not found & {"Alien", "Plot Devices"}


def test_a_namespace_that_is_none_is_told_at_the_index(site: Site) -> None:
    line = LISTS.split("\n").index("      :namespace: Nowhere")
    assert f"index.rst:{line}" in places_of(site, "trope.markup")


def test_links_of_an_index_in_place_lead_to_the_pages(site: Site) -> None:
    found = {text_of(a): a.get("href") for a in links(part(site.page("index"), "all"))}
    assert found["Alien"] == "Film/Alien.html"


def test_backlinks_in_place_tell_who_refers_with_the_sentence(site: Site) -> None:
    text = text_of(part(site.page("index"), "backlinks"))
    assert "A film with a Red Herring." in text


def test_backlinks_in_place_of_a_wanted_page_tell_who_wants_it(site: Site) -> None:
    assert "An example of Never Written." in text_of(part(site.page("index"), "backlinks-wanted"))


def test_wanted_pages_in_place_are_red_links(site: Site) -> None:
    wanted = part(site.page("index"), "wanted")
    (link,) = [a for a in links(wanted) if text_of(a) == "Never Written"]
    assert "trope-wanted" in link.get("class", "").split()
    assert link.get("href") == "tropes/backlinks/main/neverwritten.html"


def test_several_lists_in_a_document_have_ids_of_their_own(site: Site) -> None:
    assert duplicate_ids(site.page("index")) == []


def test_backlinks_without_a_name_are_those_of_the_page_around(tmp_path: Path) -> None:
    site = Site(tmp_path)
    text = (
        "Wiki\n====\n\n.. trope:: Red\n\n   Text.\n\n.. container:: here\n\n"
        "   .. trope-backlinks::\n"
    )
    site.write({"index.rst": text, "A.trope": "To [[Red]].\n"}).build()
    assert "To Red." in text_of(part(site.page("index"), "here"))


def test_backlinks_without_a_name_where_no_page_is_are_told(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"index.rst": "Wiki\n====\n\n.. trope-backlinks::\n"}).build()
    assert places_of(site, "trope.markup") == ["index.rst:4"]


def test_backlinks_of_a_name_that_names_nothing_are_told(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"index.rst": "Wiki\n====\n\n.. trope-backlinks:: !?\n"}).build()
    assert len(places_of(site, "trope.markup")) == 1


def test_nothing_else_is_warned_of(site: Site) -> None:
    # the two namespaces that are none, and a folder that is opened inside a line
    assert [line for line in warnings_of(site) if "[trope.markup]" not in line] == []


WHOLE = "The Title\n=========\n\n.. trope:: Alpha\n   :document:\n\nIts *own* :trope:`Beta`.\n\nPart\n----\n\nx\n"


def test_a_whole_document_is_a_page_and_its_panel_follows_edits(site):
    site.write({"a.rst": f":orphan:\n\n{WHOLE}", "Beta.trope": "x\n"})
    site.build()
    assert site.warnings == ""
    site.write({"Beta.trope": "Here is Alpha: {{Alpha}}.\n"})
    html = (site.build() / "a.html").read_text("utf-8")
    assert html.index("<h1>The Title") < html.index("Part") < html.index("Here is Alpha")
    assert html.count("trope-title") == 0
    clean = (site.build(out="clean", doctrees="clean-doctrees") / "a.html").read_text("utf-8")
    assert clean == html


def test_a_page_that_is_no_whole_document_says_so(site):
    site.write({"a.rst": ":orphan:\n\nT\n=\n\nx\n\n.. trope:: Alpha\n   :document:\n"})
    site.build()
    assert "a.rst:8: WARNING: :document: is ignored" in site.warnings
