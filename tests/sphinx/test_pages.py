"""Pages of a small wiki in HTML: links, panels, and the pages without a source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ..conftest import CONF, Site, having_class, text_of
from .reading import (
    body,
    broken_links,
    duplicate_ids,
    ids_of,
    link_named,
    links,
    panel_of,
    panel_text,
    warnings_of,
)

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

FILES = {
    "index.rst": """\
Wiki
====

To :trope:`InterspeciesRomance`, :doc:`tropes/index`, :doc:`what is wanted <tropes/wanted>`,
:ref:`trope-index`, :doc:`tropes/health` and :doc:`tropes/backlinks/main/interspeciesromance`.
""",
    "InterspeciesRomance.trope": """\
(:laconic Love across the border of species.:)
(:alias CrossSpeciesLove:)

!!Examples
* In Film/TheMatrix, a GreenSkinnedSpaceBabe. And more.

See also: FunnyAnimal; StarCrossedLovers.
""",
    "FunnyAnimal.trope": """\
(:title Animals That Are Funny:)

One sentence first. They may end in CrossSpeciesLove, of course. Another sentence last.

An {{Interspecies Romance}} again, and a [[InterspeciesRomance#Examples list of them]].
""",
    "StarCrossedLovers.trope": "Nobody.\n",
    "OldRomance.trope": "(:redirect InterspeciesRomance:)\n",
    "Linker.trope": "An OldRomance, a FunyAnimal and a GreenSkinnedSpaceBabe.\n",
    "Film/TheMatrix.trope": "No {{Interspecies Romance}} here.\n",
    "Lonely.trope": "To nobody.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("pages"))
    site.write(dict(FILES))
    site.build()
    return site


@pytest.fixture(scope="module")
def romance(site: Site) -> Element:
    return site.page("InterspeciesRomance")


# -- links


def test_a_link_shows_the_title_of_its_page(site: Site) -> None:
    link = link_named(site.page("InterspeciesRomance"), "Animals That Are Funny")
    assert link.get("href") == "FunnyAnimal.html"


def test_a_link_by_an_alias_shows_the_words_of_the_alias(site: Site) -> None:
    link = link_named(site.page("FunnyAnimal"), "Cross Species Love")
    assert link.get("href") == "InterspeciesRomance.html"


def test_a_link_to_a_redirect_leads_to_its_end(site: Site) -> None:
    link = link_named(site.page("Linker"), "Old Romance")
    assert link.get("href") == "InterspeciesRomance.html"


def test_a_red_link_leads_to_its_backlinks_page(site: Site) -> None:
    link = link_named(site.page("Linker"), "Green Skinned Space Babe")
    assert link.get("href") == "tropes/backlinks/main/greenskinnedspacebabe.html"


def test_a_red_link_has_its_classes(site: Site) -> None:
    link = link_named(site.page("Linker"), "Green Skinned Space Babe")
    assert {"trope", "trope-wanted"} <= set(link.get("class", "").split())


def test_a_link_to_a_page_is_not_red(site: Site) -> None:
    link = link_named(site.page("FunnyAnimal"), "Cross Species Love")
    assert "trope-wanted" not in link.get("class", "")


def test_a_redirect_shows_where_it_leads(site: Site) -> None:
    link = link_named(site.page("OldRomance"), "Interspecies Romance")
    assert link.get("href") == "InterspeciesRomance.html"


def test_a_link_to_a_section_leads_there(site: Site) -> None:
    href = link_named(site.page("FunnyAnimal"), "list of them").get("href", "")
    page, _, id_ = href.partition("#")
    assert page == "InterspeciesRomance.html"
    assert id_ in ids_of(site.page("InterspeciesRomance"))


def test_the_title_of_a_page_is_its_name_in_words(romance: Element) -> None:
    assert text_of(next(romance.iter("h1"))).startswith("Interspecies Romance")


def test_an_explicit_title_counts_more(site: Site) -> None:
    heading = text_of(next(site.page("FunnyAnimal").iter("h1")))
    assert heading.startswith("Animals That Are Funny")


def test_no_link_leads_nowhere(site: Site) -> None:
    assert broken_links(site.root / "html") == []


@pytest.mark.parametrize("name", ["InterspeciesRomance", "FunnyAnimal", "Linker", "tropes/index"])
def test_the_ids_of_a_page_are_unique(site: Site, name: str) -> None:
    assert duplicate_ids(site.page(name)) == []


# -- the panel


def test_a_panel_tells_that_a_page_is_referred_to(romance: Element) -> None:
    assert "Referenced by" in panel_text(romance)


def test_a_panel_is_an_aside(romance: Element) -> None:
    assert panel_of(romance).tag == "aside"


def test_a_panel_is_at_the_end_of_its_page(romance: Element) -> None:
    text = text_of(body(romance))
    assert text.rindex("Referenced by") > text.index("See also")


def test_a_panel_tells_the_sentence_alone(romance: Element) -> None:
    contexts = [text_of(e) for e in having_class(panel_of(romance), "trope-context")]
    assert any(c.startswith("They may end in Cross Species Love, of course.") for c in contexts)
    assert not any("One sentence first" in c or "Another sentence" in c for c in contexts)


def test_a_sentence_of_a_panel_leads_to_the_very_place(site: Site, romance: Element) -> None:
    marks = having_class(panel_of(romance), "trope-mark")
    ends = [link.get("href", "").partition("#") for link in marks]
    assert len(ends) == 6
    for page, _, id_ in ends:
        assert id_ in ids_of(site.page(page.removesuffix(".html")))


def test_a_panel_groups_by_namespace(romance: Element) -> None:
    groups = [text_of(e) for e in having_class(panel_of(romance), "trope-group")]
    assert groups == ["Tropes (2)", "Films (1)", "Other documents (1)"]


def test_a_panel_has_a_heading_that_names_it(romance: Element) -> None:
    panel = panel_of(romance)
    heading = panel[0]
    assert heading.tag == "h2"
    assert heading.get("id") == panel.get("aria-labelledby")


def test_several_links_of_a_page_are_one_entry_with_their_number(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write(
        {"Ape.trope": "An ape.", "Bee.trope": "To {{Ape}}. And {{Ape}}. Or {{Ape}}. More: {{Ape}}."}
    )
    site.build()
    panel = panel_of(site.page("Ape"))
    (entry,) = having_class(panel, "trope-backlinks-list")[0].iter("li")
    assert text_of(entry[0]) == "Bee (4)"
    assert len(having_class(entry, "trope-context")) == 3
    assert len(having_class(body(site.page("tropes/backlinks/main/ape")), "trope-context")) == 4


def test_a_panel_shows_the_titles_of_those_who_refer(romance: Element) -> None:
    found = [text_of(e) for e in having_class(panel_of(romance), "trope-source")]
    assert found == ["Animals That Are Funny", "Linker", "The Matrix", "Wiki"]


def test_a_panel_says_by_which_alias(romance: Element) -> None:
    assert "via Cross Species Love" in panel_text(romance)


def test_a_panel_leads_to_the_backlinks_page(romance: Element) -> None:
    hrefs = [link.get("href") for link in links(panel_of(romance))]
    assert "tropes/backlinks/main/interspeciesromance.html" in hrefs


def test_a_page_that_nothing_refers_to_has_no_panel(site: Site) -> None:
    assert not having_class(site.page("Lonely"), "trope-backlinks")


def test_a_redirect_has_no_panel(site: Site) -> None:
    assert not having_class(site.page("OldRomance"), "trope-backlinks")


def test_a_redirect_is_no_backlink(romance: Element) -> None:
    assert not any(link.get("href") == "OldRomance.html" for link in links(panel_of(romance)))


def test_a_panel_is_not_searched(romance: Element) -> None:
    assert "no-search" in panel_of(romance).get("class", "").split()


def test_a_panel_can_be_read_without_a_script(romance: Element) -> None:
    assert not any(e.get("hidden") is not None for e in panel_of(romance).iter())


# -- backlinks pages


def backlinks(site: Site, name: str) -> Element:
    return body(site.page(f"tropes/backlinks/{name}"))


def test_a_backlinks_page_has_each_sentence(site: Site) -> None:
    page = backlinks(site, "main/interspeciesromance")
    assert len(having_class(page, "trope-context")) == 5  # two links stand in one
    assert len(having_class(page, "trope-mark")) == 6


def test_a_backlinks_page_groups_by_namespace(site: Site) -> None:
    headings = [text_of(e) for e in backlinks(site, "main/interspeciesromance").iter("h2")]
    assert [heading.split()[0] for heading in headings] == ["Tropes", "Films", "Other"]


def test_a_backlinks_page_leads_to_the_very_place(site: Site) -> None:
    for mark in having_class(backlinks(site, "main/funnyanimal"), "trope-mark"):
        page, _, id_ = mark.get("href", "").partition("#")
        assert page == "../../../InterspeciesRomance.html"
        assert id_ in ids_of(site.page("InterspeciesRomance"))


def test_a_backlinks_page_names_its_page(site: Site) -> None:
    title = next(backlinks(site, "main/funnyanimal").iter("h1"))
    assert "Animals That Are Funny" in text_of(title)


def test_a_backlinks_page_leads_back_to_its_page(site: Site) -> None:
    hrefs = [link.get("href") for link in links(backlinks(site, "main/funnyanimal"))]
    assert "../../../FunnyAnimal.html" in hrefs


def test_a_wanted_name_has_a_backlinks_page(site: Site) -> None:
    assert "GreenSkinnedSpaceBabe" in text_of(backlinks(site, "main/greenskinnedspacebabe"))


def test_a_backlinks_page_of_a_wanted_name_says_it_is_not_written(site: Site) -> None:
    title = text_of(next(backlinks(site, "main/greenskinnedspacebabe").iter("h1")))
    assert "not written" in title


def test_a_backlinks_page_of_a_wanted_name_tells_what_may_be_meant(site: Site) -> None:
    (near,) = having_class(backlinks(site, "main/funyanimal"), "trope-near")
    assert [link.get("href") for link in links(near)] == ["../../../FunnyAnimal.html"]


def test_a_name_that_nothing_links_to_has_no_backlinks_page(site: Site) -> None:
    assert not (site.root / "html/tropes/backlinks/main/lonely.html").exists()


def test_an_alias_has_no_backlinks_page_of_its_own(site: Site) -> None:
    assert not (site.root / "html/tropes/backlinks/main/crossspecieslove.html").exists()


# -- index, wanted pages, health


def test_the_index_lists_all_pages_and_aliases(site: Site) -> None:
    (entries,) = [having_class(body(site.page("tropes/index")), "trope-entries")]
    found = {text_of(link) for entry in entries for link in links(entry)}
    assert found == {
        "Animals That Are Funny", "Cross Species Love", "Interspecies Romance", "Linker",
        "Lonely", "The Matrix", "Old Romance", "Star Crossed Lovers",
    }  # fmt: skip


def test_the_index_has_its_letters_in_order(site: Site) -> None:
    headings = [text_of(e)[0] for e in body(site.page("tropes/index")).iter("h2")]
    letters = [heading for heading in headings if heading.isupper()]
    assert letters == sorted(letters)


def test_the_index_shows_the_laconic(site: Site) -> None:
    assert "Love across the border of species." in text_of(body(site.page("tropes/index")))


def test_the_index_can_be_linked_to_by_its_label(site: Site) -> None:
    hrefs = [link.get("href") for link in links(body(site.page("index")))]
    assert [href for href in hrefs if href and href.startswith("tropes/index.html")] == [
        "tropes/index.html",
        "tropes/index.html",
    ]


@pytest.mark.parametrize(
    "href",
    [
        "tropes/wanted.html",
        "tropes/health.html",
        "tropes/backlinks/main/interspeciesromance.html",
    ],
)
def test_pages_without_a_source_can_be_linked_to_by_doc(site: Site, href: str) -> None:
    assert href in [link.get("href") for link in links(body(site.page("index")))]


def test_wanted_pages_are_listed_the_most_wanted_first(site: Site) -> None:
    (listed,) = having_class(site.page("tropes/wanted"), "trope-wanted-list")
    red = [text_of(link) for link in having_class(listed, "trope-wanted")]
    assert red == ["Green Skinned Space Babe", "Funy Animal"]


def test_wanted_pages_tell_what_may_be_meant(site: Site) -> None:
    (near,) = having_class(body(site.page("tropes/wanted")), "trope-near")
    assert "Animals That Are Funny" in text_of(near)


def test_the_health_page_lists_orphans_and_dead_ends(site: Site) -> None:
    text = text_of(body(site.page("tropes/health")))
    assert "Lonely" in text
    assert "Star Crossed Lovers" in text


def test_pages_without_a_source_have_no_source_link(site: Site) -> None:
    hrefs = [link.get("href", "") for link in links(site.page("tropes/index"))]
    assert not any("_sources" in href for href in hrefs)


def test_the_index_page_is_found_by_search(site: Site) -> None:
    text = (site.root / "html/searchindex.js").read_text("utf-8")
    assert '"tropes/index"' in text


def test_backlinks_pages_are_not_searched(site: Site) -> None:
    text = (site.root / "html/searchindex.js").read_text("utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    assert "tropes/index" in index["docnames"]
    assert not [docname for docname in index["docnames"] if "backlinks/" in docname]


def test_the_wiki_builds_without_a_warning(site: Site) -> None:
    assert warnings_of(site) == []


# -- the wiki's own navigation


def test_a_member_of_an_index_leads_to_previous_index_and_next(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({f"{n}.trope": "Text.\n" for n in ("Ape", "Bee", "Cat")})
    site.write({"Beasts.trope": "[[index]]\n* [[Ape]]\n* [[Bee]]\n* [[Cat]]\n[[/index]]\n"}).build()
    (nav,) = having_class(site.page("Bee"), "trope-index-nav")
    assert nav.tag == "nav"
    assert [a.get("href") for a in links(nav)] == ["Ape.html", "Beasts.html", "Cat.html"]


# -- projects of other shapes


def test_a_page_can_be_the_root_of_a_project(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write(
        {"index.rst": None, "HomePage.trope": "To {{Ape}}.\n", "Ape.trope": "To HomePage.\n"}
    )
    site.build(root_doc="HomePage")
    assert link_named(site.page("HomePage"), "Ape").get("href") == "Ape.html"
    assert warnings_of(site) == []


def test_files_of_another_suffix_can_be_pages(tmp_path: Path) -> None:
    site = Site(tmp_path)
    suffixes = {".rst": "restructuredtext", ".wiki": "trope"}
    site.write({"Ape.wiki": "To {{Bee}}.\n", "Bee.trope": "To {{Ape}}.\n"})
    site.build(source_suffix=suffixes)
    assert link_named(site.page("Ape"), "Bee").get("href") == "Bee.html"
    assert link_named(site.page("Bee"), "Ape").get("href") == "Ape.html"


def test_pages_can_have_another_suffix_in_html(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"Ape.trope": "To {{Ghost}}.\n"}).build(html_file_suffix=".htm")
    assert (site.root / "html/tropes/backlinks/main/ghost.htm").exists()
    assert broken_links(site.root / "html", ".htm") == []


def test_pages_can_be_in_a_toctree_with_numbers(tmp_path: Path) -> None:
    site = Site(tmp_path)
    toctree = ".. toctree::\n   :numbered:\n   :glob:\n\n   *\n"
    site.write(
        {"index.rst": f"Wiki\n====\n\n{toctree}", "Ape.trope": "To {{Ghost}}.\n\n!!Part\nText.\n"}
    )
    site.build()
    assert text_of(next(site.page("Ape").iter("h2"))).startswith("1.1. Part")
    assert warnings_of(site) == []


@pytest.mark.parametrize(
    "extension", ["sphinx.ext.autosectionlabel", "sphinx.ext.viewcode", "sphinx.ext.todo"]
)
def test_other_extensions_do_not_mind_pages_without_a_source(
    tmp_path: Path, extension: str
) -> None:
    site = Site(tmp_path)
    site.write({"conf.py": CONF.replace('["', f'["{extension}", "')})
    site.write({"Ape.trope": "To {{Ghost}}.\n"}).build()
    site.build()
    assert warnings_of(site) == []


# -- toctrees


def test_a_glob_toctree_lists_pages_but_none_without_a_source(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write(
        {
            "index.rst": "Wiki\n====\n\n.. toctree::\n   :glob:\n\n   *\n   tropes/*\n",
            "Ape.trope": "To Cat and {{Bee}}.\n",
            "Cat.trope": "To [[Ape]].\n",
        }
    )
    for _ in range(2):
        site.build(force=True)
        (toctree,) = having_class(body(site.page("index")), "toctree-wrapper")
        hrefs = [link.get("href") for link in links(toctree)]
        assert hrefs == ["Ape.html", "Cat.html"]


def test_a_trope_document_in_no_toctree_is_no_warning(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"Ape.trope": "Text.\n", "deep/Down.trope": "Text.\n"}).build()
    assert not site.warnings


def test_a_folder_that_is_a_namespace_is_one_in_any_case(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write(
        {"wiki/film/Alien.trope": "Text.\n", "A.trope": "To Film/AlienThing, [[Film/Alien]].\n"}
    )
    site.build()
    assert link_named(site.page("A"), "Alien").get("href") == "wiki/film/Alien.html"


def test_the_namespace_property_says_otherwise(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write(
        {"Film/Alien.trope": "(:namespace Music:)\n\nText.\n", "A.trope": "To [[Music/Alien]].\n"}
    )
    site.build()
    assert link_named(site.page("A"), "Alien").get("href") == "Film/Alien.html"


def test_the_redirect_mark_is_a_redirect(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write(
        {"Old.trope": "[[redirect:New]]\n", "New.trope": "Text.\n", "A.trope": "To [[Old]].\n"}
    )
    site.build()
    assert link_named(site.page("A"), "Old").get("href") == "New.html"


def test_a_link_to_a_section_by_way_of_a_redirect_leads_there(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write(
        {
            "Old.trope": "[[redirect:New]]\n",
            "New.trope": "Text.\n\n!!A Part\nMore.\n",
            "A.trope": "To [[Old#APart a part]].\n",
        }
    ).build()
    assert link_named(site.page("A"), "a part").get("href") == "New.html#a-part"


def test_a_heading_may_hold_a_link(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"Ape.trope": "Text.\n", "A.trope": "!!On {{Ape}}s\nMore.\n\n!!And more\nText.\n"})
    site.build()
    assert link_named(site.page("A"), "Apes").get("href") == "Ape.html"
    assert not site.warnings


def test_two_headings_of_one_name_are_two_sections(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"A.trope": "!!Part\nOne.\n\n!!Part\nTwo.\n"}).build()
    assert duplicate_ids(site.page("A")) == []
    assert not site.warnings


def test_an_anchor_of_the_writers_does_not_clash_with_a_heading(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"A.trope": "!!Part\nOne [[#part]] two [[#part]].\n"}).build()
    assert duplicate_ids(site.page("A")) == []


def test_a_heading_named_as_a_link_does_not_clash_with_its_id(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"A.trope": "!!Link main red\nTo [[Red]].\n"}).build()
    assert duplicate_ids(site.page("A")) == []


def test_the_page_of_an_ambiguous_name_lists_first_what_it_may_mean(site: Site) -> None:
    site.write(
        {
            "Film/Dracula.trope": "A film.\n",
            "Literature/Dracula.trope": "A book.\n",
            "Vampire.trope": "Like {{Dracula}}.\n",
        }
    ).build()
    page = body(site.page("tropes/backlinks/main/dracula"))
    (meanings,) = having_class(page, "trope-meanings")
    assert [text_of(link) for link in links(meanings)] == [
        "Dracula (Films)",
        "Dracula (Literature)",
    ]
    text = text_of(page)
    assert text.index("may be one of these") < text.index("Nobody has written")
    assert not having_class(page, "trope-near")


def test_a_page_that_is_no_index_is_told_in_every_build(site: Site) -> None:
    site.write({"guide.rst": "Guide\n=====\n\n.. trope-index::\n   :index: Not An Index\n"})
    for _ in range(2):
        site.build()
        (warning,) = [w for w in warnings_of(site, "trope.markup") if "guide.rst:4" in w]
        assert "Main/NotAnIndex is not an index" in warning


def test_a_letter_with_many_entries_says_about_how_many(site: Site) -> None:
    site.write({f"Zebra{at}.trope": "One.\n" for at in range(40)} | {"Ape.trope": "One.\n"}).build()
    lists = having_class(body(site.page("tropes/index")), "trope-entries")
    classes = [found.get("class", "").split() for found in lists]
    assert sum("trope-about-32" in found for found in classes) == 1
    assert not [name for found in classes[:-1] for name in found if name.startswith("trope-about")]


# -- ids


def repeated_ids(site: Site, page: str) -> list[str]:
    ids = [e.get("id") for e in site.page(page).iter() if e.get("id")]
    return sorted({id_ for id_ in ids if ids.count(id_) > 1})


def test_no_heading_has_the_id_of_something_generated(site: Site) -> None:
    heads = ["Backlinks main page 2", "Link main goal", "List 1 letter g", "Trope Main Page2",
             "Examples main page 2", "Trope main goal", "Way", "Backlinks document guide"]  # fmt: skip
    rst = "\n\n".join(f"{head}\n{'-' * len(head)}\n\nx" for head in heads)
    guide = (
        f"Guide\n=====\n\n`Link main goal`_ and :trope:`Goal` and :trope:`goal`\n\n{rst}\n\n"
        ".. _link-main-goal-2:\n\nMine\n----\n\n.. trope-index::\n\n.. trope:: Page2\n\n   :trope:`Goal`\n\n"
        "See :ref:`there <link-main-goal-2>`.\n"
    )
    page = "".join(f"!!{head}\n{{{{Goal}}}}\n\n" for head in heads)
    site.write(
        {
            "guide.rst": f":orphan:\n\n{guide}",
            "Page2.trope": f"x\n\n{page}",
            "Goal.trope": "{{Page 2}}",
        }
    )
    site.write({"Other.trope": "{{Page 2}} {{Goal}}"}).build(tropes_backlinks_for="all")
    for name in ("guide", "Page2", "Goal", "tropes/index", "tropes/backlinks/main/goal"):
        assert repeated_ids(site, name) == [], name
    ids = {e.get("id") for e in site.page("guide").iter()}
    hrefs = [a.get("href") or "" for a in site.page("guide").iter("a")]
    inside = [href[1:] for href in hrefs if href.startswith("#") and len(href) > 1]
    assert set(inside) <= ids
    heading = next(
        e for e in site.page("guide").iter("section") if "Link main goal" in text_of(e)[:20]
    )
    assert heading.get("id") == "section-link-main-goal"
    assert "section-link-main-goal" in inside


# -- titles in the other direction

RTL = {
    "Goal.trope": "Goal page. {{Rtl}} (2) and {{Heb 3}} 3, {{שם אחר!}}.\n",
    "Rtl.trope": "(:title العنوان العربي:)\n(:alias כינוי:)\nنص عربي {{Goal}} نص. Second {{Goal}}.\n",
    "Heb3.trope": "(:title שם הדף!:)\n(:laconic מילה (1).:)\nעברית {{Goal}}, ועוד {{Goal}} {{שם אחר!}}.\n",
}


def isolated(site: Site, page: str) -> set[str]:
    return {text_of(element) for element in site.page(page).iter("bdi")}


def test_titles_from_right_to_left_are_kept_apart(site: Site) -> None:
    site.write(dict(RTL)).build()
    titles = {"العنوان العربي", "שם הדף!"}
    assert {*titles, "שם אחר!"} <= isolated(site, "Goal")  # links and backlinks
    assert titles | {"כינוי", "מילה (1)."} <= isolated(site, "tropes/index")
    assert titles <= isolated(site, "tropes/backlinks/main/goal")
    assert "כינוי" in isolated(site, "tropes/backlinks/main/rtl")
    assert any("שם" in name for name in isolated(site, "tropes/wanted"))
    (drawing,) = having_class(site.page("Goal"), "trope-graph")
    names = [text_of(text) for text in drawing.iter() if text.tag.endswith("text")]
    assert "\u2068שם הדף!\u2069" in names


def test_titles_from_left_to_right_need_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write(
        {
            "Ünï2.trope": "On {{鋼の錬金術師}}, {{Café}}.\n",
            "Café.trope": "(:title Καφές:)\n{{Ünï2}}",
        }
    )
    site.build()
    html = "".join(path.read_text("utf-8") for path in (site.root / "html").rglob("*.html"))
    assert "<bdi>" not in html


def test_in_a_wiki_from_right_to_left_it_is_the_others_that_are_kept_apart(site: Site) -> None:
    site.write(dict(RTL)).build(language="he")
    assert "Goal" in isolated(site, "Heb3")
    assert "Goal" in isolated(site, "tropes/index")
    assert "שם הדף!" not in isolated(site, "tropes/index")


@pytest.mark.parametrize("builder", ["text", "latex", "xml", "singlehtml", "dirhtml"])
def test_every_builder_shows_titles_from_right_to_left(site: Site, builder: str) -> None:
    site.write({**RTL, "index.rst": "W\n=\n\n.. toctree::\n   :glob:\n\n   *\n"}).build(builder)
    files = [
        p for p in (site.root / builder).rglob("*") if p.suffix in (".txt", ".tex", ".xml", ".html")
    ]
    shown = "".join(path.read_text("utf-8") for path in files)
    assert "שם הדף!" in shown
    assert "trope_isolated" not in shown
    assert site.warnings.count("unknown node") == 0
