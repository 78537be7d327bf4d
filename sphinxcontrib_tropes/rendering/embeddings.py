"""Puts other pages, or sections of them, into the page that includes them.

What is included is a copy: its ids get a prefix, its headings are no sections, and its links are no
backlinks of the page around it. What other pages contribute to it stays on its own page.
"""

from __future__ import annotations

import pickle
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join

from ..internals.docutils.fast_nodes import listed
from ..markup.lower import elements, replace
from ..markup.nodes import trope_embedding, trope_link, trope_page
from ..reading.cross_references import take_anchor
from ..reading.slots import SLOTS, trope_page_link
from .links import links_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from ..wiki.views.document import LinkView
    from .context import Rendering
    from .links import LinkViews

__all__ = ["EmbeddedPart", "embed_pages"]

_MOST = 500
"""Maximum number of pages that one document includes, with what these include in turn."""
_LEVEL = 2
"""Level of the heading above the highest of what is included."""
_LEFT_OUT = (
    addnodes.highlightlang,
    addnodes.index,
    addnodes.tabular_col_spec,
    addnodes.toctree,
    nodes.comment,
    nodes.docinfo,
    nodes.meta,
    nodes.substitution_definition,
    nodes.system_message,
    trope_page,
    *SLOTS,
)


class EmbeddedPart(NamedTuple):
    """A part of a doctree that comes from another document."""

    docname: str
    root: nodes.Element
    links: LinkViews
    """What its links show."""


class _Embedding(NamedTuple):
    """A place for a page, or for a section of it."""

    node: trope_embedding
    docname: str
    """The document that the place is in."""
    around: tuple[tuple[str, str], ...]
    """Document and anchor of each embedding around it, outermost first."""


def embed_pages(
    rendering: Rendering, env: BuildEnvironment, parts: list[tuple[str, nodes.Element]]
) -> list[EmbeddedPart]:
    """Fills all embeddings in *parts*, each with the name of its document.

    :returns: what they are filled with, innermost first.
    """
    return [] if rendering.is_plain else _Embedder(rendering, env).fill(parts)


class _Embedder:
    """Fills the embeddings of a doctree."""

    def __init__(self, rendering: Rendering, env: BuildEnvironment) -> None:
        self._rendering = rendering
        self._env = env
        self._found: list[EmbeddedPart] = []
        self._counts: Counter[str] = Counter()
        """Document being written -> number of pages included in it."""
        self._links: dict[tuple[str, str], LinkViews] = {}
        """Document being written, and another or the same -> what the links of that show."""
        self._doctrees: dict[str, nodes.document] = {}

    def fill(self, parts: list[tuple[str, nodes.Element]]) -> list[EmbeddedPart]:
        here = parts[-1][0]
        # a part may contain other parts, which come first
        first_in: dict[trope_embedding, str] = {}
        for docname, part in parts:
            for node in _embeddings(part):
                first_in.setdefault(node, docname)
        waiting = [
            _Embedding(node, docname, ((docname, ""),)) for node, docname in first_in.items()
        ][::-1]
        while waiting:
            embedding = waiting.pop()
            page = self._page(embedding)
            if page is None:
                continue
            first = embedding.around[0][0]
            self._counts[first] += 1
            if self._counts[first] > _MOST:
                continue
            prefix = f"embedded-{len(self._found) + 1}-"
            content = _content(self._doctree(page.docname), page, prefix, here)
            root = nodes.container("", *content)  # until its links are resolved
            embedding.node.insert(0, root)
            self._found.append(EmbeddedPart(page.docname, root, self._views(first, page.docname)))
            around = *embedding.around, (page.docname, page.anchor)
            waiting += [_Embedding(node, page.docname, around) for node in _embeddings(root)][::-1]
        return self._found[::-1]

    def _page(self, embedding: _Embedding) -> LinkView | None:
        """The page or section to show; None if there is none, or if it is around this very place."""
        links = self._views(embedding.around[0][0], embedding.docname)
        link = next(embedding.node.findall(trope_link), None)
        wanted = (link["target"], link["section"]) if link is not None else ("", "")
        page = links.get(wanted)
        if page is None or page.kind != "page":
            return None
        return page if (page.docname, page.anchor) not in embedding.around else None

    def _views(self, first: str, docname: str) -> LinkViews:
        """What the links of *docname* show in the page of *first*, from the view of that."""
        if (first, docname) not in self._links:
            view = self._rendering.view(first)
            self._links[first, first] = links_of(view.links)
            for document in view.embedded:
                self._links[first, document.docname] = links_of(document.links)
        return self._links.get((first, docname), {})

    def _doctree(self, docname: str) -> nodes.document:
        """The doctree of a document. Sphinx's own way to it keeps what it has read, also when the
        document is read again in the same process.
        """
        if docname not in self._doctrees:
            stored = Path(self._env.doctreedir, f"{docname}.doctree").read_bytes()
            self._doctrees[docname] = pickle.loads(stored)  # noqa: S301  as Sphinx does
        return self._doctrees[docname]


def _embeddings(part: nodes.Element) -> list[trope_embedding]:
    return [node for node in elements(part) if isinstance(node, trope_embedding)]


def _content(doctree: nodes.document, page: LinkView, prefix: str, here: str) -> list[nodes.Node]:
    """A copy of the blocks of *page*, for the document *here*; its ids begin with *prefix*."""
    blocks = [block.deepcopy() for block in _blocks(doctree, page.anchor)]
    root = nodes.container("", *blocks)
    _flatten_sections(root)
    replace(root, dict.fromkeys(_LEFT_OUT, lambda node: []))
    ids = {id_ for node in elements(root) for id_ in listed(node, "ids")}
    replace(root, {nodes.reference: lambda node: [_lead_back(node, ids, page.docname)]})
    for node in elements(root):
        _adapt(node, ids, prefix, page.docname, here)
    return root.children


def _blocks(doctree: nodes.document, anchor: str) -> list[nodes.Node]:
    """The blocks of a whole document without its title; or the section or block with that id."""
    found: nodes.Element = doctree
    if anchor:
        marked = (node for node in elements(doctree) if anchor in listed(node, "ids"))
        found = next(marked, doctree)
    if isinstance(found, nodes.document):
        sections = [child for child in found.children if isinstance(child, nodes.section)]
        if len(sections) == 1:  # the title of a document is that of its only section
            at = found.index(sections[0])
            own = [child for child in sections[0].children if not isinstance(child, nodes.title)]
            return [*found.children[:at], *own, *found.children[at + 1 :]]
        return found.children
    if trope_page in map(type, found.children[:2]):
        return found.children[1:]  # without the title
    if isinstance(found, nodes.section):
        return [found]
    block = _block_around(found)
    return _passage(block, anchor) if _begins_with(block, anchor) else [block]


def _block_around(node: nodes.Element) -> nodes.Element:
    """The block that *node* is in: an item with its list, else a paragraph or the like."""
    while not isinstance(node.parent, nodes.section | nodes.document | nodes.container):
        parent = node.parent
        if isinstance(node, nodes.list_item | nodes.definition_list_item):
            alone: nodes.Element = parent.copy()
            alone.append(node)
            return alone
        node = parent
    if isinstance(node, nodes.Invisible):  # a label of what follows
        at = node.parent.index(node)
        following = node.parent.children[at + 1 :]
        return next((n for n in following if isinstance(n, nodes.Element)), node)
    return node


def _begins_with(block: nodes.Node, anchor: str = "") -> bool:
    """Whether *block* begins with the label *anchor*, or with any if that is empty."""
    if not isinstance(block, nodes.paragraph) or not block.children:
        return False
    first = block.children[0]
    return isinstance(first, nodes.target) and anchor in ("", *listed(first, "ids"))


def _passage(block: nodes.Element, anchor: str) -> list[nodes.Node]:
    """The blocks from the label *anchor*, with which *block* begins, to the next label or heading,
    as in PmWiki.
    """
    passage: list[nodes.Node] = []
    for node in block.parent.children[block.parent.index(block) :]:
        if isinstance(node, nodes.section) or (passage and _begins_with(node)):
            break
        passage.append(node)
        targets = node.findall(nodes.target) if isinstance(node, nodes.Element) else ()
        if any(anchor not in listed(target, "ids") for target in targets):
            break
    return passage


def _flatten_sections(root: nodes.Element) -> None:
    """Makes headings of the titles of all sections in *root*."""
    levels: dict[nodes.Node | None, int] = {}
    for section in elements(root):
        if isinstance(section, nodes.section):
            levels[section] = levels.get(section.parent, _LEVEL) + 1

    def flat(node: nodes.Element) -> list[nodes.Node]:
        title, *others = node.children
        if not isinstance(title, nodes.title):
            return [title, *others]
        heading = nodes.rubric(title.rawsource, "", *title.children, ids=list(node["ids"]))
        heading["heading-level"] = min(levels[node], 6)
        return [heading, *others]

    replace(root, {nodes.section: flat})


def _adapt(node: nodes.Element, ids: set[str], prefix: str, docname: str, here: str) -> None:
    """Makes *node*, from the document *docname*, part of the document *here*."""
    attributes = node.attributes
    for name in ("ids", "backrefs"):
        if listed(node, name):
            node[name] = [prefix + id_ for id_ in node[name] if id_ in ids]
    attributes.pop("names", None)
    node["names"] = []
    if attributes.get("refid") in ids:
        node["refid"] = prefix + node["refid"]
    if isinstance(node, trope_link | nodes.reference | addnodes.pending_xref):
        attributes.pop("nth", None)  # backlinks lead to the original
        take_anchor(node)
    if isinstance(node, trope_embedding):
        attributes.pop("nth", None)
    if isinstance(node, addnodes.pending_xref):
        if node.get("reftype") == "doc" and node.get("refdomain") != "doc":
            node["reftarget"] = "/" + docname_join(node.get("refdoc", docname), node["reftarget"])
        node["refdoc"] = here


def _lead_back(node: nodes.Element, ids: set[str], docname: str) -> nodes.Node:
    """*node*; if it leads to an id that is not included, a link to it in its own document."""
    if node.get("refid") is None or node["refid"] in ids:
        return node
    return trope_page_link("", "", *node.children, docname=docname, anchor=node["refid"])
