"""What a command does not do."""

from __future__ import annotations

__all__ = ["Refusal"]


class Refusal(Exception):  # noqa: N818 - no error of the program
    """One sentence that says why a command has not done what was asked of it."""
