"""Links told apart in a build: relations, index lists, mentions without a link, hubs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ..conftest import Site, having_class, text_of
from .reading import body

OPTIONS = {"tropes_unlinked_mentions": True}


def panel(site: Site, name: str) -> str:
    return " ".join(text_of(aside) for aside in having_class(site.page(name), "trope-backlinks"))


def test_a_relation_told_in_prose_shows_in_the_panel_of_the_other_page(site: Site) -> None:
    site.write({"A.trope": "A sub-trope of {{Bee}}.", "Bee.trope": "Text."})
    site.build()
    (line,) = having_class(site.page("Bee"), "trope-supertrope-of")
    assert text_of(line) == "Sub-tropes: A"


def test_the_page_of_a_sub_trope_shows_what_is_above_it(site: Site) -> None:
    site.write(
        {
            "A.trope": "A sub-trope of {{Bee}}.",
            "Bee.trope": "(:relation subtrope-of Cee:)\n\nText.",
            "Cee.trope": "Text.",
        }
    )
    site.build()
    (above,) = having_class(site.page("A"), "trope-above")
    assert [text_of(link) for link in having_class(above, "trope")] == ["Bee", "Cee"]


@pytest.mark.parametrize(
    "text",
    [
        "* Film/{{Alien}}: compare {{Bee}}.",
        "-> Compare {{Bee}}.",
        "[[spoiler:Compare {{Bee}}.]]",
        "[[folder:F]]\n* Film/{{Alien}}. A sub-trope of {{Bee}}.\n[[/folder]]",
    ],
)
def test_examples_quotations_and_spoilers_tell_no_relation(site: Site, text: str) -> None:
    site.write({"A.trope": text, "Bee.trope": "Text."})
    site.build()
    assert not having_class(site.page("Bee"), "trope-relation")


def test_a_spelling_of_a_relation_that_is_none_is_warned_of_with_its_line(site: Site) -> None:
    site.write(
        {
            "A.trope": "Text.\n\n(:relation enemy-of Bee:)\n(:relation compare ?!:)\n(:relation Bee:)\n"
        }
    )
    site.build()
    assert "A.trope:3: WARNING: (:relation enemy-of ...:) is left out; known: " in site.warnings
    assert "A.trope:4: WARNING: the relation 'compare' names no page" in site.warnings
    assert "A.trope:5: WARNING: a relation is a kind and a page, as in (:relation" in site.warnings


def test_cues_are_read_in_the_language_of_the_project(site: Site) -> None:
    site.write({"A.trope": "Eine Unterart von {{Bee}}.", "Bee.trope": "Text."})
    site.build(language="de")
    assert having_class(site.page("Bee"), "trope-supertrope-of")


def test_indexes_that_only_list_a_page_are_one_folded_line(site: Site) -> None:
    lists = {f"List{n}.trope": "[[index]]\n* {{Bee}}\n[[/index]]" for n in (1, 2)}
    site.write(lists | {"Bee.trope": "Text.", "A.trope": "Text on {{Bee}}."})
    site.build()
    (fold,) = having_class(site.page("Bee"), "trope-listed")
    assert text_of(fold) == "Also listed in 2 indexes List 1 List 2"
    (fold,) = having_class(site.page("tropes/backlinks/main/bee"), "trope-listed")
    assert "List 2" in text_of(fold)


def test_what_most_pages_want_is_first_and_of_equals_what_prose_wants(site: Site) -> None:
    site.write(
        {
            "A.trope": "[[index]]\n* {{Listed}}\n* {{Another Listed}}\n[[/index]]",
            "Bee.trope": "[[index]]\n* {{Listed}}\n[[/index]]",
            "Cee.trope": "In prose: {{Told}}.",
        }
    )
    site.build()
    wanted = having_class(site.page("tropes/wanted"), "trope-wanted")
    assert [text_of(name) for name in wanted] == ["Listed", "Told", "Another Listed"]


def test_the_backlinks_of_a_hub_are_spread_over_pages_that_come_and_go(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinxcontrib_tropes.wiki.views.site_pages.PART_LENGTH", 3)
    links = {f"P{n}.trope": "On {{Bee}}." for n in range(4)}
    site.write(links | {"Bee.trope": "Text."})
    out = site.build()
    first, second = (site.page(f"tropes/backlinks/main/bee{part}") for part in ("", "/2"))
    assert len(having_class(first, "trope-source")) == 3
    assert len(having_class(second, "trope-source")) == 1
    (nav,) = having_class(first, "trope-parts-nav")
    assert [link.get("href") for link in nav.iter("a")] == ["bee/2.html"]
    site.write({"P0.trope": "On nothing."})
    site.build()
    assert not (out / "tropes/backlinks/main/bee").exists()
    assert not having_class(site.page("tropes/backlinks/main/bee"), "trope-parts-nav")


@pytest.fixture
def mentions(site: Site) -> Site:
    pytest.importorskip("ahocorasick")
    return site.write(
        {
            "RedHerring.trope": "Text.",
            "A.trope": "Of {{Red Herring}}s.",
            "Bee.trope": "Intro.\n\n!In Depth\nThey saw a red herring.\n",
            "page.rst": "Page\n====\n\nWhat a red herring.\n",
        }
    )


def test_a_title_without_a_link_is_listed_with_its_sentence(mentions: Site) -> None:
    mentions.build(**OPTIONS)
    page = mentions.page("tropes/backlinks/main/redherring")
    section = next(e for e in page.iter() if e.get("id") == "unlinked")
    marks = having_class(section, "trope-mark")
    assert [(text_of(m), m.get("href")) for m in marks] == [
        ("red herring", "../../../Bee.html#in-depth"),
        ("red herring", "../../../page.html#page"),
    ]
    assert "Named without a link on 2 pages" in panel(mentions, "RedHerring")


def test_mentions_are_looked_for_only_where_that_is_asked_for(mentions: Site) -> None:
    mentions.build()
    assert "Named without" not in panel(mentions, "RedHerring")


def test_a_refusal_counts_from_the_next_build_on(mentions: Site) -> None:
    options = OPTIONS | {"tropes_mentions_refused": "refused.txt"}
    mentions.write({"refused.txt": ""}).build(**options)
    mentions.write({"refused.txt": "Bee -> Red Herring\n"}).build(**options)
    assert "Named without a link on 1 page" in panel(mentions, "RedHerring")
    mentions.write({"refused.txt": None}).build(**options)
    assert "tropes_mentions_refused: 'refused.txt' can't be read" in mentions.warnings
    assert "Named without a link on 2 pages" in panel(mentions, "RedHerring")


def test_without_the_automaton_the_option_is_warned_of(
    mentions: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinxcontrib_tropes.config.has_automaton", lambda: False)
    mentions.build(**OPTIONS)
    assert "tropes_unlinked_mentions needs pyahocorasick" in mentions.warnings
    assert "Named without" not in panel(mentions, "RedHerring")


def test_health_can_gate_mentions(mentions: Site, tmp_path: Path) -> None:
    out = mentions.build("tropes-health", **OPTIONS)
    assert "Bee.trope:4: unlinked: Main/Bee -> Main/RedHerring" in (out / "health.txt").read_text()


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("The laws of the GrandReforms.", "The laws of the Grand Reforms!."),
        ("All of ''the {{Grand Reforms}}''.", "All of the Grand Reforms!."),
        ("See the '''''GrandReforms'''''.", "See the Grand Reforms!."),
        ("See GrandReforms.", "See The Grand Reforms!."),
        ("bathe GrandReforms", "bathe The Grand Reforms!"),
        ("The {{Die Hard}}s.", "The Die Hards."),
        ("the [[GrandReforms The Reforms]]", "the The Reforms"),
        ("der {{鋼}}.", "der 鋼."),
    ],
)
def test_no_article_stands_twice_where_the_title_has_one_and_the_writer_gave_one(
    site: Site, source: str, shown: str
) -> None:
    site.write(
        {
            "GrandReforms.trope": "(:title The Grand Reforms!:)",
            "DieHard.trope": "x",
            "鋼.trope": "(:title The 鋼:)",
            "B.trope": source,
        }
    ).build()
    assert text_of(next(body(site.page("B")).iter("p"))) == shown


# -- where links may stand

_PLACES = {
    "Parsed": ".. parsed-literal::\n\n   x = :trope:`Parsed`  # {{}}\n   y",
    "CodeCaption": ".. code-block:: python\n   :caption: See :trope:`CodeCaption`\n\n   x = 1",
    "TableTitle": ".. table:: Of :trope:`TableTitle`\n\n   == ==\n   a  b\n   == ==",
    "ListTable": ".. list-table:: Of :trope:`ListTable`\n\n   * - :trope:`In Cell`\n     - b",
    "CsvTable": ".. csv-table:: Of :trope:`CsvTable`\n\n   a, :trope:`InCsv`",
    "ARubric": ".. rubric:: On :trope:`ARubric`",
    "Figure": ".. figure:: x.png\n\n   On :trope:`Figure`\n\n   :trope:`Legend`",
    "Admonition": ".. admonition:: On :trope:`Admonition`\n\n   x",
    "ANote": ".. note:: On :trope:`ANote`",
    "LineBlock": "| On :trope:`LineBlock`\n| y",
    "Footnote": "x [#f]_\n\n.. [#f] On :trope:`Footnote`",
    "Citation": "x [C1]_\n\n.. [C1] On :trope:`Citation`",
    "ATopic": ".. topic:: On :trope:`ATopic`\n\n   :trope:`InTopic`",
    "Sidebar": ".. sidebar:: On :trope:`Sidebar`\n   :subtitle: Of :trope:`Subtitle`\n\n   x",
    "Term": ":trope:`Term`\n   :trope:`Definition`",
    "Field": ":a :trope:`FieldName`: :trope:`Field`",
    "Option": "-x  on :trope:`Option`",
    "Attribution": ".. epigraph::\n\n   x\n\n   -- :trope:`Attribution`",
    "Glossary": ".. glossary::\n\n   some 1st term\n      On :trope:`Glossary`",
    "Version": ".. versionadded:: 1.0\n   On :trope:`Version`",
    "Hlist": ".. hlist::\n\n   * :trope:`Hlist`",
    "Object": ".. py:function:: f(x)\n\n   On :trope:`Object`\n\n   :param x: :trope:`Param`",
    "Emphasis": "*x* **y** (:trope:`Emphasis`)",
    "Container": ".. container:: c\n\n   :trope:`Container`",
    "Centered": ".. centered:: On :trope:`Centered`",
    "Compound": ".. compound::\n\n   :trope:`Compound`",
    "Header": ".. header:: On :trope:`Header`",
    "Math": ".. math:: x\n\n:trope:`AfterMath`",
    "Doctest": ">>> f()\n\n:trope:`AfterDoctest`",
}


def test_a_link_counts_wherever_it_stands(site: Site) -> None:
    text = "\n\n".join(_PLACES.values())
    names = re.findall(r":trope:`([\w ]+)`", text)
    site.write({"index.rst": f"Wiki\n====\n\n{text}\n\nEnd\n---\n\nx\n"})
    (site.source / "x.png").write_bytes(b"")
    site.build()
    data = json.loads((site.root / "html/tropes.json").read_text("utf-8"))
    wanted = {entry["name"].partition("/")[2] for entry in data["wanted"]}
    assert wanted == {name.replace(" ", "") for name in names}
    ids = {element.get("id") or "" for element in site.page("index").iter()}
    shown = {name.replace(" ", "").lower() for name in names} - {"header"}
    assert shown - {id_.removeprefix("link-main-") for id_ in ids} == set()


def test_the_code_of_a_block_is_no_text(site: Site) -> None:
    pytest.importorskip("ahocorasick")
    code = ".. code-block:: text\n\n   Some Title2 in code\n\n.. parsed-literal::\n\n   Some Title2 *x*\n"
    site.write({"index.rst": f"Wiki\n====\n\n{code}", "SomeTitle2.trope": "x"})
    site.build(tropes_unlinked_mentions=True)
    data = json.loads((site.root / "html/tropes.json").read_text("utf-8"))
    assert data["unlinked"] == []
