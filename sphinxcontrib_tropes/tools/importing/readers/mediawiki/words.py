"""The words of wikitext that readers see, found without the parser: to check what an import keeps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .braces import braces
from .names import CATEGORY, FILE, parted
from .nodes import decoded
from .stripping import MARKER, strip

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["visible_words"]

_WORD = re.compile(r"\w+")
_UNSEEN = frozenset(
    [
        *(
            "templatestyles",
            "style",
            "script",
            "templatedata",
            "graph",
            "timeline",
            "score",
            "mapframe",
        ),
        *(
            "maplink",
            "inputbox",
            "categorytree",
            "dpl",
            "dynamicpagelist",
            "html",
            "ask",
            "infobox",
        ),
        *("rss", "choose", "googlemap", "indicator", "languages", "imagemap", "hiero", "youtube"),
    ]
)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:[\s/][^<>]*)?>")
_URL = re.compile(r"(?:\b(?:https?|ftp|ircs?|mailto|git|svn):(?://)?|\[//)[^\s\[\]<>\"|{}]+")
_LINE_OF_TABLE = re.compile(r"^[ \t:]*(?:\{\||\|-).*$", re.MULTILINE)
_CELL = re.compile(
    r"(^[ \t]*(?:\|\+|[|!])|\|\||!!)(?:[^|\n\[\]=]{0,99}=[^|\n\[\]]{0,299}\|(?!\|))?", re.MULTILINE
)
_LINK = re.compile(r"\[\[([^\[\]|]*)(\|(?:[^\[\]]|\](?!\])|\[(?!\[))*)?\]\]")
_OPTIONS = re.compile(r"(?:alt|link|upright|class)\s*=[^|\[\]]*\||\b(?:thumb|left|right|center)\|")
_QUOTES = re.compile(r"'{2,}")
_DEEP = 6


def visible_words(text: str) -> Iterator[str]:
    """The words of *text*, without templates, options, addresses and comments."""
    source = strip(text)
    found = _without_templates(source.text)
    set_aside = [raw.content for raw in source.aside if raw.name not in _UNSEEN]
    yield from _words(found)
    for raw in source.aside:
        if raw.name in ("gallery", "slideshow"):
            captions = "\n".join(line.partition("|")[2] for line in raw.content.split("\n"))
            captions = _OPTIONS.sub("", captions)
            yield from _words(_without_templates(strip(captions).text))
            set_aside.remove(raw.content)
    for content in set_aside:
        yield from _WORD.findall(decoded(content))


def _without_templates(text: str) -> str:
    pairs = braces(text)
    kept = []
    at = 0
    ends = {start: end for end, start in pairs.closings.items()}
    for start in sorted(ends):
        if start < at:
            continue
        kept.append(text[at:start])
        at = ends[start] + pairs.openings[start]
    kept.append(text[at:])
    return " ".join(kept)


def _words(text: str) -> Iterator[str]:
    def label(found: re.Match[str]) -> str:
        target, words = found[1], found[2]
        number = parted(target.strip())[1]
        if number == CATEGORY:
            return " "
        if number == FILE:
            # the caption is the last part, if it has words
            last = (words or "").rpartition("|")[2]
            return f" {last} " if " " in last.strip() and "=" not in last else " "
        if words and words.strip("|").strip():
            return words[1:]
        return target

    text = MARKER.sub("", text)
    text = _LINE_OF_TABLE.sub("", text)
    text = _URL.sub(" ", text)
    for _ in range(_DEEP):
        text, count = _LINK.subn(label, text)
        if not count:
            break
    text = _CELL.sub(" ", text)
    yield from _WORD.findall(decoded(_QUOTES.sub("", _TAG.sub("", text))))
