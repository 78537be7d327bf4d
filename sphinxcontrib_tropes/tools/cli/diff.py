"""``sphinx-tropes diff``: what changed between two states of a wiki."""

from __future__ import annotations

from pathlib import Path

import click

from .options import format_option
from .terminal import FINDINGS, print_json, print_text

__all__ = ["diff"]


@click.command(
    epilog="Exit codes: 0 done; 1 something changed, with --exit-code; 2 a file can't be read."
)
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@format_option("text", "json", "markdown")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything changed.")
def diff(old: Path, new: Path, form: str, *, exit_code: bool) -> None:
    """Show what changed between two states of a wiki.

    OLD and NEW are tropes.json files, or the output folders that hold them.

    \b
    Examples:
      sphinx-tropes diff before/tropes.json _build/html/tropes.json
      sphinx-tropes diff --format markdown before _build/html >> comment.md
    """
    # imported here, so that commands that need no wiki start without one
    from ...wiki.exchange.differences import as_data, compare
    from .changes import as_markdown, as_text, read_export

    differences = compare(read_export(old), read_export(new))
    if form == "json":
        print_json(as_data(differences))
    else:
        print_text(as_markdown(differences) if form == "markdown" else as_text(differences))
    if exit_code and any(differences):
        raise click.exceptions.Exit(FINDINGS)
