"""Drawings of neighbourhoods: on pages, and by a directive in any document."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from ..conftest import Site, having_class, text_of
from .reading import places_of

FILES = {
    "Middle.trope": (
        "To {{Friend}}, a {{Ghost}}, Film/TheMatrix and to A<B:\n\n"
        "(:title The Middle <b>:)\n\nAlso {{A Very Long Title Indeed of a Page}}.\n"
    ),
    "Friend.trope": "(:title Friend & <Foe>:)\n\nBack to the {{Middle}}, on to {{Far}}.\n",
    "Far.trope": "Far.\n",
    "Film/TheMatrix.trope": "A film.\n",
    "AVeryLongTitleIndeedOfAPage.trope": "Text.\n",
    "Lonely.trope": "Nothing.\n",
    "Secretive.trope": "It is [[spoiler:{{Far}}]].\n",
    "Old.trope": "(:redirect Middle:)\n",
}


def drawing_of(site: Site, name: str) -> ET.Element:
    (graph,) = having_class(site.page(name), "trope-graph")
    return next(element for element in graph.iter() if element.tag.endswith("svg"))


def linked(svg: ET.Element) -> dict[str, str]:
    """The words of each link -> its end."""
    links = [element for element in svg.iter() if element.tag.endswith("}a")]
    return {text_of(link): link.get("href", "") for link in links}


@pytest.fixture
def wiki(site: Site) -> Site:
    return site.write(dict(FILES))


def test_a_page_ends_with_its_neighbourhood(wiki: Site) -> None:
    wiki.build()
    ends = linked(drawing_of(wiki, "Middle"))
    assert ends["Friend & <Foe>"] == "Friend.html"
    assert ends["The Matrix"] == "Film/TheMatrix.html"
    assert ends["Ghost"] == "tropes/backlinks/main/ghost.html"
    assert linked(drawing_of(wiki, "Film/TheMatrix")) == {"The Middle <b>": "../Middle.html"}


def test_the_drawing_is_well_formed_and_has_a_name(wiki: Site) -> None:
    page = (wiki.build() / "Middle.html").read_text("utf-8")
    text = page[page.index("<svg viewBox") : page.index("</svg>", page.index("<svg viewBox"))]
    drawing = ET.fromstring(text + "</svg>")
    assert drawing.get("aria-label") == "The neighbourhood of The Middle <b>"
    assert drawing.get("role") == "group"


def test_a_long_title_is_shortened_and_told_in_full(wiki: Site) -> None:
    wiki.build()
    link = next(k for k in linked(drawing_of(wiki, "Middle")) if k.startswith("A Very Long"))
    assert link.startswith("A Very Long Title Indeed Of A Page")
    assert link.count("A Very Long") in (1, 2)  # in lines, and in the tooltip if it is cut


def test_a_page_that_nothing_is_near_to_has_no_drawing(wiki: Site) -> None:
    wiki.build()
    assert having_class(wiki.page("Lonely"), "trope-graph") == []
    assert having_class(wiki.page("Old"), "trope-graph") == []


def test_no_line_tells_what_a_spoiler_hides(wiki: Site) -> None:
    wiki.build()
    assert having_class(wiki.page("Secretive"), "trope-graph") == []
    assert "Secretive" not in linked(drawing_of(wiki, "Far"))


def test_drawings_can_be_left_away(wiki: Site) -> None:
    wiki.build(tropes_graph=False)
    assert having_class(wiki.page("Middle"), "trope-graph") == []


def test_a_drawing_is_drawn_anew_when_a_neighbour_changes(wiki: Site) -> None:
    wiki.build()
    wiki.write({"Friend.trope": "Back to {{Middle}} no more.\n\n(:title Renamed:)\n"}).build()
    assert "Renamed" in linked(drawing_of(wiki, "Middle"))


def test_what_is_in_a_drawing_is_not_found_by_search(wiki: Site) -> None:
    index = (wiki.build() / "searchindex.js").read_text("utf-8")
    assert "neighbourhood" not in index


def test_the_directive_draws_any_page_as_deep_as_asked(wiki: Site) -> None:
    wiki.write(
        {"doc.rst": ":orphan:\n\nDoc\n===\n\n.. trope-graph:: Film/The Matrix\n   :depth: 3\n"}
    )
    wiki.build()
    ends = linked(drawing_of(wiki, "doc"))
    assert ends["Far"] == "Far.html"
    (caption,) = having_class(wiki.page("doc"), "trope-graph-caption")
    assert text_of(caption) == "The Matrix"


def test_the_directive_without_a_name_draws_the_page_around_it(wiki: Site) -> None:
    page = ".. trope:: In Doc\n\n   To Film/TheMatrix.\n\n.. trope-graph::\n"
    wiki.write({"doc.rst": f":orphan:\n\nDoc\n===\n\n{page}"}).build(tropes_graph=False)
    assert linked(drawing_of(wiki, "doc")) == {"The Matrix": "Film/TheMatrix.html"}


@pytest.mark.parametrize("depth", ["0", "4", "-1", "deep"])
def test_a_depth_that_is_none_is_an_error_at_its_place(wiki: Site, depth: str) -> None:
    directive = f".. trope-graph:: Middle\n   :depth: {depth}\n"
    wiki.write({"doc.rst": f":orphan:\n\nDoc\n===\n\n{directive}"}).build()
    assert "doc.rst:6: ERROR" in wiki.warnings


def test_a_name_that_names_nothing_is_warned_of(wiki: Site) -> None:
    wiki.write({"doc.rst": ":orphan:\n\nDoc\n===\n\n.. trope-graph:: !!\n"}).build()
    assert places_of(wiki, "trope.markup") == ["doc.rst:6"]


def test_a_builder_that_draws_nothing_lists_the_same_pages(wiki: Site) -> None:
    text = "Wiki\n====\n\n.. trope-graph:: Film/The Matrix\n   :depth: 3\n"
    wiki.write({"index.rst": text})
    out = (wiki.build("text") / "index.txt").read_text("utf-8")
    assert "Friend & <Foe>" in out
    assert "Far" in out


def test_latex_draws_by_itself(wiki: Site) -> None:
    wiki.write(
        {
            "index.rst": "Wiki\n====\n\n.. toctree::\n\n   Middle\n   Friend\n\n.. trope-graph:: Middle\n"
        }
    )
    tex = next(wiki.build("latex").glob("wiki.tex")).read_text("utf-8")
    picture = tex[tex.index(r"\begin{picture}") : tex.index(r"\end{picture}")]
    assert r"Friend \& \textless{}Foe\textgreater{}" in picture
    assert picture.count(r"\qbezier") == picture.count(r"\makebox") == 4
    assert picture.count("{") == picture.count("}")


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "json"])
def test_links_of_drawings_lead_where_the_builder_puts_pages(wiki: Site, builder: str) -> None:
    toctree = "\n".join(f"   {name.removesuffix('.trope')}" for name in FILES)
    wiki.write({"index.rst": f"Wiki\n====\n\n.. toctree::\n\n{toctree}\n"})
    out = wiki.build(builder)
    page = {"dirhtml": "Middle/index.html", "singlehtml": "index.html", "json": "Middle.fjson"}
    text = (out / page[builder]).read_text("utf-8").replace('\\"', '"')
    end = {"dirhtml": "../Film/TheMatrix/", "singlehtml": "#document-Film/TheMatrix"}
    assert f'href="{end.get(builder, "../Film/TheMatrix/")}"' in text
