"""Bare WikiWords, ``Namespace/WikiWord``, and ways not to link them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...internals.docutils.fast_nodes import make_text
from ..characters import ALPHANUMERIC, LOWER_CASE, NOT_BEFORE, NOT_UPPER_CASE, UPPER_CASE
from ..declaration import Atom
from ..nodes import make_link

if TYPE_CHECKING:
    from ..declaration import Made
    from ..inline import InlineContext
    from ..nodes import trope_link


# After the first letter: a letter or digit that is not upper-case right before an upper-case letter (of
# the first such run, or there is none); and a lower-case letter, so that H2O and R2D2 stay text.
_HUMPS = (
    rf"(?=[{UPPER_CASE}]*+{NOT_UPPER_CASE}++[{UPPER_CASE}])"
    rf"(?=[\d{UPPER_CASE}]*+{LOWER_CASE}){ALPHANUMERIC}++(?!_)"
)
_WIKIWORD = f"[{UPPER_CASE}]{_HUMPS}"
# Neither the name of a file nor part of an e-mail address.
_LINKED = rf"{_WIKIWORD}(?!\.[a-z][a-z0-9]{{1,4}}(?!\w)|[\w.+\-]{{0,64}}+@\w)"
_is_wikiword = re.compile(_WIKIWORD).fullmatch


# Characters that join a WikiWord to an address or path before it, and what those look like.
_JOINS = frozenset("/.-~=?&%+:\\")
_LONGEST_BEFORE = 100
_BREAK = re.compile(r".*[\s\[\](){}<>\"'|,;]", re.DOTALL)
_ADDRESS = re.compile(
    r"[\w.+\-]*@"  # of e-mail
    r"|www\."
    r"|[\w\-]+(?:\.[\w\-]+)*\.[a-z]{2,}(?::[0-9]+)?/"  # example.org/
    r"|[A-Za-z][A-Za-z0-9+.\-]*://"
    r"|(?:~|\.{1,2}|[A-Za-z]:)?[/\\]"  # the root of a path
    r"|(?:[a-z0-9_.\-]+[/\\]){2}"
)


def _is_in_address(match: re.Match[str]) -> bool:
    """Whether the text right before the match makes it part of an address or path."""
    start = match.start()
    before = match.string[max(0, start - _LONGEST_BEFORE) : start]
    cut = _BREAK.match(before)
    return _ADDRESS.match(before, cut.end() if cut else 0) is not None


def _word(match: re.Match[str], context: InlineContext) -> Made:
    start = match.start()
    if start and match.string[start - 1] in _JOINS and _is_in_address(match):
        return [make_text(match[0])]
    return _link(match[0], context)


def _link(spelling: str, context: InlineContext) -> trope_link:
    spelled = context.spelled(spelling)
    assert spelled is not None  # it has letters
    name, section, words = spelled
    # if no link is possible, shown as typed
    return make_link([make_text(words)], spelling, context.line, name, section, False, "")


def _qualified(match: re.Match[str], context: InlineContext) -> Made:
    """``Film/TheMatrix``; if the first part is not a namespace, each part is read separately."""
    if _is_in_address(match):
        return [make_text(match[0])]
    separator = "/" if "/" in match[0] else "."
    before, _, after = match[0].partition(separator)
    if context.settings.namespaces.find(before):
        return _link(match[0], context)
    first = _link(before, context) if _is_wikiword(before) else make_text(before)
    return [first, make_text(separator), _link(after, context)]


def _unlinked(match: re.Match[str], context: InlineContext) -> Made:
    return [make_text(match[0][1:])]


def _as_typed(match: re.Match[str], context: InlineContext) -> Made:
    """Words between backticks, which mark code in other wikis, are not links."""
    return context.as_typed(match)


CONSTRUCTS = [
    Atom(
        "backticks_typed",
        r"`(?P<backticks_typed_text>[^`\s\[\]{}'](?:[^`\n\[\]{}']{0,200}[^`\s\[\]{}'])?+)`(?!\w)",
        _as_typed,
        "`aWikiWord FunnyAnimal is not a link`",
        needs="`",
    ),
    Atom("unlinked", f"`{_WIKIWORD}", _unlinked, "`WikiWord is not a link", needs="`"),
    Atom(
        "wikiword_qualified",
        rf"[{UPPER_CASE}]{ALPHANUMERIC}*+[/.]{_LINKED}",
        _qualified,
        "Film/TheMatrix",
        not_after=NOT_BEFORE,
    ),
    Atom("wikiword", _LINKED, _word, "GreenSkinnedSpaceBabe", not_after=NOT_BEFORE),
]
