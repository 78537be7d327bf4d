"""The dialect: which construct begins where, and constructs left out."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from docutils import nodes

import sphinxcontrib_tropes.markup
from sphinxcontrib_tropes.markup.blocks import BlockReader
from sphinxcontrib_tropes.markup.constructs import links
from sphinxcontrib_tropes.markup.declaration import Block, Construct
from sphinxcontrib_tropes.markup.dialect import DIALECT, Dialect
from sphinxcontrib_tropes.markup.escapes import Escapes
from sphinxcontrib_tropes.markup.settings import MarkupSettings

from .spec_reader import read_spec

MARKUP = Path(sphinxcontrib_tropes.markup.__file__).parent
BELOW = sorted({*MARKUP.glob("*.py")} - {MARKUP / "dialect.py"})


def read(text: str, dialect: Dialect = DIALECT) -> nodes.section:
    section = nodes.section()
    reader = BlockReader(
        section,
        dialect,
        MarkupSettings(),
        lambda line, sentence: None,
        with_sections=True,
        used_ids=set(),
    )
    reader.read(text)
    return section


@pytest.mark.parametrize("construct", DIALECT.constructs, ids=lambda construct: construct.name)
def test_any_construct_can_be_left_out(construct: Construct) -> None:
    dialect = DIALECT.without(construct.name)
    assert construct not in dialect.constructs
    assert len(dialect.constructs) == len(DIALECT.constructs) - 1
    read(construct.example, dialect)


@pytest.mark.parametrize(
    ("name", "text"), [("braces", "{{Funny Animal}}"), ("table", "||a||"), ("emphasis", "''a''")]
)
def test_markup_that_is_left_out_is_text(name: str, text: str) -> None:
    assert read(text, DIALECT.without(name)).astext() == text
    assert read(text).astext() != text


@pytest.mark.parametrize("block", DIALECT.blocks, ids=lambda block: block.name)
def test_a_block_is_found_by_its_first_character(block: Block) -> None:
    head = block.example.splitlines()[0]
    assert DIALECT.block_of(head)[1] is not None or block.name in ("preformatted", "underline")


def test_no_block_begins_at_an_empty_line() -> None:
    assert DIALECT.block_of("") == (None, None)


def test_every_construct_has_an_example_in_the_reference() -> None:
    found = set()
    for example in read_spec():
        for line in example.input.splitlines():
            _match, block = DIALECT.block_of(line)
            if block is not None:
                found.add(block.name)
        tokens = DIALECT.scanner(wikiwords=True).tokens(Escapes(example.input).text)
        found.update(name for _start, _end, name, _match in tokens)
    lacking = {construct.name for construct in DIALECT.constructs} - found
    # the reader finds these by the lines around them
    assert lacking == {"preformatted", "box_unbalanced"}


def test_warnings_know_each_word_that_begins_markup() -> None:
    known = {*links._WITH_COLON, *links._MARKS}
    for construct in DIALECT.constructs:
        for word in re.findall(r"\[\[([A-Za-z-]+):", construct.example):
            assert word in known or construct.name == "colored", construct.name


@pytest.mark.parametrize("path", BELOW, ids=lambda path: path.stem)
def test_only_the_dialect_imports_the_list_of_constructs(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [module for module in modules if module.startswith("constructs")]
