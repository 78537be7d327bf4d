"""Collects the facts that a document contributes, from the contents of its doctree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ..internals.docutils.fast_nodes import listed
from ..messages import warn
from ..wiki import DocumentFacts, Link, Listing, Page, Passage, Place, Reference
from ..wiki.facts.document import Naming
from ..wiki.facts.page import Opening
from ..wiki.text.excerpts import opening
from ..wiki.text.played_cues import played_in
from ..wiki.text.relation_cues import KINDS, kind_of, relations_in
from .covered_text import title_text
from .doctree_reader import FoundEmbedding, FoundPage
from .lead_section import first_picture, lead_blocks, sections_of
from .places import Surroundings
from .text_blocks import TextBlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..markup.nodes import trope_page
    from ..names import Namespaces
    from .doctree_reader import DoctreeContents, FoundListing
    from .text_blocks import FoundLink

__all__ = ["CollectorSettings", "collect"]


_OPENING = 300
"""Maximum characters of the beginning of a section."""


class CollectorSettings(NamedTuple):
    """What facts depend on besides the doctree."""

    namespaces: Namespaces
    language: str = "en"
    """Language of the text, for the words that state a relation."""
    with_passages: bool = False
    """Whether texts without links count too: they may name a page without linking to it."""


def collect(
    document: nodes.document, docname: str, contents: DoctreeContents, settings: CollectorSettings
) -> DocumentFacts:
    """The facts of *document*.

    :param contents: the contents of its doctree.
    """
    collector = _Collector(contents, settings)
    collector.collect()
    title = next(iter(document.findall(nodes.title)), None)
    pages = tuple(
        page._replace(
            sections=tuple(sections.items()),
            indexes=tuple(dict.fromkeys((*page.indexes, *collector.categories.get(at, ())))),
        )
        for at, (page, sections) in enumerate(zip(collector.pages, contents.sections, strict=True))
    )
    return DocumentFacts(
        title=title_text(title) if title is not None else docname,
        pages=pages,
        links=tuple(collector.links),
        texts=tuple(collector.texts),
        listings=tuple(collector.listings),
        mentions=tuple(collector.mentions),
        passages=tuple(collector.passages),
        references=tuple(collector.references),
        namings=tuple(collector.namings),
    )


class _Collector:
    """The facts of one document, as they are collected."""

    def __init__(self, contents: DoctreeContents, settings: CollectorSettings) -> None:
        self._contents = contents
        self._settings = settings
        self.pages: list[Page] = []
        self.links: list[Link] = []
        self.texts: list[str] = []
        self.listings: list[Listing] = []
        self.passages: list[Passage] = []
        self.mentions: dict[str, None] = {}
        self.references: list[Reference] = []
        self.namings: list[Naming] = []
        self.categories: dict[int, list[str]] = {}
        """Index of a page -> the indexes named by its category links."""

    def collect(self) -> None:
        contents = self._contents
        for found in contents.pages_and_listings:
            if isinstance(found, FoundPage):
                self._add_page(found)
            elif isinstance(found, FoundEmbedding):
                link = found.link
                embedded = Listing(
                    "embedding", link["target"], link["section"], line=link.line or 0
                )
                self.listings.append(embedded)
            elif not found.is_nameless:
                self._add_listing(found)
        for block in contents.blocks:
            self._add_block(block)
        for anchor in contents.anchors:
            if not anchor.id:
                wanted, file = anchor.node["refid"], contents.included_file(anchor.node.source)
                self.namings.append(Naming("anchor", "", wanted, anchor.page, anchor.line, file))

    def _add_page(self, found: FoundPage) -> None:
        properties = found.properties
        line = properties.line or found.node.line or 1
        self.pages.append(
            Page(
                name=properties["name"],
                title=title_text(found.heading),
                anchor=properties["anchor"],
                line=line,
                laconic=properties["laconic"],
                redirect=properties["redirect"],
                aliases=tuple(properties["aliases"]),
                indexes=tuple(properties["indexes"]),
                sections=(),
                relations=_relations(properties, self._contents.source),
                redirect_section=properties.get("redirect-section", ""),
                lead=opening(_lead_texts(found.node)),
                excluded=tuple(properties.get("excluded", ())),
                alias_lines=tuple(properties.get("alias-lines", ())),
                picture=first_picture(found.node),
                openings=tuple(_openings(found.node)),
            )
        )
        stated: list[tuple[str, str, int]] = properties.get("relations", [])
        for word, name, line_of_word in stated:
            if kind_of(word):
                self._add_namings("relation", [name], line_of_word)
        self._add_namings("index", properties["indexes"], line)
        self._add_namings("redirect", filter(None, [properties["redirect"]]), line)

    def _add_namings(self, how: str, names: Iterable[str], line: int) -> None:
        """Records *names* that the page added last uses outside its text."""
        page = len(self.pages) - 1
        self.namings += [Naming(how, name, "", page, line) for name in names]

    def _add_listing(self, found: FoundListing) -> None:
        node = found.node
        name, line = node["name"], node.line or 0
        if name:
            file = self._contents.included_file(node.source)
            self.namings.append(Naming("listing", name, "", found.page, line, file))
        elif found.is_about_a_page:
            name = self.pages[found.default].name
        self.listings.append(Listing(node["kind"], name, node["namespace"], node["depth"], line))

    def _add_block(self, block: TextBlock) -> None:
        text = len(self.texts)
        relations = self._relations_in(block)
        played = self._played_in(block)
        for link, relation, labels in zip(block.links, relations, played, strict=True):
            self._add_link(link, block, text, relation, labels)
        self.references += [
            found.fact._replace(block=text, place=block.place) for found in block.references
        ]
        is_passage = self._is_passage(block)
        if is_passage:
            around = block.around
            self.passages.append(Passage(text, around.page, around.section, block.line))
        if block.links or block.references or is_passage:
            self.texts.append(block.text)
        for spelling in block.mentions:
            if name := self._settings.namespaces.page_name(spelling):
                self.mentions[str(name)] = None

    def _is_passage(self, block: TextBlock) -> bool:
        """Whether text in *block* counts as a place where a page may be named without a link."""
        page = block.around.page
        return (
            self._settings.with_passages
            and (page < 0 or self.pages[page].counts)
            and block.around.place != Place.HEADING
            and not isinstance(block.node, nodes.literal_block)
            and any(map(str.isalpha, block.text))
        )

    def _relations_in(self, block: TextBlock) -> list[str]:
        """The relation of the page to the target of each link, if its own words state one."""
        around = block.around
        is_own = around.page >= 0 and block.place in (Place.PROSE, Place.SEE_ALSO)
        if not block.links or not is_own or around.in_spoiler:
            return [""] * len(block.links)
        links = [(link.start, link.end) for link in block.links]
        kinds = relations_in(block.text, links, self._settings.language)
        return [
            "" if link.in_spoiler else kind for link, kind in zip(block.links, kinds, strict=True)
        ]

    def _played_in(self, block: TextBlock) -> list[str]:
        """How the example says that the target of each link plays the trope, or is played: by a mark,
        else in words.
        """
        around = block.around
        if block.played and block.links and around.page >= 0:
            first, *others = block.links
            marked = "" if first.in_spoiler else " ".join(dict.fromkeys(block.played))
            return [marked, *[""] * len(others)]
        is_example = around.page >= 0 and block.place == Place.EXAMPLE and not around.in_spoiler
        if not is_example or not block.links or not block.links[0].opens_item:
            return [""] * len(block.links)
        links = [(link.start, link.end) for link in block.links]
        labels = played_in(block.text, links, self._settings.language)
        return [
            "" if link.in_spoiler else of_link
            for link, of_link in zip(block.links, labels, strict=True)
        ]

    def _add_link(
        self, found: FoundLink, block: TextBlock, text: int, relation: str, played: str
    ) -> None:
        node, place = found.node, block.place
        target, page = node["target"], block.around.page
        if "trope-category" in listed(node, "classes"):
            self.categories.setdefault(page, []).append(target)
            place = Place.INDEX
        self.links.append(
            Link(
                target=target,
                section=node["section"],
                nth=found.nth,
                page=page,
                block=text,
                start=found.start,
                end=found.end,
                place=place,
                in_spoiler=found.in_spoiler,
                opens_item=found.opens_item,
                line=node.line or block.line,
                relation=relation,
                file=self._contents.included_file(node.source or block.node.source),
                played=played,
            )
        )


def _lead_texts(page: nodes.Element) -> Iterable[str]:
    """The texts of the lead section of *page*."""
    return (TextBlock(block, Surroundings(), {}).text for block in lead_blocks(page))


def _openings(page: nodes.Element) -> Iterator[Opening]:
    """How the sections of *page* begin."""
    for section in sections_of(page):
        heading = next((child for child in section if isinstance(child, nodes.title)), None)
        if heading is not None:
            lead = opening(_lead_texts(section), _OPENING)
            yield Opening(" ".join(section["ids"]), title_text(heading), lead)


def _relations(page: trope_page, source: str) -> tuple[tuple[str, str], ...]:
    """The relations stated by the properties of a page: kind and name of each."""
    found = []
    stated: list[tuple[str, str, int]] = page.get("relations", [])
    for word, name, line in stated:
        if kind := kind_of(word):
            found.append((kind, name))
        else:
            known = ", ".join(KINDS)
            sentence = f"(:relation {word} ...:) is left out; known: {known}"
            warn("markup", sentence, f"{source}:{line}")
    return tuple(found)
