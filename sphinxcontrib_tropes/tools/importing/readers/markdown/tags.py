"""HTML inside text: styles, pictures and links. Other tags go, and their text stays."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from ...tree import Break, Text
from .targets import destination, embedded_address

if TYPE_CHECKING:
    from ...remarks import Remarks
    from .line import Line

__all__ = ["TAG", "Tag", "add_tag", "is_html", "tag_of"]

TAG = re.compile(
    r"<(?P<closes>/?)(?P<name>[A-Za-z][A-Za-z0-9-]{0,40})"
    r"(?P<attributes>(?:\s(?:[^<>\"']|\"[^\"<]{0,4000}\"|'[^'<]{0,4000}'){0,4000})?)/?>"
)
"""A tag of HTML."""

_ATTRIBUTE = re.compile(r"([\w-]{1,40})(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_STYLES = {
    "b": "strong", "strong": "strong", "mark": "strong",
    "i": "emphasis", "em": "emphasis", "cite": "emphasis", "dfn": "emphasis", "var": "emphasis",
    "s": "strike", "del": "strike", "strike": "strike", "u": "insert", "ins": "insert",
    "sup": "superscript", "sub": "subscript", "small": "small", "big": "big",
    "code": "code", "kbd": "code", "tt": "code", "samp": "code", "a": "link",
}  # fmt: skip
_SHOWN_INSIDE = frozenset(["iframe", "video", "audio", "embed", "source"])
_SILENT = frozenset(["wbr", "br", "img", "p", "tbody", "thead", "tfoot", "col", "colgroup", "picture", "nobr", "summary", "details"])  # fmt: skip
# What stands on lines of its own: in a line of text, each begins a new one.
_LINES_WORDS = (
    "p div li ul ol dl dt dd table tr blockquote details summary section article aside header footer center"
    " figure figcaption h1 h2 h3 h4 h5 h6 hr pre address"
)
_LINES = frozenset(_LINES_WORDS.split())
_OTHERS_WORDS = (
    "abbr address article aside base bdi bdo body button canvas caption center data datalist dd div dl dt"
    " fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html"
    " input label legend li link main map menu meta meter nav noscript object ol optgroup option output param"
    " pre progress q rp rt ruby script search section select span style svg table td template textarea th"
    " time title tr track ul path g rect circle line"
)
_OTHERS = frozenset(_OTHERS_WORDS.split())


class Tag(NamedTuple):
    """A tag of HTML."""

    name: str
    """In lower case."""
    closes: bool
    attributes: dict[str, str]
    """Names in lower case; empty for one without a value."""


def is_html(name: str) -> bool:
    """Whether HTML has such an element; ``<your name>`` is text."""
    return name in _STYLES or name in _SILENT or name in _SHOWN_INSIDE or name in _OTHERS


def tag_of(source: str) -> Tag | None:
    """The tag that *source* is, if it is one."""
    found = TAG.fullmatch(source)
    if not found:
        return None
    attributes = {
        name.lower(): unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(found["attributes"])
    }
    return Tag(found["name"].lower(), bool(found["closes"]), attributes)


def add_tag(line: Line, tag: Tag, remarks: Remarks) -> None:
    """Adds what *tag* means to *line*."""
    name, closes, attributes = tag
    if name == "a":
        _add_anchor(line, tag, remarks)
    elif name in _STYLES:
        (line.close if closes else line.open)(_STYLES[name])
    elif name == "br":
        line.add(Break())
    elif name == "img" and attributes.get("src") and not closes:
        words = "|".join(
            [attributes.get("alt", ""), attributes.get("width", "").removesuffix("px")]
        )
        line.add(embedded_address(attributes["src"], words, remarks))
    elif name in _SHOWN_INSIDE:
        if not closes and (url := attributes.get("src", "")):
            remarks.changed("film, sound or page shown inside a page: a link to it", url)
            if place := destination(url, remarks):
                line.add(place)
    elif name == "q":
        line.add(Text("“" if not closes else "”"))
    elif name in _LINES:
        line.end_line()
    elif name in _OTHERS and not closes:
        remarks.changed(f"HTML <{name}>: its text is kept", name)


def _add_anchor(line: Line, tag: Tag, remarks: Remarks) -> None:
    if tag.closes:
        line.close("link")
    elif (href := tag.attributes.get("href")) and (place := destination(href, remarks)):
        line.open("link", place)
