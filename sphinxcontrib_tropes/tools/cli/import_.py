"""``sphinx-tropes import``: pages from elsewhere become a project."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..importing.archives import READS, open_source
from ..importing.journal import Journal, Record
from ..importing.pages import Preparing, groups_linked_to, is_of_pmwiki, prepared
from ..importing.planning import Plan, plan
from ..importing.report import as_text, report_of
from ..project_template import project_files
from ..refusal import Refusal
from .terminal import say, say_json, track

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..importing.archives import Source

__all__ = ["import_"]

REPORT = "import-report.txt"


@click.command("import", epilog="Exit codes: 0 done, whatever the report says; 2 not done.")
@click.argument("path", metavar="SOURCE", type=click.Path(exists=True, path_type=Path))
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", help="The name of the wiki.  [default: that of SOURCE]")
@click.option(
    "--markup",
    type=click.Choice(["auto", "pmwiki", "trope"]),
    default="auto",
    show_default=True,
    help="What links mean: in PmWiki, [[A few words]] is one page. auto: PmWiki's own files are "
    "PmWiki's, all others trope markup.",
)
@click.option(
    "--wikiwords/--no-wikiwords",
    default=None,
    help="Whether bare WikiWords are links.  [default: not in PmWiki's markup, as PmWiki has it]",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    show_default="one for each processor",
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
    """Make a project in DIR of the pages in SOURCE.

    SOURCE is a folder of page texts, a wiki.d folder of PmWiki, a zip file of either, or a file of
    JSON lines {"name": ..., "text": ...}. A page's folder, or its group, becomes its namespace.

    Nothing is dropped silently: what was changed, left out or not understood is in
    DIR/import-report.txt. Stopped half-way, the same command goes on where it was.

    \b
    Examples:
      sphinx-tropes import wiki.d my-wiki
      sphinx-tropes import pages.zip my-wiki --title "My wiki"
      sphinx-tropes import dump.jsonl my-wiki --format json > report.json
    """
    source = open_source(path)
    planned = plan(source.entries())
    if not planned.pages:
        raise Refusal(f"{path} holds no page; nothing is written. {_what_is_there(source)}")
    is_pmwiki = {"auto": None, "pmwiki": True, "trope": False}[markup]
    own = set(planned.namespaces)
    planned = planned.with_groups(groups_linked_to(source, planned.pages, is_pmwiki))
    if wikiwords is None:
        wikiwords = not any(is_of_pmwiki(page.entry, is_pmwiki) for page in planned.pages)
    keys = frozenset(page.name.key for page in planned.pages)
    preparing = Preparing(planned.labels, wikiwords, keys, is_pmwiki, planned.renamed)
    header = {
        "version": 1,
        "source": str(path.resolve()),
        "plan": planned.digest,
        "markup": markup,
        "wikiwords": wikiwords,
    }
    journal = Journal(directory, header)
    try:
        records = list(_records(source, planned, preparing, journal, jobs))
        report = report_of(planned, records, source.left_out, own, wikiwords=wikiwords)
        text = as_text(report)
        files = project_files(title or path.resolve().stem, planned.namespaces, wikiwords=wikiwords)
        _write_project(directory, files | {REPORT: text}, journal)
        journal.finish()
    except KeyboardInterrupt:
        done, whole = len(journal.records), len(planned.pages)
        raise Refusal(
            f"stopped: {done} of {whole} pages are done; the same command goes on from there"
        ) from None
    finally:
        journal.close()
    if form == "json":
        say_json(report)
    else:
        say(text.partition("\n")[0])
        say(f"What was changed, left out or not understood: {directory / REPORT}")


def _records(
    source: Source, planned: Plan, preparing: Preparing, journal: Journal, jobs: int
) -> Iterator[Record]:
    """What became of each page, those of earlier runs too."""
    to_do = [page for page in planned.pages if not journal.is_done(page)]
    new = set()
    for done in track(prepared(source, to_do, preparing, jobs), "Importing", total=len(to_do)):
        new.add(journal.write(done).place)
    for page in planned.pages:
        record = journal.records[page.entry.place]
        if record.place not in new and journal.changed_since(record):
            edited = "edited since it was imported; kept as it is"
            record = record._replace(remarks=(*record.remarks, edited))
        yield record


def _write_project(directory: Path, files: dict[str, str], journal: Journal) -> None:
    """Writes what makes a project of the pages; an earlier run may have done part of it."""
    for name, text in files.items():
        path = directory / name
        try:
            if not path.exists():
                journal.put(path, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise Refusal(f"{path} can't be written: {error.strerror}") from None


def _what_is_there(source: Source) -> str:
    """What is read, and the most frequent reasons why nothing there was."""
    reasons = Counter(reason for _, reason in source.left_out).most_common(_MOST_REASONS)
    told = "; ".join(f"{count} left out: {reason}" for reason, count in reasons)
    return f"It reads {READS}" + (f". There: {told}" if told else "")


_MOST_REASONS = 3
