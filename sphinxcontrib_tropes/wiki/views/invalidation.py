"""Invalidation: which views an edit may change, found from the facts of the edited documents before
and after.

An extra view costs time; a missing one is a stale page. So a rule may name too many views, never
too few. If an edit may change very many views (a title, a redirect, an index), there is no rule,
and all views are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ...names import key_of, path_of
from ..analysis.co_citation import damping, is_hub, link_count
from ..facts.document import Place, begins_item, link_anchor
from ..index.link_strength import is_as_near
from ..index.links import InboundLinks
from ..text.excerpts import Excerpt, excerpts
from .neighbourhood import SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..facts.document import DocumentFacts, Naming, Notice
    from ..facts.packed import PackedFacts
    from ..facts.page import Page
    from ..wiki import Wiki

__all__ = ["NOTHING", "Change", "Invalidated", "invalidated_by"]


_LONG_KEY = 100
"""Length of a key above which its name may be too long for an address."""


class Change(NamedTuple):
    """The facts of a document in an earlier build and now; None if there are none."""

    before: DocumentFacts | PackedFacts | None
    after: DocumentFacts | PackedFacts | None


class Invalidated(NamedTuple):
    """The views that may have changed."""

    documents: frozenset[str]
    """Documents with a source."""
    keys: frozenset[str]
    """Keys of the pages whose backlinks pages changed."""
    pages: frozenset[str]
    """Keys of the pages whose data changed: related pages, previews."""
    whole: frozenset[str]
    """Pages about the whole wiki, of :data:`WHOLE`."""


WHOLE = frozenset({"index", "wanted", "health", "graph"})
"""Pages about the whole wiki that have rules; any other such page may always have changed."""

NOTHING = Invalidated(frozenset(), frozenset(), frozenset(), frozenset())
"""No view changed."""


def invalidated_by(
    wiki: Wiki, changes: Mapping[str, Change], *, has_drawings: bool
) -> Invalidated | None:
    """The views that *changes* may change, or None for all views.

    :param wiki: all facts, after the changes.
    :param changes: docname -> earlier and current facts of each changed document. Unlinked mentions
        and references are not followed.
    :param has_drawings: whether neighbourhoods or the map are shown.
    """
    if sum(len(facts.pages) for facts in wiki.documents.values()) > len(wiki.pages):
        return None  # both documents show a page that both claim
    effects = _Effects(wiki, has_drawings=has_drawings)
    for docname, change in changes.items():
        if not effects.follow(docname, change):
            return None
    return None if effects.changes_hubs() else effects.found()


class _Effects:
    """Collects the effects of changes, document by document."""

    def __init__(self, wiki: Wiki, *, has_drawings: bool) -> None:
        self._wiki = wiki
        self._has_drawings = has_drawings
        self._documents: set[str] = set()
        self._keys: set[str] = set()
        self._pages: set[str] = set()
        self._gained_links: Counter[str] = Counter()
        self._gained_sources: Counter[str] = Counter()
        self._whole: set[str] = set()
        self._moves_sections = False
        """Whether names mentioned in documents may resolve to other sections."""

    def found(self) -> Invalidated:
        """All effects together."""
        self._follow_link_counts()
        for docname, facts in self._wiki.documents.items():
            # listings may show anything; a mention shows how a wanted name is spelled
            if (
                facts.listings
                or (("wanted" in self._whole or self._moves_sections) and facts.mentions)
                or not all(page.counts for page in facts.pages)  # its links have no source
            ):
                self._documents.add(docname)
        return Invalidated(
            frozenset(self._documents),
            frozenset(self._keys),
            frozenset(self._pages | self._keys),
            frozenset(self._whole),
        )

    def follow(self, docname: str, change: Change) -> bool:
        """Follows a change. Returns False if there is no rule for a part of it."""
        before, after = change
        if before is None or after is None or before.title != after.title:
            return False
        keys = [key_of(page.name) for page in after.pages]
        claimed = [self._wiki.pages[key] for key in keys]
        if any(page.docname != docname for page in claimed) or len(set(keys)) < len(keys):
            return False
        if _without_ruled(before) != _without_ruled(after):
            return False
        self._follow_namings(before, after)
        if _notices(before) != _notices(after):
            self._whole.add("health")
        for key, was, is_ in zip(keys, before.pages, after.pages, strict=True):
            self._follow_page(key, was, is_)
        self._documents.add(docname)
        old, new = _Shown(self._wiki, docname, before), _Shown(self._wiki, docname, after)
        if old.relations != new.relations or old.listed != new.listed:
            return False
        self._pages.update(keys)
        self._follow_links(old, new)
        self._follow_sentences(old, new)
        if self._has_drawings:
            self._follow_ties(keys, old, new)
        return True

    def _follow_namings(
        self, before: DocumentFacts | PackedFacts, after: DocumentFacts | PackedFacts
    ) -> None:
        old, new = _namings(before), _namings(after)
        if old != new:
            self._whole |= {"wanted", "health"}
            changed = {*old} ^ {*new}
            targets = (naming.target for naming in changed if naming.target)
            self._keys |= {self._wiki.resolve(target).key for target in targets}

    def _follow_page(self, key: str, was: Page, is_: Page) -> None:
        if was.laconic != is_.laconic:
            self._whole.add("index")
            self._keys.add(key)
        if was.sections != is_.sections:
            self._whole.add("health")
            sources = self._wiki.sources(key)
            self._documents.update(sources)
            for docname in sources:  # the links of their cards lead to sections
                pages = self._wiki.documents[docname].pages
                self._pages.update(key_of(page.name) for page in pages)
            if key in self._wiki.aliases:  # a redirect may point to a section
                self._whole.add("index")
                self._moves_sections = True

    def _follow_links(self, old: _Shown, new: _Shown) -> None:
        wiki = self._wiki
        for key in old.shown.keys() | new.shown.keys():
            if old.shown.get(key) == new.shown.get(key):
                continue
            self._keys.add(key)
            if len(key) > _LONG_KEY:
                self._whole.add("health")  # shows the first use of a long name
            if key in wiki.pages:
                self._documents.add(wiki.pages[key].docname)
            else:
                # its links decide on its spelling
                self._whole |= {"wanted", "health"}
                self._documents.update(wiki.sources(key))
                if old.spellings(key) != new.spellings(key):
                    self._whole.add("graph")
        for _page, key, _anchor in old.examples ^ new.examples:
            self._whole.add("health")
            if key in wiki.pages:
                self._documents.add(wiki.pages[key].docname)
        if old.played != new.played:
            self._whole.add("health")
        if old.to_sections != new.to_sections or old.linking_pages != new.linking_pages:
            self._whole.add("health")

    def _follow_sentences(self, old: _Shown, new: _Shown) -> None:
        if old.weight != new.weight:
            changed = {*old.blocks, *new.blocks}
        else:
            changed = old.blocks.keys() ^ new.blocks.keys()
        for block in changed:
            self._pages |= old.blocks.get(block, set()) | new.blocks.get(block, set())
        self._gained_sources.update(new.targets)
        self._gained_sources.subtract(old.targets)

    def _follow_link_counts(self) -> None:
        """A page's link count changes the scores of all pages that are named with it. All changes
        count together: two of them may be the first to link to a page.
        """
        co_citation = self._wiki.co_citation
        for key, gained in self._gained_sources.items():
            now = len(self._wiki.sources(key))
            if (now == 0) != (now - gained == 0):
                self._whole.add("health")  # became or stopped being an orphan
            if link_count(now) != link_count(now - gained):
                self._pages |= {key, *co_citation.named_with(key)}

    def _follow_ties(self, keys: list[str], old: _Shown, new: _Shown) -> None:
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
                self._gained_links[other] += (is_ is not None) - (was is not None)
                # a page near both shows whether they are tied
                for third in {*self._near(key), *before} & self._near(other):
                    self._add_page(third)

    def _near(self, key: str) -> set[str]:
        """The keys of the pages that may be drawn with a page."""
        network, relations = self._wiki.network, self._wiki.trope_relations
        related = {end for kind in SIDES for end in relations.ends(key, kind)}
        return {*network.outgoing(key), *network.incoming(key), *related}

    def changes_hubs(self) -> bool:
        """Whether a page became or stopped being a hub: this changes the drawings near it."""
        network, most = self._wiki.network, self._wiki.network.hub_size
        for key, gained in self._gained_links.items():
            now = len(network.incoming(key))
            if (now > most) != (now - gained > most):
                return True
        return False

    def _add_page(self, key: str) -> None:
        if key in self._wiki.pages:
            self._documents.add(self._wiki.pages[key].docname)


def _without_ruled(facts: DocumentFacts | PackedFacts) -> list[Page]:
    """The pages of a document, without facts that no other page shows or that have rules."""
    unruled: dict[str, object] = {"line": 0, "laconic": "", "lead": "", "picture": ""}
    unruled |= dict.fromkeys(("sections", "openings", "alias_lines"), ())
    return [page._replace(**unruled) for page in facts.pages]  # type: ignore[arg-type]


def _namings(facts: DocumentFacts | PackedFacts) -> list[Naming]:
    """The names in properties, in order, without their lines."""
    in_order = sorted(facts.namings, key=lambda naming: (naming.line, naming))
    return [naming._replace(line=0) for naming in in_order]


def _notices(facts: DocumentFacts | PackedFacts) -> list[Notice]:
    """The warnings about a document, in order, without their lines."""
    in_order = sorted(facts.notices, key=lambda notice: (notice.line, notice))
    return [notice._replace(line=0) for notice in in_order]


class _Shown:
    """What other pages show of a document's links."""

    def __init__(self, wiki: Wiki, docname: str, facts: DocumentFacts | PackedFacts) -> None:
        self.shown: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        """Key -> what each link to that page shows there."""
        self.relations: set[object] = set()
        self.played: set[object] = set()
        self.listed: list[object] = []
        self.examples: set[tuple[int, str, str]] = set()
        self.to_sections: Counter[object] = Counter()
        self.linking_pages: set[int] = set()
        """Numbers of its pages that link to another written page."""
        self.blocks: dict[object, set[str]] = defaultdict(set)
        """Each text with its links -> keys of the pages that it names."""
        count = len(facts.links)
        self.weight = 0.0 if is_hub(count) else damping(count)
        links = InboundLinks({docname: facts}, wiki.resolve)
        self.ties = links.ties(docname)
        self.targets = set(links.sources)
        by_block: dict[int, list[object]] = defaultdict(list)
        named: dict[int, set[str]] = defaultdict(set)
        keys = [key_of(page.name) for page in facts.pages]
        sentences = _sentences(wiki, facts)
        for link, words in zip(facts.links, sentences, strict=True):
            to = wiki.resolve(link.target)
            anchor = link_anchor(path_of(link.target), link.nth)
            shown = link.section, link.place, link.in_spoiler, link.played, to.via, to.name
            self.shown[to.key].append((link.page, anchor, words, *shown))
            by_block[link.block].append((to.key, anchor, *link[5:10]))
            named[link.block].add(to.key)
            if link.played:
                self.played.add((link.page, link.played, to.key))
            if link.relation:
                self.relations.add((link.page, link.relation, to.key))
            if link.section:
                self.to_sections[link.page, link.target, link.section] += 1
            if link.page < 0:
                continue
            if to.kind == "page" and to.key != keys[link.page]:
                self.linking_pages.add(link.page)
            if link.place == Place.INDEX and link.opens_item:
                self.listed.append((link.page, to.key))
            if link.place == Place.EXAMPLE and begins_item(link, facts.texts):
                self.examples.add((link.page, to.key, anchor))
        for block, found in by_block.items():
            self.blocks[facts.texts[block], tuple(found)] |= named[block]

    def spellings(self, key: str) -> Counter[object]:
        """How often it uses each spelling of an unwritten name."""
        return Counter(shown[-1] for shown in self.shown.get(key, ()))


def _sentences(wiki: Wiki, facts: DocumentFacts | PackedFacts) -> list[Excerpt]:
    """The sentence around each link of a document, as backlinks quote it."""
    groups: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for at, link in enumerate(facts.links):
        groups[link.page, link.block, wiki.resolve(link.target).key].append(at)
    found: dict[int, Excerpt] = {}
    for (_page, block, _key), group in groups.items():
        places = [(facts.links[at].start, facts.links[at].end) for at in group]
        cuts = excerpts(facts.texts[block], places, wiki.context_length)
        found.update(zip(group, cuts, strict=True))
    return [found[at] for at in range(len(found))]
