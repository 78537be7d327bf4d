"""How long a page takes to read, and how many links it has."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.rendering.reading_time import reading_minutes

from ..conftest import AWKWARD, Site, having_class, text_of

ON = {"tropes_reading_time": True}


def lines(site: Site, page: str) -> list[str]:
    return [text_of(line) for line in having_class(site.page(page), "trope-reading-time")]


@pytest.mark.parametrize(
    ("texts", "minutes"),
    [
        ([], 1),
        (["One word."], 1),
        (["it’s 2nd-rate, O'Brien "] * 230, 3),
        (["鋼の錬金術師"] * 500, 6),
        (["слово " * 460], 2),
    ],
)
def test_a_page_takes_minutes_by_its_words_or_characters(texts: list[str], minutes: int) -> None:
    assert reading_minutes(texts) == minutes


def test_a_page_tells_minutes_and_links_if_wanted(site: Site) -> None:
    text = "Of {{Humans}}, {{Humans}} and {{Not Written 2}}. " + "Words and more. " * 200
    site.write(AWKWARD | {"Long.trope": text}).build(**ON)
    assert lines(site, "Long") == ["3 minutes to read · 3 links"]
    assert lines(site, "Humans") == ["1 minute to read · 2 links"]


def test_by_default_no_page_does(site: Site) -> None:
    site.write(AWKWARD).build()
    assert lines(site, "Humans") == []


def test_documents_of_several_pages_generated_pages_and_books_do_not(site: Site) -> None:
    text = "Some\n====\n\n.. trope:: Own 1\n\n   x\n\n.. trope:: Own 2\n\n   x\n"
    site.write(AWKWARD | {"some.rst": text}).build(**ON)
    assert lines(site, "some") == lines(site, "tropes/index") == lines(site, "index") == []
    for builder in ("epub", "text", "singlehtml"):
        out = site.build(builder, **ON)
        files = [path for path in out.rglob("*") if path.suffix in (".xhtml", ".txt", ".html")]
        assert not any("to read" in path.read_text("utf-8") for path in files)


def test_the_search_does_not_find_it(site: Site) -> None:
    site.write(AWKWARD).build(**ON)
    assert '"minut"' not in (site.root / "html/searchindex.js").read_text("utf-8")
