"""The import of a whole wiki: from its source to a project in a new folder."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ...markup import MarkupSettings
from ...names import MAIN, Namespaces, PageName
from ...reading.encoding import decoded
from ..files import refusing_unwritable, write_atomic
from ..project_template import project_files
from ..refusal import Refusal
from . import rules
from .credits import credit_pages
from .gathering import gathered, uses_pmwiki
from .journal import Journal
from .link_index import LinkIndex
from .media import Media
from .pages import Preparation, Prepared, prepared
from .planning import page_file, plan
from .pmwiki import FOR_ITS_OWN_USE, is_bookkeeping, side_files
from .readers import Unwanted, head_of, readers
from .redirects import ONE_NAME, without_spellings
from .report import Outcome, as_text, report_of
from .sources import Folder, Origin, Unreadable, open_source, what_is_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .readers import Head
    from .records import Record
    from .sources import Entry, Source

__all__ = ["REPORT", "Options", "import_wiki", "markups"]

REPORT = "import-report.txt"
"""The file of the report, in the folder of the new project."""

_MOST_REASONS = 3
_NOT_SHOWN = "a picture or file that no page shows"
_HOME_PAGES = ("HomePage", "MainPage", "Home", "Hauptseite", "Start", "Index", "Welcome")
"""The pages that wikis begin with, the likeliest first."""
_MARKUP = {"pmwiki": True, "trope": False}


class Options(NamedTuple):
    """The options of an import."""

    title: str | None = None
    """Title of the wiki; None: as the source says, or its name."""
    markup: str = "auto"
    """``pmwiki``, ``trope``, the name of a reader, or ``auto``: what each text seems to be."""
    wikiwords: bool | None = None
    """Whether bare WikiWords are links; None: only in trope markup."""
    jobs: int = 1
    """The number of processes."""
    namespaces: tuple[str, ...] = ()
    """Namespaces that names may begin with."""
    rules: Path | None = None
    """The file of rules for templates; None: the one in the project, if it is there."""
    media: Path | None = None
    """A folder with the pictures and files of the source."""
    address: str = ""
    """Where the wiki was published."""
    licence: str = ""
    """The licence of its pages."""


def markups() -> list[str]:
    """The values of the option *markup*."""
    return ["auto", "trope", "pmwiki", *sorted(readers())]


def import_wiki(
    path: Path,
    directory: Path,
    options: Options,
    progress: Callable[[Iterator[Prepared], int], Iterator[Prepared]],
) -> dict[str, Any]:
    """Makes a project in *directory* of the pages in *path*. Continues an import that was stopped;
    brings a finished one up to date, and leaves pages as they are that were edited since.

    :param progress: given pages and their number, passes the pages on and shows a progress bar.
    :returns: the report, which is also in the project.
    :raises Refusal: if there are no pages, or *directory* contains something else.
    """
    return _Import(path, directory, options).run(progress)


class _Import:
    def __init__(self, path: Path, directory: Path, options: Options) -> None:
        self._path = path
        self._directory = directory
        self._options = options
        if path.is_dir() and path.resolve().is_relative_to(directory.resolve()):
            raise Refusal(f"cannot import {path} into {directory}, which it is a part of")
        wrong = [name for name in options.namespaces if not any(map(str.isalnum, name))]
        if wrong:
            raise Refusal(f"{wrong[0]!r} is no namespace: it has no letter or digit")
        self._journal = Journal(directory)
        self._is_pmwiki = _MARKUP.get(options.markup)
        self._missing: dict[str, str] = {}  # what each reader lacks
        self._rules_file = options.rules or directory / rules.FILE
        self._rules = rules.read_rules(self._rules_file)
        self._source = open_source(path)
        form = None if options.markup == "auto" else options.markup
        entries = self._with_heads(self._source.entries(form))
        own_use = [e for e in entries if e.is_pmwiki and is_bookkeeping(f"{e.group}.{e.name}")]
        places = {entry.place for entry in own_use}
        self._source.left_out += ((entry.place, FOR_ITS_OWN_USE) for entry in own_use)
        entries, spellings = without_spellings(e for e in entries if e.place not in places)
        self._source.left_out += ((entry.place, ONE_NAME) for entry in spellings)
        self._media_source = self._source
        if options.media:
            self._media_source = open_source(options.media)
            self._media_source.entries(None)
        known = {
            place: PageName(*name.split("/", 1)) for place, name in self._journal.names.items()
        }
        self._planned = plan(entries, options.namespaces, known)
        if not self._planned.pages:
            raise Refusal(f"no pages in {path}; nothing was written. {self._why_empty()}")
        self._own_namespaces = set(self._planned.namespaces)
        self._sides = side_files(path)
        groups, self._facts = gathered(
            self._source, self._planned.pages, own_use, self._is_pmwiki, self._sides
        )
        self._planned = self._planned.with_groups([*groups, *self._source.origin.namespaces])
        self._wikiwords = self._links_wikiwords()

    def _with_heads(self, entries: list[Entry]) -> list[Entry]:
        """*entries*, with what their readers say of them."""
        found = []
        for entry in entries:
            if entry.form not in readers() or entry.head is not None:
                found.append(entry)
                continue
            try:
                head = self._head(entry)
            except (Unreadable, Unwanted) as reason:
                self._source.left_out.append((entry.place, str(reason)))
                continue
            found.append(entry._replace(head=head, name=head.name, group=head.group))
        return found

    def _head(self, entry: Entry) -> Head:
        """What its reader says of *entry*.

        :raises Unwanted: or :exc:`Unreadable`, if it is no page for readers, or can't be read.
        """
        if entry.form not in self._missing:
            self._missing[entry.form] = _missing(entry.form)
        if missing := self._missing[entry.form]:
            raise Unwanted(missing)
        reader = readers()[entry.form]
        raw = self._source.read(entry)
        is_binary = getattr(reader, "is_binary", False)
        text = raw.decode("latin-1") if is_binary else decoded(raw, "").text
        return head_of(reader, entry.key, entry.name, text)

    def _links_wikiwords(self) -> bool:
        if self._options.wikiwords is not None:
            return self._options.wikiwords
        return self._sides.wikiwords or not any(
            page.entry.form in readers() or uses_pmwiki(page.entry, self._is_pmwiki)
            for page in self._planned.pages
        )

    def run(
        self, progress: Callable[[Iterator[Prepared], int], Iterator[Prepared]]
    ) -> dict[str, Any]:
        """Writes the project, and returns the report."""
        planned, journal, options = self._planned, self._journal, self._options
        media = Media.of(self._media_source.media, self._sides.uploads)
        namespaces = Namespaces(planned.labels)
        preparation = Preparation(
            MarkupSettings(namespaces, self._wikiwords),
            frozenset(page.name.key for page in planned.pages),
            self._is_pmwiki,
            planned.renamed,
            self._facts,
            LinkIndex.of(planned.pages, namespaces),
            media,
            self._rules,
            options.licence,
        )
        journal.open(self._header())
        try:
            to_do = [page for page in planned.pages if not journal.is_done(page)]
            # closed at once if a page can't be written: the processes end before this one does
            with closing(prepared(self._source, to_do, preparation, options.jobs)) as done:
                records = list(self._records(progress(done, len(to_do))))
            copied, failed = self._copy(media, records)
            files = self._files(records)
            edited = [name for name, data in files.items() if not journal.write_file(name, data)]
            templates = self._write_rules(records)
            gone = journal.gone({record.file for record in records} | files.keys())
            outcome = Outcome(
                self._source.left_out,
                self._own_namespaces,
                self._wikiwords,
                copied,
                failed,
                gone,
                [*self._edited(records), *journal.kept_files, *edited],
                str(self._rules_file) if templates else "",
            )
            report = report_of(planned, records, outcome)
            with refusing_unwritable(self._directory / REPORT):
                journal.put(self._directory / REPORT, _encoded(as_text(report)))
            journal.finish(files)
        except KeyboardInterrupt:
            finished, total = len(journal.records), len(planned.pages)
            raise Refusal(
                f"stopped: {finished} of {total} pages are done; run the same command again to "
                "continue"
            ) from None
        finally:
            journal.close()
        return report

    def _header(self) -> dict[str, Any]:
        """What must be the same where a stopped import goes on."""
        return {
            "version": 2,
            "source": str(self._path.resolve()),
            "plan": self._planned.digest,
            "markup": self._options.markup,
            "wikiwords": self._wikiwords,
            "rules": self._rules,
            "licence": self._options.licence,
        }

    def _records(self, done: Iterator[Prepared]) -> Iterator[Record]:
        """The record of each page, including those that a stopped run wrote."""
        new = {self._journal.write(page).place for page in done}
        for page in self._planned.pages:
            record = self._journal.records[page.entry.place]
            if record.place not in new and self._journal.changed_since(record):
                record = self._journal.as_edited(record)
            yield record

    def _edited(self, records: list[Record]) -> list[str]:
        return [record.file for record in records if self._journal.is_edited(record)]

    def _copy(self, media: Media, records: list[Record]) -> tuple[list[str], list[tuple[str, str]]]:
        """Copies the files that pages show: those that were copied, and place and reason of those
        that were not.
        """
        origins: dict[str, tuple[Source, str]] = {
            place: (self._media_source, path) for path, place in media.files.items()
        }
        if self._sides.folder:
            uploads = Folder(self._sides.folder)
            origins |= {place: (uploads, path) for place, path in media.uploads.items()}
        copied: list[str] = []
        failed = []
        shown = dict.fromkeys(place for record in records for place in record.media)
        for place in shown:
            destination = self._directory / place
            if place not in origins:
                copied.append(place)  # from a page itself
                continue
            source, path = origins[place]
            try:
                with refusing_unwritable(destination):
                    destination.parent.mkdir(parents=True, exist_ok=True)
                    self._journal.copy(source, path, destination)
            except Unreadable as reason:
                failed.append((path, str(reason)))
            else:
                copied.append(place)
        failed += ((path, _NOT_SHOWN) for place, (_, path) in origins.items() if place not in shown)
        return copied, failed

    def _files(self, records: list[Record]) -> Mapping[str, bytes]:
        """The files of the project besides its pages: path -> content."""
        origin, options = self._source.origin, self._options
        title = options.title or origin.title or self._path.resolve().stem
        namespaces = self._planned.namespaces
        main = (page.name for page in self._planned.pages if page.name.namespace == MAIN)
        names = {name.name: str(name) for name in main}
        home = next((names[name] for name in _HOME_PAGES if name in names), "")
        files = project_files(title, namespaces, wikiwords=self._wikiwords, home=home)
        from_ = Origin(origin.title or title, options.address or origin.address)
        taken = {page.name.key for page in self._planned.pages}
        is_known = options.address or origin.address
        credited = credit_pages(records, from_ if is_known else Origin(), options.licence, taken)
        files |= {page_file(name): text for name, text in credited}
        return {name: _encoded(text) for name, text in files.items()}

    def _write_rules(self, records: list[Record]) -> bool:
        """Adds new templates to the file of rules; whether there are any templates."""
        uses: Counter[str] = Counter()
        pages: Counter[str] = Counter()
        guesses: dict[str, str] = {}
        for record in records:
            for name, count, guess in record.template_uses:
                uses[name] += count
                pages[name] += 1
                guesses.setdefault(name, guess)
        path = self._rules_file
        with refusing_unwritable(path):
            text = path.read_text(encoding="utf-8") if path.exists() else None
            templates = {name: (uses[name], pages[name], guesses[name]) for name in uses}
            if (new := rules.with_new_templates(text, templates)) is not None:
                if path == self._directory / rules.FILE:
                    self._journal.put(path, _encoded(new))
                else:  # maybe on another disk, or a link
                    write_atomic(path.resolve(), _encoded(new))
        return bool(uses)

    def _why_empty(self) -> str:
        """What counts as a page, and the most frequent reasons why nothing did."""
        reasons = Counter(reason for _, reason in self._source.left_out)
        found = "; ".join(
            f"{count} left out: {reason}" for reason, count in reasons.most_common(_MOST_REASONS)
        )
        return f"Pages are {what_is_read()}." + (f" Found: {found}" if found else "")


def _missing(form: str) -> str:
    """What must be installed before the reader *form* can read; empty if nothing."""
    missing: Callable[[], str] = getattr(readers()[form], "missing", str)
    return missing()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
