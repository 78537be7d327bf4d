"""When pages were last edited, as data that sorts backlinks."""

from __future__ import annotations

import json

import pytest

from ..conftest import Site
from ..repository.repositories import Repository
from .test_recent import FILES


def days(site: Site, out: str = "html") -> list[list[str]]:
    text = (site.root / out / "tropes/edited.js").read_text("utf-8")
    assert text.startswith("tropesEdited(")
    found: list[list[str]] = json.loads(
        text.removeprefix("tropesEdited(").rstrip().removesuffix(");")
    )
    return found


@pytest.fixture
def repository(site: Site) -> Repository:
    repository = Repository(site.source)
    site.write(FILES)
    repository.commit("Begin")
    return repository


def test_pages_stand_by_the_day_of_their_last_edit(site: Site, repository: Repository) -> None:
    site.build()
    (first,) = days(site)
    assert {"Ape.html", "Bee.html", "Film/Café Ö.html"} <= set(first)
    repository.commit("Bees sting", {"Bee.trope": "They sting.\n"})
    site.build()
    assert next(page for _day, *pages in days(site) for page in pages) == "Bee.html"


def test_a_commit_that_changes_no_page_changes_the_file_alone(
    site: Site, repository: Repository
) -> None:
    site.build()
    text = (site.source / "Bee.trope").read_text("utf-8")
    repository.commit("A blank", {"Bee.trope": f"{text}\n"})
    before = (site.root / "html/Ape.html").read_bytes()
    site.build()
    assert (site.root / "html/Ape.html").read_bytes() == before
    assert next(page for _day, *pages in days(site) for page in pages) == "Bee.html"


def test_without_a_history_the_file_is_empty(site: Site) -> None:
    site.write(FILES).build()
    assert days(site) == []


def test_it_follows_the_addresses_of_the_builder_and_stays_out_of_books(
    site: Site, repository: Repository
) -> None:
    site.build("dirhtml")
    assert "Ape/" in days(site, "dirhtml")[0]
    out = site.build("epub")
    assert not list(out.rglob("edited.js"))
