"""What an edit may change elsewhere: from the facts of a few documents, before and after, to the
views that may look otherwise now.

An extra view costs time; a missing one is a stale page. So each rule may say too much, never too little:
and where many views may be others (a title, a redirect, an index), there is no rule, and all of them are
looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of, path_of
from ..analysis.co_citation import damping, fame, is_hub
from ..analysis.network import is_as_near
from ..facts.document import Place, begins_item, link_anchor
from ..index.links import InboundLinks
from ..text.excerpts import excerpt
from .neighbourhood import SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..facts.document import DocumentFacts, Naming, Notice, Page
    from ..facts.packed import PackedFacts
    from ..wiki import Wiki

__all__ = ["NOTHING", "Affected", "Change", "affected_by"]


_LONG_KEY = 100
"""Characters of a key whose name may be too long for an address; less than any that is."""


class Change(NamedTuple):
    """The facts of one document, in an earlier build and now; None where there are none."""

    before: DocumentFacts | PackedFacts | None
    after: DocumentFacts | PackedFacts | None


class Affected(NamedTuple):
    """What may look otherwise than before."""

    documents: frozenset[str]
    """Documents with a source."""
    keys: frozenset[str]
    """Keys of the names whose backlinks may be others."""
    pages: frozenset[str]
    """Keys of the pages of which something else is to be said as data: what is related, what a
    preview shows."""
    whole: frozenset[str]
    """Which of the pages about the whole wiki: ``index``, ``wanted``, ``health`` and ``graph``."""


NOTHING = Affected(frozenset(), frozenset(), frozenset(), frozenset())
"""Nothing may look otherwise."""


def affected_by(
    wiki: Wiki, changes: Mapping[str, Change], *, has_drawings: bool
) -> Affected | None:
    """What *changes* may change, or None: anything.

    :param wiki: all facts as they are now.
    :param changes: docname -> its facts before and now, of each document that has others. Unlinked
        mentions and references are not followed.
    :param has_drawings: whether neighbourhoods or the map are shown.
    """
    if sum(len(facts.pages) for facts in wiki.documents.values()) > len(wiki.pages):
        return None  # a page that two documents claim is shown by both
    effects = _Effects(wiki, has_drawings=has_drawings)
    for docname, change in changes.items():
        if not effects.follow(docname, change):
            return None
    return None if effects.moves_hubs() else effects.found()


class _Effects:
    def __init__(self, wiki: Wiki, *, has_drawings: bool) -> None:
        self._wiki = wiki
        self._has_drawings = has_drawings
        self._documents: set[str] = set()
        self._keys: set[str] = set()
        self._pages: set[str] = set()
        self._gained: Counter[str] = Counter()
        self._gained_sources: Counter[str] = Counter()
        self._whole: set[str] = set()
        self._moves_ends = False
        """Whether names that documents mention may lead to another place."""

    def found(self) -> Affected:
        """What was found."""
        self._follow_fame()
        for docname, facts in self._wiki.documents.items():
            # lists in place show whatever they show; a role may show how a name is spelled
            if (
                facts.listings
                or (("wanted" in self._whole or self._moves_ends) and facts.mentions)
                or any(page.redirect for page in facts.pages)  # no source of the links in it
            ):
                self._documents.add(docname)
        return Affected(
            frozenset(self._documents),
            frozenset(self._keys),
            frozenset(self._pages | self._keys),
            frozenset(self._whole),
        )

    def follow(self, docname: str, change: Change) -> bool:
        """Whether there is a rule for all that changed in a document."""
        before, after = change
        if before is None or after is None or before.title != after.title:
            return False
        keys = [key_of(page.name) for page in after.pages]
        claimed = [self._wiki.pages[key] for key in keys]
        if any(page.docname != docname for page in claimed) or len(set(keys)) < len(keys):
            return False
        if _heads(before) != _heads(after):
            return False
        named = _named(before), _named(after)
        if named[0] != named[1]:
            self._whole |= {"wanted", "health"}
            self._keys |= {
                self._wiki.resolve(naming.target).key
                for naming in {*named[0]} ^ {*named[1]}
                if naming.target
            }
        if _warned(before) != _warned(after):
            self._whole.add("health")
        for key, was, is_ in zip(keys, before.pages, after.pages, strict=True):
            if was.laconic != is_.laconic:
                self._whole.add("index")
                self._keys.add(key)
            if was.sections != is_.sections:
                self._whole.add("health")
                self._documents.update(self._wiki.sources(key))
                if key in self._wiki.aliases:  # a redirect may lead to one
                    self._whole.add("index")
                    self._moves_ends = True
        self._documents.add(docname)
        old, new = _Said(self._wiki, docname, before), _Said(self._wiki, docname, after)
        if old.relations != new.relations or old.listed != new.listed:
            return False
        self._pages.update(keys)
        self._follow_links(docname, old, new)
        self._follow_sentences(old, new)
        if self._has_drawings:
            self._follow_ties(keys, old, new)
        return True

    def _follow_links(self, docname: str, old: _Said, new: _Said) -> None:
        wiki = self._wiki
        for key in old.shown.keys() | new.shown.keys():
            if old.shown.get(key) == new.shown.get(key):
                continue
            self._keys.add(key)
            if len(key) > _LONG_KEY:
                self._whole.add("health")  # which says where a long name stands first
            sources = wiki.sources(key)
            if key in wiki.pages:
                self._documents.add(wiki.pages[key].docname)
            else:
                # how it is spelled is for those who link to it to say
                self._whole |= {"wanted", "health"}
                self._documents.update(sources)
                if old.spellings(key) != new.spellings(key):
                    self._whole.add("graph")
        for _page, key, _anchor in old.examples ^ new.examples:
            self._whole.add("health")
            if key in wiki.pages:
                self._documents.add(wiki.pages[key].docname)
        if old.to_sections != new.to_sections or old.leading_on != new.leading_on:
            self._whole.add("health")

    def _follow_sentences(self, old: _Said, new: _Said) -> None:
        if old.weight != new.weight:
            changed = {*old.blocks, *new.blocks}
        else:
            changed = old.blocks.keys() ^ new.blocks.keys()
        for block in changed:
            self._pages |= (old.blocks.get(block) or new.blocks[block]) | new.blocks.get(
                block, set()
            )
        self._gained_sources.update(new.led_to)
        self._gained_sources.subtract(old.led_to)

    def _follow_fame(self) -> None:
        """Who is more or less famous now counts otherwise for all that are named with it; by all
        changes together, for two may be the first to link to a page.
        """
        co_citation = self._wiki.co_citation
        for key, gained in self._gained_sources.items():
            now = len(self._wiki.sources(key))
            if (now == 0) != (now - gained == 0):
                self._whole.add("health")  # an orphan, or none any more
            if fame(now) != fame(now - gained):
                self._pages |= {key, *co_citation.named_with(key)}

    def _follow_ties(self, keys: list[str], old: _Said, new: _Said) -> None:
        for key, before, after in zip(keys, old.ties, new.ties, strict=True):
            if sorted(before, key=before.__getitem__) != sorted(after, key=after.__getitem__):
                self._whole.add("graph")
            for other in before.keys() | after.keys():
                was, is_ = before.get(other), after.get(other)
                if was is not None and is_ is not None:
                    if not is_as_near(was, is_):
                        self._whole.add("graph")
                        self._add_page(other)
                    continue
                self._whole.add("graph")
                self._add_page(other)
                self._gained[other] += (is_ is not None) - (was is not None)
                # who is near to both shows whether they are tied
                for third in {*self._near(key), *before} & self._near(other):
                    self._add_page(third)

    def _near(self, key: str) -> set[str]:
        """Who may be drawn with the page of this key."""
        network, standing = self._wiki.network, self._wiki.standing
        related = {end for kind in SIDES for end in standing.ends(key, kind)}
        return {*network.outgoing(key), *network.incoming(key), *related}

    def moves_hubs(self) -> bool:
        """Whether a page became or stopped being a hub: whoever is near it is drawn otherwise."""
        network, most = self._wiki.network, self._wiki.network.hub_size
        for key, gained in self._gained.items():
            now = len(network.incoming(key))
            if (now > most) != (now - gained > most):
                return True
        return False

    def _add_page(self, key: str) -> None:
        if key in self._wiki.pages:
            self._documents.add(self._wiki.pages[key].docname)


def _heads(facts: DocumentFacts | PackedFacts) -> list[Page]:
    """The pages of a document without what of them no other shows, or for what there is a rule."""
    return [page._replace(line=0, laconic="", lead="", sections=()) for page in facts.pages]


def _named(facts: DocumentFacts | PackedFacts) -> list[Naming]:
    """The names that it uses outside its text, in their order, on whatever lines."""
    in_order = sorted(facts.namings, key=lambda naming: (naming.line, naming))
    return [naming._replace(line=0) for naming in in_order]


def _warned(facts: DocumentFacts | PackedFacts) -> list[Notice]:
    """What its writer was warned of, in its order, on whatever lines."""
    in_order = sorted(facts.notices, key=lambda notice: (notice.line, notice))
    return [notice._replace(line=0) for notice in in_order]


class _Said:
    """What a document says of others."""

    def __init__(self, wiki: Wiki, docname: str, facts: DocumentFacts | PackedFacts) -> None:
        self.shown: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        """Key -> what each link to it shows there."""
        self.relations: set[object] = set()
        self.listed: list[object] = []
        self.examples: set[tuple[int, str, str]] = set()
        self.to_sections: Counter[object] = Counter()
        self.leading_on: set[int] = set()
        """Which of its pages lead to a written one."""
        self.blocks: dict[object, set[str]] = defaultdict(set)
        """Each text with its links -> keys of the pages that it names."""
        count = len(facts.links)
        self.weight = 0.0 if is_hub(count) else damping(count)
        links = InboundLinks({docname: facts}, wiki.resolve)
        self.ties = links.ties(docname)
        self.led_to = set(links.sources)
        by_block: dict[int, list[object]] = defaultdict(list)
        named: dict[int, set[str]] = defaultdict(set)
        keys = [key_of(page.name) for page in facts.pages]
        for link in facts.links:
            to = wiki.resolve(link.target)
            words = excerpt(facts.texts[link.block], link.start, link.end, wiki.context_length)
            anchor = link_anchor(path_of(link.target), link.nth)
            mention = link.page, anchor, words, link.place, link.in_spoiler, to.via, to.name
            self.shown[to.key].append(mention)
            by_block[link.block].append((to.key, anchor, *link[5:10]))
            named[link.block].add(to.key)
            if link.relation:
                self.relations.add((link.page, link.relation, to.key))
            if link.section:
                self.to_sections[link.page, link.target, link.section] += 1
            if link.page < 0:
                continue
            if to.kind == "page" and to.key != keys[link.page]:
                self.leading_on.add(link.page)
            if link.place == Place.INDEX and link.opens_item:
                self.listed.append((link.page, to.key))
            if link.place == Place.EXAMPLE and begins_item(link, facts.texts):
                self.examples.add((link.page, to.key, anchor))
        for block, found in by_block.items():
            self.blocks[facts.texts[block], tuple(found)] |= named[block]

    def spellings(self, key: str) -> Counter[object]:
        """How often it spells the name that nobody has written in which way."""
        return Counter(shown[-1] for shown in self.shown.get(key, ()))
