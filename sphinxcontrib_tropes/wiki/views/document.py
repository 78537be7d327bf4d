"""View of a document with a source: everything that its page shows of other pages.

A page is rendered from its source and its view, and from nothing else. So a digest of the view
says whether the page must be written again. What is not in the view must not be shown.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of, path_of
from ..analysis.played import played_examples
from ..facts.document import Destination, link_anchor, reference_anchor
from ..index.records import Backlink, Mention
from ..index.references import object_key
from ..wiki import Wiki
from .inclusions import embedded_documents
from .neighbourhood import Neighbourhood, neighbourhood
from .parts import (
    PANEL_LENGTH,
    PageLink,
    Panel,
    PlayedExample,
    backlink_groups,
    page_link,
    panel,
    resolved_name,
    title_of,
)
from .site_pages import IndexView, WantedView, index_view, wanted_view

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "DocumentView",
    "EmbeddedDocument",
    "EmbeddingView",
    "Frame",
    "LinkView",
    "Tab",
    "Trail",
    "document_view",
    "link_view",
]

_SECTION_LENGTH = 20
"""Maximum backlinks at a section; all are in the panel and on the backlinks page."""

_MOST_ABOVE = 12
"""Maximum super-tropes that a page shows, on all levels together."""


class LinkView(NamedTuple):
    """What a link of a document shows of its target."""

    kind: str
    """As in :class:`~.records.Resolution`."""
    name: str
    """Canonical name of the page that it points to."""
    docname: str
    anchor: str
    title: str
    is_alias: bool
    uri: str = ""
    """For a page of another wiki: its address, unless intersphinx resolves it."""


class Trail(NamedTuple):
    """A page's place in an index."""

    up: PageLink
    """The index."""
    previous: PageLink | None
    next: PageLink | None


class Tab(NamedTuple):
    """A page of the same name in another namespace, or the page itself."""

    label: str
    """Label of the namespace."""
    page: PageLink
    is_here: bool


class Frame(NamedTuple):
    """What is around a page: tabs above it; reverse examples, trails and the panel below it."""

    name: str
    """Canonical name of the page."""
    tabs: tuple[Tab, ...]
    examples: tuple[Backlink, ...]
    """Examples that only the other pages have."""
    trails: tuple[Trail, ...]
    panel: Panel | None
    above: tuple[tuple[int, PageLink], ...] = ()
    """Its super-tropes and theirs, each right after its sub-trope: how far up, from 0, and link."""
    neighbourhood: Neighbourhood | None = None


class EmbeddedDocument(NamedTuple):
    """What is shown of a document inside another one."""

    docname: str
    content: str
    """Digest of its text."""
    links: tuple[tuple[str, str, LinkView], ...]
    """This field and those below: as for :class:`DocumentView`."""
    mentions: tuple[tuple[LinkView, PageLink | None], ...]
    references: tuple[tuple[str, Destination | None], ...]


class EmbeddingView(NamedTuple):
    """A page that another page includes."""

    page: LinkView


class DocumentView(NamedTuple):
    """What a document with a source shows of other pages."""

    links: tuple[tuple[str, str, LinkView], ...]
    """Target and section of each link, and what it shows."""
    frames: tuple[Frame, ...]
    """One for each page of the document."""
    listings: tuple[EmbeddingView | IndexView | Neighbourhood | Panel | WantedView, ...]
    """One for each listing of the document."""
    mentions: tuple[tuple[LinkView, PageLink | None], ...]
    """For each mention of the document: what the name resolves to, and the page with that exact
    name, which Sphinx may resolve it to.
    """
    objects: tuple[tuple[str, Panel], ...] = ()
    """The id of each of its objects that others refer to, and the references; an empty id for the
    document itself.
    """
    references: tuple[tuple[str, Destination | None], ...] = ()
    """The id and destination of each reference. Sphinx resolves them, but does not rewrite a page
    when a destination changes.
    """
    embedded: tuple[EmbeddedDocument, ...] = ()
    """The documents that it includes, and those that they include in turn."""
    sections: tuple[tuple[str, Panel], ...] = ()
    """The id of each section that other pages link to, and those links."""

    def __bool__(self) -> bool:
        return any(self)

    def unwritten(self) -> tuple[str, ...]:
        """Canonical names of the unwritten pages that it shows."""
        links = chain(self.links, *(document.links for document in self.embedded))
        linked = (link.name for _, _, link in links if not link.docname)
        drawn = (
            neighbour.name
            for listing in self.listings
            if isinstance(listing, Neighbourhood)
            for neighbour in listing.neighbours
            if not neighbour.docname
        )
        return *linked, *drawn


def document_view(
    wiki: Wiki,
    docname: str,
    *,
    panels: bool,
    neighbourhoods: bool = False,
    contents: Mapping[str, str] | None = None,
) -> DocumentView:
    """The view of the document *docname*.

    :param panels: whether its pages show who links to them.
    :param neighbourhoods: whether its pages show their neighbourhood.
    :param contents: docname -> digest of the text, for documents that others include.
    """
    facts = wiki.documents[docname]
    return DocumentView(
        tuple(_links(wiki, docname)),
        tuple(
            _frame(wiki, page.name, panels, neighbourhoods and not page.redirect)
            for page in facts.pages
        ),
        tuple(
            EmbeddingView(link_view(wiki, listing.name, listing.namespace))
            if listing.kind == "embedding"
            else _listing_view(wiki, *listing[:4])
            for listing in facts.listings
        ),
        tuple(_mentions(wiki, docname)),
        tuple(_object_panels(wiki, docname)) if panels else (),
        tuple(_references(wiki, docname)),
        tuple(
            EmbeddedDocument(
                name,
                (contents or {}).get(name, ""),
                tuple(_links(wiki, name)),
                tuple(_mentions(wiki, name)),
                tuple(_references(wiki, name)),
            )
            for name in embedded_documents(wiki, [docname])
        ),
        tuple(_section_panels(wiki, docname)) if panels else (),
    )


def _links(wiki: Wiki, docname: str) -> Iterator[tuple[str, str, LinkView]]:
    links = wiki.documents[docname].links
    for target, section in dict.fromkeys((link.target, link.section) for link in links):
        yield target, section, link_view(wiki, target, section)


def _mentions(wiki: Wiki, docname: str) -> Iterator[tuple[LinkView, PageLink | None]]:
    return (_mention_view(wiki, mention) for mention in wiki.documents[docname].mentions)


def _object_panels(wiki: Wiki, docname: str) -> Iterator[tuple[str, Panel]]:
    anchors = [ids[0] for ids in wiki.documents[docname].objects]
    for anchor in ("", *anchors):
        backlinks = wiki.backlinks(object_key(docname, anchor))
        if backlinks:
            groups = backlink_groups(wiki, backlinks, PANEL_LENGTH)
            yield anchor, Panel(f"Document/{docname}", len(backlinks), groups)


def _section_panels(wiki: Wiki, docname: str) -> Iterator[tuple[str, Panel]]:
    for page in wiki.documents[docname].pages:
        key = key_of(page.name)
        if page.redirect or wiki.pages[key].docname != docname:
            continue
        found: dict[str, list[Backlink]] = {}
        for backlink in wiki.backlinks(key):
            by_section: dict[str, list[Mention]] = {}
            for mention in backlink.mentions:
                if anchor := mention.section and wiki.section(key, mention.section):
                    by_section.setdefault(anchor, []).append(mention)
            for anchor, mentions in by_section.items():
                to_section = backlink._replace(mentions=tuple(mentions))
                found.setdefault(anchor, []).append(to_section)
        for anchor, backlinks in found.items():
            if anchor != page.anchor:
                groups = backlink_groups(wiki, backlinks, _SECTION_LENGTH)
                yield anchor, Panel(page.name, len(backlinks), groups)


def _references(wiki: Wiki, docname: str) -> Iterator[tuple[str, Destination | None]]:
    if destinations := wiki.destinations.get(docname):
        references = wiki.documents[docname].references
        for reference, destination in zip(references, destinations, strict=True):
            yield reference_anchor(reference), destination


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
    return link_view(wiki, mention, ""), page and page_link(page)


def _listing_view(
    wiki: Wiki, kind: str, name: str, namespace: str, depth: int
) -> IndexView | Neighbourhood | Panel | WantedView:
    if kind == "index":
        return index_view(wiki, namespace=namespace, index=name)
    if kind == "examples":
        resolution = wiki.resolve(name)
        examples = [example.backlink for example in wiki.reverse_examples(resolution.key)]
        groups = backlink_groups(wiki, examples)
        return Panel(resolved_name(wiki, resolution), len(examples), groups)
    if kind == "graph":
        return neighbourhood(wiki, wiki.resolve(name).key, depth=depth)
    return wanted_view(wiki) if kind == "wanted" else panel(wiki, name)


def _frame(wiki: Wiki, name: str, has_panel: bool, has_neighbourhood: bool) -> Frame:
    key = key_of(name)
    tabs = tuple(
        Tab(wiki.namespaces.label(page.namespace), page_link(page), page.key == key)
        for page in wiki.siblings(key)
    )
    trails = tuple(_trail(wiki, index, key) for index in wiki.indexes_of.get(key, ()))
    examples = tuple(example.backlink for example in wiki.reverse_examples(key))
    above = wiki.trope_relations.above(key, _MOST_ABOVE)
    return Frame(
        name,
        tabs,
        examples,
        trails,
        _panel(wiki, name) if has_panel else None,
        tuple((depth, page_link(wiki.pages[up])) for depth, up in above),
        neighbourhood(wiki, key) if has_neighbourhood else None,
    )


def _panel(wiki: Wiki, name: str) -> Panel:
    counts = played_examples(wiki).counts(wiki.resolve(name).key)
    return panel(wiki, name)._replace(played=counts, examples=tuple(_played(wiki, name)))


def _played(wiki: Wiki, name: str) -> Iterator[PlayedExample]:
    """The examples of a page that say how a trope is played, the first for each other page."""
    key = key_of(name)
    if key not in played_examples(wiki).by_page:
        return
    docname = wiki.pages[key].docname
    facts, seen = wiki.documents[docname], {key}
    names = [page.name for page in facts.pages]
    for link in facts.links:
        if not link.played or link.page < 0 or names[link.page] != name:
            continue
        other = wiki.pages.get(wiki.resolve(link.target).key)
        if other is not None and other.key not in seen:
            seen.add(other.key)
            anchor = link_anchor(path_of(link.target), link.nth)
            yield PlayedExample(link.played, page_link(other), docname, anchor)


def _trail(wiki: Wiki, index: str, key: str) -> Trail:
    members = wiki.indexes[index]
    at = wiki.position(index, key)
    page = wiki.pages.get(index)
    return Trail(
        page_link(page) if page else PageLink(title_of(wiki.index_name(index)), "", ""),
        page_link(wiki.pages[members[at - 1]]) if at > 0 else None,
        page_link(wiki.pages[members[at + 1]]) if at + 1 < len(members) else None,
    )
