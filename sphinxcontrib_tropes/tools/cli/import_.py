"""``sphinx-tropes import``: makes a project from pages that exist elsewhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from .options import format_option
from .terminal import print_json, print_text, track

__all__ = ["import_"]


@click.command("import", epilog="Exit codes: 0 done (read the report), 2 not done.")
@click.argument("path", metavar="SOURCE", type=click.Path(exists=True, path_type=Path))
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", help="The name of the wiki.  [default: that of SOURCE]")
@click.option(
    "--markup",
    metavar="KIND",
    default="auto",
    show_default=True,
    help="What the texts are: trope, pmwiki, mediawiki, markdown or another that is read; auto: what "
    "each seems to be, by its name and its first lines.",
)
@click.option(
    "--wikiwords/--no-wikiwords",
    default=None,
    help="Whether bare WikiWords are links.  [default: only in trope markup]",
)
@click.option(
    "--namespace",
    "namespaces",
    multiple=True,
    help="A namespace that names begin with, as in NAMESPACE/Name. May be repeated.",
)
@click.option(
    "--rules",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What becomes of templates.  [default: DIR/import-rules.toml]",
)
@click.option(
    "--media",
    type=click.Path(exists=True, path_type=Path),
    help="A folder or zip file with the pictures of the wiki, if they are not in SOURCE.",
)
@click.option("--address", default="", help="Where the wiki is published, for the credits.")
@click.option("--licence", default="", help='The licence of its pages, such as "CC BY-SA 4.0".')
@format_option("text", "json")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    show_default="one for each processor",
    help="The number of processes.",
)
def import_(
    path: Path,
    directory: Path,
    form: str,
    **options: Any,
) -> None:
    """Make a project in DIR from the pages in SOURCE.

    SOURCE is a folder, a zip file of one, a dump of MediaWiki (.xml, also .gz, .bz2, .7z), the files
    of TiddlyWiki, or JSON lines {"name": ..., "text": ..., "namespace": ...}. Folders hold pages in
    trope markup, of PmWiki (wiki.d), in Markdown (a vault of Obsidian), of DokuWiki (data/pages), or in
    what Pandoc reads, if it is installed.

    Nothing is dropped silently: DIR/import-report.txt says on its first screen what was changed, left
    out or not understood. If the import is stopped, the same command continues it. Run again on a
    newer source, it brings DIR up to date; pages that you edited stay as they are.

    \b
    Examples:
      sphinx-tropes import wiki.d my-wiki
      sphinx-tropes import dump.xml.bz2 my-wiki --licence "CC BY-SA 4.0"
      sphinx-tropes import my-vault my-wiki --title "My wiki"
      sphinx-tropes import dump.jsonl my-wiki --format json > report.json
    """
    from ..importing.report import headline
    from ..importing.wiki import REPORT, Options, import_wiki, markups

    if options["markup"] not in markups():
        raise click.BadParameter(f"it is one of {', '.join(markups())}", param_hint="--markup")
    report = import_wiki(
        path, directory, Options(**options), lambda pages, total: track(pages, "Importing", total)
    )
    if form == "json":
        print_json(report)
    else:
        print_text(headline(report))
        print_text(f"What was changed, left out or not understood: {directory / REPORT}")
