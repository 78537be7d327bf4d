"""The line at the foot of a page: index, graph, recent changes, a random page, the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..conftest import AWKWARD, Site, having_class, text_of
from ..repository.repositories import Repository

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PLAIN = {"plain.rst": "Plain\n=====\n\nNo page of the wiki.\n"}


def lines(site: Site, page: str, out: str = "html") -> list[Element]:
    root: Element = site.page(page, out)
    return having_class(root, "trope-ways")


def links(site: Site, page: str, out: str = "html") -> dict[str, str | None]:
    [line] = lines(site, page, out)
    return {text_of(link): link.get("href") for link in line.iter("a")}


def test_a_page_leads_to_index_graph_and_a_random_page(site: Site) -> None:
    site.write(AWKWARD).build()
    assert links(site, "Film/12 O'Clock") == {
        "Index": "../tropes/index.html",
        "Graph": "../tropes/graph.html",
        "Random page": "../tropes/index.html",
    }


def test_generated_pages_have_the_line_and_backlinks_pages_too(site: Site) -> None:
    site.write(AWKWARD).build()
    assert "Graph" in links(site, "tropes/wanted")
    assert links(site, "tropes/backlinks/main/abe")["Index"] == "../../index.html"
    assert "Index" in links(site, "404")


def test_the_page_that_a_reader_is_on_is_marked_and_no_link(site: Site) -> None:
    site.write(AWKWARD).build()
    [line] = lines(site, "tropes/index")
    marked = [text_of(part) for part in line.iter() if part.get("aria-current") == "page"]
    assert (marked, "Index" in links(site, "tropes/index")) == (["Index"], False)


def test_a_document_without_pages_of_the_wiki_has_none(site: Site) -> None:
    site.write(AWKWARD | PLAIN).build()
    assert [lines(site, page) for page in ("plain", "index", "search")] == [[], [], []]


def test_a_document_with_a_page_inside_has_the_line(site: Site) -> None:
    site.write({"some.rst": "Some\n====\n\n.. trope:: Own <b> 2\n\n   Text.\n"}).build()
    assert "Index" in links(site, "some")


def test_no_graph_is_offered_where_there_is_none_and_again_once_there_is(site: Site) -> None:
    site.write(AWKWARD).build(tropes_graph=False)
    assert "Graph" not in links(site, "Humans")
    assert "Graph" not in links(site, "tropes/backlinks/main/abe")
    site.build()
    assert "Graph" in links(site, "Humans")
    assert "Graph" in links(site, "tropes/backlinks/main/abe")


def test_an_index_that_is_left_out_is_not_offered(site: Site) -> None:
    own = {"tropes/index.rst": "Mine\n====\n"}
    site.write(AWKWARD).build()
    site.write(own).build()
    assert "Index" not in links(site, "Humans")
    site.write(dict.fromkeys(own)).build()
    assert "Index" in links(site, "Humans")


def test_recent_changes_are_offered_where_there_is_a_history(site: Site) -> None:
    site.write(AWKWARD).build()
    assert "Recent changes" not in links(site, "Humans")
    Repository(site.source).commit("First")
    site.build()
    assert links(site, "Humans")["Recent changes"] == "tropes/recent.html"


def test_books_and_single_pages_have_no_line(site: Site) -> None:
    site.write(AWKWARD)
    for builder in ("epub", "singlehtml"):
        out = site.build(builder)
        texts = [p.read_text("utf-8") for p in (*out.rglob("*.html"), *out.rglob("*.xhtml"))]
        assert texts
        assert not any("trope-ways" in text for text in texts)


def test_in_folders_the_links_are_those_of_folders(site: Site) -> None:
    site.write(AWKWARD).build("dirhtml")
    assert links(site, "Humans/index", "dirhtml")["Index"] == "../tropes/"


def test_the_line_says_which_page_a_reader_has_seen(site: Site) -> None:
    site.write({"A.trope": '(:title 2 <b>&"x" it’s:)\nText.\n'}).build()
    [seen] = having_class(site.page("A"), "trope-seen")
    assert seen.get("data-trope-page-title") == "2 <b>&”x” it’s"
    assert seen.get("data-trope-address") == "A.html"


def test_generated_pages_show_the_trail_and_are_not_in_it(site: Site) -> None:
    site.write(AWKWARD).build()
    [seen] = having_class(site.page("tropes/index"), "trope-seen")
    assert seen.get("data-trope-page-title") is None


def test_the_trail_can_be_turned_off(site: Site) -> None:
    site.write(AWKWARD).build()
    site.build(tropes_trail=False)
    assert having_class(site.page("Humans"), "trope-seen") == []
    assert having_class(site.page("tropes/backlinks/main/abe"), "trope-seen") == []
