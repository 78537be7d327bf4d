"""What is done for speed writes what Sphinx's translators write, and gives way to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from sphinxcontrib_tropes.internals.docutils import fast_walk as walking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ...conftest import Site

FILES = {
    "FunnyAnimal.trope": (
        '!! Of {{Bee}}s\nTo {{Bee}}, [[Bee it\'s "this" & that]], {{No Such}}, [[http://a.b/?c&d e]],'
        " [[Bee#more more]], FunnyAnimal.\n\n[[folder:A {{Bee}}]]\n* {{Bee}}: [[spoiler:{{Bee}}s]]\n"
        "[[/folder]]\n"
    ),
    "Bee.trope": '(:title:B & "Q":)\n(:alias NoOne:)\nSee FunnyAnimal.\n\n!! More\n{{No One}}\n',
    "sub/Film.rst": "Film\n====\n\nTo :trope:`Bee`, :trope:`Funny Animal's`, :doc:`/Bee`.\n",
}
PAGES = ["FunnyAnimal", "Bee", "sub/Film", "tropes/index", "tropes/backlinks/main/bee"]
OWN_TRANSLATOR = """
from sphinx.writers.html5 import HTML5Translator
class Own(HTML5Translator):
    def visit_reference(self, node):
        self.body.append("<own>")
    def depart_reference(self, node):
        self.body.append("</own>")
def setup(app):
    app.set_translator("html", Own)
"""
OWN_START = """
from sphinx.writers.html5 import HTML5Translator
class Own(HTML5Translator):
    def starttag(self, node, tagname, *args, **attributes):
        return super().starttag(node, tagname, *args, **attributes).replace("<a ", "<a data-own ")
def setup(app):
    app.set_translator("html", Own)
"""
OWN_NODE = """
from docutils import nodes
from sphinx.writers.html5 import HTML5Translator
def visit(self, node):
    self.body.append("<own>")
def depart(self, node):
    self.body.append("</own>")
def setup(app):
    app.add_node(nodes.reference, override=True, html=(visit, depart))
"""


def shown(out: Path) -> list[str]:
    return [(out / f"{name}.html").read_text("utf-8") for name in PAGES]


def test_pages_are_those_that_sphinx_writes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write(FILES)
    own = shown(site.build(out="own", doctrees="own-doctrees"))
    monkeypatch.setattr(
        "sphinxcontrib_tropes.rendering.html.visit_reference",
        lambda translator, node: translator.visit_reference(node),
    )
    for name in ("findall", "walk", "walkabout"):
        monkeypatch.setattr(walking.document, name, getattr(nodes.document, name))
    by_sphinx = shown(site.build(out="sphinx", doctrees="sphinx-doctrees"))
    assert "link-" in own[0]
    assert own == by_sphinx


@pytest.mark.parametrize(
    ("conf", "mark"),
    [(OWN_TRANSLATOR, "<own>"), (OWN_START, "<a data-own "), (OWN_NODE, "<own>")],
    ids=["translator", "start-tag", "node"],
)
def test_links_are_written_as_the_project_writes_references(
    site: Site, conf: str, mark: str
) -> None:
    conf = (site.source / "conf.py").read_text("utf-8") + conf
    page = shown(site.write({**FILES, "conf.py": conf}).build())[0]
    body = page.partition('role="main"')[2].partition("<aside")[0]
    assert body.count(mark) == 10
    assert '<a class="trope' not in body


OWN_FOLDER = """
from sphinxcontrib_tropes.markup.nodes import trope_folder
def visit(self, node):
    self.body.append("<own-folder>")
def depart(self, node):
    self.body.append("</own-folder>")
def setup(app):
    app.setup_extension("sphinxcontrib_tropes")
    app.add_node(trope_folder, override=True, html=(visit, depart))
"""
OWN_METHODS = """
from sphinx.writers.html5 import HTML5Translator
class Own(HTML5Translator):
    def visit_trope_folder(self, node):
        self.body.append("<own-folder>")
    def depart_trope_folder(self, node):
        self.body.append("</own-folder>")
def setup(app):
    app.set_translator("html", Own)
"""


@pytest.mark.parametrize("own", [OWN_FOLDER, OWN_METHODS])
def test_a_project_may_write_nodes_of_trope_markup_its_own_way(site: Site, own: str) -> None:
    conf = (site.source / "conf.py").read_text("utf-8")
    site.write({"FunnyAnimal.trope": FILES["FunnyAnimal.trope"], "conf.py": conf + own})
    page = (site.build() / "FunnyAnimal.html").read_text("utf-8")
    assert "<own-folder>" in page
    assert "</own-folder>" in page
    assert "<details" not in page.partition("<own-folder>")[2].partition("</own-folder>")[0]
    assert not site.warnings


def test_without_it_the_same_pages_come_out(
    monkeypatch: pytest.MonkeyPatch, assert_same_pages: Callable[..., None]
) -> None:
    # a translator of a project's own has everything left to it
    own = type("Own", (HTML5Translator,), {"starttag": own_starttag, "encode": own_encode})
    assert_same_pages(on_app=lambda app: app.set_translator("html", own))


def own_starttag(translator: Any, *arguments: Any, **attributes: Any) -> str:
    return str(HTML5Translator.starttag(translator, *arguments, **attributes))


def own_encode(translator: Any, text: str) -> str:
    return str(HTML5Translator.encode(translator, text))
