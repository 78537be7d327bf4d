"""The domain ``trope``: keeps the facts of each document, and answers for the wiki."""

from __future__ import annotations

import os
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils.nodes import inline, reference
from sphinx.domains import Domain, ObjType
from sphinx.util import docname_join
from sphinx.util.logging import is_suppressed_warning
from sphinx.util.nodes import make_refnode

from .builders import foreign_uri
from .config import counts_all, namespaces
from .findings import is_lasting, suppressed_kinds
from .messages import _, take_warned, warn, warned_of
from .names import PageName, key_of
from .reading.collector import Collecting, collect
from .reading.object_slots import describe_document, describe_objects
from .reading.only_conditions import without_dropped
from .reading.reference_resolver import destinations
from .reading.roles import TropeRole
from .wiki import Destination, External, Federation, PackedFacts, Wiki
from .wiki.facts.document import Notice, facts_version
from .wiki.facts.packed import Names, pack_links, unpack_links
from .wiki.text.unlinked_mentions import NOTHING_REFUSED, Refused, refused_in
from .wiki.views.document import digest
from .wiki.views.invalidation import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.tags import Tags

    from .build.session import Build
    from .rendering.context import Rendering
    from .wiki import Resolution

__all__ = ["TropeDomain", "get_wiki"]

_HIDDEN, _NORMAL = -1, 1  # priorities of Sphinx's search


class TropeDomain(Domain):
    """Pages of the wiki as objects of Sphinx."""

    name = "trope"
    label = "Trope"
    object_types: ClassVar[dict[str, ObjType]] = {"page": ObjType(_("trope page"), "ref")}
    roles: ClassVar[dict[str, Any]] = {"ref": TropeRole()}
    initial_data: ClassVar[dict[str, Any]] = {"facts": {}, "names": [], "conditions": {}}
    data_version = facts_version()

    build: Build | None = None
    """The build at hand, from the end of reading on."""
    rendering: Rendering | None = None
    """What documents are rendered with, while they are written."""
    tags: Tags | None = None
    """Those of the build, from its start on."""
    federation = Federation()
    """What other wikis say, from the start of a build on."""
    is_only_read = False
    """Whether no page is to be made of the wiki, once all sources are read."""

    @property
    def _facts(self) -> dict[str, tuple[str, tuple[Any, ...]]]:
        """Docname -> packed facts of each document that has any, with their digest."""
        facts: dict[str, tuple[str, tuple[Any, ...]]] = self.data["facts"]
        return facts

    @property
    def _names(self) -> Names:
        """The names that links are packed with: one table for all documents."""
        kept: list[str] = self.data["names"]
        table: Names | None = self.__dict__.get("_table")
        if table is None or table.names is not kept:
            table = self.__dict__["_table"] = Names(kept)
        return table

    # -- reading

    def clear_doc(self, docname: str) -> None:
        """Forgets what *docname* contributed."""
        self._note_before(docname)
        self._facts.pop(docname, None)
        self.data["conditions"].pop(docname, None)
        self.forget()

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Takes over what a parallel reader found in *docnames*."""
        facts, theirs, names = otherdata["facts"], otherdata["names"], self._names
        for docname in sorted(docnames & facts.keys()):
            self._note_before(docname)
            made_from, (title, pages, links, texts, *rest) = facts[docname]
            links = pack_links(unpack_links(links, theirs), texts, names)
            self._facts[docname] = (made_from, (title, pages, links, texts, *rest))
        conditions = otherdata["conditions"]
        self.data["conditions"].update(
            (docname, conditions[docname]) for docname in docnames if docname in conditions
        )
        self.forget()

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Takes the facts from the doctree of *docname*."""
        with without_dropped(document, self.tags) as conditions:
            self._take_facts(env, docname, document)
        if conditions:
            self.data["conditions"][docname] = conditions
        self.forget()

    def _take_facts(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        config = env.config
        is_all = counts_all(config)
        settings = Collecting(
            namespaces(config), config.language, config.tropes_unlinked_mentions, is_all
        )
        facts = collect(document, docname, settings)
        facts = facts._replace(notices=tuple(self._notices(docname)))
        if is_all:
            facts = facts._replace(objects=describe_objects(document))
            if all(page.anchor for page in facts.pages):
                describe_document(document)
        if any(facts[1:]) or is_all:
            packed = facts.pack()
            title, pages, _links, *rest = packed
            self._note_before(docname)
            links = pack_links(facts.links, facts.texts, self._names)
            self._facts[docname] = (digest(packed), (title, pages, links, *rest))
        if any(page.anchor == "" for page in facts.pages):
            env.metadata[docname]["orphan"] = True  # a wiki is walked by its links

    def _notices(self, docname: str) -> Iterator[Notice]:
        """What the writer of *docname* was warned of while it was read, unless that is suppressed."""
        own = str(self.env.doc2path(docname))
        for subtype, sentence, of, file, line in take_warned():
            if is_suppressed_warning("trope", subtype, self.env.config.suppress_warnings):
                continue
            place = os.path.abspath(self.env.doc2path(of) if of else file or own)  # noqa: PTH100
            yield Notice(subtype, sentence, line, "" if place == own else place)

    def _note_before(self, docname: str) -> None:
        """Remembers what the build before this one had of *docname*, which is about to change."""
        before: dict[str, Any] = self.__dict__.setdefault("_before", {})
        before.setdefault(docname, self._facts.get(docname))

    def read(self) -> set[str]:
        """The documents that were read since this build began."""
        before: dict[str, Any] = self.__dict__.get("_before", {})
        return before.keys() & self.env.found_docs

    def gone(self) -> set[str]:
        """The documents that are no more since this build began."""
        return set(self.__dict__.get("_before", {})) - self.env.found_docs

    def settle(self) -> None:
        """What is known now is what the next build in this process begins with."""
        self.__dict__.pop("_before", None)

    def forget(self) -> None:
        """Lets go of what was made from the facts as they were."""
        self.__dict__.pop("wiki", None)
        self.__dict__.pop("_destinations", None)

    # -- the wiki

    @cached_property
    def wiki(self) -> Wiki:
        """All facts together, as of now."""
        return Wiki(
            {
                docname: PackedFacts(facts, self.data["names"])
                for docname, (_digest, facts) in self._facts.items()
            },
            namespaces(self.env.config),
            self._external(),
            self.env.config.tropes_context_length,
            self._refused(),
            self.federation,
            lambda: self._destinations,
        )

    @cached_property
    def _destinations(self) -> dict[str, tuple[Destination | None, ...]]:
        """Docname -> where each reference of that document leads; nothing where they don't count."""
        return destinations(self.env, self.wiki.documents) if counts_all(self.env.config) else {}

    def _refused(self, on_error: Callable[[str], object] = str) -> Refused:
        """What writers do not want to see as an unlinked mention.

        :param on_error: is told if the file can't be read.
        """
        config = self.env.config
        name = config.tropes_mentions_refused
        if not name or not config.tropes_unlinked_mentions:
            return NOTHING_REFUSED
        try:
            text = Path(self.env.srcdir, name).read_text("utf-8")
        except (OSError, ValueError) as error:
            on_error(f"tropes_mentions_refused: {name!r} can't be read: {error}")
            return NOTHING_REFUSED
        return refused_in(text, namespaces(config))

    def stamps(self) -> dict[str, str]:
        """Docname -> digest of the facts of each document."""
        return {docname: made_from for docname, (made_from, _facts) in self._facts.items()}

    def changes(self) -> dict[str, Change]:
        """Docname -> facts before and now of each document that has others since this build began."""
        changes = {}
        for docname, before in self.__dict__.get("_before", {}).items():
            after = self._facts.get(docname)
            if (before and before[0]) != (after and after[0]):
                names = self.data["names"]
                changes[docname] = Change(
                    *(packed and PackedFacts(packed[1], names) for packed in (before, after))
                )
        return changes

    def fingerprint_before(self) -> str:
        """What :meth:`fingerprint` was when this build began."""
        before = self.__dict__.get("_before", {})
        stamps = self.stamps() | {docname: facts and facts[0] for docname, facts in before.items()}
        return self._fingerprint({name: stamp for name, stamp in stamps.items() if stamp}, str)

    def fingerprint(self) -> str:
        """A digest of everything that the wiki is made from: the same for the same wiki."""
        return self._fingerprint(self.stamps(), partial(warn, "config"))

    def _fingerprint(self, stamps: dict[str, str], on_error: Callable[[str], object]) -> str:
        facts = sorted(stamps.items())
        config = self.env.config
        phrases, pairs = self._refused(on_error)
        refused = sorted(phrases), sorted(pairs)
        settings = (dict(config.tropes_namespaces), config.tropes_context_length, refused)
        external = sorted(self._external().items())
        made_from: tuple[Any, ...] = facts, external, self.federation.wikis, settings
        # of which the page of the wiki's health tells
        lasting = sorted(w for w in warned_of() if is_lasting(w.subtype))
        made_from += (lasting, sorted(suppressed_kinds(config)))
        if counts_all(config):
            made_from += (sorted(self._destinations.items()),)
        return digest(made_from)

    def check_refused(self) -> None:
        """Warns if the file of what is not to be shown as an unlinked mention can't be read."""
        self._refused(partial(warn, "config"))

    def _external(self) -> dict[str, External]:
        """Key -> the page of another project: what intersphinx knows counts most."""
        inventory: dict[str, dict[str, Any]] = getattr(self.env, "intersphinx_inventory", {})
        pages = inventory.get("trope:page", {})
        known = {}
        for name in sorted(pages):
            project, *others = _item_values(pages[name])
            known[key_of(name)] = External(name, repr((project, *others)), project)
        return self.federation.pages() | known

    # -- objects

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002, FBT002
        """What search calls a page: Sphinx's own puts the label of the domain in front."""
        return str(type.lname)

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every page and alias under its canonical name, which has no blank in it."""
        for page in self.wiki.pages.values():
            to = self.wiki.resolve(page.name)
            docname, anchor = to.docname or page.docname, self.wiki.anchor(to, page.name)
            # search finds a document by its title already
            priority = _NORMAL if page.facts.anchor else _HIDDEN
            yield page.name, page.title, "page", docname, anchor, priority
            for alias in page.facts.aliases:
                if self.wiki.resolve(alias).key == page.key:
                    title = PageName(*alias.split("/", 1)).title
                    yield alias, title, "page", page.docname, page.facts.anchor, _NORMAL

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
        """A reference that another extension made to a page, in any spelling."""
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
        """A reference to a page that federation alone knows; its words where it can't be one."""
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
        """The page that ``:any:`` may mean."""
        found = self.resolve_xref(env, fromdocname, builder, "ref", target, node, contnode)
        name = namespaces(env.config).page_name(target)
        if found is None or name is None:
            return []
        to = self.wiki.resolve(str(name))
        if not to.anchor and docname_join(fromdocname, target) == to.docname:
            return []  # Sphinx has it as :doc: already, and two answers are a warning
        return [("trope:ref", found)]


def _item_values(item: Any) -> tuple[str, ...]:
    """The values of an inventory's item, which Sphinx 8.2 made a class of its own."""
    names = ("project_name", "project_version", "uri", "display_name")
    return tuple(str(getattr(item, name, "")) for name in names) or tuple(map(str, item))


def get_wiki(env: BuildEnvironment) -> Wiki:
    """The wiki of a project, read-only; complete once the event ``tropes-wiki-updated`` came."""
    domain = env.domains["trope"]
    assert isinstance(domain, TropeDomain)
    return domain.wiki
