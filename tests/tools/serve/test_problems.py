"""The problems of each page, as they stand after each build."""

from __future__ import annotations

import pytest
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinxcontrib_tropes.tools.serve.orders import Order, Project
from sphinxcontrib_tropes.tools.serve.site import Site as Builds

from ...conftest import Site


class Pages:
    """A project whose pages are built again and again, and their problems."""

    def __init__(self, site: Site, **options: object) -> None:
        self.site = site
        source, out = str(site.source), str(site.root / "html")
        self._builds = Builds(
            Project(source, source, out, f"{out}/.doctrees", quiet=True, **options)
        )
        self._problems: dict[str, object] = {}
        self.build()

    def first(self, *names: str) -> None:
        paths = tuple(str(self.site.source / name) for name in names)
        self._note(self._builds.obey(Order("first", paths)))

    def build(self, do: str = "look") -> None:
        self._note(self._builds.obey(Order(do)))

    def _note(self, reply) -> None:
        if reply.problems is not None:
            self._problems = dict(reply.problems)

    def of(self, page: str) -> list[str]:
        return [f"{p.file}:{p.line} {p.kind}" for p in self._problems.get(page, ())]


@pytest.fixture
def pages(site):
    site.write({"index.rst": "Wiki\n====\n\n.. toctree::\n   :glob:\n\n   *\n"})
    site.write(
        {"Wrong.trope": "One\n\n[[folder:Open\n", "Good.trope": "Good, {{Never Written}}.\n"}
    )
    site.write({"see.rst": "See\n===\n\n:doc:`missing` and :ref:`nolabel`\n"})
    with patch_docutils(site.source), docutils_namespace():
        yield Pages


def test_a_page_has_those_of_its_reading_and_of_its_writing(site, pages):
    found = pages(site)
    assert found.of("Wrong.html") == ["Wrong.trope:3 trope.markup"]
    assert found.of("see.html") == ["see.rst:4 ref.ref", "see.rst:4 ref.doc"]
    assert found.of("Good.html") == []


@pytest.mark.parametrize("is_first", [True, False])
def test_they_go_when_they_are_mended_and_others_stay(site, pages, is_first):
    found = pages(site)
    site.write({"Wrong.trope": "One.\n"})
    if is_first:
        found.first("Wrong.trope")
        assert found.of("Wrong.html") == []
    found.build("rest" if is_first else "look")
    assert found.of("Wrong.html") == []
    assert len(found.of("see.html")) == 2
    site.write({"see.rst": "See\n===\n\n:doc:`Good`\n"})
    if is_first:
        found.first("see.rst")
        assert found.of("see.html") == []
    found.build("rest" if is_first else "look")
    assert found.of("see.html") == []


def test_each_is_there_once_after_many_builds(site, pages):
    found = pages(site)
    for number in range(3):
        site.write({"Wrong.trope": f"One\n\n[[folder:Open\n\n{number}\n"})
        site.write({"see.rst": f"See\n===\n\n:doc:`missing` and :ref:`nolabel`, {number}\n"})
        found.first("Wrong.trope", "see.rst")
        found.build("rest")
        assert len(found.of("Wrong.html")) == 1
        assert len(found.of("see.html")) == 2


def test_those_of_the_whole_wiki_come_and_go(site, pages):
    site.write({"One.trope": "(:alias Both:)\nx\n", "Two.trope": "(:alias Both:)\ny\n"})
    found = pages(site)
    (said,) = {*found.of("One.html"), *found.of("Two.html")}
    assert "trope.duplicate" in said
    site.write({"Two.trope": "y\n"})
    found.first("Two.trope")
    found.build("rest")
    assert found.of("One.html") == found.of("Two.html") == []


def test_those_about_tables_of_contents_come_and_go(site, pages):
    site.write({"index.rst": "Wiki\n====\n"})
    found = pages(site)
    assert "see.rst:0 toc.not_included" in found.of("see.html")
    site.write({"index.rst": "Wiki\n====\n\n.. toctree::\n\n   see\n"})
    found.build()
    assert "see.rst:0 toc.not_included" not in found.of("see.html")
    found.build()
    assert len(found.of("see.html")) == 2


def test_one_in_an_included_file_is_shown_where_it_is_included(site, pages):
    site.write({"part.inc": "A ``part\n", "see.rst": "See\n===\n\n.. include:: part.inc\n"})
    assert pages(site).of("see.html") == ["part.inc:1 docutils"]


def test_what_the_project_suppresses_is_not_shown(site, pages):
    conf = site.source / "conf.py"
    conf.write_text(conf.read_text() + "suppress_warnings = ['trope.markup', 'ref']\n")
    found = pages(site)
    assert found.of("Wrong.html") == found.of("see.html") == []


def test_a_new_process_knows_those_of_pages_that_it_does_not_read(site, pages):
    before = pages(site)
    site.write({"Wrong.trope": "Mended.\n", "more.rst": "More\n====\n\n:doc:`none`\n"})
    found = pages(site)
    assert found.of("Wrong.html") == []
    assert found.of("see.html") == before.of("see.html")
    site.write({"see.rst": "See\n===\n"})
    site.build(doctrees="html/.doctrees")
    found = pages(site)
    assert found.of("see.html") == []
    assert found.of("more.html") == ["more.rst:4 ref.doc"]


@pytest.mark.parametrize("text", ["", "[]", "[1, 2]", '[{"see": 1}, {"see": [1, [[1]]]}]', "{"])
def test_stored_problems_that_make_no_sense_are_passed_over(site, pages, text):
    pages(site)
    (site.root / "html" / ".doctrees" / "tropes-serve-problems.json").write_text(text)
    assert pages(site).of("see.html") == []


def test_with_several_processes_they_are_the_same(site, pages):
    site.write({f"Page{n}.trope": f"One\n\n[[folder:Open {n}\n" for n in range(12)})
    site.write({f"s{n}.rst": f"S\n=\n\n:doc:`missing{n}`\n" for n in range(12)})
    found = pages(site, jobs=2)
    for n in range(12):
        assert found.of(f"Page{n}.html") == [f"Page{n}.trope:3 trope.markup"]
        assert found.of(f"s{n}.html") == [f"s{n}.rst:4 ref.doc"]
    site.write({f"s{n}.rst": f"S\n=\n\n{n}\n" for n in range(12)})
    found.build()
    assert not any(found.of(f"s{n}.html") for n in range(12))
