"""``sphinx-tropes export``: writes the wiki in formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..files import refusing_unwritable, write_atomic
from .options import format_option, jobs_option, quiet_option
from .terminal import print_data, read_project

__all__ = ["export"]


@click.command(epilog="Exit codes: 0 done, 2 not done.")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@format_option("json", "graphml", "json-ld")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file.  [default: standard output]",
)
@click.option("--base-url", default="", help="The address of the site, for JSON-LD.")
@jobs_option
@quiet_option
def export(
    source: Path, form: str, output: Path | None, base_url: str, jobs: int, *, quiet: bool
) -> None:
    """Write the wiki as tropes.json, GraphML or JSON-LD.

    SOURCE is a tropes.json, an output folder that holds one, or a folder of sources, which are
    read without a build.

    \b
    Examples:
      sphinx-tropes export _build/html --format graphml -o wiki.graphml
      sphinx-tropes export docs --format json-ld --base-url https://example.org/wiki/
    """
    from ...data.json_lines import as_json
    from ...wiki.exchange.graphml import as_graphml
    from ...wiki.exchange.json_ld import as_linked_data

    data = _data(source, jobs, quiet=quiet)
    if form == "graphml":
        text = as_graphml(data)
    elif form == "json-ld":
        base = base_url if not base_url or base_url.endswith("/") else f"{base_url}/"
        text = as_json(as_linked_data(data, base))
    else:
        text = as_json(data)
    if output is None:
        print_data(text.rstrip("\n"))
        return
    with refusing_unwritable(output):
        write_atomic(output, text.encode())


def _data(source: Path, jobs: int, *, quiet: bool) -> dict[str, Any]:
    """The content of ``tropes.json``."""
    from ...data.tropes_json import exported
    from ...domain import get_wiki
    from .changes import read_export

    if not (source / "conf.py").is_file():
        return read_export(source)
    with read_project(source, jobs=jobs, quiet=quiet, builder="html") as app:
        return exported(app.builder, get_wiki(app.env))
