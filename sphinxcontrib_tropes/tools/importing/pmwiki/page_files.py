"""Page files of PmWiki: the last revision of a page, who wrote it and when."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

__all__ = ["PmWikiPage", "is_pmwiki", "read_pmwiki"]

_HEAD = re.compile(rb"\A(?:[a-z]+=[^\n]*\n){0,8}?version=pmwiki-")
_OLD_NEWLINE = b"\xb2"
# Browsers sent Windows-1252 to wikis that said ISO-8859-1: curly quotes and dashes are in it.
_AS_BROWSERS_READ_IT = dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1"), "cp1252")
_AUTHOR = re.compile(rb"author:([0-9]{1,12})\Z")
_TIME = re.compile(rb"[0-9]{1,12}\Z")


class PmWikiPage(NamedTuple):
    """The last revision of a page, from a file of PmWiki."""

    name: str
    """``Group.Page``; empty if the file does not state it."""
    text: bytes
    charset: str
    """The encoding that the file claims, as browsers understand it; empty if it claims none."""
    protected: tuple[str, ...]
    """The attributes that restricted reading or editing."""
    authors: tuple[str, ...] = ()
    """Everyone that the file names as an author, each once, in the order of their first edit."""
    author: str = ""
    """The author of the last revision; empty if unknown."""
    modified: int = 0
    """When the page was last changed, in seconds since 1970; 0 if unknown."""
    created: int = 0
    """When the page was created, in seconds since 1970; 0 if unknown."""
    summary: str = ""
    """What the last author said about the last change."""


def is_pmwiki(head: bytes) -> bool:
    """Whether a file that begins with *head* is a page file of PmWiki."""
    return _HEAD.match(head) is not None


def read_pmwiki(data: bytes) -> PmWikiPage:
    """The page in a file of PmWiki.

    The file consists of lines ``key=value``. Line ends in a value are percent-encoded or, in the
    oldest versions, another character.
    """
    values: dict[bytes, bytes] = {}
    newline, is_encoded = b"", False
    for raw in data.split(b"\n"):
        line = unquote_to_bytes(raw.rstrip(b"\r")) if is_encoded else raw.rstrip(b"\r")
        key, found, value = line.partition(b"=")
        if not found:
            continue
        if key == b"version":
            is_encoded = b"urlencoded=1" in value
            newline = _OLD_NEWLINE if b"pmwiki-0." in value else newline
        elif key == b"newline":
            newline = value
            continue
        if newline:
            value = value.replace(newline, b"\n")
        values[key] = value
    claimed = values.get(b"charset", b"").decode("ascii", "replace")
    charset = _AS_BROWSERS_READ_IT.get(claimed.lower(), claimed)
    author = _line(values.get(b"author", b""), charset)
    return PmWikiPage(
        values.get(b"name", b"").decode("utf-8", "replace"),
        values.get(b"text", b""),
        charset,
        tuple(sorted(key.decode("ascii", "replace") for key in values if key[:6] == b"passwd")),
        _authors(values, author, charset),
        author,
        _seconds(values.get(b"time", b"")),
        _seconds(values.get(b"ctime", b"")),
        _line(values.get(b"csum", b""), charset),
    )


def _authors(values: dict[bytes, bytes], last: str, charset: str) -> tuple[str, ...]:
    """The authors in the history, ``author:TIME=``, and the *last* one, each once."""
    edits = sorted(
        (int(match[1]), value) for key, value in values.items() if (match := _AUTHOR.match(key))
    )
    names = [*(_line(value, charset) for _, value in edits), last]
    return tuple(dict.fromkeys(filter(None, names)))


def _line(value: bytes, charset: str) -> str:
    """*value* as one line of text."""
    try:
        text = value.decode(charset or "utf-8")
    except (LookupError, ValueError):
        text = value.decode("utf-8", "replace")
    return " ".join(text.split())


def _seconds(value: bytes) -> int:
    return int(value) if _TIME.match(value) else 0
