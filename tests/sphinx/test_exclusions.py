"""Pages that are excluded from backlinks, graph, index or search."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from ..conftest import Site, having_class, text_of
from .reading import panel_of, places_of, warnings_of

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGES: Mapping[str, str | bytes | None] = {
    "HumanZoo.trope": "(:alias {{Zoo, the 3rd}}:)\nAbout {{Humans}}, and the {{Log of 2nd O’Brien}}.\n",
    "Humans.trope": "Of {{HumanZoo}}.\n",
    "Éclair.trope": "(:title A <b> & 2:)\n{{HumanZoo}}’s.\n",
    "Film/12 O'Clock.trope": "* {{HumanZoo}}: Averted.\n",
}
LOG = "LogOf2ndO'Brien.trope"
TEXT = (
    "(:alias Diary of 1999:)\nQuokkaword was at {{HumanZoo}}, an {{Éclair}} and {{Never Written 7}}.\n\n"
    "A sub-trope of {{Humans}}.\n\n* ''Film/{{12 O'Clock}}'': Subverted.\n"
)


def wiki(site: Site, words: str) -> Site:
    head = f"(:exclude {words}:)\n" if words else ""
    return site.write({**PAGES, LOG: head + TEXT})


def data(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site.root / "html/tropes.json").read_text("utf-8"))
    return found


def page_data(site: Site, name: str) -> dict[str, Any]:
    (found,) = [page for page in data(site)["pages"] if page["name"] == name]
    return dict(found)


def said_of(site: Site, page: str) -> str:
    """Everything below a page."""
    asides = having_class(site.page(page), "trope-backlinks")
    return " ".join(map(text_of, asides))


def test_links_of_a_page_excluded_from_backlinks_are_shown_on_no_other_page(site: Site) -> None:
    wiki(site, "").build()
    assert "Quokkaword" in said_of(site, "HumanZoo")
    assert "Log Of 2 nd" in said_of(site, "Humans")
    assert "Log Of 2 nd" in text_of(site.page("Film/12 O'Clock"))
    wiki(site, "backlinks").build()
    for page in ("HumanZoo", "Humans", "Éclair", "Film/12 O'Clock"):
        assert "Quokkaword" not in said_of(site, page)
        assert "Log Of" not in said_of(site, page)
    # its own page shows who links to it
    assert "Human Zoo" in said_of(site, "LogOf2ndO'Brien")


def test_a_page_excluded_from_backlinks_wants_no_page(site: Site) -> None:
    wiki(site, "backlinks").build()
    assert data(site)["wanted"] == []
    assert not (site.root / "html/tropes/backlinks/main/neverwritten7.html").exists()
    page = site.page("LogOf2ndO'Brien")
    assert "Never Written 7" in [text_of(found) for found in having_class(page, "trope-wanted")]


def test_a_page_excluded_from_backlinks_is_no_dead_end(site: Site) -> None:
    wiki(site, "backlinks").build("tropes-health")
    found = json.loads((site.root / "tropes-health/health.json").read_text("utf-8"))
    assert "Main/LogOf2ndOBrien" not in [
        finding["name"] for finding in found["findings"] if finding["kind"] == "dead-end"
    ]


def test_a_page_excluded_from_the_graph_is_in_no_drawing_and_not_on_the_map(site: Site) -> None:
    wiki(site, "").build()
    drawings = having_class(site.page("HumanZoo"), "trope-graph")
    assert "Log Of 2 nd" in " ".join(map(text_of, drawings))
    assert "Log Of 2 nd" in text_of(site.page("tropes/graph"))
    wiki(site, "graph").build()
    for page in ("HumanZoo", "Humans", "Éclair", "LogOf2ndO'Brien", "tropes/graph"):
        drawings = having_class(site.page(page), "trope-graph")
        assert "Log Of 2 nd" not in " ".join(map(text_of, drawings))
    assert "Log Of 2 nd" not in text_of(site.page("tropes/graph"))
    assert "Quokkaword" in said_of(site, "HumanZoo")


def test_a_page_excluded_from_the_graph_is_known_where_nothing_is_at_an_address(site: Site) -> None:
    wiki(site, "graph").build()
    names = (site.root / "html/tropes/data/atlas/names.js").read_text("utf-8")
    rows = json.loads(names.partition("(")[2].rpartition(")")[0])
    assert [row[0] for row in rows["others"]] == ["Log Of 2 nd O Brien"]
    assert rows["others"][0][1] == "LogOf2ndO%27Brien.html"
    assert rows["others"][0][3] == ["Diary Of 1999"]
    assert "Log Of 2 nd O Brien" not in [row[0] for row in rows["pages"]]


def test_a_page_excluded_from_the_index_is_in_no_list_from_a_to_z(site: Site) -> None:
    site.write({"list.rst": ":orphan:\n\nAll\n===\n\n.. trope-index::\n"})
    wiki(site, "index").build()
    for page in ("tropes/index", "list"):
        shown = text_of(site.page(page))
        assert "Human Zoo" in shown
        assert "Log Of" not in shown
        assert "Diary" not in shown


def test_a_page_excluded_from_search_is_not_found_by_words_title_or_alias(site: Site) -> None:
    wiki(site, "").build()
    index = (site.root / "html/searchindex.js").read_text("utf-8")
    assert "quokkaword" in index
    assert "Diary Of 1999" in index
    assert "Log Of" in index
    wiki(site, "search").build()
    index = (site.root / "html/searchindex.js").read_text("utf-8")
    assert "quokkaword" not in index.replace('"quokkaword":[]', "")  # Sphinx keeps the word itself
    assert "Diary Of 1999" not in index
    assert "Log Of" not in index
    assert "humanzoo" in index.lower()


def test_the_switcher_does_not_know_a_page_excluded_from_search(site: Site) -> None:
    def names() -> str:
        folder = site.root / "html/tropes/data/names"
        return "".join(path.read_text("utf-8") for path in folder.glob("*.js"))

    wiki(site, "").build()
    assert "Diary Of 1999" in names()
    wiki(site, "search").build()
    assert "Diary Of 1999" not in names()
    assert "Log Of" not in names()
    assert "Human Zoo" in names()


@pytest.mark.parametrize("word", ["backlinks", "graph", "index", "search"])
def test_an_excluded_page_is_in_the_data_which_say_so(site: Site, word: str) -> None:
    wiki(site, word).build()
    assert page_data(site, "Main/LogOf2ndOBrien")["excluded"] == [word]
    assert "excluded" not in page_data(site, "Main/HumanZoo")
    sources = {link["source"] for link in data(site)["links"]}
    assert "Main/LogOf2ndOBrien" in sources


@pytest.mark.parametrize("words", ["backlinks", "graph", "index", "search", "graph, backlinks"])
def test_excluding_a_page_later_is_as_good_as_from_the_start(site: Site, words: str) -> None:
    wiki(site, "").build()
    wiki(site, words).build()
    later = {
        path.relative_to(site.root / "html"): path.read_bytes()
        for path in (site.root / "html").rglob("*.html")
    }
    clean = site.build(out="clean", doctrees="doctrees-2")
    assert later == {path.relative_to(clean): path.read_bytes() for path in clean.rglob("*.html")}
    assert (site.root / "html/tropes.json").read_bytes() == (clean / "tropes.json").read_bytes()


def test_a_directive_excludes_its_page(site: Site) -> None:
    page = "\n\n.. trope:: Log 2\n   :exclude: backlinks, Graph\n   :no-index-entry:\n\n   On HumanZoo.\n"
    site.write({**PAGES, "index.rst": f"Wiki\n===={page}"}).build()
    assert page_data(site, "Main/Log2")["excluded"] == ["backlinks", "graph", "index"]
    assert "On Human Zoo" not in text_of(panel_of(site.page("HumanZoo")))


def test_a_word_that_excludes_nothing_is_told_with_its_place(site: Site) -> None:
    page = "\n\n.. trope:: Log 2\n   :exclude: grapf\n\n   On HumanZoo.\n"
    site.write({**PAGES, "index.rst": f"Wiki\n===={page}", LOG: "x\n\n(:exclude serch:)\n"})
    site.build()
    assert sorted(places_of(site, "trope.markup")) == ["LogOf2ndO'Brien.trope:3", "index.rst:4"]
    assert "did you mean graph?" in " ".join(warnings_of(site))


def test_another_wiki_takes_no_links_from_a_page_excluded_from_backlinks(
    site: Site, tmp_path
) -> None:
    far = Site(tmp_path / "far")
    far.write(
        {"Log.trope": "(:exclude backlinks:)\nOf {{HumanZoo}}.\n", "A1.trope": "Of {{HumanZoo}}.\n"}
    )
    far.build()
    wiki(site, "").build(tropes_federation={"far": str(tmp_path / "far/html")})
    shown = text_of(panel_of(site.page("HumanZoo")))
    assert "A1" in shown.replace(" ", "")
    assert "Log" not in shown.replace("Log Of 2 nd", "").replace("Log of 2nd", "")
