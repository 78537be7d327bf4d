"""The page of the whole graph with its data, and the page not found."""

from __future__ import annotations

import json
import os
import re
from typing import Any

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from ..conftest import Site, having_class, parse, text_of
from ..sphinx.reading import body, links, warnings_of

RING = [f"Red{letter}" for letter in "ABCDE"]
FILES = {
    f"{name}.trope": f"It is {name}. "
    + " ".join(f"A {other}, too." for other in RING if other != name)
    for name in (name.replace("Red", "Red") for name in RING)
} | {
    "Film/TheMatrix.trope": "A film of {{RedA}}, and a {{Ghost}}.\n",
    "Lonely.trope": "A {{Ghost}}.\n",
    "Secretive.trope": "It is [[spoiler:secretword {{Lonely}} secretlast]].\n",
    "Old.trope": "(:redirect Lonely:)\n",
}


def data(site: Site, name: str, out: str = "html") -> dict[str, Any]:
    text = (site.root / out / "tropes/data/atlas" / name).read_text("utf-8")
    found = re.fullmatch(r"\w+\((?:\"\w+\",)?(\{.*\})\);\n", text, re.DOTALL)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


@pytest.fixture
def wiki(site: Site) -> Site:
    return site.write({name: text + "\n" for name, text in FILES.items()})


def test_the_page_lists_every_page_by_its_community(wiki: Site) -> None:
    wiki.build()
    assert warnings_of(wiki) == []
    page = body(wiki.page("tropes/graph"))
    groups = having_class(page, "trope-community")
    ends = {text_of(link): link.get("href") for group in groups for link in links(group)}
    assert ends["The Matrix"] == "../Film/TheMatrix.html"
    assert ends["Ghost"] == "backlinks/main/ghost.html"
    assert {"Red A", "Lonely"} <= ends.keys()
    assert "Old" not in ends


def test_a_still_picture_leads_to_each_community(wiki: Site) -> None:
    wiki.build()
    page = body(wiki.page("tropes/graph"))
    (shown,) = having_class(page, "trope-map")
    ends = [element.get("href", "")[1:] for element in shown.iter() if element.tag.endswith("}a")]
    listed = [group.get("id") for group in having_class(page, "trope-community")]
    assert ends
    assert set(ends) <= set(listed)


def test_the_index_leads_to_the_graph(wiki: Site) -> None:
    wiki.build()
    ends = {link.get("href") for link in links(body(wiki.page("tropes/index")))}
    assert "graph.html" in ends


def test_the_data_names_each_page_with_its_address(wiki: Site) -> None:
    wiki.build()
    names = data(wiki, "names.js")
    titles = {
        title: (address, names["namespaces"][at][0]) for title, address, at, *_ in names["pages"]
    }
    assert titles["The Matrix"] == ("Film/TheMatrix.html", "Film")
    assert titles["Ghost"] == ("tropes/backlinks/main/ghost.html", "Main")
    assert names["written"] == len(titles) - 1


def test_the_data_knows_the_other_names_of_a_page(wiki: Site) -> None:
    wiki.write(
        {
            "RedA.trope": "(:title Red, the first:)\n(:alias {{20 O'Clock}}, Film/{{The Redder}}:)\nA.\n",
            "Film/TheMatrix.trope": "(:alias Matrix2, {{Film/The Ǆungla}}:)\nA {{RedA}}.\n",
        }
    ).build()
    pages = {title: others for title, _address, _at, *others in data(wiki, "names.js")["pages"]}
    assert pages["Red, the first"] == [["Film/The Redder", "20 O Clock"], "Red A"]
    assert pages["The Matrix"] == [["The Ǆungla", "Main/Matrix 2"]]
    assert pages["Lonely"] == [["Old"]]
    assert pages["Red B"] == []


@pytest.mark.parametrize("has_graph", [True, False])
def test_the_data_follows_aliases_and_redirects(wiki: Site, has_graph: bool) -> None:
    edits: list[dict[str, str | bytes | None]] = [
        {"RedC.trope": "(:alias {{Ab 2}}:)\nNo link.\n"},
        {"RedC.trope": "(:alias {{Ab 3}}:)\nNo link.\n"},
        {"Old.trope": "(:redirect RedC:)\n"},
        {"RedC.trope": "(:title Other:)\nNo link.\n"},
        {"Old.trope": None},
    ]
    for step, edit in enumerate([{}, *edits]):
        wiki.write(edit).build(tropes_graph=has_graph)
        found = (wiki.root / "html/tropes/data/atlas/names.js").read_bytes()
        out = wiki.build(out=f"clean{step}", doctrees=f"clean{step}d", tropes_graph=has_graph)
        assert found == (out / "tropes/data/atlas/names.js").read_bytes()


def test_the_data_tells_places_ties_and_their_sentences(wiki: Site) -> None:
    wiki.build()
    names, told = data(wiki, "names.js"), data(wiki, "map.js")
    assert len(told["nodes"]) == len(told["links"]) == len(names["pages"])
    at = {title: number for number, (title, *_) in enumerate(names["pages"])}
    assert at["Red A"] in told["links"][at["The Matrix"]]
    (ways,) = [name for name in told["versions"] if name.startswith("ways/")]
    found = data(wiki, ways)["Film/TheMatrix.html"]
    assert ["RedA.html", "link-main-reda", "A film of ", "RedA", ", and a Ghost."] in found


def test_what_a_spoiler_hides_is_in_no_file(wiki: Site) -> None:
    out = wiki.build()
    names, told = data(wiki, "names.js"), data(wiki, "map.js")
    at = {title: number for number, (title, *_) in enumerate(names["pages"])}
    assert told["links"][at["Secretive"]] == []
    for path in (out / "tropes").rglob("*"):
        if path.is_file():
            assert "secret" not in path.read_text("utf-8").replace("Secretive", "").casefold()


def test_without_the_graph_there_is_neither_page_nor_map(wiki: Site) -> None:
    out = wiki.build()
    assert (out / "tropes/graph.html").exists()
    wiki.build(tropes_graph=False)
    assert not (out / "tropes/graph.html").exists()
    assert not (out / "tropes/data/atlas/ways").exists()
    assert data(wiki, "names.js")["pages"]  # the page not found asks for them


def test_no_file_is_written_again_when_nothing_changed(wiki: Site) -> None:
    out = wiki.build()
    files = sorted((out / "tropes/data/atlas").rglob("*.js"))
    before = [path.stat().st_mtime_ns for path in files]
    wiki.build()
    assert [path.stat().st_mtime_ns for path in files] == before
    wiki.write({"Lonely.trope": "A {{Ghost}} still.\n"}).build()
    after = [path.stat().st_mtime_ns for path in files]
    assert (
        after[files.index(out / "tropes/data/atlas/names.js")]
        == before[files.index(out / "tropes/data/atlas/names.js")]
    )
    assert after != before


def test_data_that_someone_deleted_is_written_again(wiki: Site) -> None:
    out = wiki.build()
    (out / "tropes/data/atlas/map.js").unlink()
    wiki.build()
    assert data(wiki, "map.js")["nodes"]


def test_the_data_moves_with_the_pages(wiki: Site) -> None:
    out = wiki.build()
    wiki.build(tropes_pages_prefix="wiki")
    assert (out / "wiki/data/atlas/map.js").exists()
    assert not (out / "tropes").exists()


def test_a_document_at_the_name_of_the_graph_is_an_error(wiki: Site) -> None:
    wiki.write({"tropes/graph.rst": ":orphan:\n\nMine\n====\n"}).build()
    (warning,) = warnings_of(wiki, "trope.collision")
    assert "'tropes/graph'" in warning


# -- the page not found


def base_of(site: Site, name: str = "404") -> str:
    (base,) = list(site.page(name).iter("base"))
    return base.get("href", "")


def test_there_is_a_page_not_found(wiki: Site) -> None:
    wiki.build()
    page = wiki.page("404")
    assert "nothing at this address" in text_of(body(page))
    assert "tropes/index.html" in {link.get("href") for link in links(body(page))}
    assert having_class(page, "trope-missing")[0].get("data-trope-files") == "tropes/data/atlas/"


def test_dirhtml_writes_it_where_servers_look_for_it(wiki: Site) -> None:
    out = wiki.build("dirhtml")
    assert not (out / "404").exists()
    page = parse(out / "404.html")
    (base,) = page.iter("base")
    assert base.get("href") == "/404.html"
    assert "tropes/index/" not in {link.get("href") for link in links(body(page))}
    assert "tropes/" in {link.get("href") for link in links(body(page))}
    before = (out / "404.html").stat().st_mtime_ns
    wiki.build("dirhtml")
    assert (out / "404.html").stat().st_mtime_ns == before
    wiki.write({"404.rst": ":orphan:\n\nMine\n====\n"}).build("dirhtml")
    assert (out / "404/index.html").exists()
    assert not (out / "404.html").exists()


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("", "/404.html"),
        ("https://www.example.org/docs/", "https://www.example.org/docs/404.html"),
        ("https://www.example.org/docs", "https://www.example.org/docs/404.html"),
    ],
)
def test_its_links_are_right_at_any_depth(wiki: Site, url: str, base: str) -> None:
    wiki.build(html_baseurl=url)
    assert base_of(wiki) == base


def test_read_the_docs_says_where_the_site_is(wiki: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "READTHEDOCS_CANONICAL_URL", "https://x.example.org/en/latest/")
    wiki.build()
    assert base_of(wiki) == "https://x.example.org/en/latest/404.html"


def test_it_is_not_found_by_search(wiki: Site) -> None:
    index = (wiki.build() / "searchindex.js").read_text("utf-8")
    assert "nothing at this address" in text_of(body(wiki.page("404")))
    assert '"address"' not in index


def test_a_users_own_page_comes_first(wiki: Site) -> None:
    wiki.write({"404.rst": ":orphan:\n\nMine\n====\n"}).build()
    assert warnings_of(wiki) == []
    assert text_of(next(wiki.page("404").iter("h1"))).startswith("Mine")


def test_a_users_own_file_comes_first(wiki: Site) -> None:
    wiki.write({"extra/404.html": "<p>Mine.</p>"}).build(html_extra_path=["extra"])
    assert (wiki.root / "html/404.html").read_text("utf-8") == "<p>Mine.</p>"


def test_a_project_without_a_wiki_gets_none(site: Site) -> None:
    assert not (site.build() / "404.html").exists()


def test_a_sentence_follows_the_link_that_is_the_strongest_now(wiki: Site) -> None:
    wiki.write({"Teller.trope": "First the {{Other Name}}, then the {{Lonely}}.\n"}).build()
    wiki.write({"Lonely.trope": "(:alias OtherName:)\n\nA {{Ghost}}.\n"})
    incremental = wiki.build()
    clean = wiki.build(out="clean", doctrees="clean-doctrees")
    (ways,) = [name for name in data(wiki, "map.js")["versions"] if name.startswith("ways/")]
    path = f"tropes/data/atlas/{ways}"
    assert (incremental / path).read_text("utf-8") == (clean / path).read_text("utf-8")
    sentences = data(wiki, ways)["Teller.html"]
    assert ["Lonely.html", "link-main-othername"] in [told[:2] for told in sentences]


def test_a_hub_tells_to_how_many_it_is_tied(site: Site) -> None:
    files = {f"Spoke{n}.trope": "On {{Hub 1}}." for n in range(80)}
    site.write({**files, "Hub1.trope": "On {{Spoke 0}}."}).build()
    names = [page[0] for page in data(site, "names.js")["pages"]]
    at = names.index("Hub 1")
    told = data(site, "map.js")
    assert told["hubs"] == {str(at): 80}
    assert told["links"][at] == []


def test_index_and_graph_count_the_same_pages(site: Site) -> None:
    site.write(
        {
            "One.trope": "(:alias Uno 1:)\nx",
            "Old.trope": "(:redirect One:)",
            "Dead.trope": "(:redirect Nobody's 2:)",
            "Loop.trope": "(:redirect Loop:)",
            "guide.rst": ":orphan:\n\nG\n=\n\n.. trope:: Inner\n\n   {{One}}\n",
        }
    ).build()
    for page in ("index", "graph"):
        (summary,) = having_class(site.page(f"tropes/{page}"), "trope-summary")
        assert text_of(summary).startswith("2 pages"), page
    assert "Dead → Nobodys 2" in text_of(site.page("tropes/index"))


def test_builds_of_one_process_find_its_place_each_anew(wiki: Site) -> None:
    out, own = wiki.root / "out", wiki.source / "404.rst"
    with patch_docutils(wiki.source), docutils_namespace():
        app = Sphinx(
            wiki.source, wiki.source, out, wiki.root / "d", "dirhtml", status=None, warning=None
        )
        app.build()
        assert (out / "404.html").exists()
        address = app.builder.get_target_uri
        own.write_text(":orphan:\n\nMine, 4-0-4\n===========\n", "utf-8")
        app.build()
        assert (out / "404/index.html").exists()
        assert not (out / "404.html").exists()
        own.unlink()
        app.build()
    assert (out / "404.html").exists()
    assert app.builder.get_target_uri is address  # and no wrapper around it for each build
