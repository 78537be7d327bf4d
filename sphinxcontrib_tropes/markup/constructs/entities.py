"""Entities of HTML: ``&mdash;``, ``&#8212;``, ``&#x2014;``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...internals.docutils.fast_nodes import make_text
from ...names import ENTITY, character
from ..declaration import Atom

if TYPE_CHECKING:
    import re

    from ..declaration import Made
    from ..inline import InlineContext


def _entity(match: re.Match[str], context: InlineContext) -> Made:
    return [make_text(character(match[0]))]


CONSTRUCTS = [Atom("entity", ENTITY, _entity, "fish &amp; chips", needs="&")]
