"""The synthetic wiki that speed is measured on."""

from __future__ import annotations

from itertools import islice

from benchmarks.forms import FORMS, source_of
from benchmarks.wiki import Wiki
from sphinxcontrib_tropes.markup import MarkupSettings, page_section
from sphinxcontrib_tropes.markup.nodes import trope_link
from sphinxcontrib_tropes.names import MAIN, PageName


def test_the_same_wiki_is_written_every_time() -> None:
    def sources() -> list[str]:
        return [source_of(form, page) for page in islice(Wiki(30), 5) for form in FORMS]

    assert sources() == sources()


def test_its_pages_are_as_long_as_those_of_a_real_wiki() -> None:
    pages = list(islice(Wiki(1000), 100))
    words = sum(len(source_of("markdown", page).split()) for page in pages)
    sections = [
        page_section(
            source_of("trope", page), PageName(MAIN, "Page"), MarkupSettings(), _is_no_fault
        )
        for page in pages
    ]
    links = sum(len(list(section.findall(trope_link))) for section in sections)
    assert 370 <= words / len(pages) <= 410
    assert 38 <= links / len(pages) <= 41


def _is_no_fault(line: int, sentence: str) -> None:
    raise AssertionError(f"{line}: {sentence}")
