"""Views of the pages about the whole wiki: index, backlinks, wanted pages, health."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ...names import MAIN, key_of, normalized, slug
from ..index.foreign import ForeignGroup
from ..index.records import Resolution, Wanted, WikiPage
from ..wiki import Wiki
from .audit import Finding, faults
from .parts import (
    MOST_OF_KIND,
    Group,
    PageLink,
    backlink_groups,
    by_title,
    candidate_links,
    label_of,
    link_with_namespace,
    page_link,
    split_listed,
    title_of,
    title_with_namespace,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

__all__ = [
    "BacklinksView",
    "HealthEntry",
    "HealthView",
    "IndexEntry",
    "IndexView",
    "WantedEntry",
    "WantedView",
    "backlinks_parts",
    "backlinks_view",
    "collation",
    "health_view",
    "index_view",
    "wanted_view",
]

PART_LENGTH = 500
"""Maximum backlinks on a backlinks page; a hub has several such pages."""


# -- backlinks


class BacklinksView(NamedTuple):
    """A backlinks page."""

    name: str
    """Canonical name of the page that it is about."""
    title: str
    page: PageLink | None
    """A link to that page; None if it is not written."""
    laconic: str
    aliases: tuple[str, ...]
    """Titles of its aliases."""
    meanings: tuple[PageLink, ...]
    """If the name is not written: the pages with that name in other namespaces."""
    candidates: tuple[PageLink, ...]
    """Written pages that a wanted name may mean."""
    groups: tuple[Group, ...]
    total: int
    part: int
    """The number of this backlinks page, from 1."""
    parts: int
    """The number of backlinks pages about that page."""
    listed: tuple[PageLink, ...]
    """On the last part: pages that only list it in an index."""
    unlinked: tuple[Group, ...]
    """On the last part: pages that mention it without a link."""
    foreign: tuple[ForeignGroup, ...] = ()
    """On the last part: backlinks from other wikis."""


def backlinks_parts(wiki: Wiki, key: str) -> int:
    """How many backlinks pages the page with this *key* has."""
    return max(1, -(-wiki.count_backlinks(key) // PART_LENGTH))


def backlinks_view(wiki: Wiki, key: str, part: int) -> BacklinksView:
    """A backlinks page of the page with this *key*, written or wanted.

    :param part: number of the part, from 1.
    """
    backlinks = wiki.backlinks(key)
    others, listed = split_listed(backlinks)
    parts = backlinks_parts(wiki, key)
    is_last = part == parts
    page = wiki.pages.get(key)
    name = page.name if page else wiki.wanted_name(key)
    meanings = () if page else wiki.meanings(key)
    return BacklinksView(
        name=name,
        title=page.title if page else title_of(name),
        page=page_link(page) if page else None,
        laconic=page.facts.laconic if page else "",
        aliases=tuple(map(title_of, wiki.aliases.get(key, ()))),
        meanings=tuple(link_with_namespace(wiki, meant) for meant in meanings),
        candidates=() if page or meanings else candidate_links(wiki, key),
        groups=backlink_groups(wiki, others[(part - 1) * PART_LENGTH : part * PART_LENGTH]),
        total=len(backlinks),
        part=part,
        parts=parts,
        listed=listed if is_last else (),
        unlinked=backlink_groups(wiki, wiki.unlinked(key)) if is_last else (),
        foreign=wiki.foreign_backlinks(key) if is_last else (),
    )


# -- wanted pages


class WantedEntry(NamedTuple):
    """A line of the list of wanted pages."""

    wanted: Wanted
    namespace: str
    """Label of its namespace; empty for the main one."""
    candidates: tuple[PageLink, ...]
    """Written pages that the name may mean."""
    named_by: tuple[PageLink, ...] = ()
    """If nothing links to it: the pages and documents with a property that names it."""


class WantedView(NamedTuple):
    """The list of wanted pages."""

    entries: tuple[WantedEntry, ...]


def wanted_view(wiki: Wiki) -> WantedView:
    """The list of all wanted pages."""
    return WantedView(
        tuple(
            WantedEntry(
                wanted,
                label_of(wiki, wanted.name),
                candidate_links(wiki, wanted.key),
                _named_by(wiki, wanted.key),
            )
            for wanted in wiki.wanted
        )
    )


def _named_by(wiki: Wiki, key: str) -> tuple[PageLink, ...]:
    if wiki.is_referenced(key):
        return ()  # its backlinks page shows them
    found: set[PageLink] = set()
    for docname, naming in wiki.namings[key]:
        facts = wiki.documents[docname]
        page = facts.pages[naming.page] if naming.page >= 0 else None
        title, anchor = (page.title, page.anchor) if page else (facts.title, "")
        found.add(PageLink(title, docname, anchor))
    return by_title(found)[:MOST_OF_KIND]


# -- health


class HealthEntry(NamedTuple):
    """A line of the health page."""

    subject: PageLink
    """The page or document with the problem; without a docname for an unwritten page, and for
    another file."""
    other: str
    """Title of the other page, or text of the warning, or empty."""


class HealthView(NamedTuple):
    """The health page: findings by kind."""

    kinds: tuple[tuple[str, tuple[HealthEntry, ...]], ...]


def health_view(
    wiki: Wiki, of_build: Iterable[Finding] = (), left_out: Container[str] = ()
) -> HealthView:
    """The problems of the wiki, except wanted pages, which have their own page.

    :param of_build: warnings of the build.
    :param left_out: kinds of findings.
    """
    found = groupby(faults(wiki, of_build), key=lambda finding: finding.kind)
    return HealthView(
        tuple(
            (kind, tuple(_health_entry(wiki, finding) for finding in group))
            for kind, group in found
            if kind not in left_out
        )
    )


def _health_entry(wiki: Wiki, finding: Finding) -> HealthEntry:
    if finding.sentence:
        document = wiki.documents.get(finding.docname)
        title = document.title if document else finding.docname or finding.name
        return HealthEntry(PageLink(title, finding.docname, ""), finding.sentence)
    page = wiki.pages.get(key_of(finding.name)) if "/" in finding.name else None
    if page is not None and page.docname == finding.docname:
        subject = link_with_namespace(wiki, page)
    else:
        subject = PageLink(wiki.documents[finding.docname].title, finding.docname, "")
    other = finding.other
    if finding.kind != "missing-section" and other:
        written = wiki.pages.get(key_of(other))
        other = title_with_namespace(wiki, written) if written else title_of(other)
    elif finding.kind in ("ambiguous", "duplicate"):
        other = title_of(finding.name)
    return HealthEntry(subject, other)


# -- index


class IndexEntry(NamedTuple):
    """A line of an index."""

    title: str
    link: PageLink
    namespace: str
    """Label of its namespace; empty for the main one."""
    laconic: str
    alias_of: str
    """If it is an alias: the title of its page."""


class IndexView(NamedTuple):
    """An index of pages: entries by letter."""

    letters: tuple[tuple[str, tuple[IndexEntry, ...]], ...]
    pages: int
    """How many entries are pages, not aliases."""
    indexes: tuple[tuple[PageLink, int], ...]
    """The indexes of the wiki, each with the number of its members."""
    namespaces: tuple[tuple[str, str, int], ...]
    """Label of each namespace, label in its entries, and the number of its entries."""


def index_view(wiki: Wiki, *, namespace: str = "", index: str = "") -> IndexView:
    """All pages and their aliases from A to Z.

    :param namespace: only the pages in it, if given.
    :param index: only the members of the index with this canonical name, if given.
    """
    members = frozenset(wiki.indexes.get(wiki.resolve(index).key, ())) if index else None
    entries = []
    nowhere: set[PageLink] = set()  # redirects to unwritten pages are not pages
    for page in wiki.pages.values():
        if not page.facts.is_listed or (members is not None and page.key not in members):
            continue
        if namespace and page.namespace != namespace:
            continue
        label = label_of(wiki, page.name)
        resolution = wiki.resolve(page.name)
        is_redirect = resolution.key != page.key
        anchor = wiki.anchor(resolution, page.name)
        link = PageLink(page.title, resolution.docname or page.docname, anchor)
        entries.append(
            IndexEntry(page.title, link, label, page.facts.laconic, _alias_of(page, resolution))
        )
        if page.facts.redirect and resolution.kind != "page":
            nowhere.add(link)
        if not is_redirect:
            own = [a for a in page.facts.aliases if wiki.resolve(a).key == page.key]
            entries += [IndexEntry(title_of(a), link, label, "", page.title) for a in own]
    entries.sort(key=lambda entry: (*collation(entry.title), entry.namespace, entry.link))
    letters = groupby(entries, key=lambda entry: collation(entry.title)[1])
    pages = sum(not entry.alias_of for entry in entries)
    is_whole = not namespace and not index
    return IndexView(
        tuple((letter, tuple(group)) for letter, group in letters),
        pages,
        _indexes(wiki) if is_whole else (),
        _namespaces(wiki, [entry for entry in entries if entry.link not in nowhere]),
    )


def _alias_of(page: WikiPage, resolution: Resolution) -> str:
    """The title of the page that a redirect resolves to; else empty."""
    if not page.facts.redirect:
        return resolution.title if resolution.key != page.key else ""
    return resolution.title or title_of(resolution.name)


def _namespaces(wiki: Wiki, entries: Sequence[IndexEntry]) -> tuple[tuple[str, str, int], ...]:
    # a page and its aliases count once
    listed = {(entry.namespace, entry.link.docname, entry.link.anchor) for entry in entries}
    counts = Counter(namespace for namespace, _docname, _anchor in listed)
    labels = [wiki.namespaces.label(name) for name in wiki.namespaces if name != MAIN]
    known = dict.fromkeys(["", *labels, *sorted(counts)])
    main = wiki.namespaces.label(MAIN)
    return tuple((label or main, label, counts[label]) for label in known if counts[label])


def _indexes(wiki: Wiki) -> tuple[tuple[PageLink, int], ...]:
    found = [
        (page_link(wiki.pages[index]), len(members))
        for index, members in wiki.indexes.items()
        if index in wiki.pages
    ]
    return tuple(sorted(found, key=lambda entry: (entry[0].title.casefold(), entry[0])))


def collation(title: str) -> tuple[int, str, str]:
    """Rank of the group, its letter, and the sort key within it: accents count last, a leading
    English article not at all.
    """
    folded = normalized(title.casefold(), "NFD")
    for article in ("the ", "a ", "an "):
        folded = folded.removeprefix(article)
    letters = slug(folded)
    if not letters:
        return 2, "#", folded
    if letters[0].isdigit():
        return 0, "0–9", letters
    return 1, unicodedata.normalize("NFD", letters[0])[0].upper(), letters
