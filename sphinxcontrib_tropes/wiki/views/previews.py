"""Previews: the card that a link shows of its target, written or wanted.

Cards are not part of a page's view, because a card changes with the first lines of its page, and
many pages link to that page. So cards are data, loaded when a reader needs one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..text.excerpts import LONGEST_OPENING, Excerpt, opening
from .lead_links import LeadLink, LeadLinks
from .parts import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from ..analysis.co_citation import Related
    from ..index.records import Wanted, WikiPage
    from ..wiki import Wiki

__all__ = ["Card", "Choice", "RelatedCard", "SectionCard", "cards"]

_MOST_TITLES = 5
"""Maximum titles shown of pages that link to a wanted page."""


class Choice(NamedTuple):
    """A page that an unwritten name may mean."""

    title: str
    namespace: str
    """Label of its namespace; empty for the main one."""
    docname: str
    anchor: str


class RelatedCard(NamedTuple):
    """A page that a sentence names together with another, and that sentence."""

    title: str
    docname: str
    anchor: str
    sentence_docname: str
    sentence_anchor: str
    """Id of the link in the sentence."""
    excerpt: Excerpt


class SectionCard(NamedTuple):
    """What a preview shows of a section."""

    anchor: str
    title: str
    lead: str
    """As in :class:`Card`."""
    links: tuple[LeadLink, ...]


class Card(NamedTuple):
    """What a preview shows of a page."""

    kind: str
    """``page``, ``wanted`` or ``ambiguous``."""
    name: str
    """Canonical name."""
    docname: str
    """Empty if it is not written."""
    anchor: str
    title: str
    namespace: str
    """Label of its namespace; empty for the main one."""
    laconic: str = ""
    lead: str = ""
    """First lines, with :data:`~.facts.COVER` instead of spoilers."""
    wants: int = 0
    """How many pages and documents link to it or name it."""
    wanted_by: tuple[str, ...] = ()
    """Titles of the first of those pages."""
    choices: tuple[Choice, ...] = ()
    """The pages that an ambiguous name may mean."""
    candidates: tuple[Choice, ...] = ()
    """The pages that a wanted name may mean."""
    related: tuple[RelatedCard, ...] = ()
    links: tuple[LeadLink, ...] = ()
    """The links in :attr:`lead`."""
    picture: str = ""
    """As :attr:`.facts.Page.picture`."""
    sections: tuple[SectionCard, ...] = ()
    """Those that links lead to."""


def cards(wiki: Wiki, keys: AbstractSet[str] | None = None) -> Iterator[Card]:
    """The cards of all pages, except redirects, and of all wanted pages.

    :param keys: only the cards of these pages, if given.
    """
    for page in wiki.pages.values():
        if (keys is None or page.key in keys) and wiki.resolve(page.name).key == page.key:
            yield _of_page(wiki, page)
    for wanted in wiki.wanted:
        if keys is None or wanted.key in keys:
            yield _of_wanted(wiki, wanted)


def _of_page(wiki: Wiki, page: WikiPage) -> Card:
    laconic, lead = page.facts.laconic, page.facts.lead
    room = LONGEST_OPENING - len(laconic)
    if len(lead) > room:
        lead = opening(lead.split("\n"), max(room, 0))
    label = label_of(wiki, page.name)
    related = tuple(_related(wiki, found) for found in wiki.related(page.key))
    links = LeadLinks(wiki, page)
    return Card(
        "page", page.name, page.docname, page.facts.anchor, page.title, label, laconic, lead,
        related=related,
        links=tuple(links.within(lead)),
        picture=page.facts.picture,
        sections=tuple(_sections(wiki, page, links)),
    )  # fmt: skip


def _sections(wiki: Wiki, page: WikiPage, links: LeadLinks) -> Iterator[SectionCard]:
    """The sections of a page that other pages link to."""
    openings = {id_: found for found in page.facts.openings for id_ in found.ids.split()}
    if not openings:
        return
    slugs = {m.section for backlink in wiki.backlinks(page.key) for m in backlink.mentions}
    anchors = {wiki.section(page.key, slug) for slug in slugs if slug}
    for anchor in sorted(anchors & openings.keys()):
        _ids, title, lead = openings[anchor]
        yield SectionCard(anchor, title, lead, tuple(links.within(lead)))


def _related(wiki: Wiki, found: Related) -> RelatedCard:
    page = wiki.pages[found.key]
    return RelatedCard(
        page.title, page.docname, page.facts.anchor, found.docname, found.anchor, found.excerpt
    )


def _of_wanted(wiki: Wiki, wanted: Wanted) -> Card:
    choices = _choices(wiki, wiki.meanings(wanted.key))
    return Card(
        "ambiguous" if choices else "wanted",
        wanted.name,
        "",
        "",
        wanted.title,
        label_of(wiki, wanted.name),
        wants=wanted.wants,
        wanted_by=wiki.referrers(wanted.key)[:_MOST_TITLES],
        choices=choices,
        candidates=() if choices else _choices(wiki, wiki.candidates(wanted.key)),
    )


def _choices(wiki: Wiki, pages: Iterable[WikiPage]) -> tuple[Choice, ...]:
    return tuple(
        Choice(page.title, label_of(wiki, page.name), page.docname, page.facts.anchor)
        for page in pages
    )
