"""Feeds of recent changes, read by a reader of feeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import AWKWARD, Site
from ..repository.repositories import Repository
from .atom import read_feed
from .test_recent import FILES, SITE

CONF = 'extensions = ["sphinxcontrib_tropes"]\nhtml_theme = "basic"\nproject = "Wiki & <b>"\n'


@pytest.fixture
def repository(site: Site) -> Repository:
    repository = Repository(site.source)
    site.write({**FILES, "conf.py": CONF})
    repository.commit("Begin <b>&amp; \x1b[31m")
    repository.commit("Bees sting", {"Bee.trope": "To {{Ape}}. They sting.\n"})
    return repository


def feeds(site: Site, out: str = "html") -> dict[str, list[str]]:
    """Name of each feed -> titles of its entries."""
    root = site.root / out / "tropes/feeds"
    return {
        path.relative_to(root).as_posix(): [entry.title for entry in read_feed(path).entries]
        for path in sorted(root.rglob("*.atom"))
    }


def test_there_is_one_of_the_wiki_of_each_namespace_and_of_each_index(
    site: Site, repository: Repository
) -> None:
    site.build(html_baseurl=SITE)
    assert feeds(site) == {
        "all.atom": ["Edited: Bee", "New: Animals", "New: Ape", "New: Bee", "New: Café “Ö” <b>"],
        "index/main/animals.atom": ["Edited: Bee", "New: Animals", "New: Ape", "New: Bee"],
        "namespace/film.atom": ["New: Café “Ö” <b>"],
        "namespace/main.atom": ["Edited: Bee", "New: Animals", "New: Ape", "New: Bee"],
    }


def test_a_feed_says_what_it_is_and_leads_to_its_pages(site: Site, repository: Repository) -> None:
    site.build(
        html_baseurl=f"{SITE}/", tropes_edit={"commit": "https://git.example.org/c/{commit}"}
    )
    feed = read_feed(site.root / "html/tropes/feeds/all.atom")
    assert feed.title == "Wiki & <b>: Recent changes"
    assert feed.id == f"{SITE}/tropes/feeds/all.atom"
    assert feed.link == f"{SITE}/tropes/recent.html"
    assert feed.author == "Wiki & <b>"
    assert feed.updated == "2026-05-30T20:26:40Z"
    newest, *_, cafe = feed.entries
    assert newest.link == f"{SITE}/Bee.html"
    assert newest.summary == "Bees sting"
    assert cafe.link == f"{SITE}/Film/Caf%C3%A9%20%C3%96.html"
    assert cafe.summary == "Begin <b>&amp; \\x1b[31m"
    for page in (feed.link, newest.link, cafe.link):
        from urllib.parse import unquote

        assert (site.root / "html" / unquote(page.removeprefix(f"{SITE}/"))).is_file()


def test_entries_keep_their_ids(site: Site, repository: Repository) -> None:
    site.build(html_baseurl=SITE)
    before = read_feed(site.root / "html/tropes/feeds/all.atom").entries
    repository.commit("More", {"Ape.trope": "x {{Bee}}\n"})
    site.build(html_baseurl=SITE)
    after = read_feed(site.root / "html/tropes/feeds/all.atom").entries
    assert after[1:] == before
    assert len({entry.id for entry in after}) == len(after)


def test_pages_name_the_feeds_that_are_about_them(site: Site, repository: Repository) -> None:
    site.build(html_baseurl=SITE)

    def named(page: str) -> list[str]:
        root, here = site.page(page), (site.root / "html" / page).parent
        found = [e for e in root.iter("link") if e.get("type") == "application/atom+xml"]
        assert all(e.get("rel") == "alternate" and e.get("title") for e in found)
        folder = site.root / "html/tropes/feeds"
        paths = [Path(here, e.get("href")).resolve() for e in found]
        return [path.relative_to(folder.resolve()).as_posix() for path in paths if path.is_file()]

    assert named("Ape") == ["all.atom", "namespace/main.atom"]
    assert named("Film/Café Ö") == ["all.atom", "namespace/film.atom"]
    assert named("Animals") == ["all.atom", "namespace/main.atom", "index/main/animals.atom"]
    assert named("tropes/recent") == named("tropes/index") == ["all.atom"]
    assert named("index") == []


def test_without_the_address_of_the_site_there_are_none_and_that_is_told_once(
    site: Site, repository: Repository
) -> None:
    told: list[str] = []

    def listen(app) -> None:
        import logging

        class Handler(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                if "feeds" in record.getMessage():
                    told.append(record.getMessage())

        logging.getLogger("sphinx").addHandler(Handler())

    site.build(on_app=listen)
    assert not (site.root / "html/tropes/feeds").exists()
    assert "atom" not in (site.root / "html/Ape.html").read_text("utf-8")
    assert told == ["feeds of recent changes are left out: they need html_baseurl"]
    assert not site.warnings


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "/wiki/", "file:///x", "wiki.example.org"]
)
def test_an_address_that_is_not_absolute_gives_no_feeds(
    site: Site, repository: Repository, address: str
) -> None:
    site.build(html_baseurl=address)
    assert not (site.root / "html/tropes/feeds").exists()


def test_awkward_names_and_texts_give_feeds_that_can_be_read(
    site: Site, repository: Repository
) -> None:
    site.write(AWKWARD)
    site.write({"Zoo.trope": "[[index]]\n* {{HumanZoo}}\n* {{鋼の錬金術師 it’s}}\n[[/index]]\n"})
    repository.commit("]]> <![CDATA[ &#0; \u2028 \ufffe \U0001f412 " + "x" * 2000)
    site.build("dirhtml", html_baseurl="https://münchen.example/ü")
    # an address of another script is written as such, and is an IRI: RFC 4287, 2
    text = (site.root / "dirhtml/tropes/feeds/all.atom").read_text("utf-8")
    assert "https://münchen.example/ü/tropes/feeds/all.atom" in text
    site.build("dirhtml", html_baseurl=SITE)
    assert len(feeds(site, "dirhtml")) > 4


def test_files_of_feeds_that_are_no_longer_wanted_go_and_others_stay(
    site: Site, repository: Repository
) -> None:
    site.build(html_baseurl=SITE)
    own = site.root / "html/tropes/feeds/namespace/own.atom"
    own.write_text("<feed>mine</feed>")
    site.write({"Film/Café Ö.trope": None, "Animals.trope": "No index\n"}).build(html_baseurl=SITE)
    assert sorted(path.name for path in own.parents[1].rglob("*.atom")) == [
        "all.atom",
        "main.atom",
        "own.atom",
    ]
    site.build(html_baseurl="")
    assert [path.name for path in own.parents[1].rglob("*.atom")] == ["own.atom"]


def test_a_feed_that_was_deleted_comes_back(site: Site, repository: Repository) -> None:
    site.build(html_baseurl=SITE)
    path = site.root / "html/tropes/feeds/namespace/main.atom"
    before = path.read_bytes()
    path.unlink()
    site.build(html_baseurl=SITE)
    assert path.read_bytes() == before


def test_a_feed_has_the_newest_entries_only(site: Site, repository: Repository) -> None:
    for number in range(40):
        repository.commit(f"{number}", {"Bee.trope": f"{number} {{{{Ape}}}}\n"}, later=60)
    site.build(html_baseurl=SITE)
    feed = read_feed(site.root / "html/tropes/feeds/all.atom")
    assert [entry.summary for entry in feed.entries] == [str(n) for n in range(39, 9, -1)]
