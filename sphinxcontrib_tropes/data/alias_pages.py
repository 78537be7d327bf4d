"""The pages of aliases: an old or second name keeps an address, which leads on to the page.

They are small files that no theme touches, and no documents: neither search nor sitemaps list them. A
list of them stands below the generated pages, so that a later build knows which to delete.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from sphinx.util.osutil import relative_uri

from ..builders import abilities
from ..internals.sphinx.output_files import output_path
from ..messages import is_right_to_left, warn
from ..names import normalized
from ..pages.aliases import as_file, sentence, told_apart
from ..pages.site_map import ALIASES_FILE
from ..stored_files import begins_with, delete, is_docname, read_json, write_whole
from .emitters import add_emitter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TypeAlias

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from .emitters import Emission

    _Listed: TypeAlias = Mapping[str, "_Entry"]

__all__ = ["AliasFiles", "setup", "written_aliases"]

_MARK = "<!doctype html>\n<!-- The address of an alias, by sphinxcontrib-tropes -->\n"


class _Entry(NamedTuple):
    """What is listed of the page of an alias."""

    name: str
    """Canonical name of the alias."""
    to: str
    """The address that it leads to, from the root of the site."""
    title: str


class AliasFiles:
    """Emits the pages, and the list of them."""

    name = "aliases"

    def place(self, emission: Emission) -> str:
        builder = emission.builder
        is_written = builder.config.tropes_alias_pages and abilities(builder).is_served
        return self.usual_place(builder.config.tropes_pages_prefix) if is_written else ""

    def usual_place(self, prefix: str) -> str:
        return f"{prefix}/{ALIASES_FILE}"

    def is_complete(self, builder: Builder, place: str, stored: Any) -> bool:
        listed = _read(builder, place)
        if listed is None or stored != {"left out": 0}:
            return False  # what is left out is told in every build
        documents = {as_file(builder, docname) for docname in builder.env.found_docs}
        return all(
            as_file(builder, docname) not in documents and _path(builder, docname).is_file()
            for docname in listed
        )

    def remove(self, builder: Builder, place: str) -> None:
        listed = _read(builder, place)
        if listed is not None:  # a state from elsewhere may name any file
            _delete(builder, listed)
            delete(Path(builder.outdir, place), Path(builder.outdir))

    def write(self, emission: Emission, place: str, stored: Any) -> dict[str, int]:
        builder, before = emission.builder, _read(emission.builder, place) or {}
        generated = (*emission.pages.of_kind.values(), *emission.pages.of_backlinks)
        found, left_out = told_apart(builder, emission.wiki, generated)
        told = dict(left_out)
        listed, disk = {}, _Disk(Path(builder.outdir))
        for page in found:
            if in_the_way := disk.foreign_file(_path(builder, page.docname)):
                told[page] = sentence(page.name, f"the file {in_the_way!r} is")
            else:
                to = builder.get_target_uri(page.to)
                to += f"#{quote(page.anchor)}" if page.anchor else ""
                listed[page.docname] = _Entry(page.name, to, page.title)
        for page in sorted(told, key=lambda page: (page.source, page.line, page.name)):
            warn("collision", told[page], (page.source, page.line))
        _write_list(builder, place, {**before, **listed})  # an interrupted build loses none
        _delete(builder, before.keys() - listed.keys())
        for docname, entry in listed.items():
            path = _path(builder, docname)
            if stored is None or before.get(docname) != entry or not path.is_file():
                write_whole(path, _text(builder, docname, entry))
        _write_list(builder, place, listed)
        return {"left out": len(told)}


def written_aliases(builder: Builder) -> dict[str, str]:
    """Canonical name of each alias that has a page -> its address, from the root of the site."""
    listed = _read(builder, AliasFiles().usual_place(builder.config.tropes_pages_prefix))
    if not builder.config.tropes_alias_pages or not abilities(builder).is_served:
        return {}
    pages = sorted((listed or {}).items())
    return {entry.name: builder.get_target_uri(docname) for docname, entry in pages}


def _path(builder: Builder, docname: str) -> Path:
    path = output_path(builder, docname)
    assert path is not None
    return path


def _read(builder: Builder, place: str) -> _Listed | None:
    """Docname of each page -> what is listed of it; None if there is no list of ours."""
    found = read_json(Path(builder.outdir, place))
    if not isinstance(found, dict) or found.keys() != {"aliases"}:
        return None
    listed = found["aliases"]
    if not isinstance(listed, dict) or not all(map(is_docname, listed)):
        return None
    for entry in listed.values():
        if not isinstance(entry, list) or list(map(type, entry)) != [str, str, str]:
            return None
    return {docname: _Entry(*entry) for docname, entry in listed.items()}


def _write_list(builder: Builder, place: str, listed: _Listed) -> None:
    text = json.dumps({"aliases": listed}, ensure_ascii=False, indent=0, sort_keys=True)
    write_whole(Path(builder.outdir, place), f"{text}\n")


def _delete(builder: Builder, docnames: Iterable[str]) -> None:
    """Deletes the pages with these names, unless something else is there now."""
    for docname in docnames:
        path = _path(builder, docname)
        if begins_with(path, _MARK):
            delete(path, Path(builder.outdir))


def _text(builder: Builder, docname: str, entry: _Entry) -> str:
    config, title = builder.config, escape(entry.title)
    page, hash_, anchor = entry.to.partition("#")
    to = escape(relative_uri(builder.get_target_uri(docname), page) + hash_ + anchor)
    site = config.html_baseurl.rstrip("/")
    canonical = escape(f"{site}/{entry.to}") if site else to
    direction = ' dir="rtl"' if is_right_to_left(config.language) else ""
    language = escape(config.language.replace("_", "-"))
    return f"""{_MARK}<html lang="{language}"{direction}>
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={to}">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="canonical" href="{canonical}">
<title>{title}</title>
</head>
<body>
<main><h1><a href="{to}">{title}</a></h1></main>
</body>
</html>
"""


class _Disk:
    """The files in a folder, found as a disk finds them that ignores case and normal forms."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._listed: dict[Path, dict[str, list[str]]] = {}

    def foreign_file(self, path: Path) -> str:
        """A file that is not ours and that some disk can't tell from *path*; empty if there is none."""
        for found in self._like(self._root, path.relative_to(self._root).parts):
            if not begins_with(found, _MARK):
                return found.relative_to(self._root).as_posix()
        return ""

    def _like(self, folder: Path, parts: tuple[str, ...]) -> Iterator[Path]:
        first, *rest = parts
        for name in self._names(folder).get(_folded(first), ()):
            if rest:
                yield from self._like(folder / name, tuple(rest))
            else:
                yield folder / name

    def _names(self, folder: Path) -> dict[str, list[str]]:
        if folder not in self._listed:
            names: dict[str, list[str]] = {}
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                names.setdefault(_folded(path.name), []).append(path.name)
            self._listed[folder] = names
        return self._listed[folder]


def _folded(name: str) -> str:
    return normalized(normalized(name, "NFD").casefold())


def setup(app: Sphinx) -> None:
    """Adds the emitter."""
    add_emitter(app, AliasFiles())
