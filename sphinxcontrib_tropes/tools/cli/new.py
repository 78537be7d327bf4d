"""``sphinx-tropes new``: makes a new project."""

from __future__ import annotations

from pathlib import Path

import click

from .terminal import print_text

__all__ = ["new"]


@click.command(epilog="Exit codes: 0 done, 2 not done.")
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", default="Wiki", show_default=True, help="The name of the wiki.")
def new(directory: Path, title: str) -> None:
    """Write a new project to DIR: conf.py, a front page, some pages and a Makefile.

    Overwrites nothing: if one of the files exists already, none is written.

    \b
    Example:
      sphinx-tropes new my-wiki --title "My wiki"
      cd my-wiki && make html
    """
    from ..files import write_new
    from ..project_template import new_project

    for path in write_new(directory, new_project(title)):
        print_text(str(path))
    print_text(f"Build it with: sphinx-build -b html {directory} {directory / '_build' / 'html'}")
