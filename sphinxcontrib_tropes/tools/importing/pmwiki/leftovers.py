"""What remains of PmWiki's own markup in a page, and is shown as it is."""

from __future__ import annotations

import re

from .drafts import Change, Draft

__all__ = ["not_understood"]

# Functions of PmWiki that do not exist here.
_NOT_UNDERSTOOD = re.compile(
    r"(?<=[^\n])\(:include\b[^\n]{0,2000}?:\)"  # at the start of a line, it is understood
    r"|\(:(?:if|else|elseif|ifend|pagelist|searchbox|searchresults|input|attachlist|"
    r"markup|template|messages|redirect_to)\b[^\n]{0,2000}?:\)"
    r"|\{[^{}\n]{0,200}\$:?[A-Za-z]+\}"
    r"|\bAttach:\S{1,500}"
    r"|\$\[[^\]\n]{1,500}\]"
    r"|\[\[~[^\]\n]{1,500}\]\]"
    r"|(?<!~)~{3,4}(?!~)"
)


def not_understood(text: str) -> list[tuple[int, str]]:
    """The functions of PmWiki in *text* that do not exist here: line and sentence of each."""
    draft = Draft(text)
    draft.change(
        Change(*match.span(), match[0], f"{match[0]} is PmWiki's own, and not understood")
        for match in _NOT_UNDERSTOOD.finditer(draft.text)
    )
    return draft.finished()[1]
