"""Pages of Markdown that were made to break their reader."""

from __future__ import annotations

import pytest

from ....linear_growth import assert_linear
from .markdown_pages import READER, blocks, document, kinds

OPENINGS = [
    "[", "]", "*", "_", "`", "[[", "![[", "![", "%%", "%% ", "~~", "==", "==a ", "<", "<!--", "<!--\n", "[^", "^[", "[a](",
    '<a href="', "$", "$a ", "$$\n", "((", "{{embed ", "#", "#a ", "\\", "&", "|", "[[a|", "`a", "**a ", "a*b_",
    "- ", "> ", "> - ", "1. ", "* a\n", "> a\n", "> [!a]\n", "a\n: b\n", "[a]: ", "|a|\n|-|\n", "<details>\n", "<ul><li>",
    "<table><tr><td>", "<b><i>", "<script>\n", "a:: b\n", "id:: a\n", "http://", "---\n", "\n", "\t", "[^a]: b\n\n[^a]\n",
    "```\n", "$$a\n", "%%\n", "^a ", "- [ ] a\n", "#+BEGIN_NOTE\n", "- #+BEGIN_A\n", "```ad-a\n", "````ad-a\n```ad-b\n", "![](", "[a][b]", "a: b\n\n",
]  # fmt: skip


@pytest.mark.parametrize("opening", OPENINGS)
def test_a_text_of_nothing_but_openings_takes_linear_time(opening: str) -> None:
    def read(length: int) -> None:
        text = opening * (length // len(opening))
        READER.head("x", text)
        document(text)
        for _ in READER.words(text):
            pass

    assert_linear(read, 2_000)


def words(text: str) -> int:
    return repr(blocks(text)).count("word")


@pytest.mark.parametrize(
    "text",
    [
        "> " * 3000 + "word",
        "- " * 3000 + "word",
        "".join(f"{'  ' * depth}- word\n" for depth in range(120)),
        "".join(f"{'>' * depth} word\n\n" for depth in range(1, 120)),
        "[" * 3000 + "word" + "]" * 3000,
        "![" * 300 + "word" + "](x.png)" * 300,
        "^[" * 300 + "word" + "]" * 300,
        "*" * 3000 + "word" + "*" * 3000,
        "*a " * 3000 + "word" + " a*" * 3000,
        "==" * 3000 + "word" + "==" * 3000,
        "<b>" * 3000 + "word" + "</b>" * 3000,
        "<b><i><u><s>" * 1000 + "word",
        "<details>" * 3000 + "word" + "</details>" * 3000,
        "<div><ul><li>" * 1000 + "word",
        "<table><tr><td>" * 1000 + "word",
        "> [!a]\n" * 1000 + "> word",
        "[^a]\n\n" + "[^a]: " * 200 + "word",
    ],
)
def test_what_is_too_deep_is_not_lost(text: str) -> None:
    assert words(text) >= text.count("word")


def test_lists_too_deep_are_told() -> None:
    text = "".join(f"{'  ' * depth}- word\n" for depth in range(120))
    assert set(kinds(text)) == {"lists or quotations too deep in one another: kept as text"}


def test_notes_that_hold_many_notes_do_not_grow() -> None:
    text = "".join(f"[^{n}]: {f'[^{n + 1}]' * 10} word\n\n" for n in range(30)) + "[^0]"
    assert len(repr(blocks(text))) < 100 * len(text)


def test_control_characters_and_halves_of_pairs_do_no_harm() -> None:
    assert "word" in repr(blocks("\x00\x1b[31m\ud800 word \ufdd0 \u202e \ufeff"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff",
        "---",
        "---\n---",
        "---\n---\n",
        "\n\n",
        "# ",
        "[[]]",
        "[[|]]",
        "![[]]",
        "[](",
        "[]()",
        "![]()",
        "%%%%",
        "====",
        "$$$$",
        "<br>",
        "- [ ] ",
        "> [!]",
        "> [!]- x",
    ],
)
def test_next_to_nothing_is_a_page(text: str) -> None:
    document(text)
    READER.head("x", text)
