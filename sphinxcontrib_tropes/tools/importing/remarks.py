"""Remarks on what an import changes, leaves out or does not understand."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

__all__ = ["HIDDEN", "WARNING", "Loss", "Remark", "Remarks"]

WARNING = "markup that is not understood"
"""The kind of a remark that repeats a warning of a build."""


HIDDEN = "…"
"""Stands for a sample that a spoiler covers."""


class Loss(IntEnum):
    """How much readers lose, the most first: the report has this order."""

    NOT_READ = 0
    """A page, or a part of one, that could not be read."""
    LEFT_OUT = 1
    """Text or pictures that are not in the new wiki."""
    CHANGED = 2
    """What is there, but looks or works otherwise."""
    KEPT = 3
    """What is the same for readers, and is spelled otherwise."""


class Remark(NamedTuple):
    """A remark on a page."""

    loss: Loss
    kind: str
    """What happened, in words that are the same for all pages, so that they can be counted:
    ``template {{Skills}}: left out``.
    """
    sample: str = ""
    """What it is about, as in the source; may be cut."""
    line: int = 0
    """The line in the new file, if known; else 0."""


class Remarks:
    """Collects the remarks on one page."""

    def __init__(self) -> None:
        self.found: list[Remark] = []
        self.template_uses: dict[str, tuple[int, str]] = {}
        """Name of a template -> how often the page uses it, and what is made of it without a rule:
        trope markup with ``$1``, or empty where it is left out.
        """

    def template(self, name: str, guess: str) -> None:
        """Notes a use of the template *name*, and what is made of it: see :attr:`template_uses`."""
        uses, _ = self.template_uses.get(name, (0, ""))
        self.template_uses[name] = (uses + 1, guess)

    def left_out(self, kind: str, sample: object = "") -> None:
        """Notes that something is not in the new wiki."""
        self._add(Loss.LEFT_OUT, kind, sample)

    def changed(self, kind: str, sample: object = "") -> None:
        """Notes that something looks or works otherwise."""
        self._add(Loss.CHANGED, kind, sample)

    def kept(self, kind: str, sample: object = "") -> None:
        """Notes that something is only spelled otherwise."""
        self._add(Loss.KEPT, kind, sample)

    def not_read(self, kind: str, sample: object = "") -> None:
        """Notes that something could not be read."""
        self._add(Loss.NOT_READ, kind, sample)

    def _add(self, loss: Loss, kind: str, sample: object) -> None:
        self.found.append(Remark(loss, kind, " ".join(str(sample)[:_MOST].split())))


_MOST = 200
