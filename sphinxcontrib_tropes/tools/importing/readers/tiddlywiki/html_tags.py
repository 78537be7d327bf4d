"""Finds the tags of HTML and widgets in wikitext."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BLOCKS", "Tag", "tag_at"]

_NAME: Final = re.compile(r"<(/?)(\$?[a-zA-Z][\w\-.$]{0,60})")
_ATTRIBUTE: Final = re.compile(
    r"\s+([^\s/<>\"'=]{1,100})"
    r"(?:\s*=\s*(?:\"\"\"(?P<long>(?:[^\"]|\"(?!\"\"))*)\"\"\"|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?P<filter>\{\{\{[^{}]*\}\}\})|(?P<reference>\{\{[^{}]*\}\})|(?P<macro><<(?:[^<>]|>(?!>))*>>)"
    r"|`(?P<typed>[^`]*)`|(?P<bare>[^\s<>\"'`=]+)))?"
)
_END: Final = re.compile(r"\s*(/?)>")
_STATIC: Final = frozenset(("long", "double", "single", "bare"))
_MOST: Final = 100
"""Attributes of a tag."""

BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "script",
        "section",
        "style",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Tags that stand around blocks."""


class Tag(NamedTuple):
    """A tag of HTML, or of a widget."""

    name: str
    """In lower case; that of a widget begins with ``$``."""
    attributes: Mapping[str, str]
    is_end: bool
    is_empty: bool
    """Whether it ends itself: ``<br/>``."""
    end: int
    """Where the text after it begins."""


def _value(attribute: re.Match[str]) -> str:
    """What *attribute* says; empty if TiddlyWiki computes it."""
    kind = attribute.lastgroup
    if kind is None:
        return attribute[1]
    return attribute[kind] if kind in _STATIC else ""


def tag_at(text: str, at: int) -> Tag | None:
    """The tag that begins at *at*; None if there is none."""
    name = _NAME.match(text, at)
    if not name:
        return None
    attributes: dict[str, str] = {}
    position = name.end()
    for _ in range(_MOST):
        found = _ATTRIBUTE.match(text, position)
        if not found:
            break
        attributes.setdefault(found[1].lower(), _value(found))
        position = found.end()
    end = _END.match(text, position)
    if not end:
        return None
    return Tag(name[2].lower(), attributes, bool(name[1]), bool(end[1]), end.end())
