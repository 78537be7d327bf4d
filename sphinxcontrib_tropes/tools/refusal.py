"""The exception that says why a tool did not do its task."""

from __future__ import annotations

__all__ = ["Refusal"]


class Refusal(Exception):  # noqa: N818 - not an error in the program
    """One sentence for the user: why nothing was done."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence, line)
        self.line = line
        """The line of the source at fault, from 1; 0 if unknown."""

    def __str__(self) -> str:
        return str(self.args[0])
