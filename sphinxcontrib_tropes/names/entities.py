"""Entities of HTML, such as ``&amp;`` and ``&#8212;``: the characters that they stand for."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from .words import normalized

__all__ = ["ENTITY", "character", "decoded"]

ENTITY = r"&(?:#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});"
"""Pattern of an entity, known or not."""

_ENTITY = re.compile(ENTITY)
_REPLACEMENT = "\ufffd"  # what HTML makes of numbers that are no characters


def character(entity: str) -> str:
    """The characters of *entity*; *entity* itself if it is unknown, or no document can contain
    them.
    """
    if entity[1] != "#":
        shown = html5.get(entity[1:], "")
    else:
        shown = unescape(entity).replace(_REPLACEMENT, "")
    # a line end would be another line in titles and names
    return (" " if shown in ("\t", "\n", "\r", "\f") else shown) or entity


def decoded(text: str) -> str:
    """*text* with characters instead of its entities."""
    if "&" not in text:
        return text
    return normalized(_ENTITY.sub(lambda match: character(match[0]), text))
