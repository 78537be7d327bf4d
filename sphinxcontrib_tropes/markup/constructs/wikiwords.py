"""Bare WikiWords, ``Namespace/WikiWord``, and how not to link one."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from docutils import nodes

from ..declaration import Atom
from .links import implicit_words, page_link

if TYPE_CHECKING:
    from ..inline import InlineContext


def _upper_case() -> str:
    """The upper-case letters of all scripts, as the inside of a set in a regular expression."""
    # no script with case lies between these (Unicode 16); the rest would cost 50 ms of import
    blocks = [range(0x2E80), range(0xA640, 0xA800), range(0xFF21, 0xFF3B), range(0x10400, 0x10600)]
    ranges: list[list[int]] = []
    for block in blocks:
        for code in filter(lambda code: chr(code).isupper() and chr(code).isalpha(), block):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(
        chr(first) if first == last else f"{chr(first)}-{chr(last)}" for first, last in ranges
    )


_UPPER = sys.intern(_upper_case())
_LOWER = rf"[^\W\d_{_UPPER}]"
# After the first letter: somewhere a letter or digit that is not upper-case before an upper-case
# letter, and somewhere a lower-case one, so that H2O and R2D2 stay text.
_HUMPS = rf"(?=[^\W_]*?[^\W_{_UPPER}][{_UPPER}])(?=[\d{_UPPER}]*+{_LOWER})[^\W_]++(?!_)"
_WIKIWORD = f"[{_UPPER}]{_HUMPS}"
_is_wikiword = re.compile(_WIKIWORD).fullmatch


def _word(match: re.Match[str], context: InlineContext) -> nodes.Node:
    return _link(match[0], match[0], context)


def _link(spelling: str, typed: str, context: InlineContext) -> nodes.Node:
    link = page_link(context, spelling, [nodes.Text(implicit_words(spelling))])
    link.rawsource = typed  # what is shown where there can be no link
    return link


def _qualified(match: re.Match[str], context: InlineContext) -> list[nodes.Node]:
    """``Film/TheMatrix``; where the part before is no namespace, both parts for themselves."""
    before, separator, after = re.split(r"([/.])", match[0], maxsplit=1)
    namespaces = context.settings.namespaces
    # "Film/Series" speaks of two namespaces
    if namespaces.find(before) and (_is_wikiword(after) or not namespaces.find(after)):
        return [_link(match[0], match[0], context)]
    return [
        _link(part, part, context) if _is_wikiword(part) else nodes.Text(part)
        for part in (before, separator, after)
    ]


def _unlinked(match: re.Match[str], context: InlineContext) -> nodes.Node:
    return nodes.Text(match[0][1:])


CONSTRUCTS = [
    Atom("unlinked", f"`{_WIKIWORD}", _unlinked, "`WikiWord is not a link"),
    Atom(
        "wikiword_qualified",
        rf"[{_UPPER}][^\W_]*+(?:[/.]{_WIKIWORD}|/[{_UPPER}][^\W_]++(?!_))",
        _qualified,
        "Film/TheMatrix",
        not_after=r"[\w@]",
    ),
    Atom("wikiword", _WIKIWORD, _word, "GreenSkinnedSpaceBabe", not_after=r"[\w@]"),
]

UPPER_CASE = _UPPER
