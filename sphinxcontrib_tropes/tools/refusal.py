"""What a command does not do."""

from __future__ import annotations

__all__ = ["Refusal"]


class Refusal(Exception):  # noqa: N818 - no error of the program
    """One sentence that says why a command has not done what was asked of it."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence, line)
        self.line = line
        """Of the file that it is about; 0 if it is about no line."""

    def __str__(self) -> str:
        return str(self.args[0])
