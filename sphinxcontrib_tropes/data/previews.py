"""Previews: what a reader sees of a page before going there, in files that a page loads on demand.

An entry is found by the address of the link, so links need no extra attribute. A hash of the
address says which file has it; the manifest says how many files there are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypedDict, cast
from urllib.parse import quote, unquote

from ..builders import abilities
from ..internals.sphinx.output_files import image_path
from ..messages import _, ngettext
from ..pages.creation import creation_address
from ..pages.site_map import PREVIEWS_FOLDER
from ..stored_files import json_in
from ..wiki.views.previews import Card, cards
from .emitters import add_emitter
from .script_files import (
    ScriptFolder,
    call,
    compact_json,
    count_of_files,
    digest,
    shard_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ..pages.site_map import Pages
    from ..wiki import Wiki
    from ..wiki.views.lead_links import LeadLink
    from .emitters import Emission

__all__ = ["Previews", "setup"]

_ENTRIES = 64
"""Approximate entries per file: some 10 kB. A page loads a few files."""


class Previews:
    """Emits the preview data."""

    name = "previews"

    def place(self, emission: Emission) -> str:
        config = emission.builder.config
        is_shown = config.tropes_preview and not abilities(emission.builder).is_book
        return self.usual_place(config.tropes_pages_prefix) if is_shown else ""

    def usual_place(self, prefix: str) -> str:
        return f"{prefix}/{PREVIEWS_FOLDER}"

    def is_complete(self, builder: Builder, place: str, stored: Any) -> bool:
        folder = _folder(builder, place)
        manifest = _manifest(folder)
        return (
            manifest is not None
            and {f"{name}.js" for name in manifest["versions"]} <= folder.files()
        )

    def remove(self, builder: Builder, place: str) -> None:
        _folder(builder, place).remove()

    def write(self, emission: Emission, place: str, stored: Any) -> None:
        folder = _folder(emission.builder, place)
        if not _update(folder, emission):
            _write(folder, emission)


def _folder(builder: Builder, place: str) -> ScriptFolder:
    marks = {r"manifest\.js": "tropesManifest(", r"[0-9a-f]+\.js": "tropesData("}
    return ScriptFolder(builder, place, "manifest.js", marks)


class _Manifest(TypedDict):
    """The content of the manifest."""

    shards: int
    versions: dict[str, str]
    words: dict[str, str]


def _manifest(folder: ScriptFolder) -> _Manifest | None:
    """The manifest of an earlier build; None if it is missing or not ours."""
    found = json_in(folder.read(folder.manifest).partition("(")[2].rpartition(")")[0])
    if (
        isinstance(found, dict)
        and found.keys() == _Manifest.__annotations__.keys()
        and type(found["shards"]) is int
        and isinstance(found["versions"], dict)
        and all(_HEX.issuperset(name) and name for name in found["versions"])
        and isinstance(found["words"], dict)
    ):
        return cast("_Manifest", found)
    return None


_HEX = frozenset("0123456789abcdef")


def _as_manifest(manifest: _Manifest) -> str:
    return f"tropesManifest({compact_json(manifest)});\n"


def _write(folder: ScriptFolder, emission: Emission) -> None:
    """Writes all files anew."""
    found = dict(sorted(_entries(emission.builder, emission.wiki, emission.pages)))
    count = count_of_files(len(found), _ENTRIES)
    shards: dict[str, list[str]] = {}
    for address, entry in found.items():
        shards.setdefault(shard_name(address, count), []).append(_line(address, entry))
    texts = {name: _as_file(name, lines) for name, lines in sorted(shards.items())}
    versions = {name: _version(text) for name, text in texts.items()}
    files = {f"{name}.js": text for name, text in texts.items()}
    obsolete = folder.files() - files.keys() - {folder.manifest}
    manifest = _Manifest(shards=count, versions=versions, words=_words())
    folder.write(_as_manifest(manifest), files, obsolete)


def _update(folder: ScriptFolder, emission: Emission) -> bool:
    """Writes only the files with entries that may have changed.

    :returns: whether this was possible; False if all files must be written anew.
    """
    invalidated, manifest = emission.invalidated, _manifest(folder)
    builder, wiki, pages = emission.builder, emission.wiki, emission.pages
    if invalidated is None or manifest is None:
        return False
    count, versions = manifest["shards"], manifest["versions"]
    entries = count_of_files(_number_of_cards(wiki, pages), _ENTRIES)
    if entries != count or manifest["words"] != _words():
        return False
    lines = {unquote(builder.get_target_uri(docname)): "" for docname in emission.removed}
    lines |= {
        address: _line(address, entry)
        for address, entry in _entries(builder, wiki, pages, invalidated.pages)
    }
    changes: dict[str, dict[str, str]] = {}
    for address, line in lines.items():
        changes.setdefault(shard_name(address, count), {})[address] = line
    texts, emptied = {}, set()
    for name, changed in sorted(changes.items()):
        text = folder.read(f"{name}.js")
        if _version(text) != versions.get(name, _version("")):
            return False
        found = {address: line for address, line in (_lines(text) | changed).items() if line}
        versions.pop(name, None)
        if found:
            texts[f"{name}.js"] = _as_file(name, [found[address] for address in sorted(found)])
            versions[name] = _version(texts[f"{name}.js"])
        else:
            emptied.add(f"{name}.js")
    manifest["versions"] = dict(sorted(versions.items()))
    folder.write(_as_manifest(manifest), texts, emptied)
    return True


def _number_of_cards(wiki: Wiki, pages: Pages) -> int:
    """How many cards links can show."""
    written = sum(wiki.resolve(page.name).key == page.key for page in wiki.pages.values())
    return written + sum(bool(pages.backlinks(wanted.name)) for wanted in wiki.wanted)


def _version(text: str) -> str:
    return digest(text, 4)


def _line(address: str, entry: dict[str, Any]) -> str:
    return f"{compact_json(address)}:{compact_json(entry)}"


def _as_file(name: str, lines: Iterable[str]) -> str:
    return call("tropesData", [name], lines)


def _lines(text: str) -> dict[str, str]:
    """Address -> the line of each entry in the text of a file."""
    found = {}
    for line in text.split("\n")[1:-2]:
        address, _end = _DECODER.raw_decode(line)
        found[address] = line.removesuffix(",") if line.endswith("},") else line
    return found


_DECODER = json.JSONDecoder()


def _entries(
    builder: Builder, wiki: Wiki, pages: Pages, keys: AbstractSet[str] | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Address and entry of every card that a link can show, or only of some pages."""

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
                    for choice in some
                ]
                for some in (card.choices, card.candidates)
            )
            related = [
                [
                    other.title,
                    quoted(other.docname, other.anchor),
                    quoted(other.sentence_docname, other.sentence_anchor),
                    list(other.excerpt),
                ]
                for other in card.related
            ]
            found = {
                "choices": choices,
                "near": near,
                "related": related,
                "create": (
                    "" if card.docname else creation_address(pages.host, card.name, card.title)
                ),
                "picture": quote(image_path(builder, card.picture)),
                "links": _links(card.lead, card.links, quoted),
                "sections": {
                    section.anchor: _without_empty(
                        title=section.title,
                        lead=section.lead,
                        links=_links(section.lead, section.links, quoted),
                    )
                    for section in card.sections
                },
            }
            yield address(docname, card.anchor), _entry(card, found)


def _links(
    text: str, links: Iterable[LeadLink], quoted: Callable[[str, str], str]
) -> list[tuple[int, int, str]]:
    """Where the links of a *text* begin and end, as scripts count, and their addresses."""
    return [
        (_units(text[: link.start]), _units(text[: link.end]), quoted(link.docname, link.anchor))
        for link in links
    ]


def _units(text: str) -> int:
    """The length of *text* in a script: in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _without_empty(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _entry(card: Card, found: dict[str, Any]) -> dict[str, Any]:
    """The entry of one preview, without empty values."""
    entry: dict[str, Any] = {
        "title": card.title,
        "namespace": card.namespace,
        "laconic": card.laconic,
        "lead": card.lead,
        **found,
    }
    if card.wants:
        entry["kind"] = card.kind
        entry["wants"] = ngettext("%d page wants it", "%d pages want it", card.wants) % card.wants
        more = ["…"] if card.wants > len(card.wanted_by) else []
        entry["wanted_by"] = [*card.wanted_by, *more]
    return {name: value for name, value in entry.items() if value}


def _words() -> dict[str, str]:
    """The words the script shows, in the language of the project."""
    return {
        "wanted": str(_("Not written yet")),
        "ambiguous": str(_("Not written, but it may be one of these:")),
        "near": str(_("Did you mean: ")).strip(),
        "cover": str(_("spoiler")),
        "related": str(_("Related pages")),
        "create": str(_("Create this page")),
        "pin": str(_("Pin this preview")),
        "move": str(_("Move with the mouse or the arrow keys")),
        "close": str(_("Close")),
    }


def setup(app: Sphinx) -> None:
    """Adds the emitter."""
    add_emitter(app, Previews())
