"""Fills panels and lists, and resolves links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..internals.docutils.fast_nodes import listed
from ..markup.lower import Words, elements, lower, replace
from ..markup.nodes import (
    trope_folder_control,
    trope_note,
    trope_note_block,
    trope_spoiler,
    trope_spoiler_block,
)
from ..messages import _
from ..reading.cross_references import take_anchor
from ..reading.slots import (
    trope_foot,
    trope_generated,
    trope_head,
    trope_listing,
    trope_referenced,
)
from ..wiki.views.document import backlinks_view
from .book_labels import documents_in
from .context import Rendering, rendering_of
from .direction import trope_isolated
from .drawings import add_names, as_list
from .latex import note_places
from .links import REFERENCES, Linking
from .lists import backlinks_list, listing_nodes
from .nodes import (
    trope_aside,
    trope_backlinks_list,
    trope_copy,
    trope_drawing,
    trope_filter,
    trope_fold,
    trope_nav,
)
from .other_extensions import cover_pieces
from .pages import backlinks_page
from .panels import foot_nodes, head_nodes, object_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


__all__ = ["RenderForeign", "resolved_page"]


def resolved_page(
    rendering: Rendering, env: BuildEnvironment, docname: str, page: nodes.document
) -> nodes.document:
    """A generated *page* for a builder that writes it directly."""
    _label(Linking(rendering, docname, page, env, docname).link())
    return page


class RenderForeign(SphinxPostTransform):
    """Fills panels and lists and resolves links, from the view of the document."""

    default_priority = 5  # Sphinx resolves its references at 10, MyST its own at 9

    def run(self, **kwargs: Any) -> None:
        """Changes the doctree in place."""
        rendering = rendering_of(self.env)
        cover_pieces(self.document)
        if rendering is not None:
            parts: list[tuple[str, nodes.Element]] = [(self.env.docname, self.document)]
            if not rendering.writes_lists:  # those have a file for each document
                # innermost first
                parts = list(documents_in(self.document, self.env.docname))[::-1]
            for docname, part in parts:
                _Filling(rendering, docname, part).fill()
            if rendering.is_paper:
                note_places(self.document)
            if not rendering.writes_lists:
                _write_out(self.document, draws=rendering.draws or rendering.is_paper)
            for docname, part in parts:
                linked = Linking(rendering, docname, part, self.env, self.env.docname).link()
                if rendering.builder.format == "html":
                    _mark_references(rendering, docname, linked)
                    _label(linked)
            for docname, _part in parts:
                rendering.forget(docname)
        if rendering is None or rendering.builder.format != "html":
            lower(self.document, Words(_("spoiler"), _("note")))
            _lower_folds(self.document)


def _write_out(part: nodes.Element, *, draws: bool) -> None:
    """Gives nodes for what stands as one node where HTML is written from it as it is."""
    if draws:
        for drawing in part.findall(trope_drawing):
            add_names(drawing)
        replace(part, {trope_backlinks_list: backlinks_list})
    else:
        replace(part, {trope_backlinks_list: backlinks_list, trope_drawing: as_list})


_PLACEHOLDERS: frozenset[type[nodes.Element]] = frozenset(
    [trope_generated, trope_head, trope_foot, trope_listing, trope_referenced]
)


class _Filling:
    """Panels and lists of one document."""

    def __init__(self, rendering: Rendering, docname: str, root: nodes.Element) -> None:
        self._rendering = rendering
        self._docname = docname
        self._root = root

    def fill(self) -> None:
        placeholders = [node for node in elements(self._root) if type(node) in _PLACEHOLDERS]
        if not placeholders:
            return
        pages = self._rendering.pages
        view = self._rendering.view(self._docname)
        # what a heading has is not for us to take
        taken = {id_ for node in elements(self._root) for id_ in listed(node, "ids")}
        frames = {found.name: found for found in view.frames}
        objects = dict(view.objects)
        for node in placeholders:
            filled: list[nodes.Node] = []
            found = frames.get(node.get("name", ""))
            if isinstance(node, trope_generated):
                filled = self._generated(node["kind"], node["key"], node["part"])
            elif isinstance(node, trope_head):
                filled = head_nodes(found) if found else []
            elif isinstance(node, trope_foot):
                filled = foot_nodes(found, pages) if found else []
            elif isinstance(node, trope_referenced):
                panel = objects.get(node["anchor"])
                filled = object_nodes(panel, is_document=not node["anchor"]) if panel else []
            elif "nth" in node and node["nth"] < len(view.listings):
                prefix = f"list-{node['nth'] + 1}-"
                while any(id_.startswith(prefix) for id_ in taken):
                    prefix = f"trope-{prefix}"
                filled = listing_nodes(view.listings[node["nth"]], pages, prefix)
            for part in filled:
                if isinstance(part, trope_aside):
                    _give_free_id(part, taken)
            node.replace_self(filled)

    def _generated(self, kind: str, key: str, part: int) -> list[nodes.Node]:
        rendering = self._rendering
        if kind != "backlinks":
            return rendering.generated_page(kind)
        return backlinks_page(backlinks_view(rendering.wiki, key, part), rendering.pages)


def _give_free_id(aside: trope_aside, taken: set[str]) -> None:
    id_, number = aside["labelledby"], 1
    while id_ in taken:
        number += 1
        id_ = f"{aside['labelledby']}-{number}"
    taken.add(id_)
    aside["labelledby"] = id_
    heading = aside.children[0]
    assert isinstance(heading, nodes.Element)
    heading["ids"] = [id_]


def _mark_references(rendering: Rendering, docname: str, linked: Iterable[nodes.Element]) -> None:
    """Puts each of the references among *linked* that leads to another document into an element
    with its id, for that leads back to it.
    """
    led = rendering.view(docname).references
    if not led:  # then none has an id
        return
    away = {anchor for anchor, to in led if to is not None and to.docname != docname}
    for node in linked:
        if not isinstance(node, REFERENCES):
            continue
        # a document may be part of another one: then its own were there first
        if (anchor := take_anchor(node)) in away:
            marked = nodes.inline(ids=[rendering.anchor(docname, anchor)])
            node.replace_self(marked)
            marked += node


def _label(linked: Iterable[nodes.Element]) -> None:
    """The words that HTML shows on marks, in the language of the project."""
    words = {
        trope_folder_control: _("Open or close all folders"),
        trope_note: _("note"),
        trope_note_block: _("note"),
        trope_spoiler: _("spoiler"),
        trope_spoiler_block: _("spoiler"),
    }
    for node in linked:
        if type(node) in words:
            node["label"] = node.get("label") or words[type(node)]


def _lower_folds(document: nodes.document) -> None:
    replace(
        document,
        {
            trope_aside: _to_container,
            trope_copy: lambda node: [],
            trope_filter: lambda node: [],
            trope_isolated: lambda node: list(node.children),
            trope_nav: _lower_nav,
            trope_fold: _unfold,
        },
    )


def _unfold(node: nodes.Element) -> list[nodes.Node]:
    if not node.get("is_heading"):
        return node.children
    label = nodes.paragraph("", "", nodes.strong("", node["label"]))
    return [label, *node.children]


def _lower_nav(node: nodes.Element) -> list[nodes.Node]:
    """What a stylesheet sets apart in a trail, a bar does."""
    for line in node.findall(nodes.paragraph):
        if "trope-trail" in line["classes"]:
            parts = [part for part in line.children if part.astext().strip()]
            line.children = []
            for at, part in enumerate(parts):
                line += [*([nodes.Text(" | ")] if at else []), part]
    return _to_container(node)


def _to_container(node: nodes.Element) -> list[nodes.Node]:
    return [nodes.container("", *node.children, classes=node["classes"])]


def setup(app: Sphinx) -> None:
    """Registers the post-transform."""
    app.add_post_transform(RenderForeign)
