"""What changed between two states of a wiki, from the ``tropes.json`` of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, NamedTuple

from ...names import key_of

__all__ = ["Differences", "NotAnExportError", "as_data", "check_export", "compare"]

_MOST_ALIKE = 10
"""A sentence that more pages contain does not identify a page."""

_ENOUGH_IN_COMMON = 0.5
"""The share of its links that a renamed page must have kept."""


class NotAnExportError(ValueError):
    """The data are not those of a ``tropes.json``."""


class Differences(NamedTuple):
    """The differences, by names; each list is sorted."""

    gained: tuple[str, ...]
    """New pages."""
    lost: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    """Old and new name."""
    links_made: tuple[tuple[str, str], ...]
    """Source and target under their new names, each pair once."""
    links_lost: tuple[tuple[str, str], ...]
    relations_made: tuple[tuple[str, str, str], ...]
    """Page, kind and other page, once for each of the two pages."""
    relations_lost: tuple[tuple[str, str, str], ...]
    listings_made: tuple[tuple[str, str], ...]
    """Index and member."""
    listings_lost: tuple[tuple[str, str], ...]
    wants_met: tuple[str, ...]
    """Wanted names that are now written."""
    wants_made: tuple[str, ...]
    """Names that are wanted only now."""
    wants_dropped: tuple[str, ...]
    """Wanted names without a link now."""
    orphans_made: tuple[str, ...]
    """Pages without a link to them that are new, or were not orphans before."""
    orphans_ended: tuple[str, ...]
    """Pages that were orphans and now have a link."""


def check_export(data: Any) -> dict[str, Any]:
    """*data*, if it has the shape of a ``tropes.json``.

    :raises NotAnExportError: if it has not.
    """
    fault = _fault(data)
    if fault:
        raise NotAnExportError(fault)
    export: dict[str, Any] = data
    return export


def _fault(data: Any) -> str:
    """What is wrong with the shape of *data*, or nothing."""
    if not isinstance(data, dict):
        return "it holds no object"
    if data.get("version") != 1:
        return f"its version is {data.get('version')!r}, not 1"
    for part, fields in (
        ("pages", ("name", "title", "url", "namespace", "laconic")),
        ("wanted", ("name",)),
        ("links", ("source", "target", "url", "context")),
    ):
        entries = data.get(part)
        if not isinstance(entries, list):
            return f"it has no list {part!r}"
        for entry in entries:
            if not isinstance(entry, dict):
                return f"an entry of {part!r} is no object"
            for field in fields:
                if not isinstance(entry.get(field), str):
                    return f"an entry of {part!r} has no text {field!r}"
    for page in data["pages"]:
        aliases = page.get("aliases")
        if not isinstance(aliases, list) or not all(isinstance(a, str) for a in aliases):
            return "an entry of 'pages' has no list of texts 'aliases'"
        indexes, relations = page.get("indexes", []), page.get("relations", [])
        if not isinstance(indexes, list) or not all(isinstance(i, str) for i in indexes):
            return "an entry of 'pages' has 'indexes' that are no list of texts"
        if not isinstance(relations, list) or not all(map(_is_relation, relations)):
            return "an entry of 'pages' has 'relations' that are no list of kinds and names"
    return ""


def _is_relation(entry: Any) -> bool:
    return isinstance(entry, dict) and all(
        isinstance(entry.get(field), str) for field in ("kind", "name")
    )


def compare(old: dict[str, Any], new: dict[str, Any]) -> Differences:
    """The differences between *old* and *new*, both checked by :func:`check_export`."""
    before, after = _State(old), _State(new)
    renamed = _renamed(before, after)

    def now(key: str) -> str:
        return renamed.get(key, key)

    name = after.name | {key: n for key, n in before.name.items() if key not in after.name}
    links_before = {(now(source), now(target)) for source, target in before.links}
    orphans_before = {now(key) for key in before.orphans}
    wants_before = {now(key) for key in before.wanted}

    def named(keys: set[str]) -> tuple[str, ...]:
        return tuple(sorted(name[key] for key in keys))

    def pairs(links: set[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((name[source], name[target]) for source, target in links))

    def relations(found: set[tuple[str, str, str]]) -> tuple[tuple[str, str, str], ...]:
        return tuple(sorted((name[page], kind, name[other]) for page, kind, other in found))

    # exports of earlier versions have no relations: then no change is reported
    has_relations = before.has_relations and after.has_relations
    relations_before = {(now(a), kind, now(b)) for a, kind, b in before.relations}
    relations_after = after.relations if has_relations else relations_before
    listings_before = {(now(index), now(member)) for index, member in before.listings}
    listings_after = after.listings if has_relations else listings_before
    pages_before = {now(key) for key in before.pages}
    return Differences(
        gained=named(after.pages - pages_before),
        lost=named(pages_before - after.pages),
        renamed=tuple(sorted((before.name[o], after.name[n]) for o, n in renamed.items())),
        links_made=pairs(after.links - links_before),
        links_lost=pairs(links_before - after.links),
        relations_made=relations(relations_after - relations_before),
        relations_lost=relations(relations_before - relations_after),
        listings_made=pairs(listings_after - listings_before),
        listings_lost=pairs(listings_before - listings_after),
        wants_met=named(wants_before & (after.pages | after.aliases.keys())),
        wants_made=named(after.wanted - wants_before),
        wants_dropped=named(wants_before - after.wanted - after.pages - after.aliases.keys()),
        orphans_made=named(after.orphans - orphans_before),
        orphans_ended=named((orphans_before - after.orphans) & after.pages),
    )


class _State:
    """A ``tropes.json`` by keys."""

    def __init__(self, data: dict[str, Any]) -> None:
        pages = data["pages"]
        self.name: dict[str, str] = {}
        self.pages = {self._note(page["name"]) for page in pages}
        self.aliases = {
            self._note(alias): key_of(page["name"]) for page in pages for alias in page["aliases"]
        }
        # all() is also true for an empty wiki
        self.has_relations = all("relations" in page and "indexes" in page for page in pages)
        self.relations = {
            (self._note(page["name"]), relation["kind"], self._note(relation["name"]))
            for page in pages
            for relation in page.get("relations", [])
        }
        self.listings = {
            (self._note(index), self._note(page["name"]))
            for page in pages
            for index in page.get("indexes", [])
        }
        self.wanted = {self._note(wanted["name"]) for wanted in data["wanted"]}
        self.links: set[tuple[str, str]] = set()
        self.sentences: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        linked = set()
        for link in data["links"]:
            source, target = self._note(link["source"]), self._note(link["target"])
            if source != target:
                linked.add(target)
            if link.get("in_spoiler"):
                continue  # the link itself would reveal it
            self.links.add((source, target))
            self.sentences[source][target, link["context"]] += 1
        self.orphans = self.pages - linked

    def _note(self, name: str) -> str:
        # if a document is not a page, its name is its key
        key = key_of(name) if "/" in name else name
        self.name.setdefault(key, name)
        return key


def _renamed(before: _State, after: _State) -> dict[str, str]:
    """Old key -> new key of each renamed page: its old name is an alias now, or its links are mostly
    the same.
    """
    found: dict[str, str] = {}
    free = after.pages - before.pages
    for old in sorted(before.pages - after.pages):
        if after.aliases.get(old) in free:
            found[old] = after.aliases[old]
            free.discard(found[old])
    pages_with: dict[tuple[str, str], list[str]] = defaultdict(list)
    for new in sorted(free):
        for link in after.sentences.get(new, ()):
            pages_with[link].append(new)
    candidates = []
    for old in sorted(before.pages - after.pages - found.keys()):
        sentences = before.sentences.get(old, Counter())
        common: Counter[str] = Counter()
        for link in sentences:
            if len(pages_with.get(link, ())) <= _MOST_ALIKE:  # too common to identify it
                common.update(pages_with.get(link, ()))
        for new, count in common.items():
            share = count / max(len(sentences), len(after.sentences[new]))
            if share >= _ENOUGH_IN_COMMON:
                candidates.append((-share, old, new))
    for _, old, new in sorted(candidates):
        if old not in found and new in free:
            found[old] = new
            free.discard(new)
    return found


def as_data(differences: Differences) -> dict[str, Any]:
    """The differences as values for JSON."""
    return {
        field: [list(item) if isinstance(item, tuple) else item for item in items]
        for field, items in differences._asdict().items()
    }
