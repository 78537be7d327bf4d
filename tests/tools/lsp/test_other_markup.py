"""reStructuredText and Markdown, read without Sphinx."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.lsp.other_markup import without_code
from sphinxcontrib_tropes.tools.lsp.problems import diagnostics

from ...linear_growth import assert_linear
from .conftest import write

RST = """\
Title 🎭
========

See :trope:`Chekhov's Gun`, :trope:`it <Film/The Matrix#plot>` and ``:trope:`No```.

.. A comment with :trope:`No`.

.. code-block:: rst

   :trope:`No`

As in::

   :trope:`No`

.. note:: In a note, :trope:`Yes`.

.. trope:: Red Herring
   :laconic: A false clue.
   :aliases: False Clue

   It is no {{Chekhovs Gun}}. [[spoiler:The {{Butler}}.]]

After :trope:`Red Herring`, :any:`some label`.
"""
MARKDOWN = """\
# Title

See {trope}`Chekhov's Gun`, [this](other.md), [that](installation) and ``{trope}`No` ``.

```python
{trope}`No`
```

````{note}
```{tip}
See {trope}`Yes`.
```
````

% {trope}`No`

```{trope} Red Herring
:laconic: A false clue.

It is no {{Chekhovs Gun}}.
```

After {trope}`Red Herring`.
"""


def read(editor, path: str, text: str):
    conf = "extensions = ['sphinxcontrib_tropes', 'myst_parser']\n"
    opened = editor({}, conf)
    return opened, opened.type(path, text).document


def test_links_and_pages_of_restructuredtext_are_found_with_their_lines(editor):
    _, document = read(editor, "x.rst", RST)
    facts = document.reading.facts
    assert [(link.target, link.section, link.line) for link in facts.links] == [
        ("Main/ChekhovsGun", "", 4),
        ("Film/TheMatrix", "plot", 4),
        ("Main/Yes", "", 16),
        ("Main/ChekhovsGun", "", 22),
        ("Main/Butler", "", 22),
        ("Main/RedHerring", "", 24),
    ]
    (page,) = facts.pages
    assert (page.name, page.line, page.laconic, page.aliases) == (
        "Main/RedHerring", 18, "A false clue.", ("Main/FalseClue",),
    )  # fmt: skip
    assert facts.title == "Title 🎭"


def test_links_and_pages_of_markdown_are_found_with_their_lines(editor):
    _, document = read(editor, "x.md", MARKDOWN)
    facts = document.reading.facts
    assert [(link.target, link.line) for link in facts.links] == [
        ("Main/ChekhovsGun", 3), ("Main/Yes", 11), ("Main/ChekhovsGun", 20), ("Main/RedHerring", 23),
    ]  # fmt: skip
    assert [page.name for page in facts.pages] == ["Main/RedHerring"]


@pytest.mark.parametrize(("path", "text"), [("x.rst", RST), ("x.md", MARKDOWN)])
def test_every_link_has_the_place_of_its_name(editor, path, text):
    _, document = read(editor, path, text)
    links = document.reading.facts.links
    placed = {place.link: place for place in document.reading.places if place.link >= 0}
    assert set(placed) == set(range(len(links)))
    assert all(placed[at].name == link.target for at, link in enumerate(links))


def test_sentences_are_in_plain_words_and_covered(editor):
    _, document = read(editor, "x.rst", RST)
    facts = document.reading.facts
    texts = [facts.texts[link.block] for link in facts.links]
    assert texts[0].startswith("See Chekhov's Gun, it and ")
    assert "Butler" not in "".join(facts.texts)
    words = [facts.texts[link.block][link.start : link.end] for link in facts.links[:2]]
    assert words == ["Chekhov's Gun", "it"]


def test_only_links_to_pages_are_told_to_be_red(editor):
    for path, text in (("x.rst", RST), ("x.md", MARKDOWN)):
        _, document = read(editor, path, text)
        told = [
            d.message.partition(" does")[0] for d in diagnostics(document) if d.code == "wanted"
        ]
        assert set(told) <= {"Chekhovs Gun", "The Matrix", "Yes", "Butler"}


def test_facts_are_those_of_a_build(tmp_path):
    from sphinxcontrib_tropes.domain import get_wiki
    from sphinxcontrib_tropes.tools.lsp.configuration import read_configuration
    from sphinxcontrib_tropes.tools.lsp.open_wiki import OpenWiki
    from sphinxcontrib_tropes.tools.project import open_project, read_sources

    conf = "extensions = ['sphinxcontrib_tropes', 'myst_parser']\nsmartquotes = False\n"
    trope = "(:alias Rifle:)\n(:latonic x:)\nA [[spoiler:{{Secret}}]] ''thing.\n!! Part\n[[RedHerring#plot x]] [[!Devices]]\n"
    root = write(
        tmp_path, {"conf.py": conf, "index.rst": RST, "y.md": MARKDOWN.replace("Red", "Blue"), "ChekhovsGun.trope": trope}
    )  # fmt: skip
    wiki = OpenWiki(read_configuration(root))
    for _ in wiki.scan():
        pass
    with open_project(root) as app:
        read_sources(app)
        for docname, facts in get_wiki(app.env).documents.items():
            own = wiki.wiki.documents[docname]
            if docname == "ChekhovsGun":
                for field in ("title", "pages", "links", "texts", "namings", "notices"):
                    assert getattr(own, field) == getattr(facts, field), field
            assert [(p.name, p.aliases, p.laconic) for p in own.pages] == [
                (p.name, p.aliases, p.laconic) for p in facts.pages
            ]
            assert sorted((x.target, x.section) for x in own.links) == sorted(
                (x.target, x.section) for x in facts.links
            )


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("rst", ".. code::\n\n  x\n"),
        ("rst", "``a"),
        ("markdown", "```{note}\n"),
        ("markdown", "``x `"),
    ],
)
def test_code_is_left_out_in_linear_time(kind, line):
    assert_linear(lambda size: without_code(line * size, kind), 500)
