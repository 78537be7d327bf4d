"""The domain ``trope``: stores the facts of each document, and lists pages as Sphinx objects."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from docutils.nodes import inline, reference
from sphinx.domains import Domain, ObjType
from sphinx.util import docname_join
from sphinx.util.logging import is_suppressed_warning
from sphinx.util.nodes import make_refnode

from .builders import foreign_uri
from .config import counts_all, namespaces
from .internals.sphinx.environment import other_projects_objects
from .markup.nodes import trope_link
from .messages import _, take_warned
from .names import PageName, key_of
from .reading.collector import CollectorSettings, collect
from .reading.doctree_reader import DoctreeContents, stored_digest
from .reading.kept_wiki import KeptWiki, WikiSettings
from .reading.link_numbers import number_links
from .reading.object_slots import add_document_slot, add_object_slots
from .reading.only_conditions import without_dropped
from .reading.reference_resolver import KeptDestinations
from .reading.roles import TropeRole
from .reading.settings import refused_mentions
from .wiki import Destination, External, Federation, PackedFacts, Wiki
from .wiki.facts.document import Notice
from .wiki.facts.packed import Names, facts_version, pack_links, unpack_links
from .wiki.views.inclusions import embedded_documents
from .wiki.views.invalidation import Change
from .wiki.views.parts import digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.tags import Tags

    from .wiki import Resolution

__all__ = ["TropeDomain", "get_wiki", "trope_domain"]

_HIDDEN, _NORMAL = -1, 1  # priorities of Sphinx's search


class TropeDomain(Domain):
    """The pages of the wiki as Sphinx objects."""

    name = "trope"
    label = "Trope"
    object_types: ClassVar[dict[str, ObjType]] = {"page": ObjType(_("trope page"), "ref")}
    roles: ClassVar[dict[str, Any]] = {"ref": TropeRole()}
    initial_data: ClassVar[dict[str, Any]] = {
        "facts": {},
        "names": [],
        "conditions": {},
        "toctrees": {},
        "contents": {},
    }
    data_version = facts_version()

    tags: Tags | None = None
    """The tags of this build, from its start."""
    federation = Federation()
    """The other wikis, from the start of a build."""
    is_only_read = False
    """Whether nothing is written after all sources are read, as for a command that exports."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._before: dict[str, Any] = {}
        """Docname -> packed facts at the start of this build, if read or removed since."""
        self._kept = KeptWiki(lambda: self.destinations)
        self._kept_destinations = KeptDestinations()
        self._is_current = False
        """Whether the kept wiki is that of the current facts."""
        self._table: Names | None = None
        self.contents_before: dict[str, str] = {}
        """The :attr:`contents` of the build before."""

    @property
    def _facts(self) -> dict[str, tuple[str, tuple[Any, ...]]]:
        """Docname -> digest and packed facts, for each document that has any."""
        facts: dict[str, tuple[str, tuple[Any, ...]]] = self.data["facts"]
        return facts

    @property
    def _names(self) -> Names:
        """The table of names used to pack links: one table for all documents."""
        kept: list[str] = self.data["names"]
        if self._table is None or self._table.names is not kept:
            self._table = Names(kept)
        return self._table

    # -- reading

    def clear_doc(self, docname: str) -> None:
        """Drops the facts of *docname*."""
        self._note_before(docname)
        self._facts.pop(docname, None)
        self.data["conditions"].pop(docname, None)
        self.generated_entries.pop(docname, None)
        self.forget()

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Merges the facts that a parallel process has read from *docnames*."""
        facts, theirs, names = otherdata["facts"], otherdata["names"], self._names
        for docname in sorted(docnames & facts.keys()):
            self._note_before(docname)
            facts_digest, (title, pages, links, texts, *rest) = facts[docname]
            links = pack_links(unpack_links(links, theirs), texts, names)
            self._facts[docname] = (facts_digest, (title, pages, links, texts, *rest))
        for part in ("conditions", "toctrees"):
            found = otherdata[part]
            self.data[part].update((docname, found[docname]) for docname in docnames & found.keys())
        self.forget()

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Collects the facts from the doctree of *docname*."""
        with without_dropped(document, self.tags) as conditions:
            self._take_facts(env, docname, document)
        if conditions:
            self.data["conditions"][docname] = conditions
        self.forget()

    def _take_facts(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        config = env.config
        is_all = counts_all(config)
        contents = DoctreeContents(document, with_references=is_all)
        number_links(contents)
        settings = CollectorSettings(
            namespaces(config), config.language, config.tropes_unlinked_mentions
        )
        facts = collect(document, docname, contents, settings)
        facts = facts._replace(notices=tuple(self._notices(docname)))
        if is_all:
            facts = facts._replace(objects=add_object_slots(document))
            if all(page.anchor for page in facts.pages):
                add_document_slot(document)
        if any(facts[1:]) or is_all:
            packed = facts.pack()
            title, pages, _links, *rest = packed
            self._note_before(docname)
            links = pack_links(facts.links, facts.texts, self._names)
            self._facts[docname] = (digest(packed), (title, pages, links, *rest))
        for page in facts.pages:
            if not page.anchor:
                env.metadata[docname]["orphan"] = True  # a wiki is traversed by its links
                if not page.is_searched:
                    env.metadata[docname]["nosearch"] = True

    def _notices(self, docname: str) -> Iterator[Notice]:
        """The warnings issued while *docname* was read, except suppressed ones."""
        own = str(self.env.doc2path(docname))
        for subtype, sentence, of, file, line in take_warned():
            if is_suppressed_warning("trope", subtype, self.env.config.suppress_warnings):
                continue
            place = os.path.abspath(self.env.doc2path(of) if of else file or own)  # noqa: PTH100
            yield Notice(subtype, sentence, line, "" if place == own else place)

    def _note_before(self, docname: str) -> None:
        """Keeps the previous build's facts of *docname*, which are about to change."""
        self._before.setdefault(docname, self._facts.get(docname))

    def documents_read(self) -> set[str]:
        """The documents that were read since this build began."""
        return self._before.keys() & self.env.found_docs

    def documents_removed(self) -> set[str]:
        """The documents that were removed since this build began."""
        return set(self._before) - self.env.found_docs

    def end_build(self) -> None:
        """Makes the current facts the starting point of the next build in this process."""
        self._before.clear()

    def forget(self) -> None:
        """Drops everything made from earlier facts, but for what :attr:`wiki` may still use."""
        self._is_current = False
        self.__dict__.pop("destinations", None)  # as functools documents it

    # -- generated pages in toctrees

    @property
    def generated_entries(self) -> dict[str, list[tuple[str, ...]]]:
        """Docname -> the entries of its toctrees that are generated pages, noted as it is read."""
        entries: dict[str, list[tuple[str, ...]]] = self.data["toctrees"]
        return entries

    # -- texts that other documents include

    @property
    def contents(self) -> dict[str, str]:
        """Docname -> digest of the doctree, for each document that others include."""
        contents: dict[str, str] = self.data["contents"]
        return contents

    def note_contents(self) -> None:
        """Notes the :attr:`contents` once all documents are read."""
        self.contents_before = before = self.contents
        if not self._before:
            return  # nothing was read, and nothing is gone
        including = [
            docname
            for docname, (_digest, packed) in self._facts.items()
            if any(listing[0] == "embedding" for listing in packed[4])
        ]
        included = embedded_documents(self.wiki, including) if including else ()
        self.data["contents"] = {
            docname: (docname not in self._before and before.get(docname))
            or stored_digest(self.env, docname)
            for docname in included
        }

    # -- the wiki

    @property
    def wiki(self) -> Wiki:
        """The wiki, made from the current facts of all documents. A later build of this process edits
        it, if few documents changed.
        """
        if not self._is_current:
            self._is_current = True  # references are resolved during the update
            try:
                self._kept.update(self._facts, self._wiki_settings())
            except BaseException:
                self._is_current = False
                raise
        return self._kept.wiki

    def _wiki_settings(self) -> WikiSettings:
        config = self.env.config
        return WikiSettings(
            tuple(config.tropes_namespaces.items()),
            self.external(),
            config.tropes_context_length,
            refused_mentions(self.env),
            self.federation.wikis,
            counts_all(config),
            self.data["names"],
        )

    @cached_property
    def destinations(self) -> dict[str, tuple[Destination | None, ...]]:
        """Docname -> the target of each reference in it; empty unless all references count."""
        if not counts_all(self.env.config):
            return {}
        return self._kept_destinations.all(self.env, self.wiki)

    def digests(self) -> dict[str, str]:
        """Docname -> digest of the facts, for each document."""
        return {docname: digest for docname, (digest, _facts) in self._facts.items()}

    def documents_with_pages(self) -> set[str]:
        """The documents that have pages of the wiki, by their own facts."""
        return {docname for docname, (_digest, packed) in self._facts.items() if packed[1]}

    def has_pages(self, docname: str) -> bool:
        """Whether a document has pages of the wiki, by its own facts."""
        facts = self._facts.get(docname)
        return facts is not None and bool(facts[1][1])

    def digests_before(self) -> dict[str, str]:
        """Like :meth:`digests`, at the start of this build."""
        before = {docname: facts[0] if facts else "" for docname, facts in self._before.items()}
        return {docname: digest for docname, digest in (self.digests() | before).items() if digest}

    def changes(self) -> dict[str, Change]:
        """Docname -> earlier and current facts, for each document whose facts changed since this
        build began.
        """
        changes = {}
        for docname, before in self._before.items():
            after = self._facts.get(docname)
            if (before and before[0]) != (after and after[0]):
                names = self.data["names"]
                changes[docname] = Change(
                    *(packed and PackedFacts(packed[1], names) for packed in (before, after))
                )
        return changes

    def external(self) -> dict[str, External]:
        """Key -> page of another project. intersphinx takes precedence over federation."""
        known = {}
        for name, values in sorted(other_projects_objects(self.env, "trope:page").items()):
            known[key_of(name)] = External(name, repr(values), values[0])
        return self.federation.pages() | known

    # -- objects

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002, FBT002
        """The name of the type in search, without the domain's label, which Sphinx adds."""
        return str(type.lname)

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every page and alias, by its canonical name, which contains no spaces."""
        for page in self.wiki.pages.values():
            to = self.wiki.resolve(page.name)
            docname, anchor = to.docname or page.docname, self.wiki.anchor(to, page.name)
            # search finds a document by its title already
            of_name = of_alias = _NORMAL if page.facts.is_searched else _HIDDEN
            of_name = of_alias if page.facts.anchor else _HIDDEN
            yield page.name, page.title, "page", docname, anchor, of_name
            for alias in page.facts.aliases:
                if self.wiki.resolve(alias).key == page.key:
                    title = PageName(*alias.split("/", 1)).title
                    yield alias, title, "page", page.docname, page.facts.anchor, of_alias

    def resolve_xref(  # type: ignore[override]
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> Element | None:
        """A reference to a page, made by another extension; the name may be in any spelling."""
        name = namespaces(env.config).page_name(target)
        if name is None:
            return None
        to = self.wiki.resolve(str(name))
        if to.kind != "page":
            return self._refer_to_other_wiki(builder, fromdocname, to, node, contnode)
        if not node.get("refexplicit") and not to.via:
            contnode = inline(to.title, to.title)
        anchor = self.wiki.anchor(to, str(name))
        found = make_refnode(builder, fromdocname, to.docname, anchor, contnode, to.title)
        found["classes"].append("trope")
        return found

    def _refer_to_other_wiki(
        self,
        builder: Builder,
        docname: str,
        to: Resolution,
        node: pending_xref,
        contnode: Element,
    ) -> Element | None:
        """A reference to a page of a federated wiki; only its text if no link is possible."""
        if not to.uri:
            return None
        if not node.get("refexplicit"):
            contnode = inline(to.title, to.title)
        uri = foreign_uri(builder, docname, to.uri)
        classes = ["trope", "trope-foreign"]
        if not uri:
            return inline("", "", contnode, classes=classes)
        return reference("", "", contnode, internal=False, refuri=uri, classes=classes)

    def resolve_any_xref(  # type: ignore[override]
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, Element]]:
        """The page, for ``:any:``."""
        found = self.resolve_xref(env, fromdocname, builder, "ref", target, node, contnode)
        name = namespaces(env.config).page_name(target)
        if found is None or name is None:
            return []
        to = self.wiki.resolve(str(name))
        if not to.anchor and docname_join(fromdocname, target) == to.docname:
            return []  # Sphinx has already found it as :doc:, and two answers cause a warning
        return [("trope:ref", found)]


def trope_domain(env: BuildEnvironment) -> TropeDomain:
    """The domain of a project."""
    domain = env.domains["trope"]
    assert isinstance(domain, TropeDomain)
    return domain


def get_wiki(env: BuildEnvironment) -> Wiki:
    """The wiki of a project, to be read; complete after the event ``tropes-wiki-updated``. A later
    build of the same application may edit it.
    """
    return trope_domain(env).wiki


def setup(app: Sphinx) -> None:
    """Registers the domain, and the node whose links it collects."""
    app.add_node(trope_link)
    app.add_domain(TropeDomain)
