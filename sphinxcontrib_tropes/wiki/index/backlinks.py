"""Backlinks: who links to a page, in which words."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of, path_of
from ..facts.document import Place, link_anchor
from ..text.excerpts import Excerpt, excerpt, excerpts
from .records import Backlink, Mention
from .references import InboundReferences, ShownTexts
from .tables import ByDocument, Part, patched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ...names import Namespaces
    from ..facts.document import DocumentFacts, Link, Naming
    from ..facts.packed import PackedFacts
    from .edits import Edit
    from .links import InboundLink, InboundLinks
    from .names import PageNames

__all__ = ["Backlinks"]


class Backlinks(Part):
    """Who links to each page, written or not: by links, by other references, and, if the page is
    unwritten, by properties.

    :param facts: docname -> facts, sorted.
    :param context_length: characters of text around a link.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        names: PageNames,
        links: InboundLinks,
        references: InboundReferences,
        namespaces: Namespaces,
        context_length: int,
    ) -> None:
        self._facts = facts
        self._names = names
        self._links = links
        self._references = references
        self._context_length = context_length
        self._namespace_order = {namespace: rank for rank, namespace in enumerate(namespaces)}
        self._sources: ByDocument[dict[int, Backlink]] = ByDocument()
        self._texts: ByDocument[_Texts] = ByDocument()

    def links_to(self, key: str) -> Sequence[InboundLink]:
        """The links and references to a page, in order of documents."""
        return _in_order(self._links[key], self._references.by_key.get(key, ()))

    def _links_among(self, key: str, docnames: set[str]) -> Sequence[InboundLink]:
        sources = sorted(docnames.intersection(self._links.sources.get(key, ())))
        links = [link for docname in sources for link in self._links.links_from(docname, key)]
        references = self._references.by_key.get(key, ())
        return _in_order(links, [found for found in references if found.docname in docnames])

    def is_linked(self, key: str) -> bool:
        """Whether any link or reference points to a page."""
        return key in self._links.sources or key in self._references.by_key

    def of(self, key: str) -> tuple[Backlink, ...]:
        """The backlinks of a page, or of an :func:`~.references.object_key`: by namespace, as
        configured, documents that are not pages last; then the strongest first, then by title.
        """
        # Needed by a panel, by each backlinks page, and for the digests of both. Cached backlinks
        # take some 20 kilobytes a page; finding them again each time, a twelfth of a build.
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self.in_order(self._find(key))
        return found

    @patched
    def _found(self) -> dict[str, tuple[Backlink, ...]]:
        return {}

    @_found.rule
    def _replace(self, known: dict[str, tuple[Backlink, ...]], edit: Edit) -> bool:
        """A page that half the wiki links to: most of its backlinks stay."""
        for key in edit.keys & known.keys():
            backlinks = _without(known[key], edit.documents)
            for backlink in self._find(key, edit.documents):
                insort(backlinks, backlink, key=self._order)
            known[key] = tuple(backlinks)
        return True

    def _find(self, key: str, among: set[str] | None = None) -> Iterator[Backlink]:
        """The backlinks of a page, in no order.

        :param among: only those from these documents, if given.
        """
        by_source: dict[tuple[str, int], list[InboundLink]] = defaultdict(list)
        for inbound in self.links_to(key) if among is None else self._links_among(key, among):
            by_source[inbound.docname, inbound.link.page].append(inbound)
        for source in self.naming_sources(key):
            if among is None or source[0] in among:
                by_source[source]  # without a mention
        return (self.backlink(*source, links) for source, links in by_source.items())

    def in_order(self, backlinks: Iterable[Backlink]) -> tuple[Backlink, ...]:
        """Backlinks in the order of :meth:`of`."""
        return tuple(sorted(backlinks, key=self._order))

    def _order(self, backlink: Backlink) -> tuple[int, str, int, str, str, str]:
        docname, _anchor, name, title, namespace, _mentions = backlink
        rank = self._namespace_order.get(namespace, len(self._namespace_order))
        return rank, namespace, backlink.strength, title.casefold(), docname, name

    def count(self, key: str) -> int:
        """The number of backlinks that do more than list the page in an index."""
        links = self.links_to(key)
        counted = {(i.docname, i.link.page) for i in links if i.link.place != Place.INDEX}
        namers = self.naming_sources(key)
        if namers:
            counted |= namers.difference((i.docname, i.link.page) for i in links)
        return len(counted)

    def titles(self, key: str) -> tuple[str, ...]:
        """The titles of all backlinks, sorted."""
        sources = {(inbound.docname, inbound.link.page) for inbound in self.links_to(key)}
        sources |= self.naming_sources(key)
        titles = [self.source(*source).title for source in sources]
        return tuple(sorted(titles, key=lambda title: (title.casefold(), title)))

    # -- one backlink

    def backlink(self, docname: str, page: int, links: Iterable[InboundLink]) -> Backlink:
        """A document, or the page with this number in it, with the *links* that it contains."""
        # thirty thousand in a wiki of a thousand pages: _replace would take half the time
        source, found = self.source(docname, page), list(links)
        if len(found) > 1:
            return Backlink(*source[:-1], tuple(self._mentions(docname, found)))
        return Backlink(*source[:-1], tuple(map(self._mention, found)))

    def source(self, docname: str, page: int) -> Backlink:
        """A document, or the page with this number in it, as a backlink without mentions."""
        of_document = self._sources.get(docname)
        if of_document is None:
            of_document = self._sources[docname] = {}
        source = of_document.get(page)
        if source is None:
            facts = self._facts[docname]
            if page < 0:
                source = Backlink(docname, "", "", facts.title, "", ())
            else:
                found = facts.pages[page]
                namespace = found.name.partition("/")[0]
                source = Backlink(docname, found.anchor, found.name, found.title, namespace, ())
            of_document[page] = source
        return source

    def _mentions(self, docname: str, links: Iterable[InboundLink]) -> Iterator[Mention]:
        """Several links from one page, those in one sentence with the same text around them."""
        for block, group in groupby(links, key=lambda inbound: inbound.link.block):
            of_block = list(group)
            if len(of_block) == 1:
                yield self._mention(of_block[0])
                continue
            shown = self._texts_of(docname).shown
            places = [shown(block, i.link.start, i.link.end) for i in of_block]
            text = places[0][0]
            found = excerpts(text, [place[1:] for place in places], self._context_length)
            yield from map(self._mention, of_block, found)

    def _mention(self, inbound: InboundLink, sentence: Excerpt | None = None) -> Mention:
        docname, link, via, anchor = inbound
        return Mention(
            anchor or link_anchor(path_of(link.target), link.nth),
            sentence or self.sentence(docname, link.block, link.start, link.end),
            link.place,
            link.in_spoiler,
            via,
            link.played,
            link.section or (via and self._names.redirect_section(link.target)),
        )

    def context(self, docname: str, link: Link) -> Excerpt:
        """The sentence around a link of that document."""
        return self.sentence(docname, link.block, link.start, link.end)

    def sentence(self, docname: str, block: int, start: int, end: int) -> Excerpt:
        """The sentence around the words from *start* to *end* in a text of that document."""
        texts = self._texts_of(docname)
        place = block, start, end
        found = texts.sentences.get(place)  # of a backlink and in tropes.json
        if found is None:
            found = excerpt(*texts.shown(*place), self._context_length)
            texts.sentences[place] = found
        return found

    def _texts_of(self, docname: str) -> _Texts:
        texts = self._texts.get(docname)
        if texts is None:
            destinations = self._references.destinations.get(docname, ())
            texts = _Texts(ShownTexts(self._facts[docname], destinations), {})
            self._texts[docname] = texts
        return texts

    # -- names in properties

    @patched
    def namings(self) -> Mapping[str, Sequence[tuple[str, Naming]]]:
        """Key of an unwritten page -> uses of its name outside texts: docname and naming."""
        found: dict[str, list[tuple[str, Naming]]] = defaultdict(list)
        for docname, facts in self._facts.items():
            for key, naming in self._namings_in(facts):
                found[key].append((docname, naming))
        return dict(found)

    def _namings_in(self, facts: DocumentFacts | PackedFacts) -> Iterator[tuple[str, Naming]]:
        for naming in facts.namings:
            if naming.target and (to := self._names.resolve(naming.target)).kind == "wanted":
                yield to.key, naming

    @namings.rule
    def _has_same_namings(self, _namings: object, edit: Edit) -> bool:
        return all(
            list(self._namings_in(before.facts)) == list(self._namings_in(after.facts))
            for _docname, before, after in edit.changes
        )

    def naming_sources(self, key: str) -> set[tuple[str, int]]:
        """Documents, and page numbers in them, with a property that names the unwritten page."""
        return {(docname, naming.page) for docname, naming in self.namings.get(key, ())}

    def first_use(self, key: str) -> tuple[str, int, str]:
        """Docname, line and included file of the first link to a page, else of the first naming.

        :raises LookupError: if there is neither.
        """
        if not self.is_linked(key):
            docname, naming = self.namings[key][0]
            return docname, naming.line, naming.file
        first = self.links_to(key)[0]
        return first.docname, first.link.line, first.link.file

    # -- links out of a page

    @patched
    def linking_pages(self) -> frozenset[str]:
        """The keys of the pages that link to another written page."""
        found = self._links.pages_linking_to(self._names.pages.keys())
        for key, references in self._references.to_pages():
            if key in self._names.pages:
                found |= {
                    key_of(self._facts[inbound.docname].pages[inbound.link.page].name)
                    for inbound in references
                    if inbound.link.page >= 0
                }
        return frozenset(found)

    @linking_pages.rule
    def _has_same_linking_pages(self, _pages: object, edit: Edit) -> bool:
        written = self._names.pages.keys()
        return InboundReferences.by_key not in edit.changed and all(
            before.pages_linking_to(written) == after.pages_linking_to(written)
            for _docname, before, after in edit.changes
        )


def _in_order(
    links: Sequence[InboundLink], references: Sequence[InboundLink]
) -> Sequence[InboundLink]:
    if not references:
        return links
    # one document may have both
    return sorted([*links, *references], key=lambda i: (i.docname, i.link.block, i.link.start))


def _without(backlinks: Sequence[Backlink], docnames: set[str]) -> list[Backlink]:
    """*backlinks* without those from these documents, which are few of many."""
    found, sources = list(backlinks), [*map(_docname_of, backlinks)]
    for docname in docnames.intersection(sources):
        while docname in sources:
            at = sources.index(docname)
            del found[at], sources[at]
    return found


_docname_of = attrgetter("docname")


class _Texts(NamedTuple):
    """The texts of a document."""

    shown: ShownTexts
    sentences: dict[tuple[int, int, int], Excerpt]
    """Block, start and end of words -> the sentence around them."""
