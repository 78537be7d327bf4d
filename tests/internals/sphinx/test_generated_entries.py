"""Entries of generated pages in toctrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx import addnodes

from sphinxcontrib_tropes.internals.sphinx.generated_entries import ENTRIES, _add

from ...conftest import Site, having_class, text_of

if TYPE_CHECKING:
    import pytest

FILES = {
    "index.rst": "Wiki\n====\n\n.. toctree::\n\n   one\n   tropes/index\n",
    "one.rst": "One\n===\n",
}


def shown(site: Site) -> list[str]:
    [wrapper] = having_class(site.page("index"), "toctree-wrapper")
    return [text_of(link) for link in wrapper.iter("a")]


def test_without_it_navigation_does_not_show_them(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write(dict(FILES)).build()
    with_it = shown(site)
    monkeypatch.setattr(
        "sphinxcontrib_tropes.pages.plan.show_entries", lambda *_arguments: lambda: None
    )
    site.build(force=True)
    assert (with_it, shown(site), site.warnings) == (["One", "Trope index"], ["One"], "")


def test_entries_that_are_left_out_move_the_others() -> None:
    node = addnodes.toctree(entries=[(None, "a"), (None, "self")], includefiles=["a"])
    node[ENTRIES] = [(0, None, "x/1"), (2, "T", "x/2"), (3, None, "x/3")]
    _add(node, {"x/2", "x/3"})
    assert node["entries"] == [(None, "a"), ("T", "x/2"), (None, "x/3"), (None, "self")]
    assert node["includefiles"] == ["a", "x/2", "x/3"]
