"""Prepares the pages of a source: decodes them, rewrites their links, and parses them once to
collect the warnings of a build.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ...markup import MarkupSettings
from ...markup.blocks import BlockReader
from ...markup.dialect import DIALECT
from ...markup.page import clean, page_section
from ...names import key_of
from ...reading.encoding import decoded
from ..workers import workers
from .archives import Unreadable
from .links_to_renamed import with_renamed_links
from .planning import TITLE_KEPT
from .pmwiki import linked_groups, not_understood, read_pmwiki, rewritten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ...names import PageName
    from .archives import Entry, Source
    from .planning import Planned

__all__ = ["Preparation", "Prepared", "groups_linked_to", "prepared", "uses_pmwiki"]

_BATCH = 256
"""Number of pages in memory at a time."""


class Prepared(NamedTuple):
    """A page to be written."""

    planned: Planned
    data: bytes | None
    """The content; None if it can't be read: the remark says why."""
    remarks: tuple[str, ...]


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

    def prepare(self, task: tuple[Planned, bytes]) -> Prepared:
        """A page, from the bytes of its entry. If the program fails on it, the page is left
        unchanged: one page must not end the import of thousands.
        """
        planned, raw = task
        try:
            return self._prepare(planned, raw)
        except Exception as error:  # noqa: BLE001 - any bug of the parser
            if planned.entry.is_pmwiki:
                raw = read_pmwiki(raw).text
            text = "\n".join([*planned.head, raw.decode("utf-8", "replace")])
            reason = f"cannot be parsed, and is unchanged: {type(error).__name__}"
            return Prepared(planned, text.encode(), (*planned.remarks, reason))

    def _prepare(self, planned: Planned, raw: bytes) -> Prepared:
        remarks = list(planned.remarks)
        charset = ""
        if planned.entry.is_pmwiki:
            page = read_pmwiki(raw)
            raw, charset = page.text, page.charset
            if page.protected:
                remarks.append(f"was protected by {', '.join(page.protected)}, and no longer is")
        text, remark = _decoded(raw, charset)
        remarks += [remark] if remark else []
        text, changes = self._with_links(text, planned)
        unknown = not_understood(text)
        title = _own_title(text, self.settings)
        head = planned.head
        if title:
            head = tuple(line for line in head if not line.startswith("(:title "))
            if len(head) < len(planned.head):
                remarks = [remark for remark in remarks if not remark.endswith(TITLE_KEPT)]
                name = " ".join(planned.entry.name.split())
                if title != name:
                    remarks.append(f"sets its own title {title!r}: {name!r} is left out")
        # line numbers as in the new file
        notes = [(line + len(head), sentence) for line, sentence in (*changes, *unknown)]
        if head:
            text = "\n".join([*head, text])
        if not text.endswith("\n"):
            text += "\n"
        notes += self._warnings(text, planned, {line + len(head) for line, _sentence in unknown})
        remarks += (f"line {line}: {sentence}" for line, sentence in sorted(notes, key=_line))
        return Prepared(planned, text.encode(), tuple(remarks))

    def _with_links(self, text: str, planned: Planned) -> tuple[str, list[tuple[int, str]]]:
        """*text* with its links rewritten; and the line and sentence of each change."""
        changes: list[tuple[int, str]] = []
        if uses_pmwiki(planned.entry, self.is_pmwiki):
            namespace = planned.name.namespace
            is_written = self._is_written
            text, changes = rewritten(text, namespace, self.settings, is_written)
        if self.renamed:
            text, more = with_renamed_links(text, self.settings, self.renamed)
            changes += more
        return text, changes

    def _is_written(self, name: str) -> bool:
        return key_of(name) in self.keys

    def _warnings(
        self, text: str, planned: Planned, unknown_lines: set[int]
    ) -> list[tuple[int, str]]:
        """Line and sentence of each warning that a build would show."""
        found: list[tuple[int, str]] = []

        def warn(line: int, sentence: str) -> None:
            if not (line in unknown_lines and "is no page property" in sentence):
                found.append((line, sentence))

        page_section(text, planned.name, self.settings, warn)
        return found


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


def uses_pmwiki(entry: Entry, is_pmwiki: bool | None) -> bool:
    """Whether the markup of *entry* is PmWiki's.

    :param is_pmwiki: as in :class:`Preparation`.
    """
    return entry.is_pmwiki if is_pmwiki is None else is_pmwiki


def groups_linked_to(source: Source, pages: Iterable[Planned], is_pmwiki: bool | None) -> list[str]:
    """The groups that pages in PmWiki's markup link to. They need namespaces even without pages:
    otherwise a link to one would become a link to another page.
    """
    found: set[str] = set()
    for planned in pages:
        if uses_pmwiki(planned.entry, is_pmwiki):
            try:
                raw = source.read(planned.entry)
            except Unreadable:
                continue  # reported when the page is prepared
            if planned.entry.is_pmwiki:
                raw = read_pmwiki(raw).text
            found |= linked_groups(raw.decode("utf-8", "replace"))
    return sorted(found)


def _line(note: tuple[int, str]) -> int:
    return note[0]


def _decoded(raw: bytes, charset: str) -> tuple[str, str]:
    """The text of *raw*, and a remark on its encoding."""
    found = decoded(raw, charset)
    if found.sentence:
        line = f" (line {found.line})" if "byte" in found.sentence else ""
        return found.text, f"{found.sentence}{line}"
    is_utf8 = found.encoding == "utf-8"
    return found.text, "" if is_utf8 or found.text.isascii() else f"was {found.encoding}"


def prepared(
    source: Source, pages: Iterable[Planned], preparation: Preparation, jobs: int
) -> Iterator[Prepared]:
    """Each of *pages* in order, prepared in *jobs* processes."""
    waiting = iter(pages)
    chunk_size = _BATCH // (4 * jobs) or 1
    with workers(partial(_preparer, preparation), jobs, chunk_size) as work:
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


def _preparer(
    preparation: Preparation,
) -> AbstractContextManager[Callable[[tuple[Planned, bytes]], Prepared]]:
    return nullcontext(preparation.prepare)
