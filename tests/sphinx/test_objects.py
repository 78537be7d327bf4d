"""With ``tropes_backlinks_for = "all"``, any document and any object tells who refers to it."""

from __future__ import annotations

import json
import os
import random
from typing import TYPE_CHECKING

import pytest

from ..conftest import CONF, Site, having_class, text_of
from .reading import body, broken_links, duplicate_ids, ids_of, links, panel_text, warnings_of
from .test_incremental import MENTIONS, STEPS, assert_same, build_and_compare, snapshot

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

CONF_ALL = f'{CONF}tropes_backlinks_for = "all"\n'
API = """\
:orphan:

Animals
=======

.. _the-part:

A part
------

.. py:module:: zoo

.. py:class:: Cat(name: str, friend: Dog = None)

   A cat.

   .. py:method:: purr() -> None

      It purrs.

.. py:class:: Dog

   Never a :py:class:`Cat`.

.. option:: --loud

   It barks.

.. c:function:: int bark(int times)

   It barks in C.

.. cpp:class:: Kennel

   .. cpp:function:: void open()

.. js:function:: miaow(times)

   It miaows.

.. rst:directive:: fence

   A fence.

.. envvar:: LEASH

   A leash.

.. confval:: bones

   How many.
"""
TERMS = """\
:orphan:

Terms
=====

.. glossary::

   feline
   felid
      Any cat.

   canine
      Any dog.
"""
USE = """\
:orphan:

In use
======

First, take a :py:class:`zoo.Cat`. Then let it :py:meth:`~zoo.Cat.purr`, for it is a
:term:`feline`. Say :option:`--loud`. Read :ref:`the-part` first, or :ref:`all of it <the-part>`.
Read :doc:`api`. Write :doc:`/Laughter`. Call :c:func:`bark`. Build a :cpp:class:`Kennel`. Open it by
:cpp:func:`Kennel::open`. Call :js:func:`miaow`. Use :rst:dir:`fence`. Set :envvar:`LEASH`. Set
:confval:`bones`.

.. py:currentmodule:: zoo

Within the module it is called :py:class:`Dog`. There is no :py:class:`Bird`.

.. py:function:: feed(cat: zoo.Cat)

Any :any:`zoo.Dog`, any :any:`canine`, any :any:`Laughter`.
"""
FILES = {
    "conf.py": CONF_ALL,
    "index.rst": "Wiki\n====\n\nTo :doc:`use` and :trope:`Laughter`.\n",
    "api.rst": API,
    "terms.rst": TERMS,
    "use.rst": USE,
    "Laughter.trope": "What {{Half Human}}s do.\n",
}


def new_site(folder: Path, **files: str) -> Site:
    site = Site(folder)
    site.write(FILES | files)
    site.build()
    return site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return new_site(tmp_path_factory.mktemp("objects"))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return new_site(tmp_path / "site")


def described(page: Element, id_: str) -> Element:
    """The description of the object with this id."""
    for entries in page.iter("dl"):
        children = list(entries)
        for at, child in enumerate(children):
            if child.get("id") == id_:
                return next(later for later in children[at:] if later.tag == "dd")
    raise AssertionError(f"no {id_!r} among {sorted(ids_of(page))}")


def of_object(site: Site, page: str, id_: str) -> Element:
    """Who refers to the object itself, not to its members."""
    found = [c for c in described(site.page(page), id_) if "trope-referenced" in c.get("class", "")]
    assert len(found) == 1, f"{len(found)} panels of {id_}"
    return found[0]


def sentences(panel: Element) -> list[str]:
    return [text_of(context) for context in having_class(panel, "trope-context")]


def has_panel(site: Site, page: str, id_: str) -> bool:
    return having_class(described(site.page(page), id_), "trope-referenced") != []


def test_nothing_is_warned_of(built: Site, tmp_path: Path) -> None:
    assert warnings_of(new_site(tmp_path / "again")) == []


def test_a_class_tells_who_refers_to_it(built: Site) -> None:
    assert sentences(of_object(built, "api", "zoo.Cat")) == [
        "First, take a zoo.Cat.",
        "zoo.feed(cat: zoo.Cat)",
    ]


def test_a_method_tells_who_refers_to_it_apart_from_its_class(built: Site) -> None:
    assert sentences(of_object(built, "api", "zoo.Cat.purr")) == [
        "Then let it purr(), for it is a feline."
    ]


def test_a_class_tells_it_before_its_members(built: Site) -> None:
    children = list(described(built.page("api"), "zoo.Cat"))
    classes = [child.get("class") or child.tag for child in children]
    assert classes == ["p", "trope-referenced no-search", "py method"]


def test_a_name_is_looked_up_in_the_module_that_it_stands_in(built: Site) -> None:
    found = sentences(of_object(built, "api", "zoo.Dog"))
    assert "Within the module it is called Dog." in found


def test_any_leads_to_what_it_finds(built: Site) -> None:
    sentence = "Any zoo.Dog, any canine, any Laughter."
    assert sentence in sentences(of_object(built, "api", "zoo.Dog"))
    assert sentences(of_object(built, "terms", "term-canine")) == [sentence]


@pytest.mark.parametrize(
    ("id_", "sentence"),
    [
        ("cmdoption-loud", "Say --loud."),
        ("c.bark", "Call bark()."),
        ("_CPPv46Kennel", "Build a Kennel."),
        ("_CPPv4N6Kennel4openEv", "Open it by Kennel::open()."),
        ("miaow", "Call miaow()."),
        ("directive-fence", "Use fence."),
        ("envvar-LEASH", "Set LEASH."),
        ("confval-bones", "Set bones."),
    ],
)
def test_objects_of_any_domain_tell_it(built: Site, id_: str, sentence: str) -> None:
    assert sentences(of_object(built, "api", id_)) == [sentence]


def test_terms_of_one_definition_tell_it_together(built: Site) -> None:
    built_page = built.page("terms")
    assert "term-felid" in ids_of(built_page)
    assert sentences(of_object(built, "terms", "term-feline")) == [
        "Then let it purr(), for it is a feline."
    ]


def test_a_document_tells_it_at_its_end_with_its_labels(built: Site) -> None:
    page = built.page("api")
    panel = next(p for p in having_class(page, "trope-backlinks"))
    assert sentences(panel) == ["Read A part first, or all of it.", "Read Animals."]
    assert len(having_class(panel, "trope-mark")) == 3
    section = body(page).find("section")
    assert section is not None
    assert list(section)[-1].get("class") == "trope-backlinks no-search"


def test_a_page_of_the_wiki_counts_references_as_links(built: Site) -> None:
    panel = having_class(built.page("Laughter"), "trope-backlinks")[0]
    assert sentences(panel) == [
        "Write Laughter.",
        "Any zoo.Dog, any canine, any Laughter.",
        "To In use and Laughter.",
    ]
    assert (built.root / "html/tropes/backlinks/main/laughter.html").exists()


def test_what_nothing_refers_to_says_nothing(built: Site) -> None:
    assert "Referenced by" not in text_of(body(built.page("index")))


def test_references_in_the_same_document_do_not_count(built: Site) -> None:
    assert "Never a" not in " ".join(sentences(of_object(built, "api", "zoo.Cat")))


def test_a_sentence_leads_to_its_very_place(built: Site) -> None:
    hrefs = [link.get("href") for link in links(of_object(built, "api", "zoo.Cat"))]
    assert hrefs == [
        "use.html",
        "use.html#link--py-class-zoo-cat",
        "use.html#link--py-class-zoo-cat--2",
    ]
    place = next(e for e in built.page("use").iter() if e.get("id") == "link--py-class-zoo-cat")
    assert text_of(place) == "zoo.Cat"


def test_only_references_to_other_documents_are_marked(built: Site) -> None:
    assert [id_ for id_ in ids_of(built.page("api")) if id_.startswith("link--")] == []
    assert "link--py-class-bird" not in ids_of(built.page("use"))


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_no_link_is_broken_and_no_id_is_there_twice(site: Site, builder: str) -> None:
    listed = "Wiki\n====\n\n.. toctree::\n\n   api\n   terms\n   use\n   Laughter\n"
    site.write({"index.rst": listed})
    out = site.build(builder)
    # in a single page, Sphinx 9.0 breaks links to objects itself
    before = site.build(builder, out="off", doctrees="off-doctrees", tropes_backlinks_for="pages")
    assert set(broken_links(out)) - set(broken_links(before)) == set()
    if builder != "dirhtml":
        names = [path.relative_to(out).with_suffix("") for path in out.rglob("*.html")]
        assert [found for n in names if (found := duplicate_ids(site.page(str(n), builder)))] == []


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo", "epub", "xml", "pseudoxml"])
def test_other_builders_show_it_without_fault(site: Site, builder: str) -> None:
    config = {"man_pages": [("api", "api", "Api", ["us"], 1)], "version": "1", "copyright": "x"}
    out = site.build(builder, doctrees=f"doctrees-{builder}", **config)
    assert warnings_of(site) == []
    text = "".join(p.read_text("utf-8", "replace") for p in out.rglob("*.*") if p.is_file())
    if builder not in ("latex", "texinfo"):  # one book of the index alone
        assert "Referenced by" in text
    assert "trope_referenced" not in text


def test_messages_to_translate_are_those_of_the_source(site: Site) -> None:
    out = site.build("gettext", doctrees="doctrees-gettext")
    assert "Referenced by" not in (out / "api.pot").read_text("utf-8")


# -- the next build


def test_an_object_that_moves_takes_its_backlinks_along(site: Site) -> None:
    moved = ".. py:class:: zoo.Cat\n\n   It moved.\n"
    kept = API[: API.index(".. py:class:: Cat")] + API[API.index(".. py:class:: Dog") :]
    site.write({"api.rst": kept, "terms.rst": f"{TERMS}\n{moved}"})
    build_and_compare(site, "html", "moved", MENTIONS)
    assert sentences(of_object(site, "terms", "zoo.Cat"))[:2] == [
        "Never a Cat.",
        "First, take a zoo.Cat.",
    ]
    # the page that refers to it was not edited: Sphinx alone would leave its link as it was
    assert "terms.html#zoo.Cat" in [link.get("href") for link in links(body(site.page("use")))]


def test_a_label_that_goes_leaves_no_backlink(site: Site) -> None:
    site.write({"api.rst": API.replace(".. _the-part:\n", "")})
    build_and_compare(site, "html", "removed", MENTIONS)
    assert "Read A part first" not in text_of(body(site.page("api")))
    assert "all of it" not in [text_of(link) for link in links(body(site.page("use")))]


def test_a_title_that_changes_is_shown_where_it_is_referred_to(site: Site) -> None:
    site.write({"api.rst": API.replace("A part\n------", "Another part\n------------")})
    build_and_compare(site, "html", "retitled", MENTIONS)
    assert "Another part" in [text_of(link) for link in links(body(site.page("use")))]
    panel = having_class(site.page("api"), "trope-backlinks")[0]
    assert sentences(panel)[0] == "Read Another part first, or all of it."


def test_a_sentence_that_changes_is_shown_anew(site: Site) -> None:
    site.write({"use.rst": USE.replace("First, take", "Never take")})
    build_and_compare(site, "html", "text", MENTIONS)
    assert sentences(of_object(site, "api", "zoo.Cat"))[0] == "Never take a zoo.Cat."


def test_a_document_that_goes_refers_to_nothing_any_more(site: Site) -> None:
    site.write({"use.rst": None, "index.rst": "Wiki\n====\n"})
    build_and_compare(site, "html", "gone", MENTIONS)
    assert not has_panel(site, "api", "zoo.Cat")


def test_a_build_without_edits_writes_nothing(site: Site) -> None:
    def times() -> dict[Path, int]:
        return {p: p.stat().st_mtime_ns for p in site.root.glob("html/*.html")}

    before = {p: t for p, t in times().items() if p.stem in ("api", "use", "terms", "Laughter")}
    site.build()
    assert before.items() <= times().items()
    assert len(before) == 4


def test_switched_off_again_nothing_is_left(site: Site) -> None:
    site.build("dirhtml")
    site.write({"conf.py": CONF})
    build_and_compare(site, "html", "off", MENTIONS)
    other = site.build("dirhtml")  # with the doctrees that are read anew already
    assert_same(other, site.build("dirhtml", out="off", doctrees="off-doctrees"), "off, others")


@pytest.mark.skipif(os.name != "posix", reason="Sphinx forks its workers")
def test_two_workers_leave_the_same_bytes_as_one(site: Site) -> None:
    for number in range(6):
        text = (
            f":orphan:\n\nMore {number}\n======\n\nA :py:class:`zoo.Cat` and :doc:`more{number}`.\n"
        )
        site.write({f"more{(number + 1) % 6}.rst": text})
    for jobs in (1, 2):
        site.build(parallel=jobs, out=f"html-{jobs}", doctrees=f"doctrees-{jobs}")
    assert_same(site.root / "html-2", site.root / "html-1", "two workers")
    states = [(site.root / f"html-{n}/.tropes-state.json").read_text("utf-8") for n in (1, 2)]
    assert states[0] == states[1]


# -- off


def test_by_default_nothing_of_it_is_there(tmp_path: Path) -> None:
    site = new_site(tmp_path, **{"conf.py": CONF})
    html = "".join(p.read_text("utf-8") for p in site.root.glob("html/*.html"))
    assert "link--" not in html
    assert "trope-referenced" not in html
    assert panel_text(site.page("Laughter")).startswith(
        "Referenced by (1) Other documents (1) Wiki"
    )

    def facts(app: object) -> None:
        kept.update(app.env.domains["trope"].data["facts"])  # type: ignore[attr-defined]

    kept: dict[str, object] = {}
    site.build(on_app=facts)
    assert sorted(kept) == ["Laughter", "index", "use"]


# -- Markdown

MARKDOWN = """\
---
orphan: true
---
# In Markdown

A [file](api.rst). Its {py:class}`zoo.Cat`. A [label](#the-part). A [heading](other.md#deep-inside).
The [](other.md) has a title. A {term}`feline`, a [](#zoo.Dog).
"""
OTHER = "---\norphan: true\n---\n# Other one\n\n## Deep inside\n\nText.\n"


@pytest.fixture(scope="module")
def markdown(tmp_path_factory: pytest.TempPathFactory) -> Site:
    pytest.importorskip("myst_parser")
    conf = CONF_ALL.replace('_tropes"]', '_tropes", "myst_parser"]') + "myst_heading_anchors = 3\n"
    return new_site(
        tmp_path_factory.mktemp("markdown"),
        **{"conf.py": conf, "notes.md": MARKDOWN, "other.md": OTHER},
    )


def test_links_in_markdown_count(markdown: Site) -> None:
    assert warnings_of(markdown) == []
    panel = sentences(having_class(markdown.page("api"), "trope-backlinks")[0])
    assert [s for s in panel if s in ("A file.", "A label.")] == ["A file.", "A label."]
    assert "Its zoo.Cat." in sentences(of_object(markdown, "api", "zoo.Cat"))
    assert "A feline, a zoo.Dog." in sentences(of_object(markdown, "api", "zoo.Dog"))
    other = sentences(having_class(markdown.page("other"), "trope-backlinks")[0])
    assert other == ["A heading.", "The Other one has a title."]


def test_markdown_is_right_in_the_next_build(markdown: Site) -> None:
    markdown.write(
        {"other.md": OTHER.replace("Other one", "Another"), "notes.md": f"{MARKDOWN}\nMore."}
    )
    build_and_compare(markdown, "html", "retitled", MENTIONS)
    other = sentences(having_class(markdown.page("other"), "trope-backlinks")[0])
    assert other[1] == "The Another has a title."


def test_references_in_notebooks_count(tmp_path: Path) -> None:
    pytest.importorskip("myst_nb")
    text = [
        "# Notebook\n",
        "\n",
        "A [file](api.rst), a {py:class}`zoo.Cat`, a [label](#the-part).\n",
    ]
    cell = {"cell_type": "markdown", "id": "first", "metadata": {}, "source": text}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    conf = CONF_ALL.replace('_tropes"]', '_tropes", "myst_nb"]') + 'nb_execution_mode = "off"\n'
    site = new_site(tmp_path, **{"conf.py": conf, "notes.ipynb": json.dumps(notebook)})
    sentence = "A file, a zoo.Cat, a label."
    assert sentence in sentences(of_object(site, "api", "zoo.Cat"))
    panel = having_class(site.page("api"), "trope-backlinks")[0]
    assert sentences(panel).count(sentence) == 2


# -- random edits


class RandomApi:
    """Documents with objects, labels and terms that are edited at random. Each name is defined
    once at the most: of two, Sphinx takes the one that it reads last.
    """

    NAMES = ("a", "b", "c", "d")

    def __init__(self, site: Site, seed: int) -> None:
        self.site = site
        self.random = random.Random(seed)
        self.documents: dict[str, list[str]] = {name: [] for name in self.NAMES[:3]}
        self.titles = {name: f"Document {name}" for name in self.NAMES}
        kinds = ("class Cat", "class Dog", "label here", "label there", "term feline", "page Joke")
        self.homes = {kind: self.random.choice(["", *self.NAMES]) for kind in kinds}
        for _ in range(3):
            self.reword()
        self.write()

    def reference(self) -> str:
        forms = [":py:class:`zoo.Cat`", ":py:class:`.Cat`", ":py:meth:`zoo.Dog.run`"]
        forms += [":ref:`here`", ":ref:`there`", ":ref:`words <there>`", ":term:`feline`"]
        forms += [":any:`zoo.Cat`", ":any:`here`", ":trope:`Joke`", ":doc:`Page`", ":any:`Joke`"]
        forms += [f":doc:`{name}`" for name in self.NAMES]
        return self.random.choice(forms)

    def define(self, kind: str) -> str:
        sort, name = kind.split()
        if sort == "class":
            return f".. py:class:: zoo.{name}(friend: zoo.Dog)\n\n   Text.\n\n   .. py:method:: run()\n"
        if sort == "label":
            return f".. _{name}:\n\nSection of {name}\n-----------------\n\nText.\n"
        if sort == "term":
            return f".. glossary::\n\n   {name}\n      Text.\n"
        return f".. trope:: {name}\n\n   Of a {{{{Half Human}}}}.\n"

    def write(self) -> None:
        for name in self.NAMES:
            path = self.site.source / f"{name}.rst"
            if name not in self.documents:
                path.unlink(missing_ok=True)
                continue
            title = self.titles[name]
            defined = [self.define(kind) for kind, home in self.homes.items() if home == name]
            # what is in no section comes first
            defined.sort(key=lambda text: text.startswith(".. _"))
            parts = [":orphan:", f"{title}\n{'=' * len(title)}", *self.documents[name], *defined]
            text = "\n\n".join(parts)
            if not path.exists() or path.read_text("utf-8") != text:
                path.write_text(text, "utf-8")

    def edit(self) -> str:
        edits = [self.reword, self.reword, self.move, self.move, self.retitle, self.come_or_go]
        edit = self.random.choice([*edits, self.edit_page])
        edit()
        self.write()
        return edit.__name__

    def reword(self) -> None:
        name = self.random.choice(sorted(self.documents))
        count = self.random.randint(0, 3)
        self.documents[name] = [
            f"A sentence of {self.reference()}, and {self.reference()}." for _ in range(count)
        ]

    def move(self) -> None:
        self.homes[self.random.choice(sorted(self.homes))] = self.random.choice(["", *self.NAMES])

    def retitle(self) -> None:
        name = self.random.choice(sorted(self.documents))
        self.titles[name] = self.random.choice(["Some title", f"Document {name}", "Of Cats"])

    def come_or_go(self) -> None:
        name = self.random.choice(self.NAMES)
        if name not in self.documents:
            self.documents[name] = [f"New, with {self.reference()}."]
        elif len(self.documents) > 1:
            del self.documents[name]

    def edit_page(self) -> None:
        title = self.random.choice(["", "(:title Other:)\n\n"])
        self.site.write({"Page.trope": f"{title}A page of {{{{Joke}}}}s.\n"})


def test_incremental_output_equals_clean_output_after_random_edits(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write({"conf.py": CONF_ALL})
    edited = RandomApi(site, 8946)
    history: list[str] = []
    referenced = 0
    for step in range(max(20, STEPS // 4)):
        history.append(edited.edit())
        if edited.random.random() < 0.8:
            build_and_compare(site, "html", f"step {step}, {history[-5:]}", MENTIONS)
            pages = [data for name, data in snapshot(site.root / "html").items() if ".html" in name]
            referenced += sum(b"trope-referenced" in data for data in pages)
    assert referenced > 0, "nothing was ever referred to"


# -- what is hidden


def test_what_spoilers_hide_beside_a_reference_stays_hidden(tmp_path: Path) -> None:
    files = {
        "conf.py": CONF_ALL,
        "api.rst": ":orphan:\n\nApi\n===\n\n.. py:class:: Cat\n\n   Text.\n",
        "use.rst": ":orphan:\n\nUse\n===\n\nA :py:class:`Cat` of "
        ":trope:`[[spoiler:xyzzy]] of {{Jokes}}`, and :doc:`Joke`.\n",
        "Joke.trope": "(:title What [[spoiler:plugh]] tells:)\n\nText.\n",
    }
    site = Site(tmp_path)
    site.write(files)
    for builder in ("html", "text"):
        site.build(builder)
    (sentence,) = sentences(of_object(site, "api", "Cat"))
    assert "xyzzy" not in sentence
    assert "plugh" not in sentence
    assert sentence.startswith("A Cat of spoiler of Jokes, and What")
    assert "plugh" not in (site.root / "text/api.txt").read_text("utf-8")
    assert "xyzzy" not in (site.root / "text/api.txt").read_text("utf-8")
