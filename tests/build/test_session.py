"""Sessions: kinds of pages and data files of others, builds that were cut short, several of one application."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes

from sphinxcontrib_tropes import builders
from sphinxcontrib_tropes.pages.kinds import PageKind, add_page_kind, below_prefix

from ..conftest import CONF, Site
from ..sphinx.reading import warnings_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PAGES: dict[str, str | bytes | None] = {
    "O'Brien 2.trope": "(:laconic One.:)\nOn {{Ætherpunk}} and {{12 Monkeys}}.\n",
    "Ætherpunk.trope": "On {{O'Brien 2}}.\n",
}


def break_off(*_arguments: object) -> None:
    raise KeyboardInterrupt


def cut_short(site: Site, **config: object) -> None:
    with pytest.raises(KeyboardInterrupt):
        site.build(on_app=lambda app: app.connect("html-page-context", break_off), **config)


def scripts(site: Site) -> set[str]:
    return {path.name for path in (site.root / "html/tropes").rglob("*.js")}


def add_count(app: Sphinx) -> None:
    kind = PageKind(
        "count",
        lambda: "Count",
        below_prefix("count"),
        lambda _app: lambda wiki: (sum(len(f.links) for f in wiki.documents.values()),),
        lambda view, _pages: [nodes.paragraph("", f"links={view[0]}")],
    )
    add_page_kind(app, kind)


def test_a_kind_of_page_that_is_new_appears_though_the_wiki_is_the_same(site: Site) -> None:
    site.write(PAGES).build()
    out = site.build(on_app=add_count)
    assert (out / "tropes/count.html").exists()
    site.build()
    assert not (out / "tropes/count.html").exists()


def test_a_kind_of_page_that_no_rule_knows_is_right_after_each_edit(site: Site) -> None:
    for links in (1, 3, 2):
        text = "On {{Ætherpunk}}. " * links
        out = site.write({"O'Brien 2.trope": text, "Ætherpunk.trope": "x"}).build(on_app=add_count)
        assert f"links={links}<" in (out / "tropes/count.html").read_text("utf-8")


def test_titles_of_generated_pages_are_in_the_language_of_the_projects_own_catalogue(
    site: Site,
) -> None:
    messages = pytest.importorskip("babel.messages")
    from babel.messages.mofile import write_mo

    catalogue = messages.Catalog("es")
    for message, translation in (("Trope index", "Índice"), ("Page not found", "No hay")):
        catalogue.add(message, translation)
    folder = site.source / "locale/es/LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "sphinxcontrib_tropes.mo").open("wb") as file:
        write_mo(file, catalogue)
    add = "app.add_message_catalog('sphinxcontrib_tropes', app.srcdir / 'locale')"
    conf = f"{CONF}\nlanguage = 'es'\n\ndef setup(app):\n    {add}\n"
    out = site.write({**PAGES, "conf.py": conf}).build()
    for name, title in (("tropes/index", "Índice"), ("404", "No hay")):
        assert f"<h1>{title}<" in (out / f"{name}.html").read_text("utf-8")


def test_files_of_an_unknown_state_go_though_a_build_was_cut_short_between(site: Site) -> None:
    site.write(PAGES).build()
    assert {"manifest.js", "names.js"} <= scripts(site)
    (site.root / "html/.tropes-state.json").write_text('{"of": "another version"}')
    cut_short(site, tropes_preview=False, tropes_graph=False)
    site.build(tropes_preview=False, tropes_graph=False)
    assert scripts(site) == {"map.js", "names.js"}  # of the page not found


def test_others_see_nothing_of_a_build_that_was_cut_short(site: Site) -> None:
    seen: list[list[str]] = []

    def build_thrice(app: Sphinx) -> None:
        app.build()
        listener = app.connect("html-page-context", break_off)
        with pytest.raises(KeyboardInterrupt):
            app.build(force_all=True)
        app.disconnect(listener)

        def look(app: Sphinx, env: Any, *_changes: object) -> list[str]:
            seen.append([docname for docname in env.titles if docname.startswith("tropes/")])
            return []

        app.connect("env-get-outdated", look, priority=1)
        app.build()

    site.write(PAGES).build(on_app=build_thrice)
    assert seen
    assert not any(seen)


def test_a_data_file_that_can_not_be_written_is_tried_again_though_nothing_changed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown() -> list[str]:
        texts = (p.read_text("utf-8") for p in (site.root / "html/tropes/data").glob("*.js"))
        return re.findall(r'"laconic":"(\w+)', "".join(texts))

    def refuse(self: Path, *arguments: Any, **options: Any) -> None:
        if self.name == "manifest.js":
            raise OSError(30, "Read-only", str(self))
        unlink(self, *arguments, **options)

    unlink = Path.unlink
    site.write(PAGES).build()
    site.write({"O'Brien 2.trope": "(:laconic Two.:)\nOn {{Ætherpunk}}.\n"})
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        site.build()
    assert "manifest.js can't be written" in warnings_of(site)[0]
    assert shown() == ["One"]
    site.build()
    assert shown() == ["Two"]


@pytest.mark.parametrize("language", ["en", "he"])
def test_a_builder_derived_from_html_may_be_named_as_a_book(
    site: Site, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setitem(builders._BY_NAME, "zim", {"is_book": True})
    (site.source / "zim.py").write_text(
        "from sphinx.builders.html import StandaloneHTMLBuilder\n\n"
        "class Zim(StandaloneHTMLBuilder):\n    name = 'zim'\n\n"
        "def setup(app):\n    app.add_builder(Zim)\n"
    )
    conf = f"import sys\nsys.path.insert(0, {str(site.source)!r})\n{CONF}\nextensions += ['zim']\n"
    site.write({**PAGES, "conf.py": conf})
    out = site.build("zim", language=language)
    page = (out / "O'Brien 2.html").read_text("utf-8")
    assert "tropes.js" not in page
    assert "<svg" not in page
    assert not (out / "tropes/data").exists()
