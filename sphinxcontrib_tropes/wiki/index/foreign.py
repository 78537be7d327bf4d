"""Other wikis: which pages they offer, and which of their links point here."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ...names import PageName, key_of
from ..text.excerpts import Excerpt, excerpt
from .records import External
from .tables import Part, lasting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from .names import PageNames

__all__ = [
    "Federation",
    "ForeignBacklink",
    "ForeignBacklinks",
    "ForeignGroup",
    "ForeignLink",
    "ForeignMention",
    "ForeignPage",
    "ForeignWiki",
]


class ForeignPage(NamedTuple):
    """A page of another wiki."""

    name: str
    """Canonical name."""
    title: str
    uri: str
    aliases: tuple[str, ...]
    """Canonical names."""


class ForeignLink(NamedTuple):
    """A link in another wiki to a page that this other wiki does not have."""

    wiki: str
    """What this project calls that wiki."""
    target: str
    """Canonical name."""
    title: str
    """Title of the page or document that contains the link."""
    source_uri: str
    """Address of that page or document."""
    uri: str
    """Address of the link itself."""
    context: str
    """The text around it, with :data:`~.facts.COVER` for what spoilers hide."""
    start: int
    """Where its words begin in the context."""
    end: int
    """Where its words end in the context."""


class ForeignWiki(NamedTuple):
    """Another wiki: its pages, and its links that may point here."""

    name: str
    """What this project calls it."""
    project: str
    """What it calls itself."""
    pages: tuple[ForeignPage, ...]
    links: tuple[ForeignLink, ...]
    """In the order of its documents."""
    left_out: int
    """How many addresses were refused, being neither http(s) nor inside that wiki."""


class ForeignMention(NamedTuple):
    """A link in another wiki, as its target shows it."""

    uri: str
    excerpt: Excerpt
    via: str
    """Canonical name of the alias that it used, or empty."""


class ForeignBacklink(NamedTuple):
    """A page or document of another wiki that links here."""

    title: str
    uri: str
    mentions: tuple[ForeignMention, ...]


class ForeignGroup(NamedTuple):
    """Backlinks from one other wiki."""

    wiki: str
    total: int
    """How many pages and documents link here; for a hub, more than are listed."""
    backlinks: tuple[ForeignBacklink, ...]

    def first(self, length: int) -> ForeignGroup:
        """The group with at most *length* of its backlinks."""
        return self._replace(backlinks=self.backlinks[:length])


class Federation:
    """The other wikis of a project, in the order of the configuration. Read-only."""

    def __init__(self, wikis: Iterable[ForeignWiki] = ()) -> None:
        self.wikis = tuple(wikis)

    def pages(self) -> dict[str, External]:
        """Key -> the page with that name or alias. Earlier wikis win, and in each wiki pages win over
        aliases.
        """
        found: dict[str, External] = {}
        for wiki in self.wikis:
            own: dict[str, External] = {}
            for page in wiki.pages:
                own[key_of(page.name)] = External(page.name, "", wiki.project, page.uri, page.title)
            for page in wiki.pages:
                for alias in page.aliases:
                    # the alias with its own title, as in an inventory
                    title = PageName(*alias.split("/", 1)).title
                    external = own[key_of(page.name)]._replace(name=alias, title=title)
                    own.setdefault(key_of(alias), external)
            found = own | found
        return found

    def links(self, final_key: Callable[[str], str]) -> dict[str, list[ForeignLink]]:
        """Key -> the links of other wikis to that page.

        :param final_key: key of a name -> key of the page it resolves to.
        """
        found: dict[str, list[ForeignLink]] = defaultdict(list)
        for wiki in self.wikis:
            for link in wiki.links:
                found[final_key(key_of(link.target))].append(link)
        return dict(found)


class ForeignBacklinks(Part):
    """Who links to each page from other wikis."""

    def __init__(self, federation: Federation, names: PageNames, context_length: int) -> None:
        self._federation = federation
        self._names = names
        self._context_length = context_length

    @lasting
    def links(self) -> Mapping[str, Sequence[ForeignLink]]:
        """Key -> the links of other wikis to that page."""
        return self._federation.links(self._names.final_key)

    def of(self, key: str) -> tuple[ForeignGroup, ...]:
        """The backlinks of the page with this key: by wiki, in the order of the configuration, then by
        title.
        """
        wikis: dict[str, dict[tuple[str, str], list[ForeignMention]]] = {}
        for link in self.links.get(key, ()):
            sources = wikis.setdefault(link.wiki, {})
            sources.setdefault((link.title, link.source_uri), []).append(self._mention(link, key))
        return tuple(_group(wiki, sources) for wiki, sources in wikis.items())

    def _mention(self, link: ForeignLink, key: str) -> ForeignMention:
        used = key_of(link.target)
        context = excerpt(link.context, link.start, link.end, self._context_length)
        return ForeignMention(link.uri, context, self._names.name(used) if used != key else "")


def _group(wiki: str, sources: Mapping[tuple[str, str], list[ForeignMention]]) -> ForeignGroup:
    by_title = sorted(sources.items(), key=lambda source: (source[0][0].casefold(), source[0]))
    backlinks = (ForeignBacklink(*source, tuple(mentions)) for source, mentions in by_title)
    return ForeignGroup(wiki, len(sources), tuple(backlinks))
