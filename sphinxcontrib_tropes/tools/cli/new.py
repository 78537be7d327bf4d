"""``sphinx-tropes new``: a project to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from ..project_template import start
from .terminal import say

__all__ = ["new"]


@click.command(epilog="Exit codes: 0 done, 2 not done.")
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", default="Wiki", show_default=True, help="The name of the wiki.")
def new(directory: Path, title: str) -> None:
    """Write a new project into DIR: conf.py, a front page, some pages, a Makefile.

    Writes over nothing: a file that is there already ends the command before any is written.

    \b
    Example:
      sphinx-tropes new my-wiki --title "My wiki"
      cd my-wiki && make html
    """
    written = start(directory, title)
    for path in written:
        say(str(path))
    say(f"Build it with: sphinx-build -b html {directory} {directory / '_build' / 'html'}")
