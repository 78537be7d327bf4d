"""The files that builders write, and what they depend on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.internals.sphinx.output_files import (
    modified,
    newest_template,
    output_path,
    output_suffix,
    settings_digests,
)

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from ...conftest import Site

FILES = {"a/B 2.trope": "Text.\n", "index.rst": "Wiki\n====\n"}


@pytest.mark.parametrize(
    ("name", "path", "suffix"),
    [
        ("html", "a/B 2.html", ".html"),
        ("dirhtml", "a/B 2/index.html", ".html"),
        ("json", "a/B 2.fjson", ".fjson"),
        ("text", "a/B 2.txt", ".txt"),
        ("man", None, ""),
    ],
)
def test_the_file_of_a_document(site: Site, name: str, path: str | None, suffix: str) -> None:
    builders: list[Builder] = []
    out = site.write({**FILES}).build(name, on_app=lambda app: builders.append(app.builder))
    (builder,) = builders
    assert output_suffix(builder) == suffix
    if path is None:
        assert output_path(builder, "a/B 2") is modified(builder, "a/B 2") is None
        return
    assert output_path(builder, "a/B 2") == out / path
    assert modified(builder, "a/B 2") == (out / path).stat().st_mtime_ns
    assert modified(builder, "none") is None
    assert (newest_template(builder) > 0) == (name != "text")
    assert all(settings_digests(builder)) == (name != "text")


def test_without_it_a_page_that_is_gone_is_not_written_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = site.write({"A.trope": "To {{B}}.\n"}).build()
    gone = Path(out, "tropes/backlinks/main/b.html")
    for is_there in (True, False):
        gone.unlink()
        if not is_there:
            monkeypatch.setattr(
                "sphinxcontrib_tropes.build.output_state.modified", lambda builder, docname: 2**63
            )
        site.build()
        assert gone.exists() == is_there
