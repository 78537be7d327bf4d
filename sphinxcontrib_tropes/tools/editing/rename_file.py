"""The file of a page to be renamed: where it is, where it moves, and what the move would break."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from ...markup.nodes import trope_page
from ...markup.parser import page_name_of_file
from ...names import MAIN, PageName, key_of
from ..refusal import Refusal
from .spellings import Spellings

if TYPE_CHECKING:
    from .source_files import Sources

__all__ = ["Definition", "check_pictures", "find_definition", "new_path"]

_MOST_BYTES = 200
"""Maximum bytes of a file name: file systems allow 255, and Sphinx adds suffixes."""
_FROM_ANYWHERE = re.compile(r"/|[A-Za-z][A-Za-z0-9+.\-]*:")


class Definition(NamedTuple):
    """Where a page is defined."""

    path: str
    is_file: bool
    """Whether a file of its own defines the page; otherwise a directive does."""


def find_definition(sources: Sources, old: PageName, new: PageName) -> Definition:
    """Where *old* is defined.

    :raises Refusal: if *old* is defined nowhere or twice, or if *new* exists already.
    """
    found: list[Definition] = []
    for name in (old, new):
        for path in sources.naming(name):
            if not sources.kind(path) or not sources.may_define(path, name):
                continue
            for page in sources.doctree(path, sources.texts[path]).findall(trope_page):
                _check_page(page, path, old, new)
                if key_of(page["name"]) == old.key and name is old:
                    found.append(Definition(path, sources.kind(path) == "trope"))
    if not found:
        raise Refusal(f"there is no page {old}")
    if len(found) > 1:
        paths = ", ".join(sorted(definition.path for definition in found))
        raise Refusal(f"{old} is defined twice: in {paths}")
    return found[0]


def _check_page(page: trope_page, path: str, old: PageName, new: PageName) -> None:
    own, aliases = key_of(page["name"]), set(map(key_of, page["aliases"]))
    if own == new.key:
        raise Refusal(f"there is already a page {new}: {path}")
    if old.key in aliases and own != old.key:
        raise Refusal(f"{old} is an alias of {page['name']}: change it in {path}")
    if new.key in aliases and own != old.key:
        raise Refusal(f"{new} is already an alias of {page['name']}: {path}")


def new_path(sources: Sources, path: str, old: PageName, new: PageName) -> str:
    """The new path of the page's own file, in the style of the old *path*.

    :raises Refusal: if no path is possible.
    """
    file = PurePosixPath(path)
    suffix = next(end for end in sources.kinds if path.endswith(end))
    folder = _folder(sources, file, old, new)
    names = Spellings(PageName(MAIN, old.name), PageName(MAIN, new.name), lambda text: True)
    stem = names.table("words").get(file.name.removesuffix(suffix), new.name)
    moved = (folder / f"{stem}{suffix}").as_posix()
    if page_name_of_file(moved, sources.settings.namespaces).key != new.key:
        moved = (folder / f"{new.name}{suffix}").as_posix()
    if page_name_of_file(moved, sources.settings.namespaces).key != new.key:
        raise Refusal(f"no file can have the name {new}")
    if len(moved.rpartition("/")[2].encode()) > _MOST_BYTES:
        raise Refusal(f"{new.name[:40]}... is too long for a file name")
    if moved.casefold() in {other.casefold() for other in sources.texts}:
        raise Refusal(f"{moved} already exists")
    return moved


def _folder(sources: Sources, file: PurePosixPath, old: PageName, new: PageName) -> PurePosixPath:
    """The folder for the page's own file."""
    folder = file.parent
    if old.namespace == new.namespace:
        return folder
    is_named = sources.settings.namespaces.find(folder.name) == old.namespace
    if old.namespace != MAIN and not is_named:
        raise Refusal(f"{file} gives its namespace in its text, not by its folder: change it there")
    above = folder.parent if is_named else folder
    folder = above / _folder_name(sources, above, new.namespace)
    if new.namespace == MAIN and not any(other.startswith(f"{folder}/") for other in sources.texts):
        return above
    return folder


def _folder_name(sources: Sources, above: PurePosixPath, namespace: str) -> str:
    """The folder name of *namespace* in *above*, spelled like an existing folder, if any."""
    start = "" if above == PurePosixPath() else f"{above}/"
    inside = (path.removeprefix(start) for path in sources.texts if path.startswith(start))
    existing = {path.partition("/")[0] for path in inside if "/" in path}
    find = sources.settings.namespaces.find
    matching = sorted(name for name in existing if find(name) == namespace)
    return matching[0] if matching and namespace not in matching else namespace


def check_pictures(sources: Sources, path: str, moved: str) -> None:
    """Looks for pictures that moving to another folder would break.

    :raises Refusal: if the page shows one by a path relative to its folder.
    """
    if PurePosixPath(path).parent == PurePosixPath(moved).parent:
        return
    for image in sources.doctree(path, sources.texts[path]).findall(nodes.image):
        if not _FROM_ANYWHERE.match(image["uri"]):
            raise Refusal(
                f"{path}:{image.line or 1} shows {image['uri']}, a path relative to the page's "
                "folder, which would change: make it relative to the source folder, with a leading "
                "slash"
            )
