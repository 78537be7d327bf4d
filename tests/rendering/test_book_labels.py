"""Books in LaTeX and Texinfo: wherever a link stands or leads, there is a label."""

from __future__ import annotations

import base64
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from ..conftest import Site
from ..sphinx.reading import warnings_of

if TYPE_CHECKING:
    from pathlib import Path

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
# a role of this length fits the columns of the tables
R = ":trope:`The 7th O'Neill`"
LINE = "=" * 50
EVERY_PLACE = f"""\
Every place of a {R}
{LINE}

.. rubric:: Rubric of a {R}

.. topic:: Topic of a {R}

   In a topic a {R}.

.. sidebar:: Sidebar of a {R}
   :subtitle: Subtitle of a {R}

   In a sidebar a {R}.

.. admonition:: Admonition of a {R}

   In an admonition a {R}.

.. note:: In a note a {R}

.. table:: Table of a {R}

   ============================== ==========
   head {R}  other
   ============================== ==========
   cell {R}  other
   ============================== ==========

.. list-table:: Long of a {R}
   :header-rows: 1
   :class: longtable

   * - long head {R}
     - x
   * - long cell {R}
     - * in a list {R}

.. csv-table::
   :header: "csv head {R}", "b"

   "csv cell {R}", "c"

.. figure:: dot.png

   Figure of a {R}

   Legend of a {R}.

.. code-block:: text
   :caption: Code of a {R}

   code

Term of a {R}
   Definition of a {R}.

:Field of a {R}: Body of a {R}.

| Line of a {R}

-o  Option of a {R}

.. epigraph::

   Epigraph of a {R}

   -- Said of a {R}

.. parsed-literal::

   Literal of a {R} here

.. glossary::

   Glossary of a {R}
      Entry of a {R}.

.. versionadded:: 1.0
   Version of a {R}

.. seealso:: See also of a {R}

.. py:function:: spam(eggs)

   :param eggs: Parameter of a {R}

.. centered:: Centred of a {R}

A footnote [#f]_ and a citation [Cit]_.

.. [#f] Footnote of a {R}.

.. [Cit] Citation of a {R}.

Section of a {R}
{LINE.replace("=", "-")}

Text.

.. trope:: Inner ONE

   !!Heading of a {{{{The 7th O'Neill}}}}
   Text of it.

   [[folder:Fold of a {{{{The 7th O'Neill}}}}]]
   * Folded.
   [[/folder]]
"""
FILES: dict[str, str | bytes | None] = {
    "index.rst": f"Book of a {R}\n{LINE}\n\nOpening words.\n\n.. toctree::\n   :glob:\n\n   *\n",
    "Every_Place.rst": EVERY_PLACE,
    "ONeill7.trope": """\
(:title The 7th O'Neill:)
(:alias The 7th O'Neill:)
[[#first-one]]It misleads. See [[#first-one above]], [[ONeill7#ThirdFold]] and [[Zebra#deep]].

[[folder:Third fold]]
* See [[InnerONE#FoldOfAThe7thONeill the fold]].
[[/folder]]

!!Part of {{Zebra}} [[#in-heading]] 2
[[spoiler:
A hidden block with {{Zebra}}[[note]]a note on a {{Zebra}}[[/note]].
]]

||border=1
||~ Head of {{Zebra}}||x||
||cell {{Zebra}}||[[#in-cell]]y||

:term {{Zebra}}: definition {{Zebra}}

[[caption-width-right:200:dot.png Caption of {{Zebra}}.]]

->Quote {{Zebra}}

* [[#item]]Item
""",
    "Zebra.trope": """\
[[index]]
* {{The 7th O'Neill}}
[[/index]]

To [[ONeill7#item an item]], [[ONeill7#in-cell a cell]], [[ONeill7#in-heading a heading]] and
[[InnerONE#HeadingOfAThe7thONeill a heading in a directive]], {{Inner ONE}}.

!!Part
[[#deep]]Deep text {{The 7th O'Neill}}.
""",
    "Ελληνικά_鋼.trope": "No link leads to {{Ghost}}, one to {{Zebra}}.\n",
    "shelf.rst": "Shelf\n=====\n\n.. trope-index::\n\nBack: :trope:`In ONE <Inner ONE>`.\n",
    "dot.png": DOT,
}


def labels_of(tex: str) -> list[str]:
    return re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", tex)


def asked_of(tex: str) -> set[str]:
    """The labels that something in a book of LaTeX leads to."""
    led = re.findall(r"\\(?:hyperref\[|autopageref\*?\{)\\detokenize\{([^}]*)\}[\]}]", tex)
    return {*led, *re.findall(r"\\tropesplace\{\\detokenize\{([^}]*)\}\}", tex)}


def hung_up(texi: str) -> list[str]:
    """The anchors that Sphinx puts at the end of a manual, for want of a better place."""
    return re.findall(r"@anchor\{([^}]*)\}@w\{ +\}", texi)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("labels")).write(dict(FILES))


@pytest.fixture(scope="module")
def tex(site: Site) -> str:
    out = site.build("latex")
    assert warnings_of(site) == []
    return (out / "wiki.tex").read_text("utf-8")


@pytest.fixture(scope="module")
def texi(site: Site) -> str:
    out = site.build("texinfo")
    assert warnings_of(site) == []
    return (out / "wiki.texi").read_text("utf-8")


def test_every_label_of_latex_that_is_asked_for_is_set(tex: str) -> None:
    asked = asked_of(tex)
    assert len([label for label in asked if ":link-main-" in label]) > 30
    assert sorted(asked - set(labels_of(tex))) == []


def test_no_label_of_latex_is_set_twice(tex: str) -> None:
    assert [label for label, times in Counter(labels_of(tex)).items() if times > 1] == []


def test_every_link_of_latex_is_told_by_its_own_place(tex: str) -> None:
    places = re.findall(r"\\tropesplace\{\\detokenize\{([^}]*)\}\}", tex)
    assert len({place for place in places if place.startswith("Every_Place:link-")}) > 30


def test_headings_of_latex_hold_no_link(tex: str) -> None:
    # running heads print them in capitals, label and all
    headings = re.findall(r"\\(?:chapter|section|subsection)\{(.*)\}\n", tex)
    assert any("7th O" in heading for heading in headings)
    assert [heading for heading in headings if "hyperref" in heading or "label" in heading] == []


def test_no_anchor_of_texinfo_hangs_at_the_end_of_the_manual(texi: str) -> None:
    assert texi.count("@ref{") > 40
    assert hung_up(texi) == []


def test_an_anchor_of_texinfo_is_where_the_link_is(texi: str) -> None:
    assert re.search(r"\n@anchor\{Zebra deep\}@anchor\{\w+\}Deep text ", texi)
    assert re.search(
        r"\n@anchor\{Every_Place link-main-\S+\}@anchor\{\w+\}\n@sub\w+ Rubric of", texi
    )


def test_a_letter_of_an_index_in_place_is_led_to(tex: str, texi: str) -> None:
    assert "shelf:list-1-letter-z" in labels_of(tex)
    assert "@anchor{shelf list-1-letter-z}" in texi


def test_pages_of_an_appendix_have_links_and_panels(tmp_path: Path) -> None:
    site = Site(tmp_path).write(
        {
            "index.rst": "Wiki\n====\n\n.. toctree::\n\n   Ape2\n",
            "Ape2.trope": "See {{Bee's}}.\n",
            "Bee's.trope": "After {{Ape2}}.\n",
        }
    )
    out = site.build("latex", latex_appendices=["Bee's"])
    tex = (out / "wiki.tex").read_text("utf-8")
    appendix = tex.split(r"\appendix", 1)[1]
    assert r"\hyperref[\detokenize{Ape2::doc}]" in appendix.split("Referenced by")[0]
    assert "Referenced by" in appendix
    assert asked_of(tex) <= set(labels_of(tex))


def test_a_link_into_another_book_is_text(tmp_path: Path) -> None:
    site = Site(tmp_path).write(
        {
            "index.rst": "Wiki\n====\n\n.. toctree::\n\n   Ape2\n   Bee\n",
            "Ape2.trope": "See {{Bee}}, and [[#own one]] here[[#own]].\n",
            "Bee.trope": "After {{Ape2}}.\n",
        }
    )
    books = [(name, f"{name}.tex", name, "Nobody", "manual") for name in ("Ape2", "Bee")]
    out = site.build("latex", latex_documents=books)
    for name in ("Ape2", "Bee"):
        tex = (out / f"{name}.tex").read_text("utf-8")
        assert asked_of(tex) <= set(labels_of(tex)), name
    assert "See Bee" in re.sub(r"\\DUrole\{\w+\}|[{}]", "", (out / "Ape2.tex").read_text("utf-8"))


def test_a_link_that_is_on_no_paper_is_told_by_its_page(tmp_path: Path) -> None:
    site = Site(tmp_path).write(
        {
            "index.rst": "Wiki\n====\n\n.. toctree::\n\n   Ape2\n   only\n",
            "Ape2.trope": "Text.\n",
            "only.rst": "Only\n====\n\n.. only:: html\n\n   On screens an :trope:`Ape 2 <Ape2>`.\n",
        }
    )
    tex = (site.build("latex") / "wiki.tex").read_text("utf-8")
    assert asked_of(tex) <= set(labels_of(tex))
    texi = (site.build("texinfo", doctrees="other") / "wiki.texi").read_text("utf-8")
    assert hung_up(texi) == []
