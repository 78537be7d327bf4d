"""What the scanner leaves out for speed changes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcontrib_tropes.markup.declaration import Atom, Runs, Span
from sphinxcontrib_tropes.markup.dialect import DIALECT
from sphinxcontrib_tropes.markup.escapes import Escapes
from sphinxcontrib_tropes.markup.inline import InlineContext
from sphinxcontrib_tropes.markup.scanner import Pattern, Scanner
from sphinxcontrib_tropes.markup.settings import MarkupSettings

from .test_properties import ANYTHING, tries
from .test_properties import INLINE as INLINE_MARKS

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


class _Thorough(Scanner):
    """Pairs all marks, as if none were certain to nest."""

    def _closings(self, marks: Sequence[re.Match[str]], compiled: Pattern) -> None:
        return None


MARKS = [c.example.split()[-1] for c in DIALECT.inline if not isinstance(c, Atom)]
NESTED = st.lists(st.sampled_from([*INLINE_MARKS, *MARKS, " ", "a"]), max_size=16).map("".join)


@tries(600)
@given(NESTED | ANYTHING)
def test_marks_that_are_certain_to_nest_become_what_all_become(text: str) -> None:
    escapes = Escapes(text)

    def seen(scanner: Scanner) -> object:
        context = InlineContext(DIALECT, MarkupSettings(), escapes, lambda *report: None)
        found = scanner.scan(escapes.text, 1, context)
        return [node.pformat() for node in found if len(node)]

    assert seen(SCANNER) == seen(_Thorough(DIALECT.inline))
