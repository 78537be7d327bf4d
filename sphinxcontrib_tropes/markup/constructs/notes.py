"""Notes that open in place: ``[[note]]x[[/note]]`` and, with a label, ``[[labelnote:y]]`` or
``[[hottip:y:x]]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...internals.docutils.fast_nodes import make
from ...names import decoded
from ..characters import has_visible_characters
from ..declaration import Block, Span
from ..nodes import trope_note, trope_note_block

if TYPE_CHECKING:
    import re

    from ..blocks import BlockReader
    from ..inline import InlineContext


def _note(match: re.Match[str], context: InlineContext) -> trope_note:
    return make(trope_note, "", [], {"label": "", "classes": ["trope-note"]})


def _label(typed: str) -> str:
    """What the reader clicks; empty if not visible, which means the word "note"."""
    typed = decoded(typed).strip()
    return typed if has_visible_characters(typed) else ""


def _labelled(match: re.Match[str], context: InlineContext) -> trope_note:
    label = _label(context.escapes.plain(match["labelnote_label"]))
    return make(trope_note, "", [], {"label": label, "classes": ["trope-note"]})


def _hottip(match: re.Match[str], context: InlineContext) -> trope_note:
    label = _label(context.escapes.plain(match["hottip_label"]))
    return make(trope_note, "", [], {"label": label, "classes": ["trope-note"]})


def _open(match: re.Match[str], reader: BlockReader) -> None:
    label = _label(reader.escapes.plain(match["label"] or ""))
    mark = "labelnote" if match["label"] is not None else "note"
    if not reader.opens_blocks(f"[[/{mark}]]", mark):
        reader.add_text(match[0])
        return
    reader.open(
        trope_note_block(label=label, classes=["trope-note"]),
        mark,
        reader.escapes.plain(match[0]).strip(),
    )


def _close(match: re.Match[str], reader: BlockReader) -> None:
    if not reader.close(match["kind"]):
        reader.add_text(match[0])


CONSTRUCTS = [
    Span("note", r"\[\[note\]\]", "[[/note]]", _note, "a word[[note]]or two[[/note]]"),
    Span(
        "labelnote",
        r"\[\[labelnote:(?P<labelnote_label>[^\[\]]*+)\]\]",
        "[[/labelnote]]",
        _labelled,
        "[[labelnote:why?]]Because.[[/labelnote]]",
    ),
    Span(
        "hottip",
        r"\[\[hottip:(?P<hottip_label>[^:\[\]]*+):",
        "]]",
        _hottip,
        "[[hottip:why?:Because.]]",
    ),
    Block(
        "note_block",
        r"\[\[(?:note|labelnote:(?P<label>[^\[\]]*+))\]\]\s*\Z",
        _open,
        "[[note]]\nA whole paragraph.\n[[/note]]",
    ),
    Block("note_end", r"\[\[/(?P<kind>note|labelnote)\]\]\s*\Z", _close, "[[/note]]"),
]
