"""Views of the part for sidebars: the groups of the wiki, and those around one page.

The list of all groups is on every page, so it has indexes and namespaces alone. Members are shown
only near the page itself: where a page comes or goes, few others are written again.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ...names import MAIN, key_of
from ..index.tables import Part
from .parts import PageLink, by_title, page_link, title_of
from .site_pages import collation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..wiki import Wiki

__all__ = ["GroupView", "GroupsView", "groups_around", "groups_view"]

_MOST_INDEXES = 50
_MOST_AROUND = 3
"""Maximum groups that are shown with their members."""
_NEAR = 5
"""Maximum members before a page, and after it."""


class GroupsView(NamedTuple):
    """All groups of the wiki."""

    indexes: tuple[PageLink, ...]
    """Written indexes by title, the first ones."""
    has_more: bool
    """Whether there are more indexes."""
    namespaces: tuple[tuple[str, str], ...]
    """Label for readers, and name in the A to Z index, of each namespace with pages."""


class GroupView(NamedTuple):
    """A page among the members of a group: an index, or its namespace."""

    title: str
    page: PageLink | None
    """The page of the index, if it is written."""
    before: tuple[PageLink, ...]
    after: tuple[PageLink, ...]
    has_earlier: bool
    """Whether there are members before these."""
    has_later: bool


class _Groups(Part):
    """The groups of a wiki, made once for all pages."""

    def __init__(self, wiki: Wiki) -> None:
        self._wiki = wiki

    @cached_property
    def members(self) -> Mapping[str, Sequence[str]]:
        """Namespace -> keys of its pages without redirects, by title."""
        found: dict[str, list[tuple[object, str]]] = {}
        for page in self._wiki.pages.values():
            if page.facts.is_listed and not page.facts.redirect:
                sort_key = collation(page.title), page.key
                found.setdefault(page.namespace, []).append((sort_key, page.key))
        return {
            namespace: [key for _sort_key, key in sorted(members)]
            for namespace, members in found.items()
        }

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Key of a page -> its position there."""
        lists = self.members.values()
        return {key: at for members in lists for at, key in enumerate(members)}

    @cached_property
    def view(self) -> GroupsView:
        """All groups."""
        wiki, used = self._wiki, self.members
        written = (wiki.pages[index] for index in wiki.indexes if index in wiki.pages)
        indexes = by_title(map(page_link, written))
        known = [name for name in wiki.namespaces if name in used]
        names = [*known, *sorted(used.keys() - set(known))]
        return GroupsView(
            indexes[:_MOST_INDEXES],
            len(indexes) > _MOST_INDEXES,
            tuple((wiki.namespaces.label(name), _label(wiki, name)) for name in names),
        )


def groups_view(wiki: Wiki) -> GroupsView:
    """The indexes and namespaces of the wiki."""
    return wiki.part(_Groups).view


def groups_around(wiki: Wiki, docname: str) -> tuple[GroupView, ...]:
    """The groups of the page that makes up a document: the indexes that list it; else its namespace.
    None for a redirect, and for a document with several pages.
    """
    facts = wiki.documents.get(docname)
    if facts is None or len(facts.pages) != 1 or facts.pages[0].anchor or facts.pages[0].redirect:
        return ()
    key = key_of(facts.pages[0].name)
    if wiki.pages[key].docname != docname:
        return ()
    indexes = wiki.indexes_of.get(key, ())[:_MOST_AROUND]
    if indexes:
        return tuple(_index_group(wiki, index, key) for index in indexes)
    groups = wiki.part(_Groups)
    at = groups.positions.get(key)
    if at is None:
        return ()
    namespace = wiki.pages[key].namespace
    label = wiki.namespaces.label(namespace)
    return (_group(wiki, label, None, groups.members[namespace], at),)


def _index_group(wiki: Wiki, index: str, key: str) -> GroupView:
    page = wiki.pages.get(index)
    link = page_link(page) if page else None
    title = link.title if link else title_of(wiki.index_name(index))
    return _group(wiki, title, link, wiki.indexes[index], wiki.position(index, key))


def _group(
    wiki: Wiki, title: str, index: PageLink | None, members: Sequence[str], at: int
) -> GroupView:
    first, last = max(0, at - _NEAR), at + 1 + _NEAR
    return GroupView(
        title,
        index,
        tuple(page_link(wiki.pages[key]) for key in members[first:at]),
        tuple(page_link(wiki.pages[key]) for key in members[at + 1 : last]),
        first > 0,
        last < len(members),
    )


def _label(wiki: Wiki, namespace: str) -> str:
    """How the A to Z index calls a namespace: the main one has no label there."""
    return "" if namespace == MAIN else wiki.namespaces.label(namespace)
