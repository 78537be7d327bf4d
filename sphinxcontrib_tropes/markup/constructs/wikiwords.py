"""Bare WikiWords, ``Namespace/WikiWord``, and how not to link one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ..characters import UPPER_CASE
from ..declaration import Atom
from .links import page_link

if TYPE_CHECKING:
    from ..inline import InlineContext


_LOWER = rf"[^\W\d_{UPPER_CASE}]"
# After the first letter: somewhere a letter or digit that is not upper-case before an upper-case
# letter, and somewhere a lower-case one, so that H2O and R2D2 stay text.
_HUMPS = rf"(?=[^\W_]*?[^\W_{UPPER_CASE}][{UPPER_CASE}])(?=[\d{UPPER_CASE}]*+{_LOWER})[^\W_]++(?!_)"
_WIKIWORD = f"[{UPPER_CASE}]{_HUMPS}"
_is_wikiword = re.compile(_WIKIWORD).fullmatch


def _word(match: re.Match[str], context: InlineContext) -> nodes.Node:
    return _link(match[0], match[0], context)


def _link(spelling: str, typed: str, context: InlineContext) -> nodes.Node:
    link = page_link(context, spelling, [nodes.Text(context.words(spelling))])
    link.rawsource = typed  # what is shown where there can be no link
    return link


def _qualified(match: re.Match[str], context: InlineContext) -> list[nodes.Node]:
    """``Film/TheMatrix``; where the part before is no namespace, both parts for themselves."""
    before, separator, after = re.split(r"([/.])", match[0], maxsplit=1)
    namespaces = context.settings.namespaces
    if namespaces.find(before):
        return [_link(match[0], match[0], context)]
    first = _link(before, before, context) if _is_wikiword(before) else nodes.Text(before)
    return [first, nodes.Text(separator), _link(after, after, context)]


def _unlinked(match: re.Match[str], context: InlineContext) -> nodes.Node:
    return nodes.Text(match[0][1:])


CONSTRUCTS = [
    Atom("unlinked", f"`{_WIKIWORD}", _unlinked, "`WikiWord is not a link"),
    Atom(
        "wikiword_qualified",
        rf"[{UPPER_CASE}][^\W_]*+[/.]{_WIKIWORD}",
        _qualified,
        "Film/TheMatrix",
        not_after=r"[\w@]",
    ),
    Atom("wikiword", _WIKIWORD, _word, "GreenSkinnedSpaceBabe", not_after=r"[\w@]"),
]
