"""A doctree -> the facts that its document contributes."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx import addnodes

from ..internals.docutils.fast_nodes import listed
from ..markup.nodes import (
    trope_folder,
    trope_index_list,
    trope_line_break,
    trope_link,
    trope_note,
    trope_page,
    trope_spoiler,
    trope_spoiler_block,
)
from ..messages import warn
from ..names import key_of, slug
from ..wiki import COVER, DocumentFacts, Link, Listing, Page, Passage, Place, Reference
from ..wiki.facts.document import Naming, reference_anchor, reference_path
from ..wiki.text.excerpts import opening
from ..wiki.text.relation_cues import KINDS, kind_of, relations_in
from .cross_references import asked, is_reference, set_anchor
from .lead_section import lead_blocks
from .slots import trope_listing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..names import Namespaces

__all__ = ["Collecting", "collect"]

_SILENT = (
    nodes.Text,
    nodes.comment,
    nodes.raw,
    nodes.math_block,
    nodes.substitution_definition,
    nodes.system_message,
    trope_page,
)
_PLACES = (
    trope_index_list,
    trope_spoiler_block,
    nodes.list_item,
    nodes.block_quote,
    nodes.title,
    nodes.rubric,
    addnodes.desc_signature,
    nodes.section,
)
# Text of these is no part of a sentence.
_NO_WORDS = (nodes.footnote_reference, nodes.citation_reference, nodes.raw, nodes.system_message)
# What Sphinx writes around and between the parts of a signature, which hold but the words.
_BRACKETS: dict[type[nodes.Element], tuple[str, str, str]] = {
    addnodes.desc_parameterlist: ("(", ", ", ")"),
    addnodes.desc_type_parameter_list: ("[", ", ", "]"),
    addnodes.desc_optional: ("[", ", ", "]"),
    addnodes.desc_returns: (" \u2192 ", "", ""),
}
_SEE_ALSO = re.compile(
    r"(?:see(?: also)?|compare(?: with)?|contrast(?: with)?|related(?: to)?|not to be confused with)"
    r"\b",
    re.IGNORECASE,
)
_LONGEST_SEE_ALSO = 60  # characters of a title or of the head of a block that are looked at


class Collecting(NamedTuple):
    """What facts depend on beside the doctree."""

    namespaces: Namespaces
    language: str = "en"
    """Of the text, for the words that tell a relation."""
    with_passages: bool = False
    """Whether texts without a link are taken too, for titles that are not linked in them."""
    with_references: bool = False
    """Whether references of other kinds than links are taken too."""


class _Item:
    """A list item: whether a link in it was seen."""

    has_link = False


class _Around(NamedTuple):
    """What is known of a node from those around it."""

    page: int = -1
    place: str = Place.PROSE
    in_spoiler: bool = False
    item: _Item | None = None
    section: str = ""


class _Collector:
    def __init__(self, settings: Collecting) -> None:
        self._settings = settings
        self.pages: list[Page] = []
        self.sections: list[dict[str, str]] = []
        self.links: list[Link] = []
        self.texts: list[str] = []
        self.listings: list[Listing] = []
        self.passages: list[Passage] = []
        self.mentions: dict[str, None] = {}
        self.references: list[Reference] = []
        self._nth: Counter[str] = Counter()
        self.namings: list[Naming] = []
        self._anchors: list[tuple[nodes.reference, int, int]] = []
        self._source = ""
        self.categories: dict[int, list[str]] = {}

    def collect(self, document: nodes.document) -> None:
        self._source = str(document.get("source") or "")
        # a stack, not recursion; the last in is the next out, hence reversed
        stack: list[tuple[nodes.Node, _Around]] = [(document, _Around())]
        while stack:
            node, around = stack.pop()
            # mypy takes the hash of a node for that of its class
            kind = _kind(type(node))  # type: ignore[arg-type]
            if kind.is_silent:
                continue
            assert isinstance(node, nodes.Element)
            if isinstance(node, nodes.literal_block) and not _is_parsed(node):
                continue
            if isinstance(node, trope_listing):
                self._add_listing(node, around.page)
                continue
            if trope_page in map(type, node.children[:2]):
                around = around._replace(page=self._add_page(node))
            if kind.is_place:
                around = _inside(node, around)
            if listed(node, "ids"):
                self._note_ids(node, around.page)
            if isinstance(node, nodes.TextElement):
                stack += self._read_block(node, around)
            else:
                stack += [(child, around) for child in node.children[::-1]]
        if self._anchors:
            self._lead_to_anchors(document)

    def _lead_to_anchors(self, document: nodes.document) -> None:
        """Links to places of their own document: to the id, however its hyphens are spelled; what
        there is none of is noted.
        """
        known = {id_ for node in document.findall(nodes.Element) for id_ in node["ids"]}
        letters = {id_.replace("-", ""): id_ for id_ in sorted(known, reverse=True)}
        for node, page, line in self._anchors:
            wanted = node["refid"]
            if wanted in known:
                continue
            sections = self.sections[page] if page >= 0 else {}
            by_slug = {slug_.replace("-", ""): id_ for slug_, id_ in reversed(sections.items())}
            squeezed = wanted.replace("-", "")
            found = by_slug.get(squeezed) or letters.get(squeezed)
            if found:
                node["refid"] = found
            else:
                file = self._included(node.source)
                self.namings.append(Naming("anchor", "", wanted, page, line, file))

    def _name(self, how: str, names: Iterable[str], line: int, file: str = "") -> None:
        """Notes *names* that the page found last uses outside its text."""
        page = len(self.pages) - 1
        self.namings += [Naming(how, name, "", page, line, file) for name in names]

    def _included(self, source: str | None) -> str:
        """*source*, if it is another file than the document's."""
        if not source or source == self._source or self._source.endswith(source):
            return ""
        return source

    def _add_page(self, parent: nodes.Element) -> int:
        properties = next(c for c in parent.children if isinstance(c, trope_page))
        heading = next(c for c in parent.children if isinstance(c, nodes.title | nodes.rubric))
        self.sections.append({})
        self.pages.append(
            Page(
                name=properties["name"],
                title=_plain(heading).replace(COVER, "…"),
                anchor=properties["anchor"],
                line=properties.line or parent.line or 1,
                laconic=properties["laconic"],
                redirect=properties["redirect"],
                aliases=tuple(properties["aliases"]),
                indexes=tuple(properties["indexes"]),
                sections=(),
                is_listed=bool(properties["is_listed"]),
                relations=_relations(properties, self._source),
                redirect_section=properties.get("redirect-section", ""),
                lead=opening(_TextReader(block, _Around()).text for block in lead_blocks(parent)),
            )
        )
        line = self.pages[-1].line
        told: list[tuple[str, str, int]] = properties.get("relations", [])
        for word, name, told_at in told:
            if kind_of(word):
                self._name("relation", [name], told_at)
        self._name("index", properties["indexes"], line)
        self._name("redirect", filter(None, [properties["redirect"]]), line)
        return len(self.pages) - 1

    def _add_listing(self, node: trope_listing, page: int) -> None:
        name = node["name"]
        if node["kind"] in ("backlinks", "examples", "graph") and not name:
            # the page around it, else the last one before it
            if not self.pages:
                kind = node["kind"]
                warn("markup", f"trope-{kind} needs a page's name here", node)
                node.parent.remove(node)
                return
            name = self.pages[page].name
        elif name:
            file = self._included(node.source)
            self.namings.append(Naming("listing", name, "", page, node.line or 0, file))
        node["nth"] = len(self.listings)
        self.listings.append(
            Listing(node["kind"], name, node["namespace"], node["depth"], node.line or 0)
        )

    def _note_ids(self, node: nodes.Element, page: int) -> None:
        if page < 0:
            return
        sections = self.sections[page]
        if isinstance(node, nodes.section | trope_folder) and node.children:
            sections.setdefault(slug(_plain(node.children[0])), node["ids"][0])
        for id_ in node["ids"]:
            sections.setdefault(id_, id_)

    def _read_block(
        self, block: nodes.TextElement, around: _Around
    ) -> list[tuple[nodes.Node, _Around]]:
        """Reads a block of text; returns the notes in it, which are texts of their own."""
        reader = _TextReader(block, around)
        relations = self._read_relations(reader, around)
        for link, relation in zip(reader.found, relations, strict=True):
            self._add_link(link, len(self.texts), around, reader.place, relation)
        references = reader.references if self._settings.with_references else []
        for reference in references:
            self._add_reference(reference, len(self.texts), around, reader.place)
        is_passage = (
            self._settings.with_passages
            and around.place != Place.HEADING
            and not isinstance(block, nodes.literal_block)
        )
        if is_passage and any(map(str.isalpha, reader.text)):
            self.passages.append(
                Passage(len(self.texts), around.page, around.section, block.line or 0)
            )
        else:
            is_passage = False
        if reader.found or references or is_passage:
            self.texts.append(reader.text)
        for target in reader.targets:
            self._note_ids(target, around.page)
        self._anchors += [
            (anchor, around.page, anchor.line or block.line or 0) for anchor in reader.anchors
        ]
        for spelling in reader.mentions:
            if name := self._settings.namespaces.page_name(spelling):
                self.mentions[str(name)] = None
        return [(apart, around._replace(in_spoiler=hidden)) for apart, hidden in reader.notes]

    def _read_relations(self, reader: _TextReader, around: _Around) -> list[str]:
        """How the page stands to each link of a block: only what it says in its own words."""
        is_own = around.page >= 0 and reader.place in (Place.PROSE, Place.SEE_ALSO)
        if not reader.found or not is_own or around.in_spoiler:
            return [""] * len(reader.found)
        links = [(found.start, found.end) for found in reader.found]
        told = relations_in(reader.text, links, self._settings.language)
        return [
            "" if found.in_spoiler else kind for found, kind in zip(reader.found, told, strict=True)
        ]

    def _add_link(
        self, found: _Found, text: int, around: _Around, place: str, relation: str
    ) -> None:
        node, target = found.node, found.node["target"]
        key = key_of(target)
        nth = node["nth"] = self._nth[key] = self._nth[key] + 1
        opens_item = around.item is not None and not around.item.has_link
        if around.item is not None:
            around.item.has_link = True
        if "trope-category" in listed(node, "classes"):
            self.categories.setdefault(around.page, []).append(target)
            place = Place.INDEX
        self.links.append(
            Link(
                target=target,
                section=node["section"],
                nth=nth,
                page=around.page,
                block=text,
                start=found.start,
                end=found.end,
                place=place,
                in_spoiler=found.in_spoiler,
                opens_item=opens_item,
                line=node.line or found.line,
                relation=relation,
                file=self._included(node.source or found.source),
            )
        )

    def _add_reference(self, found: _Found, text: int, around: _Around, place: str) -> None:
        node = found.node
        domain, type_, target, attributes = asked(node)
        path = reference_path(domain, type_, target)
        self._nth[path] += 1
        reference = Reference(
            domain=domain,
            type=type_,
            target=target,
            attributes=attributes,
            nth=self._nth[path],
            page=around.page,
            block=text,
            start=found.start,
            end=found.end,
            place=place,
            in_spoiler=found.in_spoiler,
            line=node.line or found.line,
        )
        set_anchor(node, reference_anchor(reference))
        self.references.append(reference)


class _Found(NamedTuple):
    """A link or reference in a block of text."""

    node: nodes.Element
    start: int
    end: int
    in_spoiler: bool
    line: int
    source: str | None


class _TextReader:
    """The text of one block, and the links in it."""

    def __init__(self, block: nodes.TextElement, around: _Around) -> None:
        self.found: list[_Found] = []
        self.references: list[_Found] = []
        self.notes: list[tuple[nodes.Element, bool]] = []
        self.targets: list[nodes.Element] = []
        self.mentions: list[str] = []
        self.anchors: list[nodes.reference] = []
        self._pieces: list[str] = []
        self._length = 0
        self._line = block.line or 0
        self._source = block.source
        self._covers = 0
        if around.in_spoiler:
            self._add(COVER)
            self._covers = 1
        self._read(block)
        self.text = "".join(self._pieces)
        self.place = around.place
        if self.place in (Place.PROSE, Place.EXAMPLE) and _is_see_also(self.text):
            self.place = Place.SEE_ALSO

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _read(self, block: nodes.Element) -> None:
        # a tuple closes the element that was entered last and needs to know
        stack: list[nodes.Node | tuple[nodes.Element, int]] = [*reversed(block.children)]
        while stack:
            node = stack.pop()
            if isinstance(node, nodes.Text):
                if not self._covers:
                    self._add(str(node))
            elif isinstance(node, tuple):
                self._leave(*node)
            elif isinstance(node, nodes.Element) and not isinstance(node, _NO_WORDS):
                self._enter(node, stack)

    def _enter(
        self, node: nodes.Element, stack: list[nodes.Node | tuple[nodes.Element, int]]
    ) -> None:
        if isinstance(node, trope_note):
            self.notes.append((node, self._covers > 0))
            return
        if listed(node, "ids"):
            self.targets.append(node)
        if isinstance(node, trope_link):
            stack.append((node, self._length))
            stack += node.children[::-1]
            return
        if isinstance(node, trope_line_break):
            self._add(" ")
        elif isinstance(node, addnodes.pending_xref) and node.get("reftype") in ("any", "myst"):
            self.mentions.append(node["reftarget"])
        elif isinstance(node, nodes.reference) and "refid" in node:
            self.anchors.append(node)
        if isinstance(node, trope_spoiler):
            if not self._covers:
                self._add(COVER)
            self._covers += 1
            stack.append((node, self._length))
        elif is_reference(node):
            stack.append((node, self._length))
        stack += reversed(_parts(node))

    def _leave(self, node: nodes.Element, start: int) -> None:
        if isinstance(node, trope_spoiler):
            self._covers -= 1
            return
        if self._covers:
            # what hides it stands right before: its words are the cover
            start, end = start - 1, start
        else:
            end = self._length
        found = self.found if isinstance(node, trope_link) else self.references
        found.append(_Found(node, start, end, self._covers > 0, self._line, self._source))


def _is_parsed(block: nodes.literal_block) -> bool:
    """Whether there is more in a literal block than its text."""
    return any(isinstance(child, nodes.Element) for child in block.children)


def _parts(node: nodes.Element) -> list[nodes.Node]:
    """The children of *node*, with what Sphinx writes between them."""
    children = node.children
    if isinstance(node, addnodes.pending_xref):
        # one of several wordings, as a reference that is resolved shows it
        resolved = [c for c in children if _condition(c) == "resolved"]
        return resolved or [c for c in children if _condition(c) in ("", "*")]
    if (around := _BRACKETS.get(type(node))) is None:
        return children
    opening_, between, closing = around
    parts: list[nodes.Node] = [nodes.Text(opening_)]
    for number, child in enumerate(children):
        parts += [nodes.Text(between), child] if number and between else [child]
    return [*parts, nodes.Text(closing)]


def _condition(node: nodes.Node) -> str:
    return str(node["condition"]) if isinstance(node, addnodes.pending_xref_condition) else ""


class _Kind(NamedTuple):
    """What a class of nodes is to who collects."""

    is_silent: bool
    """Nothing in it is looked at."""
    is_place: bool
    """What is in it stands in a place of its own."""


@cache
def _kind(of: type[nodes.Node]) -> _Kind:
    return _Kind(issubclass(of, _SILENT), issubclass(of, _PLACES))


def _inside(node: nodes.Element, around: _Around) -> _Around:
    """What *node* adds to what its children know."""
    if isinstance(node, trope_index_list):
        return around._replace(place=Place.INDEX)
    if isinstance(node, trope_spoiler_block):
        return around._replace(in_spoiler=True)
    if around.place == Place.INDEX:
        return around._replace(item=_Item()) if isinstance(node, nodes.list_item) else around
    if isinstance(node, nodes.list_item):
        place = Place.EXAMPLE if around.place == Place.PROSE else around.place
        return around._replace(place=place, item=_Item())
    if isinstance(node, nodes.block_quote):
        return around._replace(place=Place.QUOTE)
    if isinstance(node, nodes.title | nodes.rubric | addnodes.desc_signature):
        return around._replace(place=Place.HEADING)
    if isinstance(node, nodes.section) and node.children:
        is_see_also = _is_see_also(_plain(node.children[0]))
        is_page = len(node.children) > 1 and isinstance(node.children[1], trope_page)
        return around._replace(
            place=Place.SEE_ALSO if is_see_also else Place.PROSE,
            section=node["ids"][0] if node["ids"] and not is_page else "",
        )
    return around


def _relations(page: trope_page, source: str) -> tuple[tuple[str, str], ...]:
    """What a page says outright of how it stands to others."""
    found = []
    told: list[tuple[str, str, int]] = page.get("relations", [])
    for word, name, line in told:
        if kind := kind_of(word):
            found.append((kind, name))
        else:
            known = ", ".join(KINDS)
            sentence = f"(:relation {word} ...:) is left out; known: {known}"
            warn("markup", sentence, f"{source}:{line}")
    return tuple(found)


def _is_see_also(text: str) -> bool:
    return _SEE_ALSO.match(text.lstrip()[:_LONGEST_SEE_ALSO]) is not None


def _plain(node: nodes.Node) -> str:
    """The text of *node*, with :data:`COVER` for what spoilers hide and without notes."""
    if isinstance(node, nodes.Text):
        return str(node)
    if isinstance(node, trope_note | trope_spoiler):
        return COVER if isinstance(node, trope_spoiler) else ""
    return "".join(map(_plain, node.children))


def collect(document: nodes.document, docname: str, settings: Collecting) -> DocumentFacts:
    """The facts of *document*. Numbers its links and listings, for those who render it."""
    collector = _Collector(settings)
    collector.collect(document)
    title = next(iter(document.findall(nodes.title)), None)
    pages = tuple(
        page._replace(
            sections=tuple(sections.items()),
            indexes=tuple(dict.fromkeys((*page.indexes, *collector.categories.get(at, ())))),
        )
        for at, (page, sections) in enumerate(zip(collector.pages, collector.sections, strict=True))
    )
    return DocumentFacts(
        title=_plain(title).replace(COVER, "…") if title is not None else docname,
        pages=pages,
        links=tuple(collector.links),
        texts=tuple(collector.texts),
        listings=tuple(collector.listings),
        mentions=tuple(collector.mentions),
        passages=tuple(collector.passages),
        references=tuple(collector.references),
        namings=tuple(collector.namings),
    )
