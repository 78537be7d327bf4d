"""The wiki: the facts of all documents together, and what can be asked of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from ..names import MAIN, META_NAMESPACES, Namespaces, PageName, key_of, path_of
from .analysis.co_citation import CoCitation, Related
from .analysis.network import Network
from .analysis.parted_titles import parted
from .analysis.trope_relations import Relation, Standing, told_in
from .exchange.foreign_reader import (
    External,
    Federation,
    ForeignGroup,
    ForeignLink,
    foreign_backlinks,
)
from .facts.document import (
    DocumentFacts,
    Flag,
    Link,
    Naming,
    Place,
    begins_item,
    link_anchor,
    reference_anchor,
)
from .facts.packed import PackedFacts
from .index.links import Inbound, InboundLinks, Want
from .index.names import Directory
from .index.records import Backlink, Example, Mention, Problem, Resolution, Wanted, WikiPage
from .index.references import ShownTexts, arrivals
from .map.atlas import Atlas
from .text.excerpts import Excerpt, excerpt
from .text.similar_names import NearNames
from .text.unlinked_mentions import NOTHING_REFUSED, Refused, Unlinked, find_unlinked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from .facts.document import Destination, Reference

__all__ = ["Wiki"]


def _as_link(reference: Reference, name: str) -> Link:
    """A reference as a link to the page of that name: all that is asked of links can be asked of
    it.
    """
    return Link(
        target=name,
        section="",
        nth=reference.nth,
        page=reference.page,
        block=reference.block,
        start=reference.start,
        end=reference.end,
        place=reference.place,
        in_spoiler=reference.in_spoiler,
        opens_item=False,
        line=reference.line,
    )


class Wiki:
    """All facts together. Read-only.

    :param facts: docname -> what that document contributes.
    :param external: key -> the page of another project that has that name.
    :param context_length: characters of text around a link in a backlink.
    :param refused: what is not to be shown as an unlinked mention.
    :param federation: the wikis that may refer to this one.
    :param destinations: gives docname -> where each reference of that document leads, None for
        nowhere; asked when it is needed.

    Whatever the order of *facts*, the answers are the same.
    """

    def __init__(
        self,
        facts: Mapping[str, DocumentFacts | PackedFacts],
        namespaces: Namespaces | None = None,
        external: Mapping[str, External] | None = None,
        context_length: int = 200,
        refused: Refused = NOTHING_REFUSED,
        federation: Federation | None = None,
        destinations: Callable[[], Mapping[str, Sequence[Destination | None]]] | None = None,
    ) -> None:
        self.namespaces = namespaces or Namespaces()
        self.context_length = context_length
        self._facts = dict(sorted(facts.items()))
        self._external = external or {}
        self._refused = refused
        self._federation = federation or Federation()
        self._find_destinations = destinations or dict
        self._sections: dict[str, dict[str, str]] = {}
        self._kept_backlinks: dict[str, tuple[Backlink, ...]] = {}
        self._sources: dict[tuple[str, int], Backlink] = {}
        self._index_names: dict[str, str] = {}
        self._found_wanted: dict[str, str] = {}
        self._directory = Directory(self._facts, self._external)
        self._pages = self._directory.pages
        self._leads_to = self._directory.leads_to
        self._shown_texts: dict[str, ShownTexts] = {}
        self._sentences: dict[tuple[str, int, int, int], Excerpt] = {}

    # -- names

    def resolve(self, name: str) -> Resolution:
        """Where the canonical *name* leads."""
        return self._directory.resolve(name)

    def meanings(self, key: str) -> tuple[WikiPage, ...]:
        """The pages that an ambiguous name may mean: those of that name in other namespaces."""
        ends = [self._leads_to.get(other, other) for other in self._directory.elsewhere(key)]
        return tuple(self._pages[end] for end in dict.fromkeys(ends) if end in self._pages)

    def anchor(self, resolution: Resolution, name: str, section: str = "") -> str:
        """The id of the place in its document that a *resolution* of the canonical *name* leads to:
        the *section*, the one that a redirect on the way leads to, or the page.
        """
        if resolution.kind != "page":
            return resolution.anchor
        if resolution.via and not section:
            section = self._directory.redirect_section(name)
        return (section and self.section(resolution.key, section)) or resolution.anchor

    # -- pages and links

    @property
    def documents(self) -> Mapping[str, DocumentFacts | PackedFacts]:
        """Docname -> its facts, sorted."""
        return self._facts

    @property
    def pages(self) -> Mapping[str, WikiPage]:
        """Key -> the page, redirects too, in order of documents."""
        return self._pages

    @property
    def aliases(self) -> Mapping[str, tuple[str, ...]]:
        """Key of a page -> the canonical names of its aliases and of redirects to it, sorted."""
        return self._directory.aliases

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the wiki as a whole, by document and line."""
        return tuple(sorted((*self._directory.problems, *self._ambiguities), key=lambda p: p[1:]))

    @cached_property
    def _ambiguities(self) -> list[Problem]:
        found = []
        links = self._links
        keys = [
            key
            for key in links.sources
            if self._directory.elsewhere(key) and key not in self._pages
        ]
        for docname in sorted({docname for key in keys for docname in links.sources[key]}):
            for link in self._facts[docname].links:
                if link.nth == 1 and self.resolve(link.target).kind == "ambiguous":
                    names = self._meant(link.target)
                    sentence = f"{link.target} is not written, but may mean one of {names}"
                    found.append(
                        Problem("ambiguous", docname, link.line, sentence, link.target, "")
                    )
        return found + [
            Problem(
                "ambiguous",
                docname,
                naming.line,
                f"{naming.target} is not written, but may mean one of {names}",
                naming.target,
                "",
            )
            for docname, facts in self._facts.items()
            for naming in facts.namings
            if naming.target and self.resolve(naming.target).kind == "ambiguous"
            for names in [self._meant(naming.target)]
        ]

    def _meant(self, name: str) -> str:
        return ", ".join(self._pages[key].name for key in self._directory.elsewhere(key_of(name)))

    @cached_property
    def _links(self) -> InboundLinks:
        return InboundLinks(self._facts, self.resolve)

    def documents_with(self, flag: int) -> Iterator[str]:
        """The documents with a link that has this :class:`.facts.Flag`, sorted."""
        return self._links.documents_with(flag)

    @property
    def documents_outside(self) -> Iterable[str]:
        """The documents with a link that stands in none of their pages, sorted."""
        return self._links.documents_outside

    def sources(self, key: str) -> Sequence[str]:
        """The documents with a link that leads to this key, sorted; a page's own does not count."""
        return self._links.sources.get(key, ())

    def _inbound(self, key: str) -> Sequence[Inbound]:
        """The links and references that lead to this key, by document and in its order."""
        links = self._links[key]
        references = self._inbound_references.get(key)
        if not references:
            return links
        # a link and a reference may stand in one document
        return sorted([*links, *references], key=lambda i: (i.docname, i.link.block, i.link.start))

    @cached_property
    def _inbound_references(self) -> dict[str, list[Inbound]]:
        """Key of a page, a document or an object -> the references that lead there, by document."""
        inbound: dict[str, list[Inbound]] = defaultdict(list)
        for docname, reference, name in arrivals(self._facts, self.destinations):
            key, via = name, ""
            if not name.startswith("@"):
                to = self.resolve(name)
                key, via = to.key, to.via
                if reference.page >= 0 and key == key_of(
                    self._facts[docname].pages[reference.page].name
                ):
                    continue
            link, anchor = _as_link(reference, name), reference_anchor(reference)
            inbound[key].append(Inbound(docname, link, via, anchor))
        return inbound

    @cached_property
    def destinations(self) -> Mapping[str, Sequence[Destination | None]]:
        """Docname -> where each reference of that document leads, None for nowhere, by document."""
        return dict(sorted(self._find_destinations().items()))

    @property
    def targets(self) -> Iterator[str]:
        """Keys of everything that something links to or mentions, written or wanted, sorted; from
        another wiki counts only for what is written.
        """
        referred = (key for key in self._inbound_references if not key.startswith("@"))
        from_elsewhere = self._pages.keys() & self._foreign_inbound.keys()
        return iter(
            sorted(
                {
                    *self._links.sources,
                    *referred,
                    *self._unlinked.keys(),
                    *from_elsewhere,
                    *self.namings,
                }
            )
        )

    def is_target(self, key: str) -> bool:
        """Whether it is one of :attr:`targets`."""
        return (
            self.is_referenced(key)
            or key in self._unlinked
            or key in self.namings
            or (key in self._pages and key in self._foreign_inbound)
        )

    @cached_property
    def _foreign_inbound(self) -> Mapping[str, tuple[ForeignLink, ...]]:
        """Key -> the links of other wikis that lead there."""
        return self._federation.inbound(self._leads_to)

    def foreign_backlinks(self, key: str) -> tuple[ForeignGroup, ...]:
        """Who refers to the page with this key from other wikis, written or not."""

        def alias(target: str) -> str:
            used = key_of(target)
            if used == key:
                return ""
            return self._directory.name(used)

        return foreign_backlinks(self._foreign_inbound.get(key, ()), self.context_length, alias)

    def backlinks(self, key: str) -> tuple[Backlink, ...]:
        """Who links to the page with this key, written or not: by namespace, in its order in the
        configuration and documents that are no page last; then the strongest and by title.

        For the key of a document that is no page, or of an object (:func:`~.references.object_key`)
        it is who refers to that.
        """
        # Asked for by a panel, by each backlinks page, and for the digests of both. What is kept of a
        # page takes some 20 kilobytes; to find it each time again would take a twelfth of a build.
        found = self._kept_backlinks.get(key)
        if found is None:
            found = self._kept_backlinks[key] = self._find_backlinks(key)
        return found

    def _find_backlinks(self, key: str) -> tuple[Backlink, ...]:
        by_source: dict[tuple[str, int], list[Inbound]] = defaultdict(list)
        is_object = key.startswith("@")
        inbounds = self._inbound_references.get(key, ()) if is_object else self._inbound(key)
        for inbound in inbounds:
            by_source[inbound.docname, inbound.link.page].append(inbound)
        for source in self._namers(key):
            by_source[source]  # without a sentence
        return self._in_order(self._backlink(*source, links) for source, links in by_source.items())

    def count_backlinks(self, key: str) -> int:
        """How many of :meth:`backlinks` do more than list the page in an index."""
        inbounds = self._inbound(key)
        told = {(i.docname, i.link.page) for i in inbounds if i.link.place != Place.INDEX}
        namers = self._namers(key)
        if namers:
            told |= namers.difference((i.docname, i.link.page) for i in inbounds)
        return len(told)

    def _namers(self, key: str) -> set[tuple[str, int]]:
        """Who uses the unwritten name with this key in a property: document, and page in it."""
        return {(docname, naming.page) for docname, naming in self.namings.get(key, ())}

    @cached_property
    def _namespace_order(self) -> dict[str, int]:
        return {namespace: rank for rank, namespace in enumerate(self.namespaces)}

    def _in_order(self, found: Iterable[Backlink]) -> tuple[Backlink, ...]:
        order = self._namespace_order
        last = len(order)
        return tuple(
            sorted(
                found,
                key=lambda b: (
                    order.get(b.namespace, last),
                    b.namespace,
                    b.strength,
                    b.title.casefold(),
                    b.docname,
                    b.name,
                ),
            )
        )

    def _backlink(self, docname: str, page: int, links: list[Inbound]) -> Backlink:
        # of a wiki of a thousand pages, thirty thousand: _replace would take half the time
        source = self._source(docname, page)
        return Backlink(*source[:-1], tuple(map(self._mention, links)))

    def _source(self, docname: str, page: int) -> Backlink:
        """A document, or one of its pages, as a backlink without a mention."""
        source = self._sources.get((docname, page))
        if source is None:
            facts = self._facts[docname]
            if page < 0:
                source = Backlink(docname, "", "", facts.title, "", ())
            else:
                found = facts.pages[page]
                namespace = found.name.partition("/")[0]
                source = Backlink(docname, found.anchor, found.name, found.title, namespace, ())
            self._sources[docname, page] = source
        return source

    def _mention(self, inbound: Inbound) -> Mention:
        docname, link, via, anchor = inbound
        return Mention(
            anchor or link_anchor(path_of(link.target), link.nth),
            self._sentence(docname, link.block, link.start, link.end),
            link.place,
            link.in_spoiler,
            via,
        )

    def referrers(self, key: str) -> tuple[str, ...]:
        """The titles of the pages and documents that link to this key, sorted; as many as it has
        backlinks, without their sentences.
        """
        sources = {(inbound.docname, inbound.link.page) for inbound in self._inbound(key)}
        sources |= self._namers(key)
        titles = []
        for docname, page in sources:
            facts = self._facts[docname]
            titles.append(facts.title if page < 0 else facts.pages[page].title)
        return tuple(sorted(titles, key=lambda title: (title.casefold(), title)))

    def context(self, docname: str, link: Link) -> Excerpt:
        """The sentence that holds a link of that document."""
        return self._sentence(docname, link.block, link.start, link.end)

    def _sentence(self, docname: str, block: int, start: int, end: int) -> Excerpt:
        place = docname, block, start, end
        found = self._sentences.get(place)  # of a backlink, and told in tropes.json
        if found is None:
            shown = self._shown_texts.get(docname)
            if shown is None:
                led = self.destinations.get(docname, ())
                shown = self._shown_texts[docname] = ShownTexts(self._facts[docname], led)
            found = excerpt(*shown(block, start, end), self.context_length)
            self._sentences[place] = found
        return found

    # -- what text says beside its links

    def relations(self, key: str) -> tuple[Relation, ...]:
        """How the page with this key stands to others, whichever side tells it."""
        return self.standing.of(key)

    @cached_property
    def standing(self) -> Standing:
        """How all pages stand to one another."""
        return Standing(told_in(self))

    @cached_property
    def _ends(self) -> dict[str, list[str]]:
        """Docname -> for each of its links the key of the written page it leads to, or empty."""
        return {
            docname: [
                end.key if (end := self.resolve(link.target)).kind == "page" else ""
                for link in facts.links
            ]
            for docname, facts in self._facts.items()
        }

    @cached_property
    def co_citation(self) -> CoCitation:
        """Which pages are named together."""
        return CoCitation(self._facts, self._links, self._pages.__contains__, self.context_length)

    def related(self, key: str, most: int = 5) -> tuple[Related, ...]:
        """The pages that are most often named in one sentence with the page of this key.

        :param most: how many at the most.
        """
        return self.co_citation.related(key, most)

    @cached_property
    def unlinked_phrases(self) -> tuple[Unlinked, ...]:
        """Every phrase that could be a link to a page, in the order of the documents."""
        if not any(facts.passages for facts in self._facts.values()):
            return ()
        titles = [
            (title, page.key)
            for page in self._pages.values()
            if page.key not in self._leads_to
            for title in (
                page.title,
                *(PageName(*name.split("/", 1)).title for name in self.aliases.get(page.key, ())),
            )
        ]
        return tuple(find_unlinked(self._facts, self._ends, titles, self._refused))

    @cached_property
    def _unlinked(self) -> dict[str, tuple[Backlink, ...]]:
        found: dict[str, list[Backlink]] = defaultdict(list)
        for phrase in self.unlinked_phrases:
            passage = phrase.passage
            words = self._sentence(phrase.docname, passage.block, phrase.start, phrase.end)
            source = self._source(phrase.docname, passage.page)
            place = Mention(passage.section or source.anchor, words, Place.PROSE, False, "")
            found[phrase.key].append(source._replace(mentions=(place,)))
        return {key: self._in_order(backlinks) for key, backlinks in found.items()}

    def unlinked(self, key: str) -> tuple[Backlink, ...]:
        """Who names the page with this key without a link, in the order of :meth:`backlinks`; the
        anchor of a mention is that of its section.
        """
        return self._unlinked.get(key, ())

    @cached_property
    def network(self) -> Network:
        """Which page links to which, spoilers apart."""
        referred = {
            key: found
            for key, found in self._inbound_references.items()
            if not key.startswith("@") and not self.is_elsewhere(key)
        }
        return Network(self, self._links, referred)

    def is_elsewhere(self, key: str) -> bool:
        """Whether the page with this key is one of another project."""
        return key in self._external and key not in self._pages

    @cached_property
    def atlas(self) -> Atlas:
        """The map of all pages."""
        return Atlas(self)

    def is_referenced(self, key: str) -> bool:
        """Whether anything links to the page with this key."""
        return key in self._links.sources or key in self._inbound_references

    def links_to(self, key: str) -> Iterator[tuple[str, Link]]:
        """Docname and link of each link and reference that leads to this key."""
        return ((inbound.docname, inbound.link) for inbound in self._inbound(key))

    def count_links(self, key: str) -> int:
        """How many links and references lead to this key."""
        return len(self._inbound(key))

    def first_place(self, key: str) -> tuple[str, int, str]:
        """Docname, line and included file of the first link that leads to this key, or of the first
        naming.

        :raises LookupError: if none does.
        """
        if not self.is_referenced(key):
            docname, naming = self.namings[key][0]
            return docname, naming.line, naming.file
        inbound = self._inbound(key)[0]
        return inbound.docname, inbound.link.line, inbound.link.file

    @cached_property
    def namings(self) -> Mapping[str, Sequence[tuple[str, Naming]]]:
        """Key of a name that nobody has written -> the documents that use it outside their text, and
        how.
        """
        found: dict[str, list[tuple[str, Naming]]] = defaultdict(list)
        for docname, facts in self._facts.items():
            for naming in facts.namings:
                if naming.target and (to := self.resolve(naming.target)).kind == "wanted":
                    found[to.key].append((docname, naming))
        return dict(found)

    @cached_property
    def _leading_on(self) -> frozenset[str]:
        """Keys of the pages that link to a written page, not counting themselves."""
        found = self._links.leading_to(self._pages.keys())
        for key in self._inbound_references.keys() & self._pages.keys():
            found |= {
                key_of(self._facts[inbound.docname].pages[inbound.link.page].name)
                for inbound in self._inbound_references[key]
                if inbound.link.page >= 0
            }
        return frozenset(found)

    def leads_anywhere(self, key: str) -> bool:
        """Whether the page with this key links to another written one."""
        return key in self._leading_on

    def section(self, key: str, name: str) -> str:
        """The id of a section of the page with this key; empty if it has none of that name.

        Spellings may differ in hyphens: ``Page#InThisWork`` is ``Page#in-this-work``.
        """
        if key not in self._sections:
            sections = reversed(self._pages[key].facts.sections)  # the first of a name counts
            self._sections[key] = {slug.replace("-", ""): id_ for slug, id_ in sections}
        return self._sections[key].get(name.replace("-", ""), "")

    # -- examples

    def is_work(self, page: WikiPage) -> bool:
        """Whether a page is about a work: in a namespace that is neither the main one nor one for
        pages about pages.
        """
        return page.namespace != MAIN and page.namespace not in META_NAMESPACES

    @cached_property
    def examples(self) -> Mapping[str, Mapping[str, None]]:
        """Key of a page -> the keys of those that it tells of in an item of examples: a trope's page
        of works, or a work's of tropes.
        """
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for docname in self.documents_with(Flag.BEGINS_ITEM):
            facts = self._facts[docname]
            for page, key in self._links.examples(docname):
                teller, other = self._pages[key_of(facts.pages[page].name)], self._pages.get(key)
                if other is not None and self._is_example(teller, other):
                    found[teller.key][key] = None
        return found

    def _is_example(self, teller: WikiPage, other: WikiPage) -> bool:
        if teller.key == other.key or teller.facts.redirect:
            return False
        if teller.namespace == MAIN:
            return self.is_work(other)
        return self.is_work(teller) and other.namespace == MAIN

    @cached_property
    def told_by_others(self) -> Mapping[str, Sequence[str]]:
        """Key of a page -> keys of those that tell an example with it which it does not tell."""
        found: dict[str, list[str]] = defaultdict(list)
        for teller, others in self.examples.items():
            for key in others:
                if teller not in self.examples.get(key, ()):
                    found[key].append(teller)
        return found

    def told_elsewhere(self, key: str) -> tuple[Example, ...]:
        """The examples of a trope, or in a work, that only the other side tells, by title."""
        found: dict[str, Example] = {}
        page = self._pages.get(key)
        own = self._examples_of(page) if page else {}
        for inbound in self._links[key] if page else ():
            link = inbound.link
            if link.page < 0 or link.place != Place.EXAMPLE:
                continue
            facts = self._facts[inbound.docname]
            teller = self._pages[key_of(facts.pages[link.page].name)]
            if (
                teller.key not in found
                and teller.key not in own
                and page
                and self._is_example(teller, page)
                and begins_item(link, facts.texts)
            ):
                found[teller.key] = Example(
                    teller.key, self._backlink(inbound.docname, link.page, [inbound])
                )
        return tuple(sorted(found.values(), key=lambda e: (e.told.title.casefold(), e.key)))

    def _examples_of(self, teller: WikiPage) -> Mapping[str, None]:
        """What :attr:`examples` has of one page: a build after an edit asks for few."""
        if "examples" in self.__dict__ or any(
            p.kind == "duplicate" for p in self._directory.problems
        ):
            return self.examples.get(teller.key, {})
        pages = self._facts[teller.docname].pages
        told = self._links.examples(teller.docname)
        keys = (key for page, key in told if key_of(pages[page].name) == teller.key)
        return {
            key: None
            for key in keys
            if key in self._pages and self._is_example(teller, self._pages[key])
        }

    # -- indexes and siblings

    @cached_property
    def indexes(self) -> Mapping[str, tuple[str, ...]]:
        """Key of each index -> the keys of its members: in the order in which it lists them, then
        by title those that say they are in it. An index need not be a written page.
        """
        members: dict[str, dict[str, None]] = defaultdict(dict)
        for docname in self._links.documents_at(Place.INDEX):
            facts = self._facts[docname]
            for link in facts.links:
                if link.page < 0 or link.place != Place.INDEX or not link.opens_item:
                    continue
                index = key_of(facts.pages[link.page].name)
                member = self.resolve(link.target)
                if member.kind == "page" and self._pages[index].docname == docname:
                    members[index][member.key] = None
        by_title = sorted(self._pages.values(), key=lambda page: (page.title.casefold(), page.key))
        for page in by_title:
            for name in page.facts.indexes:
                up = self.resolve(name)
                members[up.key][page.key] = None
                self._index_names.setdefault(up.key, up.name)
        for index, listed in members.items():
            listed.pop(index, None)
        return {index: tuple(listed) for index, listed in sorted(members.items()) if listed}

    def index_name(self, key: str) -> str:
        """The canonical name of an index, written or not."""
        page = self._pages.get(key)
        return page.name if page else self._index_names[key]

    @cached_property
    def indexes_of(self) -> Mapping[str, tuple[str, ...]]:
        """Key of a page -> the keys of the indexes it is in, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for index, members in self.indexes.items():
            for member in members:
                found[member].append(index)
        return {key: tuple(indexes) for key, indexes in found.items()}

    @cached_property
    def _positions(self) -> dict[tuple[str, str], int]:
        return {
            (index, member): at
            for index, members in self.indexes.items()
            for at, member in enumerate(members)
        }

    def position(self, index: str, member: str) -> int:
        """Which member of an index a page is, from 0. Both are keys.

        :raises KeyError: if it is none.
        """
        return self._positions[index, member]

    def siblings(self, key: str) -> tuple[WikiPage, ...]:
        """The pages of one name in all namespaces, in the order of these, redirects left out; empty
        if there is but one.
        """
        order = self._namespace_order
        pages = [
            self._pages[sibling]
            for sibling in self._directory.of_bare_name(key.partition("/")[2])
            if sibling not in self._leads_to
        ]
        pages.sort(key=lambda page: order.get(page.namespace, len(order)))
        return tuple(pages) if len(pages) > 1 else ()

    # -- wanted pages

    @cached_property
    def wanted(self) -> tuple[Wanted, ...]:
        """Names that are linked to, or used outside a text, and not written: those that most pages
        want first, then those that most want in their prose, then by name.
        """
        found = []
        linked = self._wants(self.wanted_keys)
        for key in linked.keys() | self.namings.keys():
            wants = linked.get(key, ())
            sources = {(want.docname, want.page) for want in wants}
            sources |= self._namers(key)
            prose = {(want.docname, want.page) for want in wants if want.is_prose}
            name = self._spelling(wants) if wants else self._named(key)
            found.append(Wanted(key, name, len(sources), len(prose)))
        return tuple(sorted(found, key=lambda w: (-w.wants, -w.in_prose, w.key)))

    def _named(self, key: str) -> str:
        """How a name is spelled that is used outside texts alone."""
        return min(self.resolve(naming.target).name for _docname, naming in self.namings[key])

    @property
    def wanted_keys(self) -> set[str]:
        """Keys of the names that links lead to and that nobody has written."""
        keys = {key for key in self._links.sources if key not in self._pages}
        return keys - self._external.keys()

    def _wants(self, keys: set[str]) -> Mapping[str, Sequence[Want]]:
        found: dict[str, list[Want]] = defaultdict(list, self._links.wants(keys))
        # a reference may lead to a redirect to what nobody has written
        for key, references in self._inbound_references.items():
            if key.startswith("@") or key in self._pages or key in self._external:
                continue
            for docname, link, *_ in references:
                is_prose = link.place == Place.PROSE
                found[key].append(Want(docname, link.page, link.target, is_prose))
        return found

    def _spelling(self, wants: Sequence[Want]) -> str:
        """How most links spell a name that nobody has written; of equals, the one with most
        words.
        """
        spellings = Counter(self.resolve(want.target).name for want in wants)
        return min(spellings, key=lambda s: (-spellings[s], -sum(map(str.isupper, s)), s))

    def wanted_name(self, key: str) -> str:
        """The canonical name of a wanted page; empty if that key is not of one."""
        if key in self._pages:
            return ""
        if "wanted" in self.__dict__:
            return self._wanted_names.get(key, "")
        # a build after an edit asks for few
        name = self._found_wanted.get(key)
        if name is None:
            is_wanted = self.is_referenced(key) and key not in self._external
            wants = self._wants({key})[key] if is_wanted else ()
            name = self._spelling(wants) if wants else ""
            if not name and key in self.namings:
                name = self._named(key)
            self._found_wanted[key] = name
        return name

    def long_names(self, most: int) -> Iterator[tuple[str, str]]:
        """Key and canonical name of all that is linked to and has more than *most* characters."""
        for key in sorted(key for key in self._links.sources if len(key) > most):
            page = self._pages.get(key)
            name = page.name if page else self.wanted_name(key)
            if name:  # else in another project
                yield key, name

    @cached_property
    def _wanted_names(self) -> Mapping[str, str]:
        return {wanted.key: wanted.name for wanted in self.wanted}

    @cached_property
    def _near_names(self) -> NearNames:
        return NearNames((*self._pages, *self._leads_to))

    def near(self, key: str) -> tuple[WikiPage, ...]:
        """Pages whose name, or an alias of it, is near the name with this key; first those whose title
        a link to it parts.
        """
        ends = [found.page.key for found in parted(self, key)]
        ends += [self._leads_to.get(near, near) for near in self._near_names.near(key)]
        return tuple(self._pages[end] for end in dict.fromkeys(ends) if end in self._pages)

    @cached_property
    def sorted_names(self) -> Sequence[str]:
        """Keys of all pages, aliases and redirects, sorted."""
        return sorted({*self._pages, *self._leads_to})

    def page_called(self, key: str) -> WikiPage | None:
        """The page that the name with this key is, or leads to; None if nobody has written it."""
        return self._pages.get(self._leads_to.get(key, key))
