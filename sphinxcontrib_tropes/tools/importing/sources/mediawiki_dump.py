"""A dump of a MediaWiki as a source: it is read twice, for the names and for the texts."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

from ..readers import Head, Unwanted, head_of, readers
from ..readers.mediawiki.names import CATEGORY, FILE, canonical, number_of
from .entries import Credit, Entry, Origin, Unreadable, numbered
from .mediawiki_xml import DumpPage, Reading, Site
from .packed_files import opened

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

__all__ = ["DUMP_SUFFIXES", "MediaWikiDump"]

DUMP_SUFFIXES = (".xml", ".xml.gz", ".xml.bz2", ".xml.7z")
"""The suffixes of dumps."""

_FORM = "mediawiki"
_MOST_OF_NAMES = 100


class MediaWikiDump:
    """An XML dump: of ``Special:Export`` or ``dumpBackup.php``, maybe packed.

    :raises Refusal: if it can't be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: Generator[DumpPage] | None = None
        self._next = 0
        self._last: DumpPage | None = None
        self._site = Site()
        self._namespaces: re.Pattern[str] | None = None
        self.origin = Origin()
        self.left_out: list[tuple[str, str]] = []
        self.media: list[str] = []
        with opened(path):
            pass

    def entries(self, form: str | None) -> list[Entry]:
        self.left_out.clear()
        found = []
        seen: Counter[str] = Counter()
        reader = readers()[_FORM]
        with opened(self._path) as file:
            reading = Reading(file, self.left_out)
            for page in reading.pages():
                key = reader.key(self._canonical(page))
                try:
                    head = head_of(reader, key, page.title, page.text)
                except Unwanted as reason:
                    self.left_out.append((page.title, str(reason)))
                    continue
                seen[page.title] += 1
                entry = self._entry(page, key, head)
                found.append(entry._replace(place=numbered(page.title, seen[page.title])))
            self._site = reading.site()
        self._namespaces = _localised(self._site)
        has_categories = any(number_of(entry.group) == CATEGORY for entry in found if entry.group)
        empty = () if has_categories else (canonical(CATEGORY),)
        self.origin = Origin(self._site.name, self._site.base, empty)
        return found

    @staticmethod
    def _entry(page: DumpPage, key: str, head: Head) -> Entry:
        name = page.title.partition(":")[2].strip() if page.namespace else page.title
        group = page.namespace
        if group and number_of(group) is None:
            group = canonical(page.ns, group)  # as in the texts: see _in_english
        head = head._replace(name=name, group=group)
        return Entry(
            page.title,
            group,
            name,
            _FORM,
            page.position,
            key,
            head,
            may_have_group=False,
        )

    @staticmethod
    def _canonical(page: DumpPage) -> str:
        """The title with its namespace in English, if all wikis have it."""
        english = canonical(page.ns)
        return f"{english}:{page.title.partition(':')[2]}" if english else page.title

    def read(self, entry: Entry) -> bytes:
        if self._stream is None or entry.position < self._next:
            self.close()
            self._stream = self._pages()
        for page in self._stream:
            self._next = page.position + 1
            if page.position == entry.position:
                if readers()[_FORM].key(self._canonical(page)) != entry.key:
                    break
                self._last = page
                return self._in_english(page.text).encode()
        self.close()
        raise Unreadable("cannot be read: the dump has changed meanwhile")

    def _in_english(self, text: str) -> str:
        """*text* with the names that only this wiki knows in words that all know."""
        if self._site.name:
            text = text.replace("{{SITENAME}}", self._site.name)
        if self._namespaces is None:
            return text
        numbers = self._site.namespaces

        def english(found: re.Match[str]) -> str:
            begin, name, rest, end = found.groups()
            number = numbers.get(" ".join(name.replace("_", " ").split()).casefold(), 0)
            # what readers see stays, unless the link is a category or a picture
            is_seen = end == "]]" and (":" in begin or number not in (CATEGORY, FILE))
            label = f"|{name}:{rest}" if is_seen else ""
            return f"{begin}{canonical(number, name)}:{rest}{label}{end}"

        return self._namespaces.sub(english, text)

    def credit(self, entry: Entry) -> Credit:
        if self._last is None:
            return Credit()
        return Credit(self._last.contributors, self._last.timestamp[:10])

    def copy(self, path: str, destination: Path) -> None:
        raise Unreadable("a dump has no pictures")

    def close(self) -> None:
        """Closes the file."""
        if self._stream is not None:
            self._stream.close()
        self._stream, self._next = None, 0

    def _pages(self) -> Generator[DumpPage]:
        with opened(self._path) as file, closing(Reading(file, []).pages()) as found:
            yield from found


def _localised(site: Site) -> re.Pattern[str] | None:
    """Finds links into the namespaces that all wikis have, by names that only this one gives them."""
    names = [
        name
        for name, number in site.namespaces.items()
        if canonical(number) and number_of(name) != number
    ]
    if not names:
        return None
    spelled = (re.escape(name).replace(r"\ ", "[ _]+") for name in names[:_MOST_OF_NAMES])
    return re.compile(
        rf"(\[\[[ _]{{0,9}}:?[ _]{{0,9}})({'|'.join(spelled)})[ _]{{0,9}}:"
        r"([^\[\]|\n]{0,400})(\]\]|)",
        re.IGNORECASE,
    )
