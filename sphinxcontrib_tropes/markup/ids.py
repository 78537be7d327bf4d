"""Ids of elements that readers can link to: headings, folders, anchors."""

from __future__ import annotations

from ..names import slug

__all__ = ["Ids"]

_RESERVED = ("link-", "list-", "trope-")  # used for links, lists in place, and pages


class Ids:
    """Makes ids that are not yet in a document.

    :param used: ids already in the document; new ones are added.
    """

    def __init__(self, used: set[str]) -> None:
        self.are_hidden = False
        """Whether a spoiler hides the text: then the ids reveal nothing of it."""
        self._used = used
        self._last_numbers: dict[str, int] = {}  # name -> the number of its last id

    def new(self, text: str) -> str:
        """An id for *text*."""
        base = "" if self.are_hidden else slug(text)
        base = base or "section"
        if base.startswith(_RESERVED):
            base = f"section-{base}"
        free, number = base, self._last_numbers.get(base, 1)
        while free in self._used:
            number += 1
            free = f"{base}-{number}"
        self._last_numbers[base] = number
        self._used.add(free)
        return free
