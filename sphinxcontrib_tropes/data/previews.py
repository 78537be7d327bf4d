"""Cards as data beside the pages: what previews show, in files that a page asks for on demand.

Each file is one call of a function, for a script may be loaded where nothing may be fetched: from
``file://``. An entry is found by the address of what a link leads to, so that links need to bear
nothing for it. In which file it is, a hash of the address says; how many files there are, and
which version of each, is in the manifest.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, cast
from urllib.parse import quote, unquote

from ..messages import _, ngettext
from ..stored_files import begins_with, delete, json_in
from ..wiki.views.previews import Card, cards
from .script_files import compact_json, shard_of, text_of, version_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.builders import Builder

    from ..pages.site_map import Pages
    from ..wiki import Wiki

__all__ = ["are_there", "remove_shards", "update_shards", "write_shards"]


_MANIFEST = "manifest.js"
_SHARD = re.compile(r"[0-9a-f]+\.js")
_ENTRIES = 64
"""About how many entries a file has: some 10 kB, of which a page asks for a few."""


def write_shards(builder: Builder, wiki: Wiki, pages: Pages, folder: str) -> None:
    """Writes the files that changed, and deletes those that are no more.

    :param folder: where they are, in the output directory.
    """
    root = Path(builder.outdir, folder)
    count, texts = _shards(_entries(builder, wiki, pages))
    versions = {name: version_of(text) for name, text in texts.items()}
    told = {"shards": count, "versions": versions, "words": _words()}
    manifest = f"tropesManifest({compact_json(told)});\n"
    changed = {name: text for name, text in texts.items() if text_of(root / f"{name}.js") != text}
    obsolete = [path for path in _own_files(root) if path.stem not in texts]
    if not changed and not obsolete and text_of(root / _MANIFEST) == manifest:
        return
    # without it, the next build sees that this one was cut short
    (root / _MANIFEST).unlink(missing_ok=True)
    for path in obsolete:
        delete(path, Path(builder.outdir))
    root.mkdir(parents=True, exist_ok=True)
    for name, text in changed.items():
        (root / f"{name}.js").write_text(text, "utf-8", errors="replace")
    (root / _MANIFEST).write_text(manifest, "utf-8")


def update_shards(
    builder: Builder,
    wiki: Wiki,
    pages: Pages,
    folder: str,
    keys: AbstractSet[str],
    gone: Iterable[str],
) -> bool:
    """Writes the files with the cards of some pages again.

    :param keys: of those.
    :param gone: documents of which there may be no card any more.
    :returns: whether that could be done: not where other cards would have other files.
    """
    root = Path(builder.outdir, folder)
    told = _manifest(root)
    if told is None:
        return False
    count, versions = told["shards"], told["versions"]
    if _count(_cards_there(wiki, pages)) != count or told["words"] != _words():
        return False
    width = len(f"{count - 1:x}")
    changes: dict[str, dict[str, str]] = {}
    lines = {unquote(builder.get_target_uri(docname)): "" for docname in gone}
    lines |= {
        address: f"{compact_json(address)}:{compact_json(entry)}"
        for address, entry in _entries(builder, wiki, pages, keys)
    }
    for address, line in lines.items():
        name = f"{shard_of(address, count):0{width}x}"
        changes.setdefault(name, {})[address] = line
    texts = {}
    for name, changed in sorted(changes.items()):
        text = text_of(root / f"{name}.js")
        if version_of(text) != versions.get(name, version_of("")):
            return False
        found = _lines(text) | changed
        texts[name] = _call(name, [found[address] for address in sorted(found) if found[address]])
        is_empty = not any(found.values())
        versions.pop(name, None)
        if is_empty:
            texts[name] = ""
        else:
            versions[name] = version_of(texts[name])
    (root / _MANIFEST).unlink(missing_ok=True)
    for name, text in texts.items():
        if not text:
            delete(root / f"{name}.js", Path(builder.outdir))
    root.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        if text and text != text_of(root / f"{name}.js"):
            (root / f"{name}.js").write_text(text, "utf-8", errors="replace")
    told["versions"] = dict(sorted(versions.items()))
    (root / _MANIFEST).write_text(f"tropesManifest({compact_json(told)});\n", "utf-8")
    return True


def _cards_there(wiki: Wiki, pages: Pages) -> int:
    """How many cards a link leads to."""
    written = sum(wiki.resolve(page.name).key == page.key for page in wiki.pages.values())
    return written + sum(bool(pages.backlinks(wanted.name)) for wanted in wiki.wanted)


def _lines(text: str) -> dict[str, str]:
    """Address -> the line of each entry in the text of a file."""
    found = {}
    for line in text.split("\n")[1:-2]:
        address, _end = _DECODER.raw_decode(line)
        found[address] = line.removesuffix(",") if line.endswith("},") else line
    return found


_DECODER = json.JSONDecoder()


def are_there(builder: Builder, folder: str) -> bool:
    """Whether the files of an earlier build are all there."""
    root = Path(builder.outdir, folder)
    told = _manifest(root)
    return told is not None and told["versions"].keys() <= {path.stem for path in _files(root)}


class _Manifest(TypedDict):
    """What the manifest tells."""

    shards: int
    versions: dict[str, str]
    words: dict[str, str]


def _manifest(root: Path) -> _Manifest | None:
    """What the manifest of an earlier build tells; nothing if there is none, or none of ours."""
    told = json_in(text_of(root / _MANIFEST).partition("(")[2].rpartition(")")[0])
    if (
        isinstance(told, dict)
        and told.keys() == _Manifest.__annotations__.keys()
        and type(told["shards"]) is int
        and isinstance(told["versions"], dict)
        and all(_SHARD.fullmatch(f"{name}.js") for name in told["versions"])
        and isinstance(told["words"], dict)
    ):
        return cast("_Manifest", told)
    return None


def remove_shards(builder: Builder, folder: str) -> None:
    """Deletes the files of an earlier build."""
    root = Path(builder.outdir, folder)
    own = [root / _MANIFEST] if begins_with(root / _MANIFEST, "tropesManifest(") else []
    for path in [*_own_files(root), *own]:
        delete(path, Path(builder.outdir))


def _files(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if _SHARD.fullmatch(path.name))


def _own_files(root: Path) -> list[Path]:
    """Those that are no one else's, whatever their names."""
    return [path for path in _files(root) if begins_with(path, "tropesData(")]


def _entries(
    builder: Builder, wiki: Wiki, pages: Pages, keys: AbstractSet[str] | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Address and entry of every card that a link leads to, or of those of some pages."""

    def address(docname: str, anchor: str) -> str:
        uri = unquote(builder.get_target_uri(docname))
        return f"{uri}#{anchor}" if anchor else uri

    def quoted(docname: str, anchor: str) -> str:
        uri = quote(unquote(builder.get_target_uri(docname)))  # not all builders quote it
        return f"{uri}#{quote(anchor)}" if anchor else uri

    for card in cards(wiki, keys):
        docname = card.docname or pages.backlinks(card.name)
        if docname:
            choices, near = (
                [
                    [choice.title, choice.namespace, quoted(choice.docname, choice.anchor)]
                    for choice in found
                ]
                for found in (card.choices, card.near)
            )
            related = [
                [
                    found.title,
                    quoted(found.docname, found.anchor),
                    quoted(found.sentence_docname, found.sentence_anchor),
                    list(found.excerpt),
                ]
                for found in card.related
            ]
            yield address(docname, card.anchor), _entry(card, choices, near, related)


def _entry(
    card: Card, choices: list[list[str]], near: list[list[str]], related: list[list[Any]]
) -> dict[str, Any]:
    """What a preview shows; nothing where a page says nothing."""
    entry: dict[str, Any] = {
        "title": card.title,
        "namespace": card.namespace,
        "laconic": card.laconic,
        "lead": card.lead,
        "choices": choices,
        "near": near,
        "related": related,
    }
    if card.wants:
        entry["kind"] = card.kind
        entry["wants"] = ngettext("%d page wants it", "%d pages want it", card.wants) % card.wants
        more = ["…"] if card.wants > len(card.wanted_by) else []
        entry["wanted_by"] = [*card.wanted_by, *more]
    return {name: value for name, value in entry.items() if value}


def _words() -> dict[str, str]:
    """What the script says, in the language of the project."""
    return {
        "wanted": str(_("Not written yet")),
        "ambiguous": str(_("Not written, but it may be one of these:")),
        "near": str(_("Did you mean: ")).strip(),
        "cover": str(_("spoiler")),
        "related": str(_("Related pages")),
    }


def _shards(entries: Iterator[tuple[str, dict[str, Any]]]) -> tuple[int, dict[str, str]]:
    """How many files there may be; and of each that has any entry, its name without the suffix
    and its text.
    """
    found = dict(sorted(entries))
    count = _count(len(found))
    width = len(f"{count - 1:x}")
    shards: dict[str, list[str]] = {}
    for address, entry in found.items():
        name = f"{shard_of(address, count):0{width}x}"
        shards.setdefault(name, []).append(f"{compact_json(address)}:{compact_json(entry)}")
    return count, {name: _call(name, lines) for name, lines in sorted(shards.items())}


def _count(entries: int) -> int:
    """How many files there are for so many entries."""
    count = 1
    while count * _ENTRIES < entries:
        count *= 2
    return count


def _call(name: str, lines: list[str]) -> str:
    # a line for each entry: a change of one is a change of a line
    entries = ",\n".join(lines)
    return f'tropesData("{name}",{{\n{entries}\n}});\n'
