"""Changes of texts as patches that git and patch apply."""

from __future__ import annotations

import difflib
import re

__all__ = ["patch"]

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def patch(before: str, after: str, old_path: str, new_path: str = "") -> str:
    """The unified diff from *before* to *after*; empty if there is none."""
    lines = difflib.unified_diff(
        _LINE.findall(before),
        _LINE.findall(after),
        f"a/{old_path}",
        f"b/{new_path or old_path}",
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
