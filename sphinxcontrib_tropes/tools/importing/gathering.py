"""What the pages in PmWiki's markup say together, before one is prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...names import MAIN
from .pmwiki import (
    WikiPage,
    facts_of,
    linked_groups,
    prefixes_in,
    read_pmwiki,
    trails_in,
    wiki_page,
)
from .readers import readers
from .sources import Unreadable
from .texts import decoded_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .planning import Planned
    from .pmwiki import PmWikiPage, SideFiles, WikiFacts
    from .sources import Entry, Source

__all__ = ["Gathered", "gathered", "page_before", "uses_pmwiki"]


def uses_pmwiki(entry: Entry, is_pmwiki: bool | None) -> bool:
    """Whether the markup of *entry* is PmWiki's.

    :param is_pmwiki: as in :class:`Preparation`.
    """
    return entry.is_pmwiki if is_pmwiki is None else is_pmwiki


class Gathered(NamedTuple):
    """What all pages in PmWiki's markup say together, before one is prepared."""

    groups: list[str]
    """The groups that they link to. These need namespaces even without pages: otherwise a link to
    one would become a link to another page.
    """
    facts: WikiFacts


def gathered(
    source: Source,
    pages: Iterable[Planned],
    left_out: Iterable[Entry],
    is_pmwiki: bool | None,
    sides: SideFiles,
) -> Gathered:
    """What the *pages* of *source* say that are in PmWiki's markup.

    :param left_out: the pages for PmWiki's own use.
    """
    groups: set[str] = set()
    found: list[WikiPage] = []
    trails: set[str] = set()
    for planned in pages:
        if planned.entry.form not in readers() and uses_pmwiki(planned.entry, is_pmwiki):
            text, page = _read(source, planned.entry)
            if text is not None:
                found.append(page_before(planned, text, page))
                groups |= linked_groups(text)
                trails |= trails_in(text, found[-1])
    intermap = sides.intermap
    for entry in left_out:
        text = _read(source, entry)[0] or ""
        if entry.name == "InterMap":
            intermap = intermap | prefixes_in(text)
        trails |= trails_in(text, WikiPage(entry.group, entry.name))  # of all pages of its group
    return Gathered(sorted(groups), facts_of(found, intermap, trails, sides.uploads))


def _read(source: Source, entry: Entry) -> tuple[str | None, PmWikiPage | None]:
    """The text of *entry*, None if it can't be read; and the page in a file of PmWiki."""
    try:
        raw = source.read(entry)
    except Unreadable:
        return None, None  # reported when the page is prepared
    if not entry.is_pmwiki:
        return decoded_text(raw, "")[0], None
    page = read_pmwiki(raw)
    return decoded_text(page.text, page.charset)[0], page


def page_before(planned: Planned, text: str, page: PmWikiPage | None = None) -> WikiPage:
    """The facts of a page under its name in the old wiki."""
    entry = planned.entry
    return wiki_page(entry.group or MAIN, entry.name, text, page)
