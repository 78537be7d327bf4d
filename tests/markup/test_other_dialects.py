"""Warnings about markup of other dialects, and texts without any."""

from __future__ import annotations

import pytest

from .test_reports import reported


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("# O'[=Zork=] 2", "1: # O'… 2 is Markdown; write !Heading here"),
        ("It's **bold** here", "1: **bold** is Markdown; write '''bold''' here"),
        ("**l'Été** first", "1: **l'Été** is Markdown; write '''bold''' here"),
        ("\n# Top\n\nText.", "2: # Top is Markdown; write !Heading here"),
        ("Text.\n\n## Part\nMore.", "3: ## Part is Markdown; write !!Heading here"),
        ("- one\n- two", "1: - one - two is Markdown; write * item here"),
        ("1. one\n2. two", "1: 1. one 2. two is Markdown; write # item here"),
        (
            "See [it](guide.md).",
            "1: [it](guide.md) is Markdown; write [[address text]] here",
        ),
        (
            "x\n```py\na\n```",
            "2: ```py is Markdown; write [@ around it @] here (1 more on this page)",
        ),
        (
            "> Someone said: it's so, and so it was.",
            "1: > Someone said: it's so, and so it was. is Markdown; write -> quoted words here",
        ),
        ("|a|b|\n|---|:-:|", "2: |---|:-:| is Markdown; write ||a cell||another|| here"),
        ("Text.\n== H2 ==", "2: == H2 == is MediaWiki; write !!Heading here"),
        ("[[Category:X]]", "1: [[Category:X]] is MediaWiki; write [[!Index]] here"),
        (
            "a [[File:x.png|thumb]] b",
            "1: [[File:x.png|thumb]] is MediaWiki; write [[image:path words]] here",
        ),
        (
            "[https://www.example.org/ a site]",
            "1: [https://www.example.org/ a site] is MediaWiki; write [[address text]] here",
        ),
        ("a<ref>b</ref>", "1: <ref> is MediaWiki; write [[note]]...[[/note]] here"),
        (
            ".. note:: It's so.",
            "1: .. note:: It's so. is reStructuredText; write markup of this page's own here",
        ),
        ("See :doc:`guide`.", "1: :doc:`guide` is reStructuredText; write {{A Page}} here"),
    ],
)
def test_a_warning_about_a_dialect_says_what_to_write(text: str, warning: str) -> None:
    assert reported(text) == [warning]


def test_a_dialect_is_told_once_for_a_page() -> None:
    text = "One **a**.\n\n== H ==\n\n## Part\n**b** and [c](/d)\n\n== I ==\n"
    assert reported(text) == [
        "1: **a** is Markdown; write '''bold''' here (3 more on this page)",
        "3: == H == is MediaWiki; write !!Heading here (1 more on this page)",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# one\n# two\n## deeper",
        "# one\n\n# two",
        "* one\n** two ** three\n## four",
        "Text.\n## one\n## two",
        "- Who's there?",
        "2 ** 3 ** 4",
        "**:** and ** or **",
        "----\n=====",
        "A Title\n=======",
        "'''bold''' ''it''",
        "`FunnyAnimal and `HumanAliens",
        "``Present Day'' and ``that''",
        "1.5 metres\n2.5 metres",
        " **as typed**\n # and this",
        "[=**as typed**=] @@[a](b.md)@@ %% **not shown**",
        "f(x) [1](a) [note](see below)",
        "a == b == c",
        "-> quoted\n->-- > someone",
        "||a||b||\n||=== ||--- ||",
        "it :: that:`s",
        "(:comment **bold** `x` [a](b.md):)",
        "(:keywords **bold**, `x`:) (:comment == H2 ==:)",
        "(:comment never **closed**",
        "one @@two **three**\n`four` == @@",
        "- ¡Hola, O'Zork!\n- Adiós.",
        "- Who's there? -- he said.\n- Nobody…",
        "> go north\n> take lamp\n> x me",
    ],
)
def test_what_means_something_here_is_no_dialect(text: str) -> None:
    assert not [w for w in reported(text) if " is M" in w or " is re" in w]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("[[/foldr]]", "1: [[/foldr]] closes nothing; shown as text (did you mean [[/folder]]?)"),
        (
            "x [[/Folder]]",
            "1: [[/Folder]] closes nothing; shown as text (did you mean [[/folder]]?)",
        ),
        ("x [[/note]]", "1: [[/note]] closes nothing; shown as text"),
        ("x [[/nowhere]]", "1: [[/nowhere]] closes nothing; shown as text"),
        ("[[foldr:A]]", "1: [[foldr: is no markup; shown as text (did you mean [[folder:?)"),
        (
            "[[spoier:he dies]]",
            "1: [[spoier: is no markup; shown as text (did you mean [[spoiler:?)",
        ),
        ("[[spoier: dies]]", "1: [[spoier: is no markup; shown as text (did you mean [[spoiler:?)"),
        ("[[centre:it's]]", "1: [[centre: is no markup; shown as text (did you mean [[center:?)"),
        (
            "x [[folder:A]]",
            "1: [[folder: is no markup in this place; shown as text (it stands at the head of a line)",
        ),
        (
            "[[spoiler he dies]]",
            "1: [[spoiler ...]] is a link to a page; did you mean [[spoiler:...]]?",
        ),
        ("{{}}", "1: {{}} names no page: it is empty; shown as text"),
    ],
)
def test_a_warning_about_a_misspelling_says_what_may_be_meant(text: str, warning: str) -> None:
    assert reported(text) == [warning]


def test_a_spoiler_hides_however_its_mark_is_capitalised() -> None:
    assert reported("[[Spoiler:He dies.]] [[SPOILER:Twice.]]") == []


def test_a_dialect_is_told_beside_what_is_not_shown() -> None:
    text = "(:comment **one**:) **two**\n@@`three`\nx@@ `four` and `five` [[spoiler:**six**]]"
    assert reported(text) == ["1: **two** is Markdown; write '''bold''' here (2 more on this page)"]


def test_a_list_of_another_dialect_is_told_though_its_items_have_marks() -> None:
    assert reported("- l'Été 42\n- O'Zork") == [
        "1: - l'Été 42 - O'Zork is Markdown; write * item here"
    ]
