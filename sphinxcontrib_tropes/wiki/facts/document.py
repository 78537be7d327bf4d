"""What one document contributes to the wiki: pages, links, and the text around the links.

Facts are stored, pickled, for every document of a project. So they are tuples of strings and
numbers, and a text that holds several links is there once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ...names import file_stem, memoized, slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    "Page",
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
"""Stands for what a spoiler hides: no hidden text is ever part of a fact."""


class Place:
    """Where a link stands. The strongest first: prose says more than a place in a list."""

    PROSE = "prose"
    QUOTE = "quote"
    HEADING = "heading"
    EXAMPLE = "example"
    SEE_ALSO = "see-also"
    INDEX = "index"

    ORDER = (PROSE, QUOTE, HEADING, EXAMPLE, SEE_ALSO, INDEX)


_RANK = {place: rank for rank, place in enumerate(Place.ORDER)}


class Page(NamedTuple):
    """A page that a document defines."""

    name: str
    """Canonical name."""
    title: str
    anchor: str
    """Id of the page in its document; empty if it is the whole document."""
    line: int
    laconic: str
    redirect: str
    """Canonical name of the page that this one only leads to, or empty."""
    aliases: tuple[str, ...]
    """Canonical names."""
    indexes: tuple[str, ...]
    """Canonical names of indexes that the page says it is in."""
    sections: tuple[tuple[str, str], ...]
    """Slug of each section's name, and the section's id where they differ."""
    is_listed: bool
    """Whether indexes list it."""
    relations: tuple[tuple[str, str], ...] = ()
    """How it says outright that it stands to others: one of :data:`.relations.KINDS`, and the
    canonical name of the other page."""
    lead: str = ""
    """Its first lines, a line for each paragraph, with :data:`COVER` for what spoilers hide."""
    redirect_section: str = ""
    """Slug of the section of that page that a redirect leads to, or empty."""


class Link(NamedTuple):
    """A link to a page, existing or not."""

    target: str
    """Canonical name as written."""
    section: str
    """Slug of the section linked to, or empty."""
    nth: int
    """How many links of the document to that name this one is: 1 for the first."""
    page: int
    """Which of the document's pages it stands in; -1 for none."""
    block: int
    """Which of the document's texts it stands in."""
    start: int
    """Where in that text its words begin."""
    end: int
    """Where in that text its words end."""
    place: str
    """One of :class:`Place`."""
    in_spoiler: bool
    """Whether a spoiler hides it."""
    opens_item: bool
    """Whether it is the first link of a list item."""
    line: int
    relation: str = ""
    """How the page says it stands to the target, one of :data:`.relations.KINDS`, or empty."""
    file: str = ""
    """Path of the file that it stands in, if that is not the document's own but an included one."""


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
    BITS = 5


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
    """Index of a link -> its :attr:`Link.relation`, where it has one."""

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
    )


_DEEPEST = 15


def begins_item(link: Link, texts: Sequence[str]) -> bool:
    """Whether a list item begins with the link, with no word before it."""
    return link.opens_item and not any(map(str.isalnum, texts[link.block][: link.start]))


class Reference(NamedTuple):
    """A reference of another kind than links: to a document, a label, a Python class. Taken only
    where the project asks for it.
    """

    domain: str
    """As Sphinx has it: ``std``, ``py``; empty for ``:any:``."""
    type: str
    """``ref``, ``doc``, ``class`` ..."""
    target: str
    attributes: tuple[tuple[str, Any], ...]
    """Whatever else decides where it leads (``py:module``), sorted by name."""
    nth: int
    """How many references of the document with that :func:`reference_path` this one is."""
    page: int
    """This and what follows: as for :class:`Link`."""
    block: int
    start: int
    end: int
    place: str
    in_spoiler: bool
    line: int


class Destination(NamedTuple):
    """Where a reference leads."""

    docname: str
    anchor: str
    """Id in that document; empty for the document itself."""
    words: str
    """What is shown in the place of the writer's own words, or empty."""
    title: str
    """What is shown when a reader points at it, or empty."""


class Listing(NamedTuple):
    """A list of pages that a document shows in place, by a directive."""

    kind: str
    """``index``, ``backlinks``, ``examples``, ``wanted`` or ``graph``."""
    name: str
    """Canonical name of the page or index it is about, or empty."""
    namespace: str
    """The namespace it is limited to, or empty."""
    depth: int = 1
    """How many steps a graph goes."""
    line: int = 0


class Passage(NamedTuple):
    """A block of text in which titles may stand that are not linked."""

    block: int
    """Which of the document's texts it is."""
    page: int
    """Which of the document's pages it stands in; -1 for none."""
    section: str
    """Id of the section that it stands in, or empty."""
    line: int


HOW_NAMED = ("relation", "index", "redirect", "listing", "anchor")


class Naming(NamedTuple):
    """A name that a document uses outside its text, in a property or an option; or a link to a
    section of its own page that does not exist.
    """

    how: str
    """One of :data:`HOW_NAMED`: ``anchor`` for the section."""
    target: str
    """Canonical name as written; empty for a section."""
    section: str
    """Slug of the section, or empty."""
    page: int
    """Which of the document's pages it stands in; -1 for none."""
    line: int
    file: str = ""
    """As for :class:`Link`."""


class Notice(NamedTuple):
    """What a writer was warned of when the document was read."""

    kind: str
    """Subtype of the warning: ``markup``, ``encoding``."""
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
    """The blocks of text that hold links or are passages, with :data:`COVER` for what spoilers hide."""
    listings: tuple[Listing, ...]
    mentions: tuple[str, ...]
    """Names that references of other kinds (``:any:``) may mean."""
    passages: tuple[Passage, ...] = ()
    """All blocks of text, where they are looked through for titles; else none."""
    references: tuple[Reference, ...] = ()
    """In the order of the document."""
    objects: tuple[tuple[str, ...], ...] = ()
    """The ids of each object that it describes and that references may lead to; the first of them
    stands for all.
    """
    namings: tuple[Naming, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def pointers(self) -> Pointers:
        """Where its links point."""
        return pointers_of(self.links, self.texts)

    def pack(self) -> tuple[Any, ...]:
        """The facts as plain tuples, which pickle small and without the name of a class."""
        return (
            self.title,
            tuple(map(tuple, self.pages)),
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


@lru_cache(maxsize=65536)
def link_anchor(path: str, nth: int) -> str:
    """The id of the *nth* link of a document to the page whose name has this
    :attr:`~sphinxcontrib_tropes.names.PageName.path`.

    It does not change when the text around it does: what refers to it need not be written again.
    """
    anchor = f"link-{path.replace('/', '-')}"
    return anchor if nth == 1 else f"{anchor}-{nth}"


def reference_path(domain: str, type_: str, target: str) -> str:
    """What is common to the ids of all references of a document to that target."""
    return _reference_stem(f"{domain} {type_} {target}")


@memoized
def _reference_stem(words: str) -> str:
    return file_stem(slug(words) or "other")


def reference_anchor(reference: Reference) -> str:
    """The id of a reference. No id of a section or of a link is like it: those have no two hyphens
    in a row.
    """
    path = reference_path(reference.domain, reference.type, reference.target)
    anchor = f"{_REFERENCE}{path}"
    return anchor if reference.nth == 1 else f"{anchor}--{reference.nth}"


def is_reference_anchor(anchor: str) -> bool:
    """Whether an id is one of :func:`reference_anchor`."""
    return anchor.startswith(_REFERENCE)


_REFERENCE = "link--"
