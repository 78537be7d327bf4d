"""The import of a whole wiki: from its source to a project in a new folder."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ...markup import MarkupSettings
from ...names import Namespaces
from ..files import refusing_unwritable
from ..project_template import project_files
from ..refusal import Refusal
from .archives import READS, open_source
from .journal import Journal, Record
from .pages import Preparation, Prepared, groups_linked_to, prepared, uses_pmwiki
from .planning import Plan, plan
from .report import as_text, report_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .archives import Source

__all__ = ["REPORT", "Options", "import_wiki"]

REPORT = "import-report.txt"
"""The file of the report, in the folder of the new project."""

_MOST_REASONS = 3
_MARKUP = {"auto": None, "pmwiki": True, "trope": False}


class Options(NamedTuple):
    """The options of an import."""

    title: str | None = None
    """Title of the wiki; None: the name of the source."""
    markup: str = "auto"
    """``pmwiki``, ``trope``, or ``auto``: PmWiki's markup only in its own files."""
    wikiwords: bool | None = None
    """Whether bare WikiWords are links; None: not in PmWiki's markup."""
    jobs: int = 1
    """The number of processes."""


def import_wiki(
    path: Path,
    directory: Path,
    options: Options,
    progress: Callable[[Iterator[Prepared], int], Iterator[Prepared]],
) -> dict[str, Any]:
    """Makes a project in *directory* of the pages in *path*. Continues an import that was stopped.

    :param progress: given pages and their number, passes the pages on and shows a progress bar.
    :returns: the report, which is also in the project.
    :raises Refusal: if there are no pages, or *directory* contains something else.
    """
    source = open_source(path)
    planned = plan(source.entries())
    if not planned.pages:
        raise Refusal(f"no pages in {path}; nothing was written. {_why_empty(source)}")
    is_pmwiki = _MARKUP[options.markup]
    own_namespaces = set(planned.namespaces)
    planned = planned.with_groups(groups_linked_to(source, planned.pages, is_pmwiki))
    wikiwords = options.wikiwords
    if wikiwords is None:
        wikiwords = not any(uses_pmwiki(page.entry, is_pmwiki) for page in planned.pages)
    settings = MarkupSettings(Namespaces(planned.labels), wikiwords)
    keys = frozenset(page.name.key for page in planned.pages)
    preparation = Preparation(settings, keys, is_pmwiki, planned.renamed)
    header = {
        "version": 1,
        "source": str(path.resolve()),
        "plan": planned.digest,
        "markup": options.markup,
        "wikiwords": wikiwords,
    }
    journal = Journal(directory, header)
    try:
        to_do = [page for page in planned.pages if not journal.is_done(page)]
        done = progress(prepared(source, to_do, preparation, options.jobs), len(to_do))
        records = list(_records(planned, done, journal))
        report = report_of(planned, records, source.left_out, own_namespaces, wikiwords=wikiwords)
        title = options.title or path.resolve().stem
        files = project_files(title, planned.namespaces, wikiwords=wikiwords)
        _write_project(directory, files | {REPORT: as_text(report)}, journal)
        journal.finish()
    except KeyboardInterrupt:
        finished, total = len(journal.records), len(planned.pages)
        raise Refusal(
            f"stopped: {finished} of {total} pages are done; run the same command again to continue"
        ) from None
    finally:
        journal.close()
    return report


def _records(planned: Plan, done: Iterator[Prepared], journal: Journal) -> Iterator[Record]:
    """The record of each page, including those that an earlier run wrote."""
    new = {journal.write(page).place for page in done}
    for page in planned.pages:
        record = journal.records[page.entry.place]
        if record.place not in new and journal.changed_since(record):
            edited = "edited since it was imported; kept as it is"
            record = record._replace(remarks=(*record.remarks, edited))
        yield record


def _write_project(directory: Path, files: dict[str, str], journal: Journal) -> None:
    """Writes the other files of the project; an earlier run may have written some."""
    for name, text in files.items():
        path = directory / name
        with refusing_unwritable(path):
            if not path.exists():
                journal.put(path, text.encode("utf-8", "backslashreplace"))


def _why_empty(source: Source) -> str:
    """What counts as a page, and the most frequent reasons why nothing did."""
    reasons = Counter(reason for _, reason in source.left_out).most_common(_MOST_REASONS)
    found = "; ".join(f"{count} left out: {reason}" for reason, count in reasons)
    return f"Pages are {READS}." + (f" Found: {found}" if found else "")
