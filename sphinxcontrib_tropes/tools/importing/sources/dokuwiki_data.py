"""The folder ``data`` of a DokuWiki: which of its files are pages and pictures.

Beside them it has old revisions, indexes, caches of pages as HTML, and secrets of the server.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .entries import is_media

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

__all__ = ["outside_dokuwiki"]

_PAGE: Final = re.compile(r"(?P<data>(?:[^/]+/)*?)pages/.*\.txt\Z", re.DOTALL)
_BOOKS: Final = re.compile(
    r"(?P<data>(?:[^/]+/)*?)(?:"
    r"meta/.*\.(?:meta|changes|indexed)|(?:media_)?attic/.*\.(?:gz|bz2|txt)"
    r"|media_meta/.*\.changes|index/[a-z0-9_]+\.idx|cache/[0-9a-f]/[0-9a-f]{32}\.\w+)\Z",
    re.DOTALL,
)
"""What DokuWiki writes beside the pages: only a folder that has some of it is one of a DokuWiki."""
_REASON: Final = "not among the pages and media of the DokuWiki"


def outside_dokuwiki(paths: Collection[str]) -> Callable[[str], str]:
    """Gives the reason why a path is not read, if the *paths* are those of a DokuWiki; else an empty
    text.
    """
    folders = {found["data"] for path in paths if (found := _BOOKS.match(path))}
    folders &= {found["data"] for path in paths if (found := _PAGE.match(path))}
    pages = tuple(f"{folder}pages/" for folder in folders)
    media = tuple(f"{folder}media/" for folder in folders)

    def reason(path: str) -> str:
        if not pages or path.startswith(pages):
            return ""
        if not path.startswith(media):
            return _REASON
        return "" if is_media(path) else "a file that pages can't show"

    return reason
