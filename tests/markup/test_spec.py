"""The examples of the markup's reference, one test for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from sphinxcontrib_tropes.markup import MarkupSettings, page_section
from sphinxcontrib_tropes.markup.dialect import DIALECT
from sphinxcontrib_tropes.names import MAIN, Namespaces, PageName

from .spec_reader import Report, read_spec, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sphinxcontrib_tropes.markup.declaration import Construct

    from .spec_reader import Example

EXAMPLES = read_spec()
SETTINGS = MarkupSettings()
TITLE_AND_PAGE = 2  # the first children of a page's section

# docutils 0.22 writes 0 and 1
_BOOLEAN = re.compile(r'="(False|True)"')


def parsed(
    text: str, settings: MarkupSettings = SETTINGS, *, with_page: bool = False
) -> tuple[str, tuple[Report, ...]]:
    """The nodes that *text* becomes, and the reports."""
    reports: list[Report] = []
    section = page_section(
        text,
        PageName(MAIN, "ThisPage"),
        settings,
        lambda line, sentence: reports.append(Report(line, sentence)),
    )
    children = section.children if with_page else section.children[TITLE_AND_PAGE:]
    return pseudo_xml(children), tuple(reports)


def pseudo_xml(children: Iterable[nodes.Node]) -> str:
    """*children* as docutils shows them, but for what it shows differently from case to case or
    not at all: neighbouring texts are one, and a line end at either end of a text is a blank.
    """
    shown = []
    for child in children:
        if isinstance(child, nodes.Element):
            _tidy(child)
        shown.append(child.pformat())
    return _BOOLEAN.sub(lambda match: f'="{int(match[1] == "True")}"', "".join(shown))


def _tidy(element: nodes.Element) -> None:
    children: list[nodes.Node] = []
    for child in element.children:
        if isinstance(child, nodes.Element):
            _tidy(child)
        elif children and isinstance(children[-1], nodes.Text):
            child = nodes.Text(children.pop().astext() + child.astext())  # noqa: PLW2901
        children.append(child)
    if not isinstance(element, nodes.literal_block):
        children = [_without_line_ends(c) if isinstance(c, nodes.Text) else c for c in children]
    element.children = []
    element.extend(children)


def _without_line_ends(text: nodes.Text) -> nodes.Text:
    return nodes.Text(re.sub(r"\A\n|\n\Z", " ", text.astext()))


def names_of(examples: Sequence[Example]) -> list[str]:
    return [f"{example.number}-{example.file.stem}-{example.section}" for example in examples]


def shown_reports(reports: Iterable[Report]) -> str:
    return "".join(f"<!-- reports: {line}: {sentence} -->\n" for line, sentence in reports)


# -- the examples


@pytest.mark.parametrize("example", EXAMPLES, ids=names_of(EXAMPLES))
def test_an_example_becomes_what_the_reference_says(example: Example) -> None:
    xml, reports = parsed(example.input, with_page=example.shows_page)
    actual = shown_reports(reports) + visible(xml).rstrip("\n")
    expected = shown_reports(example.reports) + example.expected
    if actual != expected:
        message = (
            f"example {example.number}, {example.file}:{example.line}\n\n"
            f"input:\n{visible(example.input)}\n\n"
            f"expected:\n{expected}\n\nactual:\n{actual}"
        )
        pytest.fail(message, pytrace=False)


@pytest.mark.parametrize("example", EXAMPLES, ids=names_of(EXAMPLES))
def test_an_example_means_the_same_from_every_editor(example: Example) -> None:
    plain = parsed(example.input)
    windows = example.input.replace("\n", "\r\n")
    assert parsed(f"\ufeff{windows}\r\n") == plain
    assert parsed(f"{example.input}\n\n") == plain


def test_examples_can_be_told_apart() -> None:
    found = [(example.file, example.section, example.input) for example in EXAMPLES]
    assert len(found) == len(set(found))


def test_an_example_that_is_not_closed_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{'`' * 32} example\none\n.\n<paragraph>\n")
    with pytest.raises(ValueError, match=r"a\.md:1: the example has no line '`+'"):
        read_spec(tmp_path)


def test_a_report_of_no_example_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("<!-- reports: 1: one -->\n\ntext\n")
    with pytest.raises(ValueError, match=r"a\.md:2: an example must follow"):
        read_spec(tmp_path)


# -- what files of examples can't show


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("one\x00two", "one\ufffdtwo"),
        ("one\x0btwo", "one\ufffdtwo"),
        ("Cafe\u0301", "Caf\xe9"),
        ("one\rtwo", "one\n    two"),
        ("one\x0ctwo", "one two"),
        ("one\n\x0c\x0ctwo\n\x0c", "one\n    two"),
        ("\ufdd00\ufdd1", "\ufdd00\ufdd1"),
    ],
)
def test_characters_that_no_page_should_hold_do_no_harm(typed: str, shown: str) -> None:
    assert parsed(typed) == (f"<paragraph>\n    {shown}\n", ())


def test_a_wiki_may_link_no_wikiwords() -> None:
    settings = MarkupSettings(wikiwords=False)
    assert parsed("FunnyAnimal", settings)[0] == "<paragraph>\n    FunnyAnimal\n"
    assert "<trope_link" in parsed("{{Funny Animal}}", settings)[0]
    assert "<trope_link" in parsed("[[FunnyAnimal label]]", settings)[0]


def test_a_page_may_link_wikiwords_where_the_wiki_does_not() -> None:
    settings = MarkupSettings(wikiwords=False)
    assert "<trope_link" in parsed("(:linkwikiwords:)\nFunnyAnimal", settings)[0]


def test_the_namespaces_are_those_of_the_wiki() -> None:
    settings = MarkupSettings(namespaces=Namespaces({"Book": "Books"}))
    assert 'target="Book/WarAndPeace"' in parsed("Book/WarAndPeace", settings)[0]
    assert 'target="Main/TheMatrix"' in parsed("Film/TheMatrix", settings)[0]


# -- the declarations

CONSTRUCTS = DIALECT.constructs
# A closing mark alone closes nothing; markup that is not closed, or is kept as typed, is text.
DECLARED = [c for c in CONSTRUCTS if not c.name.endswith(("_end", "_unclosed", "_typed"))]


@pytest.mark.parametrize("construct", DECLARED, ids=lambda construct: construct.name)
def test_a_construct_reads_its_own_example(construct: Construct) -> None:
    xml, reports = parsed(construct.example, with_page=True)
    plain, _ = parsed(f"[={construct.example}=]", with_page=True)
    assert xml != plain
    assert reports == ()


def test_constructs_have_names_of_their_own() -> None:
    names = [construct.name for construct in CONSTRUCTS]
    assert len(names) == len(set(names))
