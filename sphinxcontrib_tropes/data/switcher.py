"""The data of the quick switcher: the names of all pages, in files that it loads as a reader types.

The manifest has the keys of all blocks. A hash of a key says which file has the block, so a change
to a name changes a file or two.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from .._version import __version__
from ..builders import abilities
from ..messages import _
from ..pages.creation import skeleton
from ..pages.site_map import SWITCHER_FOLDER
from ..stored_files import json_in
from ..wiki.exchange.name_blocks import LONGEST_KEY, Blocks, blocks_of, names_of
from .emitters import add_emitter
from .script_files import ScriptFolder, call, compact_json, digest, shard_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ..pages.site_map import Pages
    from ..wiki import Wiki
    from ..wiki.exchange.name_blocks import Name
    from .emitters import Emission

__all__ = ["SwitcherFiles", "setup"]

_MANIFEST = "manifest.js"
_FILES = 1 << 24
"""How many names there are for files: enough that two blocks are seldom in one."""
_LARGEST_INDEX = 4_000_000
"""Maximum bytes of Sphinx's search index that the switcher loads: a quarter of it is transferred."""
_BEST = "*"
"""The end of the key of a block with the best of many names; no name has it in its own."""


class SwitcherFiles:
    """Emits the data of the switcher."""

    name = "switcher"

    def place(self, emission: Emission) -> str:
        config = emission.builder.config
        is_shown = config.tropes_switcher_key is not False
        is_book = abilities(emission.builder).is_book
        return self.usual_place(config.tropes_pages_prefix) if is_shown and not is_book else ""

    def usual_place(self, prefix: str) -> str:
        return f"{prefix}/{SWITCHER_FOLDER}"

    def is_complete(self, builder: Builder, place: str, stored: Any) -> bool:
        folder = _folder(builder, place)
        keys = _keys(folder.read(_MANIFEST))
        return keys is not None and {_file(key) for key in keys} <= folder.files()

    def remove(self, builder: Builder, place: str) -> None:
        _folder(builder, place).remove()

    def write(self, emission: Emission, place: str, stored: Any) -> dict[str, str]:
        wiki, pages, builder = emission.wiki, emission.pages, emission.builder
        found = list(names_of(wiki, pages.backlinks))
        namespaces = _namespaces(wiki, found)
        head = {
            "longest": LONGEST_KEY,
            "namespaces": [[name, wiki.namespaces.label(name)] for name in namespaces if name],
            "create": _creation(pages),
            "search": _search(builder),
            "words": _words(),
        }
        # most edits change no name, and cutting is most of the work
        state = {"names": digest(repr((__version__, builder.name, found, head)), 16)}
        if stored == state and self.is_complete(builder, place, stored):
            return state
        files = _files(blocks_of(found), _Rows(builder, namespaces))
        folder = _folder(builder, place)
        version = digest("".join(files.texts.values()), 4)
        manifest = {"version": version, **head, "blocks": files.blocks, "best": files.best}
        obsolete = folder.files() - files.texts.keys() - {_MANIFEST}
        folder.write(f"tropesSwitcher({compact_json(manifest)});\n", files.texts, obsolete)
        return state


def _folder(builder: Builder, place: str) -> ScriptFolder:
    marks = {r"manifest\.js": "tropesSwitcher(", r"[0-9a-f]{6}\.js": "tropesNamesIn("}
    return ScriptFolder(builder, place, _MANIFEST, marks)


def _file(key: str) -> str:
    return f"{shard_name(key, _FILES)}.js"


def _keys(manifest: str) -> list[str] | None:
    """The keys of all blocks, in a manifest of an earlier build; None if it is missing or not ours."""
    found = json_in(manifest.partition("(")[2].rpartition(")")[0])
    if not isinstance(found, dict):
        return None
    blocks, best = found.get("blocks"), found.get("best")
    if not isinstance(blocks, list) or not isinstance(best, list):
        return None
    if not all(isinstance(key, str) for key in (*blocks, *best)):
        return None
    return [*blocks, *(f"{key}{_BEST}" for key in best)]


class _Files:
    """The files of all blocks."""

    def __init__(self, blocks: Iterable[str], best: Iterable[str]) -> None:
        self.blocks = list(blocks)
        self.best = list(best)
        self.texts: dict[str, str] = {}


def _files(found: Blocks, rows: _Rows) -> _Files:
    files = _Files(found.blocks, found.best)
    lines: dict[str, list[str]] = {}
    keyed = {**found.blocks, **{f"{key}{_BEST}": names for key, names in found.best.items()}}
    for key, names in keyed.items():
        text = f"{compact_json(key)}:[{','.join(map(rows.row, names))}]"
        lines.setdefault(_file(key), []).append(text)
    files.texts = {name: call("tropesNamesIn", [], lines[name]) for name in sorted(lines)}
    return files


class _Rows:
    """What a file has of each name."""

    def __init__(self, builder: Builder, namespaces: Iterable[str]) -> None:
        self._builder = builder
        self._numbers: Mapping[str, int] = {name: at for at, name in enumerate(namespaces)}
        self._rows: dict[Name, str] = {}

    def row(self, name: Name) -> str:
        found = self._rows.get(name)
        if found is None:
            number = self._numbers[name.namespace]
            parts = [name.name, self._address(name), number, name.weight, name.kind, name.title]
            while not parts[-1]:
                parts.pop()
            found = self._rows[name] = compact_json(parts)
        return found

    def _address(self, name: Name) -> str:
        uri = quote(
            unquote(self._builder.get_target_uri(name.docname))
        )  # not all builders quote it
        return f"{uri}#{quote(name.anchor)}" if name.anchor else uri


def _namespaces(wiki: Wiki, names: Iterable[Name]) -> list[str]:
    """The namespaces that have names, in the order of the configuration; last that of none."""
    used = {name.namespace for name in names} - {""}
    order = {name: at for at, name in enumerate(wiki.namespaces)}
    return [*sorted(used, key=lambda name: (order.get(name, len(order)), name)), ""]


def _creation(pages: Pages) -> dict[str, str]:
    """What a script needs to offer a form that creates a page; nothing if there is no form."""
    if pages.host is None or not pages.host.creation_template:
        return {}
    return {
        "template": pages.host.creation_template,
        "folder": pages.host.folder,
        "text": skeleton("%s"),
    }


def _search(builder: Builder) -> dict[str, Any]:
    """Where Sphinx's search is, and whether its index is small enough to load beside a page; nothing
    if there is none.
    """
    index = Path(builder.outdir, getattr(builder, "searchindex_filename", None) or "")
    if not getattr(builder, "search", False) or not index.is_file():
        return {}
    is_small = index.stat().st_size <= _LARGEST_INDEX
    return {"page": builder.get_target_uri("search"), "index": is_small}


def _words() -> dict[str, str]:
    """The words the script shows, in the language of the project."""
    return {
        "find": str(_("Find a page")),
        "hint": str(_("Name of a page")),
        "names": str(_("Pages")),
        "texts": str(_("In the texts")),
        "search": str(_("Search all texts for “%s”")),
        "namespaces": str(_("Namespaces")),
        "all": str(_("All")),
        "none": str(_("No page has such a name.")),
        "found": str(_("%d found")),
        "create": str(_("Create the page “%s”")),
        "wanted": str(_("Not written yet")),
        "preview": str(_("Preview")),
        "close": str(_("Close")),
    }


def setup(app: Sphinx) -> None:
    """Adds the emitter."""
    add_emitter(app, SwitcherFiles())
