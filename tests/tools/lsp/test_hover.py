"""What is said of a name."""

from __future__ import annotations

from sphinxcontrib_tropes.tools.lsp.hover import hover

FILES = {
    "RedHerring.trope": "(:laconic A *false* [[spoiler:clue]].:)\n(:alias False Clue:)\n"
    "It leads <b>astray</b>. [[spoiler:The butler]] did it.\n",
    "A.trope": "See {{Red Herring}} and {{Wanted Thing}}.\n",
    "Film/Nosferatu.trope": "x\n",
    "Play/Nosferatu.trope": "x\n",
}


def said(editor, text: str, **options: bool) -> str:
    opened = editor(FILES, "tropes_namespaces = {'Film': 'Films', 'Play': 'Plays'}\n")
    found = hover(*opened.type("New.trope", text), **options)
    return found.contents.value if found else ""


def test_a_page_is_introduced_with_its_spoilers_covered(editor):
    text = said(editor, "{{Red‸ Herring}}", is_markdown=False)
    assert text.startswith("Red Herring (Tropes)\n\nA *false* ….\n\n")
    assert "It leads <b>astray</b>. [spoiler] did it." in text
    assert text.endswith("Referenced by 2 pages: A, New")
    assert "butler" not in text
    assert "clue" not in text


def test_nothing_of_a_source_is_markup_for_the_client(editor):
    text = said(editor, "{{Red‸ Herring}}")
    assert "A \\*false\\*" in text
    assert "\\<b\\>astray" in text


def test_another_name_leads_to_its_page(editor):
    assert "False Clue is another name of it." in said(editor, "{{False‸ Clue}}")


def test_a_wanted_page_says_who_wants_it_and_what_may_be_meant(editor):
    assert "Wanted by 2 pages: A, New" in said(editor, "WantedThing‸")
    assert "Did you mean Red Herring?" in said(editor, "{{Red Hering‸}}")


def test_an_ambiguous_name_says_which_pages_there_are(editor):
    assert "Film/Nosferatu, Play/Nosferatu" in said(editor, "{{Nosferatu‸}}", is_markdown=False)


def test_nothing_is_said_of_plain_text(editor):
    assert said(editor, "plain ‸ text") == ""
