"""Ten themes: links to the source of a page lead to one, the heads of pages tell no spoiler, and
neither do excerpts in a search, however a theme loads it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from ..browser.conftest import browser, serving
from ..conftest import having_class, parse
from .project import WIKI_PAGES
from .reading import broken_links, locations, uncovered_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from .conftest import Built

    Build = Callable[..., Built]

__all__ = ["browser"]

_REPOSITORY = "https://github.com/apes/apes"
_CONTEXT = {
    "github_user": "apes",
    "github_repo": "apes",
    "github_version": "main",
    "doc_path": "docs",
}

THEMES: dict[str, dict[str, object]] = {
    "alabaster": {"html_sidebars": {"**": ["sourcelink.html"]}},
    "furo": {
        "html_theme_options": {
            "source_repository": _REPOSITORY,
            "source_branch": "main",
            "source_directory": "docs/",
        }
    },
    "pydata_sphinx_theme": {
        "html_context": _CONTEXT,
        "html_theme_options": {"use_edit_page_button": True},
    },
    "sphinx_book_theme": {
        "html_theme_options": {
            "repository_url": _REPOSITORY,
            "repository_branch": "main",
            "path_to_docs": "docs",
            "use_edit_page_button": True,
            "use_source_button": True,
        }
    },
    "sphinx_rtd_theme": {
        "html_context": _CONTEXT | {"display_github": True, "conf_py_path": "/docs/"}
    },
    "shibuya": {
        "html_context": {
            "source_type": "github",
            "source_user": "apes",
            "source_repo": "apes",
            "source_docs_path": "/docs/",
        }
    },
    "breeze": {"html_context": _CONTEXT},
    "sphinx_immaterial": {
        "extensions_of_theme": ["sphinx_immaterial"],
        "html_theme_options": {
            "repo_url": _REPOSITORY,
            "edit_uri": "edit/main/docs",
            "site_url": "https://apes.example/",
            "features": ["content.action.edit", "content.action.view"],
            "font": False,
        },
    },
    "sphinxawesome_theme": {},
    "piccolo_theme": {"html_theme_options": {"source_url": f"{_REPOSITORY}/"}},
}
# What a link to the source of a page looks like, wherever it is in the page.
_AT_HOST = re.compile(
    r"https://(?:raw\.githubusercontent|github)\.com/apes/apes/"
    r"(?:edit|blob|raw|refs/heads)/main/docs/([^\"'?<>\s]+)"
)
_COPY = re.compile(r"[\"'(]([^\"'()\s]*_sources/[^\"'()\s?#]+)")
_WITHOUT = {"sphinxawesome_theme", "piccolo_theme"}
"""Themes that link to no source of a page."""


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def built(build: Build, theme: str) -> Built:
    return build(html_theme=theme, **THEMES[theme])


def pages_of(html: Path) -> dict[str, str]:
    """The name and the text of each page."""
    return {
        str(path.relative_to(html).with_suffix("")): path.read_text("utf-8")
        for path in html.rglob("*.html")
        if "_static" not in path.parts
    }


def sources_of(text: str) -> list[str]:
    """The files that a page calls its source."""
    copies = [address.partition("_sources/")[2] for address in _COPY.findall(text)]
    return [unquote(name) for name in [*_AT_HOST.findall(text), *copies]]


def test_nothing_is_warned_of(built: Built) -> None:
    assert built.status == 0, built.log
    assert built.warnings == []


def test_links_to_a_source_lead_to_one(built: Built, theme: str) -> None:
    there = {str(p.relative_to(built.html / "_sources")) for p in built.html.rglob("_sources/**/*")}
    there |= {str(p.relative_to(built.source)) for p in built.source.rglob("*") if p.is_file()}
    pages = pages_of(built.html)
    lost = {name: set(sources_of(text)) - there for name, text in pages.items()}
    lost.pop("genindex")  # sphinx_rtd_theme links even to its source
    assert {name: names for name, names in lost.items() if names} == {}
    if theme not in _WITHOUT:
        for name in WIKI_PAGES:
            assert any(source.startswith(f"{name}.trope") for source in sources_of(pages[name])), (
                name
            )
    for name in ("tropes/index", "tropes/wanted", "tropes/backlinks/main/ghost", "404"):
        assert sources_of(pages[name]) == []


def test_no_link_is_broken(built: Built, build: Build, theme: str) -> None:
    broken = broken_links(built.html)
    if broken:
        control = build(is_ours=False, html_theme=theme, **THEMES[theme])
        broken -= broken_links(control.html)
        # what a theme breaks on a page without a source, it does on its own as well
        ends = {link.partition(" -> ")[2].lstrip("./") for link in broken_links(control.html)}
        broken = {link for link in broken if link.partition(" -> ")[2].lstrip("./") not in ends}
    assert broken == set()


def test_no_secret_is_uncovered(built: Built) -> None:
    assert uncovered_secrets(built.html) == {}


def test_pages_of_ours_are_in_the_layout(built: Built) -> None:
    for name in ("Ape2", "tropes/index", "tropes/backlinks/main/ghost"):
        page = parse(built.html / f"{name}.html")
        assert [e for e in page.iter() if "trope" in e.get("class", "").split()], name
    assert having_class(parse(built.html / "Ape2.html"), "trope-backlinks")


def test_the_sitemap_of_a_theme_lists_the_pages_with_content(build: Build) -> None:
    built = build(html_theme="sphinx_immaterial", **THEMES["sphinx_immaterial"])
    listed = {address.removeprefix("https://apes.example/") for address in locations(built.html)}
    assert {f"{name}.html" for name in WIKI_PAGES} <= listed
    assert {name for name in listed if name.startswith("tropes/")} == {
        "tropes/index.html",
        "tropes/graph.html",
    }
    assert not listed & {"404.html", "OldApe.html"}


# -- search

RESULTS = "#search-results li, .md-search-result__item"


@pytest.fixture
def served(built: Built) -> Iterator[str]:
    with serving(built.html) as address:
        yield address


def test_excerpts_of_a_search_are_covered(served: str, browser: Browser, theme: str) -> None:
    page = browser.new_page()
    # nothing is fetched from elsewhere, as some themes do
    page.route(re.compile(rf"^(?!{served})"), lambda route: route.abort())
    if theme == "sphinx_immaterial":  # its search has no page, and takes a set for a list
        page.add_init_script("Set.prototype.indexOf = function (o) { return this.has(o) - 1; }")
        page.goto(f"{served}/index.html")
        page.locator("input.md-search__input").press_sequentially("film")
    else:
        page.goto(f"{served}/search.html?q=film")
    page.locator(RESULTS).first.wait_for(state="attached")
    page.wait_for_timeout(1000)
    shown = " ".join(page.locator(RESULTS).all_inner_texts())
    page.close()
    assert "The film of" in shown
    assert "qqsecret" not in shown
