"""The page not found, where servers look for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxcontrib_tropes.internals.sphinx.page_at_root import write_at_root

if TYPE_CHECKING:
    import pytest
    from sphinx.application import Sphinx

    from ...conftest import Site


def test_without_it_the_page_is_in_a_folder(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write({"A.trope": "Text.\n"})
    assert (site.build("dirhtml") / "404.html").exists()
    monkeypatch.setattr(
        "sphinxcontrib_tropes.tropes_map.not_found.write_at_root", lambda *_given, **_options: None
    )
    out = site.build("dirhtml", out="without", doctrees="without-doctrees")
    assert (out / "404/index.html").exists()
    assert not (out / "404.html").exists()


def test_it_can_be_otherwise_in_the_next_build_of_the_process(site: Site) -> None:
    uris = []

    def look(app: Sphinx) -> None:
        for is_wanted in (True, False, True):
            write_at_root(app.builder, "gone", is_wanted=is_wanted)
            uris.append((app.builder.get_target_uri("gone"), app.builder.get_target_uri("A")))

    site.build("dirhtml", on_app=look)
    assert uris == [("gone.html", "A/"), ("gone/", "A/"), ("gone.html", "A/")]
