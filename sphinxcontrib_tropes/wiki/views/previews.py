"""Cards: what a preview shows of a page, or of a name that nobody has written.

They are no part of a page's view. A card changes with the first lines of its page, and its page is
linked to from everywhere: so cards are data that a page asks for when its reader does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...names import MAIN
from ..text.excerpts import LONGEST_OPENING, Excerpt, opening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from ..analysis.co_citation import Related
    from ..index.records import Wanted, WikiPage
    from ..wiki import Wiki

__all__ = ["Card", "Choice", "RelatedCard", "cards"]

_MOST_TITLES = 5
"""How many of those that want a page are named."""


class Choice(NamedTuple):
    """A page that a name may mean which nobody has written."""

    title: str
    namespace: str
    """Its label; empty for the main one."""
    docname: str
    anchor: str


class RelatedCard(NamedTuple):
    """A page that is named together with another, and the sentence that does."""

    title: str
    docname: str
    anchor: str
    sentence_docname: str
    sentence_anchor: str
    """Id of the link in the sentence."""
    excerpt: Excerpt


class Card(NamedTuple):
    """What a preview shows."""

    kind: str
    """``page``, ``wanted`` or ``ambiguous``."""
    name: str
    """Canonical."""
    docname: str
    """Where the page is; empty if it is not written."""
    anchor: str
    title: str
    namespace: str
    """Its label; empty for the main one."""
    laconic: str = ""
    lead: str = ""
    """First lines, with :data:`~.facts.COVER` for what spoilers hide."""
    wants: int = 0
    """How many pages and documents want it."""
    wanted_by: tuple[str, ...] = ()
    """Titles of the first of them."""
    choices: tuple[Choice, ...] = ()
    """What an ambiguous name may mean."""
    near: tuple[Choice, ...] = ()
    """Pages whose names are near a wanted one, which it may be a slip for."""
    related: tuple[RelatedCard, ...] = ()


def cards(wiki: Wiki, keys: AbstractSet[str] | None = None) -> Iterator[Card]:
    """The card of every page that is no redirect, and of every name that is wanted.

    :param keys: of those alone, if given.
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
    label = _label(wiki, page.name)
    related = tuple(_related(wiki, found) for found in wiki.related(page.key))
    return Card(
        "page", page.name, page.docname, page.facts.anchor, page.title, label, laconic, lead,
        related=related,
    )  # fmt: skip


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
        _label(wiki, wanted.name),
        wants=wanted.wants,
        wanted_by=wiki.referrers(wanted.key)[:_MOST_TITLES],
        choices=choices,
        near=() if choices else _choices(wiki, wiki.near(wanted.key)),
    )


def _choices(wiki: Wiki, pages: Iterable[WikiPage]) -> tuple[Choice, ...]:
    return tuple(
        Choice(page.title, _label(wiki, page.name), page.docname, page.facts.anchor)
        for page in pages
    )


def _label(wiki: Wiki, name: str) -> str:
    namespace = name.partition("/")[0]
    return "" if namespace == MAIN else wiki.namespaces.label(namespace)
