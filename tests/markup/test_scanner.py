"""What texts do not hold may be left out of their pattern: that changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from sphinxcontrib_tropes.markup.constructs import INLINE
from sphinxcontrib_tropes.markup.declaration import Atom, Runs, Span
from sphinxcontrib_tropes.markup.scanner import Scanner, scanner

from .test_properties import ANYTHING, tries

WHOLE = Scanner([replace(construct, needs="") for construct in INLINE])
RARE = [construct for construct in INLINE if construct.needs]


@tries(300)
@given(ANYTHING)
def test_a_pattern_without_what_a_text_lacks_finds_the_same(text: str) -> None:
    assert list(scanner(wikiwords=True).tokens(text)) == list(WHOLE.tokens(text))


@pytest.mark.parametrize("construct", RARE, ids=lambda construct: construct.name)
def test_a_construct_holds_what_it_says_it_needs(construct: Atom | Runs | Span) -> None:
    # escapes are taken out of a text before it is scanned
    assert construct.needs in construct.example or construct.name == "escaped"
    if isinstance(construct, Span):
        assert construct.closes == "]]" or construct.needs in construct.closes
    assert len(construct.needs) == 1 or construct.pattern.lstrip("[")[0].isalpha()


@pytest.mark.parametrize("construct", RARE, ids=lambda construct: construct.name)
def test_a_text_with_what_is_rare_has_a_look_at_each_part(construct: Atom | Runs | Span) -> None:
    assert scanner(wikiwords=True).patterns_for_parts("one two") is not None
    assert scanner(wikiwords=True).patterns_for_parts(f"one {construct.needs} two") is None
