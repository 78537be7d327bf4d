"""The tree of a page as trope markup: what the parser reads of it is what the tree says."""

from __future__ import annotations

import unicodedata

from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxcontrib_tropes.markup import MarkupSettings, page_section
from sphinxcontrib_tropes.names import DEFAULT_NAMESPACES, Namespaces, PageName
from sphinxcontrib_tropes.tools.importing.escaping import CONTROLS
from sphinxcontrib_tropes.tools.importing.inline_writer import Origin
from sphinxcontrib_tropes.tools.importing.link_index import LinkIndex
from sphinxcontrib_tropes.tools.importing.markup_writer import written
from sphinxcontrib_tropes.tools.importing.remarks import Remarks
from sphinxcontrib_tropes.tools.importing.tree import (
    Break,
    Callout,
    Cell,
    Code,
    CodeBlock,
    DefinitionList,
    Document,
    Heading,
    Link,
    List,
    Note,
    Paragraph,
    Quotation,
    Rule,
    Spoiler,
    Styled,
    Table,
    Text,
    WebLink,
    text_of,
)  # fmt: skip

NAMES = Namespaces(DEFAULT_NAMESPACES)
SETTINGS = MarkupSettings(NAMES, wikiwords=False)
HERE = PageName("Main", "Here")


def markup(*blocks):
    origin = Origin("none", "Here", LinkIndex({}, NAMES, {}), lambda target: "", Remarks())
    head, body = written(Document(blocks), origin, "Here")
    return "\n".join([*head, body])


def read(*blocks):
    """The section that the parser makes of *blocks* as written, and its warnings."""
    warnings = []
    section = page_section(
        markup(*blocks), HERE, SETTINGS, lambda line, sentence: warnings.append(sentence)
    )
    return section, warnings


def shown(node):
    """The text of *node*, also what is covered, without blanks."""
    return squeezed("".join(node.findall(nodes.Text)))


def squeezed(text):
    return "".join(text.split())


SPECIAL = st.text("'[]{}@%-+^_|\\~=<>:(&*!#;$/ abA1\n\u00e9\u65e5.\"", max_size=12)
TEXTS = st.one_of(SPECIAL, st.text(max_size=12))


SEEN = settings(max_examples=100, deadline=None)


def expected(part):
    """The text of *part* as a document can hold it, without blanks."""
    return squeezed(unicodedata.normalize("NFC", CONTROLS.sub("\ufffd", text_of(part))))


@SEEN
@given(TEXTS.filter(str.strip))
def test_any_text_is_text(text):
    section, warnings = read(Paragraph((Text(text),)))
    assert squeezed(section.astext().removeprefix("Here")) == expected(Text(text))
    assert warnings == []
    assert {node.tagname for node in section.findall(nodes.Element)} <= {
        "section", "title", "trope_page", "paragraph", "reference",
    }  # fmt: skip


WORDS = st.tuples(TEXTS, st.sampled_from("aA1\u00e9\u65e5"), TEXTS).map("".join)
STYLES = ["emphasis", "strong", "strike", "insert", "superscript", "subscript", "small", "big"]


def with_words(parts):
    children, words = parts
    return (*children, words)


def inside(children):
    many = st.tuples(st.lists(children, max_size=3), WORDS.map(Text)).map(with_words)
    labels = st.tuples(many, WORDS.map(Text)).map(with_words)
    return st.one_of(
        st.builds(Styled, st.sampled_from(STYLES), many),
        st.builds(Spoiler, many),
        st.builds(WebLink, st.just("https://www.example.org/a_(b)"), labels),
        st.builds(Link, st.just("Some Page"), labels),
        many.map(lambda inner: Note((Paragraph(inner),))),
    )


INLINE = st.recursive(
    st.one_of(WORDS.map(Text), WORDS.map(Code), st.just(Break())), inside, max_leaves=12
)
LINES = st.tuples(st.lists(INLINE, max_size=5), WORDS.map(Text)).map(with_words)


@SEEN
@given(LINES)
def test_any_inline_markup_keeps_its_text(children):
    section, warnings = read(Paragraph(children))
    assert shown(section) == f"Here{expected(children)}"
    assert warnings == []


@SEEN
@given(LINES)
def test_nothing_in_a_spoiler_leaves_it(children):
    section, _ = read(Paragraph((Text("before "), Spoiler((Text("x"), *children)), Text(" after"))))
    spoiler = next(node for node in section.findall() if node.__class__.__name__ == "trope_spoiler")
    assert shown(spoiler) == "x" + expected(children)


def in_blocks(children):
    blocks = st.lists(children, min_size=1, max_size=3).map(tuple)
    items = st.lists(blocks, min_size=1, max_size=3).map(tuple)
    cells = st.builds(
        Cell,
        blocks,
        st.booleans(),
        st.integers(1, 2),
        st.integers(1, 2),
        st.sampled_from(["", "right"]),
    )
    rows = st.lists(st.lists(cells, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3)
    return st.one_of(
        st.builds(List, items, st.booleans()),
        st.builds(Quotation, blocks),
        st.builds(
            DefinitionList, st.lists(st.tuples(LINES, blocks), min_size=1, max_size=3).map(tuple)
        ),
        st.builds(Callout, st.sampled_from(["note", "odd one", ""]), LINES, blocks, st.booleans()),
        st.builds(Table, rows.map(tuple)),
    )


BLOCK = st.recursive(
    st.one_of(
        LINES.map(Paragraph),
        st.builds(Heading, st.integers(1, 6), LINES),
        WORDS.map(CodeBlock),
        st.just(Rule()),
    ),
    in_blocks,
    max_leaves=10,
)


@SEEN
@given(st.lists(BLOCK, min_size=1, max_size=4).map(tuple))
def test_any_blocks_keep_their_text_and_are_read_without_a_warning(blocks):
    section, warnings = read(*blocks)
    words = shown(section).removeprefix("Here").replace("\u2022", "").replace("\u2014", "")
    letters = [char for char in expected(blocks) if char.isalnum()]
    assert [char for char in words if char.isalnum()] == letters
    assert warnings == []


def test_markup_that_begins_in_one_text_and_ends_in_the_next_is_text():
    section, warnings = read(Paragraph((Text("a["), Text("=b"), Text("'"), Text("'"), Text("c"))))
    assert shown(section) == "Herea[=b''c"
    assert warnings == []


def test_a_quotation_keeps_its_line_breaks():
    verse = (Text("Slack water"), Break(), Text("* at four"), Break(), Text("-- of the clock"))
    for blocks in (
        (Quotation((Paragraph(verse),)),),
        (List(((Quotation((Paragraph(verse),)),),)),),
    ):
        section, warnings = read(*blocks)
        (quotation,) = section.findall(nodes.block_quote)
        (paragraph,) = quotation.findall(nodes.paragraph)
        assert shown(paragraph) == "Slackwater*atfour--oftheclock"
        assert sum(node.tagname == "trope_line_break" for node in paragraph) == 2
        assert warnings == []


def test_a_list_in_a_definition_is_a_list():
    for is_ordered in (False, True):
        inner = List(((Paragraph((Text("one"),)),), (Paragraph((Text("two"),)),)), is_ordered)
        outer = DefinitionList((((Text("Term"),), (Paragraph((Text("said"),)), inner)),))
        for blocks in ((outer,), (List(((Paragraph((Text("item"),)), outer),), True),)):
            section, warnings = read(*blocks)
            (definition,) = section.findall(nodes.definition)
            assert [item.astext() for item in definition.findall(nodes.list_item)] == ["one", "two"]
            assert bool(list(definition.findall(nodes.enumerated_list))) == is_ordered
            assert warnings == []


def test_a_quotation_in_a_quotation_keeps_its_links_and_styles_around_a_list():
    link = WebLink("https://www.example.org/")
    inner = DefinitionList((((Text("Term"),), (Paragraph((link,)),)),))
    section, warnings = read(Quotation((Quotation((Paragraph((Text("a"),)), inner)),)))
    (reference,) = section.findall(nodes.reference)
    assert reference["refuri"] == "https://www.example.org/"
    assert "Term: " in section.astext()
    assert warnings == []


def test_nesting_without_end_is_text():
    inner = (Paragraph((Text("deep"),)),)
    for kind in (Quotation, lambda b: List((b,)), lambda b: Callout("note", (), b)):
        blocks = inner
        for _ in range(300):
            blocks = (kind(blocks),)
        section, _ = read(*blocks)
        assert "deep" in section.astext()
