"""The wiki: the single interface to everything that is made from the facts of all documents.

The parts behind it are made on demand, each once: names, links and backlinks in ``index/``,
relations, network and co-citation in ``analysis/``, the map in ``map/``. After an edit each of them
follows, by the rules in ``index/tables.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ..names import Namespaces
from .analysis.co_citation import CoCitation
from .analysis.network import Network
from .analysis.parted_titles import PartedTitles
from .analysis.trope_relations import TropeRelations, statements
from .index.backlinks import Backlinks
from .index.edits import Edit
from .index.examples import Examples
from .index.foreign import Federation, ForeignBacklinks
from .index.index_pages import IndexPages
from .index.links import InboundLinks
from .index.names import PageNames
from .index.references import InboundReferences
from .index.tables import Part, WithTables, lasting, patched
from .index.unlinked import UnlinkedMentions
from .index.wanted import WantedPages, ambiguous_names, has_same_ambiguous
from .text.similar_names import NearNames
from .text.unlinked_mentions import NOTHING_REFUSED, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from .analysis.co_citation import Related
    from .analysis.trope_relations import Relation
    from .facts.document import Destination, DocumentFacts, Link, Naming
    from .facts.packed import PackedFacts
    from .index.foreign import ForeignGroup
    from .index.records import (
        Backlink,
        Example,
        External,
        Problem,
        Resolution,
        Wanted,
        WikiPage,
    )
    from .text.excerpts import Excerpt
    from .text.unlinked_mentions import Unlinked

__all__ = ["Wiki"]

_Part = TypeVar("_Part", bound=Part)


class Wiki(WithTables):
    """The facts of all documents, and what follows from them; after an edit, too. What it handed out
    before may then be outdated.

    A *key* is the key of a page, written or not, unless stated otherwise. The order of *facts* does
    not matter.

    :param facts: docname -> facts.
    :param external: key -> the page of another project with that name.
    :param context_length: characters of text around a link in a backlink.
    :param refused: phrases and pairs that do not count as unlinked mentions.
    :param federation: the wikis that may link to this one.
    :param destinations: returns docname -> the destination of each of its references, None if there
        is none. Called when first needed, and after each update.
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
        self._external = external or {}
        self._refused = refused
        self._federation = federation or Federation()
        self._find_destinations = destinations or dict
        self._facts = dict(sorted(facts.items()))
        self._make_parts()

    def _make_parts(self) -> None:
        facts, length = self._facts, self.context_length
        self._names = names = PageNames(facts, self._external)
        self._links = links = InboundLinks(facts, names.resolve)
        self._references = InboundReferences(facts, names, links, self._find_destinations)
        self._backlinks = Backlinks(facts, names, links, self._references, self.namespaces, length)
        self._wanted = WantedPages(names, links, self._references, self._backlinks)
        self._examples = Examples(facts, names, links, self._backlinks)
        self._index_pages = IndexPages(facts, names, links)
        self._unlinked = UnlinkedMentions(facts, names, self._backlinks, self._refused)
        self._foreign = ForeignBacklinks(self._federation, names, length)
        self.parted_titles = PartedTitles(facts, names, self._backlinks, self._wanted)
        """The links that split a title."""
        self.co_citation = CoCitation(facts, links, names, length)
        """Which pages are named together."""
        self.network = Network(facts, names, links, self._references, self._index_pages)
        """Which page links to which, without spoilers."""
        self._more_parts: dict[type[Part], Any] = {}

    # -- edits

    def replace(self, docname: str, facts: DocumentFacts | PackedFacts) -> None:
        """Gives a document these facts; a new one, too."""
        self.update({docname: facts})

    def remove(self, docname: str) -> None:
        """Removes a document. Without effect if there is none of that name."""
        self.update({docname: None})

    def update(self, changes: Mapping[str, DocumentFacts | PackedFacts | None]) -> None:
        """Replaces and removes documents: docname -> facts now, or None. Destinations of references
        are looked up again.

        What an edit cannot change stays. If a name, title, alias or redirect changes, or a page
        comes or goes, all is made anew.
        """
        before = {name: self._facts.get(name) for name in changes}
        was = {name: found for name, found in before.items() if found is not None}
        now = {name: found for name, found in changes.items() if found is not None}
        if not self._names.stay(before, changes):
            others = {name: self._facts[name] for name in self._facts.keys() - changes.keys()}
            self._facts = dict(sorted((others | now).items()))
            self.drop_tables()
            self._make_parts()
            return
        self._facts.update(now)
        edit = Edit(was, now, self._links.target_key)
        # each after those that it is made from
        parts = [part for part in vars(self).values() if isinstance(part, Part)]
        for part in (*parts, *self._more_parts.values()):
            part.follow(edit)
        self.follow_tables(edit)

    def part(self, kind: type[_Part]) -> _Part:
        """What another room makes of the whole wiki, made once: a :class:`~.index.tables.Part`."""
        if kind not in self._more_parts:
            self._more_parts[kind] = kind(self)
        made: _Part = self._more_parts[kind]
        return made

    # -- documents and pages

    @property
    def documents(self) -> Mapping[str, DocumentFacts | PackedFacts]:
        """Docname -> facts, sorted."""
        return self._facts

    @property
    def pages(self) -> Mapping[str, WikiPage]:
        """Key -> written page, including redirects, in order of documents."""
        return self._names.pages

    @property
    def aliases(self) -> Mapping[str, tuple[str, ...]]:
        """Key of a page -> canonical names of its aliases and of redirects to it, sorted."""
        return self._names.aliases

    @patched
    def problems(self) -> tuple[Problem, ...]:
        """Names with two pages, redirects in a loop and ambiguous names, by document and line."""
        ambiguous = ambiguous_names(self._facts, self._names, self._links)
        return tuple(sorted((*self._names.problems, *ambiguous), key=lambda p: p[1:]))

    @problems.rule
    def _has_same_problems(self, _problems: object, edit: Edit) -> bool:
        return has_same_ambiguous(edit, self._names)

    def documents_with(self, flag: int) -> Iterator[str]:
        """The documents with a link that has this :class:`.facts.Flag`, sorted."""
        return self._links.documents_with(flag)

    @property
    def documents_outside(self) -> Iterable[str]:
        """The documents with a link outside their pages, sorted."""
        return self._links.documents_outside

    # -- names

    def resolve(self, name: str) -> Resolution:
        """What the canonical *name* resolves to."""
        return self._names.resolve(name)

    def meanings(self, key: str) -> tuple[WikiPage, ...]:
        """The pages that an ambiguous name may mean: those with that name in other namespaces."""
        return self._names.meanings(key)

    def anchor(self, resolution: Resolution, name: str, section: str = "") -> str:
        """The id, in its document, that a link to the canonical *name* goes to.

        :param resolution: of the name.
        :param section: slug; without one, that of a redirect on the way counts.
        """
        return self._names.anchor(resolution, name, section)

    def section(self, key: str, slug: str) -> str:
        """The id of a section of a written page, or empty. Hyphens in the slug don't count."""
        return self._names.section(key, slug)

    def siblings(self, key: str) -> tuple[WikiPage, ...]:
        """The pages with the same name in all namespaces, without redirects, in the order of the
        namespaces; empty if there is only one.
        """
        order = {namespace: rank for rank, namespace in enumerate(self.namespaces)}
        pages = self._names.siblings(key)
        return tuple(sorted(pages, key=lambda page: order.get(page.namespace, len(order))))

    def long_names(self, most: int) -> Iterator[tuple[str, str]]:
        """Key and canonical name of all link targets with more than *most* characters, sorted."""
        for key in sorted(key for key in self._links.sources if len(key) > most):
            page = self.pages.get(key)
            if name := page.name if page else self.wanted_name(key):  # external otherwise
                yield key, name

    # -- links and backlinks

    def sources(self, key: str) -> Sequence[str]:
        """The documents with a link to a page, sorted; a page's links to itself don't count."""
        return self._links.sources.get(key, ())

    @property
    def destinations(self) -> Mapping[str, Sequence[Destination | None]]:
        """Docname -> the destination of each of its references, None if there is none; sorted."""
        return self._references.destinations

    @property
    def targets(self) -> Iterator[str]:
        """The keys of all pages that something links to or mentions, sorted; links from other wikis
        count only for written pages.
        """
        referred = (key for key, _ in self._references.to_pages())
        foreign = self.pages.keys() & self._foreign.links.keys()
        linked = self._links.sources.keys()
        return iter(sorted({*linked, *referred, *self._unlinked.by_key, *foreign, *self.namings}))

    def is_target(self, key: str) -> bool:
        """Whether the key is one of :attr:`targets`."""
        is_used = self.is_referenced(key) or key in self._unlinked.by_key or key in self.namings
        return is_used or (key in self.pages and key in self._foreign.links)

    def is_referenced(self, key: str) -> bool:
        """Whether any link or reference points to a page."""
        return self._backlinks.is_linked(key)

    def links_to(self, key: str) -> Iterator[tuple[str, Link]]:
        """Docname and link of each link and reference to a page."""
        return ((inbound.docname, inbound.link) for inbound in self._backlinks.links_to(key))

    def count_links(self, key: str) -> int:
        """The number of links and references to a page."""
        return len(self._backlinks.links_to(key))

    def backlinks(self, key: str) -> tuple[Backlink, ...]:
        """The backlinks of a page, or of an :func:`~.references.object_key`: by namespace, as
        configured, documents that are not pages last; then the strongest first, then by title.
        """
        return self._backlinks.of(key)

    def count_backlinks(self, key: str) -> int:
        """The number of backlinks that do more than list the page in an index."""
        return self._backlinks.count(key)

    def referrers(self, key: str) -> tuple[str, ...]:
        """The titles of all backlinks, sorted."""
        return self._backlinks.titles(key)

    def context(self, docname: str, link: Link) -> Excerpt:
        """The sentence around a link of that document."""
        return self._backlinks.context(docname, link)

    def foreign_backlinks(self, key: str) -> tuple[ForeignGroup, ...]:
        """The backlinks of a page from other wikis."""
        return self._foreign.of(key)

    def first_use(self, key: str) -> tuple[str, int, str]:
        """Docname, line and included file of the first link to a page, else of the first property
        that names it.

        :raises LookupError: if there is neither.
        """
        return self._backlinks.first_use(key)

    @property
    def namings(self) -> Mapping[str, Sequence[tuple[str, Naming]]]:
        """Key of an unwritten page -> uses of its name outside texts: docname and naming."""
        return self._backlinks.namings

    def is_dead_end(self, key: str) -> bool:
        """Whether a page links to no other written page."""
        return key not in self._backlinks.linking_pages

    # -- examples

    @property
    def examples(self) -> Mapping[str, Mapping[str, None]]:
        """Key of a page -> keys of the pages that it has examples of: works for a trope's page,
        tropes for a work's page.
        """
        return self._examples.by_page

    @property
    def one_sided_examples(self) -> Mapping[str, Sequence[str]]:
        """Key of a page -> keys of pages that have an example of it, but it has none of them."""
        return self._examples.one_sided

    def reverse_examples(self, key: str) -> tuple[Example, ...]:
        """The examples of a page that only the other pages have, by title."""
        return self._examples.reverse(key)

    # -- indexes

    @property
    def indexes(self) -> Mapping[str, tuple[str, ...]]:
        """Key of each index -> keys of its members: first those that it lists, in its order, then
        those that name it in a property, by title.
        """
        return self._index_pages.members

    @property
    def indexes_of(self) -> Mapping[str, tuple[str, ...]]:
        """Key of a page -> keys of the indexes that it is a member of, sorted."""
        return self._index_pages.by_member

    def index_name(self, key: str) -> str:
        """The canonical name of one of :attr:`indexes`."""
        return self._index_pages.name(key)

    def position(self, index: str, member: str) -> int:
        """The number of a member in an index, from 0. Both are keys.

        :raises KeyError: if the page is not a member.
        """
        return self._index_pages.positions[index, member]

    # -- wanted pages

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The wanted pages, the most wanted first; of equals, the most wanted in prose."""
        return self._wanted.all

    def wanted_name(self, key: str) -> str:
        """The canonical name of a wanted page; empty for another key."""
        return self._wanted.name(key)

    def candidates(self, key: str) -> tuple[WikiPage, ...]:
        """The pages that a wanted name may mean: first those whose title is split by a link to it,
        then those with a similar name or alias.
        """
        parted = [found.page.key for found in self.parted_titles.to(key)]
        return self._names.written((*parted, *self._similar_names.near(key)))

    @lasting
    def _similar_names(self) -> NearNames:
        return NearNames((*self.pages, *self._names.final_keys))

    # -- relations, the network and what the text says besides its links

    @patched
    def trope_relations(self) -> TropeRelations:
        """How all pages are related."""
        return TropeRelations(statements(self._facts, self._names, self._links))

    @trope_relations.rule
    def _has_same_relations(self, _relations: object, edit: Edit) -> bool:
        return all(
            list(before.stated()) == list(after.stated())
            for _docname, before, after in edit.changes
        )

    def relations(self, key: str) -> tuple[Relation, ...]:
        """How a page is related to others, whichever page states it."""
        return self.trope_relations.of(key)

    def related(self, key: str, most: int = 5) -> tuple[Related, ...]:
        """The pages that are most often named in one sentence with a page.

        :param most: maximum number of pages.
        """
        return self.co_citation.related(key, most)

    @property
    def unlinked_phrases(self) -> tuple[Unlinked, ...]:
        """Every phrase that could be a link to a page, in order of documents."""
        return self._unlinked.phrases

    def unlinked(self, key: str) -> tuple[Backlink, ...]:
        """The pages that mention a page without a link, in the order of :meth:`backlinks`; the
        anchor of a mention is that of its section.
        """
        return self._unlinked.by_key.get(key, ())
