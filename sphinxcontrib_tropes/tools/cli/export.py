"""``sphinx-tropes export``: the wiki in the formats of others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ...data.json_lines import as_json
from ...data.tropes_json import exported
from ...wiki.exchange.graphml import as_graphml
from ...wiki.exchange.json_ld import as_linked_data
from ..files import write_whole
from ..refusal import Refusal
from .changes import read_export
from .check import jobs_of
from .terminal import say_data

__all__ = ["export"]


@click.command(epilog="Exit codes: 0 done, 2 not done.")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "graphml", "json-ld"]),
    default="json",
    show_default=True,
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Default: to the screen.",
)
@click.option("--base-url", default="", help="The address of the site, for JSON-LD.")
@click.option("-j", "--jobs", default="auto", show_default=True, callback=jobs_of)
@click.option("-q", "--quiet", is_flag=True, help="No progress, and no warnings of Sphinx.")
def export(
    source: Path, form: str, output: Path | None, base_url: str, jobs: int, *, quiet: bool
) -> None:
    """Write the wiki as tropes.json, as GraphML or as JSON-LD.

    SOURCE is a tropes.json, an output folder that holds one, or the folder of the sources, which
    are then read without a build.

    \b
    Examples:
      sphinx-tropes export _build/html --format graphml -o wiki.graphml
      sphinx-tropes export docs --format json-ld --base-url https://example.org/wiki/
    """
    data = _data(source, jobs, quiet=quiet)
    if form == "graphml":
        text = as_graphml(data)
    elif form == "json-ld":
        base = base_url if not base_url or base_url.endswith("/") else f"{base_url}/"
        text = as_json(as_linked_data(data, base))
    else:
        text = as_json(data)
    if output is None:
        say_data(text.rstrip("\n"))
        return
    try:
        write_whole(output, text.encode())
    except OSError as error:
        raise Refusal(f"{output} can't be written: {error.strerror}") from None


def _data(source: Path, jobs: int, *, quiet: bool) -> dict[str, Any]:
    """What ``tropes.json`` holds."""
    if not (source / "conf.py").is_file():
        return read_export(source)
    from ...domain import get_wiki
    from ..project import opened
    from .reading import read

    status = sys.stderr if sys.stderr.isatty() and not quiet else None
    warnings = None if quiet else sys.stderr
    with opened(source, jobs=jobs, status=status, warnings=warnings, builder="html") as app:
        read(app, quiet=quiet)
        return exported(app.builder, get_wiki(app.env))
