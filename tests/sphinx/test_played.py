"""How a trope is played, in a build: labels beside examples, counts, data, spoilers."""

from __future__ import annotations

import json
from xml.etree.ElementTree import Element

import pytest

from ..conftest import Site, having_class, text_of
from .reading import ids_of

PAGES = {
    "RedHerring.trope": "A trope.\n\n* Film/{{2 Owls}}: Averted; the owl is real.\n",
    "Film/2 Owls.trope": (
        "A film.\n\n* RedHerring: The owl was brass. Subverted & lampshaded.\n"
        "* {{Big Eater}}: [[spoiler:Averted.]]\n[[spoiler:\n* BigEater: Inverted.\n]]\n"
        "* See {{Big Eater}}, which is averted.\n"
    ),
    "BigEater.trope": "A trope.",
}


def labels(site: Site, page: str) -> list[str]:
    shown = site.page(page)
    (examples,) = having_class(shown, "trope-played-examples") or [Element("ul")]
    hidden = having_class(examples, "trope-played")
    return [text_of(label) for label in having_class(shown, "trope-played") if label not in hidden]


def test_a_label_stands_beside_an_example_on_both_sides(site: Site) -> None:
    site.write(PAGES).build()
    assert labels(site, "RedHerring") == ["Subverted · Lampshaded"]
    assert labels(site, "Film/2 Owls") == ["Averted"]


def test_ways_are_counted_above_the_backlinks_of_a_trope(site: Site) -> None:
    site.write(PAGES).build()
    (line,) = having_class(site.page("RedHerring"), "trope-played-counts")
    assert text_of(line) == "Subverted 1 · Averted 1 · Lampshaded 1"


def test_examples_of_a_page_itself_are_there_for_a_script_to_show(site: Site) -> None:
    site.write(PAGES).build()
    (examples,) = having_class(site.page("Film/2 Owls"), "trope-played-examples")
    assert examples.get("hidden") is not None
    assert text_of(examples) == "Red Herring Subverted · Lampshaded on this page"
    (place,) = having_class(examples, "trope-mark")
    assert place.get("href", "").removeprefix("#") in ids_of(site.page("Film/2 Owls"))
    assert not having_class(site.page("BigEater"), "trope-played-examples")


def test_a_spoiler_gives_no_label(site: Site) -> None:
    site.write(PAGES).build()
    assert not labels(site, "BigEater")
    assert not having_class(site.page("BigEater"), "trope-played-counts")


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("de", "Subvertiert; die Eule ist aus Messing.", "subverted"),
        ("fr", "Évité ; la chouette est en laiton.", "averted"),
    ],
)
def test_examples_are_read_in_the_language_of_the_project(
    site: Site, language: str, text: str, label: str
) -> None:
    site.write(PAGES | {"Film/2 Owls.trope": f"A film.\n\n* RedHerring: {text}\n"})
    out = site.build(language=language)
    links = json.loads((out / "tropes.json").read_text("utf-8"))["links"]
    assert [link.get("played") for link in links if link["source"] == "Film/2Owls"] == [[label]]


MARKED = {
    "RedHerring.trope": "A trope.",
    "Film/2 Owls.trope": (
        "A film.\n\n* RedHerring: [[played:subverted]] [[played:lampshaded]] averted by a war.\n"
        "* {{Big Eater}}: [[spoiler:[[played:averted]]]] so.\n"
    ),
    "BigEater.trope": "A trope.",
}


def test_a_mark_counts_instead_of_the_words(site: Site) -> None:
    site.write(MARKED).build()
    assert site.warnings == ""
    assert {*labels(site, "RedHerring")} == {"Subverted · Lampshaded"}
    assert not labels(site, "BigEater")


def test_a_mark_is_shown_in_the_language_of_the_project_in_every_markup(site: Site) -> None:
    site.write(
        MARKED
        | {
            "conf.py": "extensions = ['sphinxcontrib_tropes', 'myst_parser']\n",
            "note.rst": ":orphan:\n\nN\n=\n\n:trope:`[[played:averted]]`\n",
            "text.md": "---\norphan: true\n---\n\n# T\n\n{trope}`[[played:averted]]`\n",
        }
    ).build()
    assert labels(site, "note") == labels(site, "text") == ["Averted"]
