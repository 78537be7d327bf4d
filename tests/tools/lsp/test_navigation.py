"""From names to pages and back."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.lsp.call_hierarchy import incoming, item_at, outgoing
from sphinxcontrib_tropes.tools.lsp.navigation import definition, references

FILES = {
    "RedHerring.trope": "(:alias False Clue:)\nIt leads astray.\n\n!! In this play\nx\n\n[[folder:On film]]\nx\n[[/folder]]\n",
    "A.trope": "🎭 {{Red Herring}}s, {{False Clue}}; [[RedHerring#in-this-play that]].\n",
    "B.trope": "(:relation subtrope-of Red Herring:)\r\nNothing.\r\n",
    "Old.trope": "(:redirect Red Herring:)\n",
    "x.rst": "X\n=\n\nSee :trope:`Red Herring` and :trope:`it <Old>`.\n\n.. :trope:`Red Herring`\n\n.. trope:: Blue Herring\n\n   x\n",
}  # fmt: skip


def goes_to(editor, text: str, path: str = "New.trope") -> tuple[str, str] | None:
    opened = editor(FILES)
    found = definition(*opened.type(path, text))
    if found is None:
        return None
    target = opened.path(found.uri)
    document = opened.wiki.document(target)
    line = document.positions.span_of_line(found.range.start.line)
    return target, document.text[slice(*line)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{{Red Herr‸ing}}", ("RedHerring.trope", "(:alias False Clue:)")),
        ("é🎭 ‸{{false clue}}s", ("RedHerring.trope", "(:alias False Clue:)")),
        ("[[Old‸ that]]", ("RedHerring.trope", "(:alias False Clue:)")),
        ("[[RedHerring#in-this‸-play x]]", ("RedHerring.trope", "!! In this play")),
        ("[[Red‸Herring#InThisPlay x]]", ("RedHerring.trope", "!! In this play")),
        ("[[{{Red Herring}}#on-‸film x]]", ("RedHerring.trope", "[[folder:On film]]")),
        ("{{Blue‸ Herring}}", ("x.rst", ".. trope:: Blue Herring")),
        ("[[#be‸low x]]\n\n!! Below\n", ("New.trope", "!! Below")),
        ("(:relation subtrope-of Red Her‸ring:)", ("RedHerring.trope", "(:alias False Clue:)")),
        ("[[=Red‸Herring=]]", None),
        ("{{Nobody‸ Wrote It}}", None),
    ],
)  # fmt: skip
def test_a_name_leads_to_its_page_or_section(editor, text, place):
    assert goes_to(editor, text) == place


def test_a_role_leads_to_its_page(editor):
    assert goes_to(editor, "See :trope:`Red‸ Herring`.", "y.rst")[0] == "RedHerring.trope"


def found_from(
    editor, text: str, path: str = "New.trope", **options: bool
) -> list[tuple[str, str]]:
    opened = editor(FILES)
    places = references(*opened.type(path, text), **options)
    return [(opened.path(p.uri), opened.shown(opened.path(p.uri), p.range)) for p in places]


def test_all_that_names_a_page_is_found_with_columns_behind_emoji(editor):
    assert found_from(editor, "{{Red‸ Herring}}") == [
        ("A.trope", "{{Red Herring}}"),
        ("A.trope", "{{False Clue}}"),
        ("A.trope", "RedHerring"),
        ("B.trope", "Red Herring"),
        ("New.trope", "{{Red Herring}}"),
        ("Old.trope", "Red Herring"),
        ("x.rst", "Red Herring"),
        ("x.rst", "Old"),
    ]


def test_without_a_name_the_page_itself_is_meant(editor):
    found = found_from(editor, "Pl‸ain.\n", "RedHerring.trope")
    assert ("x.rst", "Red Herring") in found


def test_references_to_a_section_are_those_to_it(editor):
    assert found_from(editor, "[[RedHerring#in-this‸-play x]]") == [
        ("A.trope", "RedHerring"),
        ("New.trope", "RedHerring"),
    ]


def test_the_page_itself_comes_first_if_it_is_asked_for(editor):
    assert found_from(editor, "{{Red‸ Herring}}", with_definition=True)[0] == (
        "RedHerring.trope",
        "",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_columns_are_kept_as_the_client_counts_them(editor, encoding):
    opened = editor(FILES, encoding=encoding)
    places = references(*opened.type("New.trope", "{{Red‸ Herring}}"))
    assert opened.shown("A.trope", places[0].range) == "{{Red Herring}}"


def test_what_refers_to_a_page_is_shown_with_its_sentence_and_covered(editor):
    files = FILES | {"D.trope": "One. The [[spoiler:{{butler}}]] is {{Red Herring}}. Three.\n"}
    opened = editor(files)
    (item,) = item_at(*opened.type("New.trope", "{{Red‸ Herring}} and {{A}}"))
    calls = {opened.path(call.from_.uri): call for call in incoming(opened.wiki, item)}
    assert calls["D.trope"].from_.detail == "The [spoiler] is Red Herring."
    assert calls["x.rst"].from_.detail == "See Red Herring and it."
    assert opened.shown("A.trope", calls["A.trope"].from_ranges[0]) == "{{Red Herring}}"
    (own,) = item_at(*opened.type("New.trope", "{{Red Herring}} and {{A}} pl‸ain"))
    found = {call.to.name: call.from_ranges for call in outgoing(opened.wiki, own)}
    assert opened.shown("New.trope", found["A"][0]) == "{{A}}"
