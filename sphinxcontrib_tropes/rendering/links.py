"""Resolves links to pages of the wiki, to other projects and wikis, and to wanted pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri

from ..builders import foreign_uri
from ..internals.docutils.fast_nodes import listed, make, make_text
from ..markup.lower import replace
from ..markup.nodes import trope_link
from ..messages import _, is_right_to_left
from ..names import path_of
from ..reading.slots import trope_foreign_link, trope_page_link
from ..wiki.facts.document import link_anchor
from ..wiki.text.articles import begins_with_article, without_second_article
from .direction import isolate
from .nodes import trope_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    from sphinx.environment import BuildEnvironment

    from ..wiki.views.document import LinkView
    from .context import Rendering

    LinkViews: TypeAlias = Mapping[tuple[str, str], LinkView]

__all__ = ["LinkResolver", "LinkViews", "links_of"]


def links_of(links: Iterable[tuple[str, str, LinkView]]) -> LinkViews:
    """Target and section of each link -> what it shows."""
    return {(target, section): link for target, section, link in links}


class LinkResolver:
    """Resolves the links of one document.

    :param docname: name of the document.
    :param root: its root element, which may be part of a larger doctree.
    :param here: name of the document being written.
    :param links: what its links show, if not by the view of that document.
    """

    def __init__(
        self,
        rendering: Rendering,
        docname: str,
        root: nodes.Element,
        env: BuildEnvironment,
        here: str,
        links: LinkViews | None = None,
    ) -> None:
        self._rendering = rendering
        self._docname = docname
        self._root = root
        self._env = env
        self._here = here
        builder = rendering.builder
        self._isolates = builder.format == "html"
        self._is_right_to_left = is_right_to_left(builder.config.language)
        self._views = links_of(rendering.view(docname).links) if links is None else links

    def resolve(self) -> list[nodes.Element]:
        """Replaces all links with references.

        :returns: all elements of the document after that.
        """
        changes: dict[type[nodes.Element], Callable[[nodes.Element], list[nodes.Node]]] = {
            trope_link: self._resolve_link,
            trope_page_link: self._resolve_page_link,
            trope_foreign_link: self._resolve_foreign_link,
        }
        return replace(self._root, changes)

    def _resolve_page_link(self, node: nodes.Element) -> list[nodes.Node]:
        if self._isolates and "trope-mark" not in node["classes"]:
            isolate(node, in_right_to_left=self._is_right_to_left)
        return [self._reference(node, node["docname"], node["anchor"])]

    def _resolve_foreign_link(self, node: nodes.Element) -> list[nodes.Node]:
        return [self._foreign_reference(node, node["uri"])]

    def _foreign_reference(self, node: nodes.Element, uri: str) -> nodes.Element:
        """A reference to an address in another wiki."""
        classes = ["trope", "trope-foreign", *node["classes"]]
        uri = foreign_uri(self._rendering.builder, self._here, uri)
        if not uri:
            return nodes.inline("", "", *node.children, classes=classes)
        return nodes.reference("", "", *node.children, internal=False, refuri=uri, classes=classes)

    def _resolve_link(self, node: nodes.Element) -> list[nodes.Node]:
        # forty on a page: docutils' node[...] would be slower
        attributes = node.attributes
        target = attributes["target"]
        view = self._views.get((target, attributes["section"]))
        if self._rendering.is_plain or view is None:
            return [nodes.inline("", "", *node.children)]
        if view.kind == "page":
            if not attributes["explicit"] and not view.is_alias:
                node.children = [make_text(_title_in_text(view, node) + attributes["suffix"])]
            if self._isolates and not attributes["explicit"]:
                isolate(node, in_right_to_left=self._is_right_to_left)
            reference = self._reference(node, view.docname, view.anchor)
        else:
            reference = (
                self._external_reference(node, view)
                or self._federated_reference(node, view)
                or self._wanted_reference(node, view)
            )
        if "nth" in attributes:
            anchor = link_anchor(path_of(target), attributes["nth"])
            reference.attributes["ids"].append(self._rendering.anchor(self._docname, anchor))
        return [reference]

    def _reference(self, node: nodes.Element, docname: str, anchor: str) -> nodes.Element:
        """A reference to a place in this project; only words if the builder does not write it."""
        try:
            uri = self._rendering.uri(self._here, docname, anchor)
        except NoUri:
            return nodes.inline("", "", *node.children, classes=node["classes"])
        classes = ["trope", *listed(node, "classes")]
        attributes = {"internal": True, "refuri": uri, "classes": classes}
        kind = trope_reference if self._rendering.writes_lists else nodes.reference
        return make(kind, "", node.children, attributes)

    def _external_reference(self, node: nodes.Element, view: LinkView) -> nodes.Element | None:
        """A reference to another project's page, resolved by intersphinx or another extension."""
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
            found += nodes.Text(node["suffix"])  # the other project's title does not include it
        found["classes"].append("trope")
        if "refuri" in found:
            found["refuri"] = _in_section(found["refuri"], node["section"])
        return found

    def _federated_reference(self, node: nodes.Element, view: LinkView) -> nodes.Element | None:
        """A reference to a page of another wiki in the federation."""
        if not view.uri:
            return None
        if not node["explicit"]:
            node.children = [make_text(_title_in_text(view, node) + node["suffix"])]
        return self._foreign_reference(node, _in_section(view.uri, node["section"]))

    def _wanted_reference(self, node: nodes.Element, view: LinkView) -> nodes.Element:
        """A reference to the backlinks of a wanted page, or what the project shows instead."""
        if self._rendering.wanted_style == "text":
            return nodes.inline("", "", *node.children, classes=["trope-unlinked"])
        docname = self._rendering.pages.backlinks(view.name)
        if self._isolates and not node["explicit"]:
            isolate(node, in_right_to_left=self._is_right_to_left)
        if not docname:
            return nodes.inline("", "", *node.children, classes=["trope", "trope-wanted"])
        reference = self._reference(node, docname, "")
        reference["classes"].append("trope-wanted")
        reference["reftitle"] = _("not written yet")
        return reference


def _title_in_text(view: LinkView, node: nodes.Element) -> str:
    """The title of the target of a link without a label; drops its article if the text has one."""
    if not begins_with_article(view.title):
        return view.title
    words = node.astext().removesuffix(node["suffix"])
    return without_second_article(view.title, words, _text_before(node))


def _text_before(node: nodes.Element) -> str:
    """The text right before *node*, or before the emphasis around it."""
    parent = node.parent
    while isinstance(parent, nodes.Inline) and parent.index(node) == 0:  # type: ignore[attr-defined]
        node, parent = parent, parent.parent  # type: ignore[attr-defined,assignment]
    at = parent.index(node)
    return parent.children[at - 1].astext() if at else ""


def _in_section(uri: str, section: str) -> str:
    """The address of a *section* of a page in another project: both make ids the same way."""
    return f"{uri.partition('#')[0]}#{section}" if section else uri
