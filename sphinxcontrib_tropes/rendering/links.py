"""What other pages contribute, put into a doctree that is about to be written.

One post-transform fills panels and lists and turns links into references, before Sphinx resolves
its own: every builder then sees nodes that it knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..builders import foreign_uri, is_html_page, writes_directly
from ..internals.docutils.fast_nodes import listed, make, make_text
from ..markup.lower import Words, elements, lower, replace
from ..markup.nodes import (
    trope_folder_control,
    trope_link,
    trope_note,
    trope_note_block,
    trope_spoiler,
    trope_spoiler_block,
)
from ..messages import _
from ..names import path_of
from ..reading.cross_references import take_anchor
from ..reading.slots import (
    trope_foot,
    trope_foreign_link,
    trope_generated,
    trope_head,
    trope_listing,
    trope_page_link,
    trope_referenced,
)
from ..wiki.facts.document import is_reference_anchor, link_anchor
from ..wiki.text.articles import begins_with_article, without_second_article
from ..wiki.views.document import (
    DocumentView,
    LinkView,
    atlas_view,
    backlinks_view,
    document_view,
    health_view,
    index_view,
    wanted_view,
)
from .book_labels import documents_in
from .direction import is_right_to_left, isolate, trope_isolated
from .drawings import add_names, as_list, trope_drawing
from .latex import note_places
from .map_page import graph_page, missing_page
from .other_extensions import cover_pieces
from .panels import (
    backlinks_list,
    backlinks_page,
    foot_nodes,
    head_nodes,
    health_page,
    index_page,
    listing_nodes,
    object_nodes,
    trope_aside,
    trope_backlinks_list,
    trope_copy,
    trope_filter,
    trope_fold,
    trope_nav,
    wanted_page,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.environment import BuildEnvironment

    from ..pages.site_map import Pages
    from ..wiki import Wiki
    from ..wiki.views.document import BacklinksView, HealthView

__all__ = ["RenderForeign", "Rendering", "rendering_of", "resolved_page", "trope_reference"]

_MOST_VIEWS = 1000
"""As many are kept from when they are looked at until they are written."""


class trope_reference(nodes.reference):
    """A link that is resolved, for pages of HTML: dozens are on each."""

    tagname = "reference"


class _Uris:
    """Addresses of documents: the same from all documents of a folder, but for the one itself."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._here = self._folder = ""
        self._found: dict[str, str] = {}

    def __call__(self, here: str, docname: str) -> str:
        """The address of *docname*, seen from *here*.

        :raises NoUri: if the builder does not write that document.
        """
        if here != self._here:
            self._go_to(here)
        found = self._found.get(docname)
        if found is None:
            found = self._builder.get_relative_uri(here, docname)
            if docname != here:
                self._found[docname] = found
        elif docname == here:
            return self._builder.get_relative_uri(here, docname)
        return found

    def _go_to(self, here: str) -> None:
        # documents are written in their order: those of a folder one after the other
        folder = self._builder.get_target_uri(here).rpartition("/")[0]
        if folder != self._folder:
            self._found = {}
        self._here, self._folder = here, folder


class Rendering:
    """What the documents of one build are rendered with.

    :param wiki: gives the wiki, complete.
    :param pages: where the generated pages are.
    :param tell: is told the view of each page that is written, if given.
    :param health: gives what the page of the wiki's health shows.
    """

    def __init__(
        self,
        builder: Builder,
        wiki: Callable[[], Wiki],
        pages: Pages,
        tell: Callable[[str, DocumentView | BacklinksView], None] | None = None,
        health: Callable[[Wiki], HealthView] = health_view,
    ) -> None:
        config = builder.config
        self.builder = builder
        self.pages = pages
        # others change references before they write them
        self.writes_lists = writes_directly(builder)
        self.is_paper = builder.name == "latex"
        self.wanted_style: str = config.tropes_wanted
        # the messages of a page's source are to be translated, not those of others
        self.is_plain = builder.name == "gettext"
        self._relative_uri: Callable[[str, str], str] = builder.get_relative_uri
        if self.writes_lists and type(builder).get_relative_uri is Builder.get_relative_uri:
            self._relative_uri = _Uris(builder)
        self.tell = tell
        self.health = health
        self._make_wiki = wiki
        self._has_panels: bool = config.tropes_backlinks_panel and not self.is_plain
        # a book would have to declare each page with a drawing in it
        self.draws = is_html_page(builder) and builder.name != "epub"
        self._is_one_page = builder.name == "singlehtml"
        self._has_ids = builder.format == "html"
        self._has_graphs: bool = config.tropes_graph and self.draws
        self._views: dict[str, DocumentView] = {}

    @property
    def wiki(self) -> Wiki:
        """All facts together."""
        return self._make_wiki()

    def view(self, docname: str) -> DocumentView:
        """The view of a document with a source; an empty one if it has no facts."""
        view = self._views.get(docname)
        if view is None:
            known = docname in self.wiki.documents and not self.is_plain
            view = (
                document_view(self.wiki, docname, panels=self._has_panels, graphs=self._has_graphs)
                if known
                else DocumentView((), (), (), ())
            )
            if known and self.tell:
                self.tell(docname, view)
            # of those beyond, the latest: it is asked for several times while it is written
            if len(self._views) >= _MOST_VIEWS:
                self._views.popitem()
            self._views[docname] = view
        return view

    def forget(self, docname: str) -> None:
        """Lets go of a view that is not needed again."""
        self._views.pop(docname, None)

    def anchor(self, docname: str, anchor: str) -> str:
        """The id of a link in the output. Where all documents share a page, the document is part
        of it.
        """
        if not self._is_one_page or not anchor.startswith("link-"):
            return anchor
        return f"{docname.replace('/', '-')}--{anchor}"

    def uri(self, from_docname: str, docname: str, anchor: str) -> str:
        """The address of a place, seen from a document.

        :raises NoUri: if the builder does not write that document.
        """
        if not self._has_ids and is_reference_anchor(anchor):
            anchor = ""  # no id is there
        if self._is_one_page:
            if anchor:
                return f"#{self.anchor(docname, anchor)}"
            if docname == self.builder.config.root_doc:
                return "#"  # Sphinx gives an id to all documents but the root
        uri = self._relative_uri(from_docname, docname)
        return f"{uri}#{self.anchor(docname, anchor)}" if anchor else uri


def resolved_page(
    rendering: Rendering, env: BuildEnvironment, docname: str, page: nodes.document
) -> nodes.document:
    """A generated *page* for a builder of which :func:`.generated.writes_directly` is true."""
    _label(_Linking(rendering, docname, page, env, docname).link())
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
                linked = _Linking(rendering, docname, part, self.env, self.env.docname).link()
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


def rendering_of(env: BuildEnvironment) -> Rendering | None:
    """What the documents of this build are rendered with; None outside the write phase."""
    rendering: Rendering | None = getattr(env.domains["trope"], "rendering", None)
    return rendering


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
        wiki, pages = self._rendering.wiki, self._rendering.pages
        if kind == "index":
            return index_page(index_view(wiki), pages)
        if kind == "wanted":
            return wanted_page(wanted_view(wiki), pages)
        if kind == "health":
            return health_page(self._rendering.health(wiki), pages)
        if kind == "graph":
            return graph_page(atlas_view(wiki), pages)
        if kind == "missing":
            return missing_page(pages)
        return backlinks_page(backlinks_view(wiki, key, part), pages)


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


class _Linking:
    """Links of one document, which may be part of a larger doctree.

    :param here: the document that is written.
    """

    def __init__(
        self,
        rendering: Rendering,
        docname: str,
        root: nodes.Element,
        env: BuildEnvironment,
        here: str,
    ) -> None:
        self._rendering = rendering
        self._docname = docname
        self._root = root
        self._env = env
        self._here = here
        builder = rendering.builder
        self._isolates = builder.format == "html"
        self._is_right_to_left = is_right_to_left(builder.config.language)
        self._views = {
            (target, section): link for target, section, link in rendering.view(docname).links
        }

    def link(self) -> list[nodes.Element]:
        """Resolves them.

        :returns: all elements that are then there.
        """
        changes: dict[type[nodes.Element], Callable[[nodes.Element], list[nodes.Node]]] = {
            trope_link: self._resolve,
            trope_page_link: self._refer_to,
            trope_foreign_link: self._refer_to_foreign,
        }
        return replace(self._root, changes)

    def _refer_to(self, node: nodes.Element) -> list[nodes.Node]:
        if self._isolates and "trope-mark" not in node["classes"]:
            isolate(node, in_right_to_left=self._is_right_to_left)
        return [self._refer(node, node["docname"], node["anchor"])]

    def _refer_to_foreign(self, node: nodes.Element) -> list[nodes.Node]:
        return [self._refer_elsewhere(node, node["uri"])]

    def _refer_elsewhere(self, node: nodes.Element, uri: str) -> nodes.Element:
        """A link to an address in another wiki."""
        classes = ["trope", "trope-foreign", *node["classes"]]
        uri = foreign_uri(self._rendering.builder, self._here, uri)
        if not uri:
            return nodes.inline("", "", *node.children, classes=classes)
        return nodes.reference("", "", *node.children, internal=False, refuri=uri, classes=classes)

    def _resolve(self, node: nodes.Element) -> list[nodes.Node]:
        # forty on a page: they are asked without docutils in between
        attributes = node.attributes
        target = attributes["target"]
        view = self._views.get((target, attributes["section"]))
        if self._rendering.is_plain or view is None:
            return [nodes.inline("", "", *node.children)]
        if view.kind == "page":
            if not attributes["explicit"] and not view.is_alias:
                node.children = [make_text(_shown_title(view, node) + attributes["suffix"])]
            if self._isolates and not attributes["explicit"]:
                isolate(node, in_right_to_left=self._is_right_to_left)
            reference = self._refer(node, view.docname, view.anchor)
        else:
            reference = (
                self._refer_outside(node, view)
                or self._refer_to_other_wiki(node, view)
                or self._refer_to_wanted(node, view)
            )
        if "nth" in attributes:
            anchor = link_anchor(path_of(target), attributes["nth"])
            reference.attributes["ids"].append(self._rendering.anchor(self._docname, anchor))
        return [reference]

    def _refer(self, node: nodes.Element, docname: str, anchor: str) -> nodes.Element:
        try:
            uri = self._rendering.uri(self._here, docname, anchor)
        except NoUri:
            return nodes.inline("", "", *node.children, classes=node["classes"])
        classes = ["trope", *listed(node, "classes")]
        attributes = {"internal": True, "refuri": uri, "classes": classes}
        kind = trope_reference if self._rendering.writes_lists else nodes.reference
        return make(kind, "", node.children, attributes)

    def _refer_outside(self, node: nodes.Element, view: LinkView) -> nodes.Element | None:
        """A page that this wiki does not have, as intersphinx or another extension finds it."""
        pending = addnodes.pending_xref(
            "", refdomain="trope", reftype="ref", reftarget=view.name, refdoc=self._here,
            refexplicit=node["explicit"], refwarn=False,
        )  # fmt: skip
        contents = nodes.inline("", "", *[child.deepcopy() for child in node.children])
        found = self._env.events.emit_firstresult(
            "missing-reference", self._env, pending, contents, allowed_exceptions=(NoUri,)
        )
        if found is None:
            return None
        if not isinstance(found, nodes.Element):
            return nodes.inline("", "", found)
        if node["suffix"] and contents.parent is None:
            found += nodes.Text(node["suffix"])  # the other project's title has none
        found["classes"].append("trope")
        if "refuri" in found:
            found["refuri"] = _in_section(found["refuri"], node["section"])
        return found

    def _refer_to_other_wiki(self, node: nodes.Element, view: LinkView) -> nodes.Element | None:
        """A page that this project finds by itself, in a wiki that it is federated with."""
        if not view.uri:
            return None
        if not node["explicit"]:
            node.children = [make_text(_shown_title(view, node) + node["suffix"])]
        return self._refer_elsewhere(node, _in_section(view.uri, node["section"]))

    def _refer_to_wanted(self, node: nodes.Element, view: LinkView) -> nodes.Element:
        if self._rendering.wanted_style == "text":
            return nodes.inline("", "", *node.children, classes=["trope-unlinked"])
        docname = self._rendering.pages.backlinks(view.name)
        if self._isolates and not node["explicit"]:
            isolate(node, in_right_to_left=self._is_right_to_left)
        if not docname:
            return nodes.inline("", "", *node.children, classes=["trope", "trope-wanted"])
        reference = self._refer(node, docname, "")
        reference["classes"].append("trope-wanted")
        reference["reftitle"] = _("not written yet")
        return reference


def _shown_title(view: LinkView, node: nodes.Element) -> str:
    """The title of the page that a link without a label leads to, with one article at the most."""
    if not begins_with_article(view.title):
        return view.title
    words = node.astext().removesuffix(node["suffix"])
    return without_second_article(view.title, words, _text_before(node))


def _text_before(node: nodes.Element) -> str:
    """What stands right before *node*, whatever emphasis it is in."""
    parent = node.parent
    while isinstance(parent, nodes.Inline) and parent.index(node) == 0:  # type: ignore[attr-defined]
        node, parent = parent, parent.parent  # type: ignore[attr-defined,assignment]
    at = parent.index(node)
    return parent.children[at - 1].astext() if at else ""


def _in_section(uri: str, section: str) -> str:
    """The address of a section of a page of another project: its ids are made as here."""
    return f"{uri.partition('#')[0]}#{section}" if section else uri


_REFERENCES = (addnodes.pending_xref, nodes.reference)


def _mark_references(rendering: Rendering, docname: str, linked: Iterable[nodes.Element]) -> None:
    """Puts each of the references among *linked* that leads to another document into an element
    with its id, for that leads back to it.
    """
    led = rendering.view(docname).references
    if not led:  # then none has an id
        return
    away = {anchor for anchor, to in led if to is not None and to.docname != docname}
    for node in linked:
        if not isinstance(node, _REFERENCES):
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
