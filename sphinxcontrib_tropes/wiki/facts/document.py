"""The facts of one document: its pages, its links, and the text around the links.

Facts are pickled for every document of a project. So they are tuples of strings and numbers, and
each block of text is stored once, however many links are in it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ...names import file_stem, memoized, slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .page import Page

__all__ = [
    "COVER",
    "HOW_NAMED",
    "Destination",
    "DocumentFacts",
    "Flag",
    "Link",
    "Listing",
    "Naming",
    "Notice",
    "Passage",
    "Place",
    "Pointers",
    "Reference",
    "begins_item",
    "is_reference_anchor",
    "link_anchor",
    "pointers_of",
    "reference_anchor",
    "reference_path",
]

COVER = "\ufdd2"
"""Replaces what a spoiler hides: no hidden text is ever part of a fact."""


class Place:
    """Where a link is in a document."""

    PROSE = "prose"
    QUOTE = "quote"
    HEADING = "heading"
    EXAMPLE = "example"
    SEE_ALSO = "see-also"
    INDEX = "index"

    ORDER = (PROSE, QUOTE, HEADING, EXAMPLE, SEE_ALSO, INDEX)
    """The strongest first: a link in prose says more than one in a list."""


_RANK = {place: rank for rank, place in enumerate(Place.ORDER)}


class Link(NamedTuple):
    """A link to a page, existing or not."""

    target: str
    """Canonical name as written."""
    section: str
    """Slug of the section linked to, or empty."""
    nth: int
    """1 for the first link of the document to that name, 2 for the second, and so on."""
    page: int
    """Index in the document's pages; -1 for none."""
    block: int
    """Index in the document's texts."""
    start: int
    """Where its words begin in that text."""
    end: int
    """Where its words end in that text."""
    place: str
    """One of :class:`Place`."""
    in_spoiler: bool
    """Whether a spoiler hides it."""
    opens_item: bool
    """Whether it is the first link of a list item."""
    line: int
    relation: str = ""
    """Relation of the page to the target, one of :data:`.relation_cues.KINDS`, or empty."""
    file: str = ""
    """Path of the included file that it is in; empty for the document's own."""
    played: str = ""
    """How the example says that the trope is played: some of :data:`.names.played.LABELS`, separated by
    spaces; mostly none."""


class Flag:
    """Bits of :attr:`Pointers.flags`. The number of the link's place is above them."""

    OPENS_ITEM = 1
    """As :attr:`Link.opens_item`."""
    IN_SPOILER = 2
    """As :attr:`Link.in_spoiler`."""
    BEGINS_ITEM = 4
    """As :func:`begins_item`."""
    HAS_RELATION = 8
    """:attr:`Link.relation` is not empty."""
    TO_SECTION = 16
    """:attr:`Link.section` is not empty."""
    HAS_PLAYED = 32
    """:attr:`Link.played` is not empty."""
    BITS = 6


class Pointers(NamedTuple):
    """Where the links of a document point, in columns: enough for most questions about the whole
    wiki, without the text around the links.
    """

    targets: Sequence[str]
    """Canonical names as written."""
    flags: Sequence[int]
    """Bits of :class:`Flag`, and above them the index of the link's place in ``Place.ORDER``."""
    pages: Sequence[int]
    """As :attr:`Link.page`; empty if all links are in the first page."""
    blocks: Sequence[int]
    """As :attr:`Link.block`."""
    relations: Mapping[int, str]
    """Index of a link -> its :attr:`Link.relation`, if it has one."""
    played: Mapping[int, str]
    """Index of a link -> its :attr:`Link.played`, if it has one."""

    @property
    def depths(self) -> list[int]:
        """How far each is from the top: 0 in the first block, then 1 more for twice as many blocks."""
        return [min(block.bit_length(), _DEEPEST) for block in self.blocks]


def pointers_of(links: Sequence[Link], texts: Sequence[str]) -> Pointers:
    """Where the *links* of a document with these *texts* point."""
    flags = [
        _RANK[link.place] << Flag.BITS
        | bool(link.section) * Flag.TO_SECTION
        | bool(link.relation) * Flag.HAS_RELATION
        | bool(link.played) * Flag.HAS_PLAYED
        | begins_item(link, texts) * Flag.BEGINS_ITEM
        | link.in_spoiler * Flag.IN_SPOILER
        | link.opens_item * Flag.OPENS_ITEM
        for link in links
    ]
    pages = [link.page for link in links]
    return Pointers(
        [link.target for link in links],
        flags,
        pages if any(pages) else (),
        [link.block for link in links],
        {at: link.relation for at, link in enumerate(links) if link.relation},
        {at: link.played for at, link in enumerate(links) if link.played},
    )


_DEEPEST = 15


def begins_item(link: Link, texts: Sequence[str]) -> bool:
    """Whether a list item begins with the link, with no word before it."""
    return link.opens_item and not any(map(str.isalnum, texts[link.block][: link.start]))


class Reference(NamedTuple):
    """A reference other than a link: to a document, a label, a Python class. Collected only if the
    project's configuration says so.
    """

    domain: str
    """Sphinx's domain: ``std``, ``py``; empty for ``:any:``."""
    type: str
    """``ref``, ``doc``, ``class`` ..."""
    target: str
    attributes: tuple[tuple[str, Any], ...]
    """Other attributes that its destination depends on (``py:module``), sorted by name."""
    nth: int
    """1 for the first reference of the document with that :func:`reference_path`."""
    page: int
    """This field and those below: as for :class:`Link`."""
    block: int
    start: int
    end: int
    place: str
    in_spoiler: bool
    line: int


class Destination(NamedTuple):
    """The destination of a reference."""

    docname: str
    anchor: str
    """Id in that document; empty for the document itself."""
    words: str
    """Shown instead of the writer's own words; may be empty."""
    title: str
    """Shown when a reader points at the reference; may be empty."""


class Listing(NamedTuple):
    """A directive that shows a list of pages, or another page."""

    kind: str
    """``index``, ``backlinks``, ``examples``, ``wanted``, ``graph`` or ``embedding``."""
    name: str
    """Canonical name of the page or index it is about, or empty."""
    namespace: str
    """The namespace that it is limited to, or empty; of an embedding, the slug of a section."""
    depth: int = 1
    """How many links a page of a graph may be away."""
    line: int = 0


class Passage(NamedTuple):
    """A block of text that may contain titles without a link."""

    block: int
    """Index in the document's texts."""
    page: int
    """Index in the document's pages; -1 for none."""
    section: str
    """Id of its section, or empty."""
    line: int


HOW_NAMED = ("relation", "index", "redirect", "listing", "anchor")


class Naming(NamedTuple):
    """A name in a property or an option; or a link to a section that its own page does not have."""

    how: str
    """One of :data:`HOW_NAMED`; ``anchor`` for a section."""
    target: str
    """Canonical name as written; empty for a section."""
    section: str
    """Slug of the section, or empty."""
    page: int
    """Index in the document's pages; -1 for none."""
    line: int
    file: str = ""
    """As for :class:`Link`."""


class Notice(NamedTuple):
    """A warning to the writer when the document was read."""

    kind: str
    """Its subtype: ``markup``, ``encoding``."""
    sentence: str
    line: int
    file: str = ""
    """As for :class:`Link`."""


class DocumentFacts(NamedTuple):
    """Everything one document contributes."""

    title: str
    pages: tuple[Page, ...]
    links: tuple[Link, ...]
    """In the order of the document."""
    texts: tuple[str, ...]
    """The blocks of text with links, and passages, with :data:`COVER` for what spoilers hide."""
    listings: tuple[Listing, ...]
    mentions: tuple[str, ...]
    """Names that references other than links (``:any:``) may refer to."""
    passages: tuple[Passage, ...] = ()
    """All blocks of text, if titles without a link are searched for; else none."""
    references: tuple[Reference, ...] = ()
    """In the order of the document."""
    objects: tuple[tuple[str, ...], ...] = ()
    """The ids of each object that it describes and that references may point to; the first one
    identifies it.
    """
    namings: tuple[Naming, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def pointers(self) -> Pointers:
        """Where its links point."""
        return pointers_of(self.links, self.texts)

    def pack(self) -> tuple[Any, ...]:
        """The facts as plain tuples: smaller when pickled, without class names."""
        return (
            self.title,
            tuple(_packed_page(page) for page in self.pages),
            tuple(map(tuple, self.links)),
            self.texts,
            tuple(map(tuple, self.listings)),
            self.mentions,
            tuple(map(tuple, self.passages)),
            tuple(map(tuple, self.references)),
            self.objects,
            tuple(map(tuple, self.namings)),
            tuple(map(tuple, self.notices)),
        )


def _packed_page(page: Page) -> tuple[Any, ...]:
    return tuple(page._replace(openings=tuple(map(tuple, page.openings))))  # type: ignore[arg-type]


@lru_cache(maxsize=65536)
def link_anchor(path: str, nth: int) -> str:
    """The id of the *nth* link of a document to the page with this
    :attr:`~sphinxcontrib_tropes.names.PageName.path`.

    It does not depend on the text around the link: pages that point to it stay up to date.
    """
    anchor = f"link-{path.replace('/', '-')}"
    return anchor if nth == 1 else f"{anchor}-{nth}"


def reference_path(domain: str, type_: str, target: str) -> str:
    """The common part of the ids of a document's references to that target."""
    return _reference_stem(f"{domain} {type_} {target}")


@memoized
def _reference_stem(words: str) -> str:
    return file_stem(slug(words) or "other")


def reference_anchor(reference: Reference) -> str:
    """The id of a reference. Ids of sections and links never have two hyphens in a row."""
    path = reference_path(reference.domain, reference.type, reference.target)
    anchor = f"{_REFERENCE}{path}"
    return anchor if reference.nth == 1 else f"{anchor}--{reference.nth}"


def is_reference_anchor(anchor: str) -> bool:
    """Whether *anchor* is the id of a reference."""
    return anchor.startswith(_REFERENCE)


_REFERENCE = "link--"
