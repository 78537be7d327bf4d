"""The page of the whole graph, the way from one page to another, and the page not found."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

from ..markup.nodes import trope_element
from ..messages import _, ngettext
from ..pages.site_map import MAP_FOLDER
from ..reading.slots import trope_page_link
from .map_svg import svg

if TYPE_CHECKING:
    from ..pages.site_map import Pages
    from ..wiki.views.document import AtlasView, CommunityView, PageLink

__all__ = ["VISITORS", "graph_page", "missing_page", "surprise"]


class trope_tool(trope_element, nodes.General, nodes.Element):
    """What a script makes something of, and nothing is without one. Attributes: ``tool``, the name
    of the script; ``words``, what it says.
    """


class trope_picture(trope_element, nodes.General, nodes.Element):
    """The still picture of the map: SVG in HTML. Attributes: ``picture``; ``label``, what it shows;
    ``titles`` of the communities, ``ids`` where they are listed.
    """


class trope_community(trope_element, nodes.General, nodes.Element):
    """A community: ``details`` in HTML. Attributes: ``label``, ``count``, ``id``; ``members``, title,
    document and id of each.

    One node for thousands of links. Only pages that a browser shows have it.
    """


def graph_page(view: AtlasView, pages: Pages) -> list[nodes.Node]:
    """The page of the whole graph."""
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


def surprise() -> trope_tool:
    """A link to any page at all."""
    return trope_tool(tool="random", words={"label": _("Surprise me")})


def missing_page(pages: Pages) -> list[nodes.Node]:
    """What a server shows for an address where nothing is."""
    line = nodes.paragraph("", _("There is nothing at this address."))
    found: list[nodes.Node] = [line]
    found.append(trope_tool(tool="missing", words={"near": _("Did you mean one of these?")}))
    if pages.index:
        label = _("Trope index")
        link = trope_page_link(label, label, docname=pages.index, anchor="")
        found.append(nodes.paragraph("", _("All pages are in the index: "), link))
    return found


def _map_words() -> dict[str, str]:
    return {
        "label": _("Map of the wiki: arrows move it, plus and minus zoom, 0 shows all"),
        "find": _("Find a page on the map"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "all": _("Show all"),
        "ties": _("tied to %d others"),
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


# -- HTML

_Visitor = Callable[[Any, nodes.Element], None]
_INLINE = ("random",)


def _visit_tool(translator: Any, node: nodes.Element) -> None:
    builder = translator.builder
    if builder.name == "epub":
        raise nodes.SkipNode  # a book has no script
    tag = "span" if node["tool"] in _INLINE else "div"
    here = builder.get_target_uri(builder.current_docname)
    folder = relative_uri(here, f"{builder.config.tropes_pages_prefix}/{MAP_FOLDER}/names.js")
    folder = folder.removesuffix("names.js")
    words = json.dumps({name: str(word) for name, word in node["words"].items()})
    translator.body.append(
        f'<{tag} class="trope-tool trope-{node["tool"]} no-search" hidden'
        f' data-trope-tool="{node["tool"]}" data-trope-files="{escape(folder)}"'
        f' data-trope-words="{escape(words)}"></{tag}>\n'
    )
    raise nodes.SkipNode


def _visit_picture(translator: Any, node: nodes.Element) -> None:
    if translator.builder.name != "epub" and node["picture"].discs:
        drawn = svg(node["picture"], node["label"], node["titles"], node["ids"])
        translator.body.append(f'<div class="trope-map no-search">\n{drawn}</div>\n')
    raise nodes.SkipNode


def _visit_community(translator: Any, node: nodes.Element) -> None:
    builder = translator.builder
    here = builder.current_docname
    write = translator.body.append
    write(f'<details class="trope-community no-search" id="{node["id"]}">\n')
    count = f'<span class="trope-count">({node["count"]})</span>'
    write(f"<summary>{escape(node['label'])} {count}</summary>\n<ul>\n")
    for title, docname, anchor, is_written in node["members"]:
        text = escape(title)
        if docname:
            uri = builder.get_relative_uri(here, docname) + (f"#{anchor}" if anchor else "")
            classes = "trope" if is_written else "trope trope-wanted"
            text = f'<a class="{classes}" href="{escape(uri)}">{text}</a>'
        write(f"<li>{text}</li>\n")
    write("</ul>\n</details>\n")
    raise nodes.SkipNode


VISITORS: dict[type[nodes.Element], tuple[_Visitor, None]] = {
    trope_tool: (_visit_tool, None),
    trope_picture: (_visit_picture, None),
    trope_community: (_visit_community, None),
}
