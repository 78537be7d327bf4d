"""The scripts of the pages, as they are written; pages load them without comments and indents.

``make scripts`` writes what pages load into the package. Vendored libraries come as they are
published, and are there alone.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["SCRIPTS", "generated"]

SCRIPTS = Path(__file__).parent
"""The folder of what is written by hand."""

_STATIC = SCRIPTS.parent / "sphinxcontrib_tropes" / "static"
_HEAD = "// made by `make scripts`\n"


def generated() -> dict[Path, str]:
    """File of the package -> the text that it has."""
    import rjsmin

    return {
        _STATIC / path.relative_to(SCRIPTS): _HEAD + rjsmin.jsmin(path.read_text("utf-8")) + "\n"
        for path in sorted(SCRIPTS.rglob("*.js"))
    }
