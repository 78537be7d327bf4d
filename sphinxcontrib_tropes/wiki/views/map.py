"""View of the map page: all pages by community."""

from __future__ import annotations

from typing import NamedTuple

from ..map.atlas import atlas_of
from ..map.still_picture import Picture, picture
from ..wiki import Wiki
from .parts import PageLink, page_link, title_of

__all__ = ["AtlasView", "CommunityView", "atlas_view"]


class CommunityView(NamedTuple):
    """A community of pages."""

    title: str
    """Title of the page that it is named after; empty for the pages without a community."""
    members: tuple[tuple[str, PageLink], ...]
    """Canonical name and link of each page; without a docname if the page is not written."""


class AtlasView(NamedTuple):
    """The map page."""

    pages: int
    communities: tuple[CommunityView, ...]
    picture: Picture
    """The map as a still picture."""


def atlas_view(wiki: Wiki) -> AtlasView:
    """All pages by community."""
    atlas = atlas_of(wiki)
    members = [_member(wiki, key) for key in atlas.keys]
    return AtlasView(
        atlas.written,
        tuple(
            CommunityView(
                _member(wiki, community.name)[1].title if community.name else "",
                tuple(members[number] for number in community.members),
            )
            for community in atlas.communities
        ),
        picture(atlas),
    )


def _member(wiki: Wiki, key: str) -> tuple[str, PageLink]:
    page = wiki.pages.get(key)
    if page is not None:
        return page.name, page_link(page)
    name = wiki.wanted_name(key)
    return name, PageLink(title_of(name), "", "")
