"""Links by title: ``{{Any Words}}``, and with letters that follow: ``{{Funny Animal}}s``. In
``{{Godzilla|2014}}``, the part after the bar belongs to the name and is not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...internals.docutils.fast_nodes import make_text
from ..characters import ALPHANUMERIC, LETTERS, UPPER_CASE
from ..declaration import Atom
from ..nodes import make_link
from .links import unclosed

if TYPE_CHECKING:
    import re

    from docutils import nodes

    from ..declaration import Made
    from ..inline import InlineContext


def _braces(match: re.Match[str], context: InlineContext) -> Made:
    title, suffix = match.group("braces_title", "braces_suffix")
    return _link(f"{{{{{title}}}}}", suffix, match, context)


def _qualified(match: re.Match[str], context: InlineContext) -> Made:
    before, title = match[0].partition("{{")[0], f"{{{{{match['qualified_title']}}}}}"
    suffix = match["qualified_suffix"]
    if context.settings.namespaces.find(before[:-1]):
        return _link(before + title, suffix, match, context)
    link = _link(title, suffix, match, context)
    return [*context.parse(before, context.line), *(link if isinstance(link, list) else [link])]


def _link(spelling: str, suffix: str, match: re.Match[str], context: InlineContext) -> Made:
    if context.escapes:
        spelling = context.escapes.plain(spelling)
    spelled = context.spelled(spelling)
    if spelled is None:
        context.warn(f"{spelling} names no page: it has no letter or digit; shown as text")
        return context.as_typed(match)
    name, section, words = spelled
    is_explicit = "|" in spelling  # the writer chose the text
    shown: list[nodes.Node] = [make_text(words + suffix)]
    if is_explicit:
        suffix = ""
    return make_link(shown, "", context.line, name, section, is_explicit, suffix)


def _empty(match: re.Match[str], context: InlineContext) -> Made:
    context.warn(f"{match[0]} names no page: it is empty; shown as text")
    return context.as_typed(match)


CONSTRUCTS = [
    Atom(
        "braces",
        rf"\{{\{{(?P<braces_title>[^{{}}]++)\}}\}}(?P<braces_suffix>{LETTERS})",
        _braces,
        "two {{Funny Animal}}s",
    ),
    Atom(
        "qualified",
        rf"[{UPPER_CASE}]{ALPHANUMERIC}*+[/.]\{{\{{(?P<qualified_title>[^{{}}]++)\}}\}}"
        rf"(?P<qualified_suffix>{LETTERS})",
        _qualified,
        "Film/{{Alien}}",
        not_after=r"[\w@]",
    ),
    Atom("braces_empty_typed", r"\{\{[ \t]*+\}\}", _empty, "{{}}"),
    Atom("braces_unclosed", r"\{\{(?![{}])", unclosed, "{{Funny Animal"),
]
