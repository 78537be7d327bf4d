"""Which document a reference points to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxcontrib_tropes.internals.sphinx.recording_builder import MARK, RecordingBuilder

if TYPE_CHECKING:
    import pytest
    from sphinx.application import Sphinx

    from ...conftest import Site


def test_an_address_is_a_docname_from_everywhere(site: Site) -> None:
    found = []

    def look(app: Sphinx) -> None:
        builder = RecordingBuilder(app.env)
        found.append(builder.get_target_uri("a/b 2"))
        found.append(builder.get_relative_uri("c/d", "a/b 2"))

    site.build("dummy", on_app=look)
    assert found == [f"a/b 2{MARK}"] * 2


def test_without_it_documents_have_no_backlinks(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write({"a.rst": ":orphan:\n\nA\n=\n\n:doc:`b`\n", "b.rst": ":orphan:\n\nB 2\n===\n"})
    site.build(tropes_backlinks_for="all")
    with_it = (site.root / "html/b.html").read_text("utf-8")

    def unknown(builder: RecordingBuilder, from_: str, to: str, typ: str | None = None) -> str:
        raise NotImplementedError

    monkeypatch.setattr(RecordingBuilder, "get_relative_uri", unknown)
    out = site.build(out="without", doctrees="without-d", tropes_backlinks_for="all")
    assert 'href="a.html' in with_it
    assert 'href="a.html' not in (out / "b.html").read_text("utf-8")
