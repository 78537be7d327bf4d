"""The data files of the map: places, names, and the sentences of the links.

There are three kinds, each one function call. ``names.js`` has all pages with their addresses.
``map.js`` has their places on the map, which pages are linked, and the versions of the files.
``ways/*.js`` have the sentences of those links, in files by a hash of the address of the page with
the link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, unquote

from .._version import __version__
from ..builders import abilities
from ..data.script_files import (
    ScriptFolder,
    call,
    compact_json,
    count_of_files,
    digest,
    shard_name,
)
from ..names import PageName, key_of, path_of, slug
from ..pages.site_map import MAP_FOLDER
from ..stored_files import json_in
from ..wiki.facts.document import link_anchor
from ..wiki.index.link_strength import NO_LINK, link_of
from ..wiki.map.atlas import atlas_of
from ..wiki.text.excerpts import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.builders import Builder

    from ..data.emitters import Emission
    from ..pages.site_map import Pages
    from ..wiki import Link, Wiki

__all__ = ["MapFiles"]

_MAP, _NAMES, _WAYS = "map.js", "names.js", "ways"
_SOURCES = 64
"""Approximate number of pages whose links are in one file."""
_SENTENCE = 160
"""Maximum characters of a sentence."""


class MapFiles:
    """Emits the data of the map. Without a map, only the names, for the page not found."""

    name = "map"

    def place(self, emission: Emission) -> str:
        pages = emission.pages
        has_data = pages.map or "missing" in pages.of_kind
        if not has_data or abilities(emission.builder).is_book:
            return ""
        return self.usual_place(pages.prefix)

    def usual_place(self, prefix: str) -> str:
        return f"{prefix}/{MAP_FOLDER}"

    def is_complete(self, builder: Builder, place: str, stored: Any) -> bool:
        return _folder(builder, place).files() >= {_MAP, _NAMES}

    def remove(self, builder: Builder, place: str) -> None:
        _folder(builder, place).remove()

    def write(self, emission: Emission, place: str, stored: Any) -> None:
        folder, invalidated = _folder(emission.builder, place), emission.invalidated
        if invalidated is not None and not invalidated.whole & {"graph", "wanted"}:
            if emission.pages.map:
                if _update_ways(folder, emission, invalidated.documents):
                    return
            elif self.is_complete(emission.builder, place, stored):
                return
        _write(folder, emission)


def _folder(builder: Builder, place: str) -> ScriptFolder:
    marks = {
        r"map\.js": "tropesMap(",
        r"names\.js": "tropesNames(",
        rf"{_WAYS}/[^/]+\.js": "tropesWays(",
    }
    return ScriptFolder(builder, place, _MAP, marks)


def _write(folder: ScriptFolder, emission: Emission) -> None:
    """Writes all files whose version has changed."""
    wiki, has_map = emission.wiki, bool(emission.pages.map)
    ways = _Ways(emission, atlas_of(wiki).links if has_map else ())
    names = _rows("tropesNames", **_names(wiki, ways.addresses, _others(emission.builder, wiki)))
    versions = {_NAMES: digest(names, _VERSION_BYTES)} | ways.versions(ways.files)
    places = {"ways": ways.count, **_map(wiki)} if has_map else {}
    there, before = folder.files(), _versions(folder.read(_MAP))
    # cutting out sentences is most of the work: done only for changed files
    changed = [
        name for name in ways.files if name not in there or before.get(name) != versions[name]
    ]
    manifest = _rows("tropesMap", versions=versions, **places)
    texts = {_NAMES: names, **ways.texts(changed)}
    folder.write(manifest, texts, there - versions.keys() - {_MAP})


def _update_ways(folder: ScriptFolder, emission: Emission, documents: AbstractSet[str]) -> bool:
    """Rewrites the sentences of some *documents* if the map itself is unchanged.

    :returns: whether this was possible; False if files are missing or belong to another wiki.
    """
    before = folder.read(_MAP)
    rest = before.partition("\n")[2]
    versions, links = _versions(before), _links(rest)
    if links is None or len(links) != len(atlas_of(emission.wiki).keys):
        return False
    ways = _Ways(emission, links)
    if versions.keys() != {_NAMES, *ways.files} or folder.files() != {_MAP, *versions}:
        return False
    changed = ways.files_of(documents)
    if changed is None or not ways.are_of_this_wiki(changed):
        return False
    versions |= ways.versions(changed)
    head = f'tropesMap({{"versions":{compact_json(versions)},'
    folder.write(f"{head}\n{rest}", ways.texts(changed))
    return True


_VERSION_BYTES = 6


class _Ways:
    """The sentences of the links on the map, in files.

    :param links: for each page, the numbers of the pages it is linked with.
    """

    def __init__(self, emission: Emission, links: Sequence[Sequence[int]]) -> None:
        self._wiki = emission.wiki
        self._digests = emission.digests
        self._keys = atlas_of(emission.wiki).keys
        self._links = links
        self.addresses = _addresses(emission.builder, emission.wiki, emission.pages)
        self.count = count_of_files(len(self.addresses), _SOURCES)
        """Maximum number of files."""
        found: dict[str, list[int]] = {}
        for source, targets in enumerate(links):
            if targets:
                name = shard_name(self.addresses[source], self.count)
                found.setdefault(f"{_WAYS}/{name}.js", []).append(source)
        self.files = dict(sorted(found.items()))
        """Name of each file -> the numbers of the pages whose links are in it."""

    def files_of(self, documents: AbstractSet[str]) -> list[str] | None:
        """The files with links of *documents*; None if the map belongs to another wiki."""
        pages, keys = self._wiki.pages, self._keys
        if not all(keys[source] in pages for sources in self.files.values() for source in sources):
            return None
        return [
            name
            for name, sources in self.files.items()
            if any(pages[keys[source]].docname in documents for source in sources)
        ]

    def are_of_this_wiki(self, names: Iterable[str]) -> bool:
        """Whether the wiki has all links in the files of these *names*."""
        for source in (source for name in names for source in self.files[name]):
            ranks = self._wiki.network.outgoing(self._keys[source])
            if not all(self._keys[target] in ranks for target in self._links[source]):
                return False
        return True

    def versions(self, names: Iterable[str]) -> dict[str, str]:
        """Name of each file -> its version: a digest of what its text is made from."""
        names = list(names)
        digests = self._digests() if names else {}
        return {name: self._version(self.files[name], digests) for name in names}

    def _version(self, sources: Iterable[int], digests: Mapping[str, str]) -> str:
        keys = self._keys
        parts = [__version__]
        for source in sources:
            ranks = self._wiki.network.outgoing(keys[source])
            docname = self._wiki.pages[keys[source]].docname
            parts += [self.addresses[source], digests.get(docname, "")]
            # another link may be the strongest if a name now resolves differently
            parts += [
                f"{self.addresses[target]} {ranks[keys[target]]}" for target in self._links[source]
            ]
        return digest("\n".join(parts), _VERSION_BYTES)

    def texts(self, names: Iterable[str]) -> dict[str, str]:
        """Name of each file -> its text: address of a page -> address, link id and sentence for
        each page that it links to.
        """
        wiki, addresses = self._wiki, self.addresses
        numbers = {key: number for number, key in enumerate(self._keys)}
        files = {name: self.files[name] for name in names}
        found: dict[int, list[tuple[str, ...]]] = {
            source: [] for sources in files.values() for source in sources
        }
        for docname in sorted({wiki.pages[self._keys[source]].docname for source in found}):
            for source, target, link in _strongest(wiki, docname, numbers):
                if source in found and target in self._links[source]:
                    found[source].append((addresses[target], *_sentence(wiki, docname, link)))
        return {
            name: call("tropesWays", [name.removeprefix(f"{_WAYS}/").removesuffix(".js")], lines)
            for name, sources in files.items()
            for lines in [
                sorted(
                    f"{compact_json(addresses[source])}:{compact_json(sorted(found[source]))}"
                    for source in sources
                )
            ]
        }


def _addresses(builder: Builder, wiki: Wiki, pages: Pages) -> list[str]:
    """The address of each page on the map, relative to the site's root; empty if it has none."""
    found = []
    for key in atlas_of(wiki).keys:
        page = wiki.pages.get(key)
        docname = page.docname if page else pages.backlinks(wiki.wanted_name(key))
        anchor = page.facts.anchor if page else ""
        found.append(_address(builder, docname, anchor))
    return found


def _address(builder: Builder, docname: str, anchor: str) -> str:
    # not all builders quote it
    uri = quote(unquote(builder.get_target_uri(docname))) if docname else ""
    return f"{uri}#{anchor}" if anchor else uri


def _others(builder: Builder, wiki: Wiki) -> list[tuple[str, str]]:
    """Key and address of each page that is excluded from the graph: not on the map, but found by its
    name where nothing is at an address.
    """
    pages = (page for page in wiki.pages.values() if not page.facts.is_drawn)
    return sorted(
        (page.key, _address(builder, page.docname, page.facts.anchor))
        for page in pages
        if not page.facts.redirect
    )


def _names(wiki: Wiki, addresses: list[str], others: list[tuple[str, str]]) -> dict[str, Any]:
    """Title, address, namespace and other names of each page; written pages come first.

    :param others: key and address of pages that are not on the map.
    """
    used: dict[str, int] = {}
    pages: list[list[Any]] = []
    keys = atlas_of(wiki).keys
    for key, address in (*zip(keys, addresses, strict=True), *others):
        page = wiki.pages.get(key)
        name = page.name if page else wiki.wanted_name(key)
        namespace = name.partition("/")[0]
        number = used.setdefault(namespace, len(used))
        title = page.title if page else PageName(*name.split("/", 1)).title
        pages.append([title, address, number, *_other_names(name, title, wiki.aliases.get(key))])
    labels = [[namespace, wiki.namespaces.label(namespace)] for namespace in used]
    found = {"pages": pages[: len(keys)], "written": atlas_of(wiki).written, "namespaces": labels}
    return {**found, "others": pages[len(keys) :]} if others else found


def _other_names(name: str, title: str, aliases: Iterable[str] | None) -> list[Any]:
    """The aliases of a page, with a namespace if it differs from the page's; then the page's own
    name, if its *title* is not a spelling of it. Empty if there are neither.
    """
    own = PageName(*name.split("/", 1))
    others = []
    for alias in aliases or ():
        other = PageName(*alias.split("/", 1))
        is_near = other.namespace == own.namespace
        others.append(other.title if is_near else f"{other.namespace}/{other.title}")
    if slug(title).replace("-", "") != key_of(name).partition("/")[2]:
        return [others, own.title]
    return [others] if others else []


def _map(wiki: Wiki) -> dict[str, Any]:
    """The places of communities and pages on the map, and the links between them."""
    atlas, network = atlas_of(wiki), wiki.network
    numbers = {key: number for number, key in enumerate(atlas.keys)}
    return {
        "communities": [
            [numbers.get(community.name, -1), community.x, community.y, community.radius]
            for community in atlas.communities
        ],
        "bridges": atlas.bridges,
        "nodes": [[node.x, node.y, node.community] for node in atlas.nodes],
        "links": atlas.links,
        # links of hubs are not drawn
        "hubs": {
            number: len({*network.incoming(key), *network.outgoing(key)})
            for key, number in numbers.items()
            if key in network.ends
        },
    }


def _strongest(
    wiki: Wiki, docname: str, numbers: Mapping[str, int]
) -> Iterator[tuple[int, int, Link]]:
    """Source, target and strongest link for each pair of pages, from the links of one document."""
    facts = wiki.documents[docname]
    for page, ties in zip(facts.pages, wiki.network.ties(docname), strict=True):
        source = key_of(page.name)
        if wiki.pages[source].docname != docname:
            continue
        outgoing = wiki.network.outgoing(source)
        for key, strength in ties.items():
            link = link_of(strength)
            if key in numbers and outgoing.get(key) == strength and link != NO_LINK:
                yield numbers.get(source, -1), numbers[key], facts.links[link]


def _sentence(wiki: Wiki, docname: str, link: Link) -> tuple[str, str, str, str]:
    """The id of a link, and the text before it, its words, and the text after it."""
    text = wiki.documents[docname].texts[link.block]
    cut_out = excerpt(text, link.start, link.end, _SENTENCE)
    anchor = link_anchor(path_of(link.target), link.nth)
    return anchor, cut_out.before, cut_out.words, cut_out.after


def _rows(function: str, **values: Any) -> str:
    """A file that calls *function* with *values*, one line for each row of a list. So a change to
    one row changes one line.
    """
    parts = []
    for name, value in values.items():
        if isinstance(value, (list, tuple)):
            rows = ",\n".join(map(compact_json, value))
            parts.append(f"{compact_json(name)}:[\n{rows}]")
        else:
            parts.append(f"{compact_json(name)}:{compact_json(value)}")
    body = ",\n".join(parts)
    return f"{function}({{{body}}});\n"


def _versions(manifest: str) -> dict[str, str]:
    """The versions of the files, as listed in a *manifest*."""
    line = manifest.partition("\n")[0]
    found = json_in("{" + line.partition("{")[2].rstrip(",") + "}")
    versions = found.get("versions") if isinstance(found, dict) else None
    is_ours = isinstance(versions, dict) and all(isinstance(v, str) for v in versions.values())
    return cast("dict[str, str]", versions) if is_ours else {}


def _links(text: str) -> list[list[int]] | None:
    """For each page, the pages it is linked with, as in the map of an earlier build."""
    found = json_in("{" + text[text.find('"links"') :].rpartition("});")[0] + "}")
    links = found.get("links") if isinstance(found, dict) else None
    if not isinstance(links, list):
        return None
    count = len(links)
    is_ours = all(
        isinstance(row, list) and all(type(to) is int and 0 <= to < count for to in row)
        for row in links
    )
    return cast("list[list[int]]", links) if is_ours else None
