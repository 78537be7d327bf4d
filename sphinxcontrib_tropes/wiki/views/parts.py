"""Parts of several views: links to pages, groups of backlinks, the panel of a page."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ...names import MAIN, PageName
from ..facts.document import Place
from ..index.foreign import ForeignGroup
from ..index.records import Backlink, Resolution, WikiPage
from ..wiki import Wiki

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "MOST_OF_KIND",
    "PANEL_LENGTH",
    "Group",
    "PageLink",
    "Panel",
    "PlayedExample",
    "RelationGroup",
    "backlink_groups",
    "by_title",
    "candidate_links",
    "digest",
    "label_of",
    "link_with_namespace",
    "page_link",
    "panel",
    "resolved_name",
    "split_listed",
    "title_of",
    "title_with_namespace",
]

PANEL_LENGTH = 50
"""Maximum backlinks in a panel; the rest are on the backlinks page."""
MOST_OF_KIND = 30
"""Maximum pages of one relation in a panel."""
_FOREIGN_LENGTH = 5
"""Maximum backlinks of another wiki in a panel."""


class PageLink(NamedTuple):
    """A link to a page or document in a view."""

    title: str
    docname: str
    anchor: str


class Group(NamedTuple):
    """Backlinks from one namespace."""

    label: str
    """Of the namespace; empty for documents that are not pages."""
    total: int
    """How many there are; for a hub, more than *backlinks*."""
    backlinks: tuple[Backlink, ...]


class RelationGroup(NamedTuple):
    """The pages that state one kind of relation to a page."""

    kind: str
    """How the page is related to them, one of :data:`.relation_cues.KINDS`."""
    pages: tuple[PageLink, ...]
    total: int
    """How many there are; for a hub, more than *pages*."""


class PlayedExample(NamedTuple):
    """An example of a page that says how a trope is played."""

    labels: str
    """Some of :data:`.names.played.LABELS`, separated by spaces."""
    other: PageLink
    """The page that it is about."""
    docname: str
    anchor: str
    """Id of the link to that page."""


class Panel(NamedTuple):
    """The panel of a page: what links to it."""

    name: str
    """Canonical name of the page."""
    total: int
    """How many pages and documents link to it; for a hub, more than the groups hold."""
    groups: tuple[Group, ...]
    listed: tuple[PageLink, ...] = ()
    """Those that only list it in an index."""
    unlinked: int = 0
    """How many pages and documents mention it without a link."""
    relations: tuple[RelationGroup, ...] = ()
    foreign: tuple[ForeignGroup, ...] = ()
    """Backlinks from other wikis; not part of *total*."""
    played: tuple[tuple[str, int], ...] = ()
    """One of :data:`.names.played.LABELS`, and how many examples are of that kind."""
    examples: tuple[PlayedExample, ...] = ()
    """Those of the page itself."""


def digest(view: tuple[object, ...]) -> str:
    """A short digest of a view: the same for equal views, in any process."""
    # all in C: half the time of repr()
    text = json.dumps(view, check_circular=False, default=repr)
    return hashlib.blake2b(text.encode("ascii"), digest_size=12).hexdigest()


# -- the panel


def panel(wiki: Wiki, name: str) -> Panel:
    """The panel of the page with the canonical *name*."""
    resolution = wiki.resolve(name)
    key = resolution.key
    backlinks = wiki.backlinks(key)
    others, listed = split_listed(backlinks)
    return Panel(
        resolved_name(wiki, resolution),
        len(backlinks),
        backlink_groups(wiki, others, PANEL_LENGTH),
        listed,
        len(wiki.unlinked(key)),
        _relation_groups(wiki, key),
        tuple(group.first(_FOREIGN_LENGTH) for group in wiki.foreign_backlinks(key)),
    )


def split_listed(backlinks: Sequence[Backlink]) -> tuple[list[Backlink], tuple[PageLink, ...]]:
    """The backlinks that do more than list the page in an index, and links to the others."""
    others, listed = [], []
    for backlink in backlinks:
        if backlink.mentions and all(m.place == Place.INDEX for m in backlink.mentions):
            listed.append(PageLink(backlink.title, backlink.docname, backlink.mentions[0].anchor))
        else:
            others.append(backlink)
    return others, by_title(listed)


def backlink_groups(
    wiki: Wiki, backlinks: Sequence[Backlink], most: int | None = None
) -> tuple[Group, ...]:
    """The first *most* of *backlinks*, by namespace."""
    totals = Counter(backlink.namespace for backlink in backlinks)
    return tuple(
        Group(
            wiki.namespaces.label(namespace) if namespace else "",
            totals[namespace],
            tuple(members),
        )
        for namespace, members in groupby(backlinks[:most], key=lambda b: b.namespace)
    )


def _relation_groups(wiki: Wiki, key: str) -> tuple[RelationGroup, ...]:
    """The relations of a page that only the other pages state."""
    stated = [found for found in wiki.relations(key) if not found.is_stated_here]
    groups = []
    for kind, group in groupby(stated, key=lambda found: found.kind):
        pages = [wiki.pages[found.other] for found in group]
        pages.sort(key=lambda page: (page.title.casefold(), page.key))
        links = tuple(map(page_link, pages[:MOST_OF_KIND]))
        groups.append(RelationGroup(kind, links, len(pages)))
    return tuple(groups)


# -- links, names and titles


def page_link(page: WikiPage) -> PageLink:
    """A link to *page*."""
    return PageLink(page.title, page.docname, page.facts.anchor)


def by_title(links: Iterable[PageLink]) -> tuple[PageLink, ...]:
    """Links, sorted by their titles."""
    return tuple(sorted(links, key=lambda link: (link.title.casefold(), link)))


def candidate_links(wiki: Wiki, key: str) -> tuple[PageLink, ...]:
    """Links to the pages that a wanted name may mean."""
    return tuple(link_with_namespace(wiki, page) for page in wiki.candidates(key))


def link_with_namespace(wiki: Wiki, page: WikiPage) -> PageLink:
    """A link to *page* that shows its namespace."""
    return PageLink(title_with_namespace(wiki, page), page.docname, page.facts.anchor)


def title_with_namespace(wiki: Wiki, page: WikiPage) -> str:
    """The title of *page*, with the label of its namespace unless that is the main one."""
    label = label_of(wiki, page.name)
    return f"{page.title} ({label})" if label else page.title


def label_of(wiki: Wiki, name: str) -> str:
    """The label of the namespace of the canonical *name*; empty for the main one."""
    namespace = name.partition("/")[0]
    return "" if namespace == MAIN else wiki.namespaces.label(namespace)


def title_of(name: str) -> str:
    """The title that follows from the canonical *name*."""
    return PageName(*name.split("/", 1)).title


def resolved_name(wiki: Wiki, resolution: Resolution) -> str:
    """The canonical name that a name resolves to; for a wanted page, as most links spell it."""
    return wiki.wanted_name(resolution.key) or resolution.name
