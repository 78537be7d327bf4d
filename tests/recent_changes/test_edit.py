"""From a page to the form that edits it, and from a red link to the form that creates a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from ..conftest import AWKWARD, Site, having_class, text_of
from ..repository.repositories import Repository

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CONTEXT = {
    "github_user": "ann",
    "github_repo": "wiki",
    "github_version": "main",
    "conf_py_path": "/docs/",
}
BASE = "https://github.com/ann/wiki"
FILES = {"Ape.trope": "To {{Ghost}} and [[鋼の錬金術師 it’s]], Film/{{The <b> & Co}}.\n"}


def foot_links(site: Site, page: str) -> dict[str, str | None]:
    root: Element = site.page(page)
    feet = having_class(root, "trope-page-foot")
    return {text_of(link): link.get("href") for foot in feet for link in foot.iter("a")}


def creation(site: Site, page: str, out: str = "html") -> list[str | None]:
    lines = having_class(site.page(page, out), "trope-create")
    return [link.get("href") for line in lines for link in line.iter("a")]


def test_a_page_leads_to_its_history_and_to_the_form_that_edits_it(site: Site) -> None:
    site.write(AWKWARD).build(html_context=CONTEXT)
    assert foot_links(site, "Film/12 O'Clock") == {
        "History": f"{BASE}/commits/main/docs/Film/12%20O%27Clock.trope",
        "Edit": f"{BASE}/edit/main/docs/Film/12%20O%27Clock.trope",
    }


def test_a_theme_with_a_button_of_its_own_gets_no_second_one(site: Site) -> None:
    options = {"source_repository": f"{BASE}/", "source_branch": "main", "source_directory": "docs"}
    site.write(FILES).build(html_theme="furo", html_theme_options=options)
    assert list(foot_links(site, "Ape")) == ["History"]


def test_generated_pages_and_documents_without_pages_have_none(site: Site) -> None:
    site.write(FILES).build(html_context=CONTEXT)
    for page in ("index", "tropes/index", "tropes/wanted", "tropes/backlinks/main/ghost"):
        assert foot_links(site, page) == {}


def test_a_red_link_leads_by_its_page_to_the_form_that_creates_the_page(site: Site) -> None:
    site.write(FILES).build(html_context=CONTEXT)
    [address] = creation(site, "tropes/backlinks/main/ghost")
    assert address == (
        f"{BASE}/new/main/docs?filename=Ghost.trope"
        "&value=%28%3Alaconic%20One%20sentence.%3A%29%0A%0AGhost%3A%20...%0A"
    )


def test_the_file_and_text_in_the_form_make_exactly_that_page(site: Site) -> None:
    site.write(FILES).build(html_context=CONTEXT)
    pages = [
        f"tropes/backlinks/{path.relative_to(site.root / 'html/tropes/backlinks').with_suffix('')}"
        for path in (site.root / "html/tropes/backlinks").rglob("*.html")
    ]
    made = 0
    for address in {found for page in pages for found in creation(site, page)}:
        assert address is not None
        parts = urlsplit(address)
        query = parse_qs(parts.query)
        folder = parts.path.removeprefix("/ann/wiki/new/main/docs").strip("/")
        site.write({f"{folder}/{query['filename'][0]}".strip("/"): query["value"][0]})
        made += 1
    assert made == 3
    site.build(html_context=CONTEXT)
    assert having_class(site.page("Ape"), "trope-wanted") == []


def test_a_written_page_is_not_created_again(site: Site) -> None:
    site.write({**FILES, "Ghost.trope": "To {{Ape}}.\n"}).build(html_context=CONTEXT)
    assert creation(site, "tropes/backlinks/main/ghost") == []
    assert creation(site, "tropes/backlinks/main/ape") == []


def test_previews_of_red_links_have_the_same_form(site: Site) -> None:
    site.write(FILES).build(html_context=CONTEXT)
    texts = [path.read_text("utf-8") for path in (site.root / "html/tropes/data").glob("*.js")]
    [line] = [line for text in texts for line in text.splitlines() if "main/ghost.html" in line]
    entry = json.loads("{" + line.removesuffix(",") + "}").popitem()[1]
    assert [entry["create"]] == creation(site, "tropes/backlinks/main/ghost")
    assert sum(line.count('"create":"https') for text in texts for line in text.splitlines()) == 3


def test_without_a_host_nothing_is_offered(site: Site) -> None:
    site.write(FILES).build()
    assert foot_links(site, "Ape") == {}
    assert creation(site, "tropes/backlinks/main/ghost") == []


@pytest.mark.parametrize("builder", ["epub", "singlehtml", "latex"])
def test_books_and_single_pages_offer_nothing(site: Site, builder: str) -> None:
    out = site.write(FILES).build(builder, html_context=CONTEXT)
    texts = [
        p.read_text("utf-8") for p in out.rglob("*") if p.suffix in (".html", ".xhtml", ".tex")
    ]
    assert texts
    assert not [text for text in texts if BASE in text]


def test_a_name_that_no_disk_can_hold_is_not_offered(site: Site) -> None:
    site.write({"Ape.trope": f"To {{{{{'Long ' * 80}}}}}.\n"}).build(html_context=CONTEXT)
    paths = (site.root / "html/tropes/backlinks").rglob("*.html")
    assert not [path for path in paths if "trope-create" in path.read_text("utf-8")]


def test_changing_the_host_writes_all_pages_again(site: Site) -> None:
    site.write(FILES).build(html_context=CONTEXT)
    site.build(html_context=CONTEXT | {"github_repo": "other"})
    assert "/other/" in (foot_links(site, "Ape")["Edit"] or "")
    assert "/other/" in (creation(site, "tropes/backlinks/main/ghost")[0] or "")
    site.build(html_context=CONTEXT, tropes_edit=False)
    assert foot_links(site, "Ape") == {}
    assert creation(site, "tropes/backlinks/main/ghost") == []


def test_recent_changes_lead_to_the_commits(site: Site) -> None:
    repository = Repository(site.source)
    site.write(FILES)
    id_ = repository.commit("Begin")
    site.build(html_context=CONTEXT)
    [subject] = having_class(site.page("tropes/recent"), "trope-subject")
    assert [link.get("href") for link in subject.iter("a")] == [f"{BASE}/commit/{id_}"]
