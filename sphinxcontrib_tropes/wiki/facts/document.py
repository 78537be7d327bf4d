"""What one document contributes to the wiki: pages, links, and the text around the links.

Facts are stored, pickled, for every document of a project. So they are tuples of strings and
numbers, and a text that holds several links is there once.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from ...names import file_stem, remembered, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    "PackedFacts",
    "Page",
    "Passage",
    "Place",
    "Pointers",
    "Reference",
    "facts_version",
    "is_reference_anchor",
    "leads_item",
    "link_anchor",
    "pointers_of",
    "reference_anchor",
    "reference_path",
    "steps_of",
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
    manner: str = ""
    """How the target is used: reserved for subverted, averted and the like."""


class Flag:
    """Bits that say of a link what is most asked; its place is above them."""

    OPENS_ITEM = 1
    """It is the first link of a list item."""
    IN_SPOILER = 2
    """A spoiler hides it."""
    LEADS_ITEM = 4
    """It is the first link of a list item, and no word stands before it."""
    TELLS_RELATION = 8
    """The page says how it stands to the target."""
    TO_SECTION = 16
    """It leads to a section."""
    BITS = 5


class Pointers(NamedTuple):
    """Where the links of a document point, without what is said around them: what most questions
    about the whole wiki need, in columns.
    """

    targets: Sequence[str]
    """Canonical names as written."""
    flags: Sequence[int]
    """Of each: the number of its :class:`Place` in their order, and below it :class:`Flag`."""
    pages: Sequence[int]
    """Which of the document's pages each stands in, -1 for none; empty if all are in the first."""
    steps: Sequence[int]
    """How many texts each stands after the link before; the first one, after the first text."""
    told: Sequence[str]
    """How the page of each that has :attr:`Flag.TELLS_RELATION` stands to the target."""

    @property
    def relations(self) -> dict[int, str]:
        """Which link says how its page stands to the target, and that: :attr:`Link.relation`."""
        if not self.told:
            return {}
        telling = [at for at, flag in enumerate(self.flags) if flag & Flag.TELLS_RELATION]
        return dict(zip(telling, self.told, strict=True))

    @property
    def near(self) -> list[int]:
        """How near each is to the top: 0 for the first text, then one more for twice as many."""
        return [min(block.bit_length(), _FARTHEST) for block in accumulate(self.steps)]


def pointers_of(links: Sequence[Link], texts: Sequence[str]) -> Pointers:
    """Where the *links* of a document with these *texts* point."""
    flags = [
        _RANK[link.place] << Flag.BITS
        | bool(link.section) * Flag.TO_SECTION
        | bool(link.relation) * Flag.TELLS_RELATION
        | leads_item(link, texts) * Flag.LEADS_ITEM
        | link.in_spoiler * Flag.IN_SPOILER
        | link.opens_item * Flag.OPENS_ITEM
        for link in links
    ]
    pages = [link.page for link in links]
    steps = list(steps_of(link.block for link in links))
    told = [link.relation for link in links if link.relation]
    targets = [link.target for link in links]
    return Pointers(targets, flags, pages if any(pages) else b"", steps, told)


_FARTHEST = 15


def steps_of(numbers: Iterable[int]) -> Iterator[int]:
    """From each number to the next, from 0."""
    before = 0
    for number in numbers:
        yield number - before
        before = number


def leads_item(link: Link, texts: Sequence[str]) -> bool:
    """Whether an item begins with the link, which stands in one of *texts*."""
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


class PackedFacts:
    """The facts that :meth:`DocumentFacts.pack` packed, with the same attributes.

    Links are most of a wiki: they are unpacked when they are asked for.

    :param names: those that the links were packed with, if they were.
    """

    __slots__ = (
        "_links",
        "_names",
        "_packed_links",
        "_packed_references",
        "listings",
        "mentions",
        "namings",
        "notices",
        "objects",
        "pages",
        "passages",
        "texts",
        "title",
    )

    def __init__(self, packed: tuple[Any, ...], names: Sequence[str] = ()) -> None:
        (
            title, pages, links, texts, listings, mentions, passages, references, objects,
            namings, notices,
        ) = packed  # fmt: skip
        self.title: str = title
        self.pages: tuple[Page, ...] = tuple(map(Page._make, pages))
        self.texts: tuple[str, ...] = texts
        self.listings: tuple[Listing, ...] = tuple(map(Listing._make, listings))
        self.mentions: tuple[str, ...] = mentions
        self.passages: tuple[Passage, ...] = tuple(map(Passage._make, passages))
        self.objects: tuple[tuple[str, ...], ...] = objects
        self.namings: tuple[Naming, ...] = tuple(map(Naming._make, namings))
        self.notices: tuple[Notice, ...] = tuple(map(Notice._make, notices))
        self._packed_references = references
        self._names = names
        self._packed_links = links
        self._links: tuple[Link, ...] | None = None

    @property
    def links(self) -> tuple[Link, ...]:
        """As :attr:`DocumentFacts.links`."""
        if self._links is None:
            if isinstance(self._packed_links, bytes):
                from .packed import unpack_links  # which knows what a link is

                self._links = unpack_links(self._packed_links, self._names)
            else:
                self._links = tuple(map(Link._make, self._packed_links))
        return self._links

    @property
    def pointers(self) -> Pointers:
        """As :attr:`DocumentFacts.pointers`; not kept, for they are many and quickly unpacked."""
        if isinstance(self._packed_links, bytes):
            from .packed import unpack_pointers  # which knows what they are

            return unpack_pointers(self._packed_links, self._names)
        return pointers_of(self.links, self.texts)

    @property
    def references(self) -> tuple[Reference, ...]:
        """As :attr:`DocumentFacts.references`."""
        return tuple(map(Reference._make, self._packed_references))


_PACKING = 4
"""To be raised when links are packed otherwise, or names are split into other words."""


def facts_version() -> int:
    """Another number wherever packed facts have another shape: those stored with an older one can't
    be unpacked.
    """
    shapes: list[Any] = [_PACKING]
    kinds = (DocumentFacts, Page, Link, Listing, Passage, Reference, Naming, Notice)
    shapes += [kind._fields for kind in kinds]
    return crc32(repr(shapes).encode())


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


@remembered
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
