"""The page with the map of the wiki and the search for ways between two pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..messages import _, ngettext
from ..rendering.nodes import trope_tool
from ..rendering.parts import surprise
from .nodes import trope_community, trope_picture

if TYPE_CHECKING:
    from ..pages.site_map import Pages
    from ..wiki.views.map import AtlasView, CommunityView
    from ..wiki.views.parts import PageLink

__all__ = ["map_page"]


def map_page(view: AtlasView, pages: Pages) -> list[nodes.Node]:
    """The map as nodes."""
    section = nodes.Element()
    communities = sum(bool(community.title) for community in view.communities)
    written = ngettext("%d page", "%d pages", view.pages) % view.pages
    grouped = ngettext("%d community", "%d communities", communities) % communities
    summary = nodes.paragraph("", f"{written} · {grouped}", classes=["trope-summary"])
    summary += surprise()
    section += [summary, trope_tool(tool="atlas", words=_map_words()), _picture(view)]
    way = nodes.section("", nodes.title("", _("A way from one page to another")), ids=["way"])
    way += trope_tool(tool="way", words=_way_words())
    section += way
    listed = nodes.section("", nodes.title("", _("Communities")), ids=["communities"])
    how = _(
        "Pages that link to one another more than to others. Each is named after the index that "
        "lists most of it, or after its page with the most ties."
    )
    listed += nodes.paragraph("", how)
    listed += (
        _community(community, _community_id(at), pages)
        for at, community in enumerate(view.communities)
    )
    section += listed
    return section.children


def _community_id(at: int) -> str:
    return f"community-{at + 1}"


def _picture(view: AtlasView) -> trope_picture:
    return trope_picture(
        picture=view.picture,
        label=_("The communities of the wiki: each leads to the list of its pages"),
        titles=[community.title for community in view.communities],
        ids=[_community_id(at) for at in range(len(view.communities))],
    )


def _community(community: CommunityView, id_: str, pages: Pages) -> trope_community:
    return trope_community(
        id=id_,
        label=community.title or _("In no community"),
        count=len(community.members),
        members=tuple(_member(name, link, pages) for name, link in community.members),
    )


def _member(name: str, link: PageLink, pages: Pages) -> tuple[str, str, str, bool]:
    """Title, document and id of a page, and whether it is written."""
    is_written = bool(link.docname)
    return link.title, link.docname or pages.backlinks(name), link.anchor, is_written


def _map_words() -> dict[str, str]:
    return {
        "label": _("Map of the wiki: arrows move it, plus and minus zoom, 0 shows all"),
        "find": _("Find a page on the map"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "all": _("Show all"),
        "ties": _("tied to %d others"),
        "steps": _("Steps shown around it:"),
        "wanted": _("not written yet"),
        "others": _("Others"),
        "unknown": _("No page is called “%s”."),
        "hint": _("To zoom: Ctrl and the wheel, or two fingers"),
        "noDrawing": _(
            "This browser can't draw the map. The picture and the list below say the same."
        ),
    }


def _way_words() -> dict[str, str]:
    return {
        "from": _("From"),
        "to": _("To"),
        "go": _("Find a way"),
        "none": _("No way leads there by the strongest links of each page."),
        "unknown": _("No page is called “%s”."),
        "same": _("You are there."),
        "steps": _("Links to follow: %d"),
        "back": _("linked from %s"),
        "cover": _("spoiler"),
        "wanted": _("not written yet"),
    }
