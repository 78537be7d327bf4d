"""``sphinx-tropes convert``: the command."""

from __future__ import annotations

import json

import pytest

from sphinxcontrib_tropes.markup import MarkupSettings
from sphinxcontrib_tropes.names import PageName
from sphinxcontrib_tropes.tools.editing.convert_files import ProjectSettings, sphinx_reader
from sphinxcontrib_tropes.tools.editing.convert_from_trope import convert_from_trope
from sphinxcontrib_tropes.tools.editing.document_comparison import facts_of

WITH_MYST = "extensions = ['sphinxcontrib_tropes', 'myst_parser']\n"


def test_the_command_shows_the_converted_text(run, site):
    site.write({"film/TheMatrix.trope": "A RedHerring.\n"})
    shown = run(
        "convert", site.source / "film" / "TheMatrix.trope", "--to", "rst", "-s", site.source
    )
    assert shown.exit_code == 0
    assert shown.stdout == (
        ":orphan:\n\nThe Matrix\n==========\n\n.. trope:: Film/TheMatrix\n   :document:\n\nA :trope:`Red Herring`.\n"
    )


def test_files_are_replaced_and_build(run, site):
    site.write({"A.trope": "A {{B}}.\n", "B.trope": "[[spoiler:{{A}}]]\n"})
    files = site.source / "A.trope", site.source / "B.trope"
    done = run("convert", *files, "--to", "rst", "-s", site.source, "--write")
    assert done.exit_code == 0, done.output
    assert not any(file.exists() for file in files)
    site.build()
    assert site.warnings == ""
    back = (site.source / "A.rst", site.source / "B.rst")
    assert run("convert", *back, "--to", "trope", "-s", site.source, "--write").exit_code == 0
    assert files[0].read_text() == "A {{B}}.\n"
    assert files[1].read_text() == "[[spoiler:{{A}}]]\n"


def test_a_file_that_can_not_be_converted_does_not_stop_the_others(run, site):
    site.write({"A.trope": "[[redirect:B]]\n", "B.trope": "x\n", "C.trope": b"\xe9\n"})
    files = [site.source / f"{name}.trope" for name in "ABC"]
    site.write({"conf.py": WITH_MYST})
    done = run("convert", *files, "--to", "myst", "-s", site.source, "--write")
    assert done.exit_code == 2
    assert "2 of 3 files were not converted" in done.stderr
    assert (site.source / "B.md").exists()
    assert files[0].exists()


def test_no_file_is_written_over(run, site):
    site.write({"A.trope": "x\n", "A.rst": "mine\n"})
    done = run("convert", site.source / "A.trope", "--to", "rst", "-s", site.source, "--write")
    assert done.exit_code == 2
    assert "A.rst already exists" in done.stderr
    assert (site.source / "A.rst").read_text() == "mine\n"


RELATED = """(:relation subtrope-of BetaTrope:)
(:keywords one, two:)
(:alias AlphaOther:)
(:laconic The first.:)

A kind of GammaTrope, and see BetaTrope.

!!! Members

[[index]]
* BetaTrope: it
* GammaTrope
[[/index]]

[[!DeltaIndex]]
"""


def wiki_of(run, site):
    data = json.loads(run("export", site.source, "-q").stdout)
    for page in data["pages"]:
        page.pop("url")
    for link in data["links"]:
        link.pop("url")
    return data


@pytest.mark.parametrize(("markup", "suffix"), [("rst", ".rst"), ("myst", ".md")])
def test_what_the_wiki_knows_of_a_page_stays_and_comes_back(run, site, markup, suffix):
    site.write(
        {
            "conf.py": WITH_MYST,
            "AlphaTrope.trope": RELATED,
            "BetaTrope.trope": "AlphaTrope\n",
            "GammaTrope.trope": "y\n",
        }
    )
    before = wiki_of(run, site)
    assert [page["name"] for page in before["pages"] if page.get("indexes")]
    command = ("-s", site.source, "--write")
    done = run("convert", site.source / "AlphaTrope.trope", "--to", markup, *command)
    assert done.exit_code == 0, done.output
    assert wiki_of(run, site) == before
    there = site.source / f"AlphaTrope{suffix}"
    html = (site.build() / "AlphaTrope.html").read_text()
    assert site.warnings == ""
    assert html.count("<h1>") == 1
    assert "trope-title" not in html
    assert html.index("A kind of") < html.index('class="trope-backlinks')
    assert 'name="keywords"' in html or 'content="one, two"' in html
    done = run("convert", there, "--to", "trope", *command)
    assert done.exit_code == 0, done.output
    assert wiki_of(run, site) == before
    assert "(:relation subtrope-of BetaTrope:)" in (site.source / "AlphaTrope.trope").read_text()


def test_pages_do_not_vanish_in_a_project_that_reads_no_markdown(run, site):
    site.write({"A.trope": "x\n", "conf.py": "extensions = ['sphinxcontrib_tropes']\n"})
    done = run("convert", site.source / "A.trope", "--to", "myst", "-s", site.source, "--write")
    assert done.exit_code == 2
    assert "add 'myst_parser' to extensions" in done.stderr
    assert (site.source / "A.trope").exists()


def test_what_has_no_equivalent_is_called_by_its_role_and_its_file(run, site):
    site.write({"A.rst": "A\n=\n\nSee :doc:`index`.\n"})
    said = run("convert", site.source / "A.rst", "--to", "trope", "-s", site.source)
    assert said.exit_code == 2
    assert "A.rst:4: " in said.stderr
    assert ":doc: has no equivalent in trope markup" in said.stderr


def test_a_relation_is_told_in_the_language_of_the_project():
    told = {}
    for language in ("de", "en"):
        with sphinx_reader(ProjectSettings(MarkupSettings(), language)) as read:
            there = convert_from_trope(
                "Eine Unterart von RedHerring.\n",
                PageName("Main", "FalseTrail"),
                MarkupSettings(),
                "rst",
                read,
            )
            document = read("rst", there.text)
            facts = facts_of(document, MarkupSettings().namespaces, read.language)
            told[language] = [
                fact.description for fact in facts if "subtrope-of" in fact.description
            ]
    assert told["de"]
    assert not told["en"]


def test_several_processes_convert_the_same(run, site):
    pages = {f"P{n}.trope": f"To {{{{P{n + 1}}}}}, [[spoiler:{n}]].\n" for n in range(40)}
    site.write(pages | {"Bad.trope": "[[redirect:P1]]\n"})
    files = sorted(site.source.glob("*.trope"))
    one, two = (
        run("convert", *files, "--to", "rst", "-s", site.source, "-j", jobs) for jobs in (1, 2)
    )
    assert one.output == two.output
    assert one.stdout.count("trope:: P") == 40
    assert one.exit_code == two.exit_code == 2


@pytest.mark.parametrize("to", ["rst", "myst"])
def test_how_a_trope_is_played_is_converted_and_back(run, site, to):
    text = "A film.\n\n* {{Red Herring}}: [[played:subverted]] the owl.\n* {{2 Owls}}: so.\n"
    site.write({"A.trope": text, "conf.py": WITH_MYST})
    trope, other = site.source / "A.trope", site.source / f"A.{'rst' if to == 'rst' else 'md'}"
    said = run("convert", trope, "--to", to, "-s", site.source, "--write")
    assert said.exit_code == 0, said.output
    out = site.build()
    links = json.loads((out / "tropes.json").read_text("utf-8"))["links"]
    assert [link.get("played") for link in links] == [["subverted"], None]
    back = run("convert", other, "--to", "trope", "-s", site.source, "--write")
    assert back.exit_code == 0, back.output
    assert trope.read_text("utf-8") == text
