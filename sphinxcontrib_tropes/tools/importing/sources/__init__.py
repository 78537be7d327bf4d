"""The sources of an import: a folder, a zip file, JSON lines, or a dump.

Nothing is unpacked to disk: the path of an entry names its page, and never decides where to
write.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from ...refusal import Refusal
from ..readers import readers
from ..readers.tiddlywiki import is_store
from .entries import (
    HEAD,
    JOURNAL,
    TROPE_SUFFIXES,
    Credit,
    Entry,
    Origin,
    Source,
    Unreadable,
    reason_of,
)
from .folder import Folder
from .json_lines import JsonLines
from .mediawiki_dump import DUMP_SUFFIXES, MediaWikiDump
from .tiddlers import Tiddlers
from .zip_file import ZipFile

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "JOURNAL",
    "Credit",
    "Entry",
    "Folder",
    "Origin",
    "Source",
    "Unreadable",
    "open_source",
    "what_is_read",
]

_JSON_SUFFIXES = (".jsonl", ".ndjson", ".json")


def open_source(path: Path) -> Source:
    """The source at *path*.

    :raises Refusal: if *path* is not a source.
    """
    if path.is_dir():
        return Folder(path)
    if not path.is_file():  # reading a pipe would wait forever
        raise Refusal(f"cannot import {path}: it is neither a folder nor a regular file")
    try:
        if path.suffix.lower() in (".json", ".html", ".htm") and is_store(_beginning(path)):
            return Tiddlers(path)
        if path.suffix.lower() in _JSON_SUFFIXES:
            return JsonLines(path)
        if path.name.lower().endswith(DUMP_SUFFIXES):
            return MediaWikiDump(path)
        if zipfile.is_zipfile(path):
            return ZipFile(path)
    except Refusal:
        raise
    except Exception as error:  # noqa: BLE001 - zipfile raises anything on bad zip files
        raise Refusal(f"cannot read {path}: {reason_of(error)}") from None
    kinds = (
        "a folder of pages, a wiki.d folder, a zip file of either, a .jsonl file, or a .xml dump"
    )
    raise Refusal(f"cannot import {path}: it must be {kinds}")


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def what_is_read() -> str:
    """What counts as a page, in messages."""
    others = sorted({suffix for reader in readers().values() for suffix in reader.suffixes})
    return (
        f"text files ({', '.join(TROPE_SUFFIXES)} or no suffix), PmWiki's own files, files of other "
        f"wikis ({', '.join(others)}), and JSON objects with 'name' and 'text' in the lines of a "
        f"{' or '.join(_JSON_SUFFIXES[:2])} file"
    )
