"""The part for sidebars."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from ..conftest import AWKWARD, Site, having_class, text_of

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

ALL = {"**": ["tropes/sidebar.html"]}
OPTIONS = {"html_theme": "alabaster", "html_sidebars": ALL}
INDEX = (
    '(:title Beasts & <b>"2nd":)\n[[index]]\n* {{Humans}}: x\n* {{HumanZoo}}\n'
    "* [[鋼の錬金術師 it’s]]\n* Film/{{12 O'Clock}}\n[[/index]]\n"
)
FILES = AWKWARD | {"Beasts.trope": INDEX, "plain.rst": ":orphan:\n\nPlain\n=====\n"}


def sidebar(site: Site, page: str, out: str = "html") -> Element:
    [found] = having_class(site.page(page, out), "trope-sidebar")
    return found


def groups(site: Site, page: str, out: str = "html") -> dict[str, list[str]]:
    return {
        text_of(fold[0]): [text_of(item) for item in fold.iter("li")]
        for fold in sidebar(site, page, out).iter("details")
    }


def opened(site: Site, page: str) -> list[str]:
    folds = sidebar(site, page).iter("details")
    return [text_of(fold[0]) for fold in folds if fold.get("open") is not None]


def marked(site: Site, page: str) -> list[str]:
    return [text_of(e) for e in sidebar(site, page).iter() if e.get("aria-current") == "page"]


def links(site: Site, page: str) -> dict[str, str | None]:
    return {text_of(link): link.get("href") for link in sidebar(site, page).iter("a")}


def test_a_page_stands_among_the_members_of_its_index_and_is_marked(site: Site) -> None:
    site.write(FILES).build(**OPTIONS)
    title = "Beasts & <b>”2nd”"
    found = groups(site, "HumanZoo")
    assert list(found) == [title, "Indexes", "Namespaces"]
    assert found[title] == ["Humans", "Human Zoo", "鋼の錬金術師", "12 O Clock", f"All of {title}"]
    assert (marked(site, "HumanZoo"), opened(site, "HumanZoo")) == (["Human Zoo"], [title])


def test_a_page_in_no_index_stands_in_its_namespace(site: Site) -> None:
    site.write(AWKWARD | {"Film/2 Fast.trope": "x\n", "Film/Zz.trope": "(:redirect Abe:)\n"})
    site.build(**OPTIONS)
    assert groups(site, "Film/12 O'Clock") == {
        "Films": ["12 O Clock", "2 Fast"],
        "Namespaces": ["Tropes", "Films"],
    }


def test_an_index_is_marked_among_the_indexes_which_are_open(site: Site) -> None:
    site.write(FILES).build(**OPTIONS)
    assert "Beasts & <b>”2nd”" in marked(site, "Beasts")
    assert "Indexes" in opened(site, "Beasts")


def test_other_documents_and_generated_pages_show_the_groups_alone(site: Site) -> None:
    site.write(FILES).build(**OPTIONS)
    for page in ("plain", "tropes/wanted", "tropes/backlinks/main/abe", "search"):
        assert list(groups(site, page)) == ["Indexes", "Namespaces"]
    assert marked(site, "tropes/index") == ["Trope index"]


def test_it_leads_to_the_namespace_in_the_index(site: Site) -> None:
    site.write(FILES).build(**OPTIONS)
    assert links(site, "Film/12 O'Clock")["Films"] == "../tropes/index.html#in=Films"
    assert links(site, "Humans")["Films"] == "tropes/index.html#in=Films"


def test_only_the_pages_near_are_listed_and_what_is_left_out_is_told(site: Site) -> None:
    site.write({f"P{number:02}.trope": "Text.\n" for number in range(30)}).build(**OPTIONS)
    [members] = groups(site, "P15").values()
    assert members == ["…", *(f"P {number}" for number in range(10, 21)), "…"]
    [members] = groups(site, "P01").values()
    assert (members[0], members[-1], len(members)) == ("P 00", "…", 8)


def test_only_the_first_indexes_are_listed(site: Site) -> None:
    indexes = {f"I{n:02}.trope": "[[index]]\n* {{Ape}}\n[[/index]]\n" for n in range(60)}
    site.write(indexes | {"Ape.trope": "x\n"}).build(**OPTIONS)
    shown = groups(site, "Ape")
    assert (len(shown), len(shown["Indexes"]), shown["Indexes"][-1]) == (4, 51, "All indexes")


def test_a_project_without_it_has_none(site: Site) -> None:
    site.write(FILES).build(html_theme="alabaster")
    assert having_class(site.page("Humans"), "trope-sidebar") == []


def test_books_have_none(site: Site) -> None:
    out = site.write(FILES).build("epub", html_sidebars=ALL)
    assert not any("trope-sidebar" in p.read_text("utf-8") for p in out.rglob("*.xhtml"))


@pytest.mark.parametrize("theme", ["furo", "pydata_sphinx_theme", "sphinx_book_theme"])
def test_themes_with_such_parts_show_it(site: Site, theme: str) -> None:
    site.write(FILES).build(html_theme=theme, html_sidebars=ALL)
    assert marked(site, "Humans") == ["Humans"]


def test_a_theme_may_show_it_elsewhere(site: Site) -> None:
    options = {"article_footer_items": ["tropes/sidebar"]}
    site.write(FILES).build(html_theme="pydata_sphinx_theme", html_theme_options=options)
    assert marked(site, "Humans") == ["Humans"]


# -- incremental builds


def pages_written(site: Site) -> set[str]:
    """The pages that a build writes now, by name."""
    out = site.root / "html"
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    site.build(**OPTIONS)
    found = (path for path in out.rglob("*.html") if before.get(path) != path.stat().st_mtime_ns)
    return {path.relative_to(out).with_suffix("").as_posix() for path in found}


def test_one_more_page_in_a_namespace_has_its_neighbours_written_alone(site: Site) -> None:
    site.write({f"P{number:02}.trope": "Text.\n" for number in range(40)}).build(**OPTIONS)
    site.write({"P20a.trope": "Text.\n"})
    written = pages_written(site)
    assert {f"P{number}" for number in range(16, 26)} | {"P20a"} <= written
    assert {f"P{number:02}" for number in (*range(15), *range(27, 40))} & written == set()


def assert_as_clean(site: Site, **config: object) -> None:
    found = site.build(**config)
    for folder in ("clean", "clean-doctrees"):
        shutil.rmtree(site.root / folder, ignore_errors=True)
    expected: Path = site.build(out="clean", doctrees="clean-doctrees", **config)
    for path in sorted(expected.rglob("*.html")):
        name = path.relative_to(expected)
        assert (found / name).read_text("utf-8") == path.read_text("utf-8"), name


def test_incremental_builds_show_it_as_clean_ones_do(site: Site) -> None:
    site.write(FILES).build(**OPTIONS)
    for edit in (
        {"Beasts.trope": INDEX.replace("* {{HumanZoo}}\n", "")},
        {"Humans.trope": "(:title Zz 2:)\nx\n"},
        {"Literature/It’s new.trope": "The first of its namespace.\n"},
        {"More.trope": "(:title An index:)\n[[index]]\n* {{Abe}}\n[[/index]]\n"},
        {"Literature/It’s new.trope": None},
        {"plain 2.rst": ":orphan:\n\nMore\n====\n"},
        {"More.trope": "(:redirect Beasts:)\n"},
        {"plain 2.rst": None, "Beasts.trope": None},
    ):
        site.write(edit)
        assert_as_clean(site, **OPTIONS)
    assert_as_clean(site, html_theme="alabaster")
    assert_as_clean(site, **OPTIONS)
