"""Records of what the indexes find: pages, resolved names, backlinks, wanted pages, problems."""

from __future__ import annotations

from typing import NamedTuple

from ...names import MAIN, META_NAMESPACES, PageName
from ..facts.document import Place
from ..facts.page import Page
from ..text.excerpts import Excerpt

__all__ = [
    "Backlink",
    "Example",
    "External",
    "Mention",
    "Problem",
    "Resolution",
    "Wanted",
    "WikiPage",
]

_STRENGTH = {place: rank for rank, place in enumerate(Place.ORDER)}


class WikiPage(NamedTuple):
    """A written page."""

    key: str
    docname: str
    facts: Page

    @property
    def name(self) -> str:
        """Canonical name."""
        return self.facts.name

    @property
    def title(self) -> str:
        return self.facts.title

    @property
    def namespace(self) -> str:
        return self.facts.name.partition("/")[0]

    @property
    def is_work(self) -> bool:
        """Whether the page is about a work: neither in the main namespace nor in one for pages about
        pages.
        """
        return self.namespace != MAIN and self.namespace not in META_NAMESPACES


class External(NamedTuple):
    """A page of another project that links may point to."""

    name: str
    """Canonical name."""
    stamp: str = ""
    """Changes whenever a link to the page looks different."""
    project: str = ""
    """What the other project calls itself."""
    uri: str = ""
    """Its address; empty if intersphinx resolves the link."""
    title: str = ""


class Resolution(NamedTuple):
    """What a name resolves to."""

    kind: str
    """``page``; ``external`` for a page of another project; ``wanted`` for an unwritten page;
    ``ambiguous`` for an unwritten page with namesakes in several other namespaces."""
    key: str
    """Key of the page, or of the name if it is unwritten."""
    name: str
    """Its canonical name."""
    docname: str = ""
    anchor: str = ""
    title: str = ""
    """Title of a page; for an external page that intersphinx resolves, its stamp."""
    via: str = ""
    """Canonical name of the alias or redirect that was followed, or empty."""
    project: str = ""
    """For an external page: what the other project calls itself."""
    uri: str = ""
    """For an external page: its address, unless intersphinx resolves it."""


class Mention(NamedTuple):
    """A link, as its target shows it."""

    anchor: str
    """Id of the link in its document."""
    excerpt: Excerpt
    place: str
    in_spoiler: bool
    via: str
    """Canonical name of the alias that it uses, or empty."""
    played: str = ""
    """As :attr:`.facts.Link.played`."""
    section: str = ""
    """Slug of the section that it leads to, or empty."""


class Backlink(NamedTuple):
    """A page, or a document that is not a page, that links here."""

    docname: str
    anchor: str
    """Id of the page in its document, or empty."""
    name: str
    """Canonical name of the page; empty for a document."""
    title: str
    namespace: str
    """Empty for a document."""
    mentions: tuple[Mention, ...]
    """In the order of the document; empty if only a property names the page."""

    @property
    def strength(self) -> int:
        """Rank of the strongest place of a mention; 0 is the strongest."""
        if len(self.mentions) == 1:  # as in most backlinks
            return _STRENGTH[self.mentions[0].place]
        weakest = len(_STRENGTH)  # only a property names the page
        return min((_STRENGTH[mention.place] for mention in self.mentions), default=weakest)


class Example(NamedTuple):
    """A trope in a work, as one of the two pages has it."""

    key: str
    """Key of the page that has the example."""
    backlink: Backlink


class Wanted(NamedTuple):
    """An unwritten page that is linked to, or named in a property."""

    key: str
    name: str
    """Canonical name, as most links spell it."""
    wants: int
    """How many pages and documents link to it or name it."""
    in_prose: int
    """How many of them do so in prose."""

    @property
    def title(self) -> str:
        return PageName(*self.name.split("/", 1)).title


class Problem(NamedTuple):
    """A problem that only the whole wiki shows."""

    kind: str
    """Subtype of the warning: ``duplicate``, ``redirect`` or ``ambiguous``."""
    docname: str
    line: int
    sentence: str
    name: str
    """Canonical name of the page."""
    other: str
    """Canonical name of the other page, or empty."""
