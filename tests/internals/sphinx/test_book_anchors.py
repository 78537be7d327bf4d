"""Places in a book that links point to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from ...conftest import Site

FILES: dict[str, str | bytes | None] = {
    "index.rst": "Wiki\n====\n\n.. toctree::\n\n   A\n   B 2\n",
    "A.trope": "To {{B 2}}.\n\n[[folder:It's]]\nText {{B 2}}.\n[[/folder]]\n",
    "B 2.trope": "To {{A}}.\n",
}


def dangling(site: Site, out: str) -> set[str]:
    """Labels that are linked to and not there."""
    tex = next((site.build("latex", out=out, doctrees=out + "-d")).glob("*.tex")).read_text("utf-8")
    labels = set(re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", tex))
    links = set(re.findall(r"\\hyperref\[\\detokenize\{([^}]*)\}\]", tex))
    pages = set(re.findall(r"\\tropesplace\{\\detokenize\{([^}]*)\}\}", tex))
    return (links | pages) - labels


def test_without_it_labels_are_missing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write(FILES)
    assert dangling(site, "with") == set()
    monkeypatch.setattr(
        "sphinxcontrib_tropes.rendering.book_labels.write_latex_label", lambda *_given: None
    )
    assert dangling(site, "without")
