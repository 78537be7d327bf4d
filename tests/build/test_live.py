"""Builds in one process, with the edited pages first."""

from __future__ import annotations

import shutil
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinxcontrib_tropes.build.live import LiveBuild
from sphinxcontrib_tropes.reading.reference_resolver import _Destinations

from ..conftest import AWKWARD, CONF, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinxcontrib_tropes.wiki import Destination, Reference


class Live:
    """A site and the builds of one application."""

    def __init__(self, site: Site, builder: str = "html", **config: object) -> None:
        self.site = site
        self.out = site.root / builder
        self.warnings = StringIO()
        self.app = Sphinx(
            site.source, site.source, self.out, site.root / "doctrees", builder,
            confoverrides=config, status=None, warning=self.warnings,
        )  # fmt: skip
        self.read: list[str] = []
        self.written: list[str] = []
        self.app.connect("source-read", lambda _app, name, _text: self.read.append(name))
        self.app.connect("html-page-context", lambda _app, name, *_: self.written.append(name))
        self.build = LiveBuild(self.app)
        self.build.build_rest()
        self.forget()

    def forget(self) -> None:
        self.read.clear()
        self.written.clear()

    def page(self, name: str) -> str:
        return (self.out / f"{name}.html").read_text("utf-8")


@pytest.fixture
def live(site: Site) -> Iterator[Live]:
    site.write({**AWKWARD, "part.inc": "Words.\n", "xx.rst": "Xx\n==\n\n.. include:: part.inc\n"})
    site.write({"one.svg": "<svg/>", "index.rst": "Wiki\n====\n\n.. image:: one.svg\n"})
    with patch_docutils(site.source), docutils_namespace():
        yield Live(site)


def test_exactly_the_edited_pages_are_written_first(live: Live) -> None:
    live.site.write({"Éclair.trope": "Now to {{Humans}}.\n", "abE.trope": "Other words.\n"})
    assert live.build.write_first(["Éclair", "abE"]) == ["Éclair", "abE"]
    assert live.written == ["abE", "Éclair"]
    assert "Now to" in live.page("Éclair")
    assert "Now to" not in live.page("Humans")


def test_the_rest_follows_and_reads_nothing_again(live: Live) -> None:
    live.site.write({"Éclair.trope": "Now to {{Humans}}.\n"})
    live.build.write_first(["Éclair"])
    live.forget()
    live.build.build_rest()
    assert live.read == []
    assert "Now to" in live.page("Humans")
    assert {"Éclair", "Humans", "tropes/backlinks/main/humans"} <= {*live.written}


def test_a_page_that_is_written_first_has_what_others_say_of_it(live: Live) -> None:
    live.site.write({"Humans.trope": "Not the zoo.\n"})
    live.build.write_first(["Humans"])
    assert "zebra’s 2nd" in live.page("Humans")  # in the panel, from the page that links to it


def test_nothing_is_written_before_the_first_build(site: Site) -> None:
    site.write(AWKWARD)
    with patch_docutils(site.source), docutils_namespace():
        app = Sphinx(site.source, site.source, site.root / "html", site.root / "doctrees", "html",
                     status=None, warning=None)  # fmt: skip
        assert LiveBuild(app).write_first(["Humans"]) == []


def test_new_and_removed_documents_are_left_to_the_rest(live: Live) -> None:
    live.site.write({"Humans.trope": None, "New2.trope": "x {{HumanZoo}}\n"})
    assert live.build.write_first(["Humans", "New2", "never/was", "index"]) == ["index"]
    live.build.build_rest()
    assert not (live.out / "Humans.html").exists()
    assert (live.out / "New2.html").exists()


def test_a_builder_that_writes_no_single_pages_writes_none_first(site: Site) -> None:
    site.write(AWKWARD)
    with patch_docutils(site.source), docutils_namespace():
        live = Live(site, "singlehtml")
        assert live.build.write_first(["Humans"]) == []
        live.build.build_rest()


def test_changed_files_lead_to_the_documents_made_from_them(live: Live) -> None:
    source = live.site.source
    paths = [source / name for name in ("part.inc", "Humans.trope", "conf.py", "gone.txt")]
    assert live.build.documents_of(paths) == ["Humans", "xx"]
    assert live.build.documents_of([source / "one.svg"]) == ["index"]
    assert live.build.documents_of([]) == []


def test_a_picture_that_is_the_logo_as_well_is_new_in_both_places(site: Site) -> None:
    site.write({**AWKWARD, "one-2.svg": "<svg/>", "xx.rst": "Xx\n==\n\n.. image:: one-2.svg\n"})
    with patch_docutils(site.source), docutils_namespace():
        live = Live(site, html_logo="one-2.svg")
        picture = site.source / "one-2.svg"
        picture.write_text("<svg>new</svg>")
        live.build.write_first(live.build.documents_of([picture]))
        live.build.build_rest([picture])
    for copied in (live.out / "_static/one-2.svg", live.out / "_images/one-2.svg"):
        assert "new" in copied.read_text()


def test_a_picture_is_there_with_its_page(live: Live) -> None:
    live.site.write({"one.svg": "<svg>2</svg>", "two.svg": "<svg/>"})
    live.site.write({"Humans.trope": "x [[image:two.svg two]]\n"})
    live.build.write_first(["Humans", "index"])
    assert (live.out / "_images/one.svg").read_text() == "<svg>2</svg>"
    assert (live.out / "_images/two.svg").exists()


def test_a_page_that_cannot_be_read_leaves_the_others_and_is_read_again(live: Live) -> None:
    before = live.page("Humans")
    live.site.write({"Humans.trope": b"\xff\xfe\xff bad", "Éclair.trope": "Other words.\n"})

    def refuse(_app: Sphinx, name: str, _text: list[str]) -> None:
        if name == "Humans":
            message = "cannot be read"
            raise SphinxError(message)

    listener = live.app.connect("source-read", refuse)
    with pytest.raises(Exception, match=r"."):
        live.build.write_first(["Humans"])
    assert live.page("Humans") == before
    with pytest.raises(Exception, match=r"."):
        live.build.build_rest()
    assert live.page("Humans") == before
    live.app.disconnect(listener)
    live.site.write({"Humans.trope": "Good words.\n"})
    live.forget()
    live.build.write_first(["Éclair"])
    live.build.build_rest()
    assert "Good words" in live.page("Humans")
    assert "Other words" in live.page("Éclair")


def test_a_warning_comes_once(live: Live) -> None:
    live.site.write({"Humans.trope": "x [[color:nocolour:a]]\n"})
    live.build.write_first(["Humans"])
    assert live.warnings.getvalue().count("nocolour") == 1
    live.build.build_rest()
    assert live.warnings.getvalue().count("nocolour") == 1


def test_a_file_that_goes_while_it_is_read_is_left_to_the_rest(live: Live) -> None:
    def go(_app: Sphinx, _env: object, name: str) -> None:
        (live.site.source / f"{name}.trope").unlink()

    listener = live.app.connect("env-purge-doc", go)
    assert live.build.write_first(["Humans"]) == []
    live.app.disconnect(listener)
    live.build.build_rest()
    assert not (live.out / "Humans.html").exists()


def test_a_page_saved_in_another_encoding_is_read_as_in_a_clean_build(live: Live) -> None:
    (live.site.source / "Humans.trope").write_bytes(
        "Café № 2: {{abE}}’s.\n".encode("cp1251", "replace")
    )
    (live.site.source / "abE.trope").write_bytes("Café {{Humans}}’s.\n".encode("cp1252"))
    live.build.write_first(["abE", "Humans"])
    assert "Café" in live.page("abE")
    live.build.build_rest()
    assert "Café" in live.page("abE")


def test_unsaved_text_is_shown_until_its_buffer_is_closed(live: Live) -> None:
    def replace(_app: Sphinx, name: str, text: list[str]) -> None:
        if name == "Humans":
            text[0] = "Unsaved, {{abE}}.\n"

    listener = live.app.connect("source-read", replace)
    live.build.write_first(["Humans"])
    live.build.build_rest([])
    assert "Unsaved" in live.page("Humans")
    assert "Unsaved" in live.page("abE")
    live.app.disconnect(listener)
    live.build.build_rest([])
    assert "Unsaved" in live.page("Humans")
    live.build.write_first(["Humans"])
    live.build.build_rest([])
    assert "Unsaved" not in live.page("Humans")
    assert "Unsaved" not in live.page("abE")


def test_other_numbers_of_sections_are_written_with_the_rest(site: Site) -> None:
    index = "Wiki\n====\n\n.. toctree::\n   :numbered:\n\n   a\n   b\n"
    site.write({"index.rst": index, "a.rst": "Aa\n==\n\nx\n", "b.rst": "Bb\n==\n\nx\n"})
    with patch_docutils(site.source), docutils_namespace():
        live = Live(site)
        site.write({"index.rst": index.replace("   a\n   b\n", "   b\n   a\n")})
        live.build.write_first(["index"])
        assert live.written == ["index"]
        live.build.build_rest()
        assert "1." in live.page("b").partition("<h1>")[2].partition("</h1>")[0]
        assert "2." in live.page("a").partition("<h1>")[2].partition("</h1>")[0]


def test_a_build_that_is_told_what_changed_looks_at_nothing_else(live: Live) -> None:
    source = live.site.source
    live.site.write({"Humans.trope": "Told {{abE}}.\n", "Éclair.trope": "Not told of.\n"})
    live.build.build_rest([source / "Humans.trope"])
    assert live.read == ["Humans"]
    assert "Told" in live.page("abE")
    live.build.build_rest()
    assert live.read == ["Humans", "Éclair"]


@pytest.mark.parametrize("name", ["New2.trope", "part.inc", "xx.md", "conf.py", "unknown.txt"])
def test_a_build_that_is_told_of_more_than_documents_looks_at_all(live: Live, name: str) -> None:
    text = (live.site.source / name).read_text() if name == "conf.py" else "words\n"
    live.site.write({"Éclair.trope": "Not told of.\n", name: text})
    live.build.build_rest([live.site.source / name])
    assert ("Éclair" in live.read) == (name != "part.inc")


def test_a_document_that_changed_after_its_page_was_written_first_is_read_again(live: Live) -> None:
    path = live.site.source / "Humans.trope"
    live.site.write({"Humans.trope": "Words one.\n"})
    live.build.write_first(["Humans"])
    live.site.write({"Humans.trope": "Words two.\n"})
    live.build.build_rest([path])
    assert live.read == ["Humans", "Humans"]
    assert "Words two" in live.page("Humans")


def test_a_build_after_one_that_failed_looks_at_all(live: Live) -> None:
    def fail(_app: Sphinx, *_: object) -> None:
        raise SphinxError

    listener = live.app.connect("html-collect-pages", fail)
    live.site.write({"Humans.trope": "To {{abE}}.\n", "Éclair.trope": "Not told of.\n"})
    with pytest.raises(SphinxError):
        live.build.build_rest([live.site.source / "Humans.trope"])
    live.app.disconnect(listener)
    live.build.build_rest([])
    assert "Éclair" in live.read
    assert "To" in live.page("abE")


def test_what_is_stored_is_what_the_next_process_begins_with(live: Live) -> None:
    path = live.site.source / "Humans.trope"
    live.site.write({"Humans.trope": "To {{abE}}.\n"})
    stored = live.site.root / "doctrees/environment.pickle"
    before = stored.read_bytes()
    live.build.write_first(["Humans"])
    live.build.store()
    live.build.build_rest([path])
    assert stored.read_bytes() == before
    live.build.store()
    assert stored.read_bytes() != before
    read: list[str] = []

    def listen(app: Sphinx) -> None:
        app.connect("source-read", lambda _app, name, _text: read.append(name))

    live.site.build(on_app=listen)
    assert read == []


def test_without_storing_the_next_process_reads_what_was_edited(live: Live) -> None:
    live.site.write({"Humans.trope": "To {{abE}}.\n"})
    live.build.build_rest([live.site.source / "Humans.trope"])
    read: list[str] = []

    def listen(app: Sphinx) -> None:
        app.connect("source-read", lambda _app, name, _text: read.append(name))

    live.site.build(on_app=listen)
    assert read == ["Humans"]


def test_the_search_index_that_is_kept_is_that_of_a_clean_build(live: Live) -> None:
    edits: list[dict[str, str | bytes | None]] = [
        {"Humans.trope": "Peculiar words, {{abE}}.\n\n!!Heading Xylophone\nx\n"},
        {"Humans.trope": "Other words.\n", "xx.rst": "Xx\n==\n\n.. index:: Entry One\n\nWords.\n"},
        {"New2.trope": "Peculiar again.\n", "Éclair.trope": None},
        {"xx.rst": "Xx\n==\n\nWords.\n", "New2.trope": None},
        {"Humans.trope": "Peculiar ones.\n"},
    ]
    kept: list[tuple[Site, str]] = []
    for number, edit in enumerate(edits):
        live.site.write(edit)
        paths = [live.site.source / name for name in edit]
        live.build.write_first(live.build.documents_of(paths))
        live.build.build_rest(paths)
        clean = Site(live.site.root / f"clean {number}")
        shutil.copytree(live.site.source, clean.source, dirs_exist_ok=True)
        kept.append((clean, (live.out / "searchindex.js").read_text("utf-8")))
    # only now: each ends the namespace that the live build is in
    for clean, index in kept:
        assert (clean.build() / "searchindex.js").read_text("utf-8") == index


def test_a_search_index_that_another_process_wrote_is_read(live: Live) -> None:
    path = live.out / "searchindex.js"
    path.write_text(path.read_text("utf-8").replace('"want":', '"peculiar":'), "utf-8")
    live.site.write({"abE.trope": "Words.\n"})
    live.build.build_rest([live.site.source / "abE.trope"])
    assert '"peculiar":' in path.read_text("utf-8")


REFERRING: dict[str, str | bytes | None] = {
    "Aa.trope": "About {{Bb}}, see {{Cc}}.\n\n!!Part 2\nWords.\n",
    "Bb.trope": "(:redirect Aa#Part 2:)\n",
    "one.rst": "One\n===\n\nSee :ref:`here it's`, :py:func:`run2`, :doc:`two`, :any:`Main/Bb`.\n",
    "three.rst": "Three\n=====\n\nSee :ref:`here it's`, :any:`run2`, :doc:`Its own words <two>`.\n",
    "two.rst": "Two\n===\n\n.. _here it's:\n\nA section\n---------\n\n.. py:function:: run2()\n\nx\n",
}
TWO = str(REFERRING["two.rst"])
LATER = TWO.replace(".. py:function:: run2()\n\n", "")
REFERENCES: list[dict[str, str | bytes | None]] = [
    {"one.rst": str(REFERRING["one.rst"]).replace("See", "Look at")},  # no target moves
    {"two.rst": TWO.replace("A section", "Another 1")},
    {"two.rst": TWO.replace("   run2", "run3").replace("run2", "run3")},
    {"two.rst": LATER, "three.rst": "Three\n=====\n\n.. py:function:: run2()\n"},
    {"two.rst": LATER.replace("Two\n===", "Title 2\n=======")},
    {"Aa.trope": "About {{Bb}}.\n\n!!Part 2 of 3\nWords.\n"},
    {"Aa.trope": "(:title Aha:)\nAbout {{Bb}}.\n\n!!Part 2\nWords.\n"},
    {"two.rst": None},
    {"two.rst": LATER, "four.rst": "Four\n====\n\nSee :doc:`two`.\n"},
]  # fmt: skip


def test_where_references_lead_is_that_of_a_clean_build(site: Site) -> None:
    site.write({**REFERRING, "conf.py": f'{CONF}tropes_backlinks_for = "all"\n'})
    kept: list[Site] = []
    with patch_docutils(site.source), docutils_namespace():
        live = Live(site)
        for number, edit in enumerate(REFERENCES):
            site.write(edit)
            paths = [site.source / name for name in edit]
            live.build.write_first(live.build.documents_of(paths))
            live.build.build_rest(paths)
            clean = Site(site.root / f"clean {number}")
            for folder in ("source", "html"):
                shutil.copytree(site.root / folder, clean.root / folder, dirs_exist_ok=True)
            kept.append(clean)
    for clean in kept:
        clean.build(out="again", doctrees="doctrees again")
        for path in sorted((clean.root / "again").rglob("*.html")):
            name = path.relative_to(clean.root / "again")
            assert (clean.root / "html" / name).read_text("utf-8") == path.read_text("utf-8"), name


def test_references_are_resolved_again_only_if_a_target_moves(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolved: list[str] = []
    find = _Destinations.__call__

    def note(self: _Destinations, docname: str, reference: Reference) -> Destination | None:
        resolved.append(docname)
        return find(self, docname, reference)

    monkeypatch.setattr(_Destinations, "__call__", note)
    site.write({**REFERRING, "conf.py": f'{CONF}tropes_backlinks_for = "all"\n'})
    with patch_docutils(site.source), docutils_namespace():
        live = Live(site)
        for edit, expected in zip(REFERENCES, [{"one"}, {"one", "three"}], strict=False):
            resolved.clear()
            site.write(edit)
            live.build.write_first(live.build.documents_of(site.source / name for name in edit))
            live.build.build_rest()
            assert {*resolved} == expected
