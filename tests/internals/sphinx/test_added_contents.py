"""Documents are added to tables of contents while a book is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxcontrib_tropes.internals.sphinx.added_contents import AddedContents

if TYPE_CHECKING:
    import pytest
    from sphinx.application import Sphinx

    from ...conftest import Site

FILES: dict[str, str | bytes | None] = {"Ape 2.trope": "Text of an ape.\n", "Éclair.trope": "It.\n"}


def test_without_it_pages_that_are_in_no_toctree_are_in_no_book(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = site.write(FILES).build("latex", out="with")
    assert "Text of an ape" in (out / "wiki.tex").read_text("utf-8")
    monkeypatch.setattr(AddedContents, "start", lambda _self: None)
    out = site.build("latex", out="without")
    assert "Text of an ape" not in (out / "wiki.tex").read_text("utf-8")


def test_the_environment_is_as_before_afterwards(site: Site) -> None:
    def add_and_take_out(app: Sphinx) -> None:
        app.build()
        env = app.env
        before = dict(env.toctree_includes), {name: str(toc) for name, toc in env.tocs.items()}
        contents = AddedContents(env, {"index": ["Ape 2"], "Ape 2": ["Éclair"]}, {"index"})
        contents.start()
        assert env.toctree_includes["Ape 2"] == ["Éclair"]
        assert "Ape 2" in str(env.get_doctree("index"))
        assert "toctree" not in str(env.get_doctree("Ape 2"))
        contents.stop()
        contents.stop()  # without effect
        after = dict(env.toctree_includes), {name: str(toc) for name, toc in env.tocs.items()}
        assert after == before
        assert "toctree" not in str(env.get_doctree("index"))

    site.write(FILES).build(on_app=add_and_take_out)
