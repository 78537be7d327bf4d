"""PmWiki's styles: ``%red%x%%`` in a line, ``>>class<<`` ... ``>><<`` around blocks.

A style in a line holds up to ``%%``, the next style, or the end of its block.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes

from ..characters import BALANCED
from ..declaration import Atom, Block
from .typography import COLORS, colored

if TYPE_CHECKING:
    from ..blocks import BlockReader
    from ..declaration import Made
    from ..inline import InlineContext

_CLASSES = frozenset(["center", "frame", "indent", "left", "lframe", "rframe", "right"])
# Names that PmWiki has for styles, without those of colours.
_NAMES = (
    "alpha|block|center|cframe|comment|decimal|frame|hlt|indent|item|justify|left|lfloat|lframe"
    "|list|newwin|p|para|pmhlt|pre|rfloat|rframe|right|roman|sidehead|thumb"
)
_HEX = re.compile(r"(?<![\w\-])color[=:][\"']?(?P<color>#[0-9A-Fa-f]{3,6})\b")

_WORD = r"[A-Za-z][\w\-]*+"
_KNOWN = rf"(?i:{_NAMES}|{'|'.join(sorted(COLORS))})(?![\w\-=:])"
_ATTRIBUTE = rf"{_WORD}[=:](?:\"[^\"%\n]*+\"|'[^'%\n]*+'|[^\s%\"'\[\]|]++)"
# Percentages are not styles, and neither are %C3 (of an address) nor %APPDATA%\.
_STYLE = (
    rf"(?:{_KNOWN}(?:[ ,]++(?:{_KNOWN}|{_ATTRIBUTE}))*+(?=%)"
    rf"|(?:(?:{_WORD}[ ,]++)*+{_ATTRIBUTE}|(?:block|hlt|item|list|p|pre)(?=[ ]))"
    rf"(?:[ ,]++(?:{_ATTRIBUTE}|{_WORD}))*+"
    rf"|(?![0-9A-Fa-f]{{2}}%)(?=[A-Z0-9_\-]*+[a-z]){_WORD}(?<=\w\w))%(?![\\/])"
)
_IN_EMPHASIS = r"(?:[^%'\[\]{}@]|'(?!'))++"
_LINK = rf"\[\[{BALANCED}\]\]|%(?!%|{_STYLE})"
# What is styled is read by itself: half a spoiler in it would show the other half.
_TEXT = rf"(?:[^%\[\]]|\[(?!\[)|\](?!\])|{_LINK})"
_PLAIN_TEXT = (
    rf"(?:[^%'\[\]{{}}@]|'(?!')|@(?!@)|\{{\{{[^{{}}]*+\}}\}}|{_LINK}"
    rf"|''(?!'){_IN_EMPHASIS}''(?!')|'''(?!'){_IN_EMPHASIS}'''(?!'))"
)
_NO_STYLE_AFTER = r"[\d\\/]"


def style_classes(style: str) -> list[str]:
    """The known classes of *style*: colours, and those of PmWiki for position and frames."""
    classes = []
    for word in style.lower().replace("color=", "").split():
        if word in _CLASSES:
            classes.append(f"trope-{word}")
        elif word in COLORS:
            classes.append(f"trope-color-{word}")
    return classes


def _styled(match: re.Match[str], context: InlineContext) -> Made:
    # a match, not a span: a closing mark would look like a comment
    return _with_style(match["style_words"], match["style_text"], context)


def _styled_to_the_end(match: re.Match[str], context: InlineContext) -> Made:
    found = match.groupdict()
    words = found["style_first_words"] or found["style_plain_words"]
    return _with_style(words, found["style_first"] or found["style_plain"] or "", context)


def _with_style(words: str, text: str, context: InlineContext) -> Made:
    words = words.rstrip("%")
    if "comment" in words.lower().split() or not text:
        return []
    line = context.line
    children = context.parse(text, line)
    context.line = line
    if "define=" in words:
        return children
    hexadecimal = _HEX.search(words)
    node = colored(hexadecimal["color"]) if hexadecimal else None
    classes = style_classes(words)
    if node is None and not classes:
        return children
    node = nodes.inline() if node is None else node
    node["classes"] += classes
    node += children
    return node


def _dropped(match: re.Match[str], context: InlineContext) -> Made:
    return []


def _open(match: re.Match[str], reader: BlockReader) -> None:
    is_hidden = reader.ids.are_hidden
    if is_hidden and not reader.memory.get("style_is_hidden", True):
        # to end the style would end the spoiler, too, and show the rest of it
        reader.warn(f"{match[0].strip()} is inside a spoiler of a styled part; left out")
        return
    reader.closed_silently.add("style")
    reader.close("style")
    if match["words"].strip():
        container = nodes.container(classes=style_classes(match["words"]))
        reader.memory["style_is_hidden"] = is_hidden
        forget = partial(reader.memory.pop, "style_is_hidden", None)
        reader.open(container, "style", match[0], forget)


CONSTRUCTS = [
    Atom(
        "style",
        r"%(?P<style_words>[A-Za-z#][\w#=\-'\". ]*+)%"
        rf"(?P<style_text>{_TEXT}{{0,500}}+)%%",
        _styled,
        "%red%in red%%",
        needs="%",
    ),
    # At the start of a text, or before text without other markup: else it would cut that apart.
    Atom(
        "style_open",
        rf"%(?:(?<!(?s:..))(?P<style_first_words>{_STYLE})(?P<style_first>{_TEXT}*+)"
        rf"(?=%|\Z)|(?P<style_plain_words>{_STYLE})(?P<style_plain>{_PLAIN_TEXT}*+)(?=%|\Z))(?:%%)?+",
        _styled_to_the_end,
        "%red%all in red",
        not_after=_NO_STYLE_AFTER,
        needs="%",
    ),
    Atom(
        "style_dropped",
        rf"%{_STYLE}",
        _dropped,
        "''a %newwin%b''",
        not_after=_NO_STYLE_AFTER,
        needs="%",
    ),
    Block("style_block", r">>(?P<words>[^<>]*)<<\s*\Z", _open, ">>center<<\nText.\n>><<"),
]
