"""Pages of a source become pages of a project: decoded, their links rewritten, and read once, so
that the report tells what a build would.
"""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ...markup import MarkupSettings
from ...markup.blocks import BlockReader
from ...markup.dialect import DIALECT
from ...markup.page import clean, page_section
from ...names import Namespaces, key_of
from ...reading.encoding import decoded
from .archives import Unreadable
from .links_to_renamed import followed
from .planning import TITLE_KEPT
from .pmwiki import linked_groups, not_understood, read_pmwiki, rewritten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ...names import PageName
    from .archives import Entry, Source
    from .planning import Planned

__all__ = ["Prepared", "Preparing", "groups_linked_to", "is_of_pmwiki", "prepared"]

_BATCH = 256
"""How many pages are in memory at a time."""


class Prepared(NamedTuple):
    """A page as it is to be written."""

    planned: Planned
    data: bytes | None
    """Nothing, if it can't be read: the remark says why."""
    remarks: tuple[str, ...]


class Preparing(NamedTuple):
    """What preparing a page needs to know."""

    labels: Mapping[str, str]
    """All namespaces of the project."""
    wikiwords: bool
    keys: frozenset[str]
    """Of the pages that there will be."""
    is_pmwiki: bool | None
    """Whether the markup is PmWiki's; None: that of PmWiki's own files is."""
    renamed: Mapping[tuple[str, str], PageName | None]
    """As in :class:`.planning.Plan`."""

    def page(self, planned: Planned, raw: bytes) -> Prepared:
        """The page *planned*, whose entry holds *raw*; as it is, if the program fails at it: no page
        of thousands is to end an import.
        """
        try:
            return self._page(planned, raw)
        except Exception as error:  # noqa: BLE001 - whatever a text makes of the program
            if planned.entry.is_pmwiki:
                raw = read_pmwiki(raw).text
            text = "\n".join([*planned.head, raw.decode("utf-8", "replace")])
            reason = f"it can't be read as markup, and is as it was: {type(error).__name__}"
            return Prepared(planned, text.encode(), (*planned.remarks, reason))

    def _page(self, planned: Planned, raw: bytes) -> Prepared:
        settings = MarkupSettings(_namespaces(self.labels), self.wikiwords)
        remarks = list(planned.remarks)
        charset = ""
        if planned.entry.is_pmwiki:
            page = read_pmwiki(raw)
            raw, charset = page.text, page.charset
            if page.protected:
                remarks.append(f"it was protected by {', '.join(page.protected)}: it no longer is")
        text, remark = _decoded(raw, charset)
        remarks += [remark] if remark else []
        told: list[tuple[int, str]] = []
        if is_of_pmwiki(planned.entry, self.is_pmwiki):
            keys = self.keys
            text, told = rewritten(
                text, planned.name.namespace, settings, lambda name: key_of(name) in keys
            )
        if self.renamed:
            text, led = followed(text, settings, self.renamed)
            told += led
        own = not_understood(text)
        head = planned.head
        if title := _own_title(text, settings):
            head = tuple(line for line in head if not line.startswith("(:title "))
            if len(head) < len(planned.head):
                remarks = [remark for remark in remarks if not remark.endswith(TITLE_KEPT)]
                own_name = " ".join(planned.entry.name.split())
                if title != own_name:
                    remarks.append(f"it gives itself the title {title!r}: {own_name!r} is left out")
        # as they are counted in the file that is written
        told = [(line + len(head), sentence) for line, sentence in (*told, *own)]
        is_told = {line + len(head) for line, _sentence in own}
        if head:
            text = "\n".join([*head, text])
        if not text.endswith("\n"):
            text += "\n"

        def tell(line: int, sentence: str) -> None:
            if not (line in is_told and "is no page property" in sentence):
                told.append((line, sentence))

        page_section(text, planned.name, settings, tell)
        remarks += (f"line {line}: {sentence}" for line, sentence in sorted(told, key=_line))
        return Prepared(planned, text.encode(), tuple(remarks))


def _own_title(text: str, settings: MarkupSettings) -> str:
    """The title that *text* gives its page; empty if it gives none."""
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


def is_of_pmwiki(entry: Entry, is_pmwiki: bool | None) -> bool:
    """Whether the markup of *entry* is PmWiki's.

    :param is_pmwiki: as in :class:`Preparing`.
    """
    return entry.is_pmwiki if is_pmwiki is None else is_pmwiki


def groups_linked_to(source: Source, pages: Iterable[Planned], is_pmwiki: bool | None) -> list[str]:
    """The groups that links of PmWiki's pages name: they are groups though no page of one is there,
    and a link into one must not be taken for a link to another page.
    """
    found: set[str] = set()
    for planned in pages:
        if is_of_pmwiki(planned.entry, is_pmwiki):
            try:
                raw = source.read(planned.entry)
            except Unreadable:
                continue  # it is told when the page is to be written
            if planned.entry.is_pmwiki:
                raw = read_pmwiki(raw).text
            found |= linked_groups(raw.decode("utf-8", "replace"))
    return sorted(found)


def _line(told: tuple[int, str]) -> int:
    return told[0]


def _namespaces(labels: Mapping[str, str]) -> Namespaces:
    """One object for all pages: it remembers the names it has read."""
    if labels is not _KNOWN.get("labels"):
        _KNOWN.update(labels=labels, namespaces=Namespaces(labels))
    known = _KNOWN["namespaces"]
    assert isinstance(known, Namespaces)
    return known


_KNOWN: dict[str, object] = {}


def _decoded(raw: bytes, charset: str) -> tuple[str, str]:
    """The text of *raw*, and what is to be said of its encoding."""
    found = decoded(raw, charset)
    if found.sentence:
        line = f" (line {found.line})" if "byte" in found.sentence else ""
        return found.text, f"{found.sentence}{line}"
    is_utf8 = found.encoding == "utf-8"
    return found.text, "" if is_utf8 or found.text.isascii() else f"it was {found.encoding}"


def prepared(
    source: Source, pages: Iterable[Planned], preparing: Preparing, jobs: int
) -> Iterator[Prepared]:
    """Each of *pages*, in their order, with what is to be written."""
    waiting = iter(pages)
    with _workers(preparing, jobs) as work:
        while batch := list(islice(waiting, _BATCH)):
            unread: dict[int, str] = {}
            tasks = []
            for at, planned in enumerate(batch):
                try:
                    tasks.append((planned, source.read(planned.entry)))
                except Unreadable as reason:
                    unread[at] = str(reason)
            done = work(tasks)
            for at, planned in enumerate(batch):
                yield Prepared(planned, None, (unread[at],)) if at in unread else next(done)


@contextmanager
def _workers(preparing: Preparing, jobs: int) -> Iterator[Callable[..., Iterator[Prepared]]]:
    if jobs == 1:
        yield lambda tasks: (preparing.page(planned, raw) for planned, raw in tasks)
        return
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(preparing,)) as pool:
        yield lambda tasks: pool.map(_prepare, tasks, chunksize=_BATCH // (4 * jobs) or 1)


def _begin(preparing: Preparing) -> None:
    """What a worker does first."""
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that writes decides when to stop
    _WORKER.append(preparing)


_WORKER: list[Preparing] = []


def _prepare(task: tuple[Planned, bytes]) -> Prepared:
    return _WORKER[-1].page(*task)
