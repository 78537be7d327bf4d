"""Prepares the pages of a source: decodes them, reads those of other wikis, rewrites the links of
those in trope markup or PmWiki's, and parses them once to collect the warnings of a build.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ...markup import MarkupSettings
from ...markup.blocks import BlockReader
from ...markup.dialect import DIALECT
from ...markup.page import clean, page_section
from ...names import key_of
from ..workers import workers
from .covering import Uncovered, as_typed
from .credits import credit_lines
from .gathering import page_before, uses_pmwiki
from .inline_writer import Origin
from .link_index import LinkIndex
from .links_to_renamed import with_renamed_links
from .markup_writer import written
from .media import Media, place_of
from .planning import TITLE_KEPT
from .pmwiki import not_understood, read_pmwiki, remark_on, rewritten
from .readers import Page, readers
from .remarks import WARNING, Loss, Remark, Remarks
from .sources import Credit, Unreadable
from .texts import decoded_text

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping

    from ...names import PageName
    from .planning import Planned
    from .pmwiki import WikiFacts
    from .sources import Source

__all__ = ["Preparation", "Prepared", "prepared"]

_BATCH = 256
"""Number of pages in memory at a time."""
_WORDS = re.compile(r"[^\W\d_]{4,}")
_UNREADABLE = "a page that cannot be read: shown as typed"


class Prepared(NamedTuple):
    """A page to be written."""

    planned: Planned
    data: bytes | None
    """The content; None if it can't be read: the remark says why."""
    remarks: tuple[Remark, ...]
    template_uses: tuple[tuple[str, int, str], ...] = ()
    """As in :class:`.records.Record`."""
    media: tuple[str, ...] = ()
    """The files of the source that the page shows."""
    words: tuple[int, int] = (0, 0)
    """The number of words in the source, and of those that are not in the new page."""
    credit: Credit = Credit()
    files: tuple[tuple[str, bytes], ...] = ()
    """Pictures that are in the page itself: path in the project, and content."""


class Preparation(NamedTuple):
    """What is needed to prepare a page."""

    settings: MarkupSettings
    """The settings of the new project."""
    keys: frozenset[str]
    """The keys of all pages of the new project."""
    is_pmwiki: bool | None
    """Whether the markup is PmWiki's; None: only in PmWiki's own files."""
    renamed: Mapping[tuple[str, str], PageName | None]
    """As in :class:`.planning.Plan`."""
    facts: WikiFacts
    """What pages in PmWiki's markup may ask about each other."""
    links: LinkIndex
    media: Media
    rules: Mapping[str, str]
    """Name of a template, in lower case -> trope markup."""

    licence: str
    """The licence of all pages; empty if it is not known."""

    def prepare(self, task: tuple[Planned, bytes, Credit]) -> Prepared:
        """A page, from the bytes of its entry. If the program fails on it, the page is shown as
        typed: one page must not end the import of thousands.
        """
        planned, raw, credit = task
        try:
            if planned.entry.form in readers():
                return self._read(planned, raw, credit)
            return self._rewritten(planned, raw, credit)
        except Exception as error:  # noqa: BLE001 - any bug of a parser
            if planned.entry.is_pmwiki:
                raw = read_pmwiki(raw).text
            text = raw.decode("utf-8", "replace")
            if planned.entry.form in readers():
                text = as_typed(text)
            text = "\n".join([*planned.head, text])
            remark = Remark(Loss.NOT_READ, _UNREADABLE, f"{type(error).__name__}: {error}"[:200])
            return Prepared(planned, text.encode(errors="replace"), (*planned.remarks, remark))

    # -- pages of other wikis

    def _read(self, planned: Planned, raw: bytes, credit: Credit) -> Prepared:
        reader = readers()[planned.entry.form]
        remarks = Remarks()
        key = planned.entry.key
        if getattr(reader, "is_binary", False):
            text = raw.decode("latin-1")
        else:
            text, encoding = decoded_text(raw, "")
            remarks.found += encoding

        def is_page(target: str) -> bool:
            return self.links.find(reader.name, target, key) is not None

        document = reader.read(text, Page(key, remarks, self.rules, is_page))
        shown: dict[str, None] = {}

        own_files = {
            name: place_of(f"{planned.name.namespace}-{planned.name.name}/{name}")
            for name, _ in document.files
        }

        def find_media(target: str) -> str:
            if place := own_files.get(target):
                shown[place] = None
                return f"/{place}"
            return self.media.find(reader, target, key, remarks, shown)

        origin = Origin(reader.name, key, self.links, find_media, remarks)
        title = document.title or (planned.entry.head and planned.entry.head.title) or ""
        properties, body = written(document, origin, title or planned.entry.name)
        own = {line.partition(" ")[0] for line in properties}
        head = [line for line in planned.head if line.partition(" ")[0] not in own - {"(:alias"}]
        head += credit_lines(credit, self.licence)
        result = "\n".join([*head, *properties, *([body] if body else [])]) + "\n"
        section, found_by_build = self._built(result, planned, set())
        warnings = [Remark(Loss.CHANGED, WARNING, said, line) for line, said in found_by_build]
        source = Counter(_words(" ".join(reader.words(text))))
        missing = (source - Counter(_words(result))).total()
        found = (*planned.remarks, *Uncovered(section).of(remarks.found), *warnings)
        words = source.total(), missing
        templates = tuple((name, *uses) for name, uses in remarks.template_uses.items())
        files = tuple((own_files[name], data) for name, data in document.files)
        return Prepared(
            planned, result.encode(), found, templates, tuple(shown), words, credit, files
        )

    # -- pages in trope markup, or PmWiki's

    def _rewritten(self, planned: Planned, raw: bytes, credit: Credit) -> Prepared:
        remarks = list(planned.remarks)
        charset = ""
        if planned.entry.is_pmwiki:
            page = read_pmwiki(raw)
            raw, charset = page.text, page.charset
            credit = credit._replace(authors=page.authors, changed=_date(page.modified))
            if page.protected:
                kind = "a page that was protected, and no longer is"
                remarks.append(Remark(Loss.CHANGED, kind, ", ".join(page.protected)))
        text, encoding = decoded_text(raw, charset)
        remarks += encoding
        text, changes = self._with_links(text, planned)
        unknown = not_understood(text)
        title = _own_title(text, self.settings)
        head = planned.head
        if title:
            head = tuple(line for line in head if not line.startswith("(:title "))
            if len(head) < len(planned.head):
                remarks = [remark for remark in remarks if remark.kind != TITLE_KEPT]
                name = " ".join(planned.entry.name.split())
                if title != name:
                    kind = "a page that sets its own title: that of its file is left out"
                    remarks.append(Remark(Loss.KEPT, kind, name))
        head = (*head, *credit_lines(credit, self.licence))
        if head:
            text = "\n".join([*head, text])
        if not text.endswith("\n"):
            text += "\n"
        # line numbers as in the new file
        more = len(head)
        lines = {line + more for line, _ in unknown}
        section, warnings = self._built(text, planned, lines)
        remarks += Uncovered(section).of(
            (remark_on(line + more, said) for line, said in (*changes, *unknown)),
            is_all_there=True,
        )
        remarks += (Remark(Loss.CHANGED, WARNING, said, line) for line, said in warnings)
        found = tuple(sorted(remarks, key=_line))
        media = self.media.uploads_in(text)
        return Prepared(planned, text.encode(), found, media=media, credit=credit)

    def _with_links(self, text: str, planned: Planned) -> tuple[str, list[tuple[int, str]]]:
        """*text* with its links rewritten; and the line and sentence of each change."""
        changes: list[tuple[int, str]] = []
        if uses_pmwiki(planned.entry, self.is_pmwiki):
            page = page_before(planned, text)
            page = self.facts.pages.get(page.key, page)
            namespace = planned.name.namespace
            is_written = self._is_written
            text, changes = rewritten(text, page, namespace, self.facts, self.settings, is_written)
        if self.renamed:
            text, more = with_renamed_links(text, self.settings, self.renamed)
            changes += more
        return text, changes

    def _is_written(self, name: str) -> bool:
        return key_of(name) in self.keys

    def _built(
        self, text: str, planned: Planned, unknown_lines: set[int]
    ) -> tuple[nodes.section, list[tuple[int, str]]]:
        """The page, and the line and sentence of each warning, as a build would show them."""
        found: list[tuple[int, str]] = []

        def warn(line: int, sentence: str) -> None:
            if not (line in unknown_lines and "is no page property" in sentence):
                found.append((line, sentence))

        return page_section(text, planned.name, self.settings, warn), found


def _own_title(text: str, settings: MarkupSettings) -> str:
    """The title that *text* sets; empty if it sets none."""
    if "(:title" not in text.lower():
        return ""
    reader = BlockReader(
        nodes.container(),
        DIALECT,
        settings,
        lambda line, sentence: None,
        with_sections=False,
        used_ids=set(),
    )
    reader.read(clean(text))
    return reader.properties.title


def _date(seconds: int) -> str:
    """The date of a time in seconds since 1970; empty if there is none, or no calendar has it."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds else ""
    except (OverflowError, ValueError, OSError):
        return ""


def _line(remark: Remark) -> int:
    return remark.line


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORDS.findall(text)]


def prepared(
    source: Source, pages: Iterable[Planned], preparation: Preparation, jobs: int
) -> Generator[Prepared]:
    """Each of *pages* in order, prepared in *jobs* processes."""
    waiting = iter(pages)
    chunk_size = _BATCH // (4 * jobs) or 1
    with workers(partial(_preparer, preparation), jobs, chunk_size) as work:
        while batch := list(islice(waiting, _BATCH)):
            unread: dict[int, str] = {}
            tasks = []
            for at, planned in enumerate(batch):
                try:
                    raw = source.read(planned.entry)
                    tasks.append((planned, raw, source.credit(planned.entry)))
                except Unreadable as reason:
                    unread[at] = str(reason)
            done = work(tasks)
            for at, planned in enumerate(batch):
                if at in unread:
                    remark = Remark(Loss.NOT_READ, "a page that is not in the new wiki", unread[at])
                    yield Prepared(planned, None, (remark,))
                else:
                    yield next(done)


def _preparer(
    preparation: Preparation,
) -> AbstractContextManager[Callable[[tuple[Planned, bytes, Credit]], Prepared]]:
    return nullcontext(preparation.prepare)
