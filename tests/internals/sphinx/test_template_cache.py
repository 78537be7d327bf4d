"""Templates are read once in a build, and anew in the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinxcontrib_tropes.internals.sphinx import template_cache

from ...conftest import CONF

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...conftest import Site

EDIT_WHILE_WRITING = """
from pathlib import Path

def edit(app, pagename, templatename, context, doctree):
    if pagename == "b":
        template = Path(app.srcdir, "_templates", "layout.html")
        template.write_text(template.read_text().replace("before", "after"))

def setup(app):
    app.connect("html-page-context", edit)
"""
WITH_TEMPLATES = CONF + "templates_path = ['_templates']\n"
LAYOUT = '{% extends "!layout.html" %}{% block footer %}the template before{% endblock %}\n'


def test_all_pages_of_a_build_are_made_from_the_same_templates(site: Site) -> None:
    files: dict[str, str | bytes | None] = {f"{name}.trope": "Text.\n" for name in "abc"}
    files["_templates/layout.html"] = LAYOUT
    files["conf.py"] = WITH_TEMPLATES + EDIT_WHILE_WRITING
    out = site.write(files).build()
    assert all("template before" in (out / f"{name}.html").read_text() for name in "abc")


def test_a_template_edited_between_two_builds_counts(site: Site) -> None:
    files = {"a.trope": "Text.\n", "_templates/layout.html": LAYOUT, "conf.py": WITH_TEMPLATES}
    out = site.write({**files}).build()
    assert "template before" in (out / "a.html").read_text()
    site.write({"_templates/layout.html": LAYOUT.replace("before", "after")})
    site.build()
    assert "template after" in (out / "a.html").read_text()


def test_without_it_the_same_pages_come_out(
    monkeypatch: pytest.MonkeyPatch, assert_same_pages: Callable[..., None]
) -> None:
    monkeypatch.setattr(template_cache, "setup", lambda app: None)
    assert_same_pages()
