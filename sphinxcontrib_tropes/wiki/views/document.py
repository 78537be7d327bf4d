"""Views: everything that one rendered page shows of other pages, as one frozen value.

A page is rendered from its source and its view, and from nothing else. So a digest of the view
says whether the page must be written again. What is not in a view must not be shown.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ...names import MAIN, PageName, key_of, normalized, slug
from ..exchange.foreign_reader import ForeignGroup
from ..facts.document import Destination, Place, reference_anchor
from ..index.records import Backlink, Resolution, Wanted, WikiPage
from ..index.references import object_key
from ..map.still_picture import Picture, picture
from ..wiki import Wiki
from .audit import Finding, faults
from .neighbourhood import Neighbourhood, neighbourhood

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

__all__ = [
    "AtlasView",
    "BacklinksView",
    "DocumentView",
    "Frame",
    "Group",
    "HealthEntry",
    "HealthView",
    "IndexEntry",
    "IndexView",
    "LinkView",
    "PageLink",
    "Panel",
    "RelationGroup",
    "Tab",
    "Trail",
    "WantedEntry",
    "WantedView",
    "atlas_view",
    "backlinks_parts",
    "backlinks_view",
    "digest",
    "document_view",
    "health_view",
    "index_view",
    "wanted_view",
]

PANEL_LENGTH = 50
"""How many backlinks a panel shows at the most; the rest are on the backlinks page."""
PART_LENGTH = 500
"""How many backlinks one page of them shows; a hub has several such pages."""
MOST_ABOVE = 12
"""How many super-tropes of super-tropes a page shows."""
MOST_OF_KIND = 30
"""How many pages of one relation a panel shows."""


FOREIGN_LENGTH = 5
"""The same for each other wiki."""


class PageLink(NamedTuple):
    """A link to a page or to a document, where a view shows one."""

    title: str
    docname: str
    anchor: str


class LinkView(NamedTuple):
    """What a link of a document shows of its target."""

    kind: str
    """As in :class:`~.graph.Resolution`."""
    name: str
    """Canonical name of the page it leads to."""
    docname: str
    anchor: str
    title: str
    is_alias: bool
    uri: str = ""
    """Of a page of another wiki, where this project finds it by itself."""


class Group(NamedTuple):
    """Backlinks from one namespace."""

    label: str
    """Empty for documents that are no page."""
    total: int
    """How many there are; more than are shown, for a hub."""
    backlinks: tuple[Backlink, ...]


class RelationGroup(NamedTuple):
    """What other pages say of how they stand to a page."""

    kind: str
    """How the page stands to them, one of :data:`.relations.KINDS`."""
    pages: tuple[PageLink, ...]
    total: int
    """How many there are; more than *pages*, for a hub."""


class Panel(NamedTuple):
    """Who refers to a page."""

    name: str
    """Canonical name of the page."""
    total: int
    """How many pages and documents refer to it; more than the groups hold, for a hub."""
    groups: tuple[Group, ...]
    listed: tuple[PageLink, ...] = ()
    """Those that do nothing but list it in an index."""
    unlinked: int = 0
    """How many pages and documents name it without a link."""
    relations: tuple[RelationGroup, ...] = ()
    foreign: tuple[ForeignGroup, ...] = ()
    """Who refers to it from other wikis, which *total* does not count."""


class Trail(NamedTuple):
    """A page's place in an index."""

    up: PageLink
    """The index."""
    previous: PageLink | None
    next: PageLink | None


class Tab(NamedTuple):
    """A page of the same name in another namespace, or the page itself."""

    label: str
    """Of the namespace."""
    page: PageLink
    is_here: bool


class Frame(NamedTuple):
    """What stands around a page: tabs above it, trails and its panel below."""

    name: str
    """Canonical name of the page."""
    tabs: tuple[Tab, ...]
    examples: tuple[Backlink, ...]
    """What only the other sides tell: of a trope, its works; of a work, its tropes."""
    trails: tuple[Trail, ...]
    panel: Panel | None
    """None where there is to be none."""
    above: tuple[tuple[int, PageLink], ...] = ()
    """Its super-tropes, and theirs: how far up, from 0; each right after what it is above of."""
    graph: Neighbourhood | None = None
    """Its neighbourhood, likewise."""


class IndexEntry(NamedTuple):
    """A line of an index."""

    title: str
    link: PageLink
    namespace: str
    """Its label; empty for the main one."""
    laconic: str
    alias_of: str
    """Title of the page it leads to, if it is an alias."""


class IndexView(NamedTuple):
    """An index of pages: entries under their letters."""

    letters: tuple[tuple[str, tuple[IndexEntry, ...]], ...]
    pages: int
    """How many entries are pages, not aliases."""
    indexes: tuple[tuple[PageLink, int], ...]
    """The indexes there are, each with the number of its members."""
    namespaces: tuple[tuple[str, str, int], ...]
    """Label of each namespace, what its entries bear, and how many there are."""


class BacklinksView(NamedTuple):
    """A page of backlinks."""

    name: str
    """Canonical name of the page it is about."""
    title: str
    page: PageLink | None
    """Where that is; None if it is not written."""
    laconic: str
    aliases: tuple[str, ...]
    """Titles."""
    meanings: tuple[PageLink, ...]
    """Of a name that is not written here, but in other namespaces: the pages of that name."""
    candidates: tuple[PageLink, ...]
    """Written pages that a wanted name may mean."""
    groups: tuple[Group, ...]
    total: int
    part: int
    """Which of the pages about the name this is, from 1."""
    parts: int
    listed: tuple[PageLink, ...]
    """On the last part: those that do nothing but list it in an index."""
    unlinked: tuple[Group, ...]
    """On the last part: those that name it without a link."""
    foreign: tuple[ForeignGroup, ...] = ()
    """On the last part: those from other wikis."""


class WantedEntry(NamedTuple):
    """A line of the list of wanted pages."""

    wanted: Wanted
    namespace: str
    """Its label; empty for the main one."""
    near: tuple[PageLink, ...]
    named_by: tuple[PageLink, ...] = ()
    """The pages and documents that use it, if none links to it."""


class WantedView(NamedTuple):
    """The list of wanted pages."""

    entries: tuple[WantedEntry, ...]


class HealthEntry(NamedTuple):
    """A line of the health page."""

    subject: PageLink
    """The page or document it is about; without a document for a name that nobody has written, and
    for another file."""
    other: str
    """Title of the other page in it, or what the writer was warned of, or empty."""


class HealthView(NamedTuple):
    """The health page: findings by kind."""

    kinds: tuple[tuple[str, tuple[HealthEntry, ...]], ...]


class CommunityView(NamedTuple):
    """A community of pages, on the page of the whole graph."""

    title: str
    """What it is named after; empty for the pages that are in none."""
    members: tuple[tuple[str, PageLink], ...]
    """Canonical name of each, and where it is; without a document if nobody has written it."""


class AtlasView(NamedTuple):
    """The page of the whole graph."""

    pages: int
    communities: tuple[CommunityView, ...]
    picture: Picture
    """The whole as a still picture."""


class DocumentView(NamedTuple):
    """What a document with a source shows of others."""

    links: tuple[tuple[str, str, LinkView], ...]
    """Target and section of each link, and what it shows."""
    frames: tuple[Frame, ...]
    """One for each of the document's pages."""
    listings: tuple[IndexView | Neighbourhood | Panel | WantedView, ...]
    """One for each of the document's listings."""
    mentions: tuple[tuple[LinkView, PageLink | None], ...]
    """One for each of the document's mentions: where the name leads, and the document that
    bears it, to which Sphinx may lead."""
    objects: tuple[tuple[str, Panel], ...] = ()
    """The ids of its objects that others refer to, and who; an empty one for the document."""
    references: tuple[tuple[str, Destination | None], ...] = ()
    """The id of each of its references, and where it leads. Sphinx leads them, and does not write
    a page again when that changes."""

    def __bool__(self) -> bool:
        return any(self)

    def unwritten(self) -> tuple[str, ...]:
        """Canonical names of the pages that it shows and nobody has written."""
        linked = (link.name for _, _, link in self.links if not link.docname)
        drawn = (
            neighbour.name
            for listing in self.listings
            if isinstance(listing, Neighbourhood)
            for neighbour in listing.neighbours
            if not neighbour.docname
        )
        return *linked, *drawn


def digest(view: tuple[object, ...]) -> str:
    """A short digest of a view: the same for equal views, in any process."""
    # in half the time that repr() takes, for it is all in C
    text = json.dumps(view, check_circular=False, default=repr)
    return hashlib.blake2b(text.encode("ascii"), digest_size=12).hexdigest()


def document_view(wiki: Wiki, docname: str, *, panels: bool, graphs: bool = False) -> DocumentView:
    """The view of the document *docname*.

    :param panels: whether its pages show who refers to them.
    :param graphs: whether its pages show their neighbourhood.
    """
    facts = wiki.documents[docname]
    targets = dict.fromkeys((link.target, link.section) for link in facts.links)
    return DocumentView(
        tuple((target, section, link_view(wiki, target, section)) for target, section in targets),
        tuple(
            _frame(wiki, page.name, has_panel=panels, has_graph=graphs and not page.redirect)
            for page in facts.pages
        ),
        tuple(_listing_view(wiki, *listing[:4]) for listing in facts.listings),
        tuple(_mention_view(wiki, mention) for mention in facts.mentions),
        tuple(_object_panels(wiki, docname)) if panels else (),
        tuple(_references(wiki, docname)),
    )


def _object_panels(wiki: Wiki, docname: str) -> Iterator[tuple[str, Panel]]:
    anchors = [ids[0] for ids in wiki.documents[docname].objects]
    for anchor in ("", *anchors):
        backlinks = wiki.backlinks(object_key(docname, anchor))
        if backlinks:
            groups = _groups(wiki, backlinks, PANEL_LENGTH)
            yield anchor, Panel(f"Document/{docname}", len(backlinks), groups)


def _references(wiki: Wiki, docname: str) -> Iterator[tuple[str, Destination | None]]:
    if led := wiki.destinations.get(docname):
        for reference, to in zip(wiki.documents[docname].references, led, strict=True):
            yield reference_anchor(reference), to


def link_view(wiki: Wiki, target: str, section: str) -> LinkView:
    """What a link to the canonical name *target* shows."""
    resolution = wiki.resolve(target)
    name = resolution.name
    if resolution.kind != "page":
        name = wiki.wanted_name(resolution.key) or name
    return LinkView(
        resolution.kind,
        name,
        resolution.docname,
        wiki.anchor(resolution, target, section),
        resolution.title,
        bool(resolution.via),
        resolution.uri,
    )


def _mention_view(wiki: Wiki, mention: str) -> tuple[LinkView, PageLink | None]:
    page = wiki.pages.get(key_of(mention))
    return link_view(wiki, mention, ""), page and _page_link(page)


def _listing_view(
    wiki: Wiki, kind: str, name: str, namespace: str, depth: int
) -> IndexView | Neighbourhood | Panel | WantedView:
    if kind == "index":
        return index_view(wiki, namespace=namespace, index=name)
    if kind == "examples":
        resolution = wiki.resolve(name)
        told = [example.told for example in wiki.told_elsewhere(resolution.key)]
        return Panel(_name_of(wiki, resolution), len(told), _groups(wiki, told))
    if kind == "graph":
        return neighbourhood(wiki, wiki.resolve(name).key, depth=depth)
    return wanted_view(wiki) if kind == "wanted" else panel(wiki, name)


def _frame(wiki: Wiki, name: str, *, has_panel: bool, has_graph: bool) -> Frame:
    key = key_of(name)
    tabs = tuple(
        Tab(wiki.namespaces.label(page.namespace), _page_link(page), page.key == key)
        for page in wiki.siblings(key)
    )
    trails = tuple(_trail(wiki, index, key) for index in wiki.indexes_of.get(key, ()))
    examples = tuple(example.told for example in wiki.told_elsewhere(key))
    above = wiki.standing.above(key, MOST_ABOVE)
    return Frame(
        name,
        tabs,
        examples,
        trails,
        panel(wiki, name) if has_panel else None,
        tuple((depth, _page_link(wiki.pages[up])) for depth, up in above),
        neighbourhood(wiki, key) if has_graph else None,
    )


def _trail(wiki: Wiki, index: str, key: str) -> Trail:
    members = wiki.indexes[index]
    at = wiki.position(index, key)
    page = wiki.pages.get(index)
    return Trail(
        _page_link(page) if page else PageLink(_title(wiki.index_name(index)), "", ""),
        _page_link(wiki.pages[members[at - 1]]) if at > 0 else None,
        _page_link(wiki.pages[members[at + 1]]) if at + 1 < len(members) else None,
    )


def panel(wiki: Wiki, name: str) -> Panel:
    """Who refers to the page with the canonical *name*."""
    resolution = wiki.resolve(name)
    backlinks = wiki.backlinks(resolution.key)
    told, listed = _apart(backlinks)
    foreign = tuple(group.first(FOREIGN_LENGTH) for group in wiki.foreign_backlinks(resolution.key))
    return Panel(
        _name_of(wiki, resolution),
        len(backlinks),
        _groups(wiki, told, PANEL_LENGTH),
        listed,
        len(wiki.unlinked(resolution.key)),
        _relation_groups(wiki, resolution.key),
        foreign,
    )


def _apart(backlinks: Sequence[Backlink]) -> tuple[list[Backlink], tuple[PageLink, ...]]:
    """Those that say something, and those that do nothing but list the page in an index."""
    told, listed = [], []
    for backlink in backlinks:
        if backlink.mentions and all(m.place == Place.INDEX for m in backlink.mentions):
            listed.append(PageLink(backlink.title, backlink.docname, backlink.mentions[0].anchor))
        else:
            told.append(backlink)
    return told, tuple(sorted(listed, key=lambda link: (link.title.casefold(), link)))


def _relation_groups(wiki: Wiki, key: str) -> tuple[RelationGroup, ...]:
    """What others tell of the page that it does not tell itself."""
    told = [found for found in wiki.relations(key) if not found.is_told_here]
    groups = []
    for kind, group in groupby(told, key=lambda found: found.kind):
        pages = [wiki.pages[found.other] for found in group]
        pages.sort(key=lambda page: (page.title.casefold(), page.key))
        links = tuple(map(_page_link, pages[:MOST_OF_KIND]))
        groups.append(RelationGroup(kind, links, len(pages)))
    return tuple(groups)


def _name_of(wiki: Wiki, resolution: Resolution) -> str:
    return wiki.wanted_name(resolution.key) or resolution.name


def _groups(
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


def backlinks_parts(wiki: Wiki, key: str) -> int:
    """Over how many pages the backlinks of the name with this *key* are spread."""
    return max(1, -(-wiki.count_backlinks(key) // PART_LENGTH))


def backlinks_view(wiki: Wiki, key: str, part: int) -> BacklinksView:
    """A page of backlinks of the name with this *key*, written or wanted.

    :param part: which of them, from 1.
    """
    backlinks = wiki.backlinks(key)
    told, listed = _apart(backlinks)
    parts = backlinks_parts(wiki, key)
    is_last = part == parts
    page = wiki.pages.get(key)
    name = page.name if page else wiki.wanted_name(key)
    meanings = () if page else wiki.meanings(key)
    return BacklinksView(
        name=name,
        title=page.title if page else _title(name),
        page=_page_link(page) if page else None,
        laconic=page.facts.laconic if page else "",
        aliases=tuple(_title(alias) for alias in wiki.aliases.get(key, ())),
        meanings=tuple(PageLink(_told_apart(wiki, m), m.docname, m.facts.anchor) for m in meanings),
        candidates=() if page or meanings else _near(wiki, key),
        groups=_groups(wiki, told[(part - 1) * PART_LENGTH : part * PART_LENGTH]),
        total=len(backlinks),
        part=part,
        parts=parts,
        listed=listed if is_last else (),
        unlinked=_groups(wiki, wiki.unlinked(key)) if is_last else (),
        foreign=wiki.foreign_backlinks(key) if is_last else (),
    )


def wanted_view(wiki: Wiki) -> WantedView:
    """The list of all wanted pages."""
    return WantedView(
        tuple(
            WantedEntry(
                wanted,
                _label(wiki, wanted.name),
                _near(wiki, wanted.key),
                _named_by(wiki, wanted.key),
            )
            for wanted in wiki.wanted
        )
    )


def _named_by(wiki: Wiki, key: str) -> tuple[PageLink, ...]:
    if wiki.is_referenced(key):
        return ()  # its backlinks say so
    found: dict[PageLink, None] = {}
    for docname, naming in wiki.namings[key]:
        facts = wiki.documents[docname]
        page = facts.pages[naming.page] if naming.page >= 0 else None
        link = page and PageLink(page.title, docname, page.anchor)
        found[link or PageLink(facts.title, docname, "")] = None
    return tuple(sorted(found, key=lambda link: (link.title.casefold(), link)))[:MOST_OF_KIND]


def health_view(
    wiki: Wiki, of_build: Iterable[Finding] = (), left_out: Container[str] = ()
) -> HealthView:
    """The problems of the wiki. Wanted pages have their own page.

    :param of_build: what a build was warned of beside the wiki.
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
        subject = PageLink(title, finding.docname, "")
        return HealthEntry(subject, finding.sentence)
    page = wiki.pages.get(key_of(finding.name)) if "/" in finding.name else None
    if page is not None and page.docname == finding.docname:
        subject = PageLink(_told_apart(wiki, page), page.docname, page.facts.anchor)
    else:
        title = wiki.documents[finding.docname].title
        subject = PageLink(title, finding.docname, "")
    other = finding.other
    if finding.kind != "missing-section" and other:
        written = wiki.pages.get(key_of(other))
        other = _told_apart(wiki, written) if written else _title(other)
    elif finding.kind in ("ambiguous", "duplicate"):
        other = _title(finding.name)
    return HealthEntry(subject, other)


def atlas_view(wiki: Wiki) -> AtlasView:
    """All pages by their communities."""
    atlas = wiki.atlas
    entries = [_entry(wiki, key) for key in atlas.keys]
    return AtlasView(
        atlas.written,
        tuple(
            CommunityView(
                _entry(wiki, community.name)[1].title if community.name else "",
                tuple(entries[number] for number in community.members),
            )
            for community in atlas.communities
        ),
        picture(atlas),
    )


def _entry(wiki: Wiki, key: str) -> tuple[str, PageLink]:
    page = wiki.pages.get(key)
    if page is not None:
        return page.name, _page_link(page)
    name = wiki.wanted_name(key)
    return name, PageLink(_title(name), "", "")


def index_view(wiki: Wiki, *, namespace: str = "", index: str = "") -> IndexView:
    """All pages, and their aliases, from A to Z.

    :param namespace: only those in it, if given.
    :param index: only the members of the index with this canonical name, if given.
    """
    members = frozenset(wiki.indexes.get(wiki.resolve(index).key, ())) if index else None
    entries = []
    nowhere: set[PageLink] = set()  # redirects to what nobody has written are no pages
    for page in wiki.pages.values():
        if not page.facts.is_listed or (members is not None and page.key not in members):
            continue
        if namespace and page.namespace != namespace:
            continue
        label = _label(wiki, page.name)
        resolution = wiki.resolve(page.name)
        is_redirect = resolution.key != page.key
        anchor = wiki.anchor(resolution, page.name)
        link = PageLink(page.title, resolution.docname or page.docname, anchor)
        entries.append(
            IndexEntry(page.title, link, label, page.facts.laconic, _leads_to(page, resolution))
        )
        if page.facts.redirect and resolution.kind != "page":
            nowhere.add(link)
        for alias in page.facts.aliases:
            led_to = wiki.resolve(alias)
            if led_to.key == page.key and not is_redirect:
                entries.append(IndexEntry(_title(alias), link, label, "", page.title))
    entries.sort(key=lambda entry: (*_collation(entry.title), entry.namespace, entry.link))
    letters = groupby(entries, key=lambda entry: _collation(entry.title)[1])
    pages = sum(not entry.alias_of for entry in entries)
    is_whole = not namespace and not index
    return IndexView(
        tuple((letter, tuple(group)) for letter, group in letters),
        pages,
        _indexes(wiki) if is_whole else (),
        _namespaces(wiki, [entry for entry in entries if entry.link not in nowhere]),
    )


def _leads_to(page: WikiPage, resolution: Resolution) -> str:
    """The title of what a redirect leads to, or empty."""
    if not page.facts.redirect:
        return resolution.title if resolution.key != page.key else ""
    return resolution.title or _title(resolution.name)


def _namespaces(wiki: Wiki, entries: Sequence[IndexEntry]) -> tuple[tuple[str, str, int], ...]:
    # a page that is listed under an alias too counts once
    listed = {(entry.namespace, entry.link.docname, entry.link.anchor) for entry in entries}
    counts = Counter(namespace for namespace, _docname, _anchor in listed)
    labels = [wiki.namespaces.label(name) for name in wiki.namespaces if name != MAIN]
    known = dict.fromkeys(["", *labels, *sorted(counts)])
    main = wiki.namespaces.label(MAIN)
    return tuple((label or main, label, counts[label]) for label in known if counts[label])


def _indexes(wiki: Wiki) -> tuple[tuple[PageLink, int], ...]:
    found = [
        (_page_link(wiki.pages[index]), len(members))
        for index, members in wiki.indexes.items()
        if index in wiki.pages
    ]
    return tuple(sorted(found, key=lambda entry: (entry[0].title.casefold(), entry[0])))


def _collation(title: str) -> tuple[int, str, str]:
    """Rank of the group, its letter, and what to sort by inside: accents count last, and an
    English article at the head not at all.
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


def _label(wiki: Wiki, name: str) -> str:
    """The label of the namespace of the canonical *name*; empty for the main one."""
    namespace = name.partition("/")[0]
    return "" if namespace == MAIN else wiki.namespaces.label(namespace)


def _near(wiki: Wiki, key: str) -> tuple[PageLink, ...]:
    """Pages that a wanted name may mean; with the namespace where that tells them apart."""
    return tuple(
        PageLink(_told_apart(wiki, page), page.docname, page.facts.anchor)
        for page in wiki.near(key)
    )


def _told_apart(wiki: Wiki, page: WikiPage) -> str:
    """The title of *page*, with its namespace if that is not the main one."""
    label = _label(wiki, page.name)
    return f"{page.title} ({label})" if label else page.title


def _page_link(page: WikiPage) -> PageLink:
    return PageLink(page.title, page.docname, page.facts.anchor)


def _title(name: str) -> str:
    return PageName(*name.split("/", 1)).title
