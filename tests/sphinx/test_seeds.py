"""The pages that the extension is grown from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..conftest import ROOT, Site, having_class, parse, text_of

SHARED = ROOT.parent / "shared" / "seeds"
SEED = ROOT / "seeds" / "InterspeciesRomance.trope"
PAGES = [SEED, *sorted(SHARED.glob("*.txt"))]


@pytest.fixture(scope="module", params=PAGES, ids=["own", "shared"][: len(PAGES)])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("seed"))
    site.write({"InterspeciesRomance.trope": request.param.read_bytes()})
    site.build()
    return site


def body_links(site: Site) -> list[tuple[str, str]]:
    page = site.page("InterspeciesRomance")
    aside = having_class(page, "trope-backlinks")
    assert not aside
    return [(a.get("href", ""), text_of(a)) for a in having_class(page, "trope")]


def test_a_seed_page_builds_without_a_warning(built: Site) -> None:
    assert built.warnings == ""


def test_a_seed_page_has_37_links_to_36_names(built: Site) -> None:
    links = body_links(built)
    assert len(links) == 37
    assert len({href for href, _ in links}) == 36


def test_a_seed_page_keeps_the_plural_and_the_labels(built: Site) -> None:
    texts = [text for _, text in body_links(built)]
    assert texts.count("Half Human Hybrids") == 2
    assert "Funny Animals" in texts
    assert any("’" in text for text in texts), "a label with an apostrophe"


def test_each_name_of_a_seed_page_has_a_backlinks_page_with_its_sentence(built: Site) -> None:
    page = text_of(built.page("InterspeciesRomance"))
    pages = sorted((built.root / "html/tropes/backlinks/main").glob("*.html"))
    assert len(pages) == 36
    for path in pages:
        contexts = having_class(parse(path), "trope-context")
        assert contexts, path
        for context in contexts:
            sentence = text_of(context).strip("… ")
            assert sentence in page, path
            assert len(sentence.split()) > 4, path
            marks = having_class(context, "trope-mark")
            assert marks[0].get("href", "").startswith("../../../InterspeciesRomance.html#link-")


def test_a_seed_page_is_in_the_index_and_its_targets_are_wanted(built: Site) -> None:
    assert "Interspecies Romance" in text_of(built.page("tropes/index"))
    wanted = having_class(built.page("tropes/wanted"), "trope-wanted")
    assert len(wanted) == 36


def test_the_data_of_a_seed_page_has_its_37_links(built: Site) -> None:
    data = json.loads((built.root / "html/tropes.json").read_text("utf-8"))
    assert len(data["links"]) == 37
    assert len(data["wanted"]) == 36
    assert {link["source"] for link in data["links"]} == {"Main/InterspeciesRomance"}


def test_the_seed_pages_build_together_without_a_warning(site: Site) -> None:
    for path in sorted(Path(ROOT / "seeds").glob("*.trope")):
        site.write({path.name: path.read_bytes()})
    site.build()
    assert site.warnings == ""
