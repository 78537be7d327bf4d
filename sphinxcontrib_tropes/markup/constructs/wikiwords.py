"""Bare WikiWords, ``Namespace/WikiWord``, and how not to link one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..characters import ALPHANUMERIC, LOWER_CASE, NOT_UPPER_CASE, UPPER_CASE
from ..declaration import Atom
from ..making import make_text
from ..nodes import make_link

if TYPE_CHECKING:
    from ..declaration import Made
    from ..inline import InlineContext
    from ..nodes import trope_link


# After the first letter: somewhere a letter or digit that is not upper-case before an upper-case
# letter (the first of such, or there is none), and somewhere a lower-case one, so that H2O and
# R2D2 stay text.
_HUMPS = (
    rf"(?=[{UPPER_CASE}]*+{NOT_UPPER_CASE}++[{UPPER_CASE}])"
    rf"(?=[\d{UPPER_CASE}]*+{LOWER_CASE}){ALPHANUMERIC}++(?!_)"
)
_WIKIWORD = f"[{UPPER_CASE}]{_HUMPS}"
_is_wikiword = re.compile(_WIKIWORD).fullmatch


def _word(match: re.Match[str], context: InlineContext) -> trope_link:
    return _link(match[0], context)


def _link(spelling: str, context: InlineContext) -> trope_link:
    spelled = context.spelled(spelling)
    assert spelled is not None  # it has letters
    name, section, words = spelled
    # where there can be no link, it is shown as typed
    return make_link([make_text(words)], spelling, context.line, name, section, False, "")


def _qualified(match: re.Match[str], context: InlineContext) -> Made:
    """``Film/TheMatrix``; where the part before is no namespace, both parts for themselves."""
    separator = "/" if "/" in match[0] else "."
    before, _, after = match[0].partition(separator)
    if context.settings.namespaces.find(before):
        return _link(match[0], context)
    first = _link(before, context) if _is_wikiword(before) else make_text(before)
    return [first, make_text(separator), _link(after, context)]


def _unlinked(match: re.Match[str], context: InlineContext) -> Made:
    return [make_text(match[0][1:])]


CONSTRUCTS = [
    Atom("unlinked", f"`{_WIKIWORD}", _unlinked, "`WikiWord is not a link", needs="`"),
    Atom(
        "wikiword_qualified",
        rf"[{UPPER_CASE}]{ALPHANUMERIC}*+[/.]{_WIKIWORD}",
        _qualified,
        "Film/TheMatrix",
        not_after=r"[\w@]",
    ),
    Atom("wikiword", _WIKIWORD, _word, "GreenSkinnedSpaceBabe", not_after=r"[\w@]"),
]
