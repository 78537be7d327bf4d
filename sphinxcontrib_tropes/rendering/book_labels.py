"""Labels for link targets in LaTeX and Texinfo, where most elements with an id have none.

Sphinx sets labels at sections, targets, tables and the like, and in LaTeX at references outside
titles. The wiki also links to other elements: sentences, folders, headings in directives. Each of
those gets a label here, as close to it as the format allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..internals.sphinx.book_anchors import write_latex_label, write_texinfo_anchor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

__all__ = [
    "DOCUMENT",
    "Anchor",
    "SetLabels",
    "SetLabelsInTex",
    "documents_in",
    "setup",
    "trope_label",
    "trope_pages",
]

DOCUMENT = ":doc"
"""The id of the label that Sphinx sets at the start of each document."""

# Elements whose labels the writers set.
_LABELLED = (
    nodes.table,
    nodes.figure,
    nodes.literal_block,
    nodes.math_block,
    nodes.term,
    nodes.footnote,
    nodes.citation,
    addnodes.desc_signature,
    addnodes.literal_strong,  # in a production list
)
# Elements that may contain any block.
_FLOW = (
    nodes.document
    | addnodes.start_of_file
    | nodes.section
    | nodes.block_quote
    | nodes.list_item
    | nodes.definition
    | nodes.field_body
    | nodes.description
    | nodes.entry
    | nodes.container
    | nodes.compound
    | nodes.Admonition
    | nodes.topic
    | nodes.sidebar
    | nodes.legend
    | addnodes.desc_content
)


class Anchor(NamedTuple):
    """A place in a book."""

    docname: str
    id: str


class trope_label(nodes.Inline, nodes.Element):
    """A label. Attribute ``place``: docname and id of its element."""


class trope_pages(nodes.Inline, nodes.Element):
    """Page numbers. Attribute ``places``: docname and id of each place."""


class SetLabels(SphinxPostTransform):
    """Sets a label at each link target, and removes links to places outside the book."""

    default_priority = 20  # Sphinx resolves its references at 10.
    builders = ("texinfo",)
    is_tex = False

    def run(self, **kwargs: Any) -> None:
        """Changes the doctree in place."""
        _Book(self.document, self.env.docname, is_tex=self.is_tex).set_labels()


class SetLabelsInTex(SetLabels):
    """The same as :class:`SetLabels`, for LaTeX."""

    builders = ("latex",)
    is_tex = True


def documents_in(document: nodes.document, root: str) -> Iterator[tuple[str, nodes.Element]]:
    """Name and element of each document in a book, in the order of the book.

    :param root: name of the document that contains the others.
    """
    yield root, document
    for part in document.findall(_is_document):
        if part is not document:
            assert isinstance(part, nodes.Element)
            yield part["docname"], part


def _is_document(node: nodes.Node) -> bool:
    # LaTeX's appendices are whole documents
    return isinstance(node, addnodes.start_of_file | nodes.document) and "docname" in node


class _Book:
    """The doctree of a book."""

    def __init__(self, document: nodes.document, root: str, *, is_tex: bool) -> None:
        self._document = document
        self._root = root
        self._is_tex = is_tex
        titles = document.findall(nodes.title)
        self._name = next((t for t in titles if isinstance(t.parent, nodes.section)), None)

    def set_labels(self) -> None:
        """Adapts page numbers and references, then sets a label at each of their targets."""
        rank = {
            name: at for at, (name, _part) in enumerate(documents_in(self._document, self._root))
        }
        found = list(self._anchors())
        order: dict[Anchor, int] = {}
        for at, (anchor, _node) in enumerate(found):
            order.setdefault(anchor, at)
        self._adapt_page_numbers(rank, order)
        self._adapt_references(rank, order)
        wanted = set(self._wanted())
        labelled = {anchor for anchor, node in found if self._is_labelled(node)}
        for anchor, node in found:
            if self._is_labelled(node):
                continue
            if anchor in wanted and anchor not in labelled:
                labelled.add(anchor)
                self._set_label(node, anchor)
            if anchor in wanted or isinstance(node, nodes.reference):
                node["ids"] = [id_ for id_ in node["ids"] if id_ != anchor.id]

    def _anchors(self) -> Iterator[tuple[Anchor, nodes.Element]]:
        """Everything that has an id, in the order of the book."""
        for docname, node in self._elements():
            ids: list[str] = [*node.get("ids", [])]
            if _is_document(node):
                ids.append(DOCUMENT)
            if isinstance(node, nodes.target) and "refid" in node:
                ids.append(node["refid"])
            yield from ((Anchor(docname, id_), node) for id_ in ids)

    def _elements(self) -> Iterator[tuple[str, nodes.Element]]:
        """All elements, in the order of the book, each with the name of its document."""
        # from the root down, because elements do not know their document
        stack: list[tuple[nodes.Element, str]] = [(self._document, self._root)]
        while stack:
            node, docname = stack.pop()
            if _is_document(node):
                docname = node["docname"]
            yield docname, node
            children = node.children[::-1]
            stack += [(child, docname) for child in children if isinstance(child, nodes.Element)]

    def _adapt_page_numbers(self, rank: dict[str, int], order: dict[Anchor, int]) -> None:
        """Sorts page numbers, and drops those of other books. No id means the document."""
        for node in list(self._document.findall(trope_pages)):
            places = [Anchor(*place) for place in node["places"] if place[0] in rank]
            places.sort(key=lambda place: (rank[place.docname], order.get(place, -1)))
            places = [p if p in order else Anchor(p.docname, DOCUMENT) for p in places]
            node["places"] = list(dict.fromkeys(places))
            if not places:
                node.parent.parent.remove(node.parent)

    def _adapt_references(self, rank: dict[str, int], order: dict[Anchor, int]) -> None:
        """Points references without an id at the document; unlinks those that can't be links."""
        for node in list(self._document.findall(nodes.reference)):
            if "trope" not in node["classes"]:
                continue
            anchor = _target_of(node)
            if anchor and anchor.docname in rank and anchor not in order:
                node["refuri"] = f"%{anchor.docname}"
            is_elsewhere = anchor is not None and anchor.docname not in rank
            if is_elsewhere or (self._is_tex and _is_in_heading(node)):
                self._unlink(node)

    def _unlink(self, node: nodes.Element) -> None:
        """Replaces a reference by its words. Its target is not in the book, or the reference is in
        a heading, which is also printed in running heads and the table of contents.
        """
        node.replace_self(nodes.inline("", "", *node.children, classes=node["classes"]))

    def _wanted(self) -> Iterator[Anchor]:
        """The places that references and page numbers point to."""
        for docname, node in self._elements():
            if isinstance(node, nodes.reference):
                yield _target_of(node) or Anchor(docname, node.get("refid", ""))
            elif isinstance(node, trope_pages):
                yield from node["places"]

    def _is_labelled(self, node: nodes.Element) -> bool:
        """Whether the writer sets the labels of *node*."""
        if isinstance(node, nodes.section):
            return self._name is None or node is not self._name.parent
        if isinstance(node, nodes.target):
            return _around(node, nodes.Titular) is None
        return isinstance(node, _LABELLED) or _is_document(node) or "literal_block" in node

    def _set_label(self, node: nodes.Element, anchor: Anchor) -> None:
        """Sets a label at *node*, or as close as its surroundings allow."""
        title = _around(node, nodes.Titular | nodes.term)
        label = trope_label(place=anchor)
        if isinstance(node, nodes.section) or (title is not None and title is self._name):
            assert self._name is not None
            # the writers print this title themselves, without a label
            _insert_after(self._name, label)
        elif title is not None and isinstance(title.parent, nodes.section) and _is_title(title):
            title.parent["ids"].append(anchor.id)
        elif self._is_tex and (table := _headed_table(node, title)) is not None:
            table["ids"].append(anchor.id)  # its head is repeated on each page
        elif isinstance(title, nodes.term):
            title["ids"].append(anchor.id)
        elif title is None or self._is_tex or isinstance(title.parent, nodes.table):
            _insert_at(node, label)
        elif _is_title(title):
            _insert_after(title, label)  # printed as plain text
        else:
            title.parent.insert(title.parent.index(title), label)


def _is_title(node: nodes.Node) -> bool:
    return isinstance(node, nodes.title | nodes.subtitle)


def _is_in_heading(node: nodes.Element) -> bool:
    """Whether *node* is in the heading of a section."""
    title = _around(node, nodes.title)
    return title is not None and isinstance(title.parent, nodes.section)


def _around(node: nodes.Element, kinds: Any) -> nodes.Element | None:
    """*node*, or the innermost element around it, that is one of *kinds*; None if there is none."""
    at: nodes.Element | None = node
    while at is not None and not isinstance(at, kinds):
        at = at.parent
    return at


def _headed_table(node: nodes.Element, title: nodes.Element | None) -> nodes.Element | None:
    """The table whose title or head contains *node*."""
    if title is not None and isinstance(title.parent, nodes.table):
        return title.parent
    head = _around(node, nodes.thead)
    return head.parent.parent if head is not None else None


def _insert_after(node: nodes.Element, label: trope_label) -> None:
    node.parent.insert(node.parent.index(node) + 1, label)


def _insert_at(node: nodes.Element, label: trope_label) -> None:
    """Inserts *label* at the beginning of *node*; before it, if it can't contain a label."""
    if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline):
        node.insert(0, label)
        return
    while not isinstance(node, nodes.Inline | _FLOW) and not isinstance(node.parent, _FLOW):
        node = node.parent
    if isinstance(node, _FLOW):
        node.insert(1 if node.children and _is_title(node.children[0]) else 0, label)
    else:
        node.parent.insert(node.parent.index(node), label)


def _target_of(node: nodes.Element) -> Anchor | None:
    """The place in the book that a reference points to; None for other references."""
    uri = node.get("refuri", "")
    if not uri.startswith("%"):
        return None
    docname, _, id_ = uri[1:].partition("#")
    return Anchor(docname, id_ or DOCUMENT)


def _visit_label_in_tex(translator: Any, node: trope_label) -> None:
    # the label names the document; a moved citation may be in another one
    write_latex_label(translator, ":".join(node["place"]))


def _visit_label_in_texinfo(translator: Any, node: trope_label) -> None:
    write_texinfo_anchor(translator, node["place"][1], node)


def _depart(translator: Any, node: trope_label) -> None:
    """Writes nothing."""


def setup(app: Sphinx) -> None:
    """Registers labels, and the transforms that set them."""
    app.add_node(
        trope_label,
        latex=(_visit_label_in_tex, _depart),
        texinfo=(_visit_label_in_texinfo, _depart),
    )
    app.add_post_transform(SetLabels)
    app.add_post_transform(SetLabelsInTex)
