"""Each extension beside ours, alone and with the others: what we add is no warning, no broken link
and no uncovered spoiler, and what the extension is there for is on our pages as on others'.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ..conftest import having_class, parse, text_of
from .project import NEIGHBOURS, WIKI_PAGES
from .reading import broken_links, hrefs, locations, meta, uncovered_secrets

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Built

    Build = Callable[..., Built]

# Two that can't be together are in two groups: both notebooks want `.ipynb`, myst-nb brings its own
# myst-parser, and sphinx-codeautolink fails on the pieces that ablog makes of documents.
GROUPS = [
    tuple(name for name in NEIGHBOURS if name not in without)
    for without in ({"myst_parser", "nbsphinx", "ablog"}, {"myst_nb", "codeautolink"})
]
TOGETHER = [(name,) for name in NEIGHBOURS] + GROUPS


def ids_of(names: tuple[str, ...]) -> str:
    return "-".join(names) if len(names) == 1 else f"without {min(set(NEIGHBOURS) - set(names))}"


@pytest.fixture(params=TOGETHER, ids=ids_of)
def names(request: pytest.FixtureRequest) -> tuple[str, ...]:
    found: tuple[str, ...] = request.param
    return found


def test_nothing_is_warned_of(build: Build, names: tuple[str, ...]) -> None:
    ours = build(*names)
    assert ours.status == 0, ours.log
    if ours.warnings:
        control = build(*names, is_ours=False)
        assert [line for line in ours.warnings if line not in control.warnings] == []


def test_no_link_is_broken(build: Build, names: tuple[str, ...]) -> None:
    broken = broken_links(build(*names).html)
    if len(names) > 1:  # what sphinx-tippy loses where several processes write
        broken = {link for link in broken if "_static/tippy/" not in link}
    if broken:
        broken -= broken_links(build(*names, is_ours=False).html)
    assert broken == set()


def test_no_secret_is_uncovered(build: Build, names: tuple[str, ...]) -> None:
    assert uncovered_secrets(build(*names).html) == {}


# -- each one's own


def build_with(name: str) -> list[tuple[str, ...]]:
    """The builds in which an extension is: alone, and with the others."""
    return [names for names in TOGETHER if name in names]


def everywhere(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("names", build_with(name), ids=ids_of)


@everywhere("sphinx")
def test_objects_are_documented_and_found(build: Build, names: tuple[str, ...]) -> None:
    html = build(*names).html
    links = hrefs(html / "api.html")
    assert "#apes.Chimp" in links
    assert "https://other.example/things.html#other.Thing" in links
    assert "guide.html#guide" in links
    assert (html / "_modules/apes.html").exists()


@everywhere("sphinx_copybutton")
def test_code_is_where_buttons_look_for_it(build: Build, names: tuple[str, ...]) -> None:
    page = parse(build(*names).html / "Ape2.html")
    assert [e for block in having_class(page, "highlight") for e in block.iter("pre")]
    assert [e for e in page.iter("script") if "copybutton.js" in e.get("src", "")]


@everywhere("sphinx_tabs")
def test_tabs_hold_trope_markup(build: Build, names: tuple[str, ...]) -> None:
    (panel,) = having_class(parse(build(*names).html / "tabbed.html"), "sphinx-tabs-panel")
    assert "of Ape2" in text_of(panel)
    assert having_class(panel, "trope-spoiler")


@everywhere("sphinx_design")
def test_cards_and_dropdowns_hold_trope_markup(build: Build, names: tuple[str, ...]) -> None:
    page = parse(build(*names).html / "design.html")
    for name in ("sd-card-body", "sd-summary-content"):
        assert any(having_class(e, "trope-spoiler") for e in having_class(page, name)), name


@everywhere("notfound")
def test_the_page_for_missing_ones_is_theirs(build: Build, names: tuple[str, ...]) -> None:
    html = build(*names).html
    page = (html / "404.html").read_text("utf-8")
    assert "data-trope-tool" not in page
    assert "/en/latest/" in page


@everywhere("sphinx_sitemap")
def test_a_sitemap_lists_the_pages_with_content(build: Build, names: tuple[str, ...]) -> None:
    listed = locations(build(*names).html)
    site = "https://apes.example/"
    for name in WIKI_PAGES:
        assert listed[f"{site}{name}.html"] == "2021-03-04T05:06:07Z"
    of_ours = {
        address.removeprefix(f"{site}tropes/") for address in listed if "/tropes/" in address
    }
    assert of_ours == {"index.html", "graph.html"}
    assert listed[f"{site}tropes/index.html"] is None
    assert f"{site}OldApe.html" not in listed


def test_a_sitemap_has_the_addresses_of_folders(build: Build) -> None:
    built = build("sphinx_sitemap", builder="dirhtml")
    assert built.warnings == []
    site = "https://apes.example/"
    for address in locations(built.html):
        name = address.removeprefix(site)
        # Sphinx's own search and indexes, and the control's, are no different
        assert (built.html / name / "index.html").exists(), address
        assert name.removesuffix("/") not in {"404", "OldApe", "tropes/wanted", "tropes/health"}


@everywhere("opengraph")
def test_pages_are_described(build: Build, names: tuple[str, ...]) -> None:
    html = build(*names).html
    laconic = 'An "ape" of <sorts> & more, ….'
    assert meta(html / "Ape2.html", "og:description") == laconic
    assert meta(html / "Ape2.html", "description") == laconic
    assert meta(html / "ApeII.html", "og:description") == "One letter from Ape 2."
    assert meta(html / "OHara3.html", "og:description") == "Paneltext of Ape 2 and the film."
    assert "notedword" not in str(meta(html / "Ape2.html", "og:description"))
    assert meta(html / "tropes/backlinks/main/ghost.html", "og:title") is None


@everywhere("rediraffe")
def test_a_page_that_is_gone_leads_to_a_wiki_page(build: Build, names: tuple[str, ...]) -> None:
    assert "Ape2.html" in (build(*names).html / "gone.html").read_text("utf-8")


@pytest.mark.parametrize("names", build_with("last_updated"), ids=ids_of)
def test_pages_have_the_date_of_their_last_change(build: Build, names: tuple[str, ...]) -> None:
    html = build(*names).html
    changed = {
        str(p.relative_to(html).with_suffix("")): meta(p, "article:modified_time")
        for p in html.rglob("*.html")
        if "_static" not in p.parts
    }
    for name in [*WIKI_PAGES, "OldApe", "guide"]:
        assert changed[name] == "2021-03-04T05:06:07+00:00"
    assert not any(date for name, date in changed.items() if name.startswith("tropes/"))


@everywhere("sphinx_tags")
def test_tags_are_listed(build: Build, names: tuple[str, ...]) -> None:
    assert "../tagged.html" in hrefs(build(*names).html / "_tags/primates.html")


@everywhere("sphinx_needs")
def test_needs_hold_trope_markup(build: Build, names: tuple[str, ...]) -> None:
    page = parse(build(*names).html / "needed.html")
    assert "#APE_1" in hrefs(build(*names).html / "needed.html")
    assert having_class(page, "trope-spoiler")


@everywhere("bibtex")
def test_books_are_cited(build: Build, names: tuple[str, ...]) -> None:
    assert "Goodall" in text_of(parse(build(*names).html / "cited.html"))


@everywhere("mermaid")
def test_graphs_are_drawn(build: Build, names: tuple[str, ...]) -> None:
    assert having_class(parse(build(*names).html / "drawn.html"), "mermaid")


def test_tooltips_tell_of_wiki_pages_and_are_alone(build: Build) -> None:
    html = build("sphinx_tippy").html
    (path,) = (html / "_static/tippy").glob("guide.*.js")
    tips = path.read_text("utf-8")
    assert r"a[href=\"Ape2.html\"]" in tips
    assert "An ape is" in tips
    (script,) = [
        e for e in parse(html / "guide.html").iter("script") if "tropes.js" in e.get("src", "")
    ]
    assert script.get("data-tropes-no-previews") is not None


@everywhere("codeautolink")
def test_code_leads_to_objects(build: Build, names: tuple[str, ...]) -> None:
    page = parse(build(*names).html / "linked.html")
    links = [e.get("href") for e in having_class(page, "sphinx-codeautolink-a")]
    assert "#gibbons.Lar" in " ".join(map(str, links))


@everywhere("autoapi")
def test_modules_have_their_pages(build: Build, names: tuple[str, ...]) -> None:
    assert (build(*names).html / "autoapi/lemurs/index.html").exists()


@everywhere("ablog")
def test_posts_are_in_a_feed(build: Build, names: tuple[str, ...]) -> None:
    html = build(*names).html
    feed = (html / "blog/atom.xml").read_text("utf-8")
    assert "An ape, … of Ape" in feed
    assert "posted.html" in hrefs(html / "posts.html")


@pytest.mark.parametrize(("name", "page"), [("nbsphinx", "book.html"), ("myst_nb", "myst.html")])
def test_notebooks_are_pages(build: Build, name: str, page: str) -> None:
    for names in build_with(name):
        assert "42" in text_of(parse(build(*names).html / page))


@everywhere("llms")
def test_pages_are_listed_for_language_models(build: Build, names: tuple[str, ...]) -> None:
    html = build(*names).html
    listed = (html / "llms.txt").read_text("utf-8")
    assert "All there is on apes." in listed
    assert re.search(r"\[Ape 2\]\(.*/Ape2\b", listed)
    assert "All about" not in listed
