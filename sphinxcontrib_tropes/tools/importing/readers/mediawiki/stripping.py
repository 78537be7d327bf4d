"""Wikitext without comments, and without what is no wikitext: that is set aside.

MediaWiki does the same before it reads anything: markers stand for what was taken out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .nodes import BAR, EQUALS, Raw

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MARKER", "RAW_TAGS", "Stripped", "attributes_of", "strip", "without_markers"]

RAW_TAGS = frozenset(
    [
        *("nowiki", "pre", "syntaxhighlight", "source", "math", "chem", "ce", "gallery", "tabber"),
        *("score", "timeline", "templatedata", "graph", "mapframe", "maplink", "hiero", "imagemap"),
        *(
            "inputbox",
            "categorytree",
            "dpl",
            "dynamicpagelist",
            "templatestyles",
            "youtube",
            "html",
        ),
        *("ask", "infobox", "includeonly", "rss", "choose", "slideshow", "googlemap", "verbatim"),
        *("script", "style", "indicator", "languages"),
    ]
)
"""Tags whose content is not read as wikitext together with the page."""

_OPENS, _CLOSES = "\U0010fff0", "\U0010fff1"
MARKER = re.compile(f"{_OPENS}([0-9]+){_CLOSES}")
"""Stands for what was set aside: its number."""

_BEGINS = re.compile(rf"<!--|<({'|'.join(sorted(RAW_TAGS))})((?:\s[^<>]*?)?)(/?)>", re.IGNORECASE)
_INCLUSION = re.compile(r"</?(?:noinclude|onlyinclude|translate)\s*/?>|<!--T:\d+-->", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([^\W\d][\w:.-]*)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""",
)
_MOST_OF_ATTRIBUTES = 4096
_CONTROL = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f{_OPENS}{_CLOSES}{BAR}{EQUALS}]")
_SIGNS = {
    "{{!}}": BAR,
    "{{!!}}": BAR * 2,
    "{{!-}}": f"{BAR}-",
    "{{(!}}": f"{{{BAR}",
    "{{!)}}": f"{BAR}}}",
    "{{=}}": EQUALS,
}
_SWITCHES = re.compile(
    r"__(?=[A-Z])(?:NO|FORCE|HIDDEN|NEW|INDEX|STATIC|DISAMBIG|EXPECTED|END|START|ARCHIVED|FORUM)?(?:TOC|EDITSECTION|"
    r"GALLERY|CAT|SECTIONLINK|INDEX|REDIRECT|GLOBAL|TITLECONVERT|CONTENTCONVERT|TC|CC|TITLE|NEWSECTIONLINK|"
    r"COMMENTS|DISCUSSIONTOOLS|UNCONNECTEDPAGE|WYSIWYG|CONTENTS)?__"
    r"|__(?:INHALTSVERZEICHNIS|KEIN_INHALTSVERZEICHNIS|KEIN_TOC|SANS_SOMMAIRE|AUCUN_SOMMAIRE|"
    r"TOC_ERZWINGEN|KEIN_GALERIE|KEINEGALERIE|AUCUNE_GALERIE|SIN_TDC|NOTDC|TDC|SOMMAIRE|НЕТОГЛАВЛЕНИЯ|"
    r"БЕЗ_ОГЛ|ОГЛ|СОДЕРЖАНИЕ|НЕТ_ОГЛАВЛЕНИЯ|無目次|目次|无目录|目录|強制顯示目錄)__"
)
_LINE_OF_SWITCHES = re.compile(
    r"^[ \t]*(?:[_＿]{2}(?:[^\W\d_]|_(?!_)|\u200c)+[_＿]{2}[ \t]*)+$", re.MULTILINE
)
"""Words as in ``__SIN_GALERÍA__``: those of the many languages of MediaWiki, alone in a line."""
_SIGNATURE = re.compile(r"~{3,5}")
_VARIANTS = re.compile(r"-\{\s*(?:[A-Z]\s*\|)?\s*zh(?:-\w+)?\s*:([^;{}]*)(?:;[^{}]*)?\}-")


class Stripped(NamedTuple):
    """Wikitext with markers, and what they stand for."""

    text: str
    aside: list[Raw]
    is_cut: bool
    """Whether the rest of the page is a comment that does not end."""


def strip(text: str) -> Stripped:
    """*text* with markers in place of what is no wikitext."""
    text = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept: list[str] = []
    aside: list[Raw] = []
    unclosed: set[str] = set()
    at = start = 0
    while found := _BEGINS.search(text, at):
        name = (found[1] or "").lower()
        if not name:
            end = text.find("-->", found.end())
            if end < 0:
                kept.append(text[start : found.start()])
                return Stripped(_without_switches("".join(kept)), aside, is_cut=True)
            before, at = _around_comment(text, start, found.start(), end + 3)
            kept.append(text[start:before])
            start = at
            continue
        at = found.end()
        if name in unclosed:
            continue
        content = ""
        if not found[3]:
            closing = _closing(name).search(text, at)
            if closing is None:
                unclosed.add(name)
                continue
            content, at = text[at : closing.start()], closing.end()
        kept.append(text[start : found.start()])
        start = at
        if name != "includeonly":
            kept.append(f"{_OPENS}{len(aside)}{_CLOSES}")
            aside.append(Raw(name, attributes_of(found[2]), content))
    kept.append(text[start:])
    return Stripped(_without_switches("".join(kept)), aside, is_cut=False)


def _without_switches(text: str) -> str:
    text = _INCLUSION.sub("", text)
    for template, sign in _SIGNS.items() if "{{" in text else ():
        text = text.replace(template, sign)
    text = _SWITCHES.sub("", text)
    if "__" in text or "\uff3f" in text:
        text = _LINE_OF_SWITCHES.sub(_without_capitals, text)
    text = _VARIANTS.sub(r"\1", text)
    return _SIGNATURE.sub("", text)


def _without_capitals(found: re.Match[str]) -> str:
    """Nothing if there is no small letter in what was *found*; else the same."""
    return "" if found[0] == found[0].upper() else found[0]


def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\s*>", re.IGNORECASE)


def _around_comment(text: str, least: int, start: int, end: int) -> tuple[int, int]:
    """Start and end of what goes with a comment: its line, if there is nothing else in it."""
    before = start
    while before > least and text[before - 1] in " \t":
        before -= 1
    if before and text[before - 1] != "\n":
        return start, end
    after = end
    while text[after : after + 1] in (" ", "\t"):
        after += 1
    if text[after : after + 1] == "\n":
        return before, after + 1
    return start, end


def attributes_of(text: str) -> Mapping[str, str]:
    """The attributes of a tag or a cell, names in lower case."""
    if not text or text.isspace():
        return {}
    return {
        found[1].lower(): without_markers(next(filter(None, found.groups()[1:]), "")).strip()
        for found in _ATTRIBUTE.finditer(text[:_MOST_OF_ATTRIBUTES])
    }


def without_markers(text: str) -> str:
    """*text* without what stands for something that was set aside."""
    return MARKER.sub("", text) if _OPENS in text else text
