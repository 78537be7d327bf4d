"""The post-transform that adds to a doctree what other pages contribute.

It fills slots and resolves links before Sphinx resolves its own references, so that every builder
finds only nodes it knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..builders import abilities
from ..internals.docutils.fast_nodes import listed
from ..markup.lower import Words, elements, lower, replace
from ..markup.nodes import (
    trope_folder_control,
    trope_note,
    trope_note_block,
    trope_spoiler,
    trope_spoiler_block,
)
from ..markup.table_layout import unnest_tables, without_spans
from ..messages import _
from ..reading.cross_references import take_anchor
from ..reading.slots import (
    SLOTS,
    trope_foot,
    trope_generated,
    trope_head,
    trope_listing,
    trope_referenced,
)
from ..wiki.views.site_pages import backlinks_view
from .book_labels import documents_in
from .boxes import color_boxes
from .context import Rendering, rendering_of
from .direction import trope_isolated
from .drawings import add_names, as_list
from .embeddings import embed_pages
from .latex import add_page_numbers
from .links import LinkResolver
from .lists import ListingView, backlinks_list, listing_nodes
from .nodes import (
    trope_aside,
    trope_backlinks_list,
    trope_copy,
    trope_drawing,
    trope_filter,
    trope_fold,
    trope_nav,
    trope_played_examples,
)
from .other_extensions import cover_pieces
from .pages import backlinks_page
from .panels import foot_nodes, head_nodes, object_nodes
from .parts import joined
from .reading_time import reading_line
from .sections import add_section_backlinks
from .side import to_side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


__all__ = ["RenderViews", "resolved_page"]

_REFERENCES = (addnodes.pending_xref, nodes.reference)


def resolved_page(
    rendering: Rendering, env: BuildEnvironment, docname: str, page: nodes.document
) -> nodes.document:
    """A generated *page* with its links resolved, for a builder that writes it directly."""
    _label(LinkResolver(rendering, docname, page, env, docname).resolve())
    return page


class RenderViews(SphinxPostTransform):
    """Fills the slots of a document and resolves its links, from its view."""

    default_priority = 5  # Sphinx resolves its references at 10, MyST its own at 9.

    def run(self, **kwargs: Any) -> None:
        """Changes the doctree in place."""
        rendering = rendering_of(self.env)
        if rendering is not None:
            parts: list[tuple[str, nodes.Element]] = [(self.env.docname, self.document)]
            if not rendering.writes_lists:  # a doctree may contain several documents
                # innermost first
                parts = list(documents_in(self.document, self.env.docname))[::-1]
            embedded = embed_pages(rendering, self.env, parts)
            for docname, part in parts:
                _SlotFiller(rendering, docname, part).fill()
            if len(parts) == 1:  # ids of sections are those of one document
                _fill_sections(rendering, *parts[0])
            if rendering.is_paper:
                add_page_numbers(self.document)
                color_boxes(self.document)
            if not rendering.writes_lists:
                _expand(self.document, draws=rendering.draws or rendering.is_paper)
            for docname, part, shown in embedded:
                LinkResolver(rendering, docname, part, self.env, self.env.docname, shown).resolve()
                part.replace_self(part.children)
            for docname, part in parts:
                links = LinkResolver(rendering, docname, part, self.env, self.env.docname)
                found = links.resolve()
                if rendering.builder.format == "html":
                    _mark_references(rendering, docname, found)
                    _label(found)
            for docname, _part in parts:
                rendering.forget(docname)
        cover_pieces(self.document)
        if rendering is None or rendering.builder.format != "html":
            lower(self.document, Words(_("spoiler"), _("note")))
            _lower_nodes(self.document)
            if rendering is None or not rendering.is_plain:
                unnest_tables(self.document)
        if rendering is not None and not abilities(rendering.builder).has_spans:
            without_spans(self.document)


def _expand(part: nodes.Element, *, draws: bool) -> None:
    """Replaces lists and drawings, which only HTML builders write directly, with docutils nodes."""
    if draws:
        for drawing in part.findall(trope_drawing):
            add_names(drawing)
        replace(part, {trope_backlinks_list: backlinks_list})
    else:
        replace(part, {trope_backlinks_list: backlinks_list, trope_drawing: as_list})


def _fill_sections(rendering: Rendering, docname: str, root: nodes.Element) -> None:
    """Shows links to sections at the sections, where a reader can open and close them."""
    able = abilities(rendering.builder)
    if able.is_for_browsers and not able.is_book and (sections := rendering.view(docname).sections):
        add_section_backlinks(root, dict(sections))


class _SlotFiller:
    """Fills the slots of one document."""

    def __init__(self, rendering: Rendering, docname: str, root: nodes.Element) -> None:
        self._rendering = rendering
        self._docname = docname
        self._root = root

    def fill(self) -> None:
        slots = [node for node in elements(self._root) if type(node) in SLOTS]
        if not slots:
            return
        view = self._rendering.view(self._docname)
        # panels must not take an id that the document uses
        used_ids = {id_ for node in elements(self._root) for id_ in listed(node, "ids")}
        frames = {frame.name: frame for frame in view.frames}
        objects = dict(view.objects)
        for slot in slots:
            filled: list[nodes.Node] = []
            if isinstance(slot, trope_generated):
                filled = self._generated(slot["kind"], slot["key"], slot["part"])
            elif isinstance(slot, trope_referenced):
                if panel := objects.get(slot["anchor"]):
                    filled = object_nodes(panel, is_document=not slot["anchor"])
            elif isinstance(slot, trope_listing):
                if "nth" in slot and slot["nth"] < len(view.listings):
                    filled = self._listing(view.listings[slot["nth"]], slot["nth"], used_ids)
            elif frame := frames.get(slot["name"]):
                is_head = isinstance(slot, trope_head)
                filled = head_nodes(frame) if is_head else foot_nodes(frame, self._rendering.pages)
                if is_head and self._rendering.tells_time(self._docname):
                    links = self._rendering.wiki.documents[self._docname].links
                    filled.append(reading_line(self._root, len(links)))
            for part in filled:
                if isinstance(part, trope_aside):
                    _give_free_id(part, used_ids)
            if isinstance(slot, trope_foot) and self._rendering.puts_aside(self._docname):
                filled = to_side(filled)
            slot.replace_self(filled)

    def _listing(self, view: ListingView, nth: int, used_ids: set[str]) -> list[nodes.Node]:
        prefix = f"list-{nth + 1}-"
        while any(id_.startswith(prefix) for id_ in used_ids):
            prefix = f"trope-{prefix}"
        return listing_nodes(view, self._rendering.pages, prefix)

    def _generated(self, kind: str, key: str, part: int) -> list[nodes.Node]:
        rendering = self._rendering
        if kind != "backlinks":
            return rendering.generated_page(kind)
        return backlinks_page(backlinks_view(rendering.wiki, key, part), rendering.pages)


def _give_free_id(aside: trope_aside, used_ids: set[str]) -> None:
    """Adds a number to the id of a panel if it is in use."""
    id_, number = aside["labelledby"], 1
    while id_ in used_ids:
        number += 1
        id_ = f"{aside['labelledby']}-{number}"
    used_ids.add(id_)
    aside["labelledby"] = id_
    heading = aside.children[0]
    assert isinstance(heading, nodes.Element)
    heading["ids"] = [id_]


def _mark_references(rendering: Rendering, docname: str, found: Iterable[nodes.Element]) -> None:
    """Puts each reference to another document into an element with its id, for backlinks to link
    to.
    """
    references = rendering.view(docname).references
    if not references:  # then no reference has an id
        return
    away = {anchor for anchor, to in references if to is not None and to.docname != docname}
    for node in found:
        if not isinstance(node, _REFERENCES):
            continue
        # a document inside another comes first: this removes the id from its references
        if (anchor := take_anchor(node)) in away:
            marked = nodes.inline(ids=[rendering.anchor(docname, anchor)])
            node.replace_self(marked)
            marked += node


def _label(found: Iterable[nodes.Element]) -> None:
    """Sets the words that HTML shows on notes and spoilers, in the language of the project."""
    words = {
        trope_folder_control: _("Open or close all folders"),
        trope_note: _("note"),
        trope_note_block: _("note"),
        trope_spoiler: _("spoiler"),
        trope_spoiler_block: _("spoiler"),
    }
    for node in found:
        if type(node) in words:
            node["label"] = node.get("label") or words[type(node)]


def _lower_nodes(document: nodes.document) -> None:
    """Replaces the nodes of panels and lists with docutils nodes."""
    replace(
        document,
        {
            trope_aside: _to_container,
            trope_copy: lambda node: [],
            trope_filter: lambda node: [],
            trope_isolated: lambda node: list(node.children),
            trope_nav: _lower_nav,
            trope_played_examples: lambda node: [],
            trope_fold: _unfold,
        },
    )


def _unfold(node: nodes.Element) -> list[nodes.Node]:
    """The content of a fold, below its label if that is a heading."""
    if not node.get("is_heading"):
        return node.children
    label = nodes.paragraph("", "", nodes.strong("", node["label"]))
    return [label, *node.children]


def _lower_nav(node: nodes.Element) -> list[nodes.Node]:
    """A container. Bars separate the parts of a trail; in HTML, a stylesheet does so."""
    for line in node.findall(nodes.paragraph):
        if "trope-trail" in line["classes"]:
            parts = [part for part in line.children if part.astext().strip()]
            line.children = []
            line.extend(joined(parts, " | "))
    return _to_container(node)


def _to_container(node: nodes.Element) -> list[nodes.Node]:
    return [nodes.container("", *node.children, classes=node["classes"])]


def setup(app: Sphinx) -> None:
    """Registers the post-transform."""
    app.add_post_transform(RenderViews)
