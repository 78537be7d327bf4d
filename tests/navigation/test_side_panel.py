"""The panel in the second sidebar of a theme."""

from __future__ import annotations

import pytest

from ..conftest import AWKWARD, Site, having_class, text_of

SIDE = {"tropes_panel_place": "side"}
FURO = SIDE | {"html_theme": "furo"}
THEMES = ["furo", "pydata_sphinx_theme", "sphinx_book_theme"]
HAVING_SLOT = {
    "furo": "toc-drawer",
    "pydata_sphinx_theme": "bd-sidebar-secondary",
    "sphinx_book_theme": "bd-sidebar-secondary",
}
FILES = AWKWARD | {
    "Long.trope": "!! One\nOf {{Humans}}.\n!! Two it’s\nx\n",
    "Z.trope": "{{Long}}\n",
}


def count(site: Site, page: str, name: str, inside: str) -> int:
    return sum(len(having_class(e, name)) for e in having_class(site.page(page), inside))


@pytest.mark.parametrize("theme", THEMES)
def test_backlinks_and_neighbourhood_stand_beside_the_text(site: Site, theme: str) -> None:
    site.write(FILES).build(html_theme=theme, **SIDE)
    for page in ("Humans", "Long", "Film/12 O'Clock"):
        slot = HAVING_SLOT[theme]
        assert count(site, page, "trope-graph", slot) == 1
        assert count(site, page, "trope-side-foot", "trope-side") == 0
        assert len(having_class(site.page(page), "trope-graph")) == 1
        assert len(having_class(site.page(page), "trope-side-foot")) == 1
    assert count(site, "Humans", "trope-backlinks", HAVING_SLOT[theme]) == 1
    assert len(having_class(site.page("Humans"), "trope-backlinks")) == 1


@pytest.mark.parametrize("theme", ["alabaster", "basic", "sphinx_rtd_theme"])
def test_other_themes_keep_them_at_the_foot(site: Site, theme: str) -> None:
    site.write(FILES).build(html_theme=theme)
    before = (site.root / "html/Humans.html").read_text("utf-8")
    site.build(html_theme=theme, **SIDE)
    assert (site.root / "html/Humans.html").read_text("utf-8") == before


def test_the_contents_of_the_page_stay_above_them(site: Site) -> None:
    site.write(FILES).build(**FURO)
    [drawer] = having_class(site.page("Long"), "toc-drawer")
    words = text_of(drawer)
    assert words.index("Two it’s") < words.index("Referenced by")
    [drawer] = having_class(site.page("Humans"), "toc-drawer")
    assert "On this page" not in text_of(drawer)


def test_names_in_a_narrow_neighbourhood_are_a_list_of_links(site: Site) -> None:
    site.write(FILES).build(**FURO)
    [graph] = having_class(site.page("Humans"), "trope-graph")
    [listed] = having_class(graph, "trope-graph-list")
    assert "HumanZoo.html" in [link.get("href") for link in listed.iter("a")]
    assert (
        len(list(graph.iter("{http://www.w3.org/2000/svg}svg"))) == 1
    )  # for where there is room: at the foot


def test_a_document_of_several_pages_keeps_each_panel_at_its_page(site: Site) -> None:
    text = "Some\n====\n\n.. trope:: Own 1\n\n   {{Own 2}}\n\n.. trope:: Own 2\n\n   {{Own 1}}\n"
    site.write({"some.rst": text}).build(**FURO)
    assert having_class(site.page("some"), "trope-side") == []


def test_a_page_without_a_second_sidebar_keeps_it_at_the_foot(site: Site) -> None:
    text = ":html_theme.sidebar_secondary.remove:\n\nZed\n===\n\n.. trope:: Zed\n   :document:\n\nText.\n"
    site.write(FILES | {"Zed.rst": text, "Y.trope": "{{Zed}}\n"})
    site.build(html_theme="pydata_sphinx_theme", **SIDE)
    assert having_class(site.page("Zed"), "trope-side") == []
    assert len(having_class(site.page("Zed"), "trope-graph")) == 1


def test_no_mark_is_left_in_any_page(site: Site) -> None:
    for theme in (*THEMES, "alabaster"):
        out = site.write(FILES).build(html_theme=theme, **SIDE)
        assert not [p for p in out.rglob("*.html") if "<!--tropes" in p.read_text("utf-8")]


@pytest.mark.parametrize("builder", ["epub", "singlehtml", "text", "latex", "json"])
def test_other_builders_are_as_ever(site: Site, builder: str) -> None:
    def texts(out: str, **config: object) -> list[bytes]:
        path = site.build(builder, out=out, html_theme="alabaster", **config)
        files = [
            p for p in sorted(path.rglob("*")) if p.suffix in (".xhtml", ".html", ".txt", ".tex")
        ]
        return [p.read_bytes() for p in files if "content" not in p.name]

    site.write(AWKWARD)
    assert texts("foot", tropes_trail=False) == texts("side", tropes_trail=False, **SIDE)


def test_it_is_a_region_inside_the_landmark_of_the_theme(site: Site) -> None:
    site.write(FILES).build(**FURO)
    [panel] = having_class(site.page("Humans"), "trope-backlinks")
    assert (panel.get("role"), bool(panel.get("aria-labelledby"))) == ("region", True)


def test_what_a_spoiler_hides_stays_covered(site: Site) -> None:
    files = {"A.trope": "x\n", "B.trope": "[[spoiler:The secret {{A}} is 2nd.]]\n"}
    site.write(files).build(**FURO)
    [side] = having_class(site.page("A"), "trope-side")
    assert "secret" not in text_of(side)


def test_the_theme_keeps_a_layout_of_the_project(site: Site) -> None:
    layout = '{% extends "!page.html" %}{% block footer %}Our own <b>foot</b>{% endblock %}'
    site.write(FILES | {"_templates/page.html": layout})
    site.build(templates_path=["_templates"], **FURO)
    text = (site.root / "html/Humans.html").read_text("utf-8")
    assert "Our own <b>foot</b>" in text
    assert "trope-side-panel" in text
