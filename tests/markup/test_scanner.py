"""What the scanner leaves out for speed changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from sphinxcontrib_tropes.markup.declaration import Atom, Runs, Span
from sphinxcontrib_tropes.markup.dialect import DIALECT
from sphinxcontrib_tropes.markup.scanner import Scanner

from .test_properties import ANYTHING, tries

SCANNER = DIALECT.scanner(wikiwords=True)
WHOLE = Scanner([replace(construct, needs="") for construct in DIALECT.inline])
RARE = [construct for construct in DIALECT.inline if construct.needs]


@tries(300)
@given(ANYTHING)
def test_a_pattern_without_what_a_text_lacks_finds_the_same(text: str) -> None:
    assert list(SCANNER.tokens(text)) == list(WHOLE.tokens(text))


@pytest.mark.parametrize("construct", RARE, ids=lambda construct: construct.name)
def test_a_construct_holds_what_it_says_it_needs(construct: Atom | Runs | Span) -> None:
    # escapes are taken out of a text before it is scanned
    assert construct.needs in construct.example or construct.name == "escaped"
    if isinstance(construct, Span):
        assert construct.closes == "]]" or construct.needs in construct.closes
    assert len(construct.needs) == 1 or construct.pattern.lstrip("[")[0].isalpha()
