"""How an example plays its trope, ``[[played:subverted]]``: where its own words do not say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ...internals.docutils.fast_nodes import make, make_text
from ...names.played import LABELS, label_of
from ..declaration import Atom
from ..reports import nearest

if TYPE_CHECKING:
    import re

    from ..declaration import Made
    from ..inline import InlineContext

__all__ = ["CONSTRUCTS"]


def _played(match: re.Match[str], context: InlineContext) -> Made:
    typed = context.escapes.plain(match["played_word"]).strip()
    label = label_of(typed)
    if not label:
        meant = nearest(typed, LABELS)
        hint = f"did you mean [[played:{meant}]]?" if meant else f"known: {', '.join(LABELS)}"
        context.warn(f"[[played:{typed}]] is no way to play a trope; shown as text ({hint})")
        return context.as_typed(match)
    words = label.replace("-", " ").capitalize()
    attributes = {"classes": ["trope-played"], "played": label}
    return make(nodes.inline, "", [make_text(words)], attributes)


CONSTRUCTS = [
    Atom(
        "played",
        r"\[\[(?i:played):(?P<played_word>[^\[\]|]++)\]\]",
        _played,
        "[[played:subverted]]",
    ),
]
