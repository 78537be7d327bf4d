"""Offsets and columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position

from sphinxcontrib_tropes.tools.lsp.positions import ENCODINGS, Positions

TEXT = "a🎭b é\r\nщ\rlast\u2028same\n"


@pytest.mark.parametrize(
    ("encoding", "columns"), [("utf-8", 5), ("utf-16", 3), ("utf-32", 2)], ids=ENCODINGS[::-1]
)
def test_columns_are_counted_as_the_client_counts(encoding, columns):
    positions = Positions(TEXT, encoding)
    assert positions.position(TEXT.index("b")) == Position(0, columns)
    assert positions.offset(Position(0, columns)) == TEXT.index("b")


def test_lines_end_where_editors_end_them_and_nowhere_else():
    positions = Positions(TEXT)
    assert positions.lines == 4
    assert positions.position(TEXT.index("same")).line == 2
    assert TEXT[slice(*positions.span_of_line(0))] == "a🎭b é"


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=st.text("a é🎭\r\n\u2028щ"), at=st.integers(0, 30))
def test_every_offset_but_those_in_line_ends_comes_back(encoding, text, at):
    at = min(at, len(text))
    if text[at - 1 : at + 1] == "\r\n":
        at += 1
    positions = Positions(text, encoding)
    assert positions.offset(positions.position(at)) == at


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=st.text("a é🎭\r\n"), line=st.integers(0, 9), character=st.integers(0, 99))
def test_a_position_that_is_nowhere_is_moved_to_where_there_is_text(
    encoding, text, line, character
):
    assert 0 <= Positions(text, encoding).offset(Position(line, character)) <= len(text)


def test_half_a_character_is_the_character():
    assert Positions("🎭x").offset(Position(0, 1)) == 0
