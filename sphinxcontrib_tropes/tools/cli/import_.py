"""``sphinx-tropes import``: makes a project from pages that exist elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

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
    type=click.Choice(["auto", "pmwiki", "trope"]),
    default="auto",
    show_default=True,
    help="The markup of links: in PmWiki, [[A few words]] is one page. auto: PmWiki in PmWiki's "
    "own files, trope markup in all others.",
)
@click.option(
    "--wikiwords/--no-wikiwords",
    default=None,
    help="Whether bare WikiWords are links.  [default: not in PmWiki's markup, as in PmWiki]",
)
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
    title: str | None,
    markup: str,
    form: str,
    jobs: int,
    *,
    wikiwords: bool | None,
) -> None:
    """Make a project in DIR from the pages in SOURCE.

    SOURCE is a folder of text files, a wiki.d folder of PmWiki, a zip file of either, or a file of
    JSON lines {"name": ..., "text": ...}. The folder or group of a page becomes its namespace.

    Nothing is dropped silently: DIR/import-report.txt lists what was changed, left out or not
    understood. If the import is stopped, the same command continues it.

    \b
    Examples:
      sphinx-tropes import wiki.d my-wiki
      sphinx-tropes import pages.zip my-wiki --title "My wiki"
      sphinx-tropes import dump.jsonl my-wiki --format json > report.json
    """
    from ..importing.report import headline
    from ..importing.wiki import REPORT, Options, import_wiki

    options = Options(title, markup, wikiwords, jobs)
    report = import_wiki(
        path, directory, options, lambda pages, total: track(pages, "Importing", total)
    )
    if form == "json":
        print_json(report)
    else:
        print_text(headline(report))
        print_text(f"What was changed, left out or not understood: {directory / REPORT}")
