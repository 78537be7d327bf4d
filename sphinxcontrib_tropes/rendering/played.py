"""How a trope is played, as a small label beside an example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..reading.played import PLAYED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..wiki import Mention
    from ..wiki.index.foreign import ForeignMention

__all__ = ["played_words"]

_BETWEEN = " · "


def played_words(mentions: Iterable[Mention | ForeignMention]) -> str:
    """The labels of *mentions*, each once; empty if they have none."""
    found: dict[str, None] = {}
    for mention in mentions:
        if played := getattr(mention, "played", ""):
            found.update(dict.fromkeys(played.split()))
    return _BETWEEN.join(str(PLAYED[label]) for label in found)
