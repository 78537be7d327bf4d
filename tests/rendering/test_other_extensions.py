"""What themes and other extensions are given of a page: handlers stand for them here. The real ones
are tried in ``tests/neighbours``."""

from __future__ import annotations

import sys
import zlib
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.errors import ThemeError

from ..conftest import Site, having_class, parse, text_of
from ..sphinx.reading import warnings_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx.application import Sphinx

    Handler = Callable[[str, dict[str, Any], nodes.document | None], None]

FILES = {
    "index.rst": "Wiki\n====\n\n.. toctree::\n   :glob:\n\n   *\n   */*\n",
    "Ape2.trope": (
        '(:laconic An "ape" & <more>, [[spoiler:secretlaconic]].:)\n'
        "(:alias O'Ape:)\n\n"
        "It is [[spoiler:secretinline]] with {{Ghost}} and {{Ape's}}.[[note]]notedword[[/note]]\n\n"
        "[[spoiler:\nA secretblock.\n\n* A secretitem.\n]]\n\n"
        "[[note]]\nnotedblock\n[[/note]]\n\n"
        "!!見よ\n[[folder:Fold]]\n* In a fold: [[spoiler:secretfolded]].\n[[/folder]]\n"
    ),
    "Apes.trope": "(:title Ape's:)\n\nPaneltext of {{Ape2}}.\n",
    "Film/Ape2.trope": "Another {{Ape2}}.\n",
    "OldApe.trope": "(:redirect Ape2:)\n",
    "plain.rst": "Plain\n=====\n\n.. trope-markup::\n\n   A [[spoiler:secretinrst]] of Ape2.\n",
}
SECRETS = ["secretinline", "secretblock", "secretitem", "secretfolded", "secretinrst"]
WITHOUT_SOURCE = [
    "404",
    "tropes/backlinks/main/ape2",
    "tropes/backlinks/main/ghost",
    "tropes/graph",
    "tropes/health",
    "tropes/index",
    "tropes/wanted",
]
WITH_SOURCE = ["Ape2", "Apes", "Film/Ape2", "OldApe", "index", "plain"]


def listening(handler: Handler) -> Callable[[Sphinx], None]:
    """Connects *handler* as extensions do, to be given to :meth:`.Site.build`."""

    def connect(app: Sphinx) -> None:
        app.connect(
            "html-page-context",
            lambda app, pagename, template, context, doctree: handler(pagename, context, doctree),
        )

    return connect


@pytest.fixture
def wiki(site: Site) -> Site:
    return site.write(dict(FILES))


def test_a_page_without_a_source_looks_like_one_of_sphinx_itself(wiki: Site) -> None:
    seen: dict[str, set[str]] = {}
    wiki.build(on_app=listening(lambda name, context, _doctree: seen.update({name: set(context)})))
    told = {name: keys & {"sourcename", "page_source_suffix"} for name, keys in seen.items()}
    assert {name for name, keys in told.items() if keys} == set(WITH_SOURCE)
    assert set(WITHOUT_SOURCE) <= told.keys()
    assert told["genindex"] == told["tropes/index"] == set()
    assert warnings_of(wiki) == []


def test_a_page_without_a_source_is_no_document_to_itself(wiki: Site) -> None:
    found: dict[str, tuple[bool, bool]] = {}

    def ask(name: str, context: dict[str, Any], _doctree: nodes.document | None) -> None:
        found[name] = context["hasdoc"](name), context["hasdoc"]("Ape2")

    wiki.build(on_app=listening(ask))
    assert {found[name] for name in WITHOUT_SOURCE} == {(False, True)}
    assert {found[name] for name in WITH_SOURCE} == {(True, True)}


@pytest.mark.parametrize("builder", ["dirhtml", "json"])
def test_other_builders_write_pages_without_a_source(wiki: Site, builder: str) -> None:
    seen: dict[str, set[str]] = {}
    on_app = listening(lambda name, context, _doctree: seen.update({name: set(context)}))
    wiki.build(builder, on_app=on_app)
    assert seen["tropes/backlinks/main/ape2"] & {"sourcename", "page_source_suffix"} == set()
    assert warnings_of(wiki) == []


@pytest.mark.parametrize("parallel", [0, 2])
def test_others_see_no_spoiler_in_a_doctree(wiki: Site, parallel: int) -> None:
    folder = wiki.root / "seen"

    def note(name: str, _context: dict[str, Any], doctree: nodes.document | None) -> None:
        if doctree is not None:
            path = folder / f"{name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(doctree.findall(nodes.Text)), "utf-8")

    # Sphinx writes in several processes from 6 pages on
    wiki.build(parallel=parallel, on_app=listening(note))
    seen = {path.stem: path.read_text("utf-8") for path in folder.glob("*.txt")}
    assert {"Ape2", "plain", "index"} <= seen.keys()
    everything = "\n".join(seen.values())
    assert [word for word in SECRETS if word in everything] == []
    assert "It is " in seen["Ape2"]
    assert "In a fold: " in seen["Ape2"]
    for word in ("notedword", "notedblock", "Paneltext", "Referenced"):
        assert word not in seen["Ape2"]


def test_what_others_see_changes_no_page(wiki: Site) -> None:
    def look(name: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
        if doctree is not None:
            doctree.astext()

    looked = wiki.build(out="looked", on_app=listening(look))
    plain = wiki.build(out="plain")
    for name in [*WITH_SOURCE, *WITHOUT_SOURCE, "searchindex"]:
        suffix = ".js" if name == "searchindex" else ".html"
        assert (looked / (name + suffix)).read_bytes() == (plain / (name + suffix)).read_bytes()
    assert [e for e in having_class(parse(looked / "Ape2.html"), "trope-spoiler") if text_of(e)]


class _Counting(nodes.SparseNodeVisitor):
    """Visits by the names of classes, as docutils' own visitors do."""

    def __init__(self, document: nodes.document) -> None:
        super().__init__(document)
        self.visited: list[str] = []

    def visit_document(self, node: nodes.document) -> None:
        self.visited.append("document")

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802 - docutils' name
        self.visited.append(str(node))

    def dispatch_visit(self, node: nodes.Node) -> Any:
        if isinstance(node, nodes.document | nodes.Text):
            return super().dispatch_visit(node)
        return None

    def dispatch_departure(self, node: nodes.Node) -> Any:
        return None


@pytest.mark.parametrize("way", ["walk", "walkabout", "copy"])
def test_a_covered_doctree_is_one_to_every_visitor(wiki: Site, way: str) -> None:
    found: list[str] = []

    def visit(name: str, _context: dict[str, Any], doctree: nodes.document | None) -> None:
        if name == "Ape2":
            assert isinstance(doctree, nodes.document)
            if way == "copy":
                found.extend(["document", *map(str, doctree.deepcopy().findall(nodes.Text))])
                return
            visitor = _Counting(doctree)
            getattr(doctree, way)(visitor)
            found.extend(visitor.visited)

    wiki.build(on_app=listening(visit))
    assert found[0] == "document"
    assert "…" in found
    assert not set(SECRETS) & set(" ".join(found).replace(".", " ").split())


def description_of(name: str, wiki: Site) -> str | None:
    found: dict[str, Any] = {}

    def note(name: str, context: dict[str, Any], _doctree: nodes.document | None) -> None:
        found[name] = (context.get("meta") or {}).get("og:description")

    wiki.build(on_app=listening(note))
    return found[name]


def test_the_laconic_is_offered_as_the_description_of_a_link(wiki: Site) -> None:
    assert description_of("Ape2", wiki) == "An &quot;ape&quot; &amp; &lt;more&gt;, …."
    (description,) = [
        e.get("content") for e in wiki.page("Ape2").iter("meta") if e.get("name") == "description"
    ]
    assert description == 'An "ape" & <more>, ….'


def test_a_description_that_a_writer_gave_stays(wiki: Site) -> None:
    page = ":og:description: Mine, 1.\n\nPage\n====\n\n.. trope:: Mine\n   :document:\n   :laconic: L.\n"
    wiki.write({"mine.rst": page})
    assert description_of("mine", wiki) == "Mine, 1."


def test_a_page_without_a_laconic_is_described_by_others(wiki: Site) -> None:
    assert description_of("Apes", wiki) is None


# -- what is made of sources and of pieces of documents

HEADED = {"Headed3.trope": "Text.\n\n!!Of [[spoiler:secretheading]], 2nd\nMore.\n"}


def test_no_secret_is_in_a_label_of_a_section(site: Site) -> None:
    html = site.write(HEADED).build(
        extensions=["sphinxcontrib_tropes", "sphinx.ext.autosectionlabel"]
    )
    listed = zlib.decompress((html / "objects.inv").read_bytes().split(b"\n", 4)[4]).decode()
    assert "of …, 2nd std:label" in listed
    assert "secretheading" not in listed


def test_translators_have_the_headings_as_they_were_written(site: Site) -> None:
    extensions = ["sphinxcontrib_tropes", "sphinx.ext.autosectionlabel"]
    messages = site.write(HEADED).build("gettext", extensions=extensions) / "Headed3.pot"
    assert "Of [[spoiler:secretheading]], 2nd" in messages.read_text("utf-8")


def test_a_document_put_together_for_a_feed_is_covered(wiki: Site) -> None:
    found: list[str] = []

    def make_feed(app: Sphinx) -> list[Any]:
        page = new_document("")
        page += [child.deepcopy() for child in app.env.get_doctree("Ape2").children]
        app.env.resolve_references(page, "Ape2", app.builder)
        found.append(app.builder.render_partial(page)["fragment"])
        return []

    wiki.build(on_app=lambda app: app.connect("html-collect-pages", make_feed) and None)
    assert [word for word in SECRETS if word in found[0]] == []
    assert "It is … with" in found[0]


BLOCKS = {
    "index.rst": (
        "Wiki\n====\n\n.. trope-markup::\n\n   [[spoiler:\n   A secretfirst.\n\n   * A secretitem.\n   ]]\n\n"
        "   [[note]]\n   Noted.\n   [[/note]]\n\nShown.\n"
    ),
}


@pytest.mark.parametrize("event", ["doctree-read", "doctree-resolved"])
def test_the_first_paragraph_that_is_found_is_no_secret(site: Site, event: str) -> None:
    """As extensions look for a summary, or for an excerpt."""
    found: list[str] = []

    def look(_app: Sphinx, doctree: nodes.document, docname: str = "index") -> None:
        if docname != "index":
            return
        found.extend(filter(None, (p.astext() for p in doctree.findall(nodes.paragraph))))
        found.extend(p.astext() for p in doctree.findall(nodes.section))

    html = site.write(BLOCKS).build(on_app=lambda app: app.connect(event, look) and None)
    assert "Shown." in found
    assert "secret" not in " ".join(found)
    assert "secretfirst" in (html / "index.html").read_text("utf-8")


def test_a_secret_paragraph_is_covered_where_it_is_shown_apart(site: Site) -> None:
    copies: list[nodes.paragraph] = []
    shown: list[str] = []

    def take(_app: Sphinx, doctree: nodes.document) -> None:
        if not copies:
            copies.append(next(iter(doctree.findall(nodes.paragraph))).deepcopy())

    def show(app: Sphinx, _doctree: nodes.document, _docname: str) -> None:
        if not shown:
            shown.append("")
            app.env.resolve_references(copies[0], "index", app.builder)
            shown[0] = app.builder.render_partial(copies[0])["fragment"]

    def on_app(app: Sphinx) -> None:
        app.connect("doctree-read", take)
        app.connect("doctree-resolved", show)

    site.write(BLOCKS).build(on_app=on_app)
    assert "…" in shown[0]
    assert "secret" not in shown[0]


@pytest.mark.parametrize(
    "builder", ["text", "latex", "man", "xml", "gettext", "singlehtml", "epub"]
)
def test_other_builders_show_what_a_spoiler_holds_on_its_own_page(site: Site, builder: str) -> None:
    def listen(app: Sphinx) -> None:
        app.connect("doctree-read", lambda _app, _doctree: None)

    folder = site.write(BLOCKS).build(builder, on_app=listen)
    texts = "".join(
        path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file()
    )
    assert "secretfirst" in texts
    assert [line for line in warnings_of(site) if "EPUB3" not in line] == []


# -- sitemaps


def listed_in_sitemap(wiki: Site, builder: str = "html", **config: object) -> set[str]:
    """The pages that sphinx-sitemap would list: it asks its setting of each."""
    listed: set[str] = set()

    def note(name: str, app: Sphinx) -> None:
        if "*" not in app.config.sitemap_excludes:
            listed.add(name)

    def on_app(app: Sphinx) -> None:
        app.add_config_value("sitemap_excludes", [], "")
        app.connect("html-page-context", lambda app, name, *_others: note(name, app))

    wiki.build(builder, on_app=on_app, **config)
    return listed


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_sitemap_lists_no_page_without_content_of_its_own(wiki: Site, builder: str) -> None:
    listed = listed_in_sitemap(wiki, builder)
    assert listed & {*WITH_SOURCE, *WITHOUT_SOURCE} == (
        set(WITH_SOURCE) - {"OldApe"} | {"tropes/index", "tropes/graph"}
    )
    assert not [name for name in listed if "backlinks" in name]


def test_the_setting_of_a_sitemap_is_as_before_after_a_build_that_failed(wiki: Site) -> None:
    apps: list[Sphinx] = []

    def fail(_app: Sphinx, name: str, *_others: object) -> None:
        if name == "tropes/wanted":
            raise ThemeError("No.")

    def on_app(app: Sphinx) -> None:
        apps.append(app)
        app.add_config_value("sitemap_excludes", ["mine"], "")
        app.connect("html-page-context", fail)

    with pytest.raises(ThemeError):
        wiki.build(on_app=on_app)
    assert apps[0].config.sitemap_excludes == ["mine"]


# -- tooltips


@pytest.fixture
def tippy(monkeypatch: pytest.MonkeyPatch) -> None:
    """An extension that is called as sphinx-tippy."""
    module = ModuleType("sphinx_tippy")
    module.setup = lambda app: {"parallel_read_safe": True}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sphinx_tippy", module)


def previews_of(path: Path) -> tuple[bool, bool]:
    (script,) = [e for e in parse(path).iter("script") if "tropes.js" in e.get("src", "")]
    return script.get("data-tropes-data") is not None, (
        script.get("data-tropes-no-previews") is None
    )


@pytest.mark.usefixtures("tippy")
def test_previews_yield_to_tooltips(wiki: Site) -> None:
    extensions = ["sphinxcontrib_tropes", "sphinx_tippy"]
    assert previews_of(wiki.build(extensions=extensions) / "Ape2.html") == (True, False)
    # there it shows none
    found = previews_of(wiki.build("dirhtml", extensions=extensions) / "Ape2/index.html")
    assert found == (True, True)


def test_previews_stay_without_tooltips(wiki: Site) -> None:
    assert previews_of(wiki.build() / "Ape2.html") == (True, True)
