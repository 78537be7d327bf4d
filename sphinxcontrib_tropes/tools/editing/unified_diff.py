"""Unified diffs, in the form that git and patch apply."""

from __future__ import annotations

import difflib
import re

__all__ = ["unified_diff"]

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def unified_diff(before: str, after: str, old_path: str, new_path: str = "") -> str:
    """The diff from *before* to *after*; empty if they are equal."""
    lines = difflib.unified_diff(
        _LINE.findall(before),
        _LINE.findall(after),
        f"a/{old_path}",
        f"b/{new_path or old_path}",
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
