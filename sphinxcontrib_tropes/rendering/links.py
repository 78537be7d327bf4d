"""What other pages contribute, put into a doctree that is about to be written.

One post-transform fills panels and lists and turns links into references, before Sphinx resolves
its own: every builder then sees nodes that it knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri

from ..builders import foreign_uri
from ..internals.docutils.fast_nodes import listed, make, make_text
from ..markup.lower import replace
from ..markup.nodes import (
    trope_link,
)
from ..messages import _
from ..names import path_of
from ..reading.slots import (
    trope_foreign_link,
    trope_page_link,
)
from ..wiki.facts.document import link_anchor
from ..wiki.text.articles import begins_with_article, without_second_article
from ..wiki.views.document import (
    LinkView,
)
from .context import Rendering
from .direction import is_right_to_left, isolate
from .nodes import (
    trope_reference,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.environment import BuildEnvironment


__all__ = []


class Linking:
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


REFERENCES = (addnodes.pending_xref, nodes.reference)
