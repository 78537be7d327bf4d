"""``sphinx-tropes convert``: the same, in another markup."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinxcontrib_tropes.cli.conversion import from_trope, to_trope, told
from sphinxcontrib_tropes.cli.convert import reading
from sphinxcontrib_tropes.cli.refusal import Refusal
from sphinxcontrib_tropes.markup import MarkupSettings
from sphinxcontrib_tropes.markup.page import page_section
from sphinxcontrib_tropes.names import PageName

NAME = PageName("Film", "TheMatrix")
SETTINGS = MarkupSettings()
KINDS = ("rst", "markdown")


@pytest.fixture(scope="module")
def read():
    with reading(SETTINGS) as read:
        yield read


def said(text):
    return told(page_section(text, NAME, SETTINGS, lambda line, sentence: None))


def body(converted, kind):
    """The text behind the heading and the directive that names the page."""
    end = ":document:\n" + ("```\n" if kind == "markdown" else "")
    return converted.text.partition(end)[2].strip("\n")


@pytest.mark.parametrize(
    ("trope", "rst", "markdown"),
    [
        ("Plain words.", "Plain words.", "Plain words."),
        ("RedHerring", ":trope:`Red Herring`", "{trope}`Red Herring`"),
        ("{{Funny Animal}}s", ":trope:`{{Funny Animal}}s`", "{trope}`{{Funny Animal}}s`"),
        ("[[RedHerring a clue]]", ":trope:`a clue <RedHerring>`", "{trope}`a clue <RedHerring>`"),
        ("Film/TheMatrix", ":trope:`Film/The Matrix`", "{trope}`Film/The Matrix`"),
        (
            "[[Film/TheMatrix#plot it]]",
            ":trope:`it <Film/TheMatrix#plot>`",
            "{trope}`it <Film/TheMatrix#plot>`",
        ),
        ("''a'' '''b''' @@c@@", "*a* **b** ``c``", "*a* **b** `c`"),
        ("x''a''y", "x\\ *a*\\ y", "x*a*y"),
        ("[[https://e.org it]]", "`it <https://e.org>`__", "[it](<https://e.org>)"),
        ("a * b_c", "a \\* b\\_c", "a \\* b\\_c"),
        ("[=* no list=]", "\\* no list", "\\* no list"),
        ("* a\n** b\n* c", "* a\n\n  * b\n\n* c", "* a\n\n  * b\n\n* c"),
        ("# a\n# b", "#. a\n\n#. b", "1. a\n\n1. b"),
        ("!Part\n\nx", "Part\n----\n\nx", "## Part\n\nx"),
    ],
)  # fmt: skip
def test_what_has_an_equivalent_becomes_it_and_comes_back(read, trope, rst, markdown):
    for kind, expected in zip(KINDS, (rst, markdown), strict=True):
        there = from_trope(trope, NAME, SETTINGS, kind, read)
        assert (body(there, kind), there.kept) == (expected, 0)
        assert told(read(kind, there.text)) == said(trope)
        assert said(to_trope(there.text, NAME, SETTINGS, kind, read).text) == said(trope)


@pytest.mark.parametrize(
    "trope",
    [
        "[[spoiler:x]]",
        "-> a quote\n-->-- someone",
        "[[folder:a]]\n\n* x\n\n[[/folder]]",
        "||a||b||",
        ":a: b",
        "x [[note]]y[[/note]]",
        "[[color:red:x]]",
        "a\\\\\nb",
        "''a '''b''' c''",
        "[[quoteright:250:http://example.org/a.png]]",
    ],
)
def test_what_has_none_stays_trope_markup_and_nothing_is_lost(read, trope):
    for kind in KINDS:
        there = from_trope(f"One.\n\n{trope}\n\nTwo.\n", NAME, SETTINGS, kind, read)
        assert there.kept == 1
        assert f"trope-markup{'::' if kind == 'rst' else '}'}" in there.text
        assert told(read(kind, there.text)) == said(f"One.\n\n{trope}\n\nTwo.\n")
        back = to_trope(there.text, NAME, SETTINGS, kind, read)
        assert trope in back.text


def test_what_the_page_says_of_itself_is_kept(read):
    trope = "(:title The first one:)\n(:alias A, B:)\n(:laconic A film.:)\n\nx\n"
    for kind in KINDS:
        there = from_trope(trope, NAME, SETTINGS, kind, read)
        assert ":aliases: A, B" in there.text
        back = to_trope(there.text, NAME, SETTINGS, kind, read).text
        assert back == "(:title The first one:)\n(:alias A, B:)\n(:laconic A film.:)\n\nx\n"


def test_headings_go_down_one_level_at_a_time(read):
    there = from_trope("!!! A\n\nx\n\n! B\n\n!!! C\n\nx\n", NAME, SETTINGS, "markdown", read)
    assert [line for line in there.text.split("\n") if line.startswith("#")] == [
        "# The Matrix", "## A", "## B", "### C",
    ]  # fmt: skip


def test_an_index_of_a_directive_that_trope_markup_has_no_property_for_is_refused(read):
    text = "T\n=\n\n.. trope:: Film/TheMatrix\n   :document:\n   :indexes: B\n\nx\n"
    with pytest.raises(Refusal, match=r"would lose .* index Main/B"):
        to_trope(text, NAME, SETTINGS, "rst", read)


def test_what_trope_markup_can_not_say_is_refused(read):
    with pytest.raises(Refusal, match="has no equivalent in trope markup"):
        to_trope("T\n=\n\n.. note::\n\n   x\n", NAME, SETTINGS, "rst", read)


@pytest.mark.parametrize("text", ["3. x\n#. y\n", "a. x\n", ".. code-block:: python\n\n   x\n"])
def test_what_would_be_lost_is_refused(read, text):
    with pytest.raises(Refusal, match="can't be said in trope markup"):
        to_trope(f"T\n=\n\n{text}", NAME, SETTINGS, "rst", read)


def test_a_redirect_is_refused(read):
    with pytest.raises(Refusal, match="only redirects"):
        from_trope("[[redirect:Other]]", NAME, SETTINGS, "rst", read)


PIECES = st.sampled_from(
    [
        "word", "Two words", "RedHerring", "{{Funny Animal}}s", "[[RedHerring a label]]", "Film/TheMatrix",
        "''em''", "'''st'''", "@@code@@", "[[spoiler:x]]", "[=*=]", "*", "_", "`", "|", "<b>", "\\", ":", "::",
        "http://example.org/a_b", "a@b.c", "&amp;", "$x$", "[x](y)", "1.", "-", "#", " ", " ", "\n", "\n\n",
        "\n\n* ", "\n* ", "\n** ", "\n# ", "\n\n-> ", "\n\n!", "\n\n!!", "\n\n||a||\n\n", "{", "}", "~~~", "```",
        "...", "...\n", "===\n", "%", "é", ":term: x", "[1]_", "|x|", "(a) ", "A. ", "x::\n\n", "<http://x>",
        "\n\n[[folder:x]]\n\n", "\n\n[[/folder]]\n\n", "[@\nx\n@]", "'", '"', "''", "]]", "[[",
    ]
)  # fmt: skip


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(PIECES, max_size=8).map("".join), st.sampled_from(KINDS))
def test_any_page_says_the_same_or_is_refused(read, text, kind):
    try:
        there = from_trope(text, NAME, SETTINGS, kind, read)
    except Refusal:
        return
    assert told(read(kind, there.text)) == said(text)
    try:
        back = to_trope(there.text, NAME, SETTINGS, kind, read)
    except Refusal:
        return
    assert said(back.text) == said(text)
