"""The facts of one page of a document."""

from __future__ import annotations

from typing import NamedTuple

from ...names.exclusions import BACKLINKS, GRAPH, INDEX, SEARCH

__all__ = ["Opening", "Page"]


class Opening(NamedTuple):
    """How a section of a page begins."""

    ids: str
    """The ids of the section, separated by spaces."""
    title: str
    lead: str
    """As :attr:`Page.lead`, but shorter."""


class Page(NamedTuple):
    """A page that a document defines."""

    name: str
    """Canonical name."""
    title: str
    anchor: str
    """Id of the page in its document; empty if it is the whole document."""
    line: int
    laconic: str
    redirect: str
    """Canonical name of the page that this one redirects to, or empty."""
    aliases: tuple[str, ...]
    """Canonical names."""
    indexes: tuple[str, ...]
    """Canonical names of the indexes that the page puts itself in."""
    sections: tuple[tuple[str, str], ...]
    """Slug of each section's name, and the section's id if they differ."""
    relations: tuple[tuple[str, str], ...] = ()
    """The relations that the page declares: one of :data:`.relation_cues.KINDS`, and the canonical
    name of the other page."""
    lead: str = ""
    """Its first paragraphs, a line each, with :data:`.document.COVER` for what spoilers hide."""
    redirect_section: str = ""
    """Slug of the section that the page redirects to, or empty."""
    picture: str = ""
    """Path of its first picture, from the folder of the sources, or empty."""
    openings: tuple[Opening, ...] = ()
    """How its sections begin, in their order."""
    excluded: tuple[str, ...] = ()
    """What the page is excluded from: some of :data:`.exclusions.EXCLUDABLE`."""
    alias_lines: tuple[int, ...] = ()
    """The line of each alias."""

    def line_of(self, alias: str) -> int:
        """The line that gives the page this alias; that of the page if it is unknown."""
        lines = dict(zip(self.aliases, self.alias_lines, strict=False))
        return lines.get(alias, self.line)

    @property
    def counts(self) -> bool:
        """Whether its links count on other pages."""
        return not self.redirect and BACKLINKS not in self.excluded

    @property
    def is_drawn(self) -> bool:
        """Whether it is in the graph."""
        return GRAPH not in self.excluded

    @property
    def is_listed(self) -> bool:
        """Whether indexes list it."""
        return INDEX not in self.excluded

    @property
    def is_searched(self) -> bool:
        """Whether search finds it."""
        return SEARCH not in self.excluded
