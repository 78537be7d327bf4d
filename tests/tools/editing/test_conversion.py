"""``sphinx-tropes convert``: the same, in another markup."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinxcontrib_tropes.markup import MarkupSettings
from sphinxcontrib_tropes.markup.page import page_section
from sphinxcontrib_tropes.names import PageName
from sphinxcontrib_tropes.reading.boxes import add_words
from sphinxcontrib_tropes.tools.editing.convert_files import ProjectSettings, sphinx_reader
from sphinxcontrib_tropes.tools.editing.convert_from_trope import convert_from_trope
from sphinxcontrib_tropes.tools.editing.convert_rst_markdown import convert_rst_markdown
from sphinxcontrib_tropes.tools.editing.convert_to_trope import convert_to_trope
from sphinxcontrib_tropes.tools.editing.document_comparison import content_of
from sphinxcontrib_tropes.tools.refusal import Refusal

NAME = PageName("Film", "TheMatrix")
SETTINGS = MarkupSettings()
KINDS = ("rst", "markdown")
PICTURES = """\
A |picture-1|: |picture-2|.

.. |picture-1| image:: pics/Ete_2.png
   :alt: cat_ *2*

.. |picture-2| image:: /b.png
   :alt: b.png

|picture-3|

.. |picture-3| image:: c.svg
   :alt: c"""


@pytest.fixture(scope="module")
def read():
    with sphinx_reader(ProjectSettings(SETTINGS, "en")) as read:
        yield read


def said(text):
    section = page_section(text, NAME, SETTINGS, lambda line, sentence: None)
    add_words(section)
    return content_of(section)


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
        ("!A ''b''\n\nx", "A *b*\n-----\n\nx", "## A *b*\n\nx"),
        (
            "![[#a]]Part\n\nx",
            ":trope:`[[#a]]Part`\n-------------------\n\nx",
            "## {trope}`[[#a]]Part`\n\nx",
        ),
        ("x\n----\ny", "x\n\n----\n\ny", "x\n\n----\n\ny"),
        (
            "As [[math:x_{[i]} \\cdot y]] is",
            "As :math:`x_{[i]} \\cdot y` is",
            "As {math}`x_{[i]} \\cdot y` is",
        ),
        ("[[math]]\na \\\\\n\nb\n[[/math]]", ".. math::\n\n   a \\\\\n\n   b", "```{math}\na \\\\\n\nb\n```"),
        (
            "(:source lang=python:)\n[@\nx = ''\n\n  y\n@]",
            ".. code-block:: python\n\n   x = ''\n\n     y",
            "```python\nx = ''\n\n  y\n```",
        ),
        (
            "(:source lang=c++ linenum:)\n[@@]@]\n(:sourceend:)\n\nx",
            ".. code-block:: c++\n   :linenos:\n\n   [@@]@]\n\nx",
            "```{code-block} c++\n:linenos:\n\n[@@]@]\n```\n\nx",
        ),
        (
            "[[box:tip]]\na\n\n[[box:danger:It's ''2'' late]]\n* b\n[[/box]]\n[[/box]]",
            ".. tip::\n\n   a\n\n   .. admonition:: It's *2* late\n      :class: danger\n\n      * b",
            "````{tip}\na\n\n```{admonition} It's *2* late\n:class: danger\n\n* b\n```\n````",
        ),
        (
            "[[box::Note]]\na\n[[/box]]\n\n[[box:info]]\nb\n[[/box]]",
            ".. admonition:: Note\n\n   a\n\n.. admonition:: Info\n   :class: info\n\n   b",
            "```{admonition} Note\na\n```\n\n```{admonition} Info\n:class: info\n\nb\n```",
        ),
        ("[[box:seealso]]\nRedHerring\n[[/box]]", ".. seealso::\n\n   :trope:`Red Herring`", "```{seealso}\n{trope}`Red Herring`\n```"),
        (
            "A [[image:pics/Ete_2.png cat_ *2*]]: [[image:/b.png]].\n\n[[image:c.svg c]]",
            PICTURES,
            "A ![cat\\_ \\*2\\*](<pics/Ete_2.png>): ![b.png](</b.png>).\n\n![c](<c.svg>)",
        ),
        ("----\nx\n----\n----\n!y\n\nz\n----", "x\n\ny\n----\n\nz", "x\n\n## y\n\nz"),
    ],
)  # fmt: skip
def test_what_has_an_equivalent_becomes_it_and_comes_back(read, trope, rst, markdown):
    for kind, expected in zip(KINDS, (rst, markdown), strict=True):
        there = convert_from_trope(trope, NAME, SETTINGS, kind, read)
        assert (body(there, kind), there.kept) == (expected, 0)
        assert content_of(read(kind, there.text)) == said(trope)
        assert said(convert_to_trope(there.text, NAME, SETTINGS, kind, read).text) == said(trope)


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
        there = convert_from_trope(f"One.\n\n{trope}\n\nTwo.\n", NAME, SETTINGS, kind, read)
        assert there.kept == 1
        assert f"trope-markup{'::' if kind == 'rst' else '}'}" in there.text
        assert content_of(read(kind, there.text)) == said(f"One.\n\n{trope}\n\nTwo.\n")
        back = convert_to_trope(there.text, NAME, SETTINGS, kind, read)
        assert trope in back.text


def test_a_picture_with_a_width_becomes_one_in_restructuredtext(read):
    trope = 'A [[image:40:"my cat.png" cat]].'
    there = convert_from_trope(trope, NAME, SETTINGS, "rst", read)
    assert body(there, "rst") == (
        "A |picture-1|.\n\n.. |picture-1| image:: my\\ cat.png\n   :alt: cat\n   :width: 40"
    )
    assert convert_to_trope(there.text, NAME, SETTINGS, "rst", read).text == trope + "\n"
    assert convert_from_trope(trope, NAME, SETTINGS, "markdown", read).kept == 1
    # MyST writes other letters as %C3%89
    assert convert_from_trope("[[image:É.png É]]", NAME, SETTINGS, "markdown", read).kept == 1


@pytest.mark.parametrize(
    ("kind", "text", "trope"),
    [
        ("rst", ".. image:: a.png\n   :width: 40px", "[[image:40:a.png]]"),
        (
            "rst",
            ".. image:: /my\\ cat.png\n   :alt: RedHerring",
            '[[image:"/my cat.png" [=RedHerring=]]]',
        ),
        ("rst", ".. math:: a\n\n   b", "[[math]]\na\n\nb\n[[/math]]"),
        ("rst", ".. hint:: a", "[[box:hint]]\na\n[[/box]]"),
        ("rst", ".. code:: python\n\n   x", "(:source lang=python:)\n[@\nx\n@]"),
        ("markdown", "![a cat](b.png)", "[[image:b.png a cat]]"),
        ("markdown", "```{danger}\na\n```", "[[box:danger]]\na\n[[/box]]"),
    ],
)
def test_what_others_write_becomes_trope_markup(read, kind, text, trope):
    title = "The Matrix\n==========\n\n" if kind == "rst" else "# The Matrix\n\n"
    back = convert_to_trope(f"{title}{text}\n", NAME, SETTINGS, kind, read)
    assert back.text == f"{trope}\n"


@pytest.mark.parametrize(
    "text",
    [
        ".. image:: a.png\n   :align: right",
        ".. image:: a.png\n   :width: 50%",
        ".. math::\n   :label: a\n\n   b",
        ".. note::\n   :class: odd\n\n   b",
        ".. admonition:: a\n   :class: b c\n\n   d",
    ],
)
def test_options_without_an_equivalent_are_told(read, text):
    with pytest.raises(Refusal):
        convert_to_trope(f"The Matrix\n==========\n\n{text}\n", NAME, SETTINGS, "rst", read)


def test_what_the_page_says_of_itself_is_kept(read):
    trope = "(:title The first one:)\n(:alias A, B:)\n(:laconic A film.:)\n\nx\n"
    for kind in KINDS:
        there = convert_from_trope(trope, NAME, SETTINGS, kind, read)
        assert ":aliases: A, B" in there.text
        back = convert_to_trope(there.text, NAME, SETTINGS, kind, read).text
        assert back == "(:title The first one:)\n(:alias A, B:)\n(:laconic A film.:)\n\nx\n"


@pytest.mark.parametrize(
    "typed",
    [
        "(:laconic He [[spoiler:is the killer]] [[note]]so they say[[/note]] of ''Dracula''.:)",
        "(:Laconic ''Dracula'' of 1931 #1: a film:)",
        "(:description [=''not so''=] it says:)\n(:summary ÄÖ [[note]]1[[/note]]:)",
        "(:laconic Plain.:)\n(:summary Other words, which nothing shows.:)",
        '(:laconic #1 of \'em: "A":)',
        "(:comment Ask O'Neill [=:)=] about ''that'':)",
        "(:alias B, ???:)\n(:namespace Nöwhere:)\n(:title A:)(:title O'B 2:)",
        "%% Ask O'Neill\n\na\n%% in between\nb\n* c %% at the end\n\n(:if auth edit:)",
        "(:comment first:)(:laconic a [[spoiler:b]]:)(:keywords x, y:)(:comment last:)",
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_no_word_of_a_property_is_lost(read, typed, kind):
    there = convert_from_trope(f"{typed}\n\nx\n", NAME, SETTINGS, kind, read)
    back = convert_to_trope(there.text, NAME, SETTINGS, kind, read)
    for line in filter(str.strip, typed.replace(")(:", ")\n(:").splitlines()):
        words = line.partition(" ")[2].removesuffix(":)") or line
        assert words in there.text
        assert words in back.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("T\n====\n\nx\n\n.. Ask O'Neill\n   about [[that]]\n\ny\n", "rst"),
        ("# T\n\nx\n\n% Ask O'Neill\n% about [[that]]\n\ny\n", "markdown"),
    ],
)
def test_comments_are_taken_along(read, text, kind):
    to = "rst" if kind == "markdown" else "markdown"
    trope = convert_to_trope(text, NAME, SETTINGS, kind, read).text
    assert "x\n\n(:comment Ask O'Neill:)\n(:comment about [[that]]:)\n\ny\n" in trope
    there = convert_rst_markdown(text, NAME, SETTINGS, kind, to, read).text
    assert convert_rst_markdown(there, NAME, SETTINGS, to, kind, read).text.split() == (
        text.replace(".. Ask", "..\n   Ask").split()
    )


@pytest.mark.parametrize("kind", ["rst", "markdown"])
def test_what_a_page_is_excluded_from_is_kept_both_ways(read, kind):
    page = "(:exclude Search  backlinks:)\n\nx\n"
    there = convert_from_trope(page, NAME, SETTINGS, kind, read).text
    assert ":exclude: backlinks, search\n" in there
    assert "(:exclude" not in there
    back = convert_to_trope(there, NAME, SETTINGS, kind, read).text
    assert back == "(:exclude backlinks, search:)\n\nx\n"


def test_a_page_without_an_index_entry_is_excluded_from_the_index(read):
    options = "   :no-index-entry:\n   :exclude: graph\n"
    text = f"T\n=\n\n.. trope:: Film/TheMatrix\n   :document:\n{options}\nx\n"
    found = convert_to_trope(text, NAME, SETTINGS, "rst", read).text
    assert "(:exclude graph index:)\n" in found


def test_headings_go_down_one_level_at_a_time(read):
    there = convert_from_trope(
        "!!! A\n\nx\n\n! B\n\n!!! C\n\nx\n", NAME, SETTINGS, "markdown", read
    )
    assert [line for line in there.text.split("\n") if line.startswith("#")] == [
        "# The Matrix", "## A", "## B", "### C",
    ]  # fmt: skip


def test_an_index_of_a_directive_that_trope_markup_has_no_property_for_is_refused(read):
    text = "T\n=\n\n.. trope:: Film/TheMatrix\n   :document:\n   :indexes: B\n\nx\n"
    with pytest.raises(Refusal, match=r"would lose a fact .* index Main/B"):
        convert_to_trope(text, NAME, SETTINGS, "rst", read)


def test_what_trope_markup_can_not_say_is_refused(read):
    with pytest.raises(Refusal, match="has no equivalent in trope markup"):
        convert_to_trope("T\n=\n\n.. topic:: y\n\n   x\n", NAME, SETTINGS, "rst", read)


@pytest.mark.parametrize("text", ["3. x\n#. y\n", "a. x\n", ".. code-block:: no-such\n\n   x\n"])
def test_what_would_be_lost_is_refused(read, text):
    with pytest.raises(Refusal, match="trope markup can't express"):
        convert_to_trope(f"T\n=\n\n{text}", NAME, SETTINGS, "rst", read)


@pytest.mark.parametrize(
    ("body", "line", "sentence"),
    [
        ("x\n\n.. [1] z\n", 6, "footnote has no equivalent in trope markup"),
        ("x\n\ny :doc:`z`\n", 6, ":doc: has no equivalent in trope markup"),
        (".. trope-markup::\n\n   a\n   b\n\ny :doc:`z`\n", 9, ":doc: has no"),
        ("x\n\n3. x\n#. y\n", 6, "an enumerated list would change"),
    ],
)
def test_what_is_refused_is_named_with_its_line(read, body, line, sentence):
    with pytest.raises(Refusal, match=sentence) as refused:
        convert_to_trope(f"T\n=\n\n{body}", NAME, SETTINGS, "rst", read)
    assert refused.value.line == line


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_page_of_trope_markup_can_not_become_is_named_with_its_line(read, kind):
    with pytest.raises(Refusal, match="a heading has no equivalent in this place") as refused:
        convert_from_trope("x\n\n!A [[spoiler:`]]\n\ny\n", NAME, SETTINGS, kind, read)
    assert refused.value.line == 3


BOTH = [
    ("See :doc:`a/b` and :doc:`the *b* <a/b>`.", "See {doc}`a/b` and {doc}`the *b* <a/b>`."),
    (":ref:`x <y>` :term:`z`", "{ref}`x <y>` {term}`z`"),
    (":py:func:`~os.path.join`", "{py:func}`~os.path.join`"),
    (
        "H\\ :sub:`2`\\ O, :math:`x^2`, :file:`a`, :abbr:`A (b)`",
        "H{sub}`2`O, {math}`x^2`, {file}`a`, {abbr}`A (b)`",
    ),
    (":trope:`x <RedHerring>` *y* ``z``", "{trope}`x <RedHerring>` *y* `z`"),
    ("Part\n----\n\nx", "## Part\n\nx"),
    (
        ".. trope:: RedHerring\n   :aliases: A, B\n\n   Says ''what''.",
        "```{trope} RedHerring\n:aliases: A, B\n\nSays ''what''.\n```",
    ),
    (".. trope-markup::\n\n   ''x''\n\ny", "```{trope-markup}\n''x''\n```\n\ny"),
]


@pytest.mark.parametrize(("rst", "markdown"), BOTH)
def test_roles_that_both_know_stay_on_the_way_to_the_other(read, rst, markdown):
    rst, markdown = (
        f":orphan:\n\nTitle\n=====\n\n{rst}\n",
        f"---\norphan: true\n---\n\n# Title\n\n{markdown}\n",
    )
    assert convert_rst_markdown(rst, NAME, SETTINGS, "rst", "markdown", read).text == markdown
    assert convert_rst_markdown(markdown, NAME, SETTINGS, "markdown", "rst", read).text == rst


def test_a_document_that_is_no_page_becomes_none(read):
    assert (
        "trope"
        not in convert_rst_markdown("T\n=\n\nx\n", NAME, SETTINGS, "rst", "markdown", read).text
    )


@pytest.mark.parametrize("text", [".. topic:: y\n\n   x\n", ".. [1] x\n"])
def test_what_the_writer_does_not_know_is_refused(read, text):
    with pytest.raises(Refusal, match="has no equivalent in markdown") as refused:
        convert_rst_markdown(f"T\n=\n\nx\n\n{text}", NAME, SETTINGS, "rst", "markdown", read)
    assert refused.value.line >= 6


def test_a_redirect_is_refused(read):
    with pytest.raises(Refusal, match="only a redirect"):
        convert_from_trope("[[redirect:Other]]", NAME, SETTINGS, "rst", read)


PIECES = st.sampled_from(
    [
        "word", "Two words", "RedHerring", "{{Funny Animal}}s", "[[RedHerring a label]]", "Film/TheMatrix",
        "''em''", "'''st'''", "@@code@@", "[[spoiler:x]]", "[=*=]", "*", "_", "`", "|", "<b>", "\\", ":", "::",
        "http://example.org/a_b", "a@b.c", "&amp;", "$x$", "[x](y)", "1.", "-", "#", " ", " ", "\n", "\n\n",
        "\n\n* ", "\n* ", "\n** ", "\n# ", "\n\n-> ", "\n\n!", "\n\n!!", "\n\n||a||\n\n", "{", "}", "~~~", "```",
        "...", "...\n", "===\n", "%", "é", ":term: x", "[1]_", "|x|", "(a) ", "A. ", "x::\n\n", "<http://x>",
        "\n\n[[folder:x]]\n\n", "\n\n[[/folder]]\n\n", "[@\nx\n@]", "'", '"', "''", "]]", "[[",
        "[[math:x^2]]", "[[math:[0,1)]]", "[[image:a.png b]]", '[[image:9:"a b.png"]]', "[[RedHerring|+]]", "[[<<]]",
        "\n\n[[math]]\nx\n\ny\n[[/math]]\n\n", "\n\n[[box:note]]\n", "\n\n[[box:tip:Title]]\n", "\n\n[[box:x]]\n",
        "\n[[/box]]\n", "(:source lang=c:)\n", "\n(:sourceend:)\n", "\n====\n", "\n:a:b\n", "\n: :c\n", "%red%", "%%",
        "%newwin%", "&lt;", "&#42;", "\n(:table:)\n", "\n(:cell:)", "\n(:tableend:)\n", "\n(:div:)\n", "\n(:divend:)\n",
    ]
)  # fmt: skip


@settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(PIECES, max_size=8).map("".join), st.sampled_from(KINDS))
def test_any_page_says_the_same_or_is_refused(read, text, kind):
    try:
        there = convert_from_trope(text, NAME, SETTINGS, kind, read)
    except Refusal:
        return
    assert content_of(read(kind, there.text)) == said(text)
    try:
        back = convert_to_trope(there.text, NAME, SETTINGS, kind, read)
    except Refusal:
        return
    assert said(back.text) == said(text)
