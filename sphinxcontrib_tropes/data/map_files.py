"""The map of the wiki as data beside its page: places, names, and the sentences of the links.

Three kinds of files, each one call of a function, for a script may be loaded from ``file://``:
``names.js``, all pages with their addresses; ``map.js``, where they lie and which is tied to which;
``ways/*.js``, the sentences of those ties, in files by a hash of the address of who tells them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, unquote

from .._version import __version__
from ..names import PageName, key_of, path_of, slug
from ..stored_files import begins_with, delete, json_in
from ..wiki.analysis.network import NO_LINK, link_of
from ..wiki.facts.document import link_anchor
from ..wiki.text.excerpts import excerpt
from .script_files import compact_json, digest, shard_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.builders import Builder

    from ..pages.site_map import Pages
    from ..wiki import Link, Wiki

__all__ = ["is_atlas_there", "remove_atlas", "update_sentences", "write_atlas"]


_MAP, _NAMES, _WAYS = "map.js", "names.js", "ways"
_TELLERS = 64
"""About how many pages tell their links in one file."""
_SENTENCE = 160
"""Characters of a sentence."""


def write_atlas(
    builder: Builder, wiki: Wiki, pages: Pages, folder: str, stamps: Mapping[str, str]
) -> None:
    """Writes the files that changed, and deletes those that are no more.

    :param folder: where they are, in the output directory.
    :param stamps: docname -> what is another one when its facts are.
    """
    root = Path(builder.outdir, folder)
    there = _files(root)
    addresses = _addresses(builder, wiki, pages)
    names = _call("tropesNames", **_names(wiki, addresses))
    versions = {_NAMES: digest(names)}
    told: dict[str, Any] = {}
    ways: dict[str, list[int]] = {}
    links: Sequence[Sequence[int]] = ()
    if pages.graph:
        links = wiki.atlas.links
        count, ways = _ways(links, addresses)
        versions |= {
            way: _stamp(wiki, addresses, stamps, tellers, links) for way, tellers in ways.items()
        }
        told = {"ways": count, **_map(wiki)}
    # the last to be written: if it is there, all of them are
    last = _call("tropesMap", versions=versions, **told)
    if _MAP in there and text_of(root / _MAP) == last and versions.keys() <= there:
        return
    before = _versions(root)
    (root / _MAP).unlink(missing_ok=True)
    for name in _own(root, there - versions.keys() - {_MAP}):
        delete(root / name, Path(builder.outdir))
    root.mkdir(parents=True, exist_ok=True)
    if text_of(root / _NAMES) != names:
        (root / _NAMES).write_text(names, "utf-8", errors="replace")
    # to cut out sentences is most of the work: only those whose pages changed
    changed = {
        name: tellers
        for name, tellers in ways.items()
        if name not in there or before.get(name) != versions[name]
    }
    if changed:
        _write_ways(root, wiki, addresses, changed, links)
    (root / _MAP).write_text(last, "utf-8", errors="replace")


def update_sentences(
    builder: Builder,
    wiki: Wiki,
    pages: Pages,
    folder: str,
    stamps: Mapping[str, str],
    docnames: AbstractSet[str],
) -> bool:
    """Writes the sentences of some documents again, where the map itself is the same.

    :param docnames: of those.
    :returns: whether that could be done: not where files are missing.
    """
    root = Path(builder.outdir, folder)
    head, _, rest = text_of(root / _MAP).partition("\n")
    versions, links = _versions(root), _links(rest)
    addresses = _addresses(builder, wiki, pages)
    if links is None or len(links) != len(addresses):
        return False
    _count, ways = _ways(links, addresses)
    there = _files(root)
    if versions.keys() != {_NAMES, *ways} or there != {_MAP, *versions}:
        return False
    keys = wiki.atlas.keys
    if not all(keys[teller] in wiki.pages for tellers in ways.values() for teller in tellers):
        return False
    changed = {
        name: tellers
        for name, tellers in ways.items()
        if any(wiki.pages[keys[teller]].docname in docnames for teller in tellers)
    }
    if not changed:
        return True
    for teller in (teller for tellers in changed.values() for teller in tellers):
        ranks = wiki.network.outgoing(keys[teller])
        if not all(keys[target] in ranks for target in links[teller]):
            return False  # a map of another wiki
    (root / _MAP).unlink()
    _write_ways(root, wiki, addresses, changed, links)
    for name, tellers in changed.items():
        versions[name] = _stamp(wiki, addresses, stamps, tellers, links)
    head = f'tropesMap({{"versions":{compact_json(versions)},'
    (root / _MAP).write_text(f"{head}\n{rest}", "utf-8", errors="replace")
    return True


def _write_ways(
    root: Path,
    wiki: Wiki,
    addresses: list[str],
    ways: Mapping[str, list[int]],
    links: Sequence[Sequence[int]],
) -> None:
    for name, text in _told(wiki, addresses, ways, links).items():
        (root / name).parent.mkdir(exist_ok=True)
        if text_of(root / name) != text:
            (root / name).write_text(text, "utf-8", errors="replace")


def is_atlas_there(builder: Builder, folder: str) -> bool:
    """Whether the files of an earlier build are there."""
    return all(Path(builder.outdir, folder, name).exists() for name in (_MAP, _NAMES))


def remove_atlas(builder: Builder, folder: str) -> None:
    """Deletes the files of an earlier build."""
    root = Path(builder.outdir, folder)
    for name in _own(root, _files(root)):
        delete(root / name, Path(builder.outdir))


_MARKS = {_MAP: "tropesMap(", _NAMES: "tropesNames("}


def _own(root: Path, names: Iterable[str]) -> list[str]:
    """Those of the files that are no one else's, whatever their names."""
    return [
        name for name in sorted(names) if begins_with(root / name, _MARKS.get(name, "tropesWays("))
    ]


def _files(root: Path) -> set[str]:
    """The files that are ours, as seen from *root*."""
    ways = {f"{_WAYS}/{path.name}" for path in (root / _WAYS).glob("*.js")}
    return ways | {name for name in (_MAP, _NAMES) if (root / name).exists()}


def _addresses(builder: Builder, wiki: Wiki, pages: Pages) -> list[str]:
    """The address of each page on the map, from the root of the site; empty if it has none."""
    found = []
    for key in wiki.atlas.keys:
        page = wiki.pages.get(key)
        docname = page.docname if page else pages.backlinks(wiki.wanted_name(key))
        anchor = page.facts.anchor if page else ""
        # not all builders quote it
        uri = quote(unquote(builder.get_target_uri(docname))) if docname else ""
        found.append(f"{uri}#{anchor}" if anchor else uri)
    return found


def _names(wiki: Wiki, addresses: list[str]) -> dict[str, Any]:
    """Title, address and namespace of each page, and its other names; the written ones first."""
    used: dict[str, int] = {}
    pages: list[list[Any]] = []
    for key, address in zip(wiki.atlas.keys, addresses, strict=True):
        page = wiki.pages.get(key)
        name = page.name if page else wiki.wanted_name(key)
        namespace = name.partition("/")[0]
        number = used.setdefault(namespace, len(used))
        title = page.title if page else PageName(*name.split("/", 1)).title
        pages.append([title, address, number, *_other_names(name, title, wiki.aliases.get(key))])
    labels = [[namespace, wiki.namespaces.label(namespace)] for namespace in used]
    return {"pages": pages, "written": wiki.atlas.written, "namespaces": labels}


def _other_names(name: str, title: str, aliases: Iterable[str] | None) -> list[Any]:
    """The aliases of a page, in words and with a namespace where that is another one; and its own
    canonical *name*, where its *title* is no spelling of it. Nothing where there is neither.
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
    """Where everything lies."""
    atlas, network = wiki.atlas, wiki.network
    numbers = {key: number for number, key in enumerate(atlas.keys)}
    return {
        "communities": [
            [numbers.get(community.name, -1), community.x, community.y, community.radius]
            for community in atlas.communities
        ],
        "bridges": atlas.bridges,
        "nodes": [[node.x, node.y, node.community] for node in atlas.nodes],
        "links": atlas.links,
        # no tie of theirs is drawn
        "hubs": {
            number: len({*network.incoming(key), *network.outgoing(key)})
            for key, number in numbers.items()
            if key in network.ends
        },
    }


def _ways(links: Sequence[Sequence[int]], addresses: list[str]) -> tuple[int, dict[str, list[int]]]:
    """How many files of sentences there may be; and of each, which pages tell them."""
    count = 1
    while count * _TELLERS < len(addresses):
        count *= 2
    width = len(f"{count - 1:x}")
    found: dict[str, list[int]] = {}
    for teller, targets in enumerate(links):
        if targets:
            name = f"{shard_of(addresses[teller], count):0{width}x}"
            found.setdefault(f"{_WAYS}/{name}.js", []).append(teller)
    return count, dict(sorted(found.items()))


def _stamp(
    wiki: Wiki,
    addresses: list[str],
    stamps: Mapping[str, str],
    tellers: Iterable[int],
    links: Sequence[Sequence[int]],
) -> str:
    """What is another one when a file of sentences is."""
    atlas = wiki.atlas
    parts = [__version__]
    for teller in tellers:
        key = atlas.keys[teller]
        ranks = wiki.network.outgoing(key)
        parts += [addresses[teller], stamps.get(wiki.pages[key].docname, "")]
        # another link may be the strongest where a name leads somewhere else now
        parts += [f"{addresses[target]} {ranks[atlas.keys[target]]}" for target in links[teller]]
    return digest("\n".join(parts))


def _told(
    wiki: Wiki,
    addresses: list[str],
    ways: Mapping[str, list[int]],
    links: Sequence[Sequence[int]],
) -> dict[str, str]:
    """The files of sentences: address of a page -> what it tells of those it links to: address, id
    of the link and sentence.
    """
    atlas = wiki.atlas
    numbers = {key: number for number, key in enumerate(atlas.keys)}
    told: dict[int, list[tuple[str, ...]]] = {
        teller: [] for tellers in ways.values() for teller in tellers
    }
    for docname in sorted({wiki.pages[atlas.keys[teller]].docname for teller in told}):
        for source, target, link in _strongest(wiki, docname, numbers):
            if source in told and target in links[source]:
                told[source].append((addresses[target], *_sentence(wiki, docname, link)))
    return {
        name: _call_with_lines(
            name,
            sorted(
                f"{compact_json(addresses[teller])}:{compact_json(sorted(told[teller]))}"
                for teller in tellers
            ),
        )
        for name, tellers in ways.items()
    }


def _call_with_lines(name: str, lines: list[str]) -> str:
    entries = ",\n".join(lines)
    stem = name.removeprefix(f"{_WAYS}/").removesuffix(".js")
    return f'tropesWays("{stem}",{{\n{entries}\n}});\n'


def _strongest(
    wiki: Wiki, docname: str, numbers: Mapping[str, int]
) -> Iterator[tuple[int, int, Link]]:
    """Source, target and the strongest link between any two pages, of those in one document."""
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
    """Id of a link, and what stands before it, its words, and what stands after it."""
    text = wiki.documents[docname].texts[link.block]
    told = excerpt(text, link.start, link.end, _SENTENCE)
    anchor = link_anchor(path_of(link.target), link.nth)
    return anchor, told.before, told.words, told.after


def _call(function: str, **values: Any) -> str:
    """A file that hands over *values*, a line for each row of a list: a change of one is a change
    of a line.
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


def _versions(root: Path) -> dict[str, str]:
    """The versions of the files of an earlier build."""
    line = text_of(root / _MAP).partition("\n")[0]
    told = json_in("{" + line.partition("{")[2].rstrip(",") + "}")
    found = told.get("versions") if isinstance(told, dict) else None
    is_ours = isinstance(found, dict) and all(isinstance(text, str) for text in found.values())
    return cast("dict[str, str]", found) if is_ours else {}


def _links(text: str) -> list[list[int]] | None:
    """Which page is tied to which, as the map of an earlier build tells."""
    told = json_in("{" + text[text.find('"links"') :].rpartition("});")[0] + "}")
    found = told.get("links") if isinstance(told, dict) else None
    if not isinstance(found, list):
        return None
    count = len(found)
    is_ours = all(
        isinstance(row, list) and all(type(to) is int and 0 <= to < count for to in row)
        for row in found
    )
    return cast("list[list[int]]", found) if is_ours else None
