"""Bare WikiWords, ``Namespace/WikiWord``, and how not to link one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ..characters import ALPHANUMERIC, LOWER_CASE, NOT_UPPER_CASE, UPPER_CASE
from ..declaration import Atom
from ..making import make_text
from .links import link_to

if TYPE_CHECKING:
    from ..inline import InlineContext


# After the first letter: somewhere a letter or digit that is not upper-case before an upper-case
# letter (the first of such, or there is none), and somewhere a lower-case one, so that H2O and
# R2D2 stay text.
_HUMPS = (
    rf"(?=[{UPPER_CASE}]*+{NOT_UPPER_CASE}++[{UPPER_CASE}])"
    rf"(?=[\d{UPPER_CASE}]*+{LOWER_CASE}){ALPHANUMERIC}++(?!_)"
)
_WIKIWORD = f"[{UPPER_CASE}]{_HUMPS}"
_is_wikiword = re.compile(_WIKIWORD).fullmatch


def _word(match: re.Match[str], context: InlineContext) -> nodes.Node:
    return _link(match[0], context)


def _link(spelling: str, context: InlineContext) -> nodes.Node:
    spelled = context.settings.namespaces.spelled(spelling)
    assert spelled is not None  # it has letters
    return link_to(spelled, [make_text(spelled.words)], context.line, typed=spelling)


def _qualified(match: re.Match[str], context: InlineContext) -> list[nodes.Node]:
    """``Film/TheMatrix``; where the part before is no namespace, both parts for themselves."""
    before, separator, after = re.split(r"([/.])", match[0], maxsplit=1)
    namespaces = context.settings.namespaces
    if namespaces.find(before):
        return [_link(match[0], context)]
    first = _link(before, context) if _is_wikiword(before) else make_text(before)
    return [first, make_text(separator), _link(after, context)]


def _unlinked(match: re.Match[str], context: InlineContext) -> nodes.Node:
    return make_text(match[0][1:])


CONSTRUCTS = [
    Atom("unlinked", f"`{_WIKIWORD}", _unlinked, "`WikiWord is not a link"),
    Atom(
        "wikiword_qualified",
        rf"[{UPPER_CASE}]{ALPHANUMERIC}*+[/.]{_WIKIWORD}",
        _qualified,
        "Film/TheMatrix",
        not_after=r"[\w@]",
    ),
    Atom("wikiword", _WIKIWORD, _word, "GreenSkinnedSpaceBabe", not_after=r"[\w@]"),
]
