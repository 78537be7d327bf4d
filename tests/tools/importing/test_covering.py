"""What a spoiler covers is not in the report; a page shown as typed covers it too."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.markup import MarkupSettings, page_section
from sphinxcontrib_tropes.names import Namespaces, PageName
from sphinxcontrib_tropes.tools.importing.covering import Uncovered, as_typed
from sphinxcontrib_tropes.tools.importing.readers import readers
from sphinxcontrib_tropes.tools.importing.remarks import HIDDEN, Loss, Remark

from .shared import PMWIKI, kinds

SECRET = "Rosebud"


@pytest.mark.parametrize(
    "inside",
    [
        "{{Unknown|Rosebud}}", "[[File:Rosebud.png|thumb]]", "<blink>Rosebud</blink>",
        "<gallery>\nRosebud.png|x\n</gallery>", "[[Rosebud", "'''Rosebud",
    ],
)  # fmt: skip
def test_a_sample_is_not_from_inside_a_spoiler(source, imported, tmp_path, inside):
    _, report = imported(source({"A.mediawiki": f"Before {{{{Spoiler|a {inside} b}}}} after."}))
    assert SECRET not in str(report)
    assert SECRET not in (tmp_path / "wiki" / "import-report.txt").read_text()


def test_another_page_without_spoilers_gives_the_sample(source, imported):
    pages = {"A.mediawiki": "x {{Spoiler|{{Foo|Rosebud}}}}", "B.mediawiki": "x {{Foo|bar}} y"}
    _, report = imported(source(pages))
    samples = {kind["kind"]: kind["sample"] for kind in report["kinds"]}
    found = [sample for kind, sample in samples.items() if "{{Foo}}" in kind]
    assert found == [{"page": "Main/B", "text": "{{Foo|bar}}"}]


def test_a_sample_that_the_page_shows_anyway_stays(source, imported):
    _, report = imported(source({"A.mediawiki": "x {{Spoiler|y}} and {{Foo|bar}}, Foo"}))
    assert "{{Foo|bar}}" in str(report)


@pytest.mark.parametrize(
    "text", ["<spoiler>Rosebud]] @] [[/x]]</spoiler>", "{{SPOILER|Rosebud\n\n}}"]
)
def test_a_page_shown_as_typed_covers_its_spoilers(text):
    namespaces = Namespaces()
    page = page_section(
        as_typed(text), PageName("Main", "A"), MarkupSettings(namespaces, False), lambda *_: None
    )
    said = Remark(Loss.CHANGED, "kind", SECRET)
    assert Uncovered(page).of([said]) == [said._replace(sample=HIDDEN)]


def test_a_reader_that_fails_on_one_page_does_not_end_the_import(source, imported, monkeypatch):
    reader = readers()["markdown"]
    head, read = type(reader).head, type(reader).read

    def failing_head(self, key, text):
        return head(self, key, text) if "bad" not in text else 1 / 0

    def failing_read(self, text, page):
        return read(self, text, page) if "bad" not in text else 1 / 0

    monkeypatch.setattr(type(reader), "head", failing_head)
    monkeypatch.setattr(type(reader), "read", failing_read)
    pages, report = imported(source({"A.md": "good", "B.md": "bad <spoiler>Rosebud</spoiler>"}))
    assert pages["Main/A.trope"] == b"good\n"
    assert b"[[spoiler:" in pages["Main/B.trope"]
    assert "a page that cannot be read: shown as typed" in kinds(report)


def test_a_sample_of_a_link_in_a_spoiler_of_pmwiki_is_covered_and_others_stay(source, imported):
    text = b"[[A few words]] and [[spoiler:by [[Rosebud sled]]]]."
    _, report = imported(source({"Main.A": PMWIKI + b"text=" + text}))
    assert SECRET not in str(report)
    assert "[[A few words]]" in str(report)
