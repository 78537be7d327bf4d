"""The command ``sphinx-tropes``: one module for each subcommand, with its options and its output.

The work of a command is in the other modules of the tools, which know nothing of the command line.
"""

from __future__ import annotations

import sys

__all__ = ["main"]

_NEEDED = ("click", "rich")


def main() -> None:
    """Runs the command line."""
    try:
        from .command import sphinx_tropes
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in _NEEDED:
            raise
        sys.stderr.write(
            f"sphinx-tropes needs {missing}: pip install 'sphinxcontrib-tropes[cli]'\n"
        )
        raise SystemExit(2) from None
    sphinx_tropes(prog_name="sphinx-tropes")
