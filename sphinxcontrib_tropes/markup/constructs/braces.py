"""Links by title: ``{{Any Words}}``, with what follows at once: ``{{Funny Animal}}s``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..declaration import Atom
from .links import implicit_words, page_link
from .wikiwords import UPPER_CASE

if TYPE_CHECKING:
    import re

    from ..inline import InlineContext


def _braces(match: re.Match[str], context: InlineContext) -> nodes.Node:
    return _link(f"{{{{{match['braces_title']}}}}}", match["braces_suffix"], match, context)


def _qualified(match: re.Match[str], context: InlineContext) -> list[nodes.Node]:
    before, title = match[0].partition("{{")[0], f"{{{{{match['qualified_title']}}}}}"
    suffix = match["qualified_suffix"]
    if context.settings.namespaces.find(before[:-1]):
        return [_link(before + title, suffix, match, context)]
    return [*context.parse(before, context.line), _link(title, suffix, match, context)]


def _link(spelling: str, suffix: str, match: re.Match[str], context: InlineContext) -> nodes.Node:
    if context.settings.namespaces.page_name(spelling) is None:
        context.warn(f"{spelling} names no page: it has no letter or digit; shown as text")
        return nodes.Text(match[0])
    words = implicit_words(spelling) + suffix
    return page_link(context, spelling, [nodes.Text(words)], suffix=suffix)


CONSTRUCTS = [
    Atom(
        "braces",
        r"\{\{(?P<braces_title>[^{}]++)\}\}(?P<braces_suffix>[^\W\d_]*+)",
        _braces,
        "two {{Funny Animal}}s",
    ),
    Atom(
        "qualified",
        rf"[{UPPER_CASE}][^\W_]*+[/.]\{{\{{(?P<qualified_title>[^{{}}]++)\}}\}}"
        r"(?P<qualified_suffix>[^\W\d_]*+)",
        _qualified,
        "Film/{{Alien}}",
        not_after=r"[\w@]",
    ),
]
