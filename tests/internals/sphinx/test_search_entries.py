"""Names in Sphinx's search index."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sphinxcontrib_tropes.internals.sphinx.search_entries import add_entries

if TYPE_CHECKING:
    import pytest

    from ...conftest import Site


def entries(site: Site) -> dict[str, object]:
    text = (site.build() / "searchindex.js").read_text("utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    found: dict[str, object] = index["indexentries"]
    return found


def test_names_are_found_as_one_word_in_each_build(site: Site) -> None:
    site.write({"HumanZoo2.trope": "Text.\n", "Bee.trope": "Text.\n"})
    assert "humanzoo2" in entries(site)
    site.write({"Bee.trope": "Another text.\n"})
    assert "humanzoo2" in entries(site)


def test_entries_of_a_document_that_is_gone_end_no_build(site: Site) -> None:
    site.write({"HumanZoo2.trope": "Text.\n", "Bee.trope": "Text.\n"})
    entries(site)
    site.write({"HumanZoo2.trope": None})
    assert "humanzoo2" not in entries(site)


def test_without_it_search_does_not_find_them(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write({"HumanZoo2.trope": "Text.\n"})
    monkeypatch.setattr(
        "sphinxcontrib_tropes.build.search_names.add_entries", lambda app, names: None
    )
    assert "humanzoo2" not in entries(site)


def test_a_builder_without_an_index_is_left_alone(site: Site) -> None:
    site.build("dummy", on_app=lambda app: add_entries(app, lambda: 1 / 0))
