"""Names of notes: what links name them by, and which a link may mean."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "folded",
    "key_of_address",
    "key_of_path",
    "keys_of_page",
    "keys_of_target",
    "media_paths",
    "name_of_key",
]

_SUFFIX = re.compile(r"\.(?:md|markdown)\Z", re.IGNORECASE)
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_DASHES = re.compile(r"[\s_-]+")
# The note of a folder, as Quartz, MkDocs, Hugo and GitHub have it.
_OF_FOLDER = frozenset(["index", "_index", "readme"])
# No page has such a key: what links name a page by other than its whole path comes after it.
_ANYWHERE = "*/"
_SLUG = "-/"
_ADDRESS = "=/"
_BLOCK = "(("
_MEDIA_FOLDERS = (
    "attachments",
    "Attachments",
    "assets",
    "images",
    "media",
    "files",
    "static",
    "public",
)


def folded(key: str) -> str:
    """*key* in the form that all its spellings share."""
    return " ".join(normalize("NFC", normalize("NFC", key).casefold()).split())


def key_of_path(path: str) -> str:
    """*path* without its suffix. Logseq's ``space___page`` and ``space%2Fpage`` are ``space/page``."""
    folder, name = posixpath.split(_SUFFIX.sub("", normalize("NFC", path)))
    if _ENCODED.search(name):
        name = _decoded(name)
    return posixpath.join(folder, name.replace("___", "/"))


def name_of_key(key: str) -> str:
    """The words of a page's name: the last part, or the folder's for the note of a folder."""
    folder, name = posixpath.split(key.rstrip("/"))
    if name.casefold() in _OF_FOLDER and folder:
        return posixpath.basename(folder)
    return name or key


def keys_of_page(key: str) -> Iterator[str]:
    """What else links may name the page of *key* by: the ends of its path."""
    parts = key.split("/")
    if parts[-1].casefold() in _OF_FOLDER and len(parts) > 1:
        yield "/".join(parts[:-1])
    ends = ["/".join(parts[at:]) for at in range(len(parts) - 1, -1, -1)]
    yield from (_ANYWHERE + end for end in ends)
    yield from (_SLUG + _slug(end) for end in ends)


def key_of_address(permalink: str) -> str:
    """The key of the page with that *permalink*: any page of that name comes first."""
    return _ADDRESS + permalink.strip().strip("/")


def keys_of_target(target: str, here: str) -> Iterator[str]:
    """The keys that a link on the page *here* may mean, the likeliest first: beside the page, from
    the root, anywhere by the end of its path.
    """
    if target.startswith(_BLOCK):
        yield folded(target)
        return
    seen = set()
    for spelling in dict.fromkeys([target, _decoded(target)]):
        for key in _keys(_SUFFIX.sub("", spelling.strip().replace("\\", "/")), here):
            if key not in seen:
                seen.add(key)
                yield key


def media_paths(target: str, here: str) -> Iterator[str]:
    """The paths that a file may have: beside the page, from the root, in a folder for attachments."""
    folder = posixpath.dirname(here)
    seen = set()
    for spelling in dict.fromkeys([target, _decoded(target)]):
        path = spelling.strip().replace("\\", "/").partition("#")[0]
        name = posixpath.basename(path)
        places = [posixpath.join(folder, path)] if not path.startswith("/") else []
        places += [path.lstrip("/"), *(f"{place}/{path}" for place in _MEDIA_FOLDERS)]
        places += [posixpath.join(folder, place, name) for place in _MEDIA_FOLDERS]
        places += [posixpath.join(folder, name), name]
        for place in places:
            found = posixpath.normpath(place)
            if not found.startswith((".", "/")) and found not in seen:
                seen.add(found)
                yield found


def _keys(target: str, here: str) -> Iterator[str]:
    folder = posixpath.dirname(here)
    path = target.strip("/")
    if not path:
        return
    if target.startswith(("./", "../")):
        beside = posixpath.normpath(posixpath.join(folder, target))
        yield folded(beside)
        path = beside.removeprefix("../").lstrip("/")
        while path.startswith("../"):
            path = path[3:]
    elif not target.startswith("/"):
        yield folded(posixpath.join(folder, path))
    yield folded(path)
    yield folded(f"{path}/index")
    yield folded(_ANYWHERE + path)
    yield folded(_SLUG + _slug(path))
    yield folded(_ADDRESS + path)


def _slug(path: str) -> str:
    """*path* as sites of notes write it in addresses."""
    return _DASHES.sub("-", path)


def _decoded(text: str) -> str:
    """*text* without percent-encoding, if it has that and is UTF-8 then."""
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text
