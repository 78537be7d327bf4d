"""What stands beside a folder of pages and belongs to the wiki: its settings and attached files."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from .intermap import STANDARD, prefixes_in

__all__ = ["SideFiles", "side_files"]

_MOST_BYTES = 1024 * 1024
_MOST_UPLOADS = 100_000
_PHP_COMMENT = re.compile(r"/\*.*?\*/|^[ \t]*(?:#|//)[^\n]*", re.DOTALL | re.MULTILINE)
_WIKIWORDS = re.compile(
    r"^[ \t]*\$(?P<name>LinkWikiWords|EnableWikiWords)[ \t]*=[ \t]*(?P<value>\w+)[ \t]*;",
    re.MULTILINE | re.IGNORECASE,
)
_OFF = ("0", "false", "null")


class SideFiles(NamedTuple):
    """The settings and files of a PmWiki wiki."""

    intermap: dict[str, str]
    wikiwords: bool
    """Whether the wiki made bare WikiWords links."""
    uploads: frozenset[str]
    """Paths of attached files, below :attr:`folder`."""
    folder: Path | None
    """The folder of attached files; None if there is none."""


def side_files(source: Path) -> SideFiles:
    """The settings and attached files beside or above *source*, if that is a folder of pages."""
    intermap = dict(STANDARD)
    if not source.is_dir():
        return SideFiles(intermap, wikiwords=False, uploads=frozenset(), folder=None)
    roots = [source.resolve(), source.resolve().parent]
    for name in ("farmmap.txt", "localmap.txt"):
        intermap |= prefixes_in(_first_text(roots, name))
    folder = next((root / "uploads" for root in roots if (root / "uploads").is_dir()), None)
    uploads = frozenset(_files(folder)) if folder else frozenset()
    return SideFiles(intermap, _links_wikiwords(_first_text(roots, "config.php")), uploads, folder)


def _first_text(roots: list[Path], name: str) -> str:
    """The text of ``local/name`` in the first of *roots* that has one; empty if none has."""
    for root in roots:
        path = root / "local" / name
        try:
            if path.is_file() and path.resolve().is_relative_to(root):
                with path.open("rb") as file:
                    return file.read(_MOST_BYTES).decode("utf-8", "replace")
        except OSError:
            continue
    return ""


def _links_wikiwords(config: str) -> bool:
    """Whether *config*, the text of config.php, makes bare WikiWords links."""
    found = {
        match["name"].lower(): match["value"].lower() not in _OFF
        for match in _WIKIWORDS.finditer(_PHP_COMMENT.sub("", config))
    }
    return bool(found) and all(found.values())


def _files(folder: Path) -> list[str]:
    """Paths of the files below *folder*; links to elsewhere are left out."""
    found: list[str] = []
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = Path(place, name)
            if name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            found.append(path.relative_to(folder).as_posix())
            if len(found) >= _MOST_UPLOADS:
                return found
    return found
