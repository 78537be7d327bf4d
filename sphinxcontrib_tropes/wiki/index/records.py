"""What the wiki answers: pages, where names lead, who links where."""

from __future__ import annotations

from typing import NamedTuple

from ...names import PageName
from ..facts.document import Page, Place
from ..text.excerpts import Excerpt

__all__ = [
    "Backlink",
    "Example",
    "Mention",
    "Problem",
    "Resolution",
    "Wanted",
    "WikiPage",
]

_STRENGTH = {place: rank for rank, place in enumerate(Place.ORDER)}


class WikiPage(NamedTuple):
    """A page that is written."""

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


class Resolution(NamedTuple):
    """Where a name leads."""

    kind: str
    """``page``; ``external``, a page of another project; ``wanted``, none; ``ambiguous``, one of
    several."""
    key: str
    """Key of the page it leads to, or of the name itself."""
    name: str
    """Canonical name of that."""
    docname: str = ""
    anchor: str = ""
    title: str = ""
    """Of a page; of an external one that intersphinx finds, its stamp."""
    via: str = ""
    """The alias or redirect, a canonical name, that was followed."""
    project: str = ""
    """Of an external page: what the other project calls itself."""
    uri: str = ""
    """Of an external page: its address, unless intersphinx is to find it."""


class Mention(NamedTuple):
    """One link, as the page it leads to shows it."""

    anchor: str
    """Id of the link in its document."""
    excerpt: Excerpt
    place: str
    in_spoiler: bool
    via: str
    """Canonical name of the alias that it used, or empty."""


class Backlink(NamedTuple):
    """A page, or a document that is none, that links here."""

    docname: str
    anchor: str
    """Id of the page in its document, or empty."""
    name: str
    """Canonical name of the page; empty for a document that is none."""
    title: str
    namespace: str
    """Empty for a document that is no page."""
    mentions: tuple[Mention, ...]
    """In the order of the document; none where a property alone names the page."""

    @property
    def strength(self) -> int:
        """Rank of the strongest place of a mention; 0 is the strongest."""
        if len(self.mentions) == 1:  # as most have
            return _STRENGTH[self.mentions[0].place]
        weakest = len(_STRENGTH)  # of a name in a property, which no text mentions
        return min((_STRENGTH[mention.place] for mention in self.mentions), default=weakest)


class Example(NamedTuple):
    """A trope in a work, as one side tells it."""

    key: str
    """Of the page that tells it."""
    told: Backlink


class Wanted(NamedTuple):
    """A name that is linked to, or used outside a text, and not written."""

    key: str
    name: str
    """Canonical, in the spelling most links use."""
    wants: int
    """How many pages and documents link to it or use it."""
    in_prose: int
    """How many of them in their prose."""

    @property
    def title(self) -> str:
        return PageName(*self.name.split("/", 1)).title


class Problem(NamedTuple):
    """Something wrong that only the whole wiki shows."""

    kind: str
    """Subtype of the warning: ``duplicate``, ``redirect`` or ``ambiguous``."""
    docname: str
    line: int
    sentence: str
    name: str
    """Canonical name it is about."""
    other: str
    """Another one in it, or empty."""
