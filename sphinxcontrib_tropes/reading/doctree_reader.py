"""Reads from a doctree its pages, listings and blocks of text, in reading order.

Reading changes nothing. :mod:`.link_numbers` then writes the numbers of links and listings into the
doctree, and :mod:`.collector` makes the facts.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ..internals.docutils.fast_nodes import listed
from ..markup.lower import elements
from ..markup.nodes import trope_embedding, trope_folder, trope_link, trope_page
from ..names import slug
from .covered_text import covered_text
from .places import PLACES, Surroundings, inside
from .slots import trope_listing
from .text_blocks import TextBlock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

__all__ = [
    "DoctreeContents",
    "FoundAnchor",
    "FoundEmbedding",
    "FoundListing",
    "FoundPage",
    "stored_digest",
]

_SILENT = (
    nodes.Text,
    nodes.comment,
    nodes.raw,
    nodes.math_block,
    nodes.substitution_definition,
    nodes.system_message,
    trope_page,
)
_ABOUT_A_PAGE = frozenset(["backlinks", "examples", "graph"])


def stored_digest(env: BuildEnvironment, docname: str) -> str:
    """The digest of a doctree as it is stored."""
    stored = Path(env.doctreedir, f"{docname}.doctree").read_bytes()
    return hashlib.blake2b(stored, digest_size=12).hexdigest()


class FoundPage(NamedTuple):
    """A page that the document defines."""

    node: nodes.Element
    """The element that contains the whole page."""
    properties: trope_page
    heading: nodes.Element


class FoundListing(NamedTuple):
    """A list of pages requested by a directive."""

    node: trope_listing
    page: int
    """Index of the page around it; -1 if there is none."""
    default: int
    """Index of the page that it is about if it names none: the page around it, else the last page
    before it; -1 if there is neither.
    """

    @property
    def is_about_a_page(self) -> bool:
        """Whether lists of this kind are about one page."""
        return self.node["kind"] in _ABOUT_A_PAGE

    @property
    def is_nameless(self) -> bool:
        """Whether there is no page that the list could be about."""
        return self.is_about_a_page and not self.node["name"] and self.default < 0


class FoundEmbedding(NamedTuple):
    """Another page, or a section of it, that is shown in the document."""

    node: trope_embedding
    link: trope_link


class FoundAnchor(NamedTuple):
    """A reference to an id of its own document."""

    node: nodes.reference
    id: str
    """The id in the document, whatever hyphens the reference uses; empty if there is no such id."""
    page: int
    line: int


class DoctreeContents:
    """The contents of a doctree that count in the wiki.

    :param with_references: whether references of other kinds than links count.
    """

    def __init__(self, document: nodes.document, *, with_references: bool = False) -> None:
        self.source = str(document.get("source") or "")
        self.pages_and_listings: list[FoundPage | FoundListing | FoundEmbedding] = []
        self.sections: list[dict[str, str]] = []
        """For each page: id, or slug of a section's title -> id."""
        self.blocks: list[TextBlock] = []
        self.anchors: list[FoundAnchor] = []
        self._with_references = with_references
        self._numbers: dict[str, int] = {}
        self._read(document)
        if any(block.anchors for block in self.blocks):
            self.anchors += self._found_anchors(document)

    def included_file(self, source: str | None) -> str:
        """*source* if it is a file other than the document's own; else empty."""
        if not source or source == self.source or self.source.endswith(source):
            return ""
        return source

    def _read(self, document: nodes.document) -> None:
        # a stack instead of recursion: last in, first out, hence reversed
        stack: list[tuple[nodes.Node, Surroundings]] = [(document, Surroundings())]
        while stack:
            node, around = stack.pop()
            # mypy mistakes the hash of a node for that of its class
            kind = _kind(type(node))  # type: ignore[arg-type]
            if kind.is_silent:
                continue
            assert isinstance(node, nodes.Element)
            if isinstance(node, nodes.literal_block) and not _is_parsed(node):
                continue
            if isinstance(node, trope_listing):
                default = around.page if around.page >= 0 else len(self.sections) - 1
                self.pages_and_listings.append(FoundListing(node, around.page, default))
                continue
            if isinstance(node, trope_embedding):
                link = next(node.findall(trope_link), None)
                if link is not None:  # else another extension has taken it
                    self.pages_and_listings.append(FoundEmbedding(node, link))
            if trope_page in map(type, node.children[:2]):
                around = around._replace(page=len(self.sections))
                self.sections.append({})
                self.pages_and_listings.append(_found_page(node))
            if kind.is_place:
                around = inside(node, around)
            if listed(node, "ids"):
                self._note_ids(node, around.page)
            if isinstance(node, nodes.TextElement):
                stack += self._read_block(node, around)
            else:
                stack += [(child, around) for child in node.children[::-1]]

    def _read_block(
        self, node: nodes.TextElement, around: Surroundings
    ) -> list[tuple[nodes.Node, Surroundings]]:
        """Reads a block of text. Returns the notes in it, which are separate texts."""
        block = TextBlock(node, around, self._numbers, with_references=self._with_references)
        self.blocks.append(block)
        for target in block.targets:
            self._note_ids(target, around.page)
        return [(note, around._replace(in_spoiler=hidden)) for note, hidden in block.notes]

    def _note_ids(self, node: nodes.Element, page: int) -> None:
        if page < 0:
            return
        sections = self.sections[page]
        if isinstance(node, nodes.section | trope_folder) and node.children:
            sections.setdefault(slug(covered_text(node.children[0])), node["ids"][0])
        for id_ in node["ids"]:
            sections.setdefault(id_, id_)

    def _found_anchors(self, document: nodes.document) -> Iterator[FoundAnchor]:
        known = {id_ for node in elements(document) for id_ in listed(node, "ids")}
        squeezed = {id_.replace("-", ""): id_ for id_ in sorted(known, reverse=True)}
        for block in self.blocks:
            page = block.around.page
            for node in block.anchors:
                id_ = node["refid"]
                if id_ not in known:
                    sections = self.sections[page] if page >= 0 else {}
                    by_slug = {
                        slug_.replace("-", ""): to for slug_, to in reversed(sections.items())
                    }
                    letters = id_.replace("-", "")
                    id_ = by_slug.get(letters) or squeezed.get(letters) or ""
                yield FoundAnchor(node, id_, page, node.line or block.line)


def _found_page(node: nodes.Element) -> FoundPage:
    properties = next(child for child in node.children if isinstance(child, trope_page))
    heading = next(c for c in node.children if isinstance(c, nodes.title | nodes.rubric))
    return FoundPage(node, properties, heading)


def _is_parsed(block: nodes.literal_block) -> bool:
    """Whether a literal block contains more than text."""
    return any(isinstance(child, nodes.Element) for child in block.children)


class _Kind(NamedTuple):
    """How the reader handles a class of nodes."""

    is_silent: bool
    """Whether it skips them and everything in them."""
    is_place: bool
    """Whether the class is one of :data:`PLACES`."""


@cache
def _kind(of: type[nodes.Node]) -> _Kind:
    return _Kind(issubclass(of, _SILENT), issubclass(of, PLACES))
